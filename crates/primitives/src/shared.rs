//! Keys that are derived once and shared, for callers who need equal derivations again and again.
//!
//! In: a derivation with all of its inputs, who computes it, and how. Out: its key. The first who asks computes it; who asks
//! for the same meanwhile waits. Nothing is shared outside [`SharedKeys::while_sharing`], so whoever measures derivations
//! makes each of them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha512};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::variant::Argon2Variant;

/// Derivations of less work take about a millisecond or less and are made each time.
const UNITS_MIN: u64 = 2_000;

/// Longer keys are not kept.
const KEY_BYTES_MAX: u64 = 1_024;

/// No more keys are kept; what is asked after them is made each time.
const KEYS_MAX: usize = 4_096;

/// Who computes. A key of one engine never answers for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// This suite's reference.
    Reference,
    /// libsodium.
    Libsodium,
    /// OpenSSL.
    OpenSsl,
}

/// A derivation and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// PBKDF2-HMAC-SHA512.
    Pbkdf2HmacSha512 {
        /// Its count.
        iterations: u64,
    },
    /// Argon2, version 0x13.
    Argon2 {
        /// Argon2i or Argon2id.
        variant: Argon2Variant,
        /// Passes over the memory.
        passes: u64,
        /// The memory, KiB.
        memory_kib: u64,
        /// Lanes.
        lanes: u64,
    },
}

/// All that a derived key depends on.
#[derive(Clone, Copy)]
pub struct Derivation<'a> {
    /// Who computes it.
    pub engine: Engine,
    /// What is computed.
    pub function: Function,
    /// The password.
    pub password: &'a [u8],
    /// The salt.
    pub salt: &'a [u8],
    /// Bytes of the key.
    pub length: u64,
}

/// Keys that were derived, wiped when the last of those who share them is gone.
#[derive(Clone, Default)]
pub struct SharedKeys(Arc<Mutex<HashMap<Fingerprint, Arc<Slot>>>>);

/// One key. It is locked while it is computed, so that nobody computes it beside that.
type Slot = Mutex<Option<Zeroizing<Vec<u8>>>>;

/// The SHA-512 of a derivation.
#[derive(PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
struct Fingerprint([u8; 64]);

thread_local! {
    /// The keys that this thread shares now.
    static SHARING: RefCell<Option<SharedKeys>> = const { RefCell::new(None) };
}

impl SharedKeys {
    /// Does some work whose derivations, on this thread, are shared through these keys.
    pub fn while_sharing<T>(&self, work: impl FnOnce() -> T) -> T {
        let _before = Before(SHARING.replace(Some(self.clone())));
        work()
    }

    fn slot(&self, derivation: &Derivation<'_>) -> Option<Arc<Slot>> {
        let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = slots.len() >= KEYS_MAX;
        match slots.entry(derivation.fingerprint()) {
            Entry::Occupied(entry) => Some(Arc::clone(entry.get())),
            Entry::Vacant(_) if is_full => None,
            Entry::Vacant(entry) => Some(Arc::clone(entry.insert(Arc::default()))),
        }
    }
}

/// What a thread shared before, which it shares again afterwards, also when the work panics.
struct Before(Option<SharedKeys>);

impl Drop for Before {
    fn drop(&mut self) {
        SHARING.set(self.0.take());
    }
}

