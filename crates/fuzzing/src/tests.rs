//! The laws of recipes, over all vectors and the reference's claims.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Instant;

use super::change::{Edit, Place};
use super::{Bases, Change, Question, Recipe, Source};
use conformance::port::{Hello, InProcess as _, Observed, Reference};
use conformance::registry;
use diagnosis::{Derivations, Mutant, mistakes};
use primitives::Limits;
use vectors::{Answer, VectorFile, load};

static FILES: LazyLock<Vec<VectorFile>> = LazyLock::new(|| load::embedded().unwrap());
static HELLO: LazyLock<Hello> = LazyLock::new(|| Reference::default().hello());
static BASES: LazyLock<Bases<'static>> = LazyLock::new(|| Bases::new(&FILES, &HELLO, &[]));

/// The reference's claims of these operations alone.
fn only(operations: &[&str]) -> Hello {
    let mut hello = HELLO.clone();
    hello.operations.retain(|name, _| operations.contains(&name.as_str()));
    hello
}

fn recipes(bases: &Bases<'_>, count: u64) -> impl Iterator<Item = Recipe> {
    (0..count).map(|number| Source::new(1).recipe(number, bases, &[]))
}

fn is_costly(operation: &str) -> bool {
    ["notesnook.open", "notesnook.seal", "notesnook.derive-key", "notesnook.login-hash"].contains(&operation)
}

/// A campaign that cannot be repeated proves nothing to who wants to mend its finding.
#[test]
fn a_seed_and_a_number_give_one_recipe() {
    let kept: Vec<_> = recipes(&BASES, 20).collect();
    let draw = |seed, number| Source::new(seed).recipe(number, &BASES, &kept);
    for number in 0..500 {
        assert_eq!(draw(7, number), draw(7, number));
    }
    assert_ne!(draw(7, 0), draw(8, 0));
    let other = Bases::new(&FILES, &HELLO, &[]);
    assert_eq!(draw(7, 3), Source::new(7).recipe(3, &other, &kept));
}

