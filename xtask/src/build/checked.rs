//! A vector file whose every case is asked of the reference and of the oracles while it is written.
//!
//! In: cases whose bytes were made by hand. Out: the builder that holds them. A case that one of them answers otherwise is
//! a mistake of the recipe or of that implementation: the file is not built, and the error names the case.

use super::builder::{Accept, CaseId, Change, FileBuilder, Opens, Refuse};
use conformance::registry;
use primitives::Limits;
use vectors::{Answer, Fields, Operation, Reason, Value, operation};

/// A builder that asks all whom it can.
pub struct Checked {
    operation: &'static Operation,
    file: FileBuilder,
}

/// A valid text with one thing changed.
pub struct Deviation {
    /// What is special about the case, in kebab case.
    pub name: &'static str,
    /// One sentence for a porter.
    pub why: &'static str,
    /// A flag that the file knows.
    pub flag: &'static str,
    /// The refusals that are right.
    pub reasons: &'static [Reason],
    /// Makes the change.
    pub edit: fn(&str) -> Vec<u8>,
}

/// It does not parse.
pub const MALFORMED: &[Reason] = &[Reason::Malformed];
/// A value that the format does not allow.
pub const PARAMETER: &[Reason] = &[Reason::Parameter];
/// The tag tells.
pub const AUTHENTICATION: &[Reason] = &[Reason::Authentication];
/// One reader calls it a parse error, another a wrong value.
pub const UNREADABLE: &[Reason] = &[Reason::Malformed, Reason::Parameter];
/// One reader sees it, and to another the tag tells.
pub const UNOPENABLE: &[Reason] = &[Reason::Authentication, Reason::Malformed, Reason::Parameter];

/// One line of a table of deviations.
pub const fn deviation(
    name: &'static str,
    why: &'static str,
    flag: &'static str,
    reasons: &'static [Reason],
    edit: fn(&str) -> Vec<u8>,
) -> Deviation {
    Deviation { name, why, flag, reasons, edit }
}

impl Checked {
    /// Checks what is added to a file of this operation.
    ///
    /// # Panics
    ///
    /// When the suite knows no such operation: a mistake of the recipe.
    #[must_use]
    pub fn new(operation: &str, title: &str, describe: impl FnOnce(FileBuilder) -> FileBuilder) -> Self {
        let file = describe(FileBuilder::new(operation, title));
        Self { operation: operation::find(operation).expect("the builder knows the operation"), file }
    }

    /// Adds a positive case, to which the reference and every oracle that can must give its output.
    pub fn accept(&mut self, case: Accept<'_>) -> CaseId {
        self.file.attest(case)
    }

    /// Adds a seal with the port's own randomness, after opening what was made by hand for the same input and what the
    /// reference seals.
    ///
    /// # Panics
    ///
    /// When one of them does not open to these fields.
    pub fn opens(&mut self, case: Opens<'_>, by_hand: &Fields) -> CaseId {
        let opened_by = self.operation.opened_by.and_then(operation::find).expect("the operation seals");
        let limits = Limits::default();
        let sealed = match registry::reference(self.operation, &case.input, &limits) {
            Answer::Output(sealed) => sealed,
            Answer::Reject { detail, .. } | Answer::Unsupported { detail } | Answer::Failure { detail } => {
                panic!("{}: {detail}", case.name)
            }
        };
        for sealed in [by_hand, &sealed] {
            let input = Fields::pick(opened_by.input, &[sealed, &case.input]);
            let opened = registry::reference(opened_by, &input, &limits);
            assert_eq!(opened, Answer::Output(case.opened.clone()), "{}", case.name);
        }
        self.file.opens(case)
    }

    /// Adds a negative case, which the reference and every oracle that can must refuse for one of its reasons.
    pub fn refuse(&mut self, case: Refuse<'_>) -> CaseId {
        self.file.attest_refusal(case)
    }

    /// Adds a negative case for each deviation of a text, which `wrap` makes into the member's bytes.
    pub fn deviate(
        &mut self,
        (parent, member): (CaseId, &'static str),
        text: &str,
        deviations: &[Deviation],
        wrap: impl Fn(Vec<u8>) -> Vec<u8>,
    ) {
        for Deviation { name, why, flag, reasons, edit } in deviations {
            self.forge((parent, member), (name, why, flag), reasons, wrap(edit(text)));
        }
    }

    /// Adds a negative case by its name, its reason and a flag: other bytes for one member.
    pub fn forge(
        &mut self,
        (parent, member): (CaseId, &'static str),
        (name, why, flag): (&str, &str, &str),
        reasons: &[Reason],
        bytes: Vec<u8>,
    ) {
        let change = Change(member, Value::Bytes(bytes));
        self.refuse(Refuse { name, why, flags: &[flag], parent, change, reasons, confirmed_by: &["reference"] });
    }

    /// The builder.
    #[must_use]
    pub fn finish(self) -> FileBuilder {
        self.file
    }
}

/// A text with one part put in another's place.
///
/// # Panics
///
/// When the text has no such part: a mistake of the recipe.
#[must_use]
pub fn swap(text: &str, from: &str, to: &str) -> Vec<u8> {
    assert!(text.contains(from), "`{text}` has no `{from}`");
    text.replacen(from, to, 1).into_bytes()
}
