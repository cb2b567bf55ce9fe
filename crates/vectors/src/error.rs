//! Why vectors cannot be read.

/// Why vector files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file or folder cannot be read.
    #[error("{file} cannot be read")]
    Read {
        /// The file or folder.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is larger than any vector file may be.
    #[error("{file} is larger than {bytes_max} bytes")]
    TooLarge {
        /// The file.
        file: String,
        /// The ceiling.
        bytes_max: u64,
    },
    /// A JSON file at a place where it would never be run.
    #[error("{file} is not at <family>/<topic>.json, the place of a vector file")]
    Misplaced {
        /// The file.
        file: String,
    },
    /// The file's content is not what the vector format asks for.
    #[error("{file}:{line}:{column}: {problem}")]
    Invalid {
        /// `<family>/<topic>.json`.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The byte in the line, from 1.
        column: usize,
        /// What is wrong and what was expected.
        problem: String,
    },
}
