//! The commands, a file each. The only code of this program that prints.

pub(crate) mod asked;
pub(crate) mod book;
pub(crate) mod export;
pub(crate) mod folder;
pub(crate) mod kill_table;
pub(crate) mod output;
