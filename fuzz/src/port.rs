//! A port in this process, behind `c-abi/sealproof_port.h`, beside the reference.
//!
//! What binds it are the rules of `core`: it computes what the reference computes, opens nothing that fails to
//! authenticate, and refuses nothing that the reference takes. What the reference refuses for its form is the business of
//! the policy `strict`, and what is too costly of `cost-ceiling`; a port may take it here.
#![expect(unsafe_code, reason = "the foreign interface of the port that is fuzzed")]

use conformance::port::protocol::{self, Line, RequestId};
use conformance::registry;
use vectors::{Answer, Reason};

use crate::limits;

/// The room that a port has for its answer.
const ANSWER_BYTES_MAX: usize = 1 << 16;

unsafe extern "C" {
    fn sealproof_port_answer(request: *const u8, request_bytes: usize, answer: *mut u8, answer_bytes: usize) -> usize;
}

/// A request line to the port and to the reference.
pub fn port(bytes: &[u8]) {
    let Some((operation, input)) = crate::opinions::request(bytes) else { return };
    let ours = registry::reference(operation, &input, &limits());
    let mut line = Vec::new();
    protocol::write_request(&mut line, RequestId(1), operation.name, &input);
    line.pop();
    let Some(said) = ask(&line) else { return };
    let theirs = match protocol::read_line(&said, |id| (id == RequestId(1)).then_some(operation)) {
        Line::Answer { answer, .. } => answer,
        other @ (Line::Garbled { .. } | Line::Noise) => {
            mismatch!(the_port_breaks_the_protocol, "{}: {other:?}", said.escape_ascii())
        }
    };
    match (&ours, &theirs) {
        (Answer::Output(ours), Answer::Output(theirs)) if ours == theirs => {}
        (Answer::Output(_), Answer::Output(_)) if operation.opened_by.is_some() || operation.name == "random.draw" => {}
        (Answer::Output(ours), Answer::Output(theirs)) => {
            mismatch!(the_port_computes_otherwise, "{}: {theirs:?} in place of {ours:?}", operation.name)
        }
        (Answer::Reject { reason: Reason::Authentication, detail }, Answer::Output(theirs)) => {
            mismatch!(the_port_opens_a_forgery, "{}: {theirs:?}, refused: {detail}", operation.name)
        }
        (Answer::Output(ours), Answer::Reject { reason, detail }) => {
            mismatch!(the_port_refuses_alone, "{}: {reason:?} {detail:?} in place of {ours:?}", operation.name)
        }
        (_, Answer::Failure { detail }) => mismatch!(the_port_fails, "{}: {detail}", operation.name),
        (_, Answer::Unsupported { .. })
        | (Answer::Reject { .. }, _)
        | (Answer::Unsupported { .. } | Answer::Failure { .. }, _) => {}
    }
}

/// What the port says; none where it has nothing to say.
fn ask(line: &[u8]) -> Option<Vec<u8>> {
    let mut answer = vec![0; ANSWER_BYTES_MAX];
    // SAFETY: both pointers come with the lengths of live buffers that do not overlap, and the port keeps neither.
    let count = unsafe { sealproof_port_answer(line.as_ptr(), line.len(), answer.as_mut_ptr(), answer.len()) };
    if count > answer.len() {
        mismatch!(the_port_writes_beyond_its_room, "{count} bytes");
    }
    answer.truncate(count);
    (count > 0).then_some(answer)
}
