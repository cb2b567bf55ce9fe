//! Classes of disagreement: one for each operation, difference and family of the smallest recipe that shows it.
//!
//! In: disagreements with their smallest recipes. Out: a bounded table, in the order in which the classes were found. A class
//! whose questions end the port is a quarantine at the same time. Layer: `fuzzing`; pure.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::difference::Difference;
use super::recipe::{Question, Recipe};
use conformance::port::{Date, Hello, KnownClass};
use conformance::verdict::Observed;
use vectors::Answer;

/// Classes that are told apart; what comes beyond them is counted only.
pub const CLASSES_MAX: usize = 512;

/// Of these, how many may be of leniency: a port that promises nothing has hundreds, and graver ones come after them.
const LENIENT_MAX: usize = 320;

/// Samples of a class that are kept.
const SAMPLES_MAX: usize = 3;

/// Cases that show a class as they stand, of which so many are kept.
const BASES_MAX: usize = 1_024;

/// Other families of a class that are kept.
const ALSO_MAX: usize = 32;

/// Characters of one text of a port that are kept.
const TEXT_CHARS_MAX: usize = 2_000;

/// The family of a recipe that changes nothing.
const UNCHANGED: &str = "as-it-stands";

/// One class of disagreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// The operation's name.
    pub operation: String,
    /// How port and reference part.
    pub difference: Difference,
    /// What kinds of change its smallest recipe makes and where; sorted.
    pub family: Vec<String>,
    /// Where the family is empty: the cases that show it as they stand, to which alone it applies.
    pub bases: Vec<String>,
    /// Other families that show the same: the same member of the input is refused by the same rule of the reference.
    pub also: Vec<Vec<String>>,
    /// That rule: the reference's words of refusal, without what differs with every input.
    pub rule: String,
    /// How many questions showed it.
    pub count: u64,
    /// The first question that showed it, made small, and a few others as they were drawn.
    pub samples: Vec<Sample>,
    /// The smallest question and both answers to it.
    pub exhibit: Exhibit,
    /// For a class that ends the port: whether it still did so at the end of the campaign.
    pub repeats: Option<bool>,
}

/// Where a question came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// The number that it was drawn under; 0 for a file.
    pub number: u64,
    /// The recipe.
    pub recipe: Recipe,
    /// The file of a corpus that holds its envelope, when it was not drawn.
    pub file: Option<String>,
}

/// A question and both answers to it, as reports write them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exhibit {
    /// The request's input.
    pub input: Json,
    /// What the envelope holds, if that is known.
    pub content: Option<Json>,
    /// The reference's answer.
    pub expected: Json,
    /// What was seen of the port.
    pub observed: Json,
}

/// What is known of a disagreement before it has a class.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The operation's name.
    pub operation: &'static str,
    /// How port and reference part.
    pub difference: Difference,
    /// The family of its smallest recipe.
    pub family: Vec<String>,
    /// The reference's words of refusal, without what differs with every input.
    pub rule: String,
    /// Where it came from, with its smallest recipe.
    pub sample: Sample,
    /// The smallest question and both answers.
    pub exhibit: Exhibit,
}

/// The classes of a campaign.
#[derive(Clone, Debug, Default)]
pub struct Classes(Vec<Class>);

/// What a class means for the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The port is at fault.
    Fault,
    /// Worth knowing: a lenient port does not promise otherwise.
    Note,
    /// A known issue names it.
    Known,
}

impl Class {
    /// `<operation>/<difference>/<family>`.
    #[must_use]
    pub fn name(&self) -> String {
        let family = if self.family.is_empty() { UNCHANGED.to_owned() } else { self.family.join("+") };
        format!("{}/{}/{family}", self.operation, self.difference.as_str())
    }

    /// The name as that of a file.
    #[must_use]
    pub fn file_name(&self) -> String {
        let safe = |c: char| if c.is_ascii_alphanumeric() || "@+-._".contains(c) { c } else { '_' };
        self.name().replace('/', "--").chars().map(safe).take(160).collect()
    }

    /// Where it was seen first.
    #[must_use]
    pub fn first(&self) -> &Sample {
        &self.samples[0]
    }

    fn is_of(&self, operation: &str, difference: Difference, family: &[String], base: &str) -> bool {
        self.operation == operation && self.difference == difference && self.holds(family, base)
    }

