//! Values that are nearly base64.
//!
//! In: the one right spelling of some bytes, which has characters that differ between the alphabets and, where its dialect
//! pads, two characters of padding (else two characters or three in its last group). Out: other texts, each with the real
//! readers that take it for the same bytes.

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
    /// Makes the text; the same text where the dialect has no such form.
    pub edit: fn(&str) -> String,
}

use Reader::{Atob, Node, Sjcl};

const fn form(
    name: &'static str,
    why: &'static str,
    flag: &'static str,
    taken_by: &'static [Reader],
    edit: fn(&str) -> String,
) -> Form {
    Form { name, why, flag, taken_by, edit }
}

/// The text with another put between its fourth and fifth character.
fn inside(text: &str, middle: &str) -> String {
    [&text[..4], middle, &text[4..]].concat()
}

/// The text without its padding.
fn bare(text: &str) -> &str {
    text.trim_end_matches('=')
}

/// The text with its last character before the padding replaced by the one so many further in the alphabet; the same text
/// where its last group is whole, so that no bit is spare.
fn spare(text: &str, further: [usize; 2]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (body, padding) = text.split_at(bare(text).len());
    let further = match body.len() % 4 {
        2 => further[0],
        3 => further[1],
        _ => return text.to_owned(),
    };
    let (kept, last) = body.split_at(body.len() - 1);
    let at = ALPHABET.iter().position(|c| [*c] == last.as_bytes()).unwrap_or(0);
    format!("{kept}{}{padding}", char::from(ALPHABET[at + further]))
}

fn other_alphabet(c: char) -> char {
    match c {
        '+' => '-',
        '/' => '_',
        '-' => '+',
        '_' => '/',
        same => same,
    }
}

