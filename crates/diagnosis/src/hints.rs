//! How known mistakes come about on the platforms that ports are written on, and how to fix them there.
//!
//! In: a mistake's name, and what a port says of itself in `hello`: its language and its libraries. Out: the hints that fit, the
//! closest first. What a hint says of an interface was run, or read in its documentation or in a report. Layer: `diagnosis`;
//! pure data.

mod argon2;
mod derivation;
mod drawing;
mod encoding;
mod envelope;
mod gcm;
mod json;
mod text;
mod xchacha;

use super::mistakes;

/// How a mistake happens, and what to do.
#[derive(Debug)]
pub struct Hint {
    /// The mistakes that it is for: names, or beginnings of names with a `*` behind.
    pub mistakes: &'static [&'static str],
    /// The language that it is for, in small letters as ports name it in `language_text`; every language without one.
    pub language: Option<&'static str>,
    /// The library that it is for, by a name that is part of a key of `libraries`; every library without one.
    pub library: Option<&'static str>,
    /// One or two sentences for the port's author.
    pub text: &'static str,
}

/// All hints, by what they are about.
static TABLES: &[&[Hint]] = &[
    derivation::HINTS,
    argon2::HINTS,
    gcm::HINTS,
    xchacha::HINTS,
    text::HINTS,
    encoding::HINTS,
    json::HINTS,
    envelope::HINTS,
    drawing::HINTS,
];

/// A fix for every platform.
const fn always(mistakes: &'static [&'static str], text: &'static str) -> Hint {
    Hint { mistakes, language: None, library: None, text }
}

/// A hint for one language.
const fn on(language: &'static str, mistakes: &'static [&'static str], text: &'static str) -> Hint {
    Hint { mistakes, language: Some(language), library: None, text }
}

/// A hint for one library of a language.
const fn with(
    language: &'static str,
    library: &'static str,
    mistakes: &'static [&'static str],
    text: &'static str,
) -> Hint {
    Hint { mistakes, language: Some(language), library: Some(library), text }
}

/// Every hint, in a fixed order.
pub fn all() -> impl Iterator<Item = &'static Hint> {
    TABLES.iter().copied().flatten()
}

/// The hints for the mistake of this name, those for one platform and those for all, in a fixed order.
pub fn of(mistake: &str) -> impl Iterator<Item = &'static Hint> {
    all().filter(move |hint| hint.mistakes.iter().any(|pattern| names(pattern, mistake)))
}

/// The hints for the mistake of this name that fit a port: first those for a library that it has, then those for its language,
/// then those for everybody. None is for another language or for a library that the port does not name.
pub fn fitting<'l>(mistake: &str, language: &str, libraries: impl Iterator<Item = &'l str>) -> Vec<&'static Hint> {
    let (languages, libraries) = (related(language), libraries.map(words).collect::<Vec<_>>());
    let spoken = |hint: &&Hint| hint.language.is_none_or(|wanted| languages.iter().any(|language| language == wanted));
    let has = |wanted: &str| {
        let wanted = words(wanted);
        libraries.iter().any(|library| library.windows(wanted.len()).any(|part| part == wanted))
    };
    let mut fitting: Vec<_> = of(mistake).filter(spoken).filter(|hint| hint.library.is_none_or(has)).collect();
    fitting.sort_by_key(|hint| (hint.library.is_none(), hint.language.is_none()));
    fitting
}

/// What to do about the mistake of this name wherever it is made: its own general fix, or that of its chapter. `None` for a
/// name that no mistake has.
#[must_use]
pub fn fix(mistake: &str) -> Option<&'static str> {
    let general = of(mistake).find(|hint| hint.language.is_none() && hint.library.is_none());
    general.map(|hint| hint.text).or_else(|| mistakes::chapter_of(mistake).map(|chapter| chapter.fix))
}

/// A language of a hint as people write it.
#[must_use]
pub fn shown(language: &str) -> &str {
    let written = [
        ("c", "C"),
        ("c#", "C#"),
        ("dart", "Dart"),
        ("go", "Go"),
        ("java", "Java"),
        ("javascript", "JavaScript"),
        ("php", "PHP"),
        ("python", "Python"),
        ("ruby", "Ruby"),
        ("rust", "Rust"),
        ("swift", "Swift"),
    ];
    written.into_iter().find(|(known, _)| *known == language).map_or(language, |(_, written)| written)
}

/// Whether a name, or a beginning with a `*` behind, is for this mistake.
fn names(pattern: &str, mistake: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == mistake, |beginning| mistake.starts_with(beginning))
}