    /// Whether a recipe has all that shows this. What a case shows as it stands, its changes show; those of others need not.
    fn holds(&self, family: &[String], base: &str) -> bool {
        if self.family.is_empty() {
            return self.difference == Difference::Nondeterministic || self.bases.iter().any(|known| known == base);
        }
        std::iter::once(&self.family).chain(&self.also).any(|known| is_within(known, family))
    }

    /// Whether a finding is of this class: of its family, or one that the reference refuses by the same rule at the same
    /// plain member. What stands inside a document is told apart by its family alone, for there are many ways to misread it.
    fn is_shown_by(&self, finding: &Finding) -> bool {
        let is_same = self.operation == finding.operation && self.difference == finding.difference;
        let same_rule = || {
            let (ours, theirs) = (places(&self.family), places(&finding.family));
            !self.rule.is_empty()
                && self.rule == finding.rule
                && ours == theirs
                && ours.iter().all(|place| !place.contains('.'))
        };
        let is_document = || finding.family.iter().any(|kind| kind.ends_with("@record") || kind.ends_with("@envelope"));
        is_same && (self.family == finding.family || (!is_document() && same_rule()))
    }
}

impl Exhibit {
    /// A question and both answers.
    #[must_use]
    pub fn new(question: &Question, reference: &Answer, observed: &Observed) -> Self {
        Self {
            input: question.input.to_json(),
            content: question.plaintext.as_ref().map(vectors::Fields::to_json),
            expected: Observed::Answer(reference.clone()).to_json(),
            observed: bounded(observed.to_json()),
        }
    }
}

impl Classes {
    /// The classes that a journal holds.
    #[must_use]
    pub fn restored(classes: Vec<Class>) -> Self {
        Self(classes)
    }

    /// The classes, in the order in which they were found.
    #[must_use]
    pub fn all(&self) -> &[Class] {
        &self.0
    }

    /// Counts a disagreement in the class that explains it: one of the same operation and difference whose whole family is
    /// in the recipe's. `None` when no class does; otherwise whether the class has a sample more.
    pub fn explain(
        &mut self,
        operation: &str,
        difference: Difference,
        family: &[String],
        base: &str,
        sample: impl FnOnce() -> Sample,
    ) -> Option<bool> {
        let class = self.0.iter_mut().find(|class| class.is_of(operation, difference, family, base))?;
        class.count += 1;
        let has_room = class.samples.len() < SAMPLES_MAX;
        if has_room {
            class.samples.push(sample());
        }
        Some(has_room)
    }

    /// Whether a question would show what is known to end the port: one drawn after it with all of its changes.
    #[must_use]
    pub fn quarantines(&self, operation: &str, family: &[String], base: &str, number: u64) -> bool {
        self.0.iter().any(|class| {
            class.difference.is_fatal()
                && class.first().number < number
                && class.operation == operation
                && class.holds(family, base)
        })
    }

    /// Whether questions of this family are known to end the port, whenever that was found.
    #[must_use]
    pub fn ends_the_port(&self, operation: &str, family: &[String], base: &str) -> bool {
        self.quarantines(operation, family, base, u64::MAX)
    }

    /// Adds a finding: to its class, if that is known by now, else as a class of its own. The class's position when it is
    /// new; `None` also when there is no room for another.
    pub fn add(&mut self, finding: Finding) -> Option<usize> {
        if let Some(class) = self.0.iter_mut().find(|class| class.is_shown_by(&finding)) {
            class.count += 1;
            let base = &finding.sample.recipe.base;
            if class.family.is_empty() && class.bases.len() < BASES_MAX && !class.bases.contains(base) {
                class.bases.push(base.clone());
            }
            if class.samples.len() < SAMPLES_MAX {
                class.samples.push(finding.sample);
            }
            if class.family != finding.family && class.also.len() < ALSO_MAX {
                class.also.push(finding.family);
            }
            return None;
        }
        if self.is_full(finding.difference) {
            return None;
        }
        let Finding { operation, difference, family, rule, sample, exhibit } = finding;
        let bases = if family.is_empty() { vec![sample.recipe.base.clone()] } else { Vec::new() };
        let (operation, samples, also) = (operation.to_owned(), vec![sample], Vec::new());
        self.0.push(Class {
            operation,
            difference,
            family,
            bases,
            also,
            rule,
            count: 1,
            samples,
            exhibit,
            repeats: None,
        });
        Some(self.0.len() - 1)
    }

