//! A class's smallest question as a vector, ready to be proposed.
//!
//! In: a capsule. Out: a file of one case, with the reference's answer and the names of the oracles that give the same; what
//! the rules of vectors still miss; and who contradicts the reference, which is then the first to be doubted. Layer:
//! `fuzzing`; asks the oracles.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::capsule::{Capsule, CapsuleError, Replay};
use super::recipe::Question;
use conformance::registry;
use oracle::ORACLES;
use primitives::Limits;
use vectors::lint;
use vectors::source::SourceFile;
use vectors::{Answer, Case, Cost, Expect, Fields, Member, Reason, Source, VectorFile, operation, write};

/// How `confirmed_by` names this suite's own implementation.
const REFERENCE: &str = "reference";

/// Characters of a topic.
const TOPIC_CHARS_MAX: usize = 80;

/// Units of key derivation that take less than 10 ms.
const FAST_UNITS_MAX: u64 = 5_000;

/// A vector, ready to be proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// `<family>/<topic>`.
    pub path: String,
    /// The file's canonical text.
    pub text: String,
    /// What the rules of vectors still miss.
    pub findings: Vec<String>,
    /// Oracles that contradict the reference, with their answers.
    pub disputes: Vec<String>,
}

/// The vector of a capsule. A refusal leads back to the case of `files` that it was made from, one member changed at a time.
///
/// # Errors
///
/// [`CapsuleError`] when the capsule's question cannot be asked.
pub fn propose(capsule: &Capsule, files: &[VectorFile]) -> Result<Proposal, CapsuleError> {
    let replay = capsule.replay()?;
    let (operation, topic) = (replay.question.operation, topic(capsule));
    let mut file = VectorFile {
        path: format!("{}/{topic}", operation.family()),
        operation,
        title: format!("Found in a campaign: {}", capsule.difference.in_words()),
        policy: policy(&replay).to_owned(),
        cost: cost(&replay),
        spec: vec!["docs/formats.md".to_owned()],
        source: Source {
            recipe: format!("fuzz/{topic}"),
            seed: format!("{:064x}", capsule.seed),
            oracles: BTreeMap::new(),
        },
        flags: BTreeMap::new(),
        cases: Vec::new(),
    };
    let mut disputes = Vec::new();
    for input in steps(capsule, &replay, files) {
        add(
            &mut file,
            &Replay { question: Question { input, ..replay.question.clone() }, ..replay.clone() },
            &mut disputes,
        );
    }
    if let Some(last) = file.cases.last_mut() {
        "found".clone_into(&mut last.name);
        last.why = format!("In a campaign {}", capsule.difference.in_words());
    }
    let text = write::canonical(&file);
    let source = SourceFile { path: file.path.clone(), bytes: Cow::Owned(text.clone().into_bytes()) };
    let findings = lint::one(&source).iter().map(ToString::to_string).collect();
    Ok(Proposal { path: file.path, text, findings, disputes })
}

/// The inputs from the case that the question was made from to the question itself, each with one member more changed. Only
/// the last where the question is answered, or its case is not there.
fn steps(capsule: &Capsule, replay: &Replay, files: &[VectorFile]) -> Vec<Fields> {
    let (operation, last) = (replay.question.operation, &replay.question.input);
    let base = files.iter().filter(|file| file.operation == operation).find_map(|file| {
        let id = capsule.recipe.base.strip_prefix(&file.path)?.strip_prefix('/')?.parse().ok()?;
        file.case(id)
    });
    let (Some(base), Answer::Reject { .. }) = (base, &replay.reference) else { return vec![last.clone()] };
    let differs = |member: &&Member| base.input.value(member.name) != last.value(member.name);
    let changed: Vec<&str> = operation.input.iter().filter(differs).map(|member| member.name).collect();
    let step = |count: usize| {
        let value = |member: &Member| {
            let source = if changed[..count].contains(&member.name) { last } else { &base.input };
            source.value(member.name).cloned()
        };
        let with = |fields: Fields, member: &Member| match value(member) {
            Some(value) => fields.with(member.name, value),
            None => fields,
        };
        operation.input.iter().fold(Fields::new(), with)
    };
    (0..=changed.len()).map(step).collect()
}

