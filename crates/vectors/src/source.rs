//! Where vector files are found: inside the binary or in a folder.
//!
//! In: the embedded `vectors/` or a path. Out: the bytes of every `<family>/<topic>.json`, sorted by path. A JSON file at
//! any other place is an error, since it would never be run and nobody would notice.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::error::LoadError;

/// Bytes of the largest vector file that is read.
pub const FILE_BYTES_MAX: u64 = 16 << 20;
/// Bytes of all vector files of a folder together.
const FOLDER_BYTES_MAX: u64 = 512 << 20;
/// Folders within folders that are looked into.
const DEPTH_MAX: usize = 8;

/// The folders of `vectors/` that hold no vector files of this format.
const OTHER_FOLDERS: [&str; 4] = ["canary", "requirements", "schema", "third_party"];
/// The files of `vectors/` that belong to no family.
const OTHER_FILES: [&str; 2] = ["errata.json", "index.json"];

/// The endings of files that may hold vectors.
const ENDINGS: [&str; 3] = ["json", "rsp", "txt"];

/// `vectors/` without the sets of others, which `build.rs` leaves out.
static EMBEDDED: Dir<'static> = include_dir!("$OUT_DIR/vectors");

/// The bytes of one vector file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// `<family>/<topic>`.
    pub path: String,
    /// The file as it stands.
    pub bytes: Cow<'static, [u8]>,
}

/// The vector files inside this binary.
///
/// # Errors
///
/// [`LoadError::Misplaced`] for a JSON file that is not `<family>/<topic>.json`.
pub fn embedded() -> Result<Vec<SourceFile>, LoadError> {
    let mut folders = vec![&EMBEDDED];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            if let Some(path) = vector_path(file.path())? {
                files.push(SourceFile { path, bytes: Cow::Borrowed(file.contents()) });
            }
        }
    }
    Ok(sorted(files))
}

/// A file of the embedded `vectors/` by its path below it, vector file or not.
#[must_use]
pub fn embedded_bytes(path: &str) -> Option<&'static [u8]> {
    EMBEDDED.get_file(path).map(include_dir::File::contents)
}

/// Every file of the embedded `vectors/` with its path below it, sorted by path.
#[must_use]
pub fn embedded_files() -> Vec<(&'static str, &'static [u8])> {
    let mut folders = vec![&EMBEDDED];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
    }
    files.sort_unstable();
    files
}

/// The embedded canary: files of the vector format whose every expectation is wrong on purpose.
#[must_use]
pub fn embedded_canary() -> Vec<SourceFile> {
    let inside = |(path, bytes): (&str, &'static [u8])| {
        let path = path.strip_prefix("canary/")?.strip_suffix(".json")?;
        path.contains('/').then(|| SourceFile { path: path.to_owned(), bytes: Cow::Borrowed(bytes) })
    };
    embedded_files().into_iter().filter_map(inside).collect()
}

/// What stands beside the vector files and speaks of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companions {
    /// `errata.json`; a folder need not have it.
    pub errata: Option<Cow<'static, [u8]>>,
    /// The files of `requirements/`; the path is the name of the set.
    pub requirements: Vec<SourceFile>,
}

/// What stands beside the embedded vector files.
#[must_use]
pub fn embedded_companions() -> Companions {
    let set = |(path, bytes): (&str, &'static [u8])| {
        let name = path.strip_prefix("requirements/")?.strip_suffix(".json")?;
        Some(SourceFile { path: name.to_owned(), bytes: Cow::Borrowed(bytes) })
    };
    Companions {
        errata: embedded_bytes("errata.json").map(Cow::Borrowed),
        requirements: embedded_files().into_iter().filter_map(set).collect(),
    }
}

/// What stands beside the vector files of a folder.
///
/// # Errors
///
/// [`LoadError::Read`] and [`LoadError::TooLarge`].
pub fn companions(root: &Path) -> Result<Companions, LoadError> {
    let errata = root.join("errata.json");
    let errata = errata.exists().then(|| read_bounded(&errata, FILE_BYTES_MAX)).transpose()?;
    let folder = root.join("requirements");
    let mut requirements = Vec::new();
    for path in if folder.is_dir() { list(&folder, &folder, 0)? } else { Vec::new() } {
        if let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".json")) {
            let bytes = Cow::Owned(read_bounded(&path, FILE_BYTES_MAX)?);
            requirements.push(SourceFile { path: name.to_owned(), bytes });
        }
    }
    Ok(Companions { errata: errata.map(Cow::Owned), requirements: sorted(requirements) })
}

/// The vector files of a folder that is laid out like `vectors/`.
///
/// # Errors
///
/// [`LoadError::Read`] when a file or folder cannot be read, [`LoadError::TooLarge`] above [`FILE_BYTES_MAX`],
/// [`LoadError::Misplaced`] for a JSON file that is not `<family>/<topic>.json`.
pub fn directory(root: &Path) -> Result<Vec<SourceFile>, LoadError> {
    let mut files = Vec::new();
    let mut bytes_left = FOLDER_BYTES_MAX;
    for path in list(root, root, DEPTH_MAX)? {
        if let Some(name) = vector_path(path.strip_prefix(root).unwrap_or(&path))? {
            let bytes = read_bounded(&path, FILE_BYTES_MAX.min(bytes_left))?;
            bytes_left -= bytes.len() as u64;
            files.push(SourceFile { path: name, bytes: Cow::Owned(bytes) });
        }
    }
    Ok(sorted(files))
}

