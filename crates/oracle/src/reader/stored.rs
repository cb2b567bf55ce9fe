//! What Notesnook's server keeps of a password: an Argon2id text of one form.

use data_encoding::BASE64_NOPAD;

use super::members::{decoded, sized};
use super::{malformed, parameter, too_costly};
use crate::Declined;
use primitives::Limits;
use vectors::Fields;

/// Bytes of libsodium's buffer, which the server may have kept whole with its zeros.
const BUFFER_BYTES: usize = 128;

/// UTF-16 units of a password.
const PASSWORD_UNITS_MAX: usize = 2048;

/// `notesnook.server-verify`: `$argon2id$v=19$m=…,t=…,p=1$…$…` and nothing or zeros after it.
///
/// # Errors
///
/// Why it is not read.
pub(super) fn read(input: &Fields, limits: &Limits) -> Result<(), Declined> {
    some_units(input.text("hash_text"))?;
    let text = input.text("stored_text");
    let bare = text.trim_end_matches('\0');
    if text.len() != bare.len() && text.len() != BUFFER_BYTES {
        return Err(malformed("zeros that do not fill a whole buffer"));
    }
    let parts: Vec<_> = bare.split('$').collect();
    let ["", "argon2id", "v=19", costs, salt, hash] = parts[..] else {
        return Err(malformed("not an Argon2id PHC string"));
    };
    sized::<16>("salt", &decoded("salt", salt, &BASE64_NOPAD)?)?;
    sized::<32>("hash", &decoded("hash", hash, &BASE64_NOPAD)?)?;
    bear(costs, limits)
}

/// At most 2048 characters, as the server counts them.
pub(super) fn some_units(password: &str) -> Result<(), Declined> {
    let units = password.encode_utf16().count();
    if units > PASSWORD_UNITS_MAX { Err(parameter(format!("{units} characters of password"))) } else { Ok(()) }
}

/// Memory in KiB, passes, one lane.
fn bear(costs: &str, limits: &Limits) -> Result<(), Declined> {
    let parts: Vec<_> = costs.split(',').collect();
    let [memory, passes, "p=1"] = parts[..] else {
        return Err(malformed("not memory, passes and one lane"));
    };
    let (memory, passes) = (cost(memory, "m=")?, cost(passes, "t=")?);
    if memory < 8 || passes < 1 {
        return Err(parameter("less memory than one lane needs, or no pass"));
    }
    if memory > limits.memory_kib_max || memory.saturating_mul(passes) > limits.argon2_work_kib_max {
        return Err(too_costly(format!("{passes} passes over {memory} KiB")));
    }
    Ok(())
}

fn cost(part: &str, name: &str) -> Result<u64, Declined> {
    let digits = part.strip_prefix(name).ok_or_else(|| malformed("an unknown cost parameter"))?;
    let spelled = digits.bytes().all(|byte| byte.is_ascii_digit()) && (!digits.starts_with('0') || digits == "0");
    let number: Option<u32> = spelled.then(|| digits.parse().ok()).flatten();
    number.map(u64::from).ok_or_else(|| malformed("a cost that is not a 32-bit integer"))
}
