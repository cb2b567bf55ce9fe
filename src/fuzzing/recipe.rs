//! A question of a campaign, as data: a case of the vectors and what is changed in it. Layer: `fuzzing`; pure.

use serde::{Deserialize, Serialize};

use crate::port::Hello;
use crate::vector::{Expect, Fields, Operation, VectorFile};

/// A case and the changes that make a question of it, applied in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipe {
    /// The id of a case.
    pub base: String,
    /// What is changed; few.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// One bit of a member is flipped.
    Flip {
        /// The member of the input.
        member: String,
        /// The bit; modulo the member's length.
        bit: usize,
    },
}

/// What is put to reference and port.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is asked for.
    pub operation: &'static Operation,
    /// The request's input.
    pub input: Fields,
    /// What the case's envelope holds, where the changes should not have touched it.
    pub plaintext: Option<Fields>,
}

/// The cases that a campaign starts from: within the port's claims and policies, the cheapest of each kind.
pub struct Bases<'v> {
    cases: Vec<(&'v VectorFile, &'v crate::vector::Case)>,
}

impl Recipe {
    /// What kinds of change it makes and where, without numbers: sorted, each once, such as `flip@record`.
    #[must_use]
    pub fn family(&self) -> Vec<String> {
        let mut family: Vec<_> = self.changes.iter().map(Change::kind).collect();
        family.sort();
        family.dedup();
        family
    }

    /// Simpler recipes that may show the same, the simplest first: a change fewer, or a change with plainer numbers.
    #[must_use]
    pub fn simpler(&self) -> Vec<Self> {
        let without = |at: usize| {
            let mut changes = self.changes.clone();
            changes.remove(at);
            Self { base: self.base.clone(), changes }
        };
        (0..self.changes.len()).map(without).collect()
    }
}

impl Change {
    /// Its kind and place, such as `flip@record`.
    #[must_use]
    pub fn kind(&self) -> String {
        match self {
            Self::Flip { member, .. } => format!("flip@{member}"),
        }
    }
}

impl<'v> Bases<'v> {
    /// The cases that this port can be asked.
    #[must_use]
    pub fn new(files: &'v [VectorFile], hello: &Hello, policies: &[String]) -> Self {
        let claimed = |file: &VectorFile| file.policy == "core" || policies.contains(&file.policy);
        let cases = files
            .iter()
            .filter(|file| claimed(file))
            .flat_map(|file| file.cases.iter().map(move |case| (file, case)))
            .filter(|(file, case)| {
                hello.claims(file.operation, &case.input) && matches!(case.expect, Expect::Output(_))
            })
            .collect();
        Self { cases }
    }

    /// The ids of the cases.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.cases.iter().map(|(file, case)| file.case_id(case))
    }

    /// The question that a recipe describes; `None` when its case is not among these, or a change finds nothing to change.
    #[must_use]
    pub fn question(&self, recipe: &Recipe) -> Option<Question> {
        let (file, case) = self.cases.iter().find(|(file, case)| file.case_id(case) == recipe.base)?;
        let plaintext = match &case.expect {
            Expect::Output(output) => Some(output.clone()),
            Expect::Opens(_) | Expect::Reject(_) => None,
        };
        Some(Question { operation: file.operation, input: case.input.clone(), plaintext })
    }
}
