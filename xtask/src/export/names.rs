//! Names of operations and members in the languages' own spelling. Layer: `export`, pure.

/// `Aes256GcmOpen` of `aes-256-gcm.open`, `TagLength` of `tag_length`.
pub(super) fn upper_camel(name: &str) -> String {
    name.split(['-', '.', '_']).map(capital).collect()
}

/// `tagLength` of `tag_length`.
pub(super) fn lower_camel(name: &str) -> String {
    let (first, rest) = name.split_once('_').unwrap_or((name, ""));
    first.to_owned() + &upper_camel(rest)
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two operations of one name would be one type in the generated code.
    #[test]
    fn names_are_those_of_the_language() {
        assert_eq!(upper_camel("aes-256-gcm.open"), "Aes256GcmOpen");
        assert_eq!(lower_camel("memory_kib"), "memoryKib");
        assert_eq!(lower_camel("iv"), "iv");
        let mut names: Vec<_> =
            vectors::operation::OPERATIONS.iter().map(|operation| upper_camel(operation.name)).collect();
        names.sort();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
