//! Which costly derivations the oracles make again: all of them, or a sample that the run's seed draws. Layer: `port`; pure.

use std::collections::BTreeMap;

use crate::registry::Work;
use oracle::{Kind, ORACLES, reader};
use primitives::Limits;
use vectors::{Fields, Operation};

/// A derivation of more work is costly: about 10 ms here.
const COSTLY_UNITS: u64 = 20_000;

/// One costly derivation in so many is made again.
const ONE_IN: usize = 8;

/// The costly derivations of a run, and which of them are made again.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    drawn: Vec<(&'static str, Fields)>,
    of: usize,
}

impl Sample {
    /// Draws among the requests of a run: of each operation one costly derivation in eight, and at least one. The same seed
    /// and the same requests give the same sample.
    #[must_use]
    pub fn draw<'v>(requests: impl Iterator<Item = (&'static Operation, &'v Fields, Option<Work>)>, seed: u64) -> Self {
        let mut costly: BTreeMap<&'static str, Vec<Fields>> = BTreeMap::new();
        let is_asked = |operation, work| is_costly(work) && is_recomputed(operation);
        for (operation, input, _) in requests.filter(|(operation, _, work)| is_asked(operation, *work)) {
            let of_one = costly.entry(operation.name).or_default();
            of_one.extend(derived_from(operation, input).filter(|derived| !of_one.contains(derived)));
        }
        let mut random = fastrand::Rng::with_seed(seed);
        let mut drawn = Vec::new();
        for (name, inputs) in &costly {
            let chosen = random.choose_multiple(inputs, inputs.len().div_ceil(ONE_IN));
            drawn.extend(chosen.into_iter().map(|input| (*name, input.clone())));
        }
        Self { drawn, of: costly.values().map(Vec::len).sum() }
    }

    /// Whether the derivation of a request was drawn, or there is none to make.
    pub(super) fn holds(&self, operation: &Operation, input: &Fields) -> bool {
        derived_from(operation, input)
            .is_none_or(|derived| self.drawn.iter().any(|(name, drawn)| *name == operation.name && *drawn == derived))
    }

    /// How many derivations were drawn, and of how many.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.drawn.len(), self.of)
    }
}

/// What a request's key is derived from: its whole input, or of an envelope what the second reader finds in it; `None` where
/// that reads no envelope, so that nothing is derived.
fn derived_from(operation: &Operation, input: &Fields) -> Option<Fields> {
    let Some(parts) = reader::parts(operation, input, &Limits::default()) else { return Some(input.clone()) };
    let parts = parts.ok()?;
    let values = [(input, "password_text"), (&parts, "salt"), (&parts, "iterations")];
    let with = |derived: Fields, (from, name): (&Fields, &'static str)| match from.value(name) {
        Some(value) => derived.with(name, value.clone()),
        None => derived,
    };
    Some(values.into_iter().fold(Fields::new(), with))
}

/// Whether a derivation takes long enough to be drawn for.
pub(super) fn is_costly(work: Option<Work>) -> bool {
    work.is_some_and(|work| work.units > COSTLY_UNITS)
}

/// Whether a library computes the operation at all.
fn is_recomputed(operation: &Operation) -> bool {
    let mut libraries = ORACLES.iter().filter(|oracle| oracle.kind == Kind::Library);
    libraries.any(|library| library.operations().any(|name| name == operation.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;
    use vectors::operation::find;

    fn argon2(salt: u8, passes: u64) -> Fields {
        let input = Fields::new().with_bytes("password", []).with_bytes("salt", [salt; 16]);
        let input = input.with_integer("passes", passes).with_integer("memory_kib", 8_192);
        input.with_integer("lanes", 1).with_integer("length", 32)
    }

    fn login(email: u8) -> Fields {
        Fields::new().with_text("password_text", "p").with_text("email_text", format!("{email}@example.com"))
    }

    fn draw(requests: &[(&str, Fields)], seed: u64) -> Sample {
        let requests = requests.iter().map(|(name, input)| (find(name).unwrap(), input));
        Sample::draw(requests.map(|(operation, input)| (operation, input, registry::work(operation, input))), seed)
    }

    /// A sample that does not follow from the seed could not be repeated; one that is always the same would never see the rest.
    #[test]
    fn the_seed_draws_the_sample() {
        let requests: Vec<_> = (0..24).map(|salt| ("argon2id.derive", argon2(salt, 6))).collect();
        let drawn = |seed| draw(&requests, seed).drawn;
        assert_eq!(drawn(1), drawn(1));
        assert!((2..20).any(|seed| drawn(seed) != drawn(1)));
        assert!(requests.iter().all(|request| (0..200).any(|seed| drawn(seed).contains(request))));
    }

    /// An operation of which nothing is recomputed would have no second opinion at all in that run.
    #[test]
    fn one_in_eight_of_each_operation_is_drawn_and_at_least_one() {
        let mut requests: Vec<_> = (0..17).map(|salt| ("argon2id.derive", argon2(salt, 6))).collect();
        requests.extend([("notesnook.login-hash", login(1)), ("argon2i.derive", argon2(1, 6))]);
        // Asked again, cheap, and what no library computes live.
        requests.push(requests[0].clone());
        requests.push(("argon2i.derive", argon2(2, 2)));
        requests.push(("autonomail.seal", login(1).with_integer("iterations", 1_000_000)));
        let sample = draw(&requests, 3);
        assert_eq!(sample.counts(), (3 + 1 + 1, 17 + 1 + 1));
        assert!(sample.holds(find("notesnook.login-hash").unwrap(), &login(1)));
        assert!(sample.holds(find("argon2i.derive").unwrap(), &argon2(1, 6)));
        assert!(!sample.holds(find("argon2i.derive").unwrap(), &argon2(2, 2)));
    }

    /// Envelopes that were changed in all kinds of ways are one derivation, and those that are not read are none.
    #[test]
    fn envelopes_of_one_key_are_drawn_together() {
        let open = |salt: &str, cipher: &str| {
            let texts = format!(
                r#"{{"format":"base64","alg":"xcha-argon2i13-7","cipher":"{cipher}","iv":"{}","#,
                "A".repeat(32)
            );
            let envelope = format!(r#"{texts}"salt":"{salt}","length":1}}"#);
            ("notesnook.open", Fields::new().with_text("password_text", "p").with_bytes("envelope", envelope))
        };
        let (one, other) = ("A".repeat(22), format!("B{}", "A".repeat(21)));
        let ciphers = ["A".repeat(23), format!("B{}", "A".repeat(22)), "A".repeat(24)];
        let mut requests: Vec<_> = ciphers.iter().map(|cipher| open(&one, cipher)).collect();
        requests.extend([open(&other, &ciphers[0]), open("no salt", &ciphers[0])]);
        let sample = draw(&requests, 1);
        assert_eq!(sample.counts(), (1, 2));
        let held = requests.iter().map(|(name, input)| sample.holds(find(name).unwrap(), input)).collect::<Vec<_>>();
        assert!(
            [[true, true, true, false, true], [false, false, false, true, true]]
                .contains(&held[..].try_into().unwrap())
        );
    }
}
