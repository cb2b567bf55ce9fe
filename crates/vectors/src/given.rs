//! The vectors that a run is given by path instead of those inside this binary.
//!
//! In: files and folders, of this suite or of others. Out: a [`Given`]: their cases, one line about everything that was left out, and a
//! hash by which a report names them. Layer: `vector`.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::foreign::{self, ForeignError, Form};
use super::index::Index;
use super::source::{self, SourceFile};
use super::{LoadError, VectorFile, load};
use primitives::hash::sha256;

/// Vectors from outside this binary.
#[derive(Debug, Default)]
pub struct Given {
    /// The cases.
    pub files: Vec<VectorFile>,
    /// The cases that no request can carry, which are for code inside this process and for no port.
    pub unsendable: Vec<VectorFile>,
    /// What was left out, a line for each file.
    pub notes: Vec<String>,
    /// SHA-256 in hex: of their index where all are this suite's own, else of the lines `<sha256> <name>` of their files.
    pub sha256: String,
}

/// Vectors while they are read.
#[derive(Default)]
struct Reading {
    files: Vec<VectorFile>,
    unsendable: Vec<VectorFile>,
    notes: Vec<String>,
    own: Vec<SourceFile>,
    hashes: Vec<String>,
}

/// Reads what stands at these paths: folders laid out like `vectors/`, folders of files of others, or single files.
///
/// # Errors
///
/// [`ForeignError`], for the first file at fault. In a folder, files of others without a test for this suite are noted and are no fault.
pub fn load(paths: &[PathBuf]) -> Result<Given, ForeignError> {
    let mut reading = Reading::default();
    for path in paths {
        if path.is_dir() { reading.folder(path)? } else { reading.file(path)? }
    }
    reading.finish()
}

impl Reading {
    fn folder(&mut self, root: &Path) -> Result<(), ForeignError> {
        let (files, notes) = (self.files.len(), self.notes.len());
        for candidate in source::candidates(root)? {
            let (path, bytes) = candidate?;
            let below = path.strip_prefix(root).unwrap_or(&path);
            let name = name_of(below);
            match foreign::form(&name, &bytes) {
                Ok(Form::Ours) => {
                    if let Some(path) = source::vector_path(below)? {
                        self.own(path, bytes)?;
                    }
                }
                Ok(form @ (Form::Wycheproof | Form::Response)) => self.foreign_in_folder(form, &name, &bytes)?,
                // Words beside the vectors.
                Err(ForeignError::Unknown { .. }) if !source::is_json(&path) => {}
                Err(error) => return Err(error),
            }
        }
        if self.files.len() == files {
            let left_out = self.notes[notes..].join("; ");
            let left_out = if left_out.is_empty() { left_out } else { format!(" ({left_out})") };
            return Err(ForeignError::Empty { folder: root.display().to_string(), left_out });
        }
        Ok(())
    }

    fn foreign_in_folder(&mut self, form: Form, name: &str, bytes: &[u8]) -> Result<(), ForeignError> {
        match self.foreign(form, name, bytes) {
            Err(
                error @ (ForeignError::NoOperation { .. }
                | ForeignError::NothingUsable(_)
                | ForeignError::Unknown { .. }),
            ) => {
                self.notes.push(error.to_string());
                Ok(())
            }
            done => done,
        }
    }

    fn file(&mut self, path: &Path) -> Result<(), ForeignError> {
        let bytes = source::read_bounded(path, source::FILE_BYTES_MAX)?;
        let name = name_of(path);
        match foreign::form(&name, &bytes)? {
            Form::Ours => {
                let family =
                    path.parent().and_then(Path::file_name).map_or("given".into(), |name| name.to_string_lossy());
                self.own(format!("{family}/{}", name.trim_end_matches(".json")), bytes)
            }
            form @ (Form::Wycheproof | Form::Response) => self.foreign(form, &name, &bytes),
        }
    }

    fn own(&mut self, path: String, bytes: Vec<u8>) -> Result<(), ForeignError> {
        self.hash(&path, &bytes);
        let source = SourceFile { path, bytes: bytes.into() };
        self.files.push(load::file(&source)?);
        self.own.push(source);
        Ok(())
    }

    fn foreign(&mut self, form: Form, name: &str, bytes: &[u8]) -> Result<(), ForeignError> {
        let imported = foreign::import(form, name, bytes)?;
        if imported.files.is_empty() {
            return Err(ForeignError::NothingUsable(imported.left_out));
        }
        if imported.left_out.count() > 0 {
            self.notes.push(imported.left_out.to_string());
        }
        self.hash(name, bytes);
        self.files.extend(imported.files);
        self.unsendable.extend(imported.unsendable);
        Ok(())
    }

