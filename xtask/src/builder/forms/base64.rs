//! Values that are nearly base64.
//!
//! In: the one right spelling of some bytes, which has characters that differ between the alphabets and, where its dialect
//! pads, two characters of padding (else two characters or three in its last group). Out: other texts, each with the real
//! readers that take it for the same bytes.

use ::document::{Base64, Edit, Encoding, Escape, Spelling, all, document};

/// Real readers and what they are known to let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// `atob` of browsers and Node, which the Autonomail client calls: the "forgiving" reader of the Infra standard.
    Atob,
    /// SJCL 1.0.9, whose JSON reader strikes white space out of values and whose base64 strikes `=`.
    Sjcl,
    /// Node's `Buffer`, which the node build of `@notesnook/crypto` reads with.
    Node,
}

/// A value in a form that it does not have.
pub struct Form {
    /// What is special about it, in kebab case.
    pub name: &'static str,
    /// One sentence for a porter, after the member's name.
    pub why: &'static str,
    /// The cause: a flag of both families.
    pub flag: &'static str,
    /// Who takes it for the right value.
    pub taken_by: &'static [Reader],
    /// Makes the text of the right one.
    edit: Edit<'static>,
}

use Reader::{Atob, Node, Sjcl};

const fn form(name: &'static str, why: &'static str, flag: &'static str, taken_by: &'static [Reader]) -> Form {
    Form { name, why, flag, taken_by, edit: all(&[]) }
}

/// Base64 as the suite writes it where nothing else is said.
const STANDARD: Encoding = Encoding::Base64(Base64::Standard);

impl Form {
    /// The form that an edit of the right text makes.
    const fn by(self, edit: Edit<'static>) -> Self {
        Self { edit, ..self }
    }

    /// The right text in this form; `None` where its dialect has no such form.
    #[must_use]
    pub fn of(&self, right: &str) -> Option<String> {
        let other = self.edit.apply(right.as_bytes())?;
        String::from_utf8(other).ok().filter(|other| other != right)
    }
}

