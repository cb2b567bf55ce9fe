//! The sets of others: what is committed is what was fetched, and the reference holds to all of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sealproof::diagnosis::kill::failed;
use sealproof::diagnosis::{Derivations, Mutant, Parts, mistakes};
use sealproof::primitives::Limits;
use sealproof::primitives::hash::sha256;
use sealproof::registry;
use sealproof::vector::foreign::{self, Imported};
use sealproof::vector::{Answer, Expect, source};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a set that may hold tests, by name.
fn set(folder: &Path) -> BTreeMap<String, Imported> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let tests = paths.filter(|path| {
        path.extension().is_some_and(|ending| ["json", "rsp", "txt"].iter().any(|known| ending == *known))
    });
    tests.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), foreign::load(&path).unwrap())).collect()
}

/// The number of cases; the reference must answer each as its own project says.
fn hold(imported: &Imported) -> usize {
    let cases = imported.files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
    cases
        .map(|(file, case)| {
            let answer = registry::reference(file.operation, &case.input, &Limits::default());
            let holds = match (&case.expect, &answer) {
                (Expect::Output(wanted), Answer::Output(found)) => wanted == found,
                (Expect::Reject(reasons), Answer::Reject { reason, .. }) => reasons.contains(reason),
                (Expect::Output(_) | Expect::Reject(_) | Expect::Opens(_), _) => false,
            };
            assert!(holds, "{}: {}\nfound {answer:?}", file.case_id(case), case.why);
        })
        .count()
}

/// The cases that the models fail, of all that the kill table counts.
fn failures(set: &BTreeMap<String, Imported>) -> Vec<String> {
    let derivations = Derivations::default();
    let models = Mutant::new(Parts::MODELS, &derivations);
    let files = set.values().flat_map(|imported| imported.files.iter().chain(&imported.unsendable));
    files.flat_map(|file| failed(&models, file).into_iter().map(|id| format!("{}/{id}", file.path))).collect()
}

/// Cases used and tests left out, by file. A loader that read less than there is would pass every other test.
const WYCHEPROOF: [(&str, usize, usize); 4] = [
    ("aes_gcm_test.json", 105 + 76, 211),
    ("hmac_sha512_test.json", 33, 141),
    ("pbkdf2_hmacsha512_test.json", 58, 0),
    ("xchacha20_poly1305_test.json", 315 + 246, 0),
];
const CRYPTOGRAPHY: [(&str, usize, usize); 5] = [
    ("SHA512ShortMsg.rsp", 129, 0),
    ("argon2i.txt", 4, 1),
    ("argon2id.txt", 5, 1),
    ("blake2b.txt", 7, 0),
    ("rfc-4231-sha512.txt", 6, 0),
];
/// NIST's own counts: 7,875 of each direction, 128 long messages.
const TOO_LARGE: [(&str, usize, usize); 3] =
    [("SHA512LongMsg.rsp", 128, 0), ("gcmDecrypt256.rsp", 7875, 0), ("gcmEncryptExtIV256.rsp", 7875, 0)];

fn counted(set: &BTreeMap<String, Imported>) -> Vec<(&str, usize, usize)> {
    set.iter().map(|(name, imported)| (name.as_str(), hold(imported), imported.left_out.count())).collect()
}

/// The reference that disagrees with a public set could judge no port by its own.
#[test]
fn the_reference_holds_to_every_imported_test() {
    assert_eq!(counted(&set(&folder("vectors/third_party/wycheproof"))), WYCHEPROOF);
    assert_eq!(counted(&set(&folder("vectors/third_party/cryptography-vectors"))), CRYPTOGRAPHY);
}

/// The sets that are too large to be committed; `scripts/third-party` fetches them, and `scripts/test` runs this test.
#[test]
#[ignore = "needs target/third-party, which scripts/third-party fetches"]
fn the_reference_holds_to_every_fetched_test() {
    let mut wanted = [&CRYPTOGRAPHY[..], &TOO_LARGE].concat();
    wanted.sort_unstable();
    let fetched = set(&folder("target/third-party/cryptography-vectors"));
    assert_eq!(counted(&fetched), wanted);
    assert_eq!(failures(&fetched), [""; 0]);
}

