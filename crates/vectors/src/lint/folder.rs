//! Rules about a folder as a whole: its errata and its requirement sets, held against its vector files.

use super::{Finding, is_hex, is_kebab, is_sentence};
use crate::errata::{self, Retired};
use crate::source::{Companions, SourceFile};
use crate::{Errata, LoadError, Requirements, VectorFile};

const ERRATA: &str = "errata.json";

/// What the companions of these files break, and what the files break by them.
pub(super) fn check(files: &[VectorFile], companions: &Companions) -> Vec<Finding> {
    let mut found = Vec::new();
    let errata = match companions.errata.as_deref().map(Errata::read) {
        None => Errata::none(),
        Some(Ok(errata)) => errata,
        Some(Err(error)) => return vec![loads(ERRATA, &error)],
    };
    if companions.errata.as_deref().is_some_and(|bytes| bytes != errata.text().as_bytes()) {
        found.push(finding(ERRATA, "canonical", "is not in canonical form".to_owned()));
    }
    found.extend(retirements(files, &errata));
    found.extend(files.iter().flat_map(|file| gaps(file, &errata)));
    for source in &companions.requirements {
        found.extend(requirements(source, files, &errata));
    }
    found
}

fn finding(path: &str, rule: &'static str, message: String) -> Finding {
    Finding { path: path.to_owned(), case: None, rule, message }
}

fn loads(path: &str, error: &LoadError) -> Finding {
    finding(path, "loads", error.to_string())
}

fn retirements(files: &[VectorFile], errata: &Errata) -> Vec<Finding> {
    let exists = |path: &String| files.iter().any(|file| file.path == *path);
    let revived = errata.retired_files.iter().filter(|path| exists(path));
    let mut found: Vec<_> =
        revived.map(|path| finding(ERRATA, "retired-file", format!("{path} is retired but still present"))).collect();
    for pair in errata.retired.windows(2) {
        if pair[0].place() >= pair[1].place() {
            found.push(finding(ERRATA, "order", format!("{} comes before {}", pair[0].case, pair[1].case)));
        }
    }
    for retired in &errata.retired {
        found.extend(form(retired).into_iter().map(|message| finding(ERRATA, "entry", message)));
        found.extend(place(retired, files, errata));
    }
    found
}

/// The members of an entry that are not what they should be.
fn form(Retired { case, input_sha256, why, since, replaced_by }: &Retired) -> Vec<String> {
    let version = since.split('.').filter(|part| part.parse::<u32>().is_ok()).count() == 3;
    let checks = [
        (errata::place(case).is_some(), "`case` must be <family>/<topic>/<id>"),
        (input_sha256.len() == 64 && is_hex(input_sha256), "`input_sha256` must be 32 bytes of lower-case hex"),
        (is_sentence(why), "`why` must be one sentence on one line"),
        (version, "`since` must be a version of three numbers"),
        (!replaced_by.contains(case), "`replaced_by` must not name the case itself"),
    ];
    checks.iter().filter(|(holds, _)| !holds).map(|(_, wanted)| format!("{case}: {wanted}")).collect()
}

/// A retired id is never used again, its file is there or retired as a whole, and what replaces it is there.
fn place(retired: &Retired, files: &[VectorFile], errata: &Errata) -> Vec<Finding> {
    let held = |case: &str| {
        let (path, id) = errata::place(case)?;
        files.iter().find(|file| file.path == path)?.case(id)
    };
    let mut found = Vec::new();
    if held(&retired.case).is_some() {
        found.push(finding(ERRATA, "reused", format!("{} is retired but still present", retired.case)));
    }
    if let Some((path, _)) = retired.place()
        && files.iter().all(|file| file.path != path)
        && errata.retired_files.iter().all(|file| file != path)
    {
        found.push(finding(ERRATA, "no-file", format!("{path} is neither present nor in `retired_files`")));
    }
    let lost = retired.replaced_by.iter().filter(|case| held(case).is_none() && errata.find(case).is_none());
    found.extend(lost.map(|case| finding(ERRATA, "replaced-by", format!("{case} does not exist"))));
    found
}

/// An id that a file leaves out was a case once: without an entry nobody learns what became of it.
fn gaps(file: &VectorFile, errata: &Errata) -> Vec<Finding> {
    let last = file.cases.last().map_or(0, |case| case.id);
    // A file whose ids leave out millions is broken in a simpler way, and is not worth a line for each.
    let missing = (1..=last).filter(|id| file.case(*id).is_none()).take(file.cases.len() + 1);
    let untold = missing.filter(|id| errata.find(&format!("{}/{id}", file.path)).is_none());
    let message = |id| format!("no case has the id {id}, and the errata do not say why");
    untold.map(|id| finding(&file.path, "gap", message(id))).collect()
}

