//! Where the reports of a run go.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, LineWriter, Stderr, Write};
use std::path::Path;
use std::time::Instant;

use super::Failed;
use super::options::{ColourChoice, Form, ReportTarget, RunArgs};
use super::status::{self, Seen, Status};
use conformance::port::Mismatch;
use conformance::verdict::Verdict;
use report::suite::Listener;
use report::text::{Colour, Text};
use report::{CaseRecord, Header, Outcome, Report, jsonl, text};

/// The reports that were asked for, the journal, and the line that says how far the run is.
pub(super) struct Sinks {
    reports: Vec<Sink>,
    journal: Option<Journal>,
    status: Option<Status<Stderr>>,
    began: Instant,
}

/// A report and where it goes. An error is kept and ends the writing; the run goes on.
struct Sink {
    writer: Writer,
    target: String,
    out: Box<dyn Write>,
    failed: Option<io::Error>,
}

/// How a report is written.
enum Writer {
    /// The text, as the run goes on: for people who watch it.
    Watched(Text),
    /// The text, when the run is over: in the order of the cases.
    Text(Colour),
    /// Lines of JSON, when the run is over.
    Jsonl,
}

/// Records as they arrive. The first error is kept and ends the writing; the run goes on.
struct Journal {
    target: String,
    out: LineWriter<File>,
    failed: Option<io::Error>,
}

impl Sinks {
    /// Opens every file before the run, so that a wrong path costs no run.
    pub(super) fn open(args: &RunArgs) -> Result<Self, Failed> {
        let mut reports =
            args.reports.iter().map(|target| Sink::open(target, args.color)).collect::<Result<Vec<_>, _>>()?;
        let to_stdout = |target: &ReportTarget| target.path == Path::new("-");
        // People see the text wherever the data goes: on standard output, or beside it when that is taken.
        match (
            args.reports.iter().any(to_stdout),
            args.reports.iter().any(|target| to_stdout(target) && target.form == Form::Text),
        ) {
            (false, _) => {
                reports.push(Sink::text(Box::new(io::stdout()), colour(args.color, io::stdout().is_terminal())));
            }
            (true, false) => {
                reports.push(Sink::text(Box::new(io::stderr()), colour(args.color, io::stderr().is_terminal())));
            }
            (true, true) => {}
        }
        let journal = match &args.journal {
            Some(path) => {
                let out = LineWriter::new(create(path)?);
                Some(Journal { target: path.display().to_string(), out, failed: None })
            }
            None => None,
        };
        let status = status::is_watched().then(|| Status::new(io::stderr()));
        Ok(Self { reports, journal, status, began: Instant::now() })
    }

    /// Writes a finished report to each of its places; one that fails does not cost the others.
    pub(super) fn write(&mut self, report: &Report) -> Result<(), Failed> {
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::footer(report, out));
        }
        self.make_room();
        let written: Vec<_> = self.reports.iter_mut().map(|sink| sink.write(report)).collect();
        written.into_iter().collect()
    }

    /// Tells of a journal that could not be written.
    pub(super) fn close(self) -> Result<(), Failed> {
        match self.journal {
            Some(Journal { target, failed: Some(source), .. }) => Err(Failed::Write { target, source }),
            Some(_) | None => Ok(()),
        }
    }

    fn make_room(&mut self) {
        if let Some(status) = &mut self.status {
            status.erase();
        }
    }
}

impl Listener for Sinks {
    fn begins(&mut self, header: &Header) {
        for sink in &mut self.reports {
            sink.tell(|text, out| text.begins(header, out));
        }
        if let Some(status) = &mut self.status {
            status.begins(header.selected);
        }
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::header(header, out));
        }
    }

    fn fault(&mut self, fault: &str) {
        self.make_room();
        for sink in &mut self.reports {
            sink.tell(|text, out| text.fault(fault, out));
        }
    }

    fn judged(&mut self, record: &CaseRecord) {
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::case(record, out));
        }
        if text::shows(record) {
            self.make_room();
            for sink in &mut self.reports {
                sink.tell(|text, out| text.judged(record, out));
            }
        }
        if let Some(status) = &mut self.status {
            status.judged(seen(record), self.began.elapsed());
        }
    }
}

fn seen(record: &CaseRecord) -> Seen {
    match record.outcome {
        Outcome::Judged(Verdict::Pass | Verdict::KnownFailure(_) | Verdict::Fail(Mismatch::NotRun))
        | Outcome::LeftOut(_) => Seen::Other,
        Outcome::Judged(Verdict::Fail(_) | Verdict::UnexpectedPass) => Seen::Failure,
    }
}

impl Sink {
    fn open(target: &ReportTarget, choice: ColourChoice) -> Result<Self, Failed> {
        let is_stdout = target.path == Path::new("-");
        let out: Box<dyn Write> = if is_stdout {
            Box::new(BufWriter::new(io::stdout()))
        } else {
            Box::new(BufWriter::new(create(&target.path)?))
        };
        let colour = colour(choice, is_stdout && io::stdout().is_terminal());
        let writer = match (target.form, is_stdout) {
            (Form::Text, true) => Writer::Watched(Text::new(colour)),
            (Form::Text, false) => Writer::Text(colour),
            (Form::Jsonl, _) => Writer::Jsonl,
        };
        Ok(Self { writer, target: target.path.display().to_string(), out, failed: None })
    }

    fn text(out: Box<dyn Write>, colour: Colour) -> Self {
        let (writer, target) = (Writer::Watched(Text::new(colour)), "the text report".to_owned());
        Self { writer, target, out: Box::new(BufWriter::new(out)), failed: None }
    }

    /// Writes one event where somebody watches.
    fn tell(&mut self, write: impl FnOnce(&mut Text, &mut dyn Write) -> io::Result<()>) {
        if let (Writer::Watched(text), None) = (&mut self.writer, &self.failed) {
            self.failed = write(text, &mut self.out).and_then(|()| self.out.flush()).err();
        }
    }

    /// Writes what is still to be written of a finished run.
    fn write(&mut self, report: &Report) -> Result<(), Failed> {
        let written = match (self.failed.take(), &mut self.writer) {
            (Some(error), _) => Err(error),
            (None, Writer::Watched(text)) => text.finishes(report, &mut self.out),
            (None, Writer::Text(colour)) => text::write(report, *colour, &mut self.out),
            (None, Writer::Jsonl) => jsonl::write(report, &mut self.out),
        };
        settle(written.and_then(|()| self.out.flush()), &self.target)
    }
}

impl Journal {
    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut self.out).err();
        }
    }
}

/// A reader that has seen enough and closed the pipe is no failure.
fn settle(written: io::Result<()>, target: &str) -> Result<(), Failed> {
    match written {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failed::Write { target: target.to_owned(), source })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn create(path: &Path) -> Result<File, Failed> {
    File::create(path).map_err(|source| Failed::Write { target: path.display().to_string(), source })
}

fn colour(choice: ColourChoice, is_terminal: bool) -> Colour {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let wanted = match choice {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        ColourChoice::Auto if std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        ColourChoice::Auto => is_terminal || set("CLICOLOR_FORCE"),
    };
    if wanted { Colour::On } else { Colour::Off }
}
