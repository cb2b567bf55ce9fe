//! One flat JSON object of texts and numbers, and nothing around it.
//!
//! In: bytes. Out: the members by name, texts without their escapes and numbers as they are written.

use struson::reader::{JsonReader, JsonStreamReader, ReaderError, ValueType};

use super::{malformed, too_costly};
use crate::Declined;
use primitives::Limits;

/// A member's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    /// A text without its quotes and escapes.
    Text(String),
    /// A number as it is written.
    Number(String),
}

/// The members of an object in their order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Object(Vec<(String, Scalar)>);

impl Object {
    /// Reads an object that has none but these members, none of them twice; a value that is neither a string nor a number is
    /// refused before it is looked into.
    ///
    /// # Errors
    ///
    /// `malformed`; `too-costly` above the limit for envelopes.
    pub(super) fn read(text: &[u8], names: &[&str], limits: &Limits) -> Result<Self, Declined> {
        if text.len() > limits.envelope_bytes_max {
            return Err(too_costly(format!("{} bytes of envelope", text.len())));
        }
        let mut reader = JsonStreamReader::new(text);
        let mut members: Vec<(String, Scalar)> = Vec::with_capacity(names.len());
        reader.begin_object()?;
        while reader.has_next()? {
            let name = reader.next_name_owned()?;
            if !names.contains(&name.as_str()) || members.iter().any(|(known, _)| *known == name) {
                return Err(malformed("an unknown or duplicate member"));
            }
            members.push((name, scalar(&mut reader)?));
        }
        reader.end_object()?;
        reader.consume_trailing_whitespace()?;
        Ok(Self(members))
    }

    /// The member's value, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<&Scalar> {
        self.0.iter().find_map(|(known, value)| (known == name).then_some(value))
    }
}

fn scalar(reader: &mut JsonStreamReader<&[u8]>) -> Result<Scalar, Declined> {
    Ok(match reader.peek()? {
        ValueType::String => Scalar::Text(reader.next_string()?),
        ValueType::Number => Scalar::Number(reader.next_number_as_string()?),
        ValueType::Array | ValueType::Object | ValueType::Boolean | ValueType::Null => {
            return Err(malformed("a value that is neither a string nor a number"));
        }
    })
}

impl From<ReaderError> for Declined {
    fn from(error: ReaderError) -> Self {
        malformed(error.to_string())
    }
}
