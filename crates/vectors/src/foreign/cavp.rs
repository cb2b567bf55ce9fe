//! NIST's CAVP response files and the texts of pyca's `cryptography_vectors` in the same layout: AES-256-GCM, SHA-512, HMAC-SHA512,
//! BLAKE2b, Argon2i and Argon2id.
//!
//! What a file tests is told by its members and its head; only where a file says nothing of it (BLAKE2b or BLAKE2s, Argon2i or Argon2id)
//! its name decides. Layer: `vector`, pure.

use std::collections::BTreeMap;

use super::draft::{Draft, Reach, Test};
use super::response::{Record, Records};
use super::{ForeignError, Imported, unknown};
use crate::{Expect, Fields, Operation, Reason, operation};

/// What the tests of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Gcm,
    Sha512,
    Blake2b,
    /// CAVP's: `Klen`, `Tlen`, and `[L=64]` for SHA-512.
    HmacOfAnyHash,
    HmacSha512,
    Argon2(&'static str),
}

const ARGON2_MEMBERS: [&str; 7] = ["pass", "salt", "iter", "memcost", "lanes", "length", "output"];

/// What becomes of one test: a case, or the reason why there is none.
enum Made {
    Case { reach: Reach, operation: &'static str, input: Fields, expect: Expect },
    Nothing(&'static str),
}

/// Why a test cannot be read: what was expected of which member.
type Fault = String;

/// Reads a file.
pub(super) fn read(name: &str, mut records: Records<'_>) -> Result<Imported, ForeignError> {
    // Prose and layouts of others may begin like a test; what is not understood before the first one is theirs.
    let first = records.next().map_err(|error| unknown(name, &error.to_string()))?;
    let first = first.ok_or_else(|| unknown(name, "it has no test"))?;
    let Some(kind) = kind(records.head(), records.file(), &first) else {
        return Err(ForeignError::NoOperation { file: name.to_owned(), algorithm: algorithm(records.head(), &first) });
    };
    let is_nist = records.head().contains("CAVS");
    let (origin, of_whom) = if is_nist { ("cavp", "NIST CAVP") } else { ("pyca", "pyca/cryptography") };
    let mut draft = Draft::new(origin, name, format!("{of_whom}: {name}"), BTreeMap::new());
    let mut next = Some(first);
    while let Some(record) = next {
        let id = draft.count()?;
        let place = format!("line {}", record.line);
        match make(kind, &record).map_err(|problem| draft.fault(&place, problem))? {
            Made::Nothing(reason) => draft.leave_out(reason),
            Made::Case { reach, operation, input, expect } => {
                if reach == Reach::Unsendable {
                    draft.leave_out("with a secret or associated data, which no request carries");
                }
                let operation = operation::find(operation).expect("the table has the operations that are named here");
                let test = Test { id, name: format!("line-{}", record.line), why: why(&record), flags: Vec::new() };
                draft.add(reach, operation, test, input, expect)?;
            }
        }
        next = records.next()?;
    }
    draft.finish()
}

fn kind(head: &str, file: &str, first: &Record<'_>) -> Option<Kind> {
    let (is_digest, is_keyed) = (first.has(&["len", "msg", "md"]), first.has(&["key"]));
    let file = file.to_ascii_lowercase();
    if first.has(&["key", "iv", "aad", "ct", "tag"]) && (head.contains("GCM Encrypt") || head.contains("GCM Decrypt")) {
        Some(Kind::Gcm)
    } else if is_digest && is_keyed && head.contains("HMAC-SHA512") {
        Some(Kind::HmacSha512)
    } else if is_digest && !is_keyed && head.contains("\"SHA-512 ") {
        Some(Kind::Sha512)
    } else if is_digest && !is_keyed && file.starts_with("blake2b") {
        Some(Kind::Blake2b)
    } else if first.has(&["klen", "tlen", "key", "msg", "mac"]) {
        Some(Kind::HmacOfAnyHash)
    } else if first.has(&ARGON2_MEMBERS) {
        let variants = [("argon2id", "argon2id.derive"), ("argon2i", "argon2i.derive")];
        variants.iter().find(|(name, _)| file.starts_with(name)).map(|(_, operation)| Kind::Argon2(operation))
    } else {
        None
    }
}

/// What a file without an operation tests, as far as it says so: its head, or the names of its members.
fn algorithm(head: &str, first: &Record<'_>) -> String {
    if first.has(&ARGON2_MEMBERS) {
        return "Argon2 in a file whose name is neither argon2i* nor argon2id*".to_owned();
    }
    let line = head.lines().find(|line| !line.is_empty() && !line.starts_with("CAVS"));
    line.map_or_else(
        || {
            let names: Vec<_> = first.members.iter().map(|(name, _)| name.as_str()).collect();
            let note = if first.has(&["len", "msg", "md"]) { " in a file whose name is not blake2b*" } else { "" };
            format!("tests of {}{note}", names.join(", "))
        },
        |line| format!("\"{}\"", line.replace('"', "")),
    )
}

fn make(kind: Kind, record: &Record<'_>) -> Result<Made, Fault> {
    match kind {
        Kind::Gcm => gcm(record),
        Kind::Sha512 => sha512(record),
        Kind::Blake2b => blake2b(record),
        Kind::HmacOfAnyHash => hmac_of_any_hash(record),
        Kind::HmacSha512 => hmac_sha512(record),
        Kind::Argon2(operation) => argon2(operation, record),
    }
}

/// A file of sealing gives the plaintext before the ciphertext, one of opening gives it last, or `FAIL` in its place.
fn gcm(record: &Record<'_>) -> Result<Made, Fault> {
    if record.section("keylen") != Some("256") {
        return Ok(Made::Nothing("with a key of another length"));
    }
    let [key, iv, aad, ct, tag] = ["key", "iv", "aad", "ct", "tag"].map(|name| bytes(record, name));
    let tag = tag?;
    let lengths = [("taglen", tag.len())];
    same_lengths(record, &lengths)?;
    let members = Fields::new()
        .with_bytes("key", key?)
        .with_bytes("iv", iv?)
        .with_bytes("aad", aad?)
        .with_integer("tag_length", tag.len() as u64)
        .with_bytes("ciphertext", [ct?, tag].concat());
    if record.fails {
        return Ok(case("aes-256-gcm.open", &members, Some(vec![Reason::Authentication])));
    }
    let members = members.with_bytes("plaintext", bytes(record, "pt")?);
    let place = |name: &str| record.members.iter().position(|(known, _)| known == name);
    let operation = if place("pt") < place("ct") { "aes-256-gcm.seal" } else { "aes-256-gcm.open" };
    Ok(case(operation, &members, None))
}

/// `Len` counts bits; an empty message is written as one zero byte.
fn message(record: &Record<'_>) -> Result<Option<Vec<u8>>, Fault> {
    let bits = integer(record, "len")?;
    let message = bytes(record, "msg")?;
    match (bits, bits % 8) {
        (0, _) => Ok(Some(Vec::new())),
        (_, 0) if message.len() as u64 == bits / 8 => Ok(Some(message)),
        (_, 0) => Err(format!("`Len` says {bits} bits, `Msg` has {} bytes", message.len())),
        (_, _) => Ok(None),
    }
}

const OF_BITS: Made = Made::Nothing("whose message is no whole number of bytes");

fn sha512(record: &Record<'_>) -> Result<Made, Fault> {
    let digest = bytes(record, "md")?;
    if digest.len() != 64 {
        return Ok(Made::Nothing("with a digest of another length"));
    }
    let Some(message) = message(record)? else { return Ok(OF_BITS) };
    let members = Fields::new().with_bytes("message", message).with_bytes("digest", digest);
    Ok(case("sha512.digest", &members, None))
}

fn blake2b(record: &Record<'_>) -> Result<Made, Fault> {
    let digest = bytes(record, "md")?;
    let Some(message) = message(record)? else { return Ok(OF_BITS) };
    let members = Fields::new()
        .with_bytes("message", message)
        .with_bytes("key", [])
        .with_integer("length", digest.len() as u64)
        .with_bytes("digest", digest);
    Ok(case("blake2b.digest", &members, None))
}

fn hmac_sha512(record: &Record<'_>) -> Result<Made, Fault> {
    let Some(message) = message(record)? else { return Ok(OF_BITS) };
    Ok(hmac(bytes(record, "key")?, message, bytes(record, "md")?))
}

fn hmac_of_any_hash(record: &Record<'_>) -> Result<Made, Fault> {
    if record.section("l") != Some("64") {
        return Ok(Made::Nothing("with another hash"));
    }
    let [key, tag] = ["key", "mac"].map(|name| bytes(record, name));
    let (key, tag) = (key?, tag?);
    let counted = [("klen", key.len()), ("tlen", tag.len())];
    for (name, found) in counted {
        if integer(record, name)? != found as u64 {
            return Err(format!("`{name}` is not the number of bytes, {found}"));
        }
    }
    Ok(hmac(key, bytes(record, "msg")?, tag))
}

fn hmac(key: Vec<u8>, message: Vec<u8>, tag: Vec<u8>) -> Made {
    if tag.len() != 64 {
        return Made::Nothing("with a cut tag");
    }
    let members = Fields::new().with_bytes("key", key).with_bytes("message", message).with_bytes("tag", tag);
    case("hmac-sha512.tag", &members, None)
}

fn argon2(operation: &'static str, record: &Record<'_>) -> Result<Made, Fault> {
    let key = bytes(record, "output")?;
    if integer(record, "length")? != key.len() as u64 {
        return Err(format!("`length` is not the number of bytes of `output`, {}", key.len()));
    }
    let members = Fields::new()
        .with_bytes("password", bytes(record, "pass")?)
        .with_bytes("salt", bytes(record, "salt")?)
        .with_integer("passes", integer(record, "iter")?)
        .with_integer("memory_kib", integer(record, "memcost")?)
        .with_integer("lanes", integer(record, "lanes")?)
        .with_integer("length", key.len() as u64)
        .with_bytes("key", key);
    let made = case(operation, &members, None);
    if record.member("secret").is_none() && record.member("ad").is_none() {
        return Ok(made);
    }
    let extra = |name| record.member(name).map_or(Ok(Vec::new()), |_| bytes(record, name));
    let (secret, associated_data) = (extra("secret")?, extra("ad")?);
    Ok(match made {
        Made::Case { operation, input, expect, .. } => {
            let input = input.with_bytes("secret", secret).with_bytes("associated_data", associated_data);
            Made::Case { reach: Reach::Unsendable, operation, input, expect }
        }
        nothing @ Made::Nothing(_) => nothing,
    })
}

/// The case that these members make: the operation's own as input, and as output what is not refused.
fn case(name: &'static str, members: &Fields, refused: Option<Vec<Reason>>) -> Made {
    let operation: &Operation = operation::find(name).expect("the table has the operations that are named here");
    let input = Fields::pick(operation.input, &[members]);
    let output = || Expect::Output(Fields::pick(operation.output, &[members]));
    Made::Case { reach: Reach::Sendable, operation: name, input, expect: refused.map_or_else(output, Expect::Reject) }
}

fn same_lengths(record: &Record<'_>, lengths: &[(&str, usize)]) -> Result<(), Fault> {
    for (name, found) in lengths {
        match record.section(name) {
            Some(said) if said != (found * 8).to_string() => {
                return Err(format!("the section says {name} = {said}, the test has {} bits", found * 8));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

fn bytes(record: &Record<'_>, name: &str) -> Result<Vec<u8>, Fault> {
    let text = record.member(name).ok_or_else(|| format!("`{name}` is missing"))?;
    hex::decode(text).map_err(|error| format!("`{name}`: expected hex: {error}"))
}

fn integer(record: &Record<'_>, name: &str) -> Result<u64, Fault> {
    let text = record.member(name).ok_or_else(|| format!("`{name}` is missing"))?;
    let wrong = || format!("`{name}`: expected an integer below 2^32, found `{}`", text.escape_debug());
    text.parse::<u32>().map(u64::from).map_err(|_| wrong())
}

/// Where the test stands among its like: its sections and its count.
fn why(record: &Record<'_>) -> String {
    let sections = record.section.iter().map(|(name, value)| format!("{name} {value}"));
    let count = record.member("count").map(|count| format!("count {count}"));
    let words: Vec<_> = std::iter::once(format!("line {}", record.line)).chain(sections).chain(count).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Case;
    use crate::foreign::response;

    fn load(name: &str, text: &str) -> Result<Imported, ForeignError> {
        read(name, response::text(name, text.as_bytes())?)
    }

    fn cases(imported: &Imported) -> Vec<(&str, &Case)> {
        imported.files.iter().flat_map(|file| file.cases.iter().map(|case| (file.path.as_str(), case))).collect()
    }

    fn gcm(direction: &str, members: &str) -> String {
        let key = "01".repeat(32);
        format!(
            "# CAVS 14.0\n# GCM {direction} with keysize 256\n\n[Keylen = 256]\n[Taglen = 32]\n\nCount = 0\nKey = {key}\nIV = 02\n{members}\n"
        )
    }

    /// A file of opening that is read as one of sealing would ask for the wrong half of the cipher.
    #[test]
    fn gcm_is_sealed_or_opened_as_the_file_has_it() {
        let seal = load("e.rsp", &gcm("Encrypt (ext IV)", "PT = 03\nAAD = \nCT = 04\nTag = 05060708")).unwrap();
        let open = load("d.rsp", &gcm("Decrypt", "CT = 04\nAAD = \nTag = 05060708\nPT = 03\n\nCount = 1\nKey = 01\nIV = 02\nCT = \nAAD = \nTag = 05060708\nFAIL")).unwrap();
        let [("cavp/e.seal", sealing)] = cases(&seal)[..] else { panic!("{seal:?}") };
        assert_eq!(sealing.input.integer("tag_length"), 4);
        assert_eq!(sealing.expect, Expect::Output(Fields::new().with_bytes("ciphertext", [4, 5, 6, 7, 8])));
        assert_eq!(sealing.why, "line 7, keylen 256, taglen 32, count 0");
        let [("cavp/d.open", opening), (_, refused)] = cases(&open)[..] else { panic!("{open:?}") };
        assert_eq!(opening.input.bytes("ciphertext"), [4, 5, 6, 7, 8]);
        assert_eq!(opening.expect, Expect::Output(Fields::new().with_bytes("plaintext", [3])));
        assert_eq!((refused.id, &refused.expect), (2, &Expect::Reject(vec![Reason::Authentication])));
    }

    /// An empty message is written as a zero byte; taken as it stands, every port would fail the first case.
    #[test]
    fn digests_and_tags_are_read_by_their_lengths() {
        let (digest, head) = ("0a".repeat(64), "# CAVS 11.0\n# \"SHA-512 ShortMsg\" information\n[L = 64]\n\n");
        let text = format!("{head}Len = 0\nMsg = 00\nMD = {digest}\n\nLen = 5\nMsg = 98\nMD = {digest}\n");
        let sha = load("s.rsp", &text).unwrap();
        let [("cavp/s", empty)] = cases(&sha)[..] else { panic!("{sha:?}") };
        assert_eq!(empty.input, Fields::new().with_bytes("message", []));
        assert_eq!(
            sha.left_out.to_string(),
            "s.rsp: 1 of 2 tests have no operation here: 1 whose message is no whole number of bytes"
        );

        let blake = load("blake2b.txt", "Len = 8\nMsg = 61\nMD = 0b0c\n").unwrap();
        let [("pyca/blake2b", short)] = cases(&blake)[..] else { panic!("{blake:?}") };
        assert_eq!(short.input.to_json().to_string(), r#"{"message":"61","key":"","length":2}"#);

        let mac = |hash, length: usize| {
            let tag = "0d".repeat(length);
            format!(
                "# CAVS 11.0\n[L={hash}]\n\nCount = 0\nKlen = 1\nTlen = {length}\nKey = 0b\nMsg = 0c\nMac = {tag}\n\n"
            )
        };
        let hmac = load("HMAC.rsp", &[mac(64, 64), mac(64, 32), mac(32, 32)].concat()).unwrap();
        assert_eq!((cases(&hmac).len(), hmac.left_out.count()), (1, 2));
    }

    const ARGON2: &str = "length = 4\nlanes = 1\niter = 2\nmemcost = 8\npass =\nsalt = 0102030405060708\n";

    /// A secret that is dropped would give a case that every right port fails; one that is sent would be an unknown member.
    #[test]
    fn a_secret_is_kept_from_ports() {
        let text = format!("{ARGON2}output = 0A0b0c0d\n\n{ARGON2}secret = 05\nad = 06\noutput = 0a0b0c0d\n");
        for (name, operation) in [("argon2i.txt", "argon2i.derive"), ("argon2id.txt", "argon2id.derive")] {
            let imported = load(name, &text).unwrap();
            assert_eq!(imported.files[0].operation.name, operation);
            let [(_, plain)] = cases(&imported)[..] else { panic!("{imported:?}") };
            assert_eq!(plain.expect, Expect::Output(Fields::new().with_bytes("key", [10, 11, 12, 13])));
            let hidden = &imported.unsendable[0].cases[0];
            assert_eq!(
                (hidden.id, hidden.input.bytes("secret"), hidden.input.bytes("associated_data")),
                (2, &[5][..], &[6][..])
            );
            assert_eq!(imported.left_out.count(), 1);
        }
    }

    /// Whoever gives a file finds the line at fault, and what the suite cannot do is said as that.
    #[test]
    fn faults_are_named_with_their_line() {
        let head = "# Test Cases for HMAC-SHA512\n\n";
        for (name, text, wanted) in [
            (
                "argon2d.txt",
                format!("{ARGON2}output = 0a0b0c0d\n"),
                "this suite has no operation for Argon2 in a file whose name is neither",
            ),
            (
                "blake2s.txt",
                "Len = 0\nMsg = 00\nMD = 00\n".to_owned(),
                "no operation for tests of len, msg, md in a file whose name is not blake2b*",
            ),
            (
                "x.rsp",
                "# \"SHA-1 ShortMsg\" information\nLen = 0\nMsg = 00\nMD = 00\n".to_owned(),
                "no operation for \"SHA-1 ShortMsg information\"",
            ),
            ("x.rsp", "Len = 0\nprose\n".to_owned(), "x.rsp is not a vector file of this suite"),
            ("x.rsp", gcm("Decrypt", "CT = 04\nAAD = \nTag = 05060708"), "x.rsp, line 7: `pt` is missing"),
            (
                "x.rsp",
                gcm("Encrypt", "PT = 04\nAAD = \nCT = \nTag = 05"),
                "x.rsp, line 7: the section says taglen = 32, the test has 8 bits",
            ),
            ("x.rsp", gcm("Encrypt", "PT = 04\nAAD = x\nCT = \nTag = 05060708"), "x.rsp, line 7: `aad`: expected hex"),
            (
                "x.txt",
                format!("{head}Len = 16\nKey = 00\nMsg = 01\nMD = 02\n"),
                "x.txt, line 3: `Len` says 16 bits, `Msg` has 1 bytes",
            ),
            (
                "x.txt",
                format!("{head}Len = 4294967296\nKey = 00\nMsg = 01\nMD = 02\n"),
                "x.txt, line 3: `len`: expected an integer below 2^32",
            ),
            ("x.txt", format!("{head}Len = 8\nKey = 00\nMsg = 01\nMD = 02\n"), "no usable test: x.txt: 1 of 1 tests"),
        ] {
            let error = load(name, &text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{wanted}\n{error}");
        }
    }

    /// A file of a million tiny tests must not fill the memory.
    #[test]
    fn the_number_of_tests_is_bounded() {
        let text = format!("# Test Cases for HMAC-SHA512\n{}", "Len=1\nKey=00\nMsg=00\nMD=\n\n".repeat(100_001));
        let error = load("x.txt", &text).unwrap_err().to_string();
        assert_eq!(error, "x.txt, at its end: a file may have at most 100000 tests");
    }
}