/// Adds a question as the file's next case, made from the one before it, with the answers of the reference and the oracles.
fn add(file: &mut VectorFile, replay: &Replay, disputes: &mut Vec<String>) {
    let reference = registry::reference(file.operation, &replay.question.input, &Limits::default());
    let replay = Replay { reference, ..replay.clone() };
    let witnesses = witnesses(&replay);
    let mut confirmed_by = vec![REFERENCE.to_owned()];
    for witness in &witnesses {
        if witness.agrees {
            confirmed_by.push(witness.name.to_owned());
            file.source.oracles.insert(witness.name.to_owned(), witness.version.clone());
        } else {
            disputes.push(format!("{} answers {}", witness.name, witness.said()));
        }
    }
    let id = file.cases.len() + 1;
    let expect = expectation(&replay, &witnesses);
    let is_refused = matches!(expect, Expect::Reject(_));
    file.cases.push(Case {
        id: u32::try_from(id).unwrap_or(u32::MAX),
        name: format!("step-{id}"),
        why: "A step towards the input that was found".to_owned(),
        flags: Vec::new(),
        derived_from: file.cases.last().filter(|_| is_refused).map(|before| before.id),
        input: replay.question.input.clone(),
        expect,
        trace: BTreeMap::new(),
        confirmed_by,
    });
}

/// An oracle's answer to the question.
struct Witness {
    name: &'static str,
    version: String,
    answer: Answer,
    agrees: bool,
}

impl Witness {
    fn said(&self) -> String {
        format!("{:?}", self.answer).chars().take(200).collect()
    }
}

fn witnesses(replay: &Replay) -> Vec<Witness> {
    let ask = |oracle: &oracle::Oracle| {
        let answer = oracle.answer(replay.question.operation, &replay.question.input, &Limits::default())?;
        let agrees = match (&replay.reference, &answer) {
            (Answer::Output(wanted), Answer::Output(found)) => wanted == found,
            (Answer::Reject { .. }, Answer::Reject { .. }) => true,
            (Answer::Output(_) | Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }, _) => {
                false
            }
        };
        Some(Witness { name: oracle.name, version: oracle.version(), answer, agrees })
    };
    ORACLES.iter().filter_map(ask).collect()
}

fn expectation(replay: &Replay, witnesses: &[Witness]) -> Expect {
    let refusal = |answer: &Answer| match answer {
        Answer::Reject { reason, .. } => Some(*reason),
        Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. } => None,
    };
    match (&replay.reference, opened(replay)) {
        (Answer::Output(_), Some(opened)) => Expect::Opens(opened),
        (Answer::Output(output), None) => Expect::Output(output.clone()),
        (Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. }, _) => {
            let agreeing = witnesses.iter().filter(|witness| witness.agrees).map(|witness| &witness.answer);
            let mut reasons: Vec<Reason> =
                std::iter::once(&replay.reference).chain(agreeing).filter_map(refusal).collect();
            reasons.sort();
            reasons.dedup();
            Expect::Reject(reasons)
        }
    }
}

/// What a seal opens to, if the port draws something in it.
fn opened(replay: &Replay) -> Option<Fields> {
    let (operation, input) = (replay.question.operation, &replay.question.input);
    let draws = operation.input.iter().any(|member| member.optional && input.value(member.name).is_none());
    let opener = operation.opened_by.filter(|_| draws).and_then(operation::find)?;
    let Answer::Output(sealed) = &replay.reference else { return None };
    match registry::reference(opener, &Fields::pick(opener.input, &[sealed, input]), &Limits::default()) {
        Answer::Output(content) => Some(content),
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => None,
    }
}

/// Whom the answer binds, as far as that can be told without judgement.
fn policy(replay: &Replay) -> &'static str {
    match &replay.reference {
        Answer::Reject { reason: Reason::Malformed | Reason::Parameter, .. } => "strict",
        Answer::Reject { reason: Reason::TooCostly, .. } => "cost-ceiling",
        Answer::Reject { reason: Reason::Authentication, .. }
        | Answer::Output(_)
        | Answer::Unsupported { .. }
        | Answer::Failure { .. } => "core",
    }
}

fn cost(replay: &Replay) -> Cost {
    match (&replay.reference, replay.work) {
        (Answer::Reject { reason: Reason::TooCostly, .. }, _) => Cost::Hostile,
        (_, Some(work)) if work.units > FAST_UNITS_MAX => Cost::Slow,
        (_, _) => Cost::Fast,
    }
}

