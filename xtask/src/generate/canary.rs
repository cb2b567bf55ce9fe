//! The canary: right cases, each made wrong in one way, for runners to fail.
//!
//! In: the vector files. Out: files of the same format below `vectors/canary/`, laid out like `vectors/`, with an index of
//! their own. Whoever judges by the vectors judges by these once and finds every case failed, as its trace plans; a runner
//! that lets one pass would let anything pass.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Output;
use crate::builder::KeyStream;
use vectors::index::Index;
use vectors::source::SourceFile;
use vectors::{BugClass, Case, Cost, Expect, Fields, Flag, LoadError, Reason, Source, Value, VectorFile, load, write};

/// The policy that no port claims, so that the canary never binds one by accident.
const POLICY: &str = "canary";

const FLAG: &str = "Canary";

/// One file of the canary: the file of right cases, and what is made of them.
struct Page {
    path: &'static str,
    right: &'static str,
    wrongs: &'static [Wrong],
}

/// One way of being wrong.
struct Wrong {
    name: &'static str,
    why: &'static str,
    /// How every implementation that is right must differ from it, in the words of the command line page.
    mismatch: &'static str,
    spoil: fn(&[Case]) -> Option<(Fields, Expect)>,
}

const PAGES: &[Page] = &[
    Page {
        path: "aes-256-gcm/wrong",
        right: "aes-256-gcm/open-iv12-tag16",
        wrongs: &[
            Wrong {
                name: "output-bit-flipped",
                why: "One bit of the expected plaintext is flipped",
                mismatch: "wrong-output",
                spoil: |cases| spoiled(cases, |bytes| bytes[0] ^= 1),
            },
            Wrong {
                name: "output-byte-missing",
                why: "The expected plaintext lacks its last byte",
                mismatch: "wrong-output",
                spoil: |cases| spoiled(cases, |bytes| _ = bytes.pop()),
            },
            Wrong {
                name: "right-refused",
                why: "A right ciphertext is expected to be refused",
                mismatch: "accepted",
                spoil: |cases| Some((accepted(cases)?.0.clone(), Expect::Reject(vec![Reason::Authentication]))),
            },
            Wrong {
                name: "reason-wrong",
                why: "A forged tag is expected to be refused as too costly",
                mismatch: "wrong-reason",
                spoil: |cases| Some((forged(cases)?.clone(), Expect::Reject(vec![Reason::TooCostly]))),
            },
            Wrong {
                name: "forgery-accepted",
                why: "A forged tag is expected to be accepted",
                mismatch: "refused",
                spoil: |cases| Some((forged(cases)?.clone(), Expect::Output(accepted(cases)?.1.clone()))),
            },
        ],
    },
    Page {
        path: "autonomail/wrong",
        right: "autonomail/seal-drawn",
        wrongs: &[Wrong {
            name: "opens-to-another-plaintext",
            why: "The seal is expected to open to other bytes than were sealed",
            mismatch: "does-not-open",
            spoil: |cases| {
                let first = cases.first()?;
                let other = [first.input.optional_bytes("plaintext")?, b"!"].concat();
                Some((first.input.clone(), Expect::Opens(Fields::new().with_bytes("plaintext", other))))
            },
        }],
    },
    Page {
        path: "notesnook/wrong",
        right: "notesnook/server-verify",
        wrongs: &[
            Wrong {
                name: "true-for-false",
                why: "A wrong login hash is expected to be valid, which a runner that reads only whether there is an answer lets pass",
                mismatch: "wrong-output",
                spoil: |cases| negated(cases, false),
            },
            Wrong {
                name: "false-for-true",
                why: "The right login hash is expected to be invalid, which a runner that treats `false` as a refusal lets pass",
                mismatch: "wrong-output",
                spoil: |cases| negated(cases, true),
            },
        ],
    },
];

