//! What may be sealed and hashed: the sizes of keys, salts and nonces that are given, and costs.

use super::autonomail::bear;
use super::notesnook::some_password;
use super::parameter;
use super::stored::some_units;
use crate::Declined;
use primitives::Limits;
use vectors::Fields;

type Allowed = Result<(), Declined>;

/// `autonomail.seal`, `autonomail-2014.seal`.
pub(super) fn autonomail(input: &Fields, limits: &Limits) -> Allowed {
    given(input, &[("salt", 32), ("iv", 16)])?;
    bear(input.integer("iterations"), limits)
}

/// `notesnook.seal`.
pub(super) fn notesnook(input: &Fields) -> Allowed {
    some_password(input.text("password_text"))?;
    given(input, &[("salt", 16), ("nonce", 24)])
}

/// `notesnook-item.seal`.
pub(super) fn item(input: &Fields) -> Allowed {
    given(input, &[("key", 32), ("key_salt", 16), ("nonce", 24)])
}

/// `notesnook.derive-key`.
pub(super) fn derive_key(input: &Fields) -> Allowed {
    given(input, &[("salt", 16)])
}

/// `notesnook.server-hash`.
pub(super) fn server_hash(input: &Fields) -> Allowed {
    some_units(input.text("hash_text"))?;
    given(input, &[("salt", 16)])
}

/// Members of so many bytes; one that is not given is drawn, and right.
fn given(input: &Fields, sizes: &[(&str, usize)]) -> Allowed {
    let there = sizes.iter().filter(|(name, _)| input.value(name).is_some());
    let wrong = there.map(|(name, size)| (name, size, input.bytes(name).len())).find(|(_, size, found)| *size != found);
    wrong.map_or(Ok(()), |(name, _, found)| Err(parameter(format!("{name} has {found} bytes"))))
}
