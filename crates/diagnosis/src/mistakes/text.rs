//! Mistakes between text and bytes: passwords and plaintexts.

use unicode_normalization::UnicodeNormalization as _;

use super::envelope;
use crate::{Computed, Mistake, Stop};
use vectors::Reason;

/// Everything that a password goes into.
const PASSWORDS: &[&str] = &[
    "autonomail.seal",
    "autonomail.open",
    "autonomail-2014.seal",
    "autonomail-2014.open",
    "notesnook.login-hash",
    "notesnook.server-hash",
    "notesnook.server-verify",
    "notesnook.derive-key",
    "notesnook.seal",
    "notesnook.open",
];

/// What opens under a password: the files of edges ask these.
const OPENS: &[&str] = &["autonomail.open", "autonomail-2014.open", "notesnook.open"];

/// The chapter.
pub(super) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "text-password-utf-16le",
        sentence: "Hands the password to the derivation as UTF-16LE, the bytes of a Windows or .NET string",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(utf16(text, u16::to_le_bytes)),
    },
    Mistake {
        name: "text-password-utf-16be",
        sentence: "Hands the password to the derivation as UTF-16BE, the chars of a Java string",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(utf16(text, u16::to_be_bytes)),
    },
    Mistake {
        name: "text-password-latin-1",
        sentence: "Takes the low byte of each character of the password, as btoa and charCodeAt do, so that all but ASCII is another password",
        operations: PASSWORDS,
        links: &["https://github.com/Yubico/yubioath-flutter/pull/18"],
        wrong: |parts| {
            envelope(parts).text.password = |text| Ok(text.encode_utf16().map(|unit| unit.to_le_bytes()[0]).collect());
        },
    },
    Mistake {
        name: "text-password-latin-1-refused",
        sentence: "Encodes the password as Latin-1 and refuses one that has other characters, as PyCryptodome does with a str",
        operations: PASSWORDS,
        links: &["https://pypi.org/project/sjcl/"],
        wrong: |parts| envelope(parts).text.password = latin_1_or_refused,
    },
    Mistake {
        name: "text-password-windows-1252",
        sentence: "Encodes the password in the code page of Western Windows, with a question mark for what it lacks",
        operations: PASSWORDS,
        links: &[
            "https://github.com/spring-projects/spring-security/issues/990",
            "https://github.com/Password4j/password4j/issues/26",
        ],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.chars().map(windows_1252).collect()),
    },
    Mistake {
        name: "text-password-ascii",
        sentence: "Encodes the password as ASCII with a question mark for each other character, so that many passwords are one",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| {
            envelope(parts).text.password =
                |text| Ok(text.chars().map(|c| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?')).collect());
        },
    },
    Mistake {
        name: "text-password-utf-8-twice",
        sentence: "Encodes the password as UTF-8 twice: the first result is read as Latin-1",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.bytes().map(char::from)),
    },
    Mistake {
        name: "text-password-cesu-8",
        sentence: "Encodes the halves of a surrogate pair each by itself, as Java's modified UTF-8 and some databases do",
        operations: PASSWORDS,
        links: &[
            "https://github.com/Thrameos/java-cef/issues/6",
            "https://github.com/contentauth/c2pa-android/pull/128",
        ],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cesu8(text)),
    },
    Mistake {
        name: "text-password-modified-utf-8",
        sentence: "Encodes NUL in the password as C0 80, as JNI's GetStringUTFChars does",
        operations: PASSWORDS,
        links: &["https://github.com/Thrameos/java-cef/issues/6", "https://github.com/craft-native/craft/pull/168"],
        wrong: |parts| {
            envelope(parts).text.password = |text| {
                Ok(text.bytes().flat_map(|byte| if byte == 0 { vec![0xc0, 0x80] } else { vec![byte] }).collect())
            };
        },
    },
    Mistake {
        name: "text-password-nfc",
        sentence: "Composes the password's characters (NFC) before it is used",
        operations: PASSWORDS,
        links: &[
            "https://github.com/cryptomator/cryptomator/issues/521",
            "https://github.com/Picocrypt-NG/Picocrypt-NG/pull/152",
        ],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.nfc()),
    },
    Mistake {
        name: "text-password-nfd",
        sentence: "Decomposes the password's characters (NFD) before it is used, as file dialogs of macOS hand them on",
        operations: PASSWORDS,
        links: &["https://github.com/borgbackup/borg/issues/1048", "https://github.com/ulsklyc/yuvomi/issues/608"],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.nfd()),
    },
    Mistake {
        name: "text-password-nfkc",
        sentence: "Folds compatibility forms of the password's characters (NFKC, SASLprep)",
        operations: PASSWORDS,
        links: &[
            "https://github.com/matrix-org/synapse/issues/3306",
            "https://github.com/nostr-protocol/nips/pull/1053",
        ],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.nfkc()),
    },
    Mistake {
        name: "text-password-nfkd",
        sentence: "Folds and decomposes the password's characters (NFKD), as BIP-39 asks for its own passphrases",
        operations: PASSWORDS,
        links: &["https://github.com/wealdtech/go-eth2-wallet-encryptor-keystorev4/issues/2"],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.nfkd()),
    },
    Mistake {
        name: "text-password-trimmed",
        sentence: "Drops white space at both ends of the password",
        operations: PASSWORDS,
        links: &["https://github.com/fedimint/fedimint/pull/6253", "https://github.com/cloudflare/gokey/pull/13"],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.trim().into()),
    },
    Mistake {
        name: "text-password-end-trimmed",
        sentence: "Drops spaces and line ends after the password, as reading a line from a file or terminal does",
        operations: PASSWORDS,
        links: &[
            "https://github.com/Chia-Network/chia-blockchain/pull/9166",
            "https://github.com/sigp/lighthouse/issues/1175",
        ],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.trim_end().into()),
    },
    Mistake {
        name: "text-password-lower-case",
        sentence: "Turns the password to lower case together with the address",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.to_lowercase().into()),
    },
    Mistake {
        name: "text-password-cut-at-nul",
        sentence: "Ends the password at its first NUL, as strlen does",
        operations: PASSWORDS,
        links: &[
            "https://github.com/P-H-C/phc-winner-argon2/pull/207",
            "https://github.com/bcrypt-ruby/bcrypt-ruby/issues/115",
            "https://github.com/trustwallet/wallet-core/issues/916",
        ],
        wrong: |parts| envelope(parts).text.password = |text| Ok(before_nul(text).into()),
    },
    Mistake {
        name: "text-password-nul-at-end-dropped",
        sentence: "Drops NULs after the password, as a zero-filled buffer read back as text does",
        operations: &[
            "autonomail.open",
            "autonomail-2014.open",
            "notesnook.login-hash",
            "notesnook.server-hash",
            "notesnook.server-verify",
            "notesnook.derive-key",
            "notesnook.seal",
            "notesnook.open",
        ],
        links: &["https://github.com/informatikr/scrypt/issues/5"],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.trim_end_matches('\0').into()),
    },
    Mistake {
        name: "text-password-with-its-nul",
        sentence: "Counts the terminating NUL of a C string as a byte of the password",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(format!("{text}\0").into()),
    },
    Mistake {
        name: "text-password-bom-dropped",
        sentence: "Drops a byte order mark before the password, as TextDecoder does",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.trim_start_matches('\u{feff}').into()),
    },
    Mistake {
        name: "text-password-bom-added",
        sentence: "Puts a byte order mark before the password, as some UTF-8 encoders do",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(format!("\u{feff}{text}").into()),
    },
    Mistake {
        name: "text-password-length-in-utf-16",
        sentence: "Uses the password's length in UTF-16 units as its length in bytes of UTF-8, so that a password outside ASCII is cut",
        operations: PASSWORDS,
        links: &[
            "https://github.com/streetwriters/notesnook/pull/7093",
            "https://github.com/lyubo/react-native-sodium/pull/20",
            "https://github.com/RNCryptor/RNCryptor/issues/77",
        ],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cut(text, text.encode_utf16().count())),
    },
    Mistake {
        name: "text-password-length-in-characters",
        sentence: "Uses the password's length in code points as its length in bytes of UTF-8",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cut(text, text.chars().count())),
    },
    Mistake {
        name: "text-password-cut-at-72",
        sentence: "Uses at most 72 bytes of a password, as bcrypt does",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cut(text, 72)),
    },
    Mistake {
        name: "text-password-cut-at-255",
        sentence: "Uses at most 255 bytes of a password, because its length is one byte",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cut(text, 255)),
    },
    Mistake {
        name: "text-password-length-in-a-byte",
        sentence: "Keeps the password's length in one byte, so that 256 bytes count as none",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(cut(text, text.len() % 256)),
    },
    Mistake {
        name: "text-password-controls-dropped",
        sentence: "Drops control characters from the password",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| bytes(text.chars().filter(|c| !c.is_control())),
    },
    Mistake {
        name: "text-password-percent-encoded",
        sentence: "Uses the password as escape and encodeURIComponent write it, with percent signs",
        operations: PASSWORDS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(percent_encoded(text)),
    },
    Mistake {
        name: "text-password-hex-decoded",
        sentence: "Decodes a password that happens to be hex, so that a recovery code and its bytes are one password",
        operations: &[
            "autonomail.seal",
            "autonomail.open",
            "autonomail-2014.seal",
            "autonomail-2014.open",
            "notesnook.server-hash",
            "notesnook.server-verify",
            "notesnook.derive-key",
            "notesnook.seal",
            "notesnook.open",
        ],
        links: &[],
        wrong: |parts| {
            envelope(parts).text.password =
                |text| Ok(if text.is_empty() { Vec::new() } else { hex::decode(text).unwrap_or_else(|_| text.into()) });
        },
    },
    Mistake {
        name: "text-password-empty-refused",
        sentence: "Refuses the empty password, which the format allows",
        operations: &[
            "autonomail.seal",
            "autonomail.open",
            "autonomail-2014.seal",
            "autonomail-2014.open",
            "notesnook.login-hash",
            "notesnook.server-hash",
            "notesnook.server-verify",
            "notesnook.derive-key",
        ],
        links: &[],
        wrong: |parts| {
            envelope(parts).text.password = |text| match text {
                "" => Err(Stop::Refuse(Reason::Parameter)),
                _ => Ok(text.into()),
            };
        },
    },
    Mistake {
        name: "text-password-empty-as-null",
        sentence: "Uses the text \"null\" or \"undefined\" as the password if it is empty",
        operations: &[
            "autonomail.seal",
            "autonomail.open",
            "autonomail-2014.seal",
            "autonomail-2014.open",
            "notesnook.login-hash",
            "notesnook.server-hash",
            "notesnook.server-verify",
            "notesnook.derive-key",
        ],
        links: &[],
        wrong: |parts| {
            envelope(parts).text.password = |text| Ok(if text.is_empty() { "undefined" } else { text }.into());
        },
    },
    Mistake {
        name: "text-password-ignored",
        sentence: "Derives from an empty password if the password has the wrong type, so that every password is right",
        operations: PASSWORDS,
        links: &["CVE-2025-6547"],
        wrong: |parts| envelope(parts).text.password = |_| Ok(Vec::new()),
    },
    Mistake {
        name: "text-password-soft-hyphen-dropped",
        sentence: "Drops soft hyphens from the password, because they are not shown",
        operations: OPENS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(text.replace('\u{ad}', "").into()),
    },
    Mistake {
        name: "text-password-html-unescaped",
        sentence: "Unescapes HTML in the password, so that two passwords are one",
        operations: OPENS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(html_unescaped(text).into()),
    },
    Mistake {
        name: "text-password-unquoted",
        sentence: "Strips quotes around the password, as a shell or a reader of settings does",
        operations: OPENS,
        links: &[],
        wrong: |parts| envelope(parts).text.password = |text| Ok(unquoted(text).into()),
    },
];