/// Every form.
pub const FORMS: &[Form] = &[
    form("empty", "is empty", "B64Pad", &[]).by(document().with("")),
    form("only-padding", "is padding alone", "B64Pad", &[]).by(document().with("====")),
    form("other-alphabet", "is written in the other alphabet", "B64Alphabet", &[Node])
        .by(document().spell(Spelling::OtherAlphabet)),
    form("mixed-alphabet", "is written in both alphabets", "B64Alphabet", &[Node])
        .by(document().spell(Spelling::MixedAlphabet)),
    form("imap-alphabet", "is written in the alphabet of IMAP, with a comma", "B64Alphabet", &[])
        .by(document().spell(Spelling::ImapAlphabet)),
    form("case-swapped", "is written with small letters for capitals", "B64Alphabet", &[])
        .by(document().spell(Spelling::CaseSwapped)),
    form("padding-missing", "has lost its padding", "B64Pad", &[Atob, Sjcl]).by(document().spell(Spelling::Unpadded)),
    form("padding-halved", "has lost the second of two characters of padding, or gained one", "B64Pad", &[Sjcl, Node])
        .by(all(&[document().spell(Spelling::Unpadded), document().after("=")])),
    form("padding-added", "is padded, or padded by one character more", "B64Pad", &[Sjcl, Node])
        .by(document().spell(Spelling::MorePadding)),
    form("padding-of-a-group", "has a whole group of padding at its end", "B64Pad", &[Sjcl, Node])
        .by(document().after("====")),
    form("padding-in-front", "begins with padding", "B64Pad", &[Sjcl]).by(document().before("=")),
    form("padding-inside", "has padding inside", "B64Pad", &[Sjcl]).by(document().insert(4, "=")),
    form("padding-by-dots", "is padded by dots", "B64Pad", &[Node]).by(document().spell(Spelling::Padded("."))),
    form("padding-by-percent", "has its padding percent-encoded", "B64Pad", &[])
        .by(document().spell(Spelling::Padded("%3D"))),
    form("more-after-padding", "goes on after its padding", "B64Pad", &[Node])
        .by(all(&[document().spell(Spelling::Unpadded), document().after("==AAAA")])),
    form("twice", "stands twice in a row", "B64Pad", &[]).by(document().twice("")),
    form("lone-character", "has a lone character more", "B64Pad", &[])
        .by(all(&[document().spell(Spelling::Padded("A")), document().after("A")])),
    form("character-less", "has lost its last character", "B64Pad", &[])
        .by(all(&[document().spell(Spelling::Unpadded), document().drop_last(1)])),
    form("group-less", "has lost its first group", "B64Pad", &[]).by(document().drop_first(4)),
    form("spare-bit-lowest", "sets the lowest spare bit", "B64NonCanonical", &[Atob, Sjcl, Node])
        .by(document().spell(Spelling::SpareBits([1, 1]))),
    form("spare-bit-highest", "sets the highest spare bit", "B64NonCanonical", &[Atob, Sjcl, Node])
        .by(document().spell(Spelling::SpareBits([8, 2]))),
    form("spare-bits-all", "sets every spare bit", "B64NonCanonical", &[Atob, Sjcl, Node])
        .by(document().spell(Spelling::SpareBits([15, 3]))),
    form("space-in-front", "begins with a space", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().before(" ")),
    form("space-inside", "has a space inside", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().insert(4, " ")),
    form("space-at-end", "ends in a space", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().after(" ")),
    form("space-in-padding", "has a space before its padding", "B64Whitespace", &[Atob, Sjcl, Node])
        .by(document().spell(Spelling::BeforePadding(" "))),
    form("tab-inside", "has a tab inside", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().insert(4, "\t")),
    form("newline-inside", "is wrapped with a newline", "B64Whitespace", &[Atob, Sjcl, Node])
        .by(document().insert(4, "\n")),
    form("crlf-inside", "is wrapped as in mail", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().insert(4, "\r\n")),
    form("newline-at-end", "ends in a newline", "B64Whitespace", &[Atob, Sjcl, Node]).by(document().after("\n")),
    form("form-feed-inside", "has a form feed inside", "B64Whitespace", &[Atob, Sjcl, Node])
        .by(document().insert(4, "\u{c}")),
    form("vertical-tab-inside", "has a vertical tab inside", "B64Whitespace", &[Sjcl, Node])
        .by(document().insert(4, "\u{b}")),
    form("no-break-space-inside", "has a no-break space inside", "B64Whitespace", &[Node])
        .by(document().insert(4, "\u{a0}")),
    form("bom-in-front", "begins with a byte order mark", "B64Whitespace", &[Node]).by(document().before("\u{feff}")),
    form("zero-width-space-inside", "has a zero-width space inside", "B64Whitespace", &[Node])
        .by(document().insert(4, "\u{200b}")),
    form("nul-in-front", "begins with a NUL", "B64Alphabet", &[Node]).by(document().before("\0")),
    form("nul-inside", "has a NUL inside", "B64Alphabet", &[Node]).by(document().insert(4, "\0")),
    form("nul-at-end", "ends in a NUL", "B64Alphabet", &[Node]).by(document().after("\0")),
    form("more-after-a-nul", "goes on after a NUL, though it is whole before it", "B64Alphabet", &[])
        .by(document().after("\0AAAA")),
    form("star-inside", "has a star inside", "B64Alphabet", &[Node]).by(document().insert(4, "*")),
    form("dot-inside", "has a dot inside", "B64Alphabet", &[Node]).by(document().insert(4, ".")),
    form("at-sign-at-end", "ends in an at sign", "B64Alphabet", &[Node]).by(document().after("@")),
    form("percent-encoded", "begins with a percent-encoded character", "B64Alphabet", &[])
        .by(document().escape(0, Escape::Percent)),
    form("eighth-bit-set", "begins with a character whose eighth bit is set", "B64Alphabet", &[])
        .by(document().escape(0, Escape::EighthBit)),
    form("full-width", "begins with a full-width letter", "B64Alphabet", &[]).by(document().escape(0, Escape::Wide)),
    form("data-url", "is a data URL", "B64Alphabet", &[]).by(document().before("data:;base64,")),
    form("in-quotes", "stands in quotes of its own", "B64Alphabet", &[Node]).by(document().wrap("'", "'")),
    form("encoded-twice", "is encoded twice", "B64Alphabet", &[]).by(document().spell(Spelling::Encoded(STANDARD))),
];
