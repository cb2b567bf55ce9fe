//! Mistakes in base64 and hex.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{ENVELOPES_OPEN, ENVELOPES_SEAL, envelope};
use crate::{Mistake, Stop};
use document::encoding::Base64;

/// The operations that read or write the hex of a salt.
const RECORDS_OPEN: &[&str] = &["autonomail.open", "autonomail-2014.open"];
/// See [`RECORDS_OPEN`].
const RECORDS_SEAL: &[&str] = &["autonomail.seal", "autonomail-2014.seal"];
/// The operations that read unpadded base64.
const UNPADDED_OPEN: &[&str] = &["notesnook.open", "notesnook-item.open"];
/// The operations that write unpadded base64.
const UNPADDED_SEAL: &[&str] = &["notesnook.login-hash", "notesnook.seal", "notesnook-item.seal"];

/// Base64 in lines of so many characters, each with its end, or with ends only between them.
fn in_lines(dialect: Base64, bytes: &[u8], characters: usize, end: &str, each_ended: bool) -> String {
    let text = dialect.encode(bytes).into_bytes();
    let lines: Vec<_> = text.chunks(characters).map(String::from_utf8_lossy).collect();
    let last = if each_ended && !lines.is_empty() { end } else { "" };
    lines.join(end) + last
}

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "base64-padding-optional",
        sentence: "Reads padded base64 without its padding",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 =
                |dialect, text| Ok(if text.contains('=') { text.to_owned() } else { padded_for(dialect, text) });
        },
    },
    Mistake {
        name: "base64-padding-taken",
        sentence: "Reads unpadded base64 with padding after it",
        operations: UNPADDED_OPEN,
        links: &["https://github.com/jedisct1/libsodium.js/issues/89"],
        wrong: |parts| envelope(parts).encoding.base64 = |dialect, text| Ok(padded_for(dialect, text)),
    },
    Mistake {
        name: "base64-padding-inside",
        sentence: "Skips padding in the middle of base64",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |dialect, text| Ok(padded_for(dialect, &text.replace('=', "")));
        },
    },
    Mistake {
        name: "base64-ends-at-padding",
        sentence: "Ends base64 at its first padding and ignores what follows",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |dialect, text| {
                let end = text.find('=').unwrap_or(text.len());
                Ok(if end < text.len() { padded_for(dialect, &text[..end]) } else { text.to_owned() })
            };
        },
    },
    Mistake {
        name: "base64-either-alphabet",
        sentence: "Reads both alphabets of base64, as Node's Buffer does",
        operations: ENVELOPES_OPEN,
        links: &[
            "https://github.com/streetwriters/notesnook/commit/9bae058d1",
            "https://github.com/python/cpython/issues/125346",
        ],
        wrong: |parts| envelope(parts).encoding.base64 = |dialect, text| Ok(alphabet_for(dialect, text)),
    },
    Mistake {
        name: "base64-white-space-skipped",
        sentence: "Skips white space in base64",
        operations: ENVELOPES_OPEN,
        links: &["https://github.com/nodejs/node/commit/bf3d4cbc131c8332b12d27ed2b62085ad9abdd20"],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |_, text| Ok(text.replace([' ', '\t', '\r', '\n', '\u{c}'], ""));
        },
    },
    Mistake {
        name: "base64-line-ends-skipped",
        sentence: "Skips line ends in base64, as MIME decoders do",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).encoding.base64 = |_, text| Ok(text.replace(['\r', '\n'], "")),
    },
    Mistake {
        name: "base64-percent-decoded",
        sentence: "Decodes %2B and similar escapes in base64, as in a query string",
        operations: &["autonomail.open"],
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 =
                |_, text| Ok(text.replace("%2B", "+").replace("%2F", "/").replace("%3D", "="));
        },
    },
    Mistake {
        name: "base64-junk-skipped",
        sentence: "Skips every character that is not of the alphabet",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |dialect, text| {
                let kept = |c: &char| c.is_ascii_alphanumeric() || special(dialect).contains(*c);
                Ok(padded_for(dialect, &text.chars().filter(kept).collect::<String>()))
            };
        },
    },
    Mistake {
        name: "base64-ends-at-nul",
        sentence: "Ends base64 at a NUL and ignores what follows",
        operations: UNPADDED_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |_, text| Ok(text.split('\0').next().unwrap_or_default().to_owned());
        },
    },
    Mistake {
        name: "base64-spare-bits-ignored",
        sentence: "Ignores bits that are left over at the end of base64, so that one envelope has several spellings",
        operations: ENVELOPES_OPEN,
        links: &[
            "https://eprint.iacr.org/2022/361",
            "https://github.com/marshallpierce/rust-base64/issues/182",
            "https://github.com/benmcollins/libjwt/issues/284",
            "https://github.com/tink-crypto/tink-java/pull/82",
            "https://github.com/authlib/joserfc/pull/51",
        ],
        wrong: |parts| envelope(parts).encoding.base64 = |dialect, text| Ok(canonical(dialect, text)),
    },
    Mistake {
        name: "base64-lone-character-ignored",
        sentence: "Ignores a lone character at the end of base64",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |dialect, text| {
                let body = text.trim_end_matches('=');
                let lone = body.is_ascii() && body.len() % 4 == 1;
                Ok(if lone { padded_for(dialect, &body[..body.len() - 1]) } else { text.to_owned() })
            };
        },
    },
    Mistake {
        name: "base64-lone-character-crashes",
        sentence: "Crashes on base64 that ends with a lone character",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 = |_, text| match text.trim_end_matches('=').len() % 4 {
                1 => Err(Stop::Crash),
                _ => Ok(text.to_owned()),
            };
        },
    },
    Mistake {
        name: "base64-empty-crashes",
        sentence: "Crashes on base64 that is empty, as a read of its last character does",
        operations: ENVELOPES_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 =
                |_, text| if text.is_empty() { Err(Stop::Crash) } else { Ok(text.to_owned()) };
        },
    },
    Mistake {
        name: "base64-not-ascii-crashes",
        sentence: "Looks characters up in a table of 128 or 256 and crashes on one beyond it",
        operations: UNPADDED_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.base64 =
                |_, text| if text.is_ascii() { Ok(text.to_owned()) } else { Err(Stop::Crash) };
        },
    },
    Mistake {
        name: "base64-written-in-the-other-alphabet",
        sentence: "Writes base64 in the other alphabet",
        operations: SEALS_AND_LOGIN,
        links: &["https://github.com/streetwriters/notesnook/commit/b7762ceaa"],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| {
                let other = if dialect == Base64::UrlSafeUnpadded { Base64::Standard } else { Base64::UrlSafeUnpadded };
                alphabet_for(other, &dialect.encode(bytes))
            };
        },
    },
    Mistake {
        name: "base64-written-unpadded",
        sentence: "Writes padded base64 without its padding",
        operations: RECORDS_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 =
                |dialect, bytes| dialect.encode(bytes).trim_end_matches('=').to_owned();
        },
    },
    Mistake {
        name: "base64-written-padded",
        sentence: "Writes unpadded base64 with padding",
        operations: UNPADDED_SEAL,
        links: &["https://github.com/jedisct1/libsodium.js/issues/114"],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| {
                let text = dialect.encode(bytes);
                let missing = text.len().next_multiple_of(4) - text.len();
                text + &"=".repeat(missing)
            };
        },
    },
    Mistake {
        name: "base64-written-in-lines",
        sentence: "Breaks base64 into lines of 76 characters, as MIME encoders do",
        operations: ENVELOPES_SEAL,
        links: &[
            "https://github.com/mvayngrib/react-native-randombytes/pull/22",
            "https://github.com/navneet83/Cross-platform-AES-encryption/issues/17",
            "https://github.com/cloudant/sync-android/pull/165",
        ],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 76, "\r\n", false);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-60",
        sentence: "Breaks base64 into lines of 60 characters with a line feed between them",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 60, "\n", false);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-60-each-ended",
        sentence: "Breaks base64 into lines of 60 characters with a line feed behind each, as Ruby's encode64 does",
        operations: ENVELOPES_SEAL,
        links: &["https://github.com/bdurand/secret_keys/issues/20"],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 60, "\n", true);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-64",
        sentence: "Breaks base64 into lines of 64 characters with a line feed between them, as in PEM",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 64, "\n", false);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-64-each-ended",
        sentence: "Breaks base64 into lines of 64 characters with a line feed behind each, as `openssl base64` does",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 64, "\n", true);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-64-for-dos",
        sentence: "Breaks base64 into lines of 64 characters with CR LF between them, as PEM writers on Windows do",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 64, "\r\n", false);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-76",
        sentence: "Breaks base64 into lines of 76 characters with a line feed between them",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 76, "\n", false);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-76-each-ended",
        sentence: "Breaks base64 into lines of 76 characters with a line feed behind each, as Android's Base64.DEFAULT and Python's encodebytes do",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 76, "\n", true);
        },
    },
    Mistake {
        name: "base64-written-in-lines-of-76-for-dos",
        sentence: "Breaks base64 into lines of 76 characters with CR LF behind each, as Android's Base64.CRLF does",
        operations: ENVELOPES_SEAL,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| in_lines(dialect, bytes, 76, "\r\n", true);
        },
    },
    Mistake {
        name: "base64-written-as-hex",
        sentence: "Writes hex where base64 belongs",
        operations: SEALS_AND_LOGIN,
        links: &[],
        wrong: |parts| envelope(parts).encoding.write_base64 = |_, bytes| hex::encode(bytes),
    },
    Mistake {
        name: "base64-written-of-the-hex",
        sentence: "Writes base64 of the hex of the bytes",
        operations: SEALS_AND_LOGIN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.write_base64 = |dialect, bytes| dialect.encode(hex::encode(bytes).as_bytes());
        },
    },
    Mistake {
        name: "hex-capitals-taken",
        sentence: "Reads hex in capitals, so that one record has several spellings",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).encoding.hex = |text| Ok(text.to_lowercase()),
    },
    Mistake {
        name: "hex-0x-dropped",
        sentence: "Drops 0x from hex, as SJCL's own decoder does wherever it is",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).encoding.hex = |text| Ok(text.replace("0x", "")),
    },
    Mistake {
        name: "hex-white-space-skipped",
        sentence: "Skips white space in hex, as SJCL's own decoder does",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| envelope(parts).encoding.hex = |text| Ok(text.split_whitespace().collect()),
    },
    Mistake {
        name: "hex-bad-digits-are-zero",
        sentence: "Reads a character that is not a hex digit as a zero, and opens with another salt, or with the right one if it was a zero",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.hex =
                |text| Ok(text.chars().map(|c| if c.is_ascii_hexdigit() { c } else { '0' }).collect());
        },
    },
    Mistake {
        name: "hex-other-lengths-taken",
        sentence: "Accepts a salt of another length and cuts it, or fills it with zeros, to 32 bytes",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.hex = |text| Ok(format!("{text:0<64}").chars().take(64).collect());
        },
    },
    Mistake {
        name: "hex-ends-at-nul",
        sentence: "Ends hex at a NUL and ignores what follows",
        operations: RECORDS_OPEN,
        links: &[],
        wrong: |parts| {
            envelope(parts).encoding.hex = |text| Ok(text.split('\0').next().unwrap_or_default().to_owned());
        },
    },
    Mistake {
        name: "hex-written-in-capitals",
        sentence: "Writes hex in capitals",
        operations: RECORDS_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).encoding.write_hex = |bytes| hex::encode_upper(bytes),
    },
    Mistake {
        name: "hex-zeros-lost",
        sentence: "Writes each byte as hex without its leading zero, as toString(16) does",
        operations: RECORDS_SEAL,
        links: &[
            "https://github.com/bitfireAT/cadroid/issues/11",
            "https://github.com/mpetazzoni/ttorrent/issues/173",
            "https://github.com/logicaldoc/community/issues/83",
        ],
        wrong: |parts| {
            envelope(parts).encoding.write_hex = |bytes| without_zeros(bytes);
        },
    },
    Mistake {
        name: "hex-written-as-base64",
        sentence: "Writes the salt as base64 where hex belongs",
        operations: RECORDS_SEAL,
        links: &[],
        wrong: |parts| envelope(parts).encoding.write_hex = |bytes| Base64::Standard.encode(bytes),
    },
];