    fn hash(&mut self, name: &str, bytes: &[u8]) {
        self.hashes.push(format!("{} {name}\n", hex::encode(sha256(bytes))));
    }

    fn finish(mut self) -> Result<Given, ForeignError> {
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        let mut paths = HashSet::new();
        if let Some(twice) = self.files.iter().find(|file| !paths.insert(file.path.as_str())) {
            return Err(ForeignError::Twice { path: twice.path.clone() });
        }
        let sha256 = hex::encode(sha256(self.index()?.as_bytes()));
        Ok(Given { files: self.files, unsendable: self.unsendable, notes: self.notes, sha256 })
    }

    fn index(&mut self) -> Result<String, LoadError> {
        self.hashes.sort();
        if self.own.len() == self.hashes.len() { Ok(Index::of(&self.own)?.text()) } else { Ok(self.hashes.concat()) }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::fixture::CLEAN;

    const MAC: &str = r#"{"algorithm":"HMACSHA512","testGroups":[{"tagSize":512,"tests":[{"tcId":7,"result":"valid","key":"","msg":"","tag":"00"}]}]}"#;
    const OTHER: &str = r#"{"algorithm":"AES-EAX","testGroups":[]}"#;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn given(paths: &[&Path]) -> Result<Given, String> {
        let paths: Vec<_> = paths.iter().map(|path| path.to_path_buf()).collect();
        load(&paths).map_err(|error| error.to_string())
    }

    /// Our own files and those of others may stand side by side; what cannot be asked must be told.
    #[test]
    fn a_folder_is_read_by_the_content_of_its_files() {
        let folder = folder(&[
            ("blake2b/little.json", CLEAN),
            ("sets/mac.json", MAC),
            ("sets/eax.json", OTHER),
            ("sets/README.txt", "Words.\n"),
            ("index.json", "{}"),
            ("third_party/x.json", "{"),
            ("notes.md", "{"),
        ]);
        let read = given(&[folder.path()]).unwrap();
        let paths: Vec<_> = read.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["blake2b/little", "wycheproof/mac"]);
        assert_eq!(read.notes, ["eax.json: this suite has no operation for AES-EAX"]);
        assert_eq!(read.files[1].case_id(&read.files[1].cases[0]), "wycheproof/mac/7");
        // A file by itself has the name that it has in its folder.
        let alone = given(&[&folder.path().join("blake2b/little.json")]).unwrap();
        assert_eq!(alone.files[0].path, "blake2b/little");
        assert_ne!(alone.sha256, read.sha256);
    }

    /// Two runs are compared by the hash of their vectors; that of our own is the one under which they are published.
    #[test]
    fn own_vectors_keep_the_hash_of_their_index() {
        let sources = source::embedded().unwrap();
        let files: Vec<_> =
            sources.iter().map(|file| (format!("{}.json", file.path), String::from_utf8_lossy(&file.bytes))).collect();
        let folder = folder(&files.iter().map(|(name, text)| (name.as_str(), &**text)).collect::<Vec<_>>());
        assert_eq!(given(&[folder.path()]).unwrap().sha256, crate::index::vectors_sha256());
    }

    /// A mistyped path, a file without a usable test and a name that stands twice must not be a green run of less.
    #[test]
    fn nothing_usable_is_an_error_that_says_why() {
        let folder = folder(&[
            ("none/a.md", ""),
            ("others/eax.json", OTHER),
            ("cut/mac.json", &MAC[..MAC.len() - 2]),
            ("odd/a.json", "{}"),
            ("a/mac.json", MAC),
            ("b/mac.json", MAC),
            ("deep/x/y/little.json", CLEAN),
        ]);
        let path = |name: &str| folder.path().join(name);
        for (names, wanted) in [
            (&["no-such-path"][..], "no-such-path cannot be read"),
            (&["none"], "none holds no vectors: no *.json, *.rsp or *.txt with tests of this suite's operations"),
            (&["others"], "operations (eax.json: this suite has no operation for AES-EAX)"),
            (&["others/eax.json"], "eax.json: this suite has no operation for AES-EAX"),
            (&["cut"], "mac.json, line 1, column "),
            (&["odd"], "a.json is not a vector file of this suite, of Wycheproof or of CAVP"),
            (&["a", "b"], "two files have the path wycheproof/mac"),
            (&["deep"], "is not at <family>/<topic>.json"),
        ] {
            let paths: Vec<_> = names.iter().map(|name| path(name)).collect();
            let error = load(&paths).unwrap_err().to_string();
            assert!(error.contains(wanted), "{names:?}: {error}");
        }
    }
}
