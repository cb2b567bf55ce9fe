//! What the catalogue of mistakes and the vectors owe each other.

use std::collections::BTreeSet;

use glob::Pattern;

use super::counts::Counts;
use super::exceptions::{EXCEPTIONS, Exception, Kept};
use super::public::PublicSet;
use diagnosis::kill::Kills;
use vectors::VectorFile;

/// Cases of ours that must notice each mistake.
const KILLS_MIN: usize = 2;

/// Everything that is owed: one line each, none when all is well.
#[must_use]
pub fn objections(files: &[VectorFile], ours: &[Kills], public: &[PublicSet]) -> Vec<String> {
    let mut found = Vec::new();
    for (at, kills) in ours.iter().enumerate() {
        found.extend(too_few(kills));
        found.extend(untouched(files, kills));
        let beaten = public.iter().filter(|set| kills.by.is_empty() && !set.kills[at].by.is_empty());
        found
            .extend(beaten.map(|set| format!("{}: {} notices it and none of ours does", kills.mistake.name, set.name)));
    }
    found.extend(idle(files, ours, EXCEPTIONS));
    found
}

/// What is no longer as the committed counts say: a count that fell, one that rose and is to be kept, a mistake that is in only one of both.
#[must_use]
pub fn moved(before: &Counts, ours: &[Kills]) -> Vec<String> {
    let changed = |kills: &Kills| {
        let (name, now) = (kills.mistake.name, kills.by.len());
        match before.get(name) {
            None => Some(format!("{name}: new, {now} cases notice it; keep the count with --write")),
            Some(before) if now < *before => Some(format!("{name}: {now} cases notice it, {before} did")),
            Some(before) if now > *before => {
                Some(format!("{name}: {now} cases notice it, {before} did; keep the count with --write"))
            }
            Some(_) => None,
        }
    };
    let gone = before.keys().filter(|name| ours.iter().all(|kills| kills.mistake.name != **name));
    ours.iter().filter_map(changed).chain(gone.map(|name| format!("{name}: counted, and no known mistake"))).collect()
}

fn too_few(kills: &Kills) -> Option<String> {
    let (name, count) = (kills.mistake.name, kills.by.len());
    (count < KILLS_MIN).then(|| format!("{name}: {count} cases notice it, {KILLS_MIN} are the least"))
}

/// Operations that a mistake is said to touch and where nothing notices it.
fn untouched(files: &[VectorFile], kills: &Kills) -> Vec<String> {
    let noticed: BTreeSet<_> = kills.by.iter().map(|(file, _)| files[*file].operation.name).collect();
    let unnoticed = kills.mistake.operations.iter().filter(|operation| !noticed.contains(*operation));
    unnoticed.map(|operation| format!("{}: no case of {operation} notices it", kills.mistake.name)).collect()
}

/// What each file notices and no other file does, by position of the file. Evidence repeats what others notice, and so
/// takes nothing from them.
#[must_use]
pub fn noticed_alone(files: &[VectorFile], ours: &[Kills]) -> Vec<Vec<&'static str>> {
    alone(files, ours, EXCEPTIONS)
}

fn alone(files: &[VectorFile], ours: &[Kills], exceptions: &[Exception]) -> Vec<Vec<&'static str>> {
    let mut alone = vec![Vec::new(); files.len()];
    for kills in ours {
        if let [file] = noticing(files, kills, exceptions)[..] {
            alone[file].push(kills.mistake.name);
        }
    }
    alone
}

/// The files that notice a mistake, but for those that are kept as evidence.
fn noticing(files: &[VectorFile], kills: &Kills, exceptions: &[Exception]) -> Vec<usize> {
    let evidence = |file: &usize| {
        let kept = exceptions.iter().filter(|exception| exception.kept == Kept::AsEvidence);
        kept.into_iter().any(|exception| matches(exception, &files[*file].path))
    };
    kills.files().into_iter().filter(|file| !evidence(file)).collect()
}

/// Files that notice nothing alone and are no exception, and exceptions that are none. Where no mistake is known, nothing
/// can be noticed: the files of a new operation are not idle.
fn idle(files: &[VectorFile], ours: &[Kills], exceptions: &[Exception]) -> Vec<String> {
    let alone = alone(files, ours, exceptions);
    let excepted = |file: &VectorFile| exceptions.iter().any(|exception| matches(exception, &file.path));
    let is_touched =
        |file: &VectorFile| ours.iter().any(|kills| kills.mistake.operations.contains(&file.operation.name));
    let is_idle = |file: &VectorFile| is_touched(file) && !excepted(file);
    let idle = files.iter().zip(&alone).filter(|(file, alone)| alone.is_empty() && is_idle(file));
    let mut found: Vec<_> =
        idle.map(|(file, _)| format!("{}: notices nothing that no other file does", file.path)).collect();
    found.extend(exceptions.iter().filter_map(|exception| stale(exception, files, ours, exceptions)));
    found
}

