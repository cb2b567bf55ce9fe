//! The vectors of Notesnook: valid envelopes made by hand with libsodium, and each of them with one thing changed.
//!
//! What the published clients refuse too is `core`; what the node build of their library lets through is `strict`.

mod account;
mod base64;
mod bound;
mod edges;
mod flags;
mod json;
mod members;
mod open;
mod phc;
mod pieces;
mod ranges;
mod sample;
mod seal;
mod server;
mod two_keys;
mod words;

use crate::builder::Recipe;
use sample::Mode::{Item, Password};

/// Every recipe of the two families.
pub(crate) const RECIPES: &[Recipe] = &[
    Recipe { name: "notesnook/login-hash", write: account::login_hash },
    Recipe { name: "notesnook/derive-key", write: account::derive_key },
    Recipe { name: "notesnook/derive-key-strict", write: account::derive_key_strict },
    Recipe { name: "notesnook/server-hash", write: server::hash },
    Recipe { name: "notesnook/server-hash-drawn", write: server::drawn },
    Recipe { name: "notesnook/server-verify", write: server::verify },
    Recipe { name: "notesnook/server-verify-strict", write: server::verify_strict },
    Recipe { name: "notesnook/server-verify-cost", write: server::verify_cost },
    Recipe { name: "notesnook/open", write: open::passwords },
    Recipe { name: "notesnook/open-tampered", write: |stream| open::tampered(Password, stream) },
    Recipe { name: "notesnook/open-members", write: |stream| members::core(Password, stream) },
    Recipe { name: "notesnook/open-members-strict", write: |stream| members::strict(Password, stream) },
    Recipe { name: "notesnook/seal", write: seal::password },
    Recipe { name: "notesnook/seal-drawn", write: seal::password_drawn },
    Recipe { name: "notesnook-item/open", write: open::items },
    Recipe { name: "notesnook-item/open-tampered", write: |stream| open::tampered(Item, stream) },
    Recipe { name: "notesnook-item/open-members", write: |stream| members::core(Item, stream) },
    Recipe { name: "notesnook-item/open-members-strict", write: |stream| members::strict(Item, stream) },
    Recipe { name: "notesnook-item/seal", write: seal::item },
    Recipe { name: "notesnook-item/seal-drawn", write: seal::item_drawn },
    Recipe { name: "notesnook/open-json", write: |stream| json::core(Password, stream) },
    Recipe { name: "notesnook/open-json-strict", write: |stream| json::strict(Password, stream) },
    Recipe { name: "notesnook/open-base64", write: |stream| base64::core(Password, stream) },
    Recipe { name: "notesnook/open-base64-strict", write: |stream| base64::strict(Password, stream) },
    Recipe { name: "notesnook/open-bound", write: |stream| bound::bound(Password, stream) },
    Recipe { name: "notesnook/open-one-refusal", write: |stream| bound::one_refusal(Password, stream) },
    Recipe { name: "notesnook/open-two-keys", write: |stream| two_keys::open(Password, stream) },
    Recipe { name: "notesnook/open-words", write: |stream| words::open(Password, stream) },
    Recipe { name: "notesnook/seal-words", write: |stream| words::seal(Password, stream) },
    Recipe { name: "notesnook-item/open-json", write: |stream| json::core(Item, stream) },
    Recipe { name: "notesnook-item/open-json-strict", write: |stream| json::strict(Item, stream) },
    Recipe { name: "notesnook-item/open-base64", write: |stream| base64::core(Item, stream) },
    Recipe { name: "notesnook-item/open-base64-strict", write: |stream| base64::strict(Item, stream) },
    Recipe { name: "notesnook-item/open-bound", write: |stream| bound::bound(Item, stream) },
    Recipe { name: "notesnook-item/open-one-refusal", write: |stream| bound::one_refusal(Item, stream) },
    Recipe { name: "notesnook-item/open-two-keys", write: |stream| two_keys::open(Item, stream) },
    Recipe { name: "notesnook-item/open-words", write: |stream| words::open(Item, stream) },
    Recipe { name: "notesnook-item/seal-words", write: |stream| words::seal(Item, stream) },
    Recipe { name: "notesnook/derive-key-words", write: words::derive_key },
    Recipe { name: "notesnook/login-hash-words", write: words::login_hash },
    Recipe { name: "notesnook/server-hash-words", write: phc::hash_words },
    Recipe { name: "notesnook/server-verify-words", write: phc::verify_words },
    Recipe { name: "notesnook/server-verify-forms-strict", write: phc::forms },
    Recipe { name: "notesnook/open-edges", write: |stream| edges::open(Password, stream) },
    Recipe { name: "notesnook-item/open-edges", write: |stream| edges::open(Item, stream) },
    Recipe { name: "notesnook/open-pieces", write: |stream| pieces::open(Password, stream) },
    Recipe { name: "notesnook/seal-pieces", write: |stream| pieces::seal(Password, stream) },
    Recipe { name: "notesnook/derive-key-pieces", write: pieces::derive_key },
    Recipe { name: "notesnook-item/open-pieces", write: |stream| pieces::open(Item, stream) },
    Recipe { name: "notesnook-item/seal-pieces", write: |stream| pieces::seal(Item, stream) },
    Recipe { name: "notesnook-item/open-long-pieces", write: pieces::open_long },
    Recipe { name: "notesnook/open-ranges", write: |stream| ranges::open(Password, stream) },
    Recipe { name: "notesnook-item/open-ranges", write: |stream| ranges::open(Item, stream) },
];
