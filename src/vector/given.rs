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
use crate::primitives::hash::sha256;

/// Vectors from outside this binary.
#[derive(Debug, Default)]
pub struct Given {
    /// The cases.
    pub files: Vec<VectorFile>,
    /// What was left out, a line for each file.
    pub notes: Vec<String>,
    /// SHA-256 in hex: of their index where all are this suite's own, else of the lines `<sha256> <name>` of their files.
    pub sha256: String,
}

/// Vectors while they are read.
#[derive(Default)]
struct Reading {
    files: Vec<VectorFile>,
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
            Err(error @ (ForeignError::NoOperation { .. } | ForeignError::NothingUsable(_))) => {
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
        Ok(Given { files: self.files, notes: self.notes, sha256 })
    }

    fn index(&mut self) -> Result<String, LoadError> {
        self.hashes.sort();
        if self.own.len() == self.hashes.len() { Ok(Index::of(&self.own)?.text()) } else { Ok(self.hashes.concat()) }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
