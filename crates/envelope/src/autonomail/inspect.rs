//! What an Autonomail record says of itself.

use serde_json::Value as Json;

use super::{ITERATIONS_ADVISED, ITERATIONS_OF_CLIENT_MIN, Profile, SALT_BYTES};
use crate::inspection::{members, text_of};
use crate::{Format, Inspection, sjcl};
use document::encoding::Base64;
use primitives::Limits;

/// The formats `autonomail` and `autonomail-2014`.
impl Format for Profile {
    fn id(&self) -> &'static str {
        match self {
            Self::Documented => "autonomail",
            Self::Client2014 => "autonomail-2014",
        }
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let members = members(bytes);
        members.contains_key("secureData") && members.contains_key("iterations") == (*self == Self::Client2014)
    }

    fn inspect(&self, bytes: &[u8]) -> Inspection {
        let mut seen = Inspection::new(self.id());
        match self {
            Self::Documented => {
                seen.parameter("key", &"PBKDF2-HMAC-SHA512, first 256 bits");
                seen.note("the record does not contain the iteration count: the reader must know it (or can find it: PBKDF2 passes through every smaller count)");
            }
            Self::Client2014 => {
                seen.parameter("key", &"PBKDF2-HMAC-SHA512, second 256 bits (the document says the first)");
                tell_iterations(members(bytes).get("iterations").unwrap_or(&Json::Null), &mut seen);
            }
        }
        tell_record(bytes, &mut seen);
        seen.strictly((self.facts().check)(bytes, &Limits::default()));
        seen
    }
}

fn tell_iterations(iterations: &Json, seen: &mut Inspection) {
    seen.parameter("iterations", &iterations);
    seen.note("the record is not authenticated: anyone who holds it can change the count");
    let ceiling = Limits::default().iterations_max;
    match iterations.as_u64() {
        Some(count) if count > ceiling => seen.danger(format!("more iterations than the ceiling of {ceiling}")),
        Some(count) if count < ITERATIONS_OF_CLIENT_MIN => {
            seen.danger(format!("weak: the client never used fewer than {ITERATIONS_OF_CLIENT_MIN} iterations"));
        }
        Some(count) if count < ITERATIONS_ADVISED => {
            seen.odd(format!("weak today: at least {ITERATIONS_ADVISED} iterations are recommended"));
        }
        Some(_) | None => {}
    }
}

fn tell_record(bytes: &[u8], seen: &mut Inspection) {
    let members = members(bytes);
    if let Some(salt) = text_of(&members, "salt") {
        seen.parameter("salt bytes", &(salt.len() / 2));
        if salt.len() != 2 * SALT_BYTES {
            seen.odd(format!("{} hex digits of salt; the client writes {}", salt.len(), 2 * SALT_BYTES));
        }
    }
    match members.get("secureData") {
        Some(Json::String(text)) => tell_secure_data(text, seen),
        Some(Json::Object(_)) => {
            seen.danger("secureData is a JSON object: the client writes base64 of SJCL's JSON text there");
        }
        Some(other) => {
            seen.danger(format!("secureData is {other}; the client writes base64 of SJCL's JSON text there"));
        }
        None => {}
    }
}

fn tell_secure_data(text: &str, seen: &mut Inspection) {
    if text.trim_start().starts_with('{') {
        seen.danger("secureData is SJCL's JSON text itself: the client writes base64 of it there");
        sjcl::tell(text.as_bytes(), seen);
    } else if let Ok(inner) = Base64::Standard.decode(text) {
        sjcl::tell(&inner, seen);
    } else {
        seen.spelling("secureData", text);
    }
}
