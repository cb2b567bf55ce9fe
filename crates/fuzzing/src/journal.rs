//! What a campaign leaves, so that it can go on from there.
//!
//! In: what a [`super::Listener`] is told. Out: JSON lines: a header, then classes, kept recipes and checkpoints as they come.
//! Reading takes everything up to the last whole checkpoint; what a crash left after it is asked again. Layer: `fuzzing`; the
//! caller opens the file.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::batch::BATCH_SIZE;
use super::class::{CLASSES_MAX, Class, Classes};
use super::counts::{Counts, Past};
use super::novelty::{KEPT_MAX, Kept};
use super::recipe::Recipe;
use conformance::port::Hello;
use vectors::index::vectors_sha256;

/// The version of the journal's own layout.
const JOURNAL: u32 = 1;

/// Bytes of one line that are read.
const LINE_BYTES_MAX: u64 = 4 << 20;

/// Between two checkpoints when nothing new was seen.
const CHECKPOINT_EVERY: Duration = Duration::from_secs(20);

/// What a campaign is: another one cannot go on in its journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    journal: u32,
    suite: String,
    vectors_sha256: String,
    port: String,
    version: String,
    seed: u64,
    batch_size: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "kebab-case")]
enum Record {
    Header(Header),
    Class(Box<Class>),
    Kept { batch: u64, sight: String, recipe: Recipe },
    Checkpoint { batches: u64, counts: Counts, classes: Vec<u64> },
}

