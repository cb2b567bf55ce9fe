//! The measure for the parse targets: `serde_json::from_slice` into a struct with the members of the format, and nothing
//! else. `scripts/bench-fuzz` runs them in the same loop.

use std::hint::black_box;

use serde::Deserialize;

/// One format's members and the target that reads them.
macro_rules! members {
    ($target:ident, $members:ident { $($member:ident: $kind:ty),+ }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[expect(dead_code, reason = "what is read is measured and not used")]
        struct $members { $($member: $kind),+ }

        /// Reads the members.
        pub fn $target(bytes: &[u8]) {
            let _ = black_box(serde_json::from_slice::<$members>(bytes));
        }
    };
}

members!(autonomail, Autonomail { salt: String, secure_data: String });
members!(autonomail_2014, Autonomail2014 { salt: String, iterations: u64, secure_data: String });
members!(
    sjcl,
    Sjcl { iv: String, v: u64, iter: u64, ks: u64, ts: u64, mode: String, adata: String, cipher: String, ct: String }
);
members!(notesnook, Notesnook {
    format: Option<String>, alg: Option<String>, cipher: String, iv: String, salt: String, length: i64,
    chunk_size: Option<u64>
});
members!(notesnook_item, NotesnookItem {
    format: Option<String>, alg: Option<String>, cipher: String, iv: String, salt: Option<String>, length: i64,
    chunk_size: Option<u64>, v: f64, id: String, key_version: Option<u64>
});
