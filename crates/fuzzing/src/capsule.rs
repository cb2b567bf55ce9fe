//! One disagreement in a file of its own: everything that is needed to ask it again.
//!
//! In: a class. Out: a JSON text. And back: a text that may come from anybody, read strictly. Layer: `fuzzing`; pure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::class::Class;
use super::difference::{Comparison, Difference, compare};
use super::recipe::{Question, Recipe};
use conformance::port::{Hello, Observed};
use conformance::registry::{self, Work};
use vectors::index::vectors_sha256;
use vectors::{Answer, FieldError, Fields, Operation, operation};

/// The version of the capsule's own layout.
const CAPSULE: u32 = 1;

/// One disagreement, self-contained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capsule {
    /// The version of this layout, 1.
    pub capsule: u32,
    /// The suite that wrote it.
    pub suite: String,
    /// The vectors of that suite.
    pub vectors_sha256: String,
    /// The port that disagreed.
    pub port: PortExcerpt,
    /// The class that it is the sample of.
    pub class: String,
    /// The operation's name.
    pub operation: String,
    /// How port and reference parted.
    pub difference: Difference,
    /// The request's input.
    pub input: Json,
    /// What the envelope holds, if that is known.
    pub content: Option<Json>,
    /// The reference's answer.
    pub expected: Json,
    /// What was seen of the port.
    pub observed: Json,
    /// The recipe of the question.
    pub recipe: Recipe,
    /// The campaign's seed.
    pub seed: u64,
    /// The number that the question was first drawn under; 0 for a file of a corpus.
    pub number: u64,
    /// The file of a corpus that holds the envelope, when it was not drawn.
    pub file: Option<String>,
}

/// What a port said about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the members of the handshake")]
pub struct PortExcerpt {
    pub name_text: String,
    pub version_text: String,
    pub language_text: String,
    pub runtime_text: String,
    pub libraries: BTreeMap<String, String>,
    pub policies: Vec<String>,
}

/// Why a text is no capsule.
#[derive(Debug, thiserror::Error)]
pub enum CapsuleError {
    /// It is not JSON of this layout.
    #[error("not a capsule: {0}")]
    Json(#[from] serde_json::Error),
    /// It is of another layout.
    #[error("its format is {found}, this suite reads {CAPSULE}")]
    Layout {
        /// The layout.
        found: u32,
    },
    /// Its question cannot be asked.
    #[error("{problem}")]
    Question {
        /// What is wrong with it.
        problem: String,
    },
}

/// A capsule whose question can be asked.
#[derive(Clone, Debug)]
pub struct Replay {
    /// The question.
    pub question: Question,
    /// The reference's answer of today.
    pub reference: Answer,
    /// The key derivation that a deadline must allow for.
    pub work: Option<Work>,
}

impl Capsule {
    /// The capsule of a class.
    #[must_use]
    pub fn new(class: &Class, hello: &Hello, policies: &[String], seed: u64) -> Self {
        let (sample, exhibit) = (class.first(), class.exhibit.clone());
        let mut claimed = hello.policies.clone();
        claimed.extend(policies.iter().filter(|policy| !hello.policies.contains(policy)).cloned());
        Self {
            capsule: CAPSULE,
            suite: env!("CARGO_PKG_VERSION").to_owned(),
            vectors_sha256: vectors_sha256(),
            port: PortExcerpt {
                name_text: hello.name_text.clone(),
                version_text: hello.version_text.clone(),
                language_text: hello.language_text.clone(),
                runtime_text: hello.runtime_text.clone(),
                libraries: hello.libraries.clone(),
                policies: claimed,
            },
            class: class.name(),
            operation: class.operation.clone(),
            difference: class.difference,
            input: exhibit.input,
            content: exhibit.content,
            expected: exhibit.expected,
            observed: exhibit.observed,
            recipe: sample.recipe.clone(),
            seed,
            number: sample.number,
            file: sample.file.clone(),
        }
    }

    /// The capsule as the text of a file.
    ///
    /// # Panics
    ///
    /// Never: structs with string keys always serialise.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("structs with string keys always serialise") + "\n"
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// [`CapsuleError`].
    pub fn read(text: &[u8]) -> Result<Self, CapsuleError> {
        let capsule: Self = serde_json::from_slice(text)?;
        if capsule.capsule != CAPSULE {
            return Err(CapsuleError::Layout { found: capsule.capsule });
        }
        Ok(capsule)
    }

    /// The question, and what the reference answers to it today.
    ///
    /// # Errors
    ///
    /// [`CapsuleError::Question`] for an operation that the suite does not know, or an input that does not fit it.
    pub fn replay(&self) -> Result<Replay, CapsuleError> {
        let problem = |problem: String| CapsuleError::Question { problem };
        let operation = operation::find(&self.operation)
            .ok_or_else(|| problem(format!("there is no operation {}", self.operation)))?;
        let input = Fields::read(operation.input, &self.input).map_err(|error| problem(format!("input: {error}")))?;
        let content = self.content.as_ref().map(|content| read_content(operation, content)).transpose();
        let plaintext = content.map_err(|error| problem(format!("content: {error}")))?;
        let reference = registry::reference(operation, &input, &primitives::Limits::default());
        let work = match &reference {
            Answer::Output(_) => registry::work(operation, &input),
            Answer::Reject { .. } | Answer::Unsupported { .. } | Answer::Failure { .. } => {
                registry::work(operation, &input).filter(|work| work.units < 1 << 24)
            }
        };
        Ok(Replay { question: Question { operation, input, plaintext }, reference, work })
    }
}

/// Members of an output, not all of which need to be there.
fn read_content(operation: &'static Operation, content: &Json) -> Result<Fields, FieldError> {
    let mut read = Fields::new();
    for member in operation.output {
        if let Some(json) = content.get(member.name) {
            let one = serde_json::json!({ member.name: json });
            let fields = Fields::read(std::slice::from_ref(member), &one)?;
            read = fields.iter().fold(read, |read, (name, value)| read.with(name, value.clone()));
        }
    }
    Ok(read)
}

impl Replay {
    /// How the observation differs from the reference's answer; `None` when it does not, or could not be made.
    #[must_use]
    pub fn difference(&self, observed: &Observed) -> Option<Difference> {
        match compare(&self.question, &self.reference, observed) {
            Comparison::Differs(difference) => Some(difference),
            Comparison::Agrees | Comparison::NotAsked => None,
        }
    }

    /// Whether the reference still answers what the capsule says that it did.
    #[must_use]
    pub fn reference_stands(&self, capsule: &Capsule) -> bool {
        let today = Observed::Answer(self.reference.clone()).to_json();
        match (&today["reject"], &capsule.expected["reject"]) {
            (Json::Object(today), Json::Object(then)) => today["reason"] == then["reason"],
            _ => today == capsule.expected,
        }
    }
}
