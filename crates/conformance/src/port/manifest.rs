//! `port.toml`: how a port is started, its limits and its known issues.
//!
//! In: the file's text. Out: a checked [`Manifest`], or an error with file, line and column. Layer: `port`; reads one file.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use vectors::Reasons;

use super::date::Date;
use super::mismatch::Mismatch;

/// A `port.toml` larger than this is a mistake.
const MANIFEST_BYTES_MAX: u64 = 1 << 20;

/// Why a port's manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// Neither a folder with a `port.toml` nor a name below `ports/`.
    #[error("no port `{name}`: there is no {name}/port.toml and no ports/{name}/port.toml")]
    Absent {
        /// What was asked for.
        name: String,
    },
    /// The file cannot be read.
    #[error("{}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not what a manifest must be.
    #[error("{}:{line}:{column}: {problem}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What was expected and what was found.
        problem: String,
    },
}

/// How a port is started, its limits and its known issues.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// The port's name.
    pub name: String,
    /// The folder that holds the manifest; every command runs there.
    pub folder: PathBuf,
    /// The adapter and its arguments; never empty.
    pub command: Vec<String>,
    /// What `sealproof setup` runs; may be empty.
    pub setup: Vec<String>,
    /// Whether the adapter loops.
    pub mode: Mode,
    /// Policies that the port follows beside `core` and those in its hello.
    pub policies: Vec<String>,
    /// Whether the reasons of its refusals are judged.
    pub reasons: Reasons,
    /// What the port may cost.
    pub limits: PortLimits,
    /// Mismatches that are known and excused.
    pub known_issues: Vec<KnownIssue>,
    /// Classes of a campaign's disagreements that are known and excused.
    pub known_classes: Vec<KnownClass>,
}

/// How an adapter takes its requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// One process answers line after line.
    #[default]
    Loop,
    /// One process for each request.
    OneShot,
}

/// What a port's process may cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PortLimits {
    /// Resident memory of the process and its children, MiB.
    pub memory_mib: u64,
    /// From the start of the process to its hello.
    pub start: Duration,
    /// How many times its predicted cost a request may take.
    pub deadline_factor: f64,
}

impl Default for PortLimits {
    fn default() -> Self {
        Self { memory_mib: 1024, start: Duration::from_secs(20), deadline_factor: 8.0 }
    }
}

/// An excuse for exactly one mismatch on exactly the named cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownIssue {
    /// A case, or a glob for at most 20.
    pub case: glob::Pattern,
    /// The one mismatch that is excused.
    pub mismatch: Mismatch,
    /// Why it fails.
    pub why: String,
    /// Where it is tracked.
    pub link: String,
    /// The scope, against the hello; empty is everywhere.
    pub when: BTreeMap<String, String>,
    /// Whether it fails only sometimes.
    pub flaky: bool,
    /// The last day on which it is excused.
    pub expires: Option<Date>,
    /// In a cross run: the sealing port.
    pub producer: Option<String>,
    /// In a cross run: the opening port.
    pub consumer: Option<String>,
}

/// An excuse for classes of disagreements that campaigns find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownClass {
    /// A class's name, or a glob.
    pub class: glob::Pattern,
    /// Why the port disagrees.
    pub why: String,
    /// Where it is tracked.
    pub link: String,
    /// The scope, against the hello; empty is everywhere.
    pub when: BTreeMap<String, String>,
    /// The last day on which it is excused.
    pub expires: Option<Date>,
}

