//! JSON that is damaged in a way that people and editors damage it. Layer: `foreign`; pure.
//!
//! In: text that is no JSON. Out: what is wrong with it and where, and the text without it, if that is JSON.

use std::fmt::Write as _;

use serde::de::IgnoredAny;

/// Whether a text is one JSON value, whatever its size or depth.
pub(super) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// How far a text is JSON.
pub(super) struct Scan {
    /// The brackets that are open at its end, outermost first.
    open: Vec<char>,
    /// Whether it ends inside a string, and whether behind a lone backslash.
    in_string: bool,
    escaped: bool,
    /// The last name at the end's depth, with the member that it names.
    name: Option<String>,
}

/// Walks over a text once.
pub(super) fn scan(text: &str) -> Scan {
    let mut scan = Scan { open: Vec::new(), in_string: false, escaped: false, name: None };
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if scan.in_string {
            match c {
                _ if scan.escaped => scan.escaped = false,
                '\\' => scan.escaped = true,
                '"' => {
                    scan.in_string = false;
                    last = Some((start, at));
                }
                _ => {}
            }
            continue;
        }
        match c {
            '"' => (scan.in_string, start) = (true, at + 1),
            ':' => scan.name = last.and_then(|(from, to)| text.get(from..to)).map(str::to_owned),
            '{' => scan.open.push('}'),
            '[' => scan.open.push(']'),
            '}' | ']' => {
                scan.open.pop();
            }
            _ => {}
        }
    }
    scan
}

impl Scan {
    /// Whether the text ends before its JSON does.
    pub(super) fn is_cut(&self) -> bool {
        self.in_string || !self.open.is_empty()
    }

    /// Where it ends, in words.
    pub(super) fn place(&self, text: &str) -> String {
        let mut words = format!("it ends at byte {}", text.len());
        if self.in_string {
            words.push_str(", inside a string");
        }
        if let Some(name) = &self.name {
            let _ = write!(words, ", in member `{}`", name.chars().take(40).collect::<String>());
        }
        words
    }

    /// The text, ended where it was cut, if it can be.
    fn ended(&self, text: &str) -> Option<String> {
        let mut whole = text.to_owned();
        if self.escaped {
            whole.pop();
        }
        if self.in_string {
            whole.push('"');
        }
        let closers: String = self.open.iter().rev().collect();
        let trimmed = whole.trim_end().trim_end_matches(',').to_owned();
        ["", ":null", "null"].into_iter().map(|middle| format!("{trimmed}{middle}{closers}")).find(|text| is_json(text))
    }
}

/// What is wrong with a text, and the text without it.
pub(super) fn repaired(text: &str) -> Option<(String, String)> {
    if !text.starts_with(['{', '[']) || is_json(text) {
        return None;
    }
    let (straight, mut wrong) = with_straight_quotes(text);
    let (tidy, comma) = without_trailing_commas(&straight);
    if let Some(at) = comma {
        wrong.push(format!("a comma before a closing bracket (byte {at})"));
    }
    let scan = scan(&tidy);
    let whole = if scan.is_cut() {
        wrong.push(format!("the JSON is cut off: {}; is the file complete?", scan.place(text)));
        scan.ended(&tidy)?
    } else {
        tidy
    };
    (is_json(&whole) && !wrong.is_empty()).then(|| (wrong.join("; "), whole))
}

/// The text with JSON's own quotes in the place of typographic and single ones.
fn with_straight_quotes(text: &str) -> (String, Vec<String>) {
    let mut wrong = Vec::new();
    let mut straight = text.to_owned();
    if let Some(at) = text.find(['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}']) {
        wrong.push(format!("curly quotes where JSON has \" (byte {at}), as word processors and chats write them"));
        straight = straight.replace(['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}'], "\"");
    }
    if !straight.contains('"')
        && let Some(at) = straight.find(['\'', '\u{2018}', '\u{2019}'])
    {
        wrong.push(format!("single quotes where JSON has \" (byte {at}): printed by Python, JavaScript or a shell"));
        straight = straight.replace(['\'', '\u{2018}', '\u{2019}'], "\"");
    }
    (straight, wrong)
}

/// The text without commas that stand before a closing bracket, and where the first stood.
fn without_trailing_commas(text: &str) -> (String, Option<usize>) {
    let mut tidy = String::with_capacity(text.len());
    let (mut first, mut in_string, mut escaped) = (None, false, false);
    // Where in the tidy text a comma stands that only white space follows so far.
    let mut pending: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        if in_string {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => in_string = false,
                _ => {}
            }
        } else if c == ',' {
            pending = Some((tidy.len(), at));
        } else if !c.is_whitespace() {
            if let (Some((stands, was)), '}' | ']') = (pending, c) {
                tidy.remove(stands);
                first.get_or_insert(was);
            }
            pending = None;
            in_string = c == '"';
        }
        tidy.push(c);
    }
    (tidy, first)
}
