//! What a campaign tells while it goes on, and what it writes.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, IsTerminal as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::quoted;
use super::shown::{kind, shown_input};
use conformance::port::Hello;
use conformance::shown::grouped;
use conformance::shown::printable;
use fuzzing::capsule::Capsule;
use fuzzing::class::Classes;
use fuzzing::journal::{self, Header, Journal, JournalError};
use fuzzing::proposal::{Proposal, propose};
use fuzzing::{Class, Counts, Listener, Past, Recipe, Standing};
use vectors::VectorFile;

/// Between two lines about the rate, on a terminal and elsewhere.
const TOLD_EVERY: [Duration; 2] = [Duration::from_secs(5), Duration::from_secs(30)];

/// The one who listens.
pub(super) struct Console<'a> {
    port: &'a str,
    seed: u64,
    save: Option<&'a Path>,
    policies: &'a [String],
    files: &'a [VectorFile],
    hello: Option<Hello>,
    journal: Option<Journal<File>>,
    /// The first thing that could not be written.
    fault: Option<io::Error>,
    /// What earlier parts of the campaign came to.
    before: Counts,
    told: Instant,
    /// Questions that had been asked when the rate was last told.
    asked: u64,
    /// Kinds that were told.
    kinds_told: BTreeSet<String>,
    every: Duration,
}

/// Where a campaign's journal stands.
pub(super) fn journal_path(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}

impl<'a> Console<'a> {
    pub(super) fn new(
        port: &'a str,
        seed: u64,
        save: Option<&'a Path>,
        policies: &'a [String],
        files: &'a [VectorFile],
    ) -> Self {
        let [terminal, elsewhere] = TOLD_EVERY;
        let every = if io::stderr().is_terminal() { terminal } else { elsewhere };
        let (before, told) = (Counts::default(), Instant::now());
        Self {
            port,
            seed,
            save,
            policies,
            files,
            hello: None,
            journal: None,
            fault: None,
            before,
            told,
            asked: 0,
            kinds_told: BTreeSet::new(),
            every,
        }
    }

    /// Writes what is left of the journal.
    pub(super) fn end(&mut self) -> io::Result<()> {
        if let Some(journal) = &mut self.journal {
            journal.write_due()?;
        }
        self.fault.take().map_or(Ok(()), Err)
    }

    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// What earlier parts of the campaign came to.
    pub(super) fn before(&self) -> &Counts {
        &self.before
    }

    /// The one line that repeats a class's question.
    pub(super) fn repeats(&self, class: &Class, standing: Standing) -> String {
        let port = quoted(self.port);
        match (self.save, standing, &class.first().file) {
            (Some(folder), Standing::Fault | Standing::Note, _) => {
                format!("sealproof repro {} --port {port}", quoted(&capsule_path(folder, class).display().to_string()))
            }
            (_, _, Some(file)) => format!("sealproof fuzz --port {port} --corpus … (its file {})", printable(file)),
            (_, _, None) => {
                format!("sealproof fuzz --port {port} --seed {} --cases {}", self.seed, class.first().number + 1)
            }
        }
    }

    fn open_journal(&mut self, folder: &Path, hello: &Hello) -> Result<Past, JournalError> {
        fs::create_dir_all(folder)?;
        let path = journal_path(folder);
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| io::Error::other("another campaign is using it"))?;
        let (found, read) = journal::read(BufReader::new(&file))?;
        let wanted = Header::new(hello, self.seed);
        if let Some(found) = &found {
            found.fits(&wanted)?;
        }
        file.set_len(read.bytes)?;
        file.seek(SeekFrom::Start(read.bytes))?;
        let header = if found.is_some() { None } else { Some(&wanted) };
        self.journal = Some(Journal::begin(file, header, &read.past.classes)?);
        Ok(read.past)
    }

    /// Writes the files of a class; what its proposal says about the reference.
    fn write_class(&mut self, class: &Class, folder: &Path) -> Option<Proposal> {
        let capsule = Capsule::new(class, self.hello.as_ref()?, self.policies, self.seed);
        self.attempt(fs::write(capsule_path(folder, class), capsule.text()));
        let proposal = propose(&capsule, self.files).ok()?;
        let path = folder.join("vectors").join(format!("{}.json", proposal.path));
        let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &proposal.text));
        self.attempt(written);
        Some(proposal)
    }

    fn attempt(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.fault.get_or_insert(error);
        }
    }

    fn proposal(&self, class: &Class) -> Option<Proposal> {
        propose(&Capsule::new(class, self.hello.as_ref()?, self.policies, self.seed), self.files).ok()
    }
}

fn capsule_path(folder: &Path, class: &Class) -> PathBuf {
    folder.join(format!("{}.capsule.json", class.file_name()))
}

impl Listener for Console<'_> {
    fn begins(&mut self, hello: &Hello) -> Result<Past, JournalError> {
        self.hello = Some(hello.clone());
        let past = match self.save {
            Some(folder) => self.open_journal(folder, hello)?,
            None => Past::default(),
        };
        (self.before, self.asked) = (past.counts.clone(), past.counts.asked);
        let (name, version) = (printable(&hello.name_text), printable(&hello.version_text));
        eprintln!("{name} {version}, seed {}", self.seed);
        if past.batches > 0 {
            let classes = past.classes.all().len();
            eprintln!("resuming after {} cases, with {classes} classes", grouped(past.counts.cases));
        }
        self.told = Instant::now();
        Ok(past)
    }

    fn asked(&mut self, counts: &Counts, classes: &Classes) {
        if self.told.elapsed() < self.every {
            return;
        }
        let milliseconds = u64::try_from(self.told.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = counts.asked.saturating_sub(self.asked) * 1000 / milliseconds;
        (self.told, self.asked) = (Instant::now(), counts.asked);
        eprintln!(
            "  {} cases  {} asked  {}/s  {} classes  {} skipped",
            grouped(counts.cases),
            grouped(counts.asked),
            grouped(rate),
            classes.all().len(),
            grouped(counts.quarantined),
        );
    }

    fn found(&mut self, class: &Class, standing: Standing) {
        let word = match standing {
            Standing::Fault => "FAULT",
            Standing::Note => "note ",
            Standing::Known => "known",
        };
        // A kind of change is told once, and not again for each place where it shows the same.
        let is_told = self.kinds_told.insert(kind(class));
        if is_told {
            eprintln!("{word} {}  {}", printable(&class.name()), shown_input(&class.exhibit.input, 100));
        }
        if standing == Standing::Known {
            return;
        }
        let proposal = match self.save {
            Some(folder) => self.write_class(class, folder),
            None => self.proposal(class),
        };
        for dispute in proposal.iter().flat_map(|proposal| &proposal.disputes) {
            eprintln!("      DOUBT THE REFERENCE: {}", printable(dispute));
        }
    }

    fn kept(&mut self, batch: u64, sight: &str, recipe: &Recipe) {
        if let Some(journal) = &mut self.journal {
            journal.kept(batch, sight, recipe);
        }
    }

    fn batch_ends(&mut self, batches: u64, counts: &Counts, classes: &Classes) {
        let written = self.journal.as_mut().map_or(Ok(()), |journal| journal.batch_ends(batches, counts, classes));
        self.attempt(written);
    }
}
