//! What failures have in common that no passing case has.
//!
//! In: cases of one operation, failed and passed. Out: one true sentence about their members: lengths, characters, numbers. It
//! names no mistake; it tells a porter where to look. Layer: `diagnosis`; pure.

use std::collections::{BTreeMap, BTreeSet};

use super::drawn::part;
use super::relation::shared;
use super::{Derivations, Exhibit, look, written};
use conformance::port::Observed;
use conformance::registry;
use conformance::shown::{counted, shorten};
use conformance::verdict::How;
use envelope::facts;
use vectors::{Answer, Expect, Reason, Value};

/// Passing cases below which a common feature is a coincidence.
const PASSES_MIN: usize = 4;

/// What a port said is cut beyond this.
const SAID_CHARS_MAX: usize = 120;

/// Seals that are looked into.
const LOOKED_AT: usize = 4;

/// Hex is cut beyond this.
const SHOWN_CHARS_MAX: usize = 48;

/// In fewer ways than these a feature divides cases by chance.
const SPLITS_MIN: usize = 100;

/// Something that is looked for in a member of failed cases and of those that pass.
type Look = fn(&str, &[&Exhibit<'_>], &[&Exhibit<'_>]) -> Option<String>;

/// Words that follow a member's name, and whether they are true of its value.
type Feature = (&'static str, fn(&[u8]) -> bool);

/// What can be said of one value; the simplest come first.
const FEATURES: &[Feature] = &[
    ("is empty", <[u8]>::is_empty),
    ("is not empty", |bytes| !bytes.is_empty()),
    ("has characters outside ASCII", |bytes| is_text(bytes, |text| !text.is_ascii())),
    ("has characters beyond U+FFFF, such as emoji", |bytes| {
        is_text(bytes, |text| text.chars().any(|c| c > '\u{ffff}'))
    }),
    ("has characters beyond U+00FF", |bytes| is_text(bytes, |text| text.chars().any(|c| c > '\u{ff}'))),
    ("is no UTF-8", |bytes| std::str::from_utf8(bytes).is_err()),
    ("holds a NUL", |bytes| bytes.contains(&0)),
    ("begins with a zero byte", |bytes| bytes.first() == Some(&0)),
    ("ends with a zero byte", |bytes| bytes.last() == Some(&0)),
    ("begins with a byte from 0x80", |bytes| bytes.first().is_some_and(|first| *first >= 0x80)),
    ("has white space at an end", |bytes| is_text(bytes, |text| text.trim() != text)),
    ("holds line ends", |bytes| is_text(bytes, |text| text.contains(['\r', '\n']))),
    ("holds capitals", |bytes| is_text(bytes, |text| text.chars().any(char::is_uppercase))),
    ("holds quotes, backslashes or control characters", |bytes| {
        is_text(bytes, |text| text.contains(|c| matches!(c, '"' | '\\' | '\0'..='\u{1f}')))
    }),
    ("holds a +", |bytes| is_text(bytes, |text| text.contains('+'))),
    ("holds a /", |bytes| is_text(bytes, |text| text.contains('/'))),
    ("holds a - or _", |bytes| is_text(bytes, |text| text.contains(['-', '_']))),
    ("holds an =", |bytes| is_text(bytes, |text| text.contains('='))),
    ("holds &, < or >", |bytes| is_text(bytes, |text| text.contains(['&', '<', '>']))),
    ("is no multiple of 16 bytes long", |bytes| !bytes.len().is_multiple_of(16)),
    ("is a multiple of 16 bytes long", |bytes| bytes.len().is_multiple_of(16)),
];

fn is_text(bytes: &[u8], is: impl Fn(&str) -> bool) -> bool {
    std::str::from_utf8(bytes).is_ok_and(is)
}

/// What is seen in failures, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// A sentence without its full stop.
    pub words: String,
    /// Whether it is all there is to say: the answers show what is wrong with them.
    pub is_plain: bool,
}