/// A model that is wrong by itself makes a set notice every mistake in it: CAVP's IVs of 128 bytes did so.
#[test]
fn the_models_hold_to_every_imported_test() {
    for name in ["wycheproof", "cryptography-vectors"] {
        assert_eq!(failures(&set(&folder("vectors/third_party").join(name))), [""; 0]);
    }
}

/// The reference leaves a secret out without a word: a mistake in Argon2 that leaves the model out would seem to be noticed by
/// the examples of the RFC.
#[test]
fn every_mistake_in_argon2_is_made_in_the_model() {
    let asked = ["argon2i.derive", "argon2id.derive"];
    for mistake in mistakes::all().filter(|mistake| asked.iter().any(|name| mistake.operations.contains(name))) {
        assert!(mistake.parts().argon2.is_some(), "{}", mistake.name);
    }
}

/// RFC 9106's own two vectors have a secret and associated data. OpenSSL takes both, and so shows that they are read rightly.
#[cfg(feature = "openssl")]
#[test]
fn what_no_request_can_carry_is_read_rightly_all_the_same() {
    let set = set(&folder("vectors/third_party/cryptography-vectors"));
    let files: Vec<_> = set.values().flat_map(|imported| &imported.unsendable).collect();
    assert_eq!(files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["pyca/argon2i", "pyca/argon2id"]);
    for file in files {
        let [case] = &file.cases[..] else { panic!("{}", file.path) };
        let input = &case.input;
        let [lanes, memory, passes] =
            ["lanes", "memory_kib", "passes"].map(|name| u32::try_from(input.integer(name)).unwrap());
        let (password, salt) = (input.bytes("password"), input.bytes("salt"));
        let (data, secret) = (Some(input.bytes("associated_data")), Some(input.bytes("secret")));
        let mut key = vec![0; 32];
        let derive =
            if file.operation.name == "argon2i.derive" { openssl::kdf::argon2i } else { openssl::kdf::argon2id };
        derive(None, password, salt, data, secret, passes, lanes, memory, &mut key).unwrap();
        let Expect::Output(wanted) = &case.expect else { panic!("{:?}", case.expect) };
        assert_eq!(wanted.bytes("key"), key, "{}", file.path);
    }
}

/// A set that was edited, or a file that came from elsewhere, would be no third party's any more.
#[test]
fn every_committed_file_has_the_hash_of_its_origin() {
    for set in ["wycheproof", "cryptography-vectors"] {
        let set = folder("vectors/third_party").join(set);
        let origin: toml::Table = fs::read_to_string(set.join("ORIGIN.toml")).unwrap().parse().unwrap();
        let pinned: BTreeMap<&str, &str> = origin["imported"]
            .as_table()
            .unwrap()
            .iter()
            .map(|(place, hash)| (place.rsplit('/').next().unwrap(), hash.as_str().unwrap()))
            .collect();
        for entry in fs::read_dir(&set).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let bytes = fs::read(&path).unwrap();
            assert!(bytes.len() < 400 << 10, "{name} is too large to be committed");
            match pinned.get(name) {
                Some(hash) => assert_eq!(hex::encode(sha256(&bytes)), *hash, "{name}"),
                None => assert!(name == "ORIGIN.toml" || name.starts_with("LICENSE"), "{name} is not in ORIGIN.toml"),
            }
        }
        for (name, _) in pinned {
            assert!(set.join(name).is_file(), "{name} is missing");
        }
        assert!(set.join("LICENSE").is_file());
    }
}

/// The licences of others must not travel inside the binary, where nobody reads them.
#[test]
fn the_binary_holds_no_file_of_others() {
    assert!(source::embedded_bytes("index.json").is_some());
    assert!(source::embedded_bytes("third_party/wycheproof/aes_gcm_test.json").is_none());
    assert!(source::embedded().unwrap().iter().all(|file| !file.path.starts_with("third_party")));
}
