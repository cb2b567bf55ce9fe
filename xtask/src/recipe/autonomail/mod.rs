//! The vectors of both Autonomail profiles: valid records made by hand, and each of them with one thing changed.
//!
//! What the published client and SJCL refuse too is `core`; what they let through is `strict`.

mod base64;
mod bound;
mod edges;
mod flags;
mod header;
mod json;
mod open;
mod pieces;
mod record;
mod sample;
mod seal;
mod text;
mod two_keys;
mod words;

use crate::builder::Recipe;
use sample::Profile::{Client2014, Documented};

/// Every recipe of the two families.
pub(crate) const RECIPES: &[Recipe] = &[
    Recipe { name: "autonomail/open", write: |stream| open::open(Documented, stream) },
    Recipe { name: "autonomail/open-tampered", write: |stream| open::tampered(Documented, stream) },
    Recipe { name: "autonomail/open-cost", write: open::cost },
    Recipe { name: "autonomail/open-record", write: |stream| record::core(Documented, stream) },
    Recipe { name: "autonomail/open-record-strict", write: |stream| record::strict(Documented, stream) },
    Recipe { name: "autonomail/open-sjcl-text", write: |stream| text::core(Documented, stream) },
    Recipe { name: "autonomail/open-sjcl-text-strict", write: |stream| text::strict(Documented, stream) },
    Recipe { name: "autonomail/seal", write: |stream| seal::given(Documented, stream) },
    Recipe { name: "autonomail/seal-drawn", write: |stream| seal::drawn(Documented, stream) },
    Recipe { name: "autonomail/seal-cost", write: |stream| seal::cost(Documented, stream) },
    Recipe { name: "autonomail/seal-strict", write: |stream| seal::strict(Documented, stream) },
    Recipe { name: "autonomail-2014/open", write: |stream| open::open(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-tampered", write: |stream| open::tampered(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-cost", write: open::cost_2014 },
    Recipe { name: "autonomail-2014/open-record", write: |stream| record::core(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-record-strict", write: |stream| record::strict(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-iterations", write: record::iterations },
    Recipe { name: "autonomail-2014/open-iterations-strict", write: record::iterations_strict },
    Recipe { name: "autonomail-2014/seal", write: |stream| seal::given(Client2014, stream) },
    Recipe { name: "autonomail-2014/seal-drawn", write: |stream| seal::drawn(Client2014, stream) },
    Recipe { name: "autonomail-2014/seal-cost", write: |stream| seal::cost(Client2014, stream) },
    Recipe { name: "autonomail-2014/seal-strict", write: |stream| seal::strict(Client2014, stream) },
    Recipe { name: "autonomail/open-json", write: |stream| json::core(Documented, stream) },
    Recipe { name: "autonomail/open-json-strict", write: |stream| json::strict(Documented, stream) },
    Recipe { name: "autonomail/open-base64", write: |stream| base64::core(Documented, stream) },
    Recipe { name: "autonomail/open-base64-strict", write: |stream| base64::strict(Documented, stream) },
    Recipe { name: "autonomail/open-header", write: |stream| header::core(Documented, stream) },
    Recipe { name: "autonomail/open-header-strict", write: |stream| header::strict(Documented, stream) },
    Recipe { name: "autonomail/open-bound", write: |stream| bound::bound(Documented, stream) },
    Recipe { name: "autonomail/open-one-refusal", write: |stream| bound::one_refusal(Documented, stream) },
    Recipe { name: "autonomail/open-two-keys", write: |stream| two_keys::open(Documented, stream) },
    Recipe { name: "autonomail/open-words", write: |stream| words::open(Documented, stream) },
    Recipe { name: "autonomail/seal-words", write: |stream| words::seal(Documented, stream) },
    Recipe { name: "autonomail-2014/open-sjcl-text", write: |stream| text::core(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-sjcl-text-strict", write: |stream| text::strict(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-json", write: |stream| json::core(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-json-strict", write: |stream| json::strict(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-base64", write: |stream| base64::core(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-base64-strict", write: |stream| base64::strict(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-bound", write: |stream| bound::bound(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-one-refusal", write: |stream| bound::one_refusal(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-two-keys", write: |stream| two_keys::open(Client2014, stream) },
    Recipe { name: "autonomail-2014/open-words", write: |stream| words::open(Client2014, stream) },
    Recipe { name: "autonomail-2014/seal-words", write: |stream| words::seal(Client2014, stream) },
    Recipe { name: "autonomail/open-edges", write: |stream| edges::open(Documented, stream) },
    Recipe { name: "autonomail-2014/open-edges", write: |stream| edges::open(Client2014, stream) },
    Recipe { name: "autonomail/open-pieces", write: |stream| pieces::open(Documented, stream) },
    Recipe { name: "autonomail/seal-pieces", write: |stream| pieces::seal(Documented, stream) },
    Recipe { name: "autonomail/open-long-pieces", write: pieces::open_long },
    Recipe { name: "autonomail-2014/open-pieces", write: |stream| pieces::open(Client2014, stream) },
    Recipe { name: "autonomail-2014/seal-pieces", write: |stream| pieces::seal(Client2014, stream) },
];