#[expect(clippy::unnecessary_wraps, reason = "what a step gives back")]
fn bytes(text: impl Iterator<Item = char>) -> Computed<Vec<u8>> {
    Ok(text.collect::<String>().into())
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn latin_1_or_refused(text: &str) -> Computed<Vec<u8>> {
    text.chars().map(|c| u8::try_from(c).map_err(|_| Stop::Refuse(Reason::Parameter))).collect()
}

fn windows_1252(character: char) -> u8 {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let high = FROM_80.chars().position(|known| known == character).and_then(|at| u8::try_from(0x80 + at).ok());
    high.or_else(|| u8::try_from(character).ok()).unwrap_or(b'?')
}

fn cesu8(text: &str) -> Vec<u8> {
    let three = |unit: u16| {
        let [high, low] = unit.to_be_bytes();
        [0xe0 | high >> 4, 0x80 | (high & 15) << 2 | low >> 6, 0x80 | low & 63]
    };
    let encoded = |c: char| match c.len_utf8() {
        4 => c.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| three(*unit)).collect(),
        _ => c.to_string().into_bytes(),
    };
    text.chars().flat_map(encoded).collect()
}

fn before_nul(text: &str) -> &str {
    text.split('\0').next().unwrap_or_default()
}

fn cut(text: &str, length: usize) -> Vec<u8> {
    text.as_bytes()[..length.min(text.len())].to_vec()
}

fn html_unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&#39;", "'").replace("&amp;", "&")
}

fn unquoted(text: &str) -> &str {
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(text)
}

fn percent_encoded(text: &str) -> Vec<u8> {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte);
    text.bytes().flat_map(|byte| if kept(byte) { vec![byte] } else { format!("%{byte:02X}").into_bytes() }).collect()
}
