//! Cases whose answer is not the recipe's: every implementation that can is asked, and they must agree.
//!
//! In: an input. Out: a case with the answer of the oracles and the reference and the names of those who gave it, or a
//! disagreement that fails the recipe.

use super::{Accept, CaseId, Change, FileBuilder, Refuse};
use conformance::registry;
use oracle::{ORACLES, Oracle};
use primitives::Limits;
use vectors::{Answer, Fields, Operation, Reason};

/// How `confirmed_by` names this suite's own implementation.
const REFERENCE: &str = "reference";

/// Characters of an answer that a disagreement shows.
const SHOWN_CHARS: usize = 200;

/// A positive case whose output is whatever the oracles say.
pub struct Ask<'a> {
    /// What is special about the case, in kebab case.
    pub name: &'a str,
    /// One sentence for a porter.
    pub why: &'a str,
    /// Names of flags that the file knows.
    pub flags: &'a [&'a str],
    /// The request's input.
    pub input: Fields,
    /// Intermediate values by name, in hex.
    pub trace: &'a [(&'a str, String)],
}

/// A negative case: another case with one thing changed, which all who are asked must refuse.
pub struct AskRefused<'a> {
    /// What is special about the case, in kebab case.
    pub name: &'a str,
    /// One sentence for a porter.
    pub why: &'a str,
    /// Names of flags that the file knows.
    pub flags: &'a [&'a str],
    /// The case that this one is made from.
    pub parent: CaseId,
    /// The one thing.
    pub change: Change,
    /// The refusals that are right.
    pub reasons: &'a [Reason],
}

/// An implementation's name and its answer.
type Witness = (&'static str, Answer);

impl FileBuilder {
    /// Adds a positive case with the output that an oracle computes and the reference and all other oracles confirm.
    /// Without two who agree the recipe fails.
    pub fn confirm(&mut self, ask: Ask<'_>) -> CaseId {
        let Ask { name, why, flags, input, trace } = ask;
        let witnesses = asked(self.file.operation, &input);
        let outputs: Vec<_> = witnesses.iter().filter_map(output).collect();
        let whole = outputs.len() == witnesses.len() && outputs.len() >= 2;
        let agreed = whole && outputs.iter().all(|output| *output == outputs[0]);
        // The reference is asked first, so the last output is an oracle's.
        let output = outputs.last().map_or_else(Fields::new, |output| (*output).clone());
        let confirmed_by = self.confirmed(name, agreed, &witnesses);
        self.accept(Accept { name, why, flags, input, output, trace, confirmed_by: &confirmed_by })
    }

    /// Adds a positive case whose output was made by hand, which the reference and all oracles that can must give as well.
    /// Whoever helped to make it is named too.
    pub fn attest(&mut self, case: Accept<'_>) -> CaseId {
        let witnesses = asked(self.file.operation, &case.input);
        let agreed = witnesses.iter().all(|witness| output(witness) == Some(&case.output));
        let confirmed_by = self.confirmed(case.name, agreed, &witnesses);
        self.accept(Accept { confirmed_by: &joined(confirmed_by, case.confirmed_by), ..case })
    }

    /// Adds a negative case that the reference and all oracles that can judge it refuse for one of the reasons.
    pub fn confirm_refusal(&mut self, ask: AskRefused<'_>) -> CaseId {
        let AskRefused { name, why, flags, parent, change, reasons } = ask;
        self.attest_refusal(Refuse { name, why, flags, parent, change, reasons, confirmed_by: &[] })
    }

    /// As [`FileBuilder::confirm_refusal`], for a case that already names somebody who refuses it.
    pub fn attest_refusal(&mut self, case: Refuse<'_>) -> CaseId {
        let Change(member, value) = &case.change;
        let input = self.input(case.parent).clone().replacing(member, value.clone());
        let witnesses = asked(self.file.operation, &input);
        let agreed = witnesses.iter().all(|(_, answer)| refuses(answer, case.reasons));
        let confirmed_by = self.confirmed(case.name, agreed, &witnesses);
        self.refuse(Refuse { confirmed_by: &joined(confirmed_by, case.confirmed_by), ..case })
    }

    /// The names of the witnesses, whose versions go into the file; keeps what they said if they do not agree.
    fn confirmed(&mut self, case: &str, agreed: bool, witnesses: &[Witness]) -> Vec<&'static str> {
        if !agreed {
            let said = witnesses.iter().map(|(name, answer)| format!("{name} answers {}", shown(answer)));
            self.disagreements.push(format!("{case}: {}", said.collect::<Vec<_>>().join(", ")));
        }
        for oracle in ORACLES.iter().filter(|oracle| witnesses.iter().any(|(name, _)| *name == oracle.name)) {
            self.file.source.oracles.insert(oracle.name.to_owned(), oracle.version());
        }
        witnesses.iter().map(|(name, _)| *name).collect()
    }
}