fn stale(exception: &Exception, files: &[VectorFile], ours: &[Kills], exceptions: &[Exception]) -> Option<String> {
    let members: BTreeSet<_> =
        files.iter().enumerate().filter(|(_, file)| matches(exception, &file.path)).map(|(at, _)| at).collect();
    let named = exception.files.join(", ");
    if members.is_empty() {
        return Some(format!("the exception for {named} is for no file"));
    }
    let together = |kills: &Kills| {
        let noticing = noticing(files, kills, exceptions);
        !noticing.is_empty() && noticing.iter().all(|file| members.contains(file))
    };
    match exception.kept {
        Kept::AsSet if !ours.iter().any(together) => {
            Some(format!("{named}: even together they notice nothing that no other file does"))
        }
        Kept::AsSet | Kept::AsEvidence => None,
    }
}

/// Whether an exception is for this file.
#[must_use]
pub fn matches(exception: &Exception, path: &str) -> bool {
    exception.files.iter().any(|pattern| Pattern::new(pattern).is_ok_and(|pattern| pattern.matches(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnosis::Mistake;
    use vectors::source::SourceFile;
    use vectors::{load, source};

    static MISTAKE: Mistake =
        Mistake { name: "upside-down", sentence: "", operations: &["sha512.digest"], links: &[], wrong: |_| {} };

    fn files() -> Vec<VectorFile> {
        let ours = |source: &SourceFile| source.path.starts_with("sha512/");
        let files: Vec<_> =
            source::embedded().unwrap().iter().filter(|source| ours(source)).map(|s| load::file(s).unwrap()).collect();
        assert!(files.len() >= 2);
        files
    }

    fn noticed(by: &[(usize, u32)]) -> Vec<Kills> {
        vec![Kills { mistake: &MISTAKE, by: by.to_vec() }]
    }

    /// Each rule is what keeps the claim "we catch it" true; one that never objects would keep nothing.
    #[test]
    fn every_debt_is_named() {
        let files = &files()[..2];
        let owed = |by: &[(usize, u32)], public: &[PublicSet]| objections(files, &noticed(by), public).join("\n");
        assert!(owed(&[], &[]).contains("upside-down: 0 cases notice it"));
        assert!(owed(&[], &[]).contains("upside-down: no case of sha512.digest notices it"));
        assert!(owed(&[(0, 1)], &[]).contains("upside-down: 1 cases notice it"));
        let public = [PublicSet { name: "Theirs".to_owned(), files: files.to_vec(), kills: noticed(&[(0, 1)]) }];
        assert!(owed(&[], &public).contains("upside-down: Theirs notices it and none of ours does"));
        let idle = |by: &[(usize, u32)], exceptions: &[Exception]| idle(files, &noticed(by), exceptions);
        assert_eq!(
            idle(&[(0, 1), (0, 2)], &[]),
            [format!("{}: notices nothing that no other file does", files[1].path)]
        );
        assert_eq!(idle(&[(0, 1), (1, 1)], &[]).len(), 2);
    }

    /// An operation has vectors before anybody knows a mistake in it; an exception for each of its files would say nothing.
    #[test]
    fn files_of_an_operation_without_a_known_mistake_are_not_idle() {
        static ELSEWHERE: Mistake =
            Mistake { name: "elsewhere", sentence: "", operations: &["blake2b.digest"], links: &[], wrong: |_| {} };
        let files = &files()[..2];
        let idle = |mistake| idle(files, &[Kills { mistake, by: Vec::new() }], &[]);
        assert_eq!(idle(&ELSEWHERE), [""; 0]);
        assert_eq!(idle(&MISTAKE).len(), 2);
    }

    /// A vector that is lost, or a mistake that nobody asks about any more, must not leave as quietly as it came.
    #[test]
    fn a_count_that_moves_is_named() {
        let moved = |before: &[(&str, usize)], cases: u32| {
            let before = before.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
            moved(&before, &noticed(&(0..cases).map(|id| (0, id)).collect::<Vec<_>>()))
        };
        assert_eq!(moved(&[("upside-down", 2)], 2), [""; 0]);
        assert_eq!(moved(&[("upside-down", 3)], 2), ["upside-down: 2 cases notice it, 3 did"]);
        assert!(moved(&[("upside-down", 2)], 3)[0].contains("--write"));
        assert!(moved(&[], 2)[0].contains("new"));
        assert_eq!(moved(&[("upside-down", 2), ("gone", 2)], 2), ["gone: counted, and no known mistake"]);
    }

    /// An exception that outlives its reason would hide an idle file.
    #[test]
    fn exceptions_are_held_to_their_reason() {
        let files = &files()[..2];
        let exception = |files, kept| [Exception { files, kept, why: "" }];
        let idle = |by: &[(usize, u32)], exceptions: &[Exception]| idle(files, &noticed(by), exceptions);
        assert_eq!(idle(&[(0, 1), (1, 1)], &exception(&["sha512/*"], Kept::AsSet)), [""; 0]);
        assert_eq!(idle(&[], &exception(&["sha512/*"], Kept::AsEvidence)), [""; 0]);
        assert!(idle(&[], &exception(&["sha512/*"], Kept::AsSet))[0].contains("even together"));
        assert!(
            idle(&[(0, 1)], &exception(&["none/*"], Kept::AsEvidence)).iter().any(|line| line.contains("for no file"))
        );
    }
}