/// What one `[[known_issue]]` excuses.
enum Known {
    Case(KnownIssue),
    Class(KnownClass),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireManifest {
    name: Spanned<String>,
    command: Spanned<Vec<String>>,
    #[serde(default)]
    setup: Vec<String>,
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    policies: Vec<String>,
    #[serde(default)]
    reasons: Reasons,
    #[serde(default)]
    limits: WireLimits,
    #[serde(default, rename = "known_issue")]
    known_issues: Vec<Spanned<WireKnownIssue>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireLimits {
    memory_mib: Option<Spanned<u64>>,
    start_s: Option<Spanned<f64>>,
    deadline_factor: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireKnownIssue {
    case: Option<Spanned<String>>,
    class: Option<Spanned<String>>,
    mismatch: Option<Spanned<String>>,
    why: Spanned<String>,
    link: Spanned<String>,
    #[serde(default)]
    when: BTreeMap<String, String>,
    #[serde(default)]
    flaky: Option<bool>,
    expires: Option<Spanned<String>>,
    producer: Option<String>,
    consumer: Option<String>,
}

/// A problem and the bytes that it stands at.
struct Fault {
    span: Range<usize>,
    problem: String,
}

impl Manifest {
    /// Finds a port by folder, or by name below `ports/` of the current directory, and reads its manifest.
    ///
    /// # Errors
    ///
    /// [`ManifestError`]: no such port, an unreadable file, or one that is not a manifest.
    pub fn find(port: &str) -> Result<Self, ManifestError> {
        let below_ports = Path::new("ports").join(port);
        [Path::new(port), &below_ports]
            .into_iter()
            .find(|folder| folder.join("port.toml").is_file())
            .ok_or_else(|| ManifestError::Absent { name: port.to_owned() })
            .and_then(Self::load)
    }

    /// Reads the manifest of the port in this folder.
    ///
    /// # Errors
    ///
    /// [`ManifestError`]: an unreadable file, or one that is not a manifest.
    pub fn load(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join("port.toml");
        let unreadable = |source| ManifestError::Unreadable { path: path.clone(), source };
        let bytes = fs::metadata(&path).map_err(unreadable)?.len();
        if bytes > MANIFEST_BYTES_MAX {
            return Err(unreadable(std::io::Error::other("the file is larger than 1 MiB")));
        }
        let text = fs::read_to_string(&path).map_err(unreadable)?;
        // The command runs in the folder, so a relative folder would be looked up from inside itself.
        let folder = fs::canonicalize(folder).map_err(unreadable)?;
        Self::parse(&text, &path, folder)
    }

    /// Reads a manifest's text; `path` is named in errors, commands run in `folder`.
    ///
    /// # Errors
    ///
    /// [`ManifestError::Invalid`] with the place of the first fault.
    pub fn parse(text: &str, path: &Path, folder: PathBuf) -> Result<Self, ManifestError> {
        Self::read(text, folder).map_err(|fault| {
            let (line, column) = position(text, fault.span.start);
            ManifestError::Invalid { path: path.to_owned(), line, column, problem: fault.problem }
        })
    }

    fn read(text: &str, folder: PathBuf) -> Result<Self, Fault> {
        let wire: WireManifest = toml::from_str(text)
            .map_err(|error| Fault { span: error.span().unwrap_or(0..0), problem: error.message().to_owned() })?;
        if wire.command.get_ref().first().is_none_or(String::is_empty) {
            return Err(fault(&wire.command, "expected a program and its arguments, found none"));
        }
        let (mut known_issues, mut known_classes) = (Vec::new(), Vec::new());
        for issue in wire.known_issues {
            match WireKnownIssue::check(issue)? {
                Known::Case(issue) => known_issues.push(issue),
                Known::Class(class) => known_classes.push(class),
            }
        }
        Ok(Self {
            name: filled(wire.name)?,
            folder,
            command: wire.command.into_inner(),
            setup: wire.setup,
            mode: wire.mode,
            policies: wire.policies,
            reasons: wire.reasons,
            limits: wire.limits.check()?,
            known_issues,
            known_classes,
        })
    }
}

impl WireLimits {
    fn check(self) -> Result<PortLimits, Fault> {
        let default = PortLimits::default();
        let memory_mib = match self.memory_mib {
            Some(mib) if *mib.get_ref() == 0 => return Err(fault(&mib, "expected at least 1 MiB")),
            Some(mib) => mib.into_inner(),
            None => default.memory_mib,
        };
        let start_s = within(self.start_s, 0.1..=3600.0, default.start.as_secs_f64())?;
        let deadline_factor = within(self.deadline_factor, 1.0..=1000.0, default.deadline_factor)?;
        Ok(PortLimits { memory_mib, start: Duration::from_secs_f64(start_s), deadline_factor })
    }
}

impl WireKnownIssue {
    fn check(spanned: Spanned<Self>) -> Result<Known, Fault> {
        let whole = fault(&spanned, "expected either `case` and `mismatch`, or `class` alone");
        let issue = spanned.into_inner();
        match (&issue.case, &issue.class, &issue.mismatch) {
            (Some(case), None, Some(mismatch)) => {
                let (case, mismatch) = (pattern(case, "case")?, known_mismatch(mismatch)?);
                issue.of_case(case, mismatch).map(Known::Case)
            }
            (None, Some(class), None) => {
                let class = pattern(class, "class")?;
                let is_plain = issue.flaky.is_none() && issue.producer.is_none() && issue.consumer.is_none();
                if is_plain { issue.of_class(class).map(Known::Class) } else { Err(whole) }
            }
            (Some(_), _, None) => Err(Fault { problem: "missing field `mismatch`".to_owned(), ..whole }),
            _ => Err(whole),
        }
    }

    fn of_case(self, case: glob::Pattern, mismatch: Mismatch) -> Result<KnownIssue, Fault> {
        Ok(KnownIssue {
            case,
            mismatch,
            why: filled(self.why)?,
            link: filled(self.link)?,
            when: self.when,
            flaky: self.flaky.unwrap_or(false),
            expires: last_day(self.expires)?,
            producer: self.producer,
            consumer: self.consumer,
        })
    }

    fn of_class(self, class: glob::Pattern) -> Result<KnownClass, Fault> {
        let (why, link) = (filled(self.why)?, filled(self.link)?);
        Ok(KnownClass { class, why, link, when: self.when, expires: last_day(self.expires)? })
    }
}

fn pattern(text: &Spanned<String>, what: &str) -> Result<glob::Pattern, Fault> {
    glob::Pattern::new(text.get_ref()).map_err(|error| fault(text, &format!("expected a {what} or a glob: {error}")))
}

fn known_mismatch(word: &Spanned<String>) -> Result<Mismatch, Fault> {
    // A case that could not be asked has shown nothing, so there is nothing to excuse.
    let is_excusable = |mismatch: &Mismatch| *mismatch != Mismatch::NotRun;
    Mismatch::of_word(word.get_ref()).filter(is_excusable).ok_or_else(|| {
        let known: Vec<_> = Mismatch::ALL.into_iter().filter(is_excusable).map(Mismatch::as_str).collect();
        fault(word, &format!("expected one of {}", known.join(", ")))
    })
}

fn last_day(text: Option<Spanned<String>>) -> Result<Option<Date>, Fault> {
    let Some(text) = text else { return Ok(None) };
    let date = Date::read(text.get_ref());
    date.map(Some).ok_or_else(|| fault(&text, "expected a date as \"YYYY-MM-DD\""))
}

fn within(given: Option<Spanned<f64>>, allowed: std::ops::RangeInclusive<f64>, default: f64) -> Result<f64, Fault> {
    match given {
        Some(given) if !allowed.contains(given.get_ref()) => {
            Err(fault(&given, &format!("expected {} to {}", allowed.start(), allowed.end())))
        }
        Some(given) => Ok(given.into_inner()),
        None => Ok(default),
    }
}

fn filled(text: Spanned<String>) -> Result<String, Fault> {
    if text.get_ref().trim().is_empty() {
        return Err(fault(&text, "expected a string that is not empty"));
    }
    Ok(text.into_inner())
}

fn fault<T>(at: &Spanned<T>, problem: &str) -> Fault {
    Fault { span: at.span(), problem: problem.to_owned() }
}

/// Line and column, from 1, of a byte.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"x\"\ncommand = [\"x\"]\n";

    fn read(text: &str) -> Result<Manifest, (usize, usize, String)> {
        Manifest::read(text, PathBuf::from(".")).map_err(|fault| {
            let (line, column) = position(text, fault.span.start);
            (line, column, fault.problem)
        })
    }

    /// The protocol page's own example must be a manifest, with every value where it belongs.
    #[test]
    fn the_example_of_the_protocol_is_read() {
        let manifest = read(
            r#"
            name = "notesnook-web"
            command = ["node", "adapter.cjs"]
            setup = ["npm", "ci", "--ignore-scripts"]
            mode = "loop"
            policies = ["strict"]
            reasons = "any"
            [limits]
            memory_mib = 512
            start_s = 5
            deadline_factor = 4
            [[known_issue]]
            case = "aes-256-gcm/iv16-tag8/17"
            mismatch = "wrong-output"
            why = "tag compared with 16 bytes"
            link = "an upstream issue"
            when = { platform = "ios" }
            flaky = false
            expires = "2027-06-30"
            "#,
        )
        .unwrap();
        assert_eq!((manifest.name.as_str(), manifest.mode), ("notesnook-web", Mode::Loop));
        assert_eq!(manifest.reasons, Reasons::Any);
        assert_eq!((manifest.limits.memory_mib, manifest.limits.start), (512, Duration::from_secs(5)));
        assert_eq!(manifest.known_issues[0].expires, Date::read("2027-06-30"));
        assert_eq!(manifest.known_issues[0].when["platform"], "ios");
    }

    /// A manifest that is half read would run another port than was meant.
    #[test]
    fn mistakes_are_named_with_line_and_column() {
        let issue = |rest: &str| format!("{HEAD}[[known_issue]]\n{rest}");
        let whole = "case = \"a/b/1\"\nmismatch = \"died\"\nwhy = \"w\"\nlink = \"l\"\n";
        for (text, line, names) in [
            (format!("{HEAD}colour = 1"), 3, "colour"),
            ("name = \"x\"\ncommand = []".to_owned(), 2, "program"),
            ("command = [\"x\"]".to_owned(), 1, "name"),
            (format!("{HEAD}mode = \"once\""), 3, "once"),
            (format!("{HEAD}reasons = \"none\""), 3, "none"),
            (format!("{HEAD}[limits]\nmemory_mib = 0"), 4, "at least 1"),
            (format!("{HEAD}[limits]\nstart_s = -1"), 4, "expected"),
            (format!("{HEAD}[limits]\ndeadline_factor = nan"), 4, "expected"),
            (format!("{HEAD}[limits]\nmemory = 1"), 4, "memory"),
            (issue(&whole.replace("why = \"w\"\n", "")), 3, "why"),
            (issue(&whole.replace("\"l\"", "\" \"")), 7, "empty"),
            (issue(&whole.replace("died", "dead")), 5, "wrong-output"),
            (issue(&whole.replace("died", "not-run")), 5, "wrong-output"),
            (issue(&whole.replace("a/b/1", "a/[")), 4, "glob"),
            (issue(&format!("{whole}expires = \"2027-02-30\"")), 8, "YYYY-MM-DD"),
            (format!("{HEAD}x = "), 3, ""),
        ] {
            let (found_line, column, problem) = read(&text).unwrap_err();
            assert_eq!(found_line, line, "{text}: {problem}");
            assert!(column >= 1 && problem.contains(names), "{text}: {problem}");
        }
        assert!(read(&issue(whole)).is_ok());
        let class = "class = \"*.open/lenient/*\"\nwhy = \"w\"\nlink = \"l\"\n";
        let known = read(&issue(&format!("{class}expires = \"2027-06-30\""))).unwrap().known_classes;
        assert!(known[0].class.matches("autonomail.open/lenient/bom@record") && known[0].expires.is_some());
        for wrong in [
            class.replace("why = \"w\"\n", ""),
            class.replace("*.open/lenient/*", "["),
            format!("{class}mismatch = \"died\""),
            format!("{class}flaky = true"),
            format!("{class}case = \"a/b/1\""),
        ] {
            assert!(read(&issue(&wrong)).is_err(), "{wrong}");
        }
    }

    /// A port that is not there must be said so, and not be started from somewhere else.
    #[test]
    fn an_absent_port_is_an_error() {
        assert!(matches!(Manifest::find("no-such-port"), Err(ManifestError::Absent { .. })));
    }
}
