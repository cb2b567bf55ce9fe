//! A lossless editor of the texts that sealed envelopes are made of: JSON objects, base64 and hex in their members, and
//! texts in parts such as `$argon2id$v=19$…`.
//!
//! In: a text, and an [`Edit`], which is a value that says where and what. Out: the text with that one thing changed and
//! every other byte as it was, or nothing where the text has no such place. Texts may be hostile: whatever they hold,
//! editing neither panics nor takes longer than a few passes over them.
//!
//! An edit begins with a place: [`document`], [`member`], [`first_member`] or [`part`]. It goes on with a verb.
//!
//! ```
//! use document::{Base64, Edit, Encoding, Spelling, all, document, member, part};
//!
//! let record = br#"{"salt": "0aff", "data":"e30="}"#;
//!
//! // Another name, another value, the same value in capitals.
//! let renamed = member("salt").rename("Salt").apply(record).unwrap();
//! assert_eq!(renamed, br#"{"Salt": "0aff", "data":"e30="}"#);
//! assert_eq!(member("salt").value("7").apply(record).unwrap(), br#"{"salt": 7, "data":"e30="}"#);
//! let capitals = member("salt").in_text().spell(Spelling::Upper);
//! assert_eq!(capitals.apply(record).unwrap(), br#"{"salt": "0AFF", "data":"e30="}"#);
//!
//! // Edits are values: they stand in tables, and nest.
//! const MARKED: Edit<'_> = member("data").inside(Encoding::Base64(Base64::Standard), &document().before("\u{feff}"));
//! assert_eq!(MARKED.apply(record).unwrap(), br#"{"salt": "0aff", "data":"77u/e30="}"#);
//! const BOTH: Edit<'_> = all(&[member("salt").remove(), document().last_member(r#""v":2"#)]);
//! assert_eq!(BOTH.apply(record).unwrap(), br#"{"data":"e30=","v":2}"#);
//!
//! // What is not there cannot be edited.
//! assert_eq!(member("iv").remove().apply(record), None);
//!
//! // Texts in parts.
//! assert_eq!(part('$', 2).with("v=16").apply(b"$argon2id$v=19$m=64").unwrap(), b"$argon2id$v=16$m=64");
//! ```
//!
//! [`Members`] is the other view: an object taken apart into names and values, for who rewrites all of them.

mod edit;
pub mod encoding;
mod escape;
mod members;
mod object;
mod place;
mod spelling;
mod verbs;

pub use edit::{Edit, all};
pub use encoding::{Base64, Encoding};
pub use escape::{Charset, Escape};
pub use members::{Member, Members};
pub use object::quoted;
pub use place::{MemberPlace, Place, document, first_member, member, part};
pub use spelling::Spelling;
