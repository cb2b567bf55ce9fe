//! The lines of NIST's response files: `# comment`, `[section = value]`, `name = value`, `FAIL`; an empty line ends a test.
//!
//! In: a text. Out: its [`Record`]s, one after the other, so that a large file is never held twice. Names come in lower case. Layer:
//! `vector`, pure; it knows no algorithm.

use std::rc::Rc;

use super::{ForeignError, unknown};

/// Members that one test or one section may have.
const MEMBERS_MAX: usize = 32;

/// Bytes of the comments at the head of a file that are kept.
const HEAD_BYTES_MAX: usize = 4 << 10;

type Members<'t> = Vec<(String, &'t str)>;

/// One test.
#[derive(Clone, Debug)]
pub(super) struct Record<'t> {
    /// The line of its first member, from 1.
    pub(super) line: usize,
    /// What the sections before it say.
    pub(super) section: Rc<Members<'t>>,
    /// Its members, in order.
    pub(super) members: Members<'t>,
    /// Whether it says `FAIL`.
    pub(super) fails: bool,
}

impl<'t> Record<'t> {
    /// The member of this name, given in lower case.
    pub(super) fn member(&self, name: &str) -> Option<&'t str> {
        value(&self.members, name)
    }

    /// What the section says under this name, given in lower case.
    pub(super) fn section(&self, name: &str) -> Option<&'t str> {
        value(&self.section, name)
    }

    /// Whether it has all these members.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.member(name).is_some())
    }
}

/// The tests of a text.
pub(super) struct Records<'t> {
    file: &'t str,
    lines: std::iter::Enumerate<std::str::Lines<'t>>,
    /// The comments before the first test.
    head: String,
    section: Rc<Members<'t>>,
    section_is_open: bool,
}

/// One line.
enum Line<'t> {
    Empty,
    Comment(&'t str),
    Section(&'t str),
    Fail,
    Member(&'t str, &'t str),
    Other,
}

/// The text of a file.
pub(super) fn text<'t>(file: &'t str, bytes: &'t [u8]) -> Result<Records<'t>, ForeignError> {
    let text = std::str::from_utf8(bytes).map_err(|_| unknown(file, "it is not UTF-8"))?;
    let lines = text.lines().enumerate();
    Ok(Records { file, lines, head: String::new(), section: Rc::default(), section_is_open: false })
}

/// Whether these bytes begin, after comments, as a response file does.
pub(super) fn is_response(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let first = text.lines().map(line).find(|line| !matches!(line, Line::Empty | Line::Comment(_)));
    matches!(first, Some(Line::Section(_) | Line::Member(..)))
}

impl<'t> Records<'t> {
    /// The comments before the tests that were read so far; complete when the first was.
    pub(super) fn head(&self) -> &str {
        &self.head
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &'t str {
        self.file
    }

    /// The next test.
    pub(super) fn next(&mut self) -> Result<Option<Record<'t>>, ForeignError> {
        let mut found: Option<Record<'t>> = None;
        while let Some((at, text)) = self.lines.next() {
            let number = at + 1;
            match line(text) {
                Line::Empty | Line::Section(_) if found.is_some() => {
                    if let Line::Section(section) = line(text) {
                        self.enter(number, section)?;
                    }
                    return Ok(found);
                }
                Line::Empty => {}
                Line::Comment(comment) => self.note(comment),
                Line::Section(section) => self.enter(number, section)?,
                Line::Fail => self.record(&mut found, number).fails = true,
                Line::Member(name, value) => {
                    let record = self.record(&mut found, number);
                    let problem = push(&mut record.members, name, value);
                    problem.map_err(|problem| self.fault(number, problem))?;
                }
                Line::Other => {
                    return Err(self.fault(number, "expected `name = value`, `[name = value]`, `FAIL` or `# comment`"));
                }
            }
        }
        Ok(found)
    }

    fn record<'r>(&mut self, found: &'r mut Option<Record<'t>>, line: usize) -> &'r mut Record<'t> {
        self.section_is_open = false;
        let section = Rc::clone(&self.section);
        found.get_or_insert_with(|| Record { line, section, members: Vec::new(), fails: false })
    }

    /// A section adds to those right above it, and ends those from before the last test.
    fn enter(&mut self, number: usize, section: &'t str) -> Result<(), ForeignError> {
        if !self.section_is_open {
            self.section = Rc::default();
            self.section_is_open = true;
        }
        let (name, value) = section.split_once('=').unwrap_or((section, ""));
        let pushed = push(Rc::make_mut(&mut self.section), name.trim(), value.trim());
        pushed.map_err(|problem| self.fault(number, problem))
    }

    fn note(&mut self, comment: &str) {
        if self.head.len() + comment.len() < HEAD_BYTES_MAX {
            self.head.push_str(comment);
            self.head.push('\n');
        }
    }

    fn fault(&self, line: usize, problem: &str) -> ForeignError {
        ForeignError::Invalid { file: self.file.to_owned(), place: format!("line {line}"), problem: problem.to_owned() }
    }
}