/// A recipe is saved with its finding: what is read back must ask the same.
#[test]
fn a_recipe_survives_its_file() {
    for recipe in recipes(&BASES, 20_000) {
        let text = serde_json::to_string(&recipe).unwrap();
        assert_eq!(serde_json::from_str::<Recipe>(&text).unwrap(), recipe, "{text}");
        assert!(recipe.changes.len() <= 4);
    }
    assert!(serde_json::from_str::<Change>(r#"{"at":"record.nothing","edit":{"bytes":"zero"}}"#).is_err());
}

/// Findings are put together by family: a number in it would make a family of each.
#[test]
fn a_family_names_kinds_without_numbers() {
    let mut kinds = BTreeSet::new();
    for recipe in recipes(&BASES, 50_000) {
        for (kind, change) in recipe.family().into_iter().zip(&recipe.changes) {
            let mut varied = change.clone();
            varied.vary(&mut fastrand::Rng::with_seed(3));
            assert_eq!(varied.kind(), change.kind());
            kinds.insert(kind);
        }
    }
    let plain = |place| Edit::all(place).into_iter().map(move |edit| Change { at: place, edit }.kind());
    let known: BTreeSet<_> = Place::all().flat_map(plain).collect();
    assert!(kinds.is_subset(&known), "{:?}", kinds.difference(&known));
    for place in Place::all() {
        let all = Edit::all(place);
        let own: BTreeSet<_> = all.iter().map(Edit::word).collect();
        assert_eq!(own.len(), all.len(), "two kinds at {} have one word", place.path());
    }
}

/// A change without effect asks what was asked before, and shrinking would never end.
#[test]
fn every_question_is_another_than_its_case() {
    let originals: BTreeMap<_, _> =
        FILES.iter().flat_map(|file| file.cases.iter().map(|case| (file.case_id(case), &case.input))).collect();
    for recipe in recipes(&BASES, 50_000).filter(|recipe| recipe.changes.len() == 1) {
        if let Some(question) = BASES.question(&recipe) {
            assert_ne!(&&question.input, originals.get(&recipe.base).unwrap(), "{recipe:?}");
        }
    }
}

/// A port answers for what it claims, and a campaign that asks for more than costs nothing comes to a stop.
#[test]
fn nothing_is_asked_outside_the_claims() {
    let mut line = br#"{"id":0,"output":{"protocol":1,"name_text":"n","version_text":"1","language_text":"C","runtime_text":"r","libraries":{},"operations":{"aes-256-gcm.open":{"iv_length":[12,16],"tag_length":[16]},"argon2id.derive":{"salt_length":[16],"lanes":[1],"memory_kib":{"max":64}},"autonomail.seal":{"iterations":{"min":5}},"notesnook-item.open":{}},"policies":[]}}"#.to_vec();
    line.push(b'\n');
    let hello = Hello::read_line(&line).unwrap().unwrap();
    let bases = Bases::new(&FILES, &hello, &[]);
    let mut asked = BTreeMap::new();
    for recipe in recipes(&bases, 20_000) {
        let Some(question) = bases.question(&recipe) else { continue };
        assert!(hello.claims(question.operation, &question.input), "{recipe:?}");
        let us = super::cost::estimate_us(question.operation, &question.input);
        assert!(us < 4_000, "{us} µs, and the port claims no ceiling: {recipe:?}");
        *asked.entry(question.operation.name).or_insert(0) += 1;
    }
    assert!(asked.len() == 4 && asked.values().all(|count| *count > 300), "{asked:?}");
    assert!(bases.ids().all(|id| FILES.iter().any(|file| id.starts_with(&file.path) && file.policy == "core")));
}

/// Hostile and broken texts are what changes make of each other's results.
#[test]
fn no_recipe_is_too_odd() {
    let mut kept = Vec::new();
    let (mut asked, mut total) = (0_u32, 0_u32);
    for number in 0..100_000 {
        let recipe = Source::new(number % 5).recipe(number, &BASES, &kept);
        if is_costly(BASES.menu_of(&recipe).unwrap().operation.name) {
            continue;
        }
        total += 1;
        asked += u32::from(BASES.question(&recipe).is_some());
        if number % 97 == 0 {
            kept.push(recipe);
        }
    }
    assert!(asked * 100 > total * 75, "only {asked} of {total} recipes are questions");
}

/// A kind that is never drawn is a mistake that is never found.
#[test]
fn every_kind_of_every_operation_is_reached() {
    const DRAWS: u64 = 60_000;
    let mut missing: BTreeSet<(&str, String)> = BTreeSet::new();
    for menu in BASES.menus().iter().filter(|menu| !is_costly(menu.operation.name)) {
        missing.extend(menu.changes.iter().map(|change| (menu.operation.name, change.kind())));
    }
    let all = missing.len();
    for recipe in recipes(&BASES, DRAWS) {
        let operation = BASES.menu_of(&recipe).unwrap().operation.name;
        for change in &recipe.changes {
            missing.remove(&(operation, change.kind()));
        }
    }
    assert!(all > 2_000 && missing.is_empty(), "{} of {all}: {missing:?}", missing.len());
}

/// A kind that changes nothing anywhere is one that was broken.
#[test]
fn every_kind_is_some_operations() {
    let words = |edits: Vec<Edit>| edits.into_iter().map(|edit| edit.word()).collect::<Vec<_>>();
    let known: BTreeSet<_> = Place::all().flat_map(|place| words(Edit::all(place))).collect();
    let taken: BTreeSet<_> =
        BASES.menus().iter().flat_map(|menu| &menu.changes).map(|change| change.edit.word()).collect();
    assert_eq!(known.difference(&taken).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(taken.len() > 180, "{}", taken.len());
    let places: BTreeSet<_> = BASES.menus().iter().flat_map(|menu| &menu.changes).map(|change| change.at).collect();
    let never: Vec<_> = Place::all().filter(|place| !places.contains(place)).map(Place::path).collect();
    // No case draws bytes of the port's own, which nobody could compare.
    assert_eq!(never, ["count"]);
}

/// Costly operations must not eat the campaign, and must not be left out.
#[test]
fn costly_operations_are_asked_seldom() {
    let mut costly = 0;
    for recipe in recipes(&BASES, 100_000) {
        costly += u32::from(is_costly(BASES.menu_of(&recipe).unwrap().operation.name));
    }
    assert!((20..=1_200).contains(&costly), "{costly}");
    let alone = Bases::new(&FILES, &only(&["notesnook.open"]), &[]);
    assert!(recipes(&alone, 100).all(|recipe| recipe.base.starts_with("notesnook/")));
}

/// What was sealed again must open, or only the tag is asked about; and what it holds is what a lenient port must give back.
#[test]
fn what_is_sealed_again_opens_to_its_plaintext() {
    let hello = only(&[
        "aes-256-gcm.open",
        "xchacha20-poly1305.open",
        "autonomail.open",
        "autonomail-2014.open",
        "notesnook-item.open",
    ]);
    let bases = Bases::new(&FILES, &hello, &[]);
    let mut opened = BTreeMap::new();
    for recipe in recipes(&bases, 40_000) {
        let [Change { edit: Edit::Seal(seal), .. }] = &recipe.changes[..] else { continue };
        let Some(question) = bases.question(&recipe) else { continue };
        let answer = registry::reference(question.operation, &question.input, &Limits::default());
        let held = question.plaintext.clone().unwrap();
        match (answer, seal.word()) {
            (Answer::Output(output), word) => {
                assert_eq!(output, held, "{recipe:?}");
                *opened.entry((question.operation.name, word)).or_insert(0) += 1;
            }
            (
                _,
                "seal-iv-length" | "seal-tag-length" | "seal-aad" | "seal-aad-text" | "seal-salt-length"
                | "seal-other-half" | "seal-salt-text",
            ) => {}
            (answer, _) => panic!("{recipe:?}: {answer:?}"),
        }
    }
    for (operation, word) in [
        ("aes-256-gcm.open", "seal-iv-length"),
        ("aes-256-gcm.open", "seal-tag-length"),
        ("aes-256-gcm.open", "seal-aad"),
        ("xchacha20-poly1305.open", "seal-bom"),
        ("autonomail.open", "seal-iterations"),
        ("autonomail-2014.open", "seal-iterations"),
        ("autonomail-2014.open", "seal-empty"),
        ("notesnook-item.open", "seal-nuls"),
    ] {
        assert!(opened.contains_key(&(operation, word)), "{operation} {word}: {opened:?}");
    }
}

/// The first question among so many recipes over which a port with this mistake and the reference part.
fn found(mistake: &str, operations: &[&str], draws: u64) -> Option<(u64, Recipe)> {
    let hello = only(operations);
    let bases = Bases::new(&FILES, &hello, &[]);
    let derivations = Derivations::default();
    let parts = mistakes::find(mistake).unwrap_or_else(|| panic!("no mistake is called {mistake}")).parts();
    let mutant = Mutant::new(parts, &derivations);
    let differs = |question: &Question| {
        let right = registry::reference(question.operation, &question.input, &Limits::default());
        match (right, mutant.observed(question.operation, &question.input)) {
            (Answer::Output(right), Observed::Answer(Answer::Output(wrong))) => right != wrong,
            (Answer::Reject { .. }, Observed::Answer(Answer::Reject { .. })) => false,
            (_, _) => true,
        }
    };
    let asked = |number| Some((number, Source::new(1).recipe(number, &bases, &[])));
    (0..draws).filter_map(asked).find(|(_, recipe)| bases.question(recipe).is_some_and(|question| differs(&question)))
}

/// The mistakes that ports really make are within reach of a minute, beside all others.
#[test]
fn known_mistakes_are_found() {
    let envelopes = ["autonomail.open", "autonomail-2014.open", "notesnook-item.open", "aes-256-gcm.open"];
    for mistake in [
        "base64-padding-optional",
        "base64-padding-taken",
        "base64-either-alphabet",
        "base64-white-space-skipped",
        "base64-junk-skipped",
        "base64-spare-bits-ignored",
        "base64-lone-character-ignored",
        "base64-ends-at-nul",
        "hex-capitals-taken",
        "hex-other-lengths-taken",
        "json-last-of-equal-names",
        "json-first-of-equal-names",
        "json-bom-skipped",
        "json-utf-16-read",
        "json-unknown-members-ignored",
        "json-proto-ignored",
        "json-names-in-any-case",
        "json-whole-float-taken",
        "json-number-in-text-taken",
        "json-negative-zero-taken",
        "json-zeros-in-front-taken",
        "json-number-in-32-bits",
        "json-depth-crashes",
        "json-comments-skipped",
        "json-rest-ignored",
        "text-plaintext-bom-dropped",
        "text-plaintext-nul-at-end-dropped",
        "text-plaintext-line-ends",
        "text-plaintext-empty-refused",
        "text-password-nfc",
        "autonomail-iv-cut-to-12",
        "autonomail-iv-of-any-length",
        "autonomail-tag-length-believed",
        "autonomail-tag-length-ignored",
        "autonomail-associated-data-believed",
        "autonomail-associated-data-believed-as-base64",
        "autonomail-sjcl-defaults",
        "autonomail-iter-bounded",
        "autonomail-both-halves-tried",
        "autonomail-count-in-32-bits",
        "gcm-iv-cut-to-12",
        "gcm-iv-above-16-refused",
        "gcm-tag-of-any-length",
        "notesnook-length-cuts",
        "notesnook-length-trusted",
        "notesnook-length-checked",
        "notesnook-nonce-of-envelope-filled-up",
        "notesnook-algorithm-ignored",
        "notesnook-key-version-ignored",
        "notesnook-chunk-size-refused",
    ] {
        let (number, recipe) = found(mistake, &envelopes, 20_000).unwrap_or_else(|| panic!("{mistake} is not found"));
        assert!(!recipe.changes.is_empty(), "{mistake} at {number}");
    }
}

/// A campaign's findings are shrunk by these: each must be simpler, or it would go round in circles.
#[test]
fn shrinking_comes_to_an_end() {
    for mut recipe in recipes(&BASES, 2_000) {
        let mut steps = 0;
        while let Some(simpler) = BASES.simpler(&recipe).pop() {
            assert!(simpler.changes.len() <= recipe.changes.len());
            recipe = simpler;
            steps += 1;
            assert!(steps < 40, "{recipe:?}");
        }
    }
    let recipe = recipes(&BASES, 100).find(|recipe| recipe.changes.len() > 1).unwrap();
    assert!(recipe.simpler()[0].changes.len() < recipe.changes.len());
    // The way to see nothing at all is refused by nobody: no recipe becomes one without changes.
    assert!(recipes(&BASES, 500).flat_map(|recipe| recipe.simpler()).all(|recipe| !recipe.changes.is_empty()));
}

/// Not a law but a number, for who changes something here: `cargo test --release questions_a_second -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn questions_a_second() {
    const COUNT: u64 = 400_000;
    let started = Instant::now();
    let bases = Bases::new(&FILES, &HELLO, &[]);
    eprintln!("bases: {:?}", started.elapsed());
    for menu in bases.menus() {
        eprintln!("  {:28} {:5} changes, {:6} µs", menu.operation.name, menu.changes.len(), menu.cost_us);
    }
    let timed = |what: &str, run: &dyn Fn() -> usize| {
        let started = Instant::now();
        let count = run();
        let us = started.elapsed().as_secs_f64() * 1e6;
        eprintln!(
            "{what}: {count} in {:.0} ms, {:.2} µs each",
            us / 1e3,
            us / f64::from(u32::try_from(count).unwrap())
        );
    };
    timed("recipes", &|| recipes(&bases, COUNT).count());
    let drawn: Vec<_> =
        recipes(&bases, COUNT).filter(|recipe| !is_costly(bases.menu_of(recipe).unwrap().operation.name)).collect();
    timed("questions", &|| drawn.iter().filter_map(|recipe| bases.question(recipe)).count());
    let mut shares: BTreeMap<&str, (u32, u32, f64)> = BTreeMap::new();
    for recipe in drawn.iter().take(100_000) {
        let share = shares.entry(bases.menu_of(recipe).unwrap().operation.name).or_default();
        share.0 += 1;
        if let Some(question) = bases.question(recipe) {
            share.1 += 1;
            let started = Instant::now();
            drop(registry::reference(question.operation, &question.input, &Limits::default()));
            share.2 += started.elapsed().as_secs_f64() * 1e6;
        }
    }
    for (name, (drawn, asked, us)) in &shares {
        eprintln!("  {name:28} drawn {drawn:6}, asked {asked:6}, reference {:.1} µs each", us / f64::from(*asked));
    }
    let us: f64 = shares.values().map(|share| share.2).sum();
    let asked: u32 = shares.values().map(|share| share.1).sum();
    eprintln!("reference: {:.1} µs a question", us / f64::from(asked));
}

/// What is out of reach shows where a kind of change is missing: run it after a change to the kinds.
#[test]
#[ignore = "a measurement"]
fn mistakes_within_reach() {
    let operations = [
        "autonomail.open",
        "autonomail-2014.open",
        "notesnook-item.open",
        "aes-256-gcm.open",
        "xchacha20-poly1305.open",
    ];
    let concerned = |names: &[&str]| names.iter().any(|name| operations.contains(name));
    let all: Vec<_> = mistakes::all().filter(|mistake| concerned(mistake.operations)).collect();
    let missed: Vec<_> = all
        .iter()
        .filter(|mistake| {
            let own: Vec<_> = operations.into_iter().filter(|name| mistake.operations.contains(name)).collect();
            found(mistake.name, &own, 20_000).is_none()
        })
        .map(|mistake| format!("{}: {}", mistake.name, mistake.sentence))
        .collect();
    eprintln!("{} of {} are not found:\n{}", missed.len(), all.len(), missed.join("\n"));
}