/// The class's name in kebab case, without its family.
fn topic(capsule: &Capsule) -> String {
    let mut topic = String::from("found");
    let name = capsule.class.split_once('.').map_or(capsule.class.as_str(), |(_, rest)| rest);
    for c in name.chars() {
        match c.to_ascii_lowercase() {
            c if c.is_ascii_lowercase() || c.is_ascii_digit() => {
                if topic == "found" {
                    topic.push('-');
                }
                topic.push(c);
            }
            _ if topic.ends_with('-') => {}
            _ => topic.push('-'),
        }
    }
    topic.chars().take(TOPIC_CHARS_MAX).collect::<String>().trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capsule::PortExcerpt;
    use crate::{Difference, Recipe};
    use vectors::{Value, load};

    /// A capsule of a case with these members in place of its own.
    fn capsule(
        case: &str,
        class: &str,
        difference: Difference,
        changes: &[(&str, Value)],
        files: &[VectorFile],
    ) -> Capsule {
        let (path, id) = case.rsplit_once('/').unwrap();
        let file = files.iter().find(|file| file.path == path).unwrap();
        let mut input = file.case(id.parse().unwrap()).unwrap().input.clone();
        for (name, value) in changes {
            let member = file.operation.input_member(name).unwrap();
            input = input.replacing(member.name, value.clone());
        }
        Capsule {
            capsule: 1,
            suite: String::new(),
            vectors_sha256: String::new(),
            port: PortExcerpt {
                name_text: String::new(),
                version_text: String::new(),
                language_text: String::new(),
                runtime_text: String::new(),
                libraries: BTreeMap::new(),
                policies: Vec::new(),
            },
            class: class.to_owned(),
            operation: file.operation.name.to_owned(),
            difference,
            input: input.to_json(),
            content: None,
            expected: serde_json::Value::Null,
            observed: serde_json::Value::Null,
            recipe: Recipe { base: case.to_owned(), changes: Vec::new() },
            seed: u64::MAX,
            number: 1,
            file: None,
        }
    }

    /// A find that cannot be proposed as it stands is a find that is lost: also one that changes several members, whose way
    /// from a case that opens must be told step by step.
    #[test]
    fn a_proposal_keeps_every_rule_of_vectors() {
        let files = load::embedded().unwrap();
        // Only OpenSSL opens Autonomail's records a second time; without it a proposal is told to have one confirmation.
        let is_confirmed_twice = ORACLES.iter().any(|oracle| oracle.name == "openssl");
        let (key, text) = (|| ("key", Value::Bytes(vec![1; 32])), || ("envelope", Value::Bytes(b"{}".to_vec())));
        for (case, class, difference, changes, cases) in [
            ("autonomail/open/1", "autonomail.open/refused/escape@secureData+x", Difference::Refused, vec![], 1),
            ("notesnook-item/open/1", "notesnook-item.open/died/as-it-stands", Difference::Died, vec![], 1),
            ("notesnook-item/open/1", "notesnook-item.open/lenient/x@envelope", Difference::Lenient, vec![text()], 2),
            ("notesnook-item/open/1", "notesnook-item.open/lenient/x@key", Difference::Lenient, vec![key(), text()], 3),
        ] {
            let capsule = capsule(case, class, difference, &changes, &files);
            assert_eq!(Capsule::read(capsule.text().as_bytes()).unwrap(), capsule);
            let proposal = propose(&capsule, &files).unwrap();
            let owes_a_confirmation = case.starts_with("autonomail/") && !is_confirmed_twice;
            assert_eq!(proposal.findings.is_empty(), !owes_a_confirmation, "{proposal:?}");
            assert!(proposal.disputes.is_empty(), "{proposal:?}");
            let source = SourceFile { path: proposal.path.clone(), bytes: Cow::Owned(proposal.text.into_bytes()) };
            let file = load::file(&source).unwrap();
            assert!(file.path.contains("/found-"), "{}", file.path);
            assert_eq!(file.cases.len(), cases, "{class}");
            assert_eq!(file.policy, if cases > 1 { "strict" } else { "core" }, "{class}");
        }
    }

    /// A capsule may come from anybody.
    #[test]
    fn a_capsule_that_is_none_is_an_error() {
        let files = load::embedded().unwrap();
        let good = capsule("autonomail/open/1", "x.y/z", Difference::Refused, &[], &files);
        assert!(matches!(Capsule::read(b"{}"), Err(CapsuleError::Json(_))));
        let other = Capsule { capsule: 2, ..good.clone() };
        assert!(matches!(Capsule::read(other.text().as_bytes()), Err(CapsuleError::Layout { found: 2 })));
        for broken in [
            Capsule { operation: "x".to_owned(), ..good.clone() },
            Capsule { input: serde_json::json!({"record": "0"}), ..good.clone() },
            Capsule { content: Some(serde_json::json!({"plaintext": 1})), ..good },
        ] {
            assert!(matches!(broken.replay(), Err(CapsuleError::Question { .. })));
        }
    }
}