    /// Whether there is room for no further class of this difference.
    #[must_use]
    pub fn is_full(&self, difference: Difference) -> bool {
        let lenient = || self.0.iter().filter(|class| class.difference == Difference::Lenient).count();
        self.0.len() >= CLASSES_MAX || (difference == Difference::Lenient && lenient() >= LENIENT_MAX)
    }

    /// Notes whether a class that ends the port still did so at the end.
    pub fn set_repeats(&mut self, at: usize, repeats: bool) {
        self.0[at].repeats = Some(repeats);
    }
}

/// What a class means for a port that claims `strict` or does not, with its known issues in scope.
#[must_use]
pub fn standing(class: &Class, is_strict: bool, known: &[&KnownClass]) -> Standing {
    let name = class.name();
    if known.iter().any(|issue| issue.class.matches(&name)) {
        return Standing::Known;
    }
    if class.difference.is_note(is_strict) { Standing::Note } else { Standing::Fault }
}

/// The known issues that hold for this port on this day.
#[must_use]
pub fn in_scope<'k>(known: &'k [KnownClass], hello: &Hello, today: Date) -> Vec<&'k KnownClass> {
    let holds = |issue: &&KnownClass| {
        issue.when.iter().all(|(key, value)| hello.says(key, value)) && issue.expires.is_none_or(|day| day >= today)
    };
    known.iter().filter(holds).collect()
}