fn requirements(source: &SourceFile, files: &[VectorFile], errata: &Errata) -> Vec<Finding> {
    let path = format!("requirements/{}", source.path);
    let set = match Requirements::read(&source.path, &source.bytes) {
        Ok(set) => set,
        Err(error) => return vec![loads(&path, &error)],
    };
    let mut found = Vec::new();
    if set.name != source.path || !is_kebab(&set.name) {
        found.push(finding(&path, "name", format!("`{}` must be the file's name, in kebab case", set.name)));
    }
    if source.bytes.as_ref() != set.text().as_bytes() {
        found.push(finding(&path, "canonical", "is not in canonical form".to_owned()));
    }
    let total = set.cases().count();
    if total == 0 || total != set.cases_total {
        found.push(finding(&path, "total", format!("{total} cases, and `cases_total` is {}", set.cases_total)));
    }
    found.extend(set.faults(files, errata).iter().map(|fault| finding(&path, "required", fault.to_string())));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{CLEAN, broken, source};
    use crate::{lint, load};

    const SOUND: &str = r#"{
  "format": 1,
  "retired_files": [
    "blake2b/old"
  ],
  "retired": [
    {
      "case": "blake2b/little/3",
      "input_sha256": "5a6d6211e9a3e3dc077d8e3f7431b356e45ceed2f68049f8c4db5d896f1b7ef3",
      "why": "The digest was that of another key",
      "since": "0.2.0",
      "replaced_by": [
        "blake2b/little/2"
      ]
    },
    {
      "case": "blake2b/old/1",
      "input_sha256": "5a6d6211e9a3e3dc077d8e3f7431b356e45ceed2f68049f8c4db5d896f1b7ef3",
      "why": "Nobody has a digest of no byte",
      "since": "0.2.0",
      "replaced_by": []
    }
  ]
}
"#;

    fn rules(errata: &str, requirements: &[(&str, String)]) -> Vec<&'static str> {
        let set = |(name, text): &(&str, String)| SourceFile {
            path: (*name).to_owned(),
            bytes: text.clone().into_bytes().into(),
        };
        let companions = Companions {
            errata: Some(errata.as_bytes().to_vec().into()),
            requirements: requirements.iter().map(set).collect(),
        };
        lint::folder(&[source(CLEAN)], &companions).iter().map(|finding| finding.rule).collect()
    }

    /// Errata that are wrong excuse nothing and mislead those who look a case up.
    #[test]
    fn each_rule_of_the_errata_finds_what_it_is_for() {
        assert_eq!(rules(SOUND, &[]), [""; 0]);
        for (from, to, wanted) in [
            ("\"retired\"", "\"retried\"", "loads"),
            ("\"format\": 1", "\"format\":1", "canonical"),
            ("blake2b/old\"\n", "blake2b/little\"\n", "retired-file"),
            ("blake2b/little/3", "blake2b/little/2", "reused"),
            ("blake2b/little/3", "blake2b/little/03", "entry"),
            ("blake2b/little/3", "blake2b/small/3", "no-file"),
            ("blake2b/little/3", "blake2b/old/1", "order"),
            ("\"blake2b/little/2\"", "\"blake2b/little/4\"", "replaced-by"),
            ("\"blake2b/little/2\"", "\"blake2b/little/3\"", "entry"),
            ("5a6d62", "5a6D62", "entry"),
            ("The digest was that of another key", "wrong", "entry"),
            ("0.2.0", "0.2", "entry"),
        ] {
            let found = rules(&SOUND.replacen(from, to, 1), &[]);
            assert!(found.contains(&wanted), "{from} -> {to}: wanted {wanted}, found {found:?}");
        }
    }

    /// A case that vanishes without a word takes the excuse, or the bug, of a port with it.
    #[test]
    fn an_id_that_is_left_out_must_stand_in_the_errata() {
        let gap = [broken("\"id\":2", "\"id\":3")];
        let of = |errata: &str| {
            let companions = Companions { errata: Some(errata.as_bytes().to_vec().into()), requirements: Vec::new() };
            lint::folder(&gap, &companions).iter().map(|finding| finding.rule).collect::<Vec<_>>()
        };
        assert_eq!(of(&Errata::none().text()), ["gap"]);
        let told = SOUND.replace("little/3", "little/2").replace("\"blake2b/little/2\"\n", "\"blake2b/little/3\"\n");
        assert_eq!(of(&told), [""; 0]);
    }

    /// A set whose cases changed would let a claim mean two things.
    #[test]
    fn each_rule_of_requirement_sets_finds_what_it_is_for() {
        let files = [load::file(&source(CLEAN)).unwrap()];
        let sound = Requirements::freeze("core-1", "0.1.0", &["core".to_owned()], &files).text();
        let hash = Requirements::read("core-1", sound.as_bytes()).unwrap().files[0].cases[&1].clone();
        assert_eq!(rules(SOUND, &[("core-1", sound.clone())]), [""; 0]);
        for (from, to, wanted) in [
            ("\"suite\"", "\"suit\"", &["loads"][..]),
            ("\"core-1\"", "\"core-2\"", &["name"]),
            ("\"format\": 1", "\"format\":1", &["canonical"]),
            ("\"cases_total\": 2", "\"cases_total\": 3", &["total"]),
            (&hash, "0000000000000000", &["required"]),
            ("blake2b/little", "blake2b/big", &["required", "required"]),
        ] {
            let broken = sound.replacen(from, to, 1);
            assert_ne!(broken, sound, "{from}");
            assert_eq!(rules(SOUND, &[("core-1", broken)]), wanted, "{from} -> {to}");
        }
    }
}
