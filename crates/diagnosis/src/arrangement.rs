//! What a seal is put together of: its parts in another order, written as text, left out, or with parts of the request between.
//!
//! In: what a port gave, the right ciphertext and tag, and the request. Out: arrangements of known parts that give just these
//! bytes. Layer: `diagnosis`; pure.

use super::spelling::Spelling;
use vectors::{Fields, Value};

/// Parts of an arrangement.
const PIECES_MAX: usize = 4;

/// Shorter pieces are found in anything.
const PIECE_BYTES_MIN: usize = 4;

/// Arrangements that are read off one seal.
const FOUND_MAX: usize = 4;

/// A part of a seal, or of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The ciphertext without its tag.
    Ciphertext,
    /// The tag.
    Tag,
    /// Ciphertext ‖ tag.
    Both,
    /// This member of the request.
    Given(&'static str),
}

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Written {
    /// Its bytes.
    Raw,
    /// As text.
    As(Spelling),
    /// As text, and that as text again.
    Twice(Spelling),
}

/// Up to four parts, one behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arrangement([Option<(Part, Written)>; PIECES_MAX]);

const SPELLINGS: [Spelling; 6] = [
    Spelling::Base64,
    Spelling::Base64Unpadded,
    Spelling::Base64Url,
    Spelling::Base64UrlUnpadded,
    Spelling::Hex,
    Spelling::HexCapitals,
];

/// What any seal is: nothing to speak of.
const RIGHT: [&[(Part, Written)]; 2] =
    [&[(Part::Both, Written::Raw)], &[(Part::Ciphertext, Written::Raw), (Part::Tag, Written::Raw)]];

impl Arrangement {
    /// The seal in this arrangement, where `right` is ciphertext ‖ tag and `given` the request.
    #[must_use]
    pub fn of(self, right: &[u8], given: &Fields) -> Option<Vec<u8>> {
        let pieces: Option<Vec<_>> = self.pieces().map(|(part, written)| bytes(part, written, right, given)).collect();
        Some(pieces?.concat())
    }

    /// The arrangements that give these bytes, those of the fewest parts first.
    #[must_use]
    pub fn found(found: &[u8], right: &[u8], given: &Fields) -> Vec<Self> {
        let candidates = candidates(right, given);
        let (mut all, mut pieces) = (Vec::new(), Vec::new());
        search(found, &candidates, &mut pieces, &mut all);
        // Both parts in their order are one; a member of the request in front of it or behind it has a change of its own.
        let is_one = |pair: &[(Part, Written)]| pair == RIGHT[1];
        let is_framed = |pieces: &[(Part, Written)]| {
            pieces.len() == 2 && pieces.contains(&RIGHT[0][0]) && pieces.iter().all(|piece| piece.1 == Written::Raw)
        };
        all.retain(|pieces| !RIGHT.contains(&&**pieces) && !pieces.windows(2).any(is_one) && !is_framed(pieces));
        all.sort_by_key(Vec::len);
        all.truncate(FOUND_MAX);
        let arranged = |pieces: Vec<(Part, Written)>| {
            let mut arranged = [None; PIECES_MAX];
            arranged.iter_mut().zip(pieces).for_each(|(place, piece)| *place = Some(piece));
            Self(arranged)
        };
        all.into_iter().map(arranged).collect()
    }

    fn pieces(self) -> impl Iterator<Item = (Part, Written)> {
        self.0.into_iter().flatten()
    }

    /// Whether there is no tag in it.
    #[must_use]
    pub fn has_no_tag(self) -> bool {
        !self.pieces().any(|(part, _)| matches!(part, Part::Tag | Part::Both))
    }

    /// The arrangement in words that follow "is".
    #[must_use]
    pub fn words(self) -> String {
        let pieces: Vec<String> = self.pieces().map(|(part, written)| written.words(&part.words())).collect();
        let missing = if self.has_no_tag() { "; the tag is missing" } else { "" };
        format!("made of {}{missing}, instead of ciphertext, then tag", pieces.join(", then "))
    }

    /// A name in kebab case.
    #[must_use]
    pub fn name(self) -> String {
        let pieces: Vec<String> =
            self.pieces().map(|(part, written)| format!("{}{}", part.name(), written.name())).collect();
        format!("of-{}", pieces.join("-and-"))
    }
}

impl Part {
    fn of<'v>(self, right: &'v [u8], given: &'v Fields) -> Option<&'v [u8]> {
        let text = right.len().checked_sub(tag_length(given))?;
        match self {
            Self::Ciphertext => Some(&right[..text]),
            Self::Tag => Some(&right[text..]),
            Self::Both => Some(right),
            Self::Given(member) => given.value(member).and_then(Value::as_bytes),
        }
    }