/// The places of a family, each once.
fn places(family: &[String]) -> Vec<&str> {
    let mut places: Vec<_> = family.iter().filter_map(|kind| kind.split_once('@')).map(|(_, place)| place).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Whether every kind of one sorted family is in the other.
fn is_within(small: &[String], large: &[String]) -> bool {
    small.iter().all(|kind| large.contains(kind))
}

/// The same with long texts cut, so that a port cannot fill the memory with its words.
fn bounded(json: Json) -> Json {
    match json {
        Json::String(text) if text.chars().count() > TEXT_CHARS_MAX => {
            Json::String(text.chars().take(TEXT_CHARS_MAX).chain("…".chars()).collect())
        }
        Json::Array(items) => items.into_iter().take(TEXT_CHARS_MAX).map(bounded).collect(),
        Json::Object(members) => Json::Object(members.into_iter().map(|(name, json)| (name, bounded(json))).collect()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => json,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(difference: Difference, family: &[&str], number: u64) -> Finding {
        let recipe = Recipe { base: "a/b/1".to_owned(), changes: Vec::new() };
        Finding {
            operation: "autonomail.open",
            difference,
            family: names(family),
            rule: String::new(),
            sample: Sample { number, recipe, file: None },
            exhibit: Exhibit { input: Json::Null, content: None, expected: Json::Null, observed: Json::Null },
        }
    }

    fn names(family: &[&str]) -> Vec<String> {
        family.iter().map(|kind| (*kind).to_owned()).collect()
    }

    fn explain(classes: &mut Classes, difference: Difference, family: &[&str]) -> Option<bool> {
        let sample = finding(difference, family, 9).sample;
        classes.explain("autonomail.open", difference, &names(family), "a/b/1", || sample)
    }

    /// A disagreement is explained by a class whose changes it contains, and by no other: else one class hides all others.
    #[test]
    fn a_class_explains_what_contains_it() {
        let mut classes = Classes::default();
        assert_eq!(classes.add(finding(Difference::Lenient, &["bom@record"], 1)), Some(0));
        assert_eq!(explain(&mut classes, Difference::Lenient, &["bom@record", "flip@salt"]), Some(true));
        assert_eq!(explain(&mut classes, Difference::Lenient, &["flip@salt"]), None);
        assert_eq!(explain(&mut classes, Difference::Accepted, &["bom@record"]), None);
        assert_eq!(classes.add(finding(Difference::Lenient, &["bom@record"], 2)), None);
        assert_eq!(
            explain(&mut classes, Difference::Lenient, &["bom@record"]),
            Some(false),
            "three samples are enough"
        );
        let class = &classes.all()[0];
        assert_eq!((class.count, class.samples.len()), (4, 3));
        assert_eq!(class.name(), "autonomail.open/lenient/bom@record");
        assert_eq!(class.file_name(), "autonomail.open--lenient--bom@record");
    }

    /// One rule that a port does not hold is one class, in however many ways it is broken; two ways to misread a document are
    /// two, though the reference stops at the same word.
    #[test]
    fn a_plain_member_has_a_class_for_each_rule() {
        let mut classes = Classes::default();
        let finding =
            |family: &str, rule: &str| Finding { rule: rule.to_owned(), ..finding(Difference::Lenient, &[family], 1) };
        assert_eq!(classes.add(finding("less@length", "length is , allowed is")), Some(0));
        assert_eq!(classes.add(finding("splice@length", "length is , allowed is")), None);
        assert_eq!(classes.add(finding("splice@length", "another")), Some(1));
        assert_eq!(explain(&mut classes, Difference::Lenient, &["bom@record", "splice@length"]), Some(true));
        assert_eq!(classes.add(finding("padding@record.secureData", "not base64")), Some(2));
        assert_eq!(classes.add(finding("lines@record.secureData", "not base64")), Some(3));
    }

    /// Only what ends the port is kept away from it, and only what was drawn later: a campaign cut short shows the same.
    #[test]
    fn a_quarantine_is_for_what_ends_the_port() {
        let mut classes = Classes::default();
        classes.add(finding(Difference::Lenient, &["bom@record"], 1));
        classes.add(finding(Difference::Died, &["resize@iv"], 5));
        let quarantines =
            |family: &[&str], number| classes.quarantines("autonomail.open", &names(family), "a/b/1", number);
        assert!(quarantines(&["flip@salt", "resize@iv"], 6));
        assert!(!quarantines(&["resize@iv"], 5) && !quarantines(&["bom@record"], 6));
        assert!(!classes.quarantines("notesnook.open", &names(&["resize@iv"]), "a/b/1", 6));
    }

    /// A case that shows something as it stands says nothing of other cases: else one odd case would hide the whole operation.
    #[test]
    fn what_a_case_shows_as_it_stands_is_of_that_case() {
        let mut classes = Classes::default();
        assert_eq!(classes.add(finding(Difference::Died, &[], 1)), Some(0));
        let quarantines =
            |classes: &Classes, base: &str| classes.quarantines("autonomail.open", &names(&["x@iv"]), base, 9);
        assert!(quarantines(&classes, "a/b/1") && !quarantines(&classes, "a/b/2"));
        let mut other = finding(Difference::Died, &[], 2);
        "a/b/2".clone_into(&mut other.sample.recipe.base);
        assert_eq!(classes.add(other), None);
        assert!(quarantines(&classes, "a/b/2"));
    }

    /// A port may print without end; the table of classes must not.
    #[test]
    fn the_table_is_bounded() {
        let mut classes = Classes::default();
        for number in 0..CLASSES_MAX as u64 + 10 {
            classes.add(finding(Difference::Lenient, &[&format!("kind{number}@record")], number));
        }
        assert_eq!(classes.all().len(), LENIENT_MAX);
        for number in 0..CLASSES_MAX as u64 {
            classes.add(finding(Difference::Died, &[&format!("kind{number}@record")], number));
        }
        assert_eq!(classes.all().len(), CLASSES_MAX);
        let long = bounded(serde_json::json!({ "died": { "stderr_text": "x".repeat(100_000) } }));
        assert!(long.to_string().len() < 3_000);
    }

    /// A reader that never promised to be strict is not red for being lenient; one that opens a forgery always is.
    #[test]
    fn leniency_is_a_fault_of_strict_ports_alone() {
        let class = |difference| {
            let mut classes = Classes::default();
            classes.add(finding(difference, &["bom@record"], 1));
            classes.all()[0].clone()
        };
        let known = KnownClass {
            class: glob::Pattern::new("*/died/*").unwrap(),
            why: String::new(),
            link: String::new(),
            when: std::collections::BTreeMap::new(),
            expires: None,
        };
        for (difference, is_strict, standing_found) in [
            (Difference::Lenient, true, Standing::Fault),
            (Difference::Lenient, false, Standing::Note),
            (Difference::Accepted, false, Standing::Fault),
            (Difference::Died, false, Standing::Known),
        ] {
            assert_eq!(standing(&class(difference), is_strict, &[&known]), standing_found);
        }
    }
}
