//! Envelopes that somebody else's engine found interesting, asked before anything is drawn.

use super::Campaign;
use super::asking::{Sight, compared};
use crate::batch::{Batch, Prepared};
use crate::difference::Comparison;
use crate::recipe::{Question, Recipe};
use conformance::registry;
use vectors::Value;

/// The family of a question whose envelope comes from a file.
const FAMILY: &str = "corpus";

/// Files that are asked together.
const CHUNK: usize = 1_024;

/// A file of a corpus: raw bytes, taken as an envelope of each format that the port opens.
#[derive(Clone, Debug)]
pub struct CorpusFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Campaign<'_, '_, '_> {
    /// Asks every file of the corpus for every format, and puts disagreements in a class for each operation and difference.
    pub(super) fn ask_corpus(&mut self) {
        for (recipe, question, member) in self.openers() {
            let prepare = |file: &CorpusFile| {
                let input = question.input.clone().replacing(member, Value::Bytes(file.bytes.clone()));
                let question = Question { input, plaintext: None, ..question.clone() };
                let ready = self.ground.ready(0, recipe.clone(), question)?;
                let family = vec![FAMILY.to_owned()];
                self.ground.answered(Prepared { family, file: Some(file.name.clone()), ..ready })
            };
            let prepared: Vec<_> = self.order.corpus.iter().filter_map(prepare).collect();
            for some in prepared.chunks(CHUNK) {
                self.ask_files(some);
                if self.ending.is_some() {
                    return;
                }
            }
        }
    }

    /// One case of each format that the port opens, and the member that holds its envelope.
    fn openers(&self) -> Vec<(Recipe, Question, &'static str)> {
        if self.order.corpus.is_empty() {
            return Vec::new();
        }
        let mut openers: Vec<(Recipe, Question, &'static str)> = Vec::new();
        for id in &self.ground.ids {
            let recipe = Recipe { base: id.clone(), changes: Vec::new() };
            let Some(question) = self.ground.bases.question(&recipe) else { continue };
            let is_new = openers.iter().all(|(_, known, _)| known.operation != question.operation);
            let is_input = |member: &&str| question.operation.input_member(member).is_some();
            let member = registry::document_member(question.operation).filter(is_input);
            if let Some(member) = member.filter(|_| is_new) {
                openers.push((recipe, question, member));
            }
        }
        openers
    }

    fn ask_files(&mut self, questions: &[Prepared]) {
        let batch = Batch { numbers: 0..0, questions: questions.to_vec() };
        let sights = self.ask_batch(&batch);
        for (prepared, sight) in questions.iter().zip(sights) {
            let Sight::Seen(observed) = sight else { continue };
            if let Comparison::Differs(difference) = compared(prepared, &observed) {
                self.disagreement(prepared, difference, &observed);
            }
        }
    }
}
