//! A vector file whose every case is asked of the reference and of the oracles while it is written.
//!
//! In: cases whose bytes were made by hand. Out: the builder that holds them. A case that one of them answers otherwise is
//! a mistake of the recipe or of that implementation: the file is not built, and the error names the case.

use ::document::{Base64, Edit, Encoding};

use super::file::{Accept, CaseId, Change, FileBuilder, Opens, Refuse};
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
    /// The change.
    pub edit: Edit<'static>,
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

/// What a case is called and why it is there, before it is said what changes.
pub struct About(Deviation);

/// One line of a table of deviations, but for its change: name, sentence, flag, refusals.
#[must_use]
pub const fn deviation(name: &'static str, why: &'static str, flag: &'static str, reasons: &'static [Reason]) -> About {
    About(Deviation { name, why, flag, reasons, edit: ::document::all(&[]) })
}

impl About {
    /// The line with its change.
    #[must_use]
    pub const fn by(self, edit: Edit<'static>) -> Deviation {
        Deviation { edit, ..self.0 }
    }
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

    /// Adds a negative case for each deviation of a text that is a member's bytes.
    pub fn deviate<'d>(
        &mut self,
        changed: (CaseId, &'static str),
        text: &str,
        deviations: impl IntoIterator<Item = &'d Deviation>,
    ) {
        for Deviation { name, why, flag, reasons, edit } in deviations {
            self.forge(changed, (name, why, flag), reasons, edited(text, edit, name));
        }
    }

    /// Adds a negative case for each deviation of the document in the base64 of a record's member.
    pub fn deviate_inside<'d>(
        &mut self,
        changed: (CaseId, &'static str),
        (record, inner): (&str, &str),
        deviations: impl IntoIterator<Item = &'d Deviation>,
    ) {
        for Deviation { name, why, flag, reasons, edit } in deviations {
            let edit = ::document::member(inner).inside(Encoding::Base64(Base64::Standard), edit);
            self.forge(changed, (name, why, flag), reasons, edited(record, &edit, name));
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

/// A text with an edit made.
///
/// # Panics
///
/// When the text has no such place, or the edit changes nothing: a mistake of the recipe, for the case of this name.
#[must_use]
pub fn edited(text: &str, edit: &Edit<'_>, name: &str) -> Vec<u8> {
    let edited = edit.apply(text.as_bytes()).unwrap_or_else(|| panic!("{name}: the text has no such place"));
    assert_ne!(edited, text.as_bytes(), "{name} changes nothing");
    edited
}

/// The same as a text; the edit is named by what it does.
///
/// # Panics
///
/// As [`edited`], and when what comes out is not UTF-8.
#[must_use]
pub fn edited_text(text: &str, edit: &Edit<'_>) -> String {
    String::from_utf8(edited(text, edit, &format!("{edit:?}"))).expect("the edit keeps UTF-8")
}