/// What the reference and, after it, each oracle that can judge the input say.
fn asked(operation: &'static Operation, input: &Fields) -> Vec<Witness> {
    let limits = Limits::default();
    let second = |oracle: &Oracle| Some((oracle.name, oracle.answer(operation, input, &limits)?));
    let mut witnesses = vec![(REFERENCE, registry::reference(operation, input, &limits))];
    witnesses.extend(ORACLES.iter().filter_map(second));
    witnesses
}

/// The witnesses, and after them those who are not among them.
fn joined<'a>(witnesses: Vec<&'a str>, more: &[&'a str]) -> Vec<&'a str> {
    let others: Vec<_> = more.iter().copied().filter(|name| !witnesses.contains(name)).collect();
    [witnesses, others].concat()
}

fn output((_, answer): &Witness) -> Option<&Fields> {
    match answer {
        Answer::Output(output) => Some(output),
        Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => None,
    }
}

fn refuses(answer: &Answer, reasons: &[Reason]) -> bool {
    match answer {
        Answer::Reject { reason, .. } => reasons.contains(reason),
        Answer::Output(_) | Answer::Unsupported { .. } | Answer::Failure { .. } => false,
    }
}

fn shown(answer: &Answer) -> String {
    format!("{answer:?}").chars().take(SHOWN_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builder::RecipeError;
    use vectors::{Expect, Value, VectorFile};

    fn digest(name: &'static str, length: u64) -> Ask<'static> {
        let input = Fields::new().with_bytes("message", []).with_bytes("key", []).with_integer("length", length);
        Ask { name, why: "A digest of nothing", flags: &[], input, trace: &[] }
    }

    fn built(recipe: impl Fn(&mut FileBuilder)) -> Result<VectorFile, RecipeError> {
        let mut file = FileBuilder::new("blake2b.digest", "Digests of nothing").spec(&["RFC 7693"]);
        recipe(&mut file);
        file.build("blake2b/example")
    }

    /// The answer must come from outside, and the file must say from whom. Expected: BLAKE2b's authors' code (Python's hashlib).
    #[test]
    fn answers_and_their_witnesses_are_the_oracles() {
        let file = built(|file| _ = file.confirm(digest("nothing", 16))).unwrap();
        let digest = hex::decode("cae66941d9efbd404e4d88758ea67670").unwrap();
        assert_eq!(file.cases[0].expect, Expect::Output(Fields::new().with_bytes("digest", digest)));
        // A further oracle is a further witness.
        let confirmed = &file.cases[0].confirmed_by;
        assert!(confirmed.starts_with(&["reference", "libsodium"].map(str::to_owned)), "{confirmed:?}");
        assert!(file.source.oracles.contains_key("libsodium"));
    }

    /// A positive case that anybody refuses, or a negative one that anybody takes, would be a vector that is wrong.
    #[test]
    fn a_disagreement_fails_the_recipe_by_name() {
        let refused = built(|file| _ = file.confirm(digest("too-long", 65)));
        let taken = built(|file| {
            let parent = file.confirm(digest("nothing", 16));
            let change = Change("length", Value::Integer(17));
            let (name, why, reasons) = ("just-fine", "Nobody refuses this", &[Reason::Parameter]);
            file.confirm_refusal(AskRefused { name, why, flags: &[], parent, change, reasons });
        });
        for (built, case) in [(refused, "too-long: reference answers"), (taken, "just-fine: reference answers")] {
            let error = built.unwrap_err().to_string();
            assert!(error.starts_with("recipe blake2b/example") && error.contains(case), "{error}");
        }
    }

    /// What one implementation alone refuses may be its own mistake. No oracle knows this operation.
    #[test]
    fn a_refusal_by_one_alone_fails_the_recipe_by_name() {
        let mut file = FileBuilder::new("sjcl-prng.generate", "A generator of nothing").spec(&["SJCL 1.0.9"]);
        file = file.oracle("sjcl", "1.0.9");
        let input = Fields::new().with_integer("paranoia", 0).with_integer("start_ms", 0);
        let parent = file.accept(Accept {
            name: "nothing",
            why: "No event and no request",
            flags: &[],
            input: input.with("events", Value::BytesList(Vec::new())),
            output: Fields::new().with("outputs", Value::BytesList(Vec::new())),
            trace: &[],
            confirmed_by: &["reference", "sjcl"],
        });
        let (name, why, change) = ("level-11", "A level that there is not", Change("paranoia", Value::Integer(11)));
        file.confirm_refusal(AskRefused { name, why, flags: &[], parent, change, reasons: &[Reason::Parameter] });
        let error = file.build("sjcl-prng/example").unwrap_err().to_string();
        let told = "recipe sjcl-prng/example breaks 1 rules: sjcl-prng/example/2: confirmed: confirmed by 1";
        assert!(error.starts_with(told), "{error}");
    }
}