/// Why a journal cannot be gone on with.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("cannot use the journal")]
    Io(#[from] io::Error),
    /// It is of another campaign.
    #[error("the journal belongs to another campaign: its {member} is {found}, this one's is {wanted}")]
    Other {
        /// What differs.
        member: &'static str,
        /// In the journal.
        found: String,
        /// Here.
        wanted: String,
    },
    /// It is no journal.
    #[error("line {line} of the journal: {problem}")]
    Invalid {
        /// The line, from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// A journal that was read.
#[derive(Debug, Default)]
pub struct Read {
    /// Where the campaign left off.
    pub past: Past,
    /// Bytes up to the end of the last whole checkpoint, or of the header; what follows is to be cut off. 0: no header.
    pub bytes: u64,
}

impl Header {
    /// The header of a campaign against this port with this seed.
    #[must_use]
    pub fn new(hello: &Hello, seed: u64) -> Self {
        Self {
            journal: JOURNAL,
            suite: env!("CARGO_PKG_VERSION").to_owned(),
            vectors_sha256: vectors_sha256(),
            port: hello.name_text.clone(),
            version: hello.version_text.clone(),
            seed,
            batch_size: BATCH_SIZE,
        }
    }

    /// The seed.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whether a journal with this header is of the same campaign as `wanted`.
    ///
    /// # Errors
    ///
    /// [`JournalError::Other`] names what differs.
    pub fn fits(&self, wanted: &Self) -> Result<(), JournalError> {
        let pairs = [
            ("layout", self.journal.to_string(), wanted.journal.to_string()),
            ("suite", self.suite.clone(), wanted.suite.clone()),
            ("hash of the vectors", self.vectors_sha256.clone(), wanted.vectors_sha256.clone()),
            ("port", self.port.clone(), wanted.port.clone()),
            ("port's version", self.version.clone(), wanted.version.clone()),
            ("seed", self.seed.to_string(), wanted.seed.to_string()),
            ("batch size", self.batch_size.to_string(), wanted.batch_size.to_string()),
        ];
        match pairs.into_iter().find(|(_, found, wanted)| found != wanted) {
            None => Ok(()),
            Some((member, found, wanted)) => Err(JournalError::Other { member, found, wanted }),
        }
    }
}

/// Reads a journal; `None` in place of its header when it is empty.
///
/// # Errors
///
/// [`JournalError`]: unreadable, or a whole line that is no record.
pub fn read(mut input: impl BufRead) -> Result<(Option<Header>, Read), JournalError> {
    let (mut header, mut read) = (None, Read::default());
    let (mut bytes, mut number) = (0, 0);
    let (mut classes, mut kept) = (Vec::<Class>::new(), Vec::new());
    loop {
        let mut line = Vec::new();
        io::Read::take(&mut input, LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        number += 1;
        if line.pop() != Some(b'\n') {
            // The end, or a line that was cut.
            return Ok((header, read));
        }
        bytes += line.len() as u64 + 1;
        let record = serde_json::from_slice(&line)
            .map_err(|error| JournalError::Invalid { line: number, problem: error.to_string() })?;
        match (record, &header) {
            (Record::Header(found), None) => {
                header = Some(found);
                read.bytes = bytes;
            }
            (Record::Header(_), Some(_)) | (_, None) => {
                return Err(JournalError::Invalid {
                    line: number,
                    problem: "expected exactly one header, on the first line".to_owned(),
                });
            }
            (Record::Class(class), _) => take_class(&mut classes, *class),
            (Record::Kept { batch, sight, recipe }, _) if kept.len() < KEPT_MAX => kept.push((sight, recipe, batch)),
            (Record::Kept { .. }, _) => {}
            (Record::Checkpoint { batches, counts, classes: totals }, _) => {
                classes.iter_mut().zip(totals).for_each(|(class, count)| class.count = count);
                read = Read { past: past(batches, counts, &classes, &kept), bytes };
            }
        }
    }
}

/// Takes in a class, which may stand there again with a sample more.
fn take_class(classes: &mut Vec<Class>, class: Class) {
    if let Some(at) = classes.iter().position(|known| known.name() == class.name()) {
        classes[at] = class;
    } else if classes.len() < CLASSES_MAX && !class.samples.is_empty() {
        classes.push(class);
    }
}

fn past(batches: u64, counts: Counts, classes: &[Class], recipes: &[(String, Recipe, u64)]) -> Past {
    let mut kept = Kept::default();
    for (sight, recipe, batch) in recipes {
        kept.offer(sight.clone(), recipe, *batch);
    }
    Past { batches, counts, kept, classes: Classes::restored(classes.to_vec()) }
}

/// Writes a journal: whole batches only.
pub struct Journal<W> {
    output: W,
    /// Records that the next checkpoint takes with it.
    waiting: Vec<Record>,
    /// Samples of each class that were written.
    samples: Vec<usize>,
    /// The clock of the last checkpoint.
    last_ms: u64,
    /// What goes into the last checkpoint, if none was written since.
    due: Option<Record>,
}

impl<W: Write> Journal<W> {
    /// Begins a journal, with its header if it is new, or goes on with one that already knows these classes.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn begin(mut output: W, header: Option<&Header>, classes: &Classes) -> io::Result<Self> {
        if let Some(header) = header {
            write_record(&mut output, &Record::Header(header.clone()))?;
            output.flush()?;
        }
        let samples = classes.all().iter().map(|class| class.samples.len()).collect();
        Ok(Self { output, waiting: Vec::new(), samples, last_ms: 0, due: None })
    }

    /// Notes a recipe that was kept.
    pub fn kept(&mut self, batch: u64, sight: &str, recipe: &Recipe) {
        self.waiting.push(Record::Kept { batch, sight: sight.to_owned(), recipe: recipe.clone() });
    }

    /// Notes that a batch was asked to its end, and writes what is new, if there is anything or it is time.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn batch_ends(&mut self, batches: u64, counts: &Counts, classes: &Classes) -> io::Result<()> {
        for (at, class) in classes.all().iter().enumerate() {
            let written = self.samples.get(at).copied();
            if written.is_none_or(|written| written < class.samples.len()) {
                self.waiting.push(Record::Class(Box::new(class.clone())));
                self.samples.resize(self.samples.len().max(at + 1), 0);
                self.samples[at] = class.samples.len();
            }
        }
        let totals = classes.all().iter().map(|class| class.count).collect();
        self.due = Some(Record::Checkpoint { batches, counts: counts.clone(), classes: totals });
        let is_time = u128::from(counts.elapsed_ms.saturating_sub(self.last_ms)) >= CHECKPOINT_EVERY.as_millis();
        if self.waiting.is_empty() && !is_time {
            return Ok(());
        }
        self.last_ms = counts.elapsed_ms;
        self.write_due()
    }

    /// Writes the last checkpoint, if it was not written yet.
    ///
    /// # Errors
    ///
    /// The writer's.
    pub fn write_due(&mut self) -> io::Result<()> {
        let Some(due) = self.due.take() else { return Ok(()) };
        for record in self.waiting.drain(..).chain([due]) {
            write_record(&mut self.output, &record)?;
        }
        self.output.flush()
    }
}

fn write_record(output: &mut impl Write, record: &Record) -> io::Result<()> {
    let mut line = serde_json::to_vec(record)?;
    line.push(b'\n');
    output.write_all(&line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use conformance::port::{InProcess as _, Reference};

    fn header(seed: u64) -> Header {
        Header::new(&Reference::default().hello(), seed)
    }

    fn written() -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut journal = Journal::begin(&mut bytes, Some(&header(7)), &Classes::default()).unwrap();
        let recipe = |base: &str| Recipe { base: base.to_owned(), changes: Vec::new() };
        journal.kept(0, "a", &recipe("a"));
        journal.batch_ends(1, &Counts { cases: 4096, ..Counts::default() }, &Classes::default()).unwrap();
        journal.kept(1, "b", &recipe("b"));
        journal.batch_ends(2, &Counts { cases: 8192, ..Counts::default() }, &Classes::default()).unwrap();
        bytes
    }

    /// A power cut in the middle of a line must cost a batch and not the campaign, wherever it cuts.
    #[test]
    fn a_journal_cut_anywhere_goes_on_from_its_last_checkpoint() {
        let whole = written();
        let ends: Vec<usize> =
            whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1).collect();
        for cut in 0..=whole.len() {
            let (found, read) = read(&whole[..cut]).unwrap();
            let (batches, kept, bytes) = match cut {
                cut if cut >= ends[4] => (2, 2, ends[4]),
                cut if cut >= ends[2] => (1, 1, ends[2]),
                cut if cut >= ends[0] => (0, 0, ends[0]),
                _ => (0, 0, 0),
            };
            assert_eq!(found.is_some(), cut >= ends[0]);
            assert_eq!(
                (read.past.batches, read.past.kept.len(), read.bytes),
                (batches, kept, bytes as u64),
                "cut at {cut}"
            );
        }
    }

    /// Going on with another seed or port would mix two campaigns, and neither could be repeated.
    #[test]
    fn a_journal_of_another_campaign_is_refused() {
        header(7).fits(&header(7)).unwrap();
        let other = header(7).fits(&header(8)).unwrap_err().to_string();
        assert!(other.contains("seed is 7, this one's is 8"), "{other}");
        let port = Header { port: "x".to_owned(), ..header(7) };
        assert!(port.fits(&header(7)).unwrap_err().to_string().contains("port is x"));
        assert!(matches!(read(&b"{}\n"[..]), Err(JournalError::Invalid { line: 1, .. })));
        assert!(matches!(read(&b"\xff\n"[..]), Err(JournalError::Invalid { line: 1, .. })));
    }
}
