//! What the fuzz targets do: one function for each, bytes in, and a panic where a law is broken or a second opinion differs.
//!
//! `fuzz_targets/` has a line for each function, [`TARGETS`] lists them for the replay of the corpus (`tests/replay.rs`)
//! and for the seeds ([`seeds`]). A mismatch panics in a function of its own name that is never inlined, so that
//! engines which tell crashes apart by their uppermost frames keep different mismatches apart. What a derivation may
//! cost is handed down as [`limits`] and `Cost`; nothing here or in the suite asks whether it is being fuzzed.

#![warn(missing_docs)]

/// Panics in a function named after the mismatch.
macro_rules! mismatch {
    ($name:ident, $($words:tt)+) => {{
        #[cold]
        #[inline(never)]
        fn $name(words: std::fmt::Arguments<'_>) -> ! {
            panic!("{}: {words}", stringify!($name))
        }
        $name(format_args!($($words)+))
    }};
}

pub mod baseline;
mod differential;
mod files;
mod inspection;
mod mutation;
mod opinions;
mod parsing;
#[cfg(feature = "port")]
mod port;
mod readers;
mod sealing;
pub mod seeds;
mod wire;

pub use differential::{diff_argon2, diff_blake2b, diff_gcm, diff_hchacha, diff_pbkdf2, diff_xchacha};
pub use files::{foreign_file, manifest, vector_file};
pub use inspection::inspect;
pub use opinions::opinions;
pub use parsing::{
    parse_autonomail, parse_autonomail_2014, parse_notesnook, parse_notesnook_item, parse_server_hash, parse_sjcl,
};
#[cfg(feature = "port")]
pub use port::port;
pub use readers::{encodings, readers};
pub use sealing::{open, seal_open};
pub use wire::{protocol, serve};

use primitives::Limits;

/// A target: its name and its body.
pub type Target = (&'static str, fn(&[u8]));

/// Every target, by the name of its binary.
pub static TARGETS: &[Target] = &[
    ("parse_autonomail", parse_autonomail),
    ("parse_autonomail_2014", parse_autonomail_2014),
    ("parse_sjcl", parse_sjcl),
    ("parse_notesnook", parse_notesnook),
    ("parse_notesnook_item", parse_notesnook_item),
    ("parse_server_hash", parse_server_hash),
    ("inspect", inspect),
    ("readers", readers),
    ("encodings", encodings),
    ("open", open),
    ("seal_open", seal_open),
    ("opinions", opinions),
    ("vector_file", vector_file),
    ("foreign_file", foreign_file),
    ("manifest", manifest),
    ("protocol", protocol),
    ("serve", serve),
    ("diff_xchacha", diff_xchacha),
    ("diff_hchacha", diff_hchacha),
    ("diff_argon2", diff_argon2),
    ("diff_blake2b", diff_blake2b),
    ("diff_gcm", diff_gcm),
    ("diff_pbkdf2", diff_pbkdf2),
];

/// What one input may cost: a fraction of a millisecond of derivation, 64 KiB of text.
#[must_use]
pub fn limits() -> Limits {
    Limits {
        iterations_max: 32,
        memory_kib_max: 64,
        argon2_work_kib_max: 192,
        derived_bytes_max: 2_048,
        generated_bytes_max: 1 << 14,
        envelope_bytes_max: 1 << 16,
    }
}