    fn words(self) -> String {
        match self {
            Self::Ciphertext => "the ciphertext".to_owned(),
            Self::Tag => "the tag".to_owned(),
            Self::Both => "ciphertext and tag".to_owned(),
            Self::Given(member) => format!("`{member}`"),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Ciphertext => "ciphertext".to_owned(),
            Self::Tag => "tag".to_owned(),
            Self::Both => "ciphertext-with-tag".to_owned(),
            Self::Given(member) => member.replace('_', "-"),
        }
    }
}

impl Written {
    fn words(self, part: &str) -> String {
        match self {
            Self::Raw => part.to_owned(),
            Self::As(spelling) => format!("{} text of {part}", spelling.words()),
            Self::Twice(spelling) => {
                let words = spelling.words();
                format!("{words} text of {words} text of {part} (encoded twice)")
            }
        }
    }

    fn name(self) -> String {
        match self {
            Self::Raw => String::new(),
            Self::As(spelling) => format!("-{}", spelling.name()),
            Self::Twice(spelling) => format!("-{}-twice", spelling.name()),
        }
    }
}

fn tag_length(given: &Fields) -> usize {
    match given.value("tag_length") {
        Some(Value::Integer(length)) => usize::try_from(*length).unwrap_or(usize::MAX),
        Some(_) | None => 16,
    }
}

fn bytes(part: Part, written: Written, right: &[u8], given: &Fields) -> Option<Vec<u8>> {
    let raw = part.of(right, given)?;
    Some(match written {
        Written::Raw => raw.to_vec(),
        Written::As(spelling) => spelling.of(raw).into_bytes(),
        Written::Twice(spelling) => spelling.of(spelling.of(raw).as_bytes()).into_bytes(),
    })
}

/// Every part in every spelling.
fn candidates(right: &[u8], given: &Fields) -> Vec<((Part, Written), Vec<u8>)> {
    let own = [Part::Both, Part::Ciphertext, Part::Tag].into_iter();
    let parts = own.chain(given.iter().map(|(name, _)| Part::Given(name)));
    let ways = || {
        let spelled = SPELLINGS.into_iter().flat_map(|spelling| [Written::As(spelling), Written::Twice(spelling)]);
        std::iter::once(Written::Raw).chain(spelled)
    };
    let all = parts.flat_map(|part| ways().map(move |written| (part, written)));
    let long = |(part, written)| {
        let bytes = bytes(part, written, right, given)?;
        let is_long = part.of(right, given).is_some_and(|raw| raw.len() >= PIECE_BYTES_MIN);
        is_long.then_some(((part, written), bytes))
    };
    all.filter_map(long).collect()
}

fn search(
    left: &[u8],
    candidates: &[((Part, Written), Vec<u8>)],
    pieces: &mut Vec<(Part, Written)>,
    found: &mut Vec<Vec<(Part, Written)>>,
) {
    if left.is_empty() && !pieces.is_empty() {
        found.push(pieces.clone());
        return;
    }
    if pieces.len() == PIECES_MAX || found.len() >= 4 * FOUND_MAX {
        return;
    }
    for (piece, bytes) in candidates {
        if let Some(rest) = left.strip_prefix(&**bytes) {
            pieces.push(*piece);
            search(rest, candidates, pieces, found);
            pieces.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &[u8] = b"\x01\x02\x03\x04\x05\x06 sealed \xff0123456789abcdef";

    fn words(found: &[u8]) -> Option<String> {
        let given = Fields::new().with_bytes("iv", [7; 12]).with_bytes("plaintext", *b"a text");
        let arranged = *Arrangement::found(found, RIGHT, &given).first()?;
        assert_eq!(arranged.of(RIGHT, &given).as_deref(), Some(found));
        Some(arranged.words())
    }

    #[test]
    fn parts_are_seen_in_any_order_and_spelling() {
        let (text, tag) = RIGHT.split_at(RIGHT.len() - 16);
        let base64 = |bytes: &[u8]| Spelling::Base64.of(bytes).into_bytes();
        for (found, said) in [
            (
                [tag, &base64(text)].concat(),
                "made of the tag, then base64 text of the ciphertext, instead of ciphertext, then tag",
            ),
            (
                [&[7; 12], tag, text].concat(),
                "made of `iv`, then the tag, then the ciphertext, instead of ciphertext, then tag",
            ),
            (text.to_vec(), "made of the ciphertext; the tag is missing, instead of ciphertext, then tag"),
            (
                base64(&base64(RIGHT)),
                "made of base64 text of base64 text of ciphertext and tag (encoded twice), instead of ciphertext, then tag",
            ),
        ] {
            assert_eq!(words(&found).as_deref(), Some(said));
        }
    }

    #[test]
    fn the_right_order_and_foreign_bytes_say_nothing() {
        assert_eq!(words(RIGHT), None);
        assert_eq!(words(b"something else altogether"), None);
    }
}