/// What the failures at these positions show, as far as they are of this operation.
pub(super) fn seen(
    exhibits: &[Exhibit<'_>],
    operation: &str,
    cases: &[usize],
    derivations: &Derivations,
) -> Option<Seen> {
    let cases = cases.iter().map(|at| &exhibits[*at]);
    let failed: Vec<_> = cases.filter(|exhibit| exhibit.operation().name == operation).collect();
    if failed.is_empty() {
        return None;
    }
    let plain = stale(&failed).or_else(|| spelled(&failed)).or_else(|| sealed_instead(&failed, derivations));
    let plain = plain.map(|words| Seen { words, is_plain: true });
    plain.or_else(|| {
        let told: Vec<String> =
            [parting(&failed), detail(exhibits, operation, &failed)].into_iter().flatten().collect();
        (!told.is_empty()).then(|| Seen { words: told.join("; "), is_plain: false })
    })
}

/// What a port sealed instead of the plaintext: the right keystream shows it, and its tag proves it.
fn sealed_instead(failed: &[&Exhibit<'_>], derivations: &Derivations) -> Option<String> {
    let told = |exhibit: &&Exhibit<'_>| {
        let sealed = look::sealed_instead(exhibit, derivations)?;
        let plaintext = exhibit.case.input.optional_bytes("plaintext")?;
        let same = shared(&sealed, plaintext);
        let behind = &sealed[same..];
        let start = &behind[..behind.len().min(16)];
        let other = (start.len() == 16).then(|| plaintext.windows(16).position(|window| window == start)).flatten();
        let from = match other {
            Some(at) if at < same => format!("there it repeats the bytes from {at} on"),
            Some(at) => format!("there it goes on with the bytes from {at} on"),
            None if behind.is_empty() => "there it ends".to_owned(),
            None => format!("there it is {} …", shorten(&hex::encode(start), SHOWN_CHARS_MAX)),
        };
        Some(format!("its tag is right for another plaintext: the same up to byte {same}; {from}"))
    };
    failed.iter().take(LOOKED_AT).find_map(told)
}

/// Where answers leave the right ones, if that is at one place.
fn parting(failed: &[&Exhibit<'_>]) -> Option<String> {
    let parts = |exhibit: &&Exhibit<'_>| {
        let (Expect::Output(wanted), Observed::Answer(Answer::Output(found))) =
            (&exhibit.case.expect, &exhibit.found.as_ref()?.observed)
        else {
            return None;
        };
        let (name, right) = wanted.iter().next()?;
        let (found, right) = (found.value(name)?.as_bytes()?, right.as_bytes()?);
        let same = shared(found, right);
        (same >= 4 && same < found.len()).then_some((name, same))
    };
    let all: Vec<_> = failed.iter().map(parts).collect::<Option<_>>()?;
    let (name, same) = *all.first()?;
    let at_one_place = all.len() > 1 && all.iter().all(|other| *other == (name, same));
    at_one_place.then(|| {
        format!("in all {} `{name}` is right up to byte {same} and wrong from there on", counted(all.len(), "case"))
    })
}

/// What failures have in common, in words.
fn detail(exhibits: &[Exhibit<'_>], operation: &str, failed: &[&Exhibit<'_>]) -> Option<String> {
    if let Some(words) = other_answer(exhibits, failed) {
        return Some(words);
    }
    // What must be taken and what must be refused are compared with their own kind.
    let refusals = matches!(failed[0].case.expect, Expect::Reject(_));
    let is_kin = |exhibit: &&Exhibit<'_>| {
        exhibit.operation().name == operation && matches!(exhibit.case.expect, Expect::Reject(_)) == refusals
    };
    let passed: Vec<_> = exhibits.iter().filter(is_kin).filter(|exhibit| exhibit.found.is_none()).collect();
    if passed.is_empty() {
        let all = exhibits.iter().filter(is_kin).count() == failed.len() && failed.len() > 1;
        let words = || {
            all_refused(failed)
                .unwrap_or_else(|| format!("all {} of it that were asked fail", counted(failed.len(), "case")))
        };
        return all.then(words);
    }
    if passed.len() < PASSES_MIN || splits(failed.len(), passed.len()) < SPLITS_MIN {
        return None;
    }
    let members = members(failed);
    let looks: [Look; 2] = [feature, size];
    let feature = looks.iter().find_map(|look| members.iter().find_map(|member| look(member, failed, &passed)))?;
    let failures = if failed.len() == 1 {
        "in the failed case".to_owned()
    } else {
        format!("in all {} failed cases", failed.len())
    };
    Some(format!("{failures} {feature}, and in none of the {} that pass", passed.len()))
}