/// Every form.
pub const FORMS: &[Form] = &[
    form("empty", "is empty", "B64Pad", &[], |_| String::new()),
    form("only-padding", "is padding alone", "B64Pad", &[], |_| "====".to_owned()),
    form("other-alphabet", "is written in the other alphabet", "B64Alphabet", &[Node], |t| {
        t.chars().map(other_alphabet).collect()
    }),
    form("mixed-alphabet", "is written in both alphabets", "B64Alphabet", &[Node], |t| {
        let at = t.find(['+', '/', '-', '_']).unwrap_or(t.len());
        t.char_indices().map(|(index, c)| if index == at { other_alphabet(c) } else { c }).collect()
    }),
    form("imap-alphabet", "is written in the alphabet of IMAP, with a comma", "B64Alphabet", &[], |t| {
        t.replace(['/', '_'], ",")
    }),
    form("case-swapped", "is written with small letters for capitals", "B64Alphabet", &[], |t| {
        t.chars()
            .map(|c| if c.is_ascii_uppercase() { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() })
            .collect()
    }),
    form("padding-missing", "has lost its padding", "B64Pad", &[Atob, Sjcl], |t| bare(t).to_owned()),
    form(
        "padding-halved",
        "has lost the second of two characters of padding, or gained one",
        "B64Pad",
        &[Sjcl, Node],
        |t| t.strip_suffix("==").map_or_else(|| format!("{t}="), |body| format!("{body}=")),
    ),
    form("padding-added", "is padded, or padded by one character more", "B64Pad", &[Sjcl, Node], |t| {
        let padded = if t.ends_with('=') { 1 } else { (4 - t.len() % 4) % 4 };
        format!("{t}{}", "=".repeat(padded))
    }),
    form("padding-of-a-group", "has a whole group of padding at its end", "B64Pad", &[Sjcl, Node], |t| {
        format!("{t}====")
    }),
    form("padding-in-front", "begins with padding", "B64Pad", &[Sjcl], |t| format!("={t}")),
    form("padding-inside", "has padding inside", "B64Pad", &[Sjcl], |t| inside(t, "=")),
    form("padding-by-dots", "is padded by dots", "B64Pad", &[Node], |t| {
        format!("{}{}", bare(t), ".".repeat((4 - bare(t).len() % 4) % 4))
    }),
    form("padding-by-percent", "has its padding percent-encoded", "B64Pad", &[], |t| {
        format!("{}{}", bare(t), "%3D".repeat((4 - bare(t).len() % 4) % 4))
    }),
    form("more-after-padding", "goes on after its padding", "B64Pad", &[Node], |t| format!("{}==AAAA", bare(t))),
    form("twice", "stands twice in a row", "B64Pad", &[], |t| format!("{t}{t}")),
    form("lone-character", "has a lone character more", "B64Pad", &[], |t| {
        format!("{}{}", bare(t), "A".repeat((4 - bare(t).len() % 4) % 4 + 1))
    }),
    form("character-less", "has lost its last character", "B64Pad", &[], |t| bare(t)[..bare(t).len() - 1].to_owned()),
    form("group-less", "has lost its first group", "B64Pad", &[], |t| t[4..].to_owned()),
    form("spare-bit-lowest", "sets the lowest spare bit", "B64NonCanonical", &[Atob, Sjcl, Node], |t| spare(t, [1, 1])),
    form("spare-bit-highest", "sets the highest spare bit", "B64NonCanonical", &[Atob, Sjcl, Node], |t| {
        spare(t, [8, 2])
    }),
    form("spare-bits-all", "sets every spare bit", "B64NonCanonical", &[Atob, Sjcl, Node], |t| spare(t, [15, 3])),
    form("space-in-front", "begins with a space", "B64Whitespace", &[Atob, Sjcl, Node], |t| format!(" {t}")),
    form("space-inside", "has a space inside", "B64Whitespace", &[Atob, Sjcl, Node], |t| inside(t, " ")),
    form("space-at-end", "ends in a space", "B64Whitespace", &[Atob, Sjcl, Node], |t| format!("{t} ")),
    form("space-in-padding", "has a space before its padding", "B64Whitespace", &[Atob, Sjcl, Node], |t| {
        format!("{} {}", bare(t), &t[bare(t).len()..])
    }),
    form("tab-inside", "has a tab inside", "B64Whitespace", &[Atob, Sjcl, Node], |t| inside(t, "\t")),
    form("newline-inside", "is wrapped with a newline", "B64Whitespace", &[Atob, Sjcl, Node], |t| inside(t, "\n")),
    form("crlf-inside", "is wrapped as in mail", "B64Whitespace", &[Atob, Sjcl, Node], |t| inside(t, "\r\n")),
    form("newline-at-end", "ends in a newline", "B64Whitespace", &[Atob, Sjcl, Node], |t| format!("{t}\n")),
    form("form-feed-inside", "has a form feed inside", "B64Whitespace", &[Atob, Sjcl, Node], |t| inside(t, "\u{c}")),
    form("vertical-tab-inside", "has a vertical tab inside", "B64Whitespace", &[Sjcl, Node], |t| inside(t, "\u{b}")),
    form("no-break-space-inside", "has a no-break space inside", "B64Whitespace", &[Node], |t| inside(t, "\u{a0}")),
    form("bom-in-front", "begins with a byte order mark", "B64Whitespace", &[Node], |t| format!("\u{feff}{t}")),
    form("zero-width-space-inside", "has a zero-width space inside", "B64Whitespace", &[Node], |t| {
        inside(t, "\u{200b}")
    }),
    form("nul-in-front", "begins with a NUL", "B64Alphabet", &[Node], |t| format!("\0{t}")),
    form("nul-inside", "has a NUL inside", "B64Alphabet", &[Node], |t| inside(t, "\0")),
    form("nul-at-end", "ends in a NUL", "B64Alphabet", &[Node], |t| format!("{t}\0")),
    form("more-after-a-nul", "goes on after a NUL, though it is whole before it", "B64Alphabet", &[], |t| {
        format!("{t}\0AAAA")
    }),
    form("star-inside", "has a star inside", "B64Alphabet", &[Node], |t| inside(t, "*")),
    form("dot-inside", "has a dot inside", "B64Alphabet", &[Node], |t| inside(t, ".")),
    form("at-sign-at-end", "ends in an at sign", "B64Alphabet", &[Node], |t| format!("{t}@")),
    form("percent-encoded", "begins with a percent-encoded character", "B64Alphabet", &[], |t| {
        format!("%{:02X}{}", t.as_bytes()[0], &t[1..])
    }),
    form("eighth-bit-set", "begins with a character whose eighth bit is set", "B64Alphabet", &[], |t| {
        format!("{}{}", char::from(t.as_bytes()[0] | 0x80), &t[1..])
    }),
    form("full-width", "begins with a full-width letter", "B64Alphabet", &[], |t| {
        let wide = char::from_u32(0xff01 + u32::from(t.as_bytes()[0]) - 0x21).unwrap_or_default();
        format!("{wide}{}", &t[1..])
    }),
    form("data-url", "is a data URL", "B64Alphabet", &[], |t| format!("data:;base64,{t}")),
    form("in-quotes", "stands in quotes of its own", "B64Alphabet", &[Node], |t| format!("'{t}'")),
    form("encoded-twice", "is encoded twice", "B64Alphabet", &[], |t| {
        primitives::encoding::Base64::Standard.encode(t.as_bytes())
    }),
];
