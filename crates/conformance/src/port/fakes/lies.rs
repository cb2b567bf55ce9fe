//! Lies about answers: the reference's answer, changed. Layer: `port`.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::port::protocol::write_request;
use crate::port::{Constraint, Hello, InProcess, Reference, RequestId};
use crate::registry;
use vectors::operation::find;
use vectors::{Answer, Fields, Kind, Operation, Reason, Value};

/// An input with a byte member longer than this is what some liars stumble over.
const LONG_BYTES: usize = 64;

/// How an answer is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lie {
    /// Not at all.
    None,
    /// Every refusal becomes an output.
    Accept,
    /// Every output becomes a refusal.
    Refuse,
    /// The input comes back.
    Echo,
    /// Opening never looks at the tag.
    IgnoreTag,
    /// Drawn values are constant.
    ConstantNonce,
    /// Drawn values count up.
    CounterNonce,
    /// A question that comes for the third time gets another answer.
    ChangeRepeated,
    /// Digests are empty.
    WrongDigest,
    /// Refusals have one reason.
    OneReason,
    /// Long input is not supported.
    DeclineLong,
}

/// The reference with one lie.
pub(super) struct Liar {
    lie: Lie,
    reference: Reference,
    sealed: AtomicU64,
    /// How often each question came.
    asked: Mutex<HashMap<Vec<u8>, u32>>,
}

impl Liar {
    pub(super) fn new(lie: Lie, reference: Reference) -> Self {
        Self { lie, reference, sealed: AtomicU64::new(0), asked: Mutex::default() }
    }

    /// The hello with claims from a future version of the suite.
    pub(super) fn hello_with_unknown(&self) -> Hello {
        let mut hello = self.hello();
        let constraint = Constraint::Unread(serde_json::json!({"shape": "round"}));
        hello.operations.insert("tomorrow.seal".to_owned(), [("moon".to_owned(), constraint)].into());
        hello
    }

    /// The hello with a claim that no vector is within.
    pub(super) fn narrow_hello(&self) -> Hello {
        let mut hello = self.hello();
        let constraint = Constraint::OneOf(vec![7]);
        hello.operations.retain(|name, _| !name.starts_with("aes-256-gcm."));
        hello.operations.insert("aes-256-gcm.open".to_owned(), [("iv_length".to_owned(), constraint)].into());
        hello
    }

    /// A seal with drawn values replaced by ones of the same length.
    fn with_drawn(&self, operation: &'static Operation, input: &Fields, honest: Answer, fill: u64) -> Answer {
        let Answer::Output(output) = &honest else { return honest };
        let drawn = registry::randomness(operation, output);
        let mut chosen = Fields::new();
        for (name, honest_value) in drawn {
            if input.value(name).is_none() {
                let mut value = vec![7; honest_value.len()];
                let counter = value.len().saturating_sub(8);
                value[counter..].copy_from_slice(&fill.to_be_bytes()[8 - honest_value.len().min(8)..]);
                chosen = chosen.with(name, Value::Bytes(value));
            }
        }
        self.reference.answer(operation, &Fields::pick(operation.input, &[&chosen, input]))
    }

    fn times_asked(&self, operation: &'static Operation, input: &Fields) -> u32 {
        let mut question = Vec::new();
        write_request(&mut question, RequestId(0), operation.name, input);
        let mut asked = self.asked.lock().expect("nobody panics while holding it");
        let times = asked.entry(question).or_default();
        *times += 1;
        *times
    }
}

impl InProcess for Liar {
    fn hello(&self) -> Hello {
        self.reference.hello()
    }