/// What a port says that refuses all that it has to accept.
fn all_refused(failed: &[&Exhibit<'_>]) -> Option<String> {
    let refusal = |exhibit: &&Exhibit<'_>| match &exhibit.found.as_ref()?.observed {
        Observed::Answer(Answer::Reject { reason, detail }) => Some((*reason, detail.clone())),
        Observed::Answer(_)
        | Observed::Died { .. }
        | Observed::TimedOut { .. }
        | Observed::Garbled { .. }
        | Observed::Nondeterministic { .. }
        | Observed::NotRun { .. } => None,
    };
    let refusals: Vec<(Reason, String)> = failed.iter().map(refusal).collect::<Option<_>>()?;
    let (reason, said) = refusals.first()?;
    let reason = if refusals.iter().all(|(other, _)| other == reason) {
        format!(", always as `{}`", reason.as_str())
    } else {
        String::new()
    };
    let said = if said.is_empty() { String::new() } else { format!("; it says: {}", shorten(said, SAID_CHARS_MAX)) };
    Some(format!("it refuses all {} that it has to accept{reason}{said}", counted(failed.len(), "input")))
}

/// How envelopes with the right bytes in them are written.
fn spelled(failed: &[&Exhibit<'_>]) -> Option<String> {
    let told = |exhibit: &&Exhibit<'_>| {
        let Observed::Answer(Answer::Output(found)) = &exhibit.found.as_ref()?.observed else { return None };
        let (Expect::Output(wanted), operation) = (&exhibit.case.expect, exhibit.operation()) else { return None };
        let envelope = |fields| registry::envelope(operation, fields);
        (operation.verb() == "seal")
            .then(|| written::difference(envelope(found)?, envelope(wanted)?, &exhibit.case.input))?
    };
    let all: Vec<String> = failed.iter().filter_map(told).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for words in &all {
        *counts.entry(words).or_default() += 1;
    }
    let (words, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some(if count == failed.len() {
        words.to_owned()
    } else {
        format!("in {} of {}, {words}", count, counted(failed.len(), "case"))
    })
}

/// What is wrong with what was drawn.
fn stale(failed: &[&Exhibit<'_>]) -> Option<String> {
    let stale = failed.first()?.found.as_ref()?.stale?;
    let drew = |exhibit: &&Exhibit<'_>| {
        exhibit.drew().into_iter().find(|(name, _)| *name == stale.member).map(|(_, value)| value)
    };
    let drawn: Vec<Vec<u8>> = failed.iter().filter_map(drew).collect();
    let (member, count) = (stale.member, counted(drawn.len(), "seal"));
    let first = drawn.first()?;
    if drawn.iter().flatten().all(|byte| *byte == 0) {
        return Some(format!("`{member}` is all zeros in {count}: it is never filled with random bytes"));
    }
    if drawn.len() > 1 && drawn.iter().all(|other| other == first) {
        let shown = shorten(&hex::encode(first), SHOWN_CHARS_MAX);
        return Some(format!("`{member}` is the same in all {count}, {shown}: it is fixed, or drawn only once"));
    }
    let distinct = drawn.iter().collect::<BTreeSet<_>>().len();
    let words = match stale.how {
        How::Length(bytes) => format!("has {}", counted(bytes, "byte")),
        How::Given(other) => format!("is a part of `{other}`, so that it is the same for the same input"),
        How::Repeats if distinct < drawn.len() => {
            format!("is one of only {distinct} in {count}: the generator repeats itself")
        }
        How::Repeats => {
            "was drawn before for another seal: it is the same for equal inputs, or the generator begins anew"
                .to_owned()
        }
        How::Counts(_) => "is counted up and not drawn".to_owned(),
        How::Halves => "has two equal halves".to_owned(),
        How::Constant(bytes, _) => format!("has {} that never change", counted(bytes, "byte")),
        How::Ascii => "has only bytes below 0x80: it is text, not random bytes".to_owned(),
        How::Bits => "has bits that never change".to_owned(),
    };
    Some(format!("`{member}` {words}"))
}

/// In how many ways so many of all cases can be the failed ones, up to where it no longer matters: of few, some feature divides any.
fn splits(failed: usize, passed: usize) -> usize {
    let few = failed.min(passed).min(4);
    (0..few).fold(1, |ways, at| ways * (failed + passed - at) / (at + 1))
}

/// Whether the port gave the answers to other requests.
fn other_answer(exhibits: &[Exhibit<'_>], failed: &[&Exhibit<'_>]) -> Option<String> {
    let answered = |exhibit: &&&Exhibit<'_>| {
        let Some(Observed::Answer(Answer::Output(output))) = exhibit.found.as_ref().map(|found| &found.observed) else {
            return false;
        };
        let is_long = |value: &Value| value.as_bytes().is_some_and(|bytes| bytes.len() >= 8);
        output.iter().any(|(_, value)| is_long(value))
            && exhibits.iter().any(|other| matches!(&other.case.expect, Expect::Output(right) if right == output))
    };
    let others = failed.iter().filter(answered).count();
    (others > 1 && 2 * others > failed.len()).then(|| {
        format!(
            "{} have the right answer to another request: answers are mixed up, or state is kept between requests",
            counted(others, "failed case")
        )
    })
}

