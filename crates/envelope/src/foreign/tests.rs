//! Real things of others, made by their own tools or copied from their own pages, and texts damaged as people damage them.

use super::*;
use crate::Severity;
use document::encoding::Base64;

/// Made by `openssl enc -aes-256-cbc -pbkdf2 -pass pass:pw`.
const OPENSSL: &str = "53616c7465645f5fb715bfa3175f4c9b9740d8ca5ccb4e953bc4df85e357cf716cc0270954bf49e43dfc6ed76a271912f507b839b0235a7014c2ed6528586c23";

/// Made by `gpg -c`.
const GPG: &str = "8c0d0409030254c5628a48e8ecedffd25a01deb36957f68e10a030e32c6941ee0b5fd9c7cacd3c887da0f29a027eed82c6aa4c6ea0a4e9ca07b7b7d18f78bf161f4da7072c28b0a84f644024a4e77ee60f7bdec24d4542c29b1d3d0e5af30649ddfdf14f537e27f9e72c0d";

/// Made by npm's `age-encryption` under a passphrase.
const AGE: &str = "6167652d656e6372797074696f6e2e6f72672f76310a2d3e207363727970742049547241687a59375877716370556135345448556e512031300a4b704333456c35734a786633555633454630576b467634504e6178584e787a66594957515079367253326b0a2d2d2d20534e414e6c6a6e5a4e4a2f7330634d35447143713635715a51693070434267456466783462374146764e510a16b316cdff8facf6af5067c9082ab8c0ce15b90a09570dd78b2f083e6facce2a7193f3bc3329b1c10f1fb152b2fcb5c5db22584fea9a73f87755f1a07aec574a";

/// A record of Autonomail as `sealproof seal autonomail` writes it, its secureData shortened to what a reader takes.
const RECORD: &str = r#"{"salt":"766eeabe976131cb687f5c265ee1a9d94930508faf1909707887ab171f487428","secureData":"eyJpdiI6IjFRQ0U0eGVobFJMcXFUbXZneHE1ckE9PSIsInYiOjEsIml0ZXIiOjEwMDAsImtzIjoyNTYsInRzIjoxMjgsIm1vZGUiOiJnY20iLCJhZGF0YSI6IiIsImNpcGhlciI6ImFlcyIsImN0Ijoid0RIS3BXbWFCbFRUMEJqVklKUEpQM290NXVsc1J1T0NnQm95d0dkTEFPdlZPSUNlRGF2VmxIQmxYWmN3djA5VCJ9"}"#;

