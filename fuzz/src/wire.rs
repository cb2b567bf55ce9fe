//! What a port writes to us, and what a runner writes to our own port.

use conformance::port::protocol::{self as lines, Line, RequestId};
use conformance::port::{Hello, Reference, serve as reference_port};
use serde::Deserialize;
use serde_json::json;
use vectors::operation::{OPERATIONS, Operation};

use crate::limits;

/// An answer that is read is written and read again as the same; a hello too.
pub fn protocol(bytes: &[u8]) {
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Line::Answer { id, answer } = lines::read_line(line, operation_of) {
            let mut written = Vec::new();
            lines::write_answer(&mut written, id, &answer);
            let again = lines::read_line(&written[..written.len() - 1], operation_of);
            if again != (Line::Answer { id, answer: answer.clone() }) {
                mismatch!(an_answer_is_read_otherwise, "{answer:?} and {again:?}");
            }
            let alone = operation_of(id).map(|operation| lines::read_answer(line, operation));
            if alone != Some(Ok(answer)) {
                mismatch!(an_answer_alone_is_read_otherwise, "{alone:?}");
            }
        }
        if let Some(Ok(hello)) = Hello::read_line(line) {
            let written = json!({"id": 0, "output": hello}).to_string();
            if Hello::read_line(written.as_bytes()) != Some(Ok(hello)) {
                mismatch!(a_hello_is_read_otherwise, "{written}");
            }
        }
    }
}

/// Every id above the handshake's stands for an operation.
fn operation_of(id: RequestId) -> Option<&'static Operation> {
    let at = usize::try_from(id.0.checked_sub(1)?).ok()?;
    OPERATIONS.get(at % OPERATIONS.len())
}

/// The reference as a port answers every line that has an id with one line of that id, and says nothing to others.
pub fn serve(bytes: &[u8]) {
    let mut out = Vec::new();
    if let Err(error) = reference_port::serve(&Reference { limits: limits() }, bytes, &mut out) {
        mismatch!(the_port_ends_early, "{error}");
    }
    let ids = |text: &[u8]| -> Vec<u64> { text.split(|byte| *byte == b'\n').filter_map(id_of).collect() };
    if ids(bytes) != ids(&out) {
        mismatch!(the_port_answers_other_lines, "asked {:?}, answered {:?}", ids(bytes), ids(&out));
    }
    if !out.is_empty() && (out.last() != Some(&b'\n') || out.windows(2).any(|pair| pair == b"\n\n")) {
        mismatch!(the_port_writes_half_lines, "{}", out.escape_ascii());
    }
}

/// The id of a line that is a JSON object with one, whatever else it holds.
fn id_of(line: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct Named {
        id: u64,
    }
    let is_object = line.trim_ascii_start().first() == Some(&b'{');
    is_object.then(|| serde_json::from_slice::<Named>(line).ok())?.map(|named| named.id)
}