/// The languages whose hints are good for a port that names its language so: what runs on the same platform shares its
/// interfaces.
fn related(language: &str) -> Vec<String> {
    let mut languages = words(language);
    for (language, platform) in
        [("typescript", "javascript"), ("kotlin", "java"), ("c++", "c"), ("objective-c", "swift"), ("scala", "java")]
    {
        if languages.iter().any(|known| known == language) {
            languages.push(platform.to_owned());
        }
    }
    languages
}

/// The words of a name in small letters: `C#`, `C++` and `Objective-C` are one each, `@scope/two-words` is three.
fn words(name: &str) -> Vec<String> {
    let name = name.to_lowercase();
    if name.starts_with("objective-c") {
        return vec!["objective-c".to_owned()];
    }
    let parts = name.split(|c: char| !c.is_alphanumeric() && c != '#' && c != '+');
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hint for a name that the catalogue does not have is never shown; one in capitals fits no port.
    #[test]
    fn every_hint_is_for_a_mistake_and_a_language_that_ports_can_name() {
        for hint in all() {
            assert!(!hint.mistakes.is_empty(), "{}", hint.text);
            for pattern in hint.mistakes {
                let named = mistakes::all().filter(|mistake| names(pattern, mistake.name)).count();
                let least = if pattern.ends_with('*') { 2 } else { 1 };
                assert!(named >= least, "{pattern} is the name of {named} mistakes: {}", hint.text);
            }
            let text = hint.text;
            assert!((20..=420).contains(&text.len()) && text.ends_with('.'), "{} bytes: {text}", text.len());
            assert!(!text.contains('\n') && !text.contains("  "), "{text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{text}");
            assert!(hint.language.is_none_or(|language| related(language)[0] == language), "{:?}", hint.language);
            assert!(hint.library.is_none_or(|library| library == library.to_lowercase()), "{:?}", hint.library);
        }
    }

    /// Every porter gets an answer, also the one whose mistake nobody wrote a hint for.
    #[test]
    fn every_mistake_has_a_fix() {
        for mistake in mistakes::all() {
            assert!(fix(mistake.name).is_some_and(|fix| fix.len() >= 20), "{}", mistake.name);
        }
        assert_eq!(fix("no-such-mistake"), None);
    }

    /// Two general fixes for one mistake would contradict or repeat each other, and only the first would be shown.
    #[test]
    fn no_mistake_has_two_general_fixes() {
        for mistake in mistakes::all() {
            let general: Vec<_> =
                of(mistake.name).filter(|hint| hint.language.is_none()).map(|hint| hint.text).collect();
            assert!(general.len() <= 1, "{}: {general:?}", mistake.name);
        }
    }

    /// Chapters are what a reader finds mistakes by, and their names are the names of files.
    #[test]
    fn every_chapter_is_well_formed() {
        let mut seen = std::collections::BTreeSet::new();
        for chapter in mistakes::chapters() {
            let name = chapter.name;
            assert!(seen.insert(name), "{name} stands twice");
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{name}");
            assert!(!chapter.title.is_empty() && !chapter.title.ends_with('.'), "{name}");
            assert!(chapter.introduction.ends_with('.') && chapter.fix.ends_with('.'), "{name}");
            assert!(!chapter.introduction.contains("  ") && !chapter.fix.contains("  "), "{name}");
            assert!(!chapter.mistakes.is_empty(), "{name}");
        }
    }

    /// A hint for another platform would send the author looking in the wrong place.
    #[test]
    fn hints_are_ranked_by_how_close_they_are() {
        let found = fitting("pbkdf2-with-sha256", "JavaScript", ["sjcl-with-all"].into_iter());
        let kinds: Vec<_> = found.iter().map(|hint| (hint.language, hint.library)).collect();
        assert_eq!(kinds.first(), Some(&(Some("javascript"), Some("sjcl"))), "{kinds:?}");
        assert_eq!(kinds.last(), Some(&(None, None)), "{kinds:?}");
        assert!(kinds.contains(&(Some("javascript"), None)), "{kinds:?}");
        let languages = |language: &str| {
            fitting("pbkdf2-with-sha256", language, std::iter::empty())
                .iter()
                .filter_map(|hint| hint.language)
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(languages("Kotlin 2.1"), ["java"].into());
        assert_eq!(languages("TypeScript"), ["javascript"].into());
        assert_eq!(languages("C#"), ["c#"].into());
        assert_eq!(languages("COBOL"), [].into());
    }
}
