//! The vectors of Notesnook: valid envelopes made by hand with libsodium, and each of them with one thing changed.
//!
//! What the published clients refuse too is `core`; what the node build of their library lets through is `strict`.

mod account;
mod flags;
mod members;
mod open;
mod sample;
mod seal;
mod server;

use crate::generate::Recipe;
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
];
