//! The vectors of both Autonomail profiles: valid records made by hand, and each of them with one thing changed.
//!
//! What the published client and SJCL refuse too is `core`; what they let through is `strict`.

mod flags;
mod open;
mod record;
mod sample;
mod seal;
mod text;

use crate::generate::Recipe;
use sample::Profile::{Client2014, Documented};

/// Every recipe of the two families.
pub(crate) const RECIPES: &[Recipe] = &[
    Recipe { name: "autonomail/open", write: |stream| open::open(Documented, stream) },
    Recipe { name: "autonomail/open-tampered", write: |stream| open::tampered(Documented, stream) },
    Recipe { name: "autonomail/open-cost", write: open::cost },
    Recipe { name: "autonomail/open-record", write: |stream| record::core(Documented, stream) },
    Recipe { name: "autonomail/open-record-strict", write: |stream| record::strict(Documented, stream) },
    Recipe { name: "autonomail/open-sjcl-text", write: text::core },
    Recipe { name: "autonomail/open-sjcl-text-strict", write: text::strict },
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
];
