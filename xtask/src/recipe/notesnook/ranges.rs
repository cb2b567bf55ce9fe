//! Numbers at the ends of their ranges and in other spellings, which mean nothing to whoever opens an envelope.

use ::document::{Edit, member};

use super::open::{begun, opens_from, whole};
use super::sample::{Mode, Sample};
use crate::builder::checked::edited_text;
use crate::builder::{FileBuilder, KeyStream};

/// A spelling: name, one sentence, flag, the change.
type Spelt = (&'static str, &'static str, &'static str, Edit<'static>);

/// What every reader opens.
pub(super) fn open(mode: Mode, stream: &mut KeyStream) -> FileBuilder {
    let mut file = begun(mode, "Numbers at the ends of their ranges and in other spellings", |file| file);
    let sample = Sample::new(mode, stream);
    whole(&mut file, &sample);
    let of_items = if mode == Mode::Item { versions() } else { Vec::new() };
    for (name, why, flag, edit) in counts().into_iter().chain(of_items) {
        opens_from(&mut file, &sample, edited_text(&sample.envelope(), &edit), (name, why, flag));
    }
    file.finish()
}

/// Numbers that nobody uses.
fn counts() -> Vec<Spelt> {
    let chunk_size = |text| member("length").whole().before(text);
    let length = |digits| member("length").value(digits);
    vec![
        ("chunk-size-0", "The chunk size is 0", "ChunkSize", chunk_size(r#""chunkSize":0,"#)),
        ("chunk-size-1", "The chunk size is 1", "ChunkSize", chunk_size(r#""chunkSize":1,"#)),
        (
            "chunk-size-largest-safe-integer",
            "The chunk size is 2^53 - 1",
            "ChunkSize",
            chunk_size(r#""chunkSize":9007199254740991,"#),
        ),
        (
            "length-above-53-bits",
            "The length says 2^53 + 1, which a floating-point number does not hold",
            "LengthTrusted",
            length("9007199254740993"),
        ),
        ("length-largest-of-64-bits", "The length says 2^63 - 1", "LengthTrusted", length("9223372036854775807")),
        ("length-smallest-of-64-bits", "The length says -2^63", "LengthTrusted", length("-9223372036854775808")),
    ]
}

/// Versions of the database as JSON may spell them.
fn versions() -> Vec<Spelt> {
    let v = |spelt| member("v").value(spelt);
    vec![
        ("v-5-as-integer", "The version is written without a fraction, and is the oldest", "NumberForm", v("5")),
        ("v-5-0", "The version is the oldest", "KeyVersion", v("5.0")),
        ("v-6-0", "The version is the last but one", "KeyVersion", v("6.0")),
        ("v-zero-at-end", "The version has a zero at its end, and is the same number", "NumberForm", v("6.10")),
        ("v-exponent-0", "The version has an exponent of 0, and is the same number", "NumberForm", v("6.1e0")),
        ("v-exponent-minus-1", "The version is 61 tenths, and is the same number", "NumberForm", v("61e-1")),
    ]
}
