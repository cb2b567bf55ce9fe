//! The causes that Autonomail's vectors look for.

use crate::builder::FileBuilder;
use crate::builder::forms::words;
use oracle::openssl;
use vectors::{BugClass, Flag};

/// A file with what every file of the family says: the documents, the oracle, the flags.
pub(super) fn described(file: FileBuilder) -> FileBuilder {
    let file = file
        .spec(&["autonomail/docs 3-private-data.md", "SJCL 1.0.9 core/convenience.js", "NIST SP 800-38D", "RFC 8018"])
        .oracle("openssl", &openssl::version());
    let words =
        words::FLAGS.iter().map(|(name, why, effect, links)| (*name, BugClass::Encoding, *why, *effect, *links));
    words.chain(FLAGS.iter().copied()).fold(file, |file, (name, bug, why, effect, links)| {
        let flag = links.iter().fold(Flag::new(bug, why, effect), |flag, link| flag.link(link));
        file.flag(name, flag)
    })
}

type Row = (&'static str, BugClass, &'static str, &'static str, &'static [&'static str]);

const SJCL: &str = "https://github.com/bitwiseshiftleft/sjcl";

const FLAGS: &[Row] = &[
    ("Basic", BugClass::Basic, "Nothing special.", "Ports disagree on every input.", &[]),
    (
        "PwEmpty",
        BugClass::EdgeCase,
        "An empty password is a password.",
        "A port that refuses it cannot open what SJCL seals.",
        &[],
    ),
    (
        "PwUtf8",
        BugClass::Encoding,
        "The password is the UTF-8 of the text, outside the BMP too.",
        "Passwords that are not ASCII open nothing written elsewhere.",
        &["https://github.com/bitwiseshiftleft/sjcl/issues/225"],
    ),
    (
        "PwNul",
        BugClass::Encoding,
        "A NUL is a byte of the password, except that HMAC pads keys with zeros.",
        "A port on C strings uses a part of the password.",
        &["https://github.com/informatikr/scrypt/issues/5"],
    ),
    (
        "PwBlockEdge",
        BugClass::EdgeCase,
        "HMAC-SHA512 pads keys up to 128 bytes and hashes longer ones.",
        "Passwords near 128 bytes derive another key.",
        &["https://github.com/davidben/webathena/issues/39"],
    ),
    (
        "IterEdge",
        BugClass::EdgeCase,
        "The iteration count is used as it is.",
        "A port that clamps or rounds the count derives another key.",
        &[],
    ),
    (
        "Iter0",
        BugClass::WeakParams,
        "Without iterations nothing is derived.",
        "A port that treats 0 as a default, or hangs, disagrees with the others.",
        &["https://github.com/randombit/botan/issues/2088"],
    ),
    (
        "KdfParamDoS",
        BugClass::Dos,
        "The count comes from the party that stores the record, so it has a ceiling.",
        "A record keeps its reader busy for hours.",
        &[],
    ),
    ("LongMessage", BugClass::Functionality, "Many blocks of ciphertext and base64.", "Long data come out wrong.", &[]),
    (
        "EmptyPlaintext",
        BugClass::EdgeCase,
        "Nothing is sealed as a tag alone.",
        "A port that wants a byte at least fails.",
        &[],
    ),
    (
        "ByteEdge",
        BugClass::Encoding,
        "Keys, salts and nonces are bytes, also where the first or the last of them is 00 or 80.",
        "One in a hundred is shortened, lengthened or read with a sign, and opens nothing.",
        &[],
    ),
    (
        "PlaintextBytes",
        BugClass::Encoding,
        "The plaintext comes back byte for byte.",
        "Data change when they are opened.",
        &[],
    ),
    (
        "PartialTagCompare",
        BugClass::AuthBypass,
        "Every byte of the tag counts.",
        "A comparison of some bytes makes forging cheap.",
        &["https://github.com/mdp/sjcl_rb"],
    ),
    (
        "ModifiedCiphertext",
        BugClass::AuthBypass,
        "The tag covers every byte of the ciphertext.",
        "The plaintext can be changed bit by bit.",
        &[],
    ),
    (
        "WrongPassword",
        BugClass::AuthBypass,
        "Another password or count is another key.",
        "Garbage is accepted as plaintext.",
        &[],
    ),
    (
        "KeyHalf",
        BugClass::KnownBug,
        "The document takes the first 256 bits of the derived key, the published client the second.",
        "Records of the one are opened as the other.",
        &["https://github.com/autonomail/autonomail"],
    ),
    (
        "SaltText",
        BugClass::Encoding,
        "The salt is the bytes that the hex stands for.",
        "A port that salts with the hex text derives another key.",
        &["https://github.com/bitwiseshiftleft/sjcl/issues/331"],
    ),
    (
        "SaltSize",
        BugClass::ModifiedParameter,
        "The salt has 32 bytes.",
        "Whoever stores the record shortens the salt.",
        &[],
    ),
    (
        "IvSize",
        BugClass::ModifiedParameter,
        "The IV has 16 bytes, what SJCL writes by default.",
        "A reader that cuts or pads IVs opens what nobody sealed.",
        &["https://github.com/bitwiseshiftleft/sjcl/issues/180"],
    ),
    (
        "IterDecoy",
        BugClass::ParserDifferential,
        "The count in the SJCL text means nothing: the key is given to it.",
        "A reader that believes it derives another key.",
        &[],
    ),
    (
        "MemberOrder",
        BugClass::ParserDifferential,
        "The members of a JSON object have no order.",
        "A reader by position cannot open what another writer wrote.",
        &[],
    ),
    (
        "Whitespace",
        BugClass::ParserDifferential,
        "White space between tokens means nothing in JSON.",
        "A record that was stored prettily cannot be opened.",
        &[],
    ),
    (
        "JsonEscape",
        BugClass::ParserDifferential,
        "In the record an escape stands for its character; SJCL's own reader knows none.",
        "Two readers of one text see two values.",
        &[SJCL],
    ),
    (
        "DupKey",
        BugClass::ParserDifferential,
        "A name that occurs twice has two values.",
        "Two readers of one record see two values.",
        &["https://github.com/theupdateframework/python-tuf/issues/372"],
    ),
    (
        "UnknownMember",
        BugClass::ParserDifferential,
        "A member that the format does not have is not ours to skip.",
        "A reader passes over what another one obeys.",
        &[],
    ),
    (
        "ProtoKey",
        BugClass::ParserDifferential,
        "A member called after a language's own machinery is a member like any other.",
        "A reader's objects are changed for everybody.",
        &[SJCL],
    ),
    (
        "MissingMember",
        BugClass::ParserDifferential,
        "Every member is there.",
        "A default is used in its place, and defaults differ between versions.",
        &[SJCL],
    ),
    (
        "WrongType",
        BugClass::ParserDifferential,
        "A text is a text and a number is a number.",
        "Coercion makes a value up.",
        &[],
    ),
    (
        "NumberForm",
        BugClass::ParserDifferential,
        "An integer has one spelling.",
        "Two readers of one number see two values.",
        &[],
    ),
    (
        "NotJson",
        BugClass::ParserDifferential,
        "What only resembles JSON is refused.",
        "A lenient reader makes something up.",
        &[SJCL],
    ),
    ("Charset", BugClass::Encoding, "JSON is UTF-8 without a byte order mark.", "A reader guesses the encoding.", &[]),
    ("Depth", BugClass::Dos, "Nesting has no place in a flat record.", "A reader runs out of stack.", &[]),
    (
        "B64Alphabet",
        BugClass::Encoding,
        "Base64 with + and /, and nothing else.",
        "Two texts mean one envelope, or one text two.",
        &[],
    ),
    (
        "B64Pad",
        BugClass::Encoding,
        "Base64 is padded exactly.",
        "Two texts mean one envelope.",
        &["https://github.com/berlincode/sjcl/issues/11"],
    ),
    (
        "B64NonCanonical",
        BugClass::Malleability,
        "Spare bits of the last character are zero.",
        "Two texts mean one envelope.",
        &["https://github.com/marshallpierce/rust-base64/issues/182"],
    ),
    ("B64Whitespace", BugClass::Encoding, "White space is not base64.", "Two texts mean one envelope.", &[]),
    ("HexForm", BugClass::Encoding, "The salt is 64 lower-case hex digits.", "Two texts mean one salt.", &[]),
    (
        "ModeConfusion",
        BugClass::ModifiedParameter,
        "GCM with AES-256, and nothing else: the header is not authenticated.",
        "A reader that follows the header is led to a weaker mode.",
        &["https://github.com/hashcat/hashcat/issues/2570"],
    ),
    (
        "TagLenFromEnvelope",
        BugClass::Downgrade,
        "The tag has 16 bytes whatever the header says.",
        "Whoever stores the record cuts the tag and makes forging cheap.",
        &[SJCL],
    ),
    (
        "ParamNotBound",
        BugClass::Binding,
        "The header is not authenticated, so each value is held to the only one that is written.",
        "Whoever stores the record chooses parameters for its reader.",
        &[],
    ),
    (
        "Randomness",
        BugClass::Functionality,
        "Salt and IV are drawn for each record.",
        "Two records under one key and IV give each other's plaintext away.",
        &[],
    ),
    (
        "OneRefusal",
        BugClass::LeakOnFailure,
        "Whoever asks learns that it does not open, and not whether password, count or bytes were at fault.",
        "An attacker tells a wrong password from a record that was changed, and tries passwords faster.",
        &[],
    ),
    (
        "CostDowngrade",
        BugClass::Downgrade,
        "A count that was lowered in the record is another key, and never a reason to try the old one.",
        "Whoever stores the record makes the password cheap to guess.",
        &["https://github.com/bitwarden/clients/pull/6440"],
    ),
    (
        "KeySizeConfusion",
        BugClass::ModifiedParameter,
        "The key has 256 bits whatever `ks` says.",
        "Whoever stores the record chooses the cipher's key size.",
        &["https://github.com/bitwiseshiftleft/sjcl/issues/180"],
    ),
    (
        "SilentFallback",
        BugClass::KnownBug,
        "There is one way to derive the key; another hash, an undone derivation or a key of zeros is none.",
        "Whoever has no password opens what was sealed under a key that anybody knows.",
        &[
            "https://github.com/bitwiseshiftleft/sjcl/issues/356",
            "https://github.com/browserify/pbkdf2/security/advisories/GHSA-h7cp-r72f-jxh6",
        ],
    ),
    (
        "FieldSwap",
        BugClass::Binding,
        "Salt, IV and ciphertext belong together.",
        "Parts of two records are read as one.",
        &[],
    ),
    (
        "KeyCommitment",
        BugClass::Commitment,
        "GCM does not commit to its key: a record can be made that opens under two passwords, to two texts.",
        "Whoever made the record shows different data to different people, or tries two passwords with one question.",
        &["https://eprint.iacr.org/2020/1456", "https://eprint.iacr.org/2017/664"],
    ),
];