/// Everything that writes base64.
const SEALS_AND_LOGIN: &[&str] =
    &["autonomail.seal", "autonomail-2014.seal", "notesnook.login-hash", "notesnook.seal", "notesnook-item.seal"];

/// The two characters of an alphabet that are no letters or digits.
fn special(dialect: Base64) -> &'static str {
    match dialect {
        Base64::Standard | Base64::StandardUnpadded => "+/",
        Base64::UrlSafeUnpadded => "-_",
    }
}

/// A text with the padding that the dialect wants.
fn padded_for(dialect: Base64, text: &str) -> String {
    let body = text.trim_end_matches('=');
    match dialect {
        Base64::Standard => format!("{body}{}", "=".repeat(body.len().next_multiple_of(4) - body.len())),
        Base64::StandardUnpadded | Base64::UrlSafeUnpadded => body.to_owned(),
    }
}

/// A text in the dialect's alphabet, whichever it was in.
fn alphabet_for(dialect: Base64, text: &str) -> String {
    let [last, before] = [special(dialect).ends_with('/'), special(dialect).starts_with('+')];
    text.chars()
        .map(|c| match c {
            '+' | '-' if before => '+',
            '+' | '-' => '-',
            '/' | '_' if last => '/',
            '/' | '_' => '_',
            other => other,
        })
        .collect()
}

/// A text as it is written, where only spare bits make it another; anything else as it stands.
fn canonical(dialect: Base64, text: &str) -> String {
    let config =
        GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true).with_decode_padding_mode(match dialect {
            Base64::Standard => DecodePaddingMode::RequireCanonical,
            Base64::StandardUnpadded | Base64::UrlSafeUnpadded => DecodePaddingMode::RequireNone,
        });
    let alphabet = match dialect {
        Base64::Standard | Base64::StandardUnpadded => &alphabet::STANDARD,
        Base64::UrlSafeUnpadded => &alphabet::URL_SAFE,
    };
    GeneralPurpose::new(alphabet, config).decode(text).map_or_else(|_| text.to_owned(), |bytes| dialect.encode(&bytes))
}

/// Hex of each byte by itself, without a zero in front.
fn without_zeros(bytes: &[u8]) -> String {
    let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:x}")).collect();
    digits.concat()
}