/// Name and text of real things.
const REAL: &[(&str, &str)] = &[
    // crypto-js 4.2.0: `AES.encrypt(text, "pw").toString()`.
    (
        "OpenSSL enc or CryptoJS",
        "U2FsdGVkX188knUGgoxh30pzzJ5OfiVTYlVt0+8k9iT9qoalRZqZOIokzIL1L/k4Fgfar0a4aHzYmqvWBcfrVg==",
    ),
    // The same with the JSON formatter of CryptoJS's documentation.
    (
        "CryptoJS JSON",
        r#"{"ct":"SnPMnk5+JVNiVW3T7yT2JP2qhqVFmpk4iiTMgvUv+TgWB9qvRrhofNiaq9YFx+tW","iv":"e5bca5e749cc053f04f3d90f43e2dd6e","s":"3c927506828c61df"}"#,
    ),
    // jose 6: `CompactEncrypt` with PBES2-HS256+A128KW, p2c 2048.
    (
        "JWE, compact",
        "eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJlbmMiOiJBMTI4R0NNIiwicDJjIjoyMDQ4LCJwMnMiOiJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIn0.p5sLvq4_NTLSlcv2JbtyWC_yr1PZVdUM.M9Q-k_Krb2fvEoPo.tcybLj0UC8nWrVnC20rHn7hV36dE5fGxzXSSVY3w6iA.4d29tuVSGo06ZB5ySb9FvA",
    ),
    // jose 6: `FlattenedEncrypt` with dir.
    (
        "JWE, JSON",
        r#"{"ciphertext":"3jYN9EcFo5a1FIwWZA_O0YBj6q0eLZV7bYPEX3w1QdU","iv":"b5gZ2ajcFXf3wxQb","tag":"iKbvOHcfW7tZSjTizXo6xQ","protected":"eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0"}"#,
    ),
    // jose 6: `SignJWT` with HS256.
    ("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0._TE-uKsReGam2cPQXFGSWPgB_PlHHbZhXuEUI_K3EkA"),
    // bitwarden/sdk-internal, crates/bitwarden-crypto: the name of its test ciphers.
    (
        "Bitwarden string",
        "2.pMS6/icTQABtulw52pq2lg==|XXbxKxDTh+mWiN1HjH2N1w==|Q6PkuT+KX/axrgN9ubD5Ajk2YNwxQkgs3WJM0S0wtG8=",
    ),
    // In the form that standardnotes/app, packages/encryption/src/Domain/Operator/004 writes; the bytes are made up.
    (
        "Standard Notes 004",
        "004:000102030405060708090a0b0c0d0e0f1011121314151617:AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8=:eyJ1IjoiYSIsInYiOiIwMDQifQ==",
    ),
    // In the form of Operator/003, likewise.
    (
        "Standard Notes 001 to 003",
        "003:000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f:61a0fe2b-a18a-4d04-8c1c-0e3f0b3f0a3e:000102030405060708090a0b0c0d0e0f:AAECAwQFBgcICQoLDA0ODw==:e30=",
    ),
    // argon2-cffi 25.1.0: `PasswordHasher().hash("pw")`.
    (
        "Argon2 PHC string",
        "$argon2id$v=19$m=65536,t=3,p=4$vluIvVk2VcsJtV7yBuiWqA$60qyjrgUS1Yqu+ij+K98KfNKCpI8Airz49YlhkJFcFA",
    ),
    // bcryptjs: `hashSync("pw", 4)`.
    ("bcrypt hash", "$2b$04$mD7Jcmq1tY48bH6psFNu6uSuI0rBPJ8b3.NZLS7H148wBEj2D8BCG"),
    // passlib 1.7.4.
    ("scrypt hash", "$scrypt$ln=4,r=8,p=1$p1SK8T5nDGHMea81prQWIg$kdXr7bf62nuttxPW2r8CFok+y/WyQYlvP1t3CFSCBuA"),
    ("PBKDF2 hash", "$pbkdf2-sha256$1000$ei.FcO4957wXgjAGwPhfqw$9nI8GaCQW/.NFCtBdIFXK6Ug60VA2W0cW5msRvfHoBI"),
    ("PBKDF2 hash", "pbkdf2_sha256$1000$z1ATjmrZhzjm$5L01nw0zQ+r+6Sfctq918xk/wG0ZhQ03R3yDyqZRBck="),
    // wg/scrypt (Java), as its README shows it.
    ("scrypt hash", "$s0$e0801$epIxT/h6HbbwHaehFnh/bw==$7H0vsXlY8UxxyW/BWx/9GuY7jEvGjT71GFd6O4SZND0="),
    // `openssl passwd -6`.
    (
        "crypt hash",
        "$6$abcdefgh$KQeXafAQAaOoKTevphVU215RvJdgzyfASRasIOuh12hO8u0r1bGW92ZnTmC9IjsiQ8VPiTXBiZF49dFL1U4wX/",
    ),
    // age-encryption, armoured.
    (
        "age",
        "-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCAyaTBQdTBTR0ZhN2NPeHll\nNFAzVHZBIDEwCjgyYXdIOVlCZURqZjhLSWQ0dXpqcFVlc2JnMWVHOHpNZEhUdDRL\nM0xtTkEKLS0tIFlkOXA1Ri81Y2xqMHBucVJOVW41ZVcwQ21IV0lxU09TcjkrY29G\nWXJFL00KwUTJXyE2uxv/O1ZDl9nInqZzVcfZhSZMDJRgNaZPgDno4dITCHFXQ2Jz\nNG70yUd+Yc6pSL7b0+pGTzTvbZ1yfw==\n-----END AGE ENCRYPTED FILE-----\n",
    ),
    // cryptography 48: `Fernet(key).encrypt(...)`.
    (
        "Fernet token",
        "gAAAAABrDLCWHqBdG5duLsJXIiWedynOs7_E6oBWNciGPDYj01R_0vRAZZnsQB0T853BkMjLy4PPRTRE-T4nUlYOA0np9zn2J6n2vAaCiJ6gcButOQEsR7-EeWad4558DlT5sXXnWuvX",
    ),
    // `gpg -c -a`.
    (
        "OpenPGP message",
        "-----BEGIN PGP MESSAGE-----\n\njA0ECQMCyKL+dRR6SDb/0loBlvjQ5TWRhIsZPzqxiB568qj615KIle+n6bk/JA1n\nhM+/5sOcZN+/jynDk8hXjOY3zsIEw9ivCevdy1XKbi8yp7PXSZqJOH66zzEAwWVK\n9L9hWPybhxzrF0M=\n=8EhL\n-----END PGP MESSAGE-----\n",
    ),
    // `openssl pkcs8 -topk8 -v2 aes-256-cbc`.
    (
        "encrypted private key in PEM",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh32nEuo/+RlwICCAAw\nDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDsnzI/q8qmu2kwhOy6697IEQOGP\nn9RGsp6J27kvFCxWAqJOgyAyrCwFRFFKAD9EBKbieG581Yskbg2inTXYI3uE5VD0\ntf+PbWDZCsW7i1bc6ck=\n-----END ENCRYPTED PRIVATE KEY-----\n",
    ),
    // sjcl 1.0.9: `sjcl.encrypt("pw", text)`.
    (
        "SJCL under a password",
        r#"{"iv":"KS/44xMO2I/rRI9Bm591FA==","v":1,"iter":10000,"ks":128,"ts":64,"mode":"ccm","adata":"","cipher":"aes","salt":"pSX6pPBm2RQ=","ct":"lrhwVNlYY6NuLtEyrGtT+fk562neb7QpBtRSsNkz6HTd3WMPWJSa4g=="}"#,
    ),
    // @hapi/iron 7.0.1.
    (
        "iron cookie",
        "Fe26.2**78be2caf01d03e2fad1f094f7c21c18ca35ecb0af21c7a6e4650199f97348376*c8yDVUcoe1O-HywJ3R9Pww*wHv2P4XRhpvUCHE636Awag**87be1079de2870c1c682fca7d414620aa3b370838145374354f280bb4a6f7000*ZqYbPNTAJan5tQsa8S_EGkZt49DzrvIhFtdnWwsnW6A",
    ),
    (
        "values in parts",
        "00112233445566778899aabbccddeeff:000102030405060708090a0b:aabbccddeeff00112233445566778899aabbccddeeff0011",
    ),
    ("values in parts", "ABEiM0RVZneImaq7zN3u/w==:AAECAwQFBgcICQoL:qrvM3e7/ABEiM0RVZneImaq7zN3u/wAR"),
    // `printf abc | sha256sum`, sha1sum, md5sum.
    ("bare hash or key", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("bare hash or key", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("bare hash or key", "900150983cd24fb0d6963f7d28e17f72\n"),
    // `notesnook/login-hash` of the vectors.
    ("bare hash or key", "u-c2pSbKYlmB7y3LUTVYxT8UFydzknJzCnWuQOFNHx8"),
    (
        "JSON with sealed members",
        r#"{"nonce":"000102030405060708090a0b","body":"AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8=","kdf":"x"}"#,
    ),
];

fn name(found: &Found) -> &str {
    match found {
        Found::Format(format) => format.id(),
        Found::Foreign(kind, _) => kind.name,
        Found::Unknown(words) => words,
    }
}

fn named(bytes: &[u8]) -> String {
    name(&identify(bytes).found).to_owned()
}

fn told(bytes: &[u8]) -> Vec<String> {
    identify(bytes).layers.into_iter().map(|layer| layer.text).collect()
}

/// What a person has at hand must get its own name, not that of the nearest format.
#[test]
fn real_things_are_called_by_their_names() {
    for (wanted, text) in REAL {
        assert_eq!(named(text.as_bytes()), *wanted, "{text}");
    }
    for (wanted, hex) in [("OpenSSL enc or CryptoJS", OPENSSL), ("OpenPGP message", GPG), ("age", AGE)] {
        assert_eq!(named(&hex::decode(hex).unwrap()), wanted);
    }
}

/// A kind that nothing shows could call anything by its name; and one sentence each is what a reader gets.
#[test]
fn each_kind_says_what_it_is_and_what_opens_it() {
    for kind in CERTAIN.iter().chain(LIKELY).flat_map(|kinds| kinds.iter()) {
        for words in [kind.name, kind.what, kind.opens] {
            assert!(!words.is_empty() && !words.ends_with('.') && !words.contains('\n'), "{kind:?}");
        }
        let mut seen = Inspection::new(kind.name);
        assert!((kind.tell)(&Given::new(b""), &mut seen).is_none(), "{} is seen in nothing", kind.name);
        assert!((kind.tell)(&Given::new(b"{}"), &mut seen).is_none(), "{} is seen in {{}}", kind.name);
    }
}

/// The suite's own envelopes keep their names, and the server's own cost is the only one that is the server's.
#[test]
fn the_formats_of_the_suite_are_still_told_as_they_were() {
    let stored = |cost: &str| {
        format!("$argon2id$v=19${cost}$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8")
    };
    for (wanted, text) in [
        ("autonomail", RECORD),
        ("notesnook", r#"{"cipher":"","iv":"","salt":"","length":0}"#),
        ("notesnook-item", r#"{"cipher":"","iv":"","length":0,"v":6.1,"id":""}"#),
        ("sjcl", r#"{"iv":"","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":""}"#),
        ("notesnook-server-hash", &stored("m=64,t=3,p=1")),
        ("Argon2 PHC string", &stored("m=65536,t=3,p=4")),
        ("Argon2 PHC string", &stored("m=64,t=3,p=2")),
        ("Argon2 PHC string", &stored("m=640,t=3,p=1")),
    ] {
        assert_eq!(named(text.as_bytes()), wanted, "{text}");
        assert!(told(text.as_bytes()).is_empty(), "{text}");
    }
}

/// Ways in which one record reaches a person, each with a word of what is said of it.
fn wrapped() -> Vec<(&'static str, Vec<u8>)> {
    let json = |text: &str| serde_json::to_string(text).unwrap();
    let units = |order: fn(u16) -> [u8; 2]| RECORD.encode_utf16().flat_map(order).collect::<Vec<_>>();
    let percent: String = RECORD
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    vec![
        ("byte order mark", [b"\xef\xbb\xbf", RECORD.as_bytes()].concat()),
        ("little-endian, with", [vec![0xFF, 0xFE], units(u16::to_le_bytes)].concat()),
        ("big-endian, with", [vec![0xFE, 0xFF], units(u16::to_be_bytes)].concat()),
        ("UTF-16 (little-endian)", units(u16::to_le_bytes)),
        ("JSON in JSON", json(RECORD).into_bytes()),
        ("escaped", json(RECORD).trim_matches('"').as_bytes().to_vec()),
        ("quotes", format!("'{RECORD}'\n").into_bytes()),
        ("quotes", format!("\u{201c}{RECORD}\u{201d}").into_bytes()),
        ("curly quotes", RECORD.replace('"', "\u{201d}").into_bytes()),
        ("single quotes", RECORD.replace('"', "'").into_bytes()),
        ("comma", RECORD.replace('}', ",}").into_bytes()),
        ("percent", percent.into_bytes()),
        (
            "form field `data`",
            format!("data={}", RECORD.replace('{', "%7B").replace('"', "%22").replace('}', "%7D")).into_bytes(),
        ),
        ("HTML", RECORD.replace('"', "&quot;").into_bytes()),
        ("base64", Base64::Standard.encode(RECORD.as_bytes()).into_bytes()),
        ("base64", Base64::UrlSafeUnpadded.encode(RECORD.as_bytes()).into_bytes()),
        ("hex", hex::encode_upper(RECORD).into_bytes()),
        ("item 2 of an array of 2", format!("[1,{RECORD}]").into_bytes()),
        ("member `payload`", format!(r#"{{"id":1,"payload":{RECORD}}}"#).into_bytes()),
        ("member `data`", format!(r#"{{"id":1,"data":{}}}"#, json(RECORD)).into_bytes()),
        ("another document follows", format!("{RECORD}\n{RECORD}\n").into_bytes()),
        ("cut off: it ends at byte 200, inside a string, in member `secureData`", RECORD[..200].into()),
        (
            "data: URL",
            format!("data:application/json;base64,{}", Base64::Standard.encode(RECORD.as_bytes())).into_bytes(),
        ),
    ]
}

/// Every wrapping is said, and what is inside is told as if it stood alone.
#[test]
fn a_wrapped_record_is_found_and_the_wrapping_is_said() {
    for (wanted, bytes) in wrapped() {
        let found = identify(&bytes);
        let layers: Vec<_> = found.layers.iter().map(|layer| layer.text.clone()).collect();
        assert_eq!(name(&found.found), "autonomail", "{wanted}: {layers:?}");
        assert!(layers.iter().any(|layer| layer.contains(wanted)), "{wanted}: {layers:?}");
        if !wanted.starts_with("cut off") {
            assert_eq!(found.bytes.trim_ascii(), RECORD.as_bytes(), "{wanted}");
        }
        assert!(found.layers.iter().all(|layer| layer.severity > Severity::Note));
    }
}

/// Two and three wrappings at once, in every order: real data goes through several hands.
#[test]
fn wrappings_are_undone_one_inside_the_other() {
    let doubled = Base64::Standard.encode(serde_json::to_string(RECORD).unwrap().as_bytes());
    let thrice = format!(r#"[{{"data":"{doubled}"}}]"#);
    let found = identify(thrice.as_bytes());
    assert_eq!((name(&found.found), found.layers.len()), ("autonomail", 4), "{found:?}");
    let salted = Base64::Standard.encode(Base64::Standard.encode(&hex::decode(OPENSSL).unwrap()).as_bytes());
    assert_eq!(named(salted.as_bytes()), "OpenSSL enc or CryptoJS");
    assert_eq!(told(salted.as_bytes()).len(), 2);
    // Deeper than anyone wraps: no answer, but an end.
    let mut deep = RECORD.to_owned();
    (0..20).for_each(|_| deep = serde_json::to_string(&deep).unwrap().chars().take(1 << 20).collect());
    let _ = identify(deep.as_bytes());
}

/// What has no name is described by what helps: where it ends, what it is not.
#[test]
fn what_has_no_name_is_described() {
    for (wanted, bytes) in [
        ("empty", &b""[..]),
        ("3 bytes of white space", b" \n\t"),
        ("cut off: it ends at byte 12, inside a string, in member `to`", br#"{"to":"an op"#),
        ("begin like JSON and are none: ", b"{a}"),
        ("without the members of any format", b"{}"),
        ("in no format that sealproof knows, beginning with \"hello\"", b"hello"),
        ("not UTF-8 from byte 0 on", b"\xff\x00\x01"),
    ] {
        assert!(named(bytes).contains(wanted), "{wanted}: {}", named(bytes));
    }
    let (bom, utf16) = (b"\xef\xbb\xbfhello".as_slice(), b"\xff\xfeh\0i\0".as_slice());
    assert!(told(bom)[0].contains("byte order mark") && told(utf16)[0].contains("UTF-16"));
}

/// Ordinary text and numbers are nobody's ciphertext.
#[test]
fn plain_text_is_not_taken_for_anything() {
    for text in [
        "2.5",
        "1.0|2",
        "Dear Ann, thanks.",
        "user@example.org",
        "12:30",
        "a.b.c",
        "3.14159",
        "null",
        "[1,2]",
        "SELECT 1;",
        r#"{"name":"Ann","age":7}"#,
    ] {
        assert!(matches!(identify(text.as_bytes()).found, Found::Unknown(_)), "{text}: {}", named(text.as_bytes()));
    }
}

/// Hostile bytes cost no more than a few passes over them.
#[test]
fn depth_and_size_are_bounded() {
    let deep = "[".repeat(100_000);
    let closed = format!("{deep}{}", "]".repeat(100_000));
    let objects = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    let long = "A".repeat(4 << 20);
    let wide = format!("[{}1]", "{},".repeat(1 << 18));
    for text in [deep, closed, objects, long, wide] {
        let started = std::time::Instant::now();
        let _ = named(text.as_bytes());
        assert!(started.elapsed().as_secs() < 20, "{:.20} took {:?}", text, started.elapsed());
    }
}

/// Cut and changed in every place, real things are called something or nothing, and nothing breaks.
#[test]
fn damaged_things_end_in_an_answer() {
    let real = REAL.iter().map(|(_, text)| text.as_bytes().to_vec());
    let binary = [OPENSSL, GPG, AGE].map(|hex| hex::decode(hex).unwrap());
    for bytes in real.chain(binary).chain([RECORD.as_bytes().to_vec()]) {
        for at in (0..bytes.len()).step_by(7) {
            let _ = named(&bytes[..at]);
            let mut changed = bytes.clone();
            changed[at] ^= 0x15;
            let _ = named(&changed);
        }
    }
}
