//! Others' containers and armours: told by the bytes or the line that they begin with. Layer: `foreign`; pure.

use super::Kind;
use super::given::{Given, base64, hex_bytes};
use crate::Inspection;

/// Bytes of an AES block.
const BLOCK_BYTES: usize = 16;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        name: "OpenSSL enc or CryptoJS",
        what: "ciphertext under a password as `openssl enc` and CryptoJS write it: `Salted__`, 8 bytes of salt, ciphertext; no tag, so a wrong password gives garbage and not an error",
        opens: "`openssl enc -d -aes-256-cbc -in FILE`, with -pbkdf2 if it was sealed so; else with -md md5 (CryptoJS, OpenSSL before 1.1.0) or -md sha256; nothing in it says which",
        tell: |given, seen| salted(given, seen),
    },
    Kind {
        name: "age",
        what: "a file of age: header with recipients, then ChaCha20-Poly1305 in chunks of 64 KiB",
        opens: "`age -d FILE`: with the passphrase where the recipient is scrypt, else with the recipient's identity (`age -d -i KEYFILE FILE`)",
        tell: |given, seen| age(given, seen),
    },
    Kind {
        name: "OpenPGP message",
        what: "an OpenPGP message (GnuPG, PGP)",
        opens: "`gpg -d FILE`: with the passphrase if it was sealed under one, else with the recipient's private key",
        tell: |given, seen| pgp(given, seen),
    },
    Kind {
        name: "OpenPGP key or signature",
        what: "an OpenPGP key or signature in armour: not an encrypted message",
        opens: "`gpg --show-keys FILE` shows a key, `gpg --verify FILE` checks a signature",
        tell: |given, _| (given.text.starts_with("-----BEGIN PGP ") && !is_pgp_message(given.text)).then_some(()),
    },
    Kind {
        name: "encrypted private key in PEM",
        what: "a private key under a password, in PEM (PKCS #8, OpenSSL's older form, or OpenSSH)",
        opens: "`openssl pkey -in FILE` with the password; for OpenSSH's form `ssh-keygen -y -f FILE`",
        tell: |given, seen| pem_key(given, seen),
    },
    Kind {
        name: "PEM",
        what: "a PEM text that is not encrypted: a certificate, a key or a request",
        opens: "nothing has to be opened: `openssl x509`, `openssl pkey` or `openssl req` show it",
        tell: |given, seen| seen_parameter(seen, "label", pem_label(given.text)),
    },
    Kind {
        name: "Ansible Vault",
        what: "a file of Ansible Vault: PBKDF2-HMAC-SHA256, 10,000 iterations, AES-256-CTR, HMAC-SHA256",
        opens: "`ansible-vault view FILE` with the vault's password",
        tell: |given, seen| {
            seen_parameter(seen, "header", given.text.lines().next().filter(|line| line.starts_with("$ANSIBLE_VAULT;")))
        },
    },
    Kind {
        name: "Joplin",
        what: "a note or file that Joplin encrypted",
        opens: "Joplin with the master password: the master key that this is sealed under is in the notebook's sync info",
        tell: |given, seen| {
            let header = given.text.strip_prefix("JED01")?;
            seen_parameter(seen, "method", header.get(6..8))
        },
    },
    Kind {
        name: "KeePass database",
        what: "a KeePass database (KDBX)",
        opens: "KeePassXC or `keepassxc-cli` with the master password and the key file, if there is one",
        tell: |given, _| given.bytes.starts_with(&[0x03, 0xD9, 0xA2, 0x9A]).then_some(()),
    },
    Kind {
        name: "RNCryptor 3",
        what: "ciphertext under a password by RNCryptor, version 3: PBKDF2-HMAC-SHA1, 10,000 iterations, AES-256-CBC, HMAC-SHA256",
        opens: "a port of RNCryptor with the password",
        tell: |given, seen| {
            let (head, length) = (given.bytes.get(..2)?, given.bytes.len());
            let whole = head == [3, 1] && length >= 82 && (length - 66).is_multiple_of(BLOCK_BYTES);
            whole.then(|| seen.parameter("ciphertext bytes", &(length - 66)))
        },
    },
    Kind {
        name: "packed file",
        what: "a packed file (gzip, zip, xz, zstd or bzip2): what is sealed may be inside",
        opens: "unpack it, then inspect what it holds; a zip may ask for a password of its own",
        tell: |given, seen| {
            let magic: [(&[u8], &str); 5] = [
                (b"\x1f\x8b", "gzip"),
                (b"PK\x03\x04", "zip"),
                (b"\xfd7zXZ\0", "xz"),
                (b"\x28\xb5\x2f\xfd", "zstd"),
                (b"BZh", "bzip2"),
            ];
            let found = magic.into_iter().find(|(magic, _)| given.bytes.starts_with(magic));
            seen_parameter(seen, "packed by", found.map(|(_, name)| name))
        },
    },
    Kind {
        name: "LUKS volume",
        what: "an encrypted Linux volume (LUKS)",
        opens: "`cryptsetup open FILE NAME` with a passphrase or key file",
        tell: |given, _| given.bytes.starts_with(b"LUKS\xba\xbe").then_some(()),
    },
    Kind {
        name: "SQLite database",
        what: "an SQLite database: envelopes may be in its rows",
        opens: "`sqlite3 FILE .dump`, then inspect the value",
        tell: |given, _| given.bytes.starts_with(b"SQLite format 3\0").then_some(()),
    },
];

