//! Envelopes that somebody else's engine found interesting, asked before anything is drawn.

use super::Campaign;
use super::asking::{Sight, compared, differs_so};
use crate::fuzzing::batch::{Batch, Prepared};
use crate::fuzzing::class::{Exhibit, Finding, Sample};
use crate::fuzzing::difference::Comparison;
use crate::fuzzing::recipe::{Question, Recipe};
use crate::vector::Value;

/// The members that hold a whole envelope.
const ENVELOPES: [&str; 2] = ["record", "envelope"];

/// The family of a question whose envelope comes from a file.
const FAMILY: &str = "corpus";

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
            let prepared: Vec<(Prepared, &CorpusFile)> = self
                .order
                .corpus
                .iter()
                .filter_map(|file| {
                    let input = question.input.clone().replacing(member, Value::Bytes(file.bytes.clone()));
                    let question = Question { input, plaintext: None, ..question.clone() };
                    let ready = self.ground.ready(0, recipe.clone(), question)?;
                    let reference = self.ground.answer(&ready.question);
                    Some((Prepared { reference, family: vec![FAMILY.to_owned()], ..ready }, file))
                })
                .collect();
            for some in prepared.chunks(1024) {
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
            let member = ENVELOPES.into_iter().find(|name| question.operation.input_member(name).is_some());
            let is_new = openers.iter().all(|(_, known, _)| known.operation != question.operation);
            if let Some(member) = member.filter(|_| is_new) {
                openers.push((recipe, question, member));
            }
        }
        openers
    }

    fn ask_files(&mut self, some: &[(Prepared, &CorpusFile)]) {
        let questions = some.iter().map(|(prepared, _)| prepared.clone()).collect();
        let sights = self.ask_batch(&Batch { numbers: 0..0, questions });
        for ((prepared, file), sight) in some.iter().zip(sights) {
            let Sight::Seen(observed) = sight else { continue };
            let Comparison::Differs(difference) = compared(prepared, &observed) else { continue };
            self.counts.differing += 1;
            let sample = Sample { number: 0, recipe: prepared.recipe.clone(), file: Some(file.name.clone()) };
            let operation = prepared.question.operation.name;
            if self.classes.explain(operation, difference, &prepared.family, || sample.clone()).is_some() {
                continue;
            }
            let again = self.ask_alone(prepared);
            if differs_so(prepared, &again, difference) {
                let exhibit = Exhibit::new(&prepared.question, &prepared.reference, &again);
                self.add(Finding { operation, difference, family: prepared.family.clone(), sample, exhibit });
            }
        }
    }
}