fn value<'t>(members: &Members<'t>, name: &str) -> Option<&'t str> {
    members.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
}

fn push<'t>(members: &mut Members<'t>, name: &str, text: &'t str) -> Result<(), &'static str> {
    let name = name.to_ascii_lowercase();
    if value(members, &name).is_some() {
        return Err("duplicate name; expected an empty line between two tests");
    }
    if members.len() == MEMBERS_MAX {
        return Err("a test may have at most 32 members; expected an empty line between two tests");
    }
    members.push((name, text));
    Ok(())
}

fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    let is_name = |name: &str| {
        (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if text.is_empty() {
        return Line::Empty;
    }
    if let Some(comment) = text.strip_prefix('#') {
        return Line::Comment(comment.trim());
    }
    if let Some(section) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'))
        && section.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Line::Section(section);
    }
    match text.split_once('=').map(|(name, value)| (name.trim(), value.trim())) {
        Some((name, value)) if is_name(name) => Line::Member(name, value),
        Some(_) | None if text == "FAIL" => Line::Fail,
        Some(_) | None => Line::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<(usize, String)>, ForeignError> {
        let mut records = super::text("x.rsp", text.as_bytes())?;
        let mut found = Vec::new();
        while let Some(record) = records.next()? {
            let members: Vec<_> =
                record.section.iter().chain(&record.members).map(|(name, value)| format!("{name}={value}")).collect();
            found.push((record.line, format!("{}{}", members.join(" "), if record.fails { " FAIL" } else { "" })));
        }
        Ok(found)
    }

    /// A section that outlives its tests would give the next ones a tag length that is not theirs.
    #[test]
    fn tests_have_the_sections_right_above_them() {
        let text = "# CAVS\r\n[Keylen = 256]\r\n[Taglen = 32]\r\n\r\nCount = 0\r\nPT = \r\n\r\nCount = 1\r\nFAIL\r\n[IVlen=8]\r\n\r\nCount = 0";
        let wanted = [
            (5, "keylen=256 taglen=32 count=0 pt="),
            (8, "keylen=256 taglen=32 count=1 FAIL"),
            (12, "ivlen=8 count=0"),
        ];
        assert_eq!(read(text).unwrap(), wanted.map(|(line, text)| (line, text.to_owned())));
    }

    /// A line that is skipped is a test that is not run, so each has to be understood.
    #[test]
    fn other_lines_are_faults_at_their_line() {
        for (text, wanted) in [
            ("a = 1\nb\n", "x.rsp, line 2: expected `name = value`"),
            ("a = 1\n\nA = 1\na = 2\n", "x.rsp, line 4: duplicate name"),
            ("[a = 1]\n[a = 2]\n", "x.rsp, line 2: duplicate name"),
            ("a b = 1\n", "x.rsp, line 1: expected"),
            (
                &(0..40).fold(String::new(), |text, at| text + &format!("m{at} = 0\n")),
                "x.rsp, line 33: a test may have",
            ),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with(wanted), "{text}: {error}");
        }
    }
}