/// Tells a value that is there.
fn seen_parameter(seen: &mut Inspection, name: &'static str, value: Option<&str>) -> Option<()> {
    value.map(|value| seen.parameter(name, &value))
}

fn salted(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let rest = given.bytes.strip_prefix(b"Salted__")?;
    let (salt, ciphertext) = rest.split_at_checked(8).unwrap_or((rest, &[]));
    seen.parameter("salt", &hex::encode(salt));
    seen.parameter("ciphertext bytes", &ciphertext.len());
    if salt.len() < 8 || ciphertext.is_empty() {
        seen.danger("it ends before its ciphertext: is the file complete?");
    } else if !ciphertext.len().is_multiple_of(BLOCK_BYTES) {
        seen.odd("not whole AES blocks of 16 bytes: another cipher or mode than CBC, or the file is cut off");
    }
    Some(())
}

fn age(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let armour = given.text.strip_prefix("-----BEGIN AGE ENCRYPTED FILE-----");
    let decoded = armour.map(|body| base64(body.split("-----END").next().unwrap_or_default()).unwrap_or_default());
    let bytes = match &decoded {
        Some(decoded) => decoded.as_slice(),
        None => given.bytes.strip_prefix(b"age-encryption.org/v1").map(|_| given.bytes)?,
    };
    let header = bytes.split(|byte| *byte == b'\n').take_while(|line| !line.starts_with(b"---"));
    let stanzas = header.filter_map(|line| line.strip_prefix(b"-> "));
    let types: Vec<_> =
        stanzas.filter_map(|line| line.split(|byte| *byte == b' ').next()).map(String::from_utf8_lossy).collect();
    match types.as_slice() {
        [] => seen.danger("no recipient in its header: is the file complete?"),
        [one] if one == "scrypt" => seen.parameter("recipient", &"scrypt: a passphrase"),
        several => seen.parameter("recipients", &several.join(", ")),
    }
    if armour.is_some_and(|body| !body.contains("-----END AGE ENCRYPTED FILE-----")) {
        seen.danger("the last line of the armour is missing: is the file complete?");
    }
    Some(())
}

fn is_pgp_message(text: &str) -> bool {
    text.starts_with("-----BEGIN PGP MESSAGE-----")
}

fn pgp(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let body = || given.text.split_once("\n\n").or_else(|| given.text.split_once("\r\n\r\n")).map(|(_, body)| body);
    let armoured = is_pgp_message(given.text).then(|| {
        let lines = body().unwrap_or_default().lines().take_while(|line| !line.starts_with(['=', '-']));
        base64(&lines.collect::<String>()).unwrap_or_default()
    });
    let packet = match (&armoured, given.bytes) {
        (Some(bytes), _) => bytes.first().copied(),
        // A password packet (version 4, salted or iterated) is told by four bytes; others are too short to tell.
        (None, [first @ (0x8C | 0xC3), 0x0D, 4, _, ..]) => Some(*first),
        (None, _) => return None,
    };
    match packet {
        Some(0x8C | 0xC3) => seen.parameter("sealed under", &"a passphrase"),
        Some(0x84 | 0x85 | 0xC1) => seen.parameter("sealed under", &"a recipient's public key"),
        Some(_) | None => {}
    }
    if armoured.is_some() && !given.text.contains("-----END PGP MESSAGE-----") {
        seen.danger("the last line of the armour is missing: is the file complete?");
    }
    Some(())
}

fn pem_label(text: &str) -> Option<&str> {
    text.strip_prefix("-----BEGIN ")?.split_once("-----").map(|(label, _)| label)
}

fn pem_key(given: &Given<'_>, seen: &mut Inspection) -> Option<()> {
    let label = pem_label(given.text)?;
    let openssh = || {
        let body = given.text.lines().skip(1).take_while(|line| !line.starts_with('-')).collect::<String>();
        base64(&body).is_some_and(|bytes| !bytes.windows(8).take(64).any(|part| part == *b"\0\0\0\x04none"))
    };
    let encrypted = match label {
        "ENCRYPTED PRIVATE KEY" => true,
        "OPENSSH PRIVATE KEY" => openssh(),
        _ => given.text.contains("Proc-Type: 4,ENCRYPTED"),
    };
    encrypted.then(|| seen.parameter("label", &label))
}

/// The salt's and other parts' lengths of a text in hex, for kinds that are told by their size.
pub(super) fn hex_length(text: &str) -> Option<usize> {
    hex_bytes(text).map(|bytes| bytes.len())
}
