//! Packages of the vectors for other languages: data and a small typed loader.
//!
//! In: the embedded `vectors/` and the table of operations. Out: the files of a package, the same bytes on every run. The
//! data are the files of `vectors/` byte for byte; the loaders are templates, filled with what the table says. Layer: above
//! `vector`, below `cli`; pure.

mod go;
mod maven;
mod names;
mod npm;
mod pypi;

use std::borrow::Cow;

use vectors::operation::OPERATIONS;
use vectors::{LoadError, Operation, Reason, load, source};

/// A package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// For Node.
    Npm,
    /// For Python.
    Pypi,
    /// A Go module.
    Go,
    /// For Java.
    Maven,
}

/// One file of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path below the package's folder.
    pub path: String,
    /// The file as it is written.
    pub bytes: Cow<'static, [u8]>,
}

impl Package {
    /// Every package.
    pub const ALL: [Self; 4] = [Self::Npm, Self::Pypi, Self::Go, Self::Maven];

    /// The name of the package's folder.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pypi => "pypi",
            Self::Go => "go",
            Self::Maven => "maven",
        }
    }

    /// The folder of the package that is laid out like `vectors/`.
    #[must_use]
    pub fn data(self) -> &'static str {
        match self {
            Self::Npm | Self::Go => "vectors",
            Self::Pypi => "src/sealproof_vectors/vectors",
            Self::Maven => "src/main/resources/sealproof/vectors/data",
        }
    }

    /// Everything that belongs in the package, by path.
    ///
    /// # Errors
    ///
    /// [`LoadError`] when the embedded vectors are broken.
    pub fn files(self) -> Result<Vec<File>, LoadError> {
        let (language, usage, code) = match self {
            Self::Npm => npm::files(),
            Self::Pypi => pypi::files(),
            Self::Go => go::files(),
            Self::Maven => maven::files(),
        };
        let mut files: Vec<_> = code
            .into_iter()
            .map(|(path, text)| File { path: path.to_owned(), bytes: text.into_bytes().into() })
            .collect();
        files.push(File { path: "README.md".to_owned(), bytes: readme(language, usage)?.into_bytes().into() });
        for (path, bytes) in source::embedded_files() {
            if path == "LICENSE" {
                files.push(File { path: path.to_owned(), bytes: bytes.into() });
            }
            files.push(File { path: format!("{}/{path}", self.data()), bytes: bytes.into() });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }
}

/// The language, how the package is used, and the files that are not data.
type Code = (&'static str, &'static str, Vec<(&'static str, String)>);

fn readme(language: &str, usage: &str) -> Result<String, LoadError> {
    let files = load::embedded()?;
    let cases = files.iter().map(|file| file.cases.len()).sum::<usize>().to_string();
    let parts = [
        ("VERSION", env!("CARGO_PKG_VERSION")),
        ("LANGUAGE", language),
        ("CASES", &cases),
        ("FILES", &files.len().to_string()),
        ("USE", usage),
    ];
    Ok(filled(include_str!("templates/readme.md"), &parts))
}

/// A template with its `@NAME@` marks filled.
fn filled(template: &str, parts: &[(&str, &str)]) -> String {
    parts.iter().fold(template.to_owned(), |text, (name, part)| text.replace(&format!("@{name}@"), part))
}

/// The words of the protocol for refusals, each between these marks.
fn reasons(mark: &str, between: &str) -> String {
    Reason::ALL.map(|reason| format!("{mark}{}{mark}", reason.as_str())).join(between)
}

/// One piece of text for each operation.
fn each(line: impl Fn(&'static Operation) -> String) -> String {
    OPERATIONS.iter().map(line).collect()
}

/// One piece of text for each seal and the operation that opens it.
fn each_opened(line: impl Fn(&'static str, &'static str) -> String) -> String {
    OPERATIONS.iter().filter_map(|seal| seal.opened_by.map(|opener| line(seal.name, opener))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package with other bytes than the suite's would be another set of vectors under the same version.
    #[test]
    fn the_data_are_the_vectors_byte_for_byte() {
        for package in Package::ALL {
            let files = package.files().unwrap();
            let data: Vec<_> = files
                .iter()
                .filter_map(|file| Some((file.path.strip_prefix(package.data())?.strip_prefix('/')?, &*file.bytes)))
                .collect();
            assert_eq!(data, source::embedded_files(), "{package:?}");
            assert_eq!(files, package.files().unwrap(), "{package:?}");
            assert!(files.windows(2).all(|pair| pair[0].path != pair[1].path), "{package:?}");
        }
    }

    /// A mark that nothing fills would be found by whoever compiles the package.
    #[test]
    fn every_mark_is_filled_and_every_operation_is_there() {
        for package in Package::ALL {
            let files = package.files().unwrap();
            let code = files.iter().filter(|file| !file.path.starts_with(package.data()));
            let text: String = code.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
            let is_mark = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            assert!(!text.split('@').any(is_mark), "{package:?}");
            assert!(text.contains(env!("CARGO_PKG_VERSION")), "{package:?}");
            for operation in OPERATIONS {
                assert!(text.contains(&format!("\"{}\"", operation.name)), "{package:?} {}", operation.name);
            }
        }
    }
}