/// The names of the members of requests and right answers.
fn members(exhibits: &[&Exhibit<'_>]) -> BTreeSet<&'static str> {
    let of = |exhibit: &&Exhibit<'_>| {
        let given = exhibit.case.input.iter().map(|(name, _)| name);
        let inside =
            facts::of(exhibit.operation().name).into_iter().flat_map(|facts| facts.parts).map(|part| part.member);
        given
            .chain(inside)
            .chain(right(exhibit).into_iter().flat_map(|right| right.iter().map(|(name, _)| name)))
            .collect::<Vec<_>>()
    };
    exhibits.iter().flat_map(of).collect()
}

fn right<'e>(exhibit: &'e Exhibit<'_>) -> Option<&'e vectors::Fields> {
    match &exhibit.case.expect {
        Expect::Output(right) | Expect::Opens(right) => Some(right),
        Expect::Reject(_) => None,
    }
}

/// A member of the request, of the right answer, or a salt or nonce in an envelope.
fn value(exhibit: &Exhibit<'_>, member: &str) -> Option<Value> {
    let told = exhibit.case.input.value(member).or_else(|| right(exhibit)?.value(member));
    let inside = || part(exhibit.operation(), &exhibit.case.input, member);
    let drawn = || exhibit.drew().into_iter().find(|(name, _)| *name == member).map(|(_, value)| value);
    told.cloned().or_else(|| inside().or_else(drawn).map(Value::Bytes))
}

/// What all values of a member have in the failed cases and none has in those that pass.
fn feature(member: &str, failed: &[&Exhibit<'_>], passed: &[&Exhibit<'_>]) -> Option<String> {
    let (failed, passed) = (texts(member, failed)?, known(member, passed)?);
    let divides =
        |is: &fn(&[u8]) -> bool| failed.iter().all(|bytes| is(bytes)) && !passed.iter().any(|bytes| is(bytes));
    FEATURES.iter().find(|(_, is)| divides(is)).map(|(words, _)| format!("`{member}` {words}"))
}

fn texts(member: &str, of: &[&Exhibit<'_>]) -> Option<Vec<Vec<u8>>> {
    of.iter().map(|exhibit| Some(value(exhibit, member)?.as_bytes()?.to_vec())).collect()
}

/// The same of those that have one, if they are enough: what a port drew is kept of its failures alone.
fn known(member: &str, of: &[&Exhibit<'_>]) -> Option<Vec<Vec<u8>>> {
    let values: Vec<_> = of.iter().filter_map(|exhibit| Some(value(exhibit, member)?.as_bytes()?.to_vec())).collect();
    (values.len() >= PASSES_MIN).then_some(values)
}

/// The length or the number above which or below which all cases fail.
fn size(member: &str, failed: &[&Exhibit<'_>], passed: &[&Exhibit<'_>]) -> Option<String> {
    if let (Some(failed), Some(passed)) = (texts(member, failed), texts(member, passed)) {
        let lengths = |of: &[Vec<u8>]| of.iter().map(|bytes| bytes.len() as u64).collect::<Vec<_>>();
        return threshold(&lengths(&failed), &lengths(&passed)).map(|words| format!("`{member}` has {words} bytes"));
    }
    let numbers = |of: &[&Exhibit<'_>]| -> Option<Vec<u64>> {
        let number = |exhibit: &&Exhibit<'_>| match value(exhibit, member)? {
            Value::Integer(number) => Some(number),
            Value::Bytes(_) | Value::Text(_) | Value::Flag(_) | Value::BytesList(_) | Value::IntegerList(_) => None,
        };
        of.iter().map(number).collect()
    };
    threshold(&numbers(failed)?, &numbers(passed)?).map(|words| format!("`{member}` is {words}"))
}

/// Whether all of these are above or below all of those.
fn threshold(failed: &[u64], passed: &[u64]) -> Option<String> {
    let (least, most) = (failed.iter().min()?, failed.iter().max()?);
    if passed.iter().all(|other| other < least) {
        return Some(format!("{least} or more"));
    }
    passed.iter().all(|other| other > most).then(|| format!("{most} or fewer"))
}
