//! One change to a question, as data: where, and what. Layer: `fuzzing`; pure.
//!
//! A [`Place`] says where, an [`Edit`] what. Every edit has a plain form, which shrinking goes back to, and is varied by a
//! seeded generator. What cannot be changed at a place is `None`, never a panic.

mod bytes;
mod document;
mod integer;
mod list;
mod member;
mod number;
mod place;
mod seal;
mod spelling;
mod stored;
mod text;
mod within;
mod word;

use serde::{Deserialize, Serialize};

pub use bytes::Bytes;
pub use document::Document;
pub use integer::Integer;
pub use list::List;
pub use member::Member;
pub use number::Number;
pub(super) use place::Holds;
pub use place::Place;
pub use seal::Seal;
pub(super) use seal::Sealing;
pub use spelling::Spelling;
pub use stored::Stored;
pub use text::Text;
pub(super) use within::{Apply, at_place, raw_at};
pub use word::Word;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Where.
    pub at: Place,
    /// What.
    pub edit: Edit,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// To what is sealed, before it is: the tag fits.
    Seal(Seal),
    /// To bytes, decoded where they stand in base64 or hex.
    Bytes(Bytes),
    /// To a list of an input.
    List(List),
    /// To an integer of an input.
    Integer(Integer),
    /// To a text of an input.
    Text(Text),
    /// To a stored hash.
    Stored(Stored),
    /// To how bytes are spelt in base64 or hex.
    Spelling(Spelling),
    /// To a number of a JSON document.
    Number(Number),
    /// To a text of a JSON document.
    Word(Word),
    /// To a member of a JSON document, name and value.
    Member(Member),
    /// To a JSON document as a whole.
    Document(Document),
    /// What stands there in another case, by its id.
    Splice(String),
}

/// Declares an enum of edits: each with its parameters and their plain values, and the word for its kind.
macro_rules! edits {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$doc:meta])* $variant:ident $(($($type:ty: $plain:expr),+))? $word:literal),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$doc])* $variant $(($($type),+))?),+
        }

        impl $name {
            /// Every kind, in its plain form.
            #[must_use]
            pub fn all() -> Vec<Self> {
                vec![$(Self::$variant $(($($plain),+))?),+]
            }

            /// The word for its kind.
            #[must_use]
            pub fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $word),+
                }
            }

            /// The same kind in its plain form.
            #[must_use]
            pub fn plain(&self) -> Self {
                match self {
                    $(Self::$variant { .. } => Self::$variant $(($($plain),+))?),+
                }
            }
        }
    };
}
pub(crate) use edits;

/// Applies an expression to whatever edit it is; splices have one of their own.
macro_rules! each {
    ($edit:expr, $inner:ident => $body:expr, $id:ident => $splice:expr) => {
        match $edit {
            Edit::Seal($inner) => $body,
            Edit::Bytes($inner) => $body,
            Edit::List($inner) => $body,
            Edit::Integer($inner) => $body,
            Edit::Text($inner) => $body,
            Edit::Stored($inner) => $body,
            Edit::Spelling($inner) => $body,
            Edit::Number($inner) => $body,
            Edit::Word($inner) => $body,
            Edit::Member($inner) => $body,
            Edit::Document($inner) => $body,
            Edit::Splice($id) => $splice,
        }
    };
}

impl Change {
    /// Its kind and place, without numbers, such as `flip@record.salt`.
    #[must_use]
    pub fn kind(&self) -> String {
        format!("{}@{}", self.edit.word(), self.at.path())
    }

    /// The same change in its plainest form; `None` where it has that already.
    #[must_use]
    pub fn plainer(&self) -> Option<Self> {
        let edit = each!(&self.edit, edit => Edit::from(edit.plain()), id => Edit::Splice(id.clone()));
        (edit != self.edit).then_some(Self { at: self.at, edit })
    }

    /// Draws its parameters anew.
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        each!(&mut self.edit, edit => edit.vary(random), _id => {});
    }

    /// Where it stands among the changes of a recipe: what is sealed comes first, then what lies deepest.
    pub(super) fn stage(&self) -> (usize, usize) {
        let layer = match self.edit {
            Edit::Seal(_) => return (0, 0),
            Edit::Bytes(_) | Edit::List(_) | Edit::Integer(_) | Edit::Text(_) | Edit::Stored(_) | Edit::Splice(_) => 0,
            Edit::Number(_) | Edit::Word(_) | Edit::Spelling(_) => 1,
            Edit::Member(_) => 2,
            Edit::Document(_) => 3,
        };
        (8 - self.at.depth(), layer)
    }
}

impl Edit {
    /// The word for its kind.
    #[must_use]
    pub fn word(&self) -> &'static str {
        each!(self, edit => edit.word(), _id => "splice")
    }

    /// Every kind of edit that there is for what stands at a place, in its plain form.
    pub(super) fn all(place: Place) -> Vec<Self> {
        let bytes = || Bytes::all().into_iter().map(Self::from).collect::<Vec<_>>();
        let member = || Member::all().into_iter().map(Self::from).collect::<Vec<_>>();
        let document = || Document::all().into_iter().map(Self::from).collect::<Vec<_>>();
        let spelling = || Spelling::all().into_iter().map(Self::from).collect::<Vec<_>>();
        let seal = || Seal::all().into_iter().map(Self::from).collect::<Vec<_>>();
        let own: Vec<Vec<Self>> = match place.holds() {
            Holds::Bytes => vec![bytes()],
            Holds::Sealed => vec![bytes(), seal()],
            Holds::List => vec![List::all().into_iter().map(Self::from).collect()],
            Holds::Integer => vec![Integer::all().into_iter().map(Self::from).collect()],
            Holds::Text => vec![Text::all().into_iter().map(Self::from).collect()],
            Holds::Stored => vec![
                Text::all().into_iter().map(Self::from).collect(),
                Stored::all().into_iter().map(Self::from).collect(),
                seal(),
            ],
            Holds::Document => vec![document(), bytes(), seal()],
            Holds::Nested(_) => vec![document(), bytes(), spelling(), member()],
            Holds::Encoded(_) => vec![bytes(), spelling(), member()],
            Holds::Number => vec![Number::all().into_iter().map(Self::from).collect(), member()],
            Holds::Word => vec![Word::all().into_iter().map(Self::from).collect(), member()],
        };
        let mut all = own.concat();
        all.push(Self::Splice(String::new()));
        all
    }
}

/// An edit of each layer is an edit.
macro_rules! from {
    ($($name:ident),+) => {
        $(impl From<$name> for Edit {
            fn from(edit: $name) -> Self {
                Self::$name(edit)
            }
        })+
    };
}
from!(Seal, Bytes, List, Integer, Text, Stored, Spelling, Number, Word, Member, Document);

/// A place in something, near its front in half of the draws.
fn position(random: &mut fastrand::Rng) -> usize {
    if random.bool() { random.usize(..12) } else { random.usize(..600) }
}
