//! Where failures that no known mistake explains begin.
//!
//! In: the failures, beside everything else that was asked. Out: for each group of them the first operation in which the
//! port goes wrong and the first step of it that its answers show to be wrong. Layer: `diagnosis`; pure.

use std::collections::BTreeMap;

use super::drawn::{decoded, drawn};
use super::relation::shared;
use super::shape::{self, Seen};
use super::{Derivations, Exhibit};
use ::document::Members;
use conformance::port::{Mismatch, Observed};
use envelope::facts::{self, Layout, Role, below};
use vectors::{Answer, Expect, Fields, Value};

/// Failures that begin at one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Divergence {
    /// The first operation in which the port goes wrong: the one asked for, or one below it that fails by itself.
    pub operation: &'static str,
    /// Its first step that is seen to be wrong.
    pub step: Step,
    /// What these failures have in common and no passing case has, or what their answers show.
    pub seen: Option<Seen>,
    /// What fits some of them best, though not well enough for a cause; sentences without their full stop.
    pub nearest: Vec<String>,
    /// The positions of the exhibits, ascending.
    pub cases: Vec<usize>,
}

/// A step of an operation, as far as answers show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It refuses, fails or dies before there is an answer.
    Taking,
    /// What has to be refused is taken.
    Refusing,
    /// The answer has another length.
    Length,
    /// Derivation or hash: nothing of the answer is right.
    Derivation,
    /// The beginning of the answer is right.
    Later,
    /// The keystream is wrong from its first byte: key, nonce or counter.
    Keystream,
    /// The keystream is right, and the tag is not.
    Tag,
    /// The members of the envelope: names, order, spelling.
    Layout,
    /// The salt or nonce that stands in the envelope.
    Randomness,
    /// The seal of the port's own randomness, which does not open: nothing shows which part of it is wrong.
    Seal,
    /// The plaintext, after a tag that was right.
    Plaintext,
}

impl Step {
    /// The step in words that follow the operation's name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Taking => "rejected or crashed on this input",
            Self::Refusing => "accepts input that it should reject",
            Self::Length => "gives an answer of the wrong length",
            Self::Derivation => "is wrong from its first byte: another function, or other inputs to it",
            Self::Later => "is right at the beginning of its answer and wrong later",
            Self::Keystream => "has a wrong keystream from its first byte: wrong key, nonce or counter",
            Self::Seal => "gives a seal that the right key does not open: wrong key, nonce, ciphertext or tag",
            Self::Tag => "has a wrong tag, while key, nonce and keystream are right",
            Self::Layout => "writes the envelope differently: names, order or spelling of its members",
            Self::Randomness => "draws or writes the wrong salt or nonce",
            Self::Plaintext => "accepts the tag, then returns a wrong plaintext: encoding, trimming or padding",
        }
    }
}

