//! Where the reports of a run go.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, LineWriter, Write};
use std::path::Path;

use super::Failed;
use super::options::{ColourChoice, Form, ReportTarget, RunArgs};
use report::suite::Listener;
use report::text::Colour;
use report::{CaseRecord, Header, Report, jsonl, text};

/// The reports that were asked for, and the journal.
pub(super) struct Sinks {
    reports: Vec<Sink>,
    journal: Option<Journal>,
}

struct Sink {
    form: Form,
    colour: Colour,
    target: String,
    out: Box<dyn Write>,
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
        Ok(Self { reports, journal })
    }

    /// Writes a finished report to each of its places; one that fails does not cost the others.
    pub(super) fn write(&mut self, report: &Report) -> Result<(), Failed> {
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::footer(&report.counts, report.conclusion, out));
        }
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
}

impl Listener for Sinks {
    fn begins(&mut self, header: &Header) {
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::header(header, out));
        }
    }

    fn judged(&mut self, record: &CaseRecord) {
        if let Some(journal) = &mut self.journal {
            journal.write(|out| jsonl::case(record, out));
        }
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
        Ok(Self {
            form: target.form,
            colour: colour(choice, is_stdout && io::stdout().is_terminal()),
            target: target.path.display().to_string(),
            out,
        })
    }

    fn write(&mut self, report: &Report) -> Result<(), Failed> {
        let written = match self.form {
            Form::Text => text::write(report, self.colour, &mut self.out),
            Form::Jsonl => jsonl::write(report, &mut self.out),
        };
        settle(written.and_then(|()| self.out.flush()), &self.target)
    }

    fn text(out: Box<dyn Write>, colour: Colour) -> Self {
        Self { form: Form::Text, colour, target: "the text report".to_owned(), out: Box::new(BufWriter::new(out)) }
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
