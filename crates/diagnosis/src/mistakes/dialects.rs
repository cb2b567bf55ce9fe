//! Mistakes of ports that speak another dialect of base64, and speak it both ways: they read what they write, and nobody else.

use super::envelope;
use crate::Mistake;
use document::encoding::Base64;

/// Everything of Notesnook that reads or writes base64url.
const NOTESNOOK: &[&str] =
    &["notesnook.login-hash", "notesnook.seal", "notesnook.open", "notesnook-item.seal", "notesnook-item.open"];
/// Both Autonomail profiles.
const AUTONOMAIL: &[&str] = &["autonomail.seal", "autonomail.open", "autonomail-2014.seal", "autonomail-2014.open"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "notesnook-base64-of-the-standard-alphabet",
        sentence: "Reads and writes Notesnook's base64 with + and / instead of - and _",
        operations: NOTESNOOK,
        links: &["https://github.com/streetwriters/notesnook/commit/b7762ceaa"],
        wrong: |parts| {
            let encoding = &mut envelope(parts).encoding;
            encoding.base64 = |dialect, text| Ok(if is_url(dialect) { swapped(text) } else { text.to_owned() });
            encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                if is_url(dialect) { swapped(&text) } else { text }
            };
        },
    },
    Mistake {
        name: "notesnook-base64-padded",
        sentence: "Pads Notesnook's base64url with = and wants it padded",
        operations: NOTESNOOK,
        links: &["https://github.com/jedisct1/libsodium.js/issues/89"],
        wrong: |parts| {
            let encoding = &mut envelope(parts).encoding;
            encoding.base64 = |dialect, text| Ok(if is_url(dialect) { unpadded(text) } else { text.to_owned() });
            encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                if is_url(dialect) { padded(&text) } else { text }
            };
        },
    },
    Mistake {
        name: "notesnook-base64-standard-and-padded",
        sentence: "Reads and writes Notesnook's base64 in the standard form: + and /, padded with =",
        operations: NOTESNOOK,
        links: &[],
        wrong: |parts| {
            let encoding = &mut envelope(parts).encoding;
            encoding.base64 =
                |dialect, text| Ok(if is_url(dialect) { swapped(&unpadded(text)) } else { text.to_owned() });
            encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                if is_url(dialect) { padded(&swapped(&text)) } else { text }
            };
        },
    },
    Mistake {
        name: "autonomail-base64-of-the-url-alphabet",
        sentence: "Reads and writes SJCL's base64 with - and _ instead of + and /",
        operations: AUTONOMAIL,
        links: &[],
        wrong: |parts| {
            let encoding = &mut envelope(parts).encoding;
            encoding.base64 = |dialect, text| Ok(if is_padded(dialect) { swapped(text) } else { text.to_owned() });
            encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                if is_padded(dialect) { swapped(&text) } else { text }
            };
        },
    },
    Mistake {
        name: "autonomail-base64-unpadded",
        sentence: "Leaves the padding of SJCL's base64 away, and refuses it",
        operations: AUTONOMAIL,
        links: &[],
        wrong: |parts| {
            let encoding = &mut envelope(parts).encoding;
            encoding.base64 = |dialect, text| {
                Ok(match (is_padded(dialect), text.ends_with('=')) {
                    (true, true) => format!("{text}=="),
                    (true, false) => padded(text),
                    (false, _) => text.to_owned(),
                })
            };
            encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                if is_padded(dialect) { text.trim_end_matches('=').to_owned() } else { text }
            };
        },
    },
];

fn is_url(dialect: Base64) -> bool {
    dialect == Base64::UrlSafeUnpadded
}

fn is_padded(dialect: Base64) -> bool {
    dialect == Base64::Standard
}

/// A text with the special characters of the two alphabets exchanged: one that was right is no longer.
fn swapped(text: &str) -> String {
    let swap = |c| match c {
        '+' => '-',
        '-' => '+',
        '/' => '_',
        '_' => '/',
        other => other,
    };
    text.chars().map(swap).collect()
}

fn padded(text: &str) -> String {
    format!("{text}{}", "=".repeat(text.len().next_multiple_of(4) - text.len()))
}

/// A padded text as the strict reader wants it; one that should be padded and is not comes out with a padding that the
/// strict reader refuses.
fn unpadded(text: &str) -> String {
    if text.len().is_multiple_of(4) { text.trim_end_matches('=').to_owned() } else { format!("{text}=") }
}