    fn answer(&self, operation: &'static Operation, input: &Fields) -> Answer {
        let honest = self.reference.answer(operation, input);
        match self.lie {
            Lie::Accept => match honest {
                Answer::Reject { .. } => Answer::Output(blank(operation)),
                Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. } => honest,
            },
            Lie::Refuse => Answer::Reject { reason: Reason::Authentication, detail: "no".to_owned() },
            Lie::Echo => Answer::Output(echo(operation, input)),
            Lie::IgnoreTag => match honest {
                Answer::Reject { reason: Reason::Authentication, .. } => decrypt(&self.reference, operation, input),
                Answer::Reject { .. } | Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. } => {
                    honest
                }
            },
            Lie::ConstantNonce => self.with_drawn(operation, input, honest, 7),
            Lie::CounterNonce => {
                let count = self.sealed.fetch_add(1, Ordering::Relaxed);
                self.with_drawn(operation, input, honest, count)
            }
            Lie::ChangeRepeated if self.times_asked(operation, input) > 2 => Answer::Output(blank(operation)),
            Lie::WrongDigest if operation.verb() == "digest" => Answer::Output(blank(operation)),
            Lie::OneReason => match honest {
                Answer::Reject { detail, .. } => Answer::Reject { reason: Reason::Malformed, detail },
                Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. } => honest,
            },
            Lie::DeclineLong if has_long(input) => Answer::Unsupported { detail: "too long".to_owned() },
            Lie::ChangeRepeated | Lie::WrongDigest | Lie::DeclineLong | Lie::None => honest,
        }
    }
}

/// Whether one of the members is long.
pub(super) fn has_long(input: &Fields) -> bool {
    input.iter().any(|(_, value)| match value {
        Value::Bytes(bytes) => bytes.len() > LONG_BYTES,
        Value::Text(_) | Value::Integer(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => false,
    })
}

/// An output with nothing in it.
fn blank(operation: &'static Operation) -> Fields {
    operation.output.iter().fold(Fields::new(), |fields, member| {
        fields.with(
            member.name,
            match member.kind {
                Kind::Hex => Value::Bytes(Vec::new()),
                Kind::Text => Value::Text(String::new()),
                Kind::Integer => Value::Integer(0),
                Kind::Flag => Value::Flag(true),
                Kind::HexList => Value::BytesList(Vec::new()),
                Kind::IntegerList => Value::IntegerList(Vec::new()),
            },
        )
    })
}

/// An output made of the input's values of the same kind.
fn echo(operation: &'static Operation, input: &Fields) -> Fields {
    let same_kind = |kind: Kind| {
        let member = operation.input.iter().rev().find(|member| member.kind == kind && !member.optional)?;
        input.value(member.name).cloned()
    };
    operation.output.iter().fold(blank(operation), |fields, member| match same_kind(member.kind) {
        Some(value) => fields.replacing(member.name, value),
        None => fields,
    })
}

/// Decrypts without the tag: sealing the ciphertext's body again takes the key stream off.
fn decrypt(reference: &Reference, operation: &'static Operation, input: &Fields) -> Answer {
    let refusal = Answer::Reject { reason: Reason::Authentication, detail: "tag".to_owned() };
    let sealer = match operation.name {
        "aes-256-gcm.open" => find("aes-256-gcm.seal"),
        "xchacha20-poly1305.open" => find("xchacha20-poly1305.seal"),
        _ => None,
    };
    let (Some(sealer), Some(ciphertext)) = (sealer, input.optional_bytes("ciphertext")) else { return refusal };
    let tag_length = match input.value("tag_length") {
        Some(Value::Integer(length)) => usize::try_from(*length).unwrap_or(usize::MAX),
        Some(Value::Bytes(_) | Value::Text(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_))
        | None => 16,
    };
    let Some(body) = ciphertext.len().checked_sub(tag_length) else { return refusal };
    let plain = Fields::new().with_bytes("plaintext", &ciphertext[..body]);
    match reference.answer(sealer, &Fields::pick(sealer.input, &[&plain, input])) {
        Answer::Output(twice) => {
            Answer::Output(Fields::new().with_bytes("plaintext", &twice.bytes("ciphertext")[..body]))
        }
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => refusal,
    }
}
