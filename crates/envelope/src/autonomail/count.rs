//! A record whose iteration count nobody knows: found by trying every count on the way.
//!
//! PBKDF2 passes through the keys of all smaller counts, so one derivation tries them all; each is held against the tag.

use super::Profile;
use super::documented::Record;
use crate::OpenError;
use primitives::Limits;
use primitives::kdf::Pbkdf2Chain;

/// Up to so many bytes of ciphertext the tag costs less than an iteration, and every count is tried.
const EVERY_COUNT_BYTES_MAX: usize = 1 << 10;

/// Of a longer ciphertext only counts that people and programs choose are tried: multiples of this.
const USUAL_STEP: u64 = 100;

/// Counts between two looks at whether to go on.
const LOOK_EVERY: u64 = 1 << 10;

/// What a search for a count found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountSearch {
    /// The count under which the record opens.
    pub found: Option<u64>,
    /// The last count that was tried.
    pub tried: u64,
    /// Only multiples of this were tried.
    pub step: u64,
}

/// Searches from 1 up to the limits' ceiling, as long as `goes_on` says so.
///
/// # Errors
///
/// [`OpenError`] for a record that does not parse.
pub fn find_iterations(
    password: &str,
    record: &[u8],
    limits: &Limits,
    goes_on: &dyn Fn() -> bool,
) -> Result<CountSearch, OpenError> {
    let Record { salt, envelope } = Record::read(record, limits)?;
    let step = if envelope.sealed().len() <= EVERY_COUNT_BYTES_MAX { 1 } else { USUAL_STEP };
    let mut chain = Pbkdf2Chain::new(password.as_bytes(), &salt);
    let mut search = CountSearch { found: None, tried: 0, step };
    for count in 1..=limits.iterations_max {
        let key = Profile::Documented.key(chain.next_key()).try_into();
        if count.is_multiple_of(step) && key.is_ok_and(|key| envelope.open(key).is_ok()) {
            return Ok(CountSearch { found: Some(count), tried: count, step });
        }
        search.tried = count;
        if count.is_multiple_of(LOOK_EVERY) && !goes_on() {
            break;
        }
    }
    Ok(search)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::autonomail::documented::seal;

    /// A count that is passed over by one, or found under another password, would send a person away wrongly.
    #[test]
    fn the_count_of_a_record_is_found_and_no_other() {
        let limits = Limits::default();
        for (count, length) in [(1, 0), (2, 3), (1_777, 40), (2_100, 5_000)] {
            let record = seal("pw", count, &[7; 32], &[9; 16], &vec![5; length], &limits).unwrap();
            let found = find_iterations("pw", &record, &limits, &|| true).unwrap();
            assert_eq!((found.found, found.tried), (Some(count), count));
            let none = find_iterations("other", &record, &limits, &|| false).unwrap();
            assert_eq!((none.found, none.tried), (None, LOOK_EVERY));
        }
        assert!(find_iterations("pw", b"{}", &limits, &|| true).is_err());
    }
}