impl Derivation<'_> {
    /// The key: from those that this thread shares if it is among them, else by `derive`. What fails is not kept.
    ///
    /// # Errors
    ///
    /// Those of `derive`.
    pub fn key<E>(&self, derive: impl FnOnce() -> Result<Zeroizing<Vec<u8>>, E>) -> Result<Zeroizing<Vec<u8>>, E> {
        let slot = if self.is_worth_sharing() {
            SHARING.with_borrow(|sharing| sharing.as_ref().and_then(|keys| keys.slot(self)))
        } else {
            None
        };
        let Some(slot) = slot else { return derive() };
        let mut kept = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = &*kept {
            return Ok(key.clone());
        }
        let key = derive()?;
        *kept = Some(key.clone());
        Ok(key)
    }

    fn is_worth_sharing(&self) -> bool {
        let units = match self.function {
            Function::Pbkdf2HmacSha512 { iterations } => iterations.saturating_mul(self.length.div_ceil(64)),
            Function::Argon2 { passes, memory_kib, .. } => passes.saturating_mul(memory_kib),
        };
        units >= UNITS_MIN && self.length <= KEY_BYTES_MAX
    }

    fn fingerprint(&self) -> Fingerprint {
        let Self { engine, function, password, salt, length } = self;
        let parts = format!("{engine:?} {function:?} {length} {}\0", password.len());
        let digest = Sha512::new().chain_update(parts).chain_update(password).chain_update(salt).finalize();
        Fingerprint(digest.into())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const COSTLY: Function = Function::Pbkdf2HmacSha512 { iterations: UNITS_MIN };

    fn of(engine: Engine) -> Derivation<'static> {
        Derivation { engine, function: COSTLY, password: b"password", salt: b"salt", length: 32 }
    }

    /// The derivation's key where it would be this byte if it were derived now.
    fn ask(derivation: &Derivation<'_>, now: u8) -> u8 {
        let Ok(key) = derivation.key(|| Ok::<_, Infallible>(Zeroizing::new(vec![now])));
        key[0]
    }

    /// A second opinion that is the first one's key would agree with every mistake.
    #[test]
    fn a_key_of_one_engine_is_never_anothers() {
        SharedKeys::default().while_sharing(|| {
            let engines = [Engine::Reference, Engine::Libsodium, Engine::OpenSsl];
            for (engine, key) in engines.into_iter().zip(1..) {
                assert_eq!(ask(&of(engine), key), key, "{engine:?}");
            }
            for (engine, key) in engines.into_iter().zip(1..) {
                assert_eq!(ask(&of(engine), 9), key, "{engine:?}");
            }
        });
    }

    /// Two derivations under one fingerprint would give a port the key of another password.
    #[test]
    fn every_input_tells_derivations_apart() {
        let one = of(Engine::Reference);
        let argon2 = |variant, lanes| Function::Argon2 { variant, passes: 3, memory_kib: 8_192, lanes };
        let others = [
            Derivation { function: Function::Pbkdf2HmacSha512 { iterations: UNITS_MIN + 1 }, ..one },
            Derivation { function: argon2(Argon2Variant::I, 1), ..one },
            Derivation { function: argon2(Argon2Variant::Id, 1), ..one },
            Derivation { function: argon2(Argon2Variant::Id, 2), ..one },
            Derivation { password: b"passwor", salt: b"dsalt", ..one },
            Derivation { password: b"passwords", salt: b"alt", ..one },
            Derivation { length: 33, ..one },
        ];
        SharedKeys::default().while_sharing(|| {
            assert_eq!(ask(&one, 0), 0);
            for (other, now) in others.iter().zip(1..) {
                assert_eq!(ask(other, now), now, "{now}");
            }
            assert_eq!(ask(&one, 99), 0);
        });
    }

    /// What measures derivations, or asks a cheap one twice to see whether it stays the same, must not be given a kept key.
    #[test]
    fn nothing_is_shared_unasked_nor_when_it_is_cheap_or_failed() {
        let keys = SharedKeys::default();
        let one = of(Engine::Reference);
        let cheap = Derivation { function: Function::Pbkdf2HmacSha512 { iterations: UNITS_MIN - 1 }, ..one };
        keys.while_sharing(|| {
            assert_eq!(one.key(|| Err("no memory")), Err("no memory"));
            assert_eq!((ask(&one, 1), ask(&one, 2)), (1, 1));
            assert_eq!((ask(&cheap, 1), ask(&cheap, 2)), (1, 2));
        });
        assert_eq!((ask(&one, 2), ask(&one, 3)), (2, 3), "outside");
        let panicked = std::panic::catch_unwind(|| keys.while_sharing(|| panic!("within")));
        assert!(panicked.is_err() && ask(&one, 4) == 4, "after a panic");
        assert_eq!(SharedKeys::default().while_sharing(|| ask(&one, 5)), 5, "in another run");
    }

    /// Two workers that compute one key at the same time would each pay for it.
    #[test]
    fn who_asks_meanwhile_waits() {
        let (keys, made, together) = (SharedKeys::default(), AtomicUsize::new(0), Barrier::new(4));
        let slow = || {
            made.fetch_add(1, Ordering::Relaxed);
            std::thread::sleep(std::time::Duration::from_millis(20));
            Ok::<_, Infallible>(Zeroizing::new(vec![7]))
        };
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    together.wait();
                    keys.while_sharing(|| assert_eq!(of(Engine::Reference).key(slow).unwrap()[0], 7));
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }

    /// A run that asks ever new keys must not grow without end.
    #[test]
    fn a_full_store_keeps_no_more() {
        SharedKeys::default().while_sharing(|| {
            let salted = |at: usize| at.to_le_bytes();
            for at in 0..KEYS_MAX {
                ask(&Derivation { salt: &salted(at), ..of(Engine::Reference) }, 1);
            }
            let late = salted(KEYS_MAX);
            let late = Derivation { salt: &late, ..of(Engine::Reference) };
            assert_eq!((ask(&late, 1), ask(&late, 2)), (1, 2));
            assert_eq!(ask(&Derivation { salt: &salted(0), ..late }, 3), 1);
        });
    }
}
