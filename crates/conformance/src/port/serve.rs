//! The port's side of the protocol: requests from a reader, answers to a writer. Layer: `port`; no process, no terminal.

use std::io::{self, Read, Write};

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::lines::LineBuffer;
use super::protocol::{self, HELLO_ID, Object, RequestId};
use super::reference::answer_or_failure;
use super::{Hello, InProcess};
use vectors::{Answer, Fields, Operation, operation};

/// One request line, as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// The handshake.
    Hello(RequestId),
    /// A question that the suite knows.
    Ask {
        /// Its id.
        id: RequestId,
        /// What is asked for.
        operation: &'static Operation,
        /// The input, every member of the right kind.
        input: Fields,
    },
    /// Has an id and can be answered without computing anything.
    Settled(RequestId, Answer),
    /// Not a request: nobody waits for an answer.
    Noise,
}

/// Answers requests until the input ends. The answers to everything that one read brought are written at once.
///
/// # Errors
///
/// The reader's and the writer's, and a line above the protocol's length.
pub fn serve(implementation: &dyn InProcess, input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut answers = Vec::new();
    each_batch(input, |requests| {
        for request in requests {
            answer_request(implementation, &request, &mut answers);
        }
        output.write_all(&answers)?;
        answers.clear();
        output.flush()
    })
}

/// Appends the answer to one request.
pub(super) fn answer_request(implementation: &dyn InProcess, request: &Request, out: &mut Vec<u8>) {
    match request {
        Request::Hello(id) => write_hello(out, *id, &implementation.hello()),
        Request::Ask { id, operation, input } => {
            protocol::write_answer(out, *id, &answer_or_failure(implementation, operation, input));
        }
        Request::Settled(id, answer) => protocol::write_answer(out, *id, answer),
        Request::Noise => {}
    }
}

/// Hands over the requests of each read, until the input ends.
pub(super) fn each_batch(
    mut input: impl Read,
    mut on_batch: impl FnMut(Vec<Request>) -> io::Result<()>,
) -> io::Result<()> {
    let mut lines = LineBuffer::default();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let bytes = match input.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        let mut requests = Vec::new();
        let mut on_line = |line: &[u8]| requests.push(read_request(line));
        if bytes == 0 {
            lines.finish(&mut on_line);
        } else {
            let taken = lines.take(&buffer[..bytes], &mut on_line);
            taken.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a line longer than 16 MiB"))?;
        }
        on_batch(requests)?;
        if bytes == 0 {
            return Ok(());
        }
    }
}

/// Appends a hello.
pub(super) fn write_hello(out: &mut Vec<u8>, id: RequestId, hello: &Hello) {
    let line = json!({"id": id.0, "output": hello});
    out.extend_from_slice(line.to_string().as_bytes());
    out.push(b'\n');
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireRequest {
    id: u64,
    op: String,
    input: Json,
}

fn read_request(line: &[u8]) -> Request {
    let wire = match serde_json::from_slice::<Object<WireRequest>>(line) {
        Ok(Object(wire)) => wire,
        Err(problem) => return protocol::id_of(line).map_or(Request::Noise, |id| broken(id, problem.to_string())),
    };
    let id = RequestId(wire.id);
    if wire.op == "hello" {
        return match wire.input.get("protocol").and_then(Json::as_u64) {
            Some(protocol::VERSION) if id == HELLO_ID => Request::Hello(id),
            Some(_) | None => broken(id, format!("expected protocol {} with id 0", protocol::VERSION)),
        };
    }
    let Some(operation) = operation::find(&wire.op) else {
        return Request::Settled(id, Answer::Unsupported { detail: format!("unknown operation {}", wire.op) });
    };
    match Fields::read(operation.input, &wire.input) {
        Ok(input) => Request::Ask { id, operation, input },
        Err(fault) => broken(id, fault.to_string()),
    }
}

fn broken(id: RequestId, detail: String) -> Request {
    Request::Settled(id, Answer::Failure { detail })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::Reference;

    fn answers(requests: &str) -> Vec<Json> {
        let mut output = Vec::new();
        serve(&Reference::default(), requests.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Whoever waits for an answer gets exactly one, and nobody else does.
    #[test]
    fn lines_with_an_id_are_answered_once_and_others_never() {
        let found = answers(concat!(
            "{\"id\":0,\"op\":\"hello\",\"input\":{\"protocol\":1}}\n",
            "\nnonsense\n[1]\n",
            "{\"id\":1,\"op\":\"no.such\",\"input\":{}}\n",
            "{\"id\":2,\"op\":\"sha512.digest\",\"input\":{}}\n",
            "{\"id\":3}\n",
            "{\"id\":4,\"op\":\"sha512.digest\",\"input\":{\"message\":\"616263\"}}",
        ));
        let kinds: Vec<_> =
            found.iter().map(|json| json.as_object().unwrap().keys().nth(1).unwrap().as_str()).collect();
        assert_eq!(kinds, ["output", "unsupported", "failure", "failure", "output"]);
        assert_eq!(found.iter().map(|json| json["id"].as_u64().unwrap()).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    }

    /// Our own hello must be one that we accept.
    #[test]
    fn the_hello_of_the_reference_is_read_back() {
        let mut line = Vec::new();
        write_hello(&mut line, HELLO_ID, &Reference::default().hello());
        assert_eq!(Hello::read_line(&line).unwrap().unwrap(), Reference::default().hello());
    }
}
