//! A small vector file that keeps every rule, for tests that break one at a time.

use std::borrow::Cow;

use super::source::SourceFile;

pub(super) const CLEAN: &str = r#"{
  "format": 1,
  "operation": "blake2b.digest",
  "title_text": "BLAKE2b of little",
  "policy": "core",
  "cost": "fast",
  "spec": [
    "RFC 7693"
  ],
  "source": {
    "recipe": "blake2b/little",
    "seed": "5a6d6211e9a3e3dc077d8e3f7431b356e45ceed2f68049f8c4db5d896f1b7ef3",
    "oracles": {
      "openssl": "3.0.19"
    }
  },
  "flags": {
    "OutLen": {
      "bug": "EDGE_CASE",
      "why": "the length is taken as it comes",
      "effect": "a digest of no strength",
      "links": [],
      "cves": []
    }
  },
  "cases": [
    {"id":1,"name":"one-byte","why":"The shortest digest there is","flags":[],"input":{"message":"00ff","key":"","length":1},"expect":{"output":{"digest":"6b"}},"trace":{"block":"00ff"},"confirmed_by":["reference","openssl"]},
    {"id":2,"name":"no-byte","why":"A digest of no byte","flags":["OutLen"],"derived_from":1,"input":{"message":"00ff","key":"","length":0},"expect":{"reject":["parameter"]},"trace":{},"confirmed_by":["reference","openssl"]}
  ]
}
"#;

/// The clean file with one text put in another's place, wherever it stands.
pub(super) fn broken(from: &str, to: &str) -> SourceFile {
    assert!(CLEAN.contains(from), "the fixture has no {from}");
    source(&CLEAN.replace(from, to))
}

/// The same of the clean file with each member on a line of its own, as people write one: places in it are lines.
pub(super) fn broken_spread(from: &str, to: &str) -> SourceFile {
    let json: serde_json::Value = serde_json::from_str(CLEAN).unwrap();
    let spread = serde_json::to_string_pretty(&json).unwrap() + "\n";
    assert!(spread.contains(from), "the fixture has no {from}");
    source(&spread.replace(from, to))
}

pub(super) fn source(text: &str) -> SourceFile {
    SourceFile { path: "blake2b/little".to_owned(), bytes: Cow::Owned(text.as_bytes().to_vec()) }
}
