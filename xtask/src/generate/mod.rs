//! Writes the vectors.
//!
//! In: the recipes, and a folder whose files of other makers (SJCL's own) are kept. Out: every file that belongs below
//! `vectors/`: the recipes' files, the index, the schemas; and the README beside it, which shows what is in the index. The same
//! bytes on every run.

mod canary;
mod readme;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use vectors::index::Index;
use vectors::source::{self, SourceFile};
use vectors::{LoadError, load, schema, write};

use crate::builder::{KeyStream, Recipe, RecipeError};
use crate::recipe::recipes;

/// Recipes of these prefixes are scripts of their own, run by another program; their files stay as they are.
const KEPT_RECIPES: [&str; 2] = ["sjcl/", "readers/"];

/// The page that shows the hash and the counts of the vectors, from their folder.
const README: &str = "../README.md";

/// Why the vectors cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A recipe is wrong.
    #[error(transparent)]
    Recipe(#[from] RecipeError),
    /// A file in the folder cannot be used.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A file in the folder that nothing writes.
    #[error("{path} is not written by any recipe, though it names {recipe}")]
    Orphan {
        /// `<family>/<topic>`.
        path: String,
        /// The recipe that it names.
        recipe: String,
    },
    /// A file cannot be written.
    #[error("{path} cannot be written")]
    Write {
        /// The file, below the folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

/// One file that belongs below `vectors/`.
#[derive(Debug, PartialEq, Eq)]
pub struct Output {
    /// The path below `vectors/`.
    pub path: String,
    /// The file's text.
    pub text: String,
}

/// Writes what is missing or different in the folder.
///
/// # Errors
///
/// [`GenerateError`]; nothing is written unless all of it could be made.
pub fn generate(folder: &Path) -> Result<Vec<Output>, GenerateError> {
    let stale = stale(folder)?;
    for Output { path, text } in &stale {
        let file = folder.join(path);
        let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&file, text));
        written.map_err(|source| GenerateError::Write { path: path.clone(), source })?;
    }
    Ok(stale)
}

/// What is missing or different in the folder.
///
/// # Errors
///
/// [`GenerateError`], but for writing.
pub fn stale(folder: &Path) -> Result<Vec<Output>, GenerateError> {
    let mut outputs = outputs(folder)?;
    outputs.retain(|output| fs::read(folder.join(&output.path)).ok().as_deref() != Some(output.text.as_bytes()));
    Ok(outputs)
}

/// Everything that belongs in the folder, apart from the files that are kept.
fn outputs(folder: &Path) -> Result<Vec<Output>, GenerateError> {
    let mut sources = recipes().iter().map(cook).collect::<Result<Vec<_>, _>>()?;
    let mut outputs: Vec<_> = sources.iter().map(output).collect();
    outputs.extend(canary::outputs(&sources)?);
    sources.extend(kept(folder, &sources)?);
    let index = Index::of(&sources)?;
    outputs.extend(readme(folder, &index));
    outputs.push(Output { path: "index.json".to_owned(), text: index.text() });
    for (name, text) in schema::all() {
        outputs.push(Output { path: format!("schema/{name}.json"), text });
    }
    Ok(outputs)
}

fn cook(recipe: &Recipe) -> Result<SourceFile, RecipeError> {
    let file = (recipe.write)(&mut KeyStream::new(recipe.name)).build(recipe.name)?;
    Ok(SourceFile { path: file.path.clone(), bytes: Cow::Owned(write::canonical(&file).into_bytes()) })
}

/// The README beside the folder, where there is one.
fn readme(folder: &Path, index: &Index) -> Option<Output> {
    let text = fs::read_to_string(folder.join(README)).ok()?;
    Some(Output { path: README.to_owned(), text: readme::current(&text, index) })
}

fn output(source: &SourceFile) -> Output {
    let text = String::from_utf8_lossy(&source.bytes).into_owned();
    Output { path: format!("{}.json", source.path), text }
}

/// The folder's files that no recipe of ours writes.
fn kept(folder: &Path, written: &[SourceFile]) -> Result<Vec<SourceFile>, GenerateError> {
    let mut kept = Vec::new();
    for source in source::directory(folder)? {
        if written.iter().any(|ours| ours.path == source.path) {
            continue;
        }
        let file = load::file(&source)?;
        if !KEPT_RECIPES.iter().any(|prefix| file.source.recipe.starts_with(prefix)) {
            return Err(GenerateError::Orphan { path: file.path, recipe: file.source.recipe });
        }
        kept.push(source);
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two recipes of one name would write one file, and only the second would be seen.
    #[test]
    fn every_recipe_has_a_name_of_its_own() {
        let mut names: Vec<_> = recipes().iter().map(|recipe| recipe.name).collect();
        assert!(!names.is_empty());
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }

    /// Vectors that change when they are written again could not be reviewed, and would be new vectors to every port.
    #[test]
    fn generating_twice_gives_the_same_bytes() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("vectors");
        fs::create_dir(&folder).unwrap();
        fs::write(root.path().join("README.md"), "sealproof 0.1.0, vectors 0123456789ab, 1 cases, seed 7").unwrap();
        let written = generate(&folder).unwrap();
        assert!(written.len() > 2 && written.iter().any(|output| output.path == README));
        assert_eq!(stale(&folder).unwrap(), []);
    }

    /// The files of SJCL are written by SJCL: we index them and touch nothing else of them.
    #[test]
    fn files_of_other_makers_are_kept_and_indexed_and_orphans_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let ours = output(&cook(&recipes()[0]).unwrap()).text;
        let name = recipes()[0].name;
        let place = folder.path().join("sha512/by-sjcl.json");
        fs::create_dir_all(place.parent().unwrap()).unwrap();

        let theirs = ours.replace(name, "sjcl/sha512");
        fs::write(&place, &theirs).unwrap();
        generate(folder.path()).unwrap();
        assert_eq!(fs::read_to_string(&place).unwrap(), theirs);
        assert!(fs::read_to_string(folder.path().join("index.json")).unwrap().contains("sha512/by-sjcl"));

        fs::write(&place, ours).unwrap();
        assert!(matches!(generate(folder.path()), Err(GenerateError::Orphan { path, .. }) if path == "sha512/by-sjcl"));
    }
}