/// Every file of a folder that may hold vectors, of this suite or of others, with its bytes, sorted by path: `*.json`, `*.rsp` and `*.txt`.
///
/// # Errors
///
/// [`LoadError::Read`] when a folder cannot be read; each item's own, as [`read_bounded`].
pub(super) fn candidates(
    root: &Path,
) -> Result<impl Iterator<Item = Result<(PathBuf, Vec<u8>), LoadError>>, LoadError> {
    let is_candidate = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        !is_other(path.strip_prefix(root).unwrap_or(path)) && ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let mut paths: Vec<_> = list(root, root, DEPTH_MAX)?.into_iter().filter(is_candidate).collect();
    paths.sort();
    let mut bytes_left = FOLDER_BYTES_MAX;
    Ok(paths.into_iter().map(move |path| {
        let bytes = read_bounded(&path, FILE_BYTES_MAX.min(bytes_left))?;
        bytes_left -= bytes.len() as u64;
        Ok((path, bytes))
    }))
}

/// Whether a file is named as JSON.
pub(super) fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "json")
}

/// Reads a regular file of at most `bytes_max` bytes; a pipe or device, which might never end, is refused.
///
/// # Errors
///
/// [`LoadError::Read`] and [`LoadError::TooLarge`].
pub fn read_bounded(path: &Path, bytes_max: u64) -> Result<Vec<u8>, LoadError> {
    let failed = |source| LoadError::Read { file: path.display().to_string(), source };
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(failed(std::io::Error::other("not a regular file")));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(failed)?.take(bytes_max + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > bytes_max {
        return Err(LoadError::TooLarge { file: path.display().to_string(), bytes_max });
    }
    Ok(bytes)
}

/// Every file below a folder, apart from the folders that hold none of ours; links to folders are not followed.
fn list(root: &Path, folder: &Path, depth: usize) -> Result<Vec<PathBuf>, LoadError> {
    let failed = |source| LoadError::Read { file: folder.display().to_string(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = entry.path();
        if !entry.file_type().map_err(failed)?.is_dir() {
            found.push(path);
        } else if depth > 0 && !is_other(path.strip_prefix(root).unwrap_or(&path)) {
            found.extend(list(root, &path, depth - 1)?);
        }
    }
    Ok(found)
}

/// `<family>/<topic>` when this is the place of a vector file, nothing when it is a place of other things.
pub(super) fn vector_path(path: &Path) -> Result<Option<String>, LoadError> {
    if is_other(path) || !is_json(path) {
        return Ok(None);
    }
    let misplaced = || LoadError::Misplaced { file: path.display().to_string() };
    let names: Vec<_> = path.components().map(|part| part.as_os_str().to_str()).collect();
    match names.as_slice() {
        [Some(family), Some(file)] => Ok(Some(format!("{family}/{}", file.trim_end_matches(".json")))),
        _ => Err(misplaced()),
    }
}

/// Whether a path below `vectors/` is none of the families'.
fn is_other(path: &Path) -> bool {
    let mut names = path.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        Component::Prefix(_) | Component::RootDir | Component::CurDir | Component::ParentDir => None,
    });
    match (names.next(), names.next()) {
        (Some(name), None) => OTHER_FILES.contains(&name) || OTHER_FOLDERS.contains(&name) || name.starts_with('.'),
        (Some(folder), Some(_)) => OTHER_FOLDERS.contains(&folder) || folder.starts_with('.'),
        (None, _) => false,
    }
}

fn sorted(mut files: Vec<SourceFile>) -> Vec<SourceFile> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vector in the wrong place would be skipped by every run.
    #[test]
    fn json_outside_a_family_is_an_error() {
        for path in ["stray.json", "a/b/c.json", "schema.json"] {
            assert!(vector_path(Path::new(path)).is_err(), "{path}");
        }
        for path in [
            "index.json",
            "schema/x.json",
            "canary/aes/iv16.json",
            "third_party/a/b.json",
            "aes/README.md",
            ".git/a.json",
        ] {
            assert_eq!(vector_path(Path::new(path)).unwrap(), None, "{path}");
        }
        assert_eq!(vector_path(Path::new("aes/iv16.json")).unwrap(), Some("aes/iv16".to_owned()));
    }

    /// A pipe named like a vector file would hang the reader for ever.
    #[test]
    fn only_regular_files_of_bounded_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long.json");
        fs::write(&path, [b' '; 100]).unwrap();
        assert_eq!(read_bounded(&path, 100).unwrap().len(), 100);
        assert!(matches!(read_bounded(&path, 99), Err(LoadError::TooLarge { bytes_max: 99, .. })));
        assert!(matches!(read_bounded(folder.path(), 99), Err(LoadError::Read { .. })));
        assert!(matches!(read_bounded(Path::new("/dev/zero"), 99), Err(LoadError::Read { .. })));
    }
}