/// Everything below `canary/`, made from these vector files.
///
/// # Errors
///
/// [`LoadError`] when one of them is not a vector file.
///
/// # Panics
///
/// When the right cases are not there: a mistake of the recipes.
pub(super) fn outputs(sources: &[SourceFile]) -> Result<Vec<Output>, LoadError> {
    let mut wrong = Vec::new();
    for page in PAGES {
        let source = sources.iter().find(|source| source.path == page.right);
        let right = load::file(source.unwrap_or_else(|| panic!("no recipe writes {}", page.right)))?;
        let text = write::canonical(&page.of(&right));
        wrong.push(SourceFile { path: page.path.to_owned(), bytes: Cow::Owned(text.into_bytes()) });
    }
    let mut outputs = vec![Output { path: "canary/index.json".to_owned(), text: Index::of(&wrong)?.text() }];
    outputs.extend(wrong.iter().map(|source| Output {
        path: format!("canary/{}.json", source.path),
        text: String::from_utf8_lossy(&source.bytes).into_owned(),
    }));
    Ok(outputs)
}

impl Page {
    fn of(&self, right: &VectorFile) -> VectorFile {
        let recipe = format!("canary/{}", self.path);
        let (why, effect) = ("The expectation is wrong on purpose", "A runner that lets it pass lets anything pass");
        VectorFile {
            path: self.path.to_owned(),
            operation: right.operation,
            title: format!("Wrong on purpose: {}", right.title),
            policy: POLICY.to_owned(),
            cost: Cost::Fast,
            spec: right.spec.clone(),
            source: Source { seed: hex::encode(KeyStream::new(&recipe).seed()), recipe, oracles: BTreeMap::new() },
            flags: [(FLAG.to_owned(), Flag::new(BugClass::MissingStep, why, effect))].into(),
            cases: (1..).zip(self.wrongs).map(|(id, wrong)| wrong.case(id, &right.cases)).collect(),
        }
    }
}

impl Wrong {
    fn case(&self, id: u32, right: &[Case]) -> Case {
        let spoiled = (self.spoil)(right);
        let (input, expect) = spoiled.unwrap_or_else(|| panic!("no right case can be made into {}", self.name));
        // The format gives every refusal a parent, and the first case is as good as any.
        let derived_from = match &expect {
            Expect::Reject(_) => Some(1),
            Expect::Output(_) | Expect::Opens(_) => None,
        };
        Case {
            id,
            name: self.name.to_owned(),
            why: self.why.to_owned(),
            flags: vec![FLAG.to_owned()],
            derived_from,
            input,
            expect,
            trace: [("mismatch_text".to_owned(), self.mismatch.to_owned())].into(),
            confirmed_by: Vec::new(),
        }
    }
}

/// The first case that is accepted with a plaintext that can be spoiled.
fn accepted(cases: &[Case]) -> Option<(&Fields, &Fields)> {
    cases.iter().find_map(|case| match &case.expect {
        Expect::Output(output) if output.optional_bytes("plaintext").is_some_and(|bytes| bytes.len() > 1) => {
            Some((&case.input, output))
        }
        Expect::Output(_) | Expect::Reject(_) | Expect::Opens(_) => None,
    })
}

/// The input of the first case that is refused by its tag.
fn forged(cases: &[Case]) -> Option<&Fields> {
    let by_tag = Expect::Reject(vec![Reason::Authentication]);
    cases.iter().find(|case| case.expect == by_tag).map(|case| &case.input)
}

fn spoiled(cases: &[Case], spoil: fn(&mut Vec<u8>)) -> Option<(Fields, Expect)> {
    let (input, output) = accepted(cases)?;
    let mut bytes = output.bytes("plaintext").to_vec();
    spoil(&mut bytes);
    Some((input.clone(), Expect::Output(Fields::new().with_bytes("plaintext", bytes))))
}

/// The first case whose output is this truth value, with the other one expected.
fn negated(cases: &[Case], truth: bool) -> Option<(Fields, Expect)> {
    let valid = |truth| Expect::Output(Fields::new().with("valid", Value::Flag(truth)));
    let case = cases.iter().find(|case| case.expect == valid(truth))?;
    Some((case.input.clone(), valid(!truth)))
}