impl Divergence {
    /// The failures at these positions by the step at which they begin: refusals last, else most failures first.
    pub(super) fn of(exhibits: &[Exhibit<'_>], open: &[usize], derivations: &Derivations) -> Vec<Self> {
        let mut groups: BTreeMap<(&'static str, Step), Vec<usize>> = BTreeMap::new();
        for at in open {
            groups.entry(first(exhibits, open, &exhibits[*at])).or_default().push(*at);
        }
        let groups = joined(groups);
        let divergence = |((operation, step), cases): ((&'static str, Step), Vec<usize>)| {
            let seen = shape::seen(exhibits, operation, &cases, derivations);
            Self { operation, step, seen, nearest: Vec::new(), cases }
        };
        let mut found: Vec<_> = groups.into_iter().map(divergence).collect();
        // Wrong bytes tell more than refusals, which often follow from them.
        found.sort_by_key(|divergence| (divergence.step == Step::Taking, std::cmp::Reverse(divergence.cases.len())));
        found
    }
}

/// The groups, with seals that show no step by themselves among those of their operation that do, where these show one alone.
fn joined(mut groups: BTreeMap<(&'static str, Step), Vec<usize>>) -> BTreeMap<(&'static str, Step), Vec<usize>> {
    let is_vague = |step: Step| matches!(step, Step::Seal | Step::Derivation);
    let is_telling =
        |step: Step| matches!(step, Step::Keystream | Step::Tag | Step::Layout | Step::Later | Step::Length);
    let vague: Vec<_> = groups.keys().copied().filter(|(_, step)| is_vague(*step)).collect();
    for key in vague {
        let mut telling = groups.keys().copied().filter(|(operation, step)| *operation == key.0 && is_telling(*step));
        if let (Some(whole), None) = (telling.next(), telling.next())
            && let Some(cases) = groups.remove(&key)
        {
            let joined = groups.entry(whole).or_default();
            joined.extend(cases);
            joined.sort_unstable();
        }
    }
    groups
}

/// The first wrong operation and step behind a failure. An operation that this one stands on, and that fails by itself, is
/// where it begins: the failures above it follow.
fn first(exhibits: &[Exhibit<'_>], open: &[usize], exhibit: &Exhibit<'_>) -> (&'static str, Step) {
    let name = exhibit.operation().name;
    let wrong_below = below(name).iter().find_map(|below| {
        let failing = || open.iter().map(|at| &exhibits[*at]).filter(|other| other.operation().name == *below);
        let steps = failing().filter_map(|other| other.found.as_ref().map(|_| step(other)));
        common(steps).map(|step| (*below, step))
    });
    wrong_below.unwrap_or_else(|| (name, step(exhibit)))
}

/// The step that most of these have.
fn common(steps: impl Iterator<Item = Step>) -> Option<Step> {
    let mut counts: BTreeMap<Step, usize> = BTreeMap::new();
    steps.for_each(|step| *counts.entry(step).or_default() += 1);
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(step, _)| step)
}

fn step(exhibit: &Exhibit<'_>) -> Step {
    let Some(found) = &exhibit.found else { return Step::Taking };
    match (found.mismatch, &found.observed, &exhibit.case.expect) {
        (Mismatch::NotFresh, _, _) => Step::Randomness,
        (Mismatch::Accepted, _, _) => Step::Refusing,
        (_, Observed::Answer(Answer::Output(output)), Expect::Output(wanted)) => of_output(exhibit, output, wanted),
        (_, Observed::Answer(Answer::Output(output)), Expect::Opens(_)) => of_seal(exhibit, output),
        (_, _, _) => Step::Taking,
    }
}

/// The step at which an output leaves the right one.
fn of_output(exhibit: &Exhibit<'_>, output: &Fields, wanted: &Fields) -> Step {
    let pair = output.iter().zip(wanted.iter()).find(|(found, wanted)| found != wanted);
    let Some(((_, found), (_, wanted))) = pair else { return Step::Length };
    match (exhibit.operation().verb(), found, wanted) {
        ("seal", Value::Bytes(found), Value::Bytes(wanted)) if exhibit.operation().opened_by.is_none() => {
            of_ciphertext(found, wanted, tag_length(&exhibit.case.input))
        }
        ("seal", Value::Bytes(found), Value::Bytes(wanted)) => of_envelope(exhibit, found, wanted),
        ("open", _, _) => Step::Plaintext,
        (_, Value::Bytes(found), Value::Bytes(wanted)) => of_bytes(found, wanted),
        (_, Value::BytesList(found), Value::BytesList(wanted)) => of_bytes(&found.concat(), &wanted.concat()),
        (_, _, _) => Step::Derivation,
    }
}

fn of_bytes(found: &[u8], wanted: &[u8]) -> Step {
    match (found.len() == wanted.len(), found.first() == wanted.first()) {
        (false, _) => Step::Length,
        (true, true) if shared(found, wanted) >= 4 => Step::Later,
        (true, _) => Step::Derivation,
    }
}

fn tag_length(input: &Fields) -> usize {
    let length = input.value("tag_length").map(|_| input.integer("tag_length"));
    length.and_then(|length| usize::try_from(length).ok()).unwrap_or(16)
}

/// The step at which ciphertext ‖ tag leaves the right one.
fn of_ciphertext(found: &[u8], wanted: &[u8], tag_length: usize) -> Step {
    let text = wanted.len().saturating_sub(tag_length);
    match (found.len() == wanted.len(), shared(found, wanted)) {
        (false, _) => Step::Length,
        // Without a plaintext nothing shows the keystream.
        (true, _) if text == 0 => Step::Derivation,
        (true, same) if same >= text => Step::Tag,
        (true, same) if same < 4 => Step::Keystream,
        (true, _) => Step::Later,
    }
}

/// The step at which an envelope leaves the right one, which holds the same salt and nonce.
fn of_envelope(exhibit: &Exhibit<'_>, found: &[u8], wanted: &[u8]) -> Step {
    let Some(layout) = facts::of(exhibit.operation().name).and_then(facts::Facts::layout) else { return Step::Layout };
    let (Some(found), Some(wanted)) = (sealed(layout, found), sealed(layout, wanted)) else { return Step::Layout };
    let names = |members: &Members| members.0.iter().map(|member| member.quoted_name.clone()).collect::<Vec<_>>();
    if names(&found) != names(&wanted) {
        return Step::Layout;
    }
    let layout = layout.sealed();
    let bytes = |members: &Members, role| {
        let member = layout.member(role)?;
        decoded(member.encoding()?, &members.text(member.name)?)
    };
    let text = |members: &Members, role| members.text(layout.member(role)?.name);
    for role in [Role::Salt, Role::Nonce] {
        if text(&found, role) != text(&wanted, role) {
            return if bytes(&found, role) == bytes(&wanted, role) { Step::Layout } else { Step::Randomness };
        }
    }
    let (one, other) = (bytes(&found, Role::Sealed), bytes(&wanted, Role::Sealed));
    if let (Some(one), Some(other)) = (one, other)
        && one != other
    {
        return of_ciphertext(&one, &other, 16);
    }
    Step::Layout
}

/// The members of the document in which the ciphertext stands.
fn sealed(layout: &Layout, envelope: &[u8]) -> Option<Members> {
    let outer = Members::read(envelope)?;
    match layout.member(Role::Inner).map(|member| outer.text(member.name)) {
        Some(Some(text)) => Members::read(&decoded(layout.member(Role::Inner)?.encoding()?, &text)?),
        Some(None) | None => Some(outer),
    }
}

/// The step at which a seal of the port's own randomness goes wrong.
fn of_seal(exhibit: &Exhibit<'_>, output: &Fields) -> Step {
    if drawn(exhibit.operation(), output).is_empty() { Step::Layout } else { Step::Seal }
}
