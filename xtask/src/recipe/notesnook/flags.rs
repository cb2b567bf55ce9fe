//! The causes that Notesnook's vectors look for.

use crate::builder::FileBuilder;
use crate::builder::forms::words;
use oracle::sodium;
use vectors::{BugClass, Flag};

/// A file with what every file of the family says: the documents, the oracle, the flags.
pub(super) fn described(file: FileBuilder) -> FileBuilder {
    let file = file
        .spec(&["streetwriters/notesnook packages/crypto", "RFC 9106", "draft-irtf-cfrg-xchacha-03"])
        .oracle("libsodium", &sodium::version());
    let words =
        words::FLAGS.iter().map(|(name, why, effect, links)| (*name, BugClass::Encoding, *why, *effect, *links));
    words.chain(FLAGS.iter().copied()).fold(file, |file, (name, bug, why, effect, links)| {
        let flag = links.iter().fold(Flag::new(bug, why, effect), |flag, link| flag.link(link));
        file.flag(name, flag)
    })
}

type Row = (&'static str, BugClass, &'static str, &'static str, &'static [&'static str]);

const NOTESNOOK: &str = "https://github.com/streetwriters/notesnook";

const FLAGS: &[Row] = &[
    ("Basic", BugClass::Basic, "Nothing special.", "Ports disagree on every input.", &[]),
    (
        "PwUtf16Length",
        BugClass::KnownBug,
        "The password is its UTF-8 bytes, all of them; an old iOS client took as many as the text has UTF-16 units.",
        "A password that is not ASCII is cut, and opens nothing written elsewhere.",
        &[
            "https://github.com/streetwriters/notesnook/pull/7093",
            "https://github.com/lyubo/react-native-sodium/pull/20",
        ],
    ),
    (
        "PwNul",
        BugClass::KnownBug,
        "A NUL is a byte of the password like any other.",
        "A port on C strings uses a part of the password.",
        &[NOTESNOOK],
    ),
    (
        "PwNfd",
        BugClass::Encoding,
        "Nobody normalises: two spellings are two passwords.",
        "A port that normalises opens one spelling only.",
        &[
            "https://github.com/cryptomator/cryptomator/issues/521",
            "https://github.com/Picocrypt-NG/Picocrypt-NG/issues/19",
        ],
    ),
    (
        "PwBom",
        BugClass::Encoding,
        "A byte order mark at the front is part of the password.",
        "A text decoder drops it, and the key changes.",
        &[],
    ),
    (
        "PwEmpty",
        BugClass::EdgeCase,
        "The clients seal nothing under an empty password, though a key can be derived from it.",
        "A missing password is treated as an empty one, and anybody can open the envelope.",
        &[NOTESNOOK],
    ),
    ("PwLong", BugClass::EdgeCase, "Argon2 hashes a password of any length.", "A long password is cut.", &[]),
    (
        "SaltSize",
        BugClass::KnownBug,
        "The salt has 16 bytes.",
        "A native reader reads past a short one.",
        &[
            "https://github.com/joshjdevl/libsodium-jni/issues/81",
            "https://github.com/jedisct1/libsodium.js/issues/331",
        ],
    ),
    (
        "NonceSize",
        BugClass::ModifiedParameter,
        "The nonce has 24 bytes.",
        "A short nonce is padded, or read past.",
        &[],
    ),
    (
        "KeySize",
        BugClass::ModifiedParameter,
        "The key has 32 bytes.",
        "A port without key material uses zeros instead.",
        &[NOTESNOOK],
    ),
    (
        "Email",
        BugClass::Encoding,
        "The login salt is made of the address in lower case, by the full rules of Unicode.",
        "An account cannot be logged in to from another client.",
        &[NOTESNOOK],
    ),
    (
        "LoginSalt",
        BugClass::WrongPrimitive,
        "The login salt is BLAKE2b with a digest of 16 bytes over the constant's text and the address.",
        "A truncated or decoded salt gives another hash.",
        &[NOTESNOOK],
    ),
    (
        "MemoryUnit",
        BugClass::KnownBug,
        "The server hands kibibytes to libsodium, which counts bytes: 64 KiB, and not 64 MiB.",
        "A server that corrects the cost locks its users out.",
        &["https://github.com/samuel-lucas6/Geralt/issues/12"],
    ),
    (
        "PhcNulPadding",
        BugClass::KnownBug,
        "The stored text is libsodium's buffer of 128 bytes with the zeros at its end.",
        "A reader of PHC strings refuses every stored hash.",
        &["https://github.com/firehorse/flutter_sodium/issues/46", "https://github.com/terl/lazysodium-java/issues/39"],
    ),
    (
        "LoginVariant",
        BugClass::Encoding,
        "The server hashes the login hash as text, whatever base64 it is.",
        "A port that decodes or mends it first accepts other texts as the same, or locks everybody out.",
        &[],
    ),
    (
        "PhcForm",
        BugClass::ParserDifferential,
        "A stored hash has one spelling.",
        "A reader takes another algorithm, version or cost than the one that was computed.",
        &[],
    ),
    (
        "KdfParamDoS",
        BugClass::Dos,
        "The cost is in the stored text, so it has a ceiling.",
        "One login takes the server's memory or hours of its time.",
        &[],
    ),
    (
        "WrongPassword",
        BugClass::AuthBypass,
        "Another password is another key.",
        "Garbage is accepted as plaintext.",
        &[],
    ),
    (
        "PartialTagCompare",
        BugClass::AuthBypass,
        "Every byte of the tag counts.",
        "A comparison of some bytes makes forging cheap.",
        &[],
    ),
    (
        "ModifiedCiphertext",
        BugClass::AuthBypass,
        "The tag covers every byte of the ciphertext.",
        "The plaintext can be changed bit by bit.",
        &[],
    ),
    (
        "ModifiedNonce",
        BugClass::AuthBypass,
        "All 24 bytes of the nonce count.",
        "A port that uses a part of the nonce repeats key streams.",
        &["https://github.com/jedisct1/libsodium/issues/742"],
    ),
    ("TagTruncated", BugClass::AuthBypass, "The tag has 16 bytes.", "A shorter one is cheap to forge.", &[]),
    (
        "LengthTrusted",
        BugClass::KnownBug,
        "The plaintext is as long as the ciphertext says; `length` is not used.",
        "A buffer sized by `length` overflows, or ends in zeros.",
        &["https://github.com/ammarahm-ed/react-native-sodium"],
    ),
    (
        "MissingMember",
        BugClass::ParserDifferential,
        "The server and older clients leave members out, and those alone may be missing.",
        "Synced items cannot be opened, or a default is made up.",
        &["https://github.com/streetwriters/notesnook-sync-server"],
    ),
    (
        "MemberOrder",
        BugClass::ParserDifferential,
        "The members of a JSON object have no order.",
        "A reader by position cannot open what another client wrote.",
        &[],
    ),
    (
        "Whitespace",
        BugClass::ParserDifferential,
        "White space between tokens means nothing in JSON.",
        "An envelope that was stored prettily cannot be opened.",
        &[],
    ),
    (
        "JsonEscape",
        BugClass::ParserDifferential,
        "An escape stands for its character.",
        "An envelope that another JSON writer wrote cannot be opened.",
        &[],
    ),
    (
        "ChunkSize",
        BugClass::KnownBug,
        "The iOS client adds a `chunkSize` that means nothing.",
        "Envelopes of that client cannot be opened.",
        &["https://github.com/ammarahm-ed/react-native-sodium"],
    ),
    (
        "IdSwap",
        BugClass::Binding,
        "The outer id is not authenticated: only the id inside the plaintext is.",
        "Whoever stores the items exchanges them, unless the inner id is compared.",
        &[NOTESNOOK],
    ),
    (
        "KeyVersion",
        BugClass::ParserDifferential,
        "`keyVersion` says which of the account's two keys it is.",
        "An item is opened with the wrong key.",
        &[NOTESNOOK],
    ),
    (
        "UnknownAlg",
        BugClass::ModifiedParameter,
        "`alg` has one value; what it had before 2021 meant other encodings.",
        "A reader that ignores it misreads what was sealed otherwise.",
        &[NOTESNOOK],
    ),
    (
        "DupKey",
        BugClass::ParserDifferential,
        "A name that occurs twice has two values.",
        "Two readers of one envelope see two values.",
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
        &[],
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
        &[],
    ),
    ("Charset", BugClass::Encoding, "JSON is UTF-8 without a byte order mark.", "A reader guesses the encoding.", &[]),
    ("Depth", BugClass::Dos, "Nesting has no place in a flat envelope.", "A reader runs out of stack.", &[]),
    (
        "B64Alphabet",
        BugClass::KnownBug,
        "Base64 is URL-safe: with - and _. The node build once wrote the other alphabet.",
        "The browser build cannot open it.",
        &[NOTESNOOK],
    ),
    (
        "B64Pad",
        BugClass::Encoding,
        "Base64 is not padded.",
        "Two texts mean one envelope.",
        &["https://github.com/jedisct1/libsodium.js/issues/89", "https://github.com/jedisct1/libsodium.js/issues/114"],
    ),
    (
        "B64NonCanonical",
        BugClass::Malleability,
        "Spare bits of the last character are zero.",
        "Two texts mean one envelope.",
        &["https://github.com/marshallpierce/rust-base64/issues/182"],
    ),
    ("B64Whitespace", BugClass::Encoding, "White space is not base64.", "Two texts mean one envelope.", &[]),
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
        &["https://github.com/streetwriters/notesnook/pull/3418"],
    ),
    ("LongMessage", BugClass::Functionality, "Many blocks of ciphertext.", "Long notes come out wrong.", &[]),
    (
        "Randomness",
        BugClass::Functionality,
        "Salt and nonce are drawn for each envelope.",
        "Two envelopes under one key and nonce give each other's plaintext away.",
        &[],
    ),
    (
        "OneRefusal",
        BugClass::LeakOnFailure,
        "Whoever asks learns that it does not open, and not whether password, key or bytes were at fault.",
        "An attacker tells a wrong password from an envelope that was changed, and tries passwords faster.",
        &[NOTESNOOK],
    ),
    (
        "CostInEnvelope",
        BugClass::Downgrade,
        "The cost is fixed by the clients and is in no envelope.",
        "Whoever stores the envelope makes the password cheap to guess, or keeps its reader busy.",
        &[NOTESNOOK],
    ),
    (
        "SilentFallback",
        BugClass::KnownBug,
        "There is one way to derive the key; another cost, a cut password or a key of zeros is none.",
        "Whoever has no password opens what was sealed under a key that anybody can find.",
        &["https://github.com/ammarahm-ed/react-native-sodium", "https://github.com/streetwriters/notesnook/pull/7093"],
    ),
    (
        "FieldSwap",
        BugClass::Binding,
        "Salt, nonce and ciphertext belong together.",
        "Parts of two envelopes are read as one.",
        &[],
    ),
    (
        "KeyCommitment",
        BugClass::Commitment,
        "Poly1305 does not commit to its key: an envelope can be made that opens under two keys, to two texts.",
        "Whoever made the envelope shows different data to different people, or tries two passwords with one question.",
        &["https://eprint.iacr.org/2020/1456", "https://eprint.iacr.org/2019/016"],
    ),
    (
        "StoredCost",
        BugClass::EdgeCase,
        "Passes and memory are those of the stored text.",
        "Hashes that were stored under another cost are not valid any more.",
        &["https://github.com/samuel-lucas6/Geralt/issues/12"],
    ),
];
