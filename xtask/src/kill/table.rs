//! The kill table as a page of the book.

use std::fmt::Write as _;

use super::exceptions::{EXCEPTIONS, Kept};
use super::public::{PublicSet, Score};
use super::rules::{matches, noticed_alone};
use diagnosis::kill::Kills;
use vectors::VectorFile;

/// The page: every mistake with what notices it, every file with what it alone notices, the exceptions.
#[must_use]
pub fn page(files: &[VectorFile], ours: &[Kills], public: &[PublicSet]) -> String {
    let mut page = String::from(HEAD);
    sets(&mut page, files, ours, public);
    mistakes(&mut page, files, ours, public);
    earnings(&mut page, files, ours);
    exceptions(&mut page, files);
    page
}

const HEAD: &str = "# Kill table

Written by `cargo xtask kill-table`. Each line is a port that makes one known mistake and is right in everything else,
asked every case of the operations that the mistake touches. *Cases* and *files* count what of ours notices it, *first* is the first case that does;
the columns after it count the cases of public sets that do.
";

const PUBLIC_HEAD: &str = "The public sets ([third-party.md](third-party.md)) are asked in the same way, every case of them. No envelope is in any, so each is held to the
mistakes in operations that it has a case of. RFC 9106's own examples count too: a secret and associated data go to the model of Argon2, though to no port.

| public set | cases | notices, of the mistakes in its operations |
|---|---:|---:|
";

/// How many cases there are, and what each set makes of the mistakes in its operations.
fn sets(page: &mut String, files: &[VectorFile], ours: &[Kills], public: &[PublicSet]) {
    let cases = |files: &[VectorFile]| files.iter().map(|file| file.cases.len()).sum::<usize>();
    let _ = writeln!(page, "\n{} mistakes against {} cases in {} files.\n", ours.len(), cases(files), files.len());
    if public.is_empty() {
        return;
    }
    page.push_str(PUBLIC_HEAD);
    for set in public {
        let Score { asked, noticed } = set.score();
        let _ = writeln!(page, "| {} | {} | {noticed} of {asked} |", set.name, cases(&set.files));
    }
    page.push('\n');
}

fn mistakes(page: &mut String, files: &[VectorFile], ours: &[Kills], public: &[PublicSet]) {
    let names: Vec<_> = public.iter().map(|set| format!(" {} |", set.name)).collect();
    let _ = writeln!(page, "| mistake | what the port does | cases | files | first |{}", names.concat());
    let _ = writeln!(page, "|---|---|---:|---:|---|{}", "---:|".repeat(public.len()));
    for (at, kills) in ours.iter().enumerate() {
        let first = kills.by.first().map_or_else(String::new, |(file, id)| format!("`{}/{id}`", files[*file].path));
        let counts: Vec<_> = public.iter().map(|set| format!(" {} |", set.kills[at].by.len())).collect();
        let (mistake, cases, files) = (kills.mistake, kills.by.len(), kills.files().len());
        let _ = writeln!(
            page,
            "| `{}` | {} | {cases} | {files} | {first} |{}",
            mistake.name,
            mistake.sentence,
            counts.concat()
        );
    }
}

fn earnings(page: &mut String, files: &[VectorFile], ours: &[Kills]) {
    page.push_str(
        "\n## What each file notices that no other file does\n\n| file | cases | mistakes |\n|---|---:|---|\n",
    );
    for (file, alone) in files.iter().zip(noticed_alone(files, ours)).filter(|(_, alone)| !alone.is_empty()) {
        let names: Vec<_> = alone.iter().map(|name| format!("`{name}`")).collect();
        let _ = writeln!(page, "| `{}` | {} | {} |", file.path, file.cases.len(), names.join(", "));
    }
}

fn exceptions(page: &mut String, files: &[VectorFile]) {
    page.push_str("\n## Files that notice nothing alone, and why they are kept\n\n| files | number | kept | why |\n|---|---:|---|---|\n");
    for exception in EXCEPTIONS {
        let number = files.iter().filter(|file| matches(exception, &file.path)).count();
        let kept = match exception.kept {
            Kept::AsSet => "as a set that notices something alone",
            Kept::AsEvidence => "as evidence",
        };
        let named: Vec<_> = exception.files.iter().map(|file| format!("`{file}`")).collect();
        let _ = writeln!(page, "| {} | {number} | {kept} | {} |", named.join(", "), exception.why);
    }
}
