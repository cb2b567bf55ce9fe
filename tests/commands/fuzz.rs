//! Campaigns against ports that err in ways that are known, and `sealproof fuzz` and `repro` as a CI sees them.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use conformance::port::{
    Afterwards, Date, End, Event, Hello, InProcess, KnownClass, Observed, Port, PortLimits, Reference, Remarks,
    RequestId, Session, StartError,
};
use diagnosis::{Derivations, Mutant, Parts, mistakes};
use fuzzing::campaign::CorpusFile;
use fuzzing::capsule::Capsule;
use fuzzing::class::Classes;
use fuzzing::journal::{self, Header, Journal, JournalError};
use fuzzing::proposal::propose;
use fuzzing::{AtFault, Class, Counts, Difference, Ending, Listener, Order, Outcome, Past, Recipe, Standing, campaign};
use vectors::{Answer, Fields, Operation, Reason, Value, VectorFile, load};

/// Envelopes whose keys cost little: thousands of questions a second.
const CHEAP: &[&str] = &["autonomail.open", "autonomail-2014.open", "notesnook-item.open"];

fn files() -> &'static [VectorFile] {
    static FILES: OnceLock<Vec<VectorFile>> = OnceLock::new();
    FILES.get_or_init(|| load::embedded().unwrap())
}

/// How a port behaves at one question.
enum Act {
    Answer(Answer),
    Garble,
    Die,
    Hang,
}

type Behaviour<'b> = &'b (dyn Fn(&'static Operation, &Fields) -> Act + Sync);

/// A port in this process that can do everything wrong that a process can.
struct Actor<'b> {
    claims: &'static [&'static str],
    policies: &'static [&'static str],
    behave: Behaviour<'b>,
}

struct Stage<'b> {
    behave: Behaviour<'b>,
    open: Vec<(RequestId, &'static Operation, Fields)>,
}

impl Port for Actor<'_> {
    fn start(&self, _: &AtomicBool) -> Result<(Box<dyn Session + '_>, Hello), StartError> {
        let mut hello = Reference::default().hello();
        hello.operations.retain(|name, _| self.claims.contains(&name.as_str()));
        hello.policies = self.policies.iter().map(|policy| (*policy).to_owned()).collect();
        Ok((Box::new(Stage { behave: self.behave, open: Vec::new() }), hello))
    }

    fn limits(&self) -> PortLimits {
        PortLimits::default()
    }
}

impl Session for Stage<'_> {
    fn window(&self) -> usize {
        32
    }

    fn submit(&mut self, id: RequestId, operation: &'static Operation, input: &Fields) {
        self.open.push((id, operation, input.clone()));
    }

    fn wait(&mut self, until: Instant, events: &mut Vec<Event>) {
        let (id, operation, input) = match self.open.first() {
            Some((id, operation, input)) => (*id, *operation, input.clone()),
            None => return,
        };
        // The canary of the probes.
        if vectors::operation::find(operation.name).is_none() {
            self.open.remove(0);
            let observed = Observed::Answer(Answer::Unsupported { detail: String::new() });
            return events.push(Event::Observed { id, observed });
        }
        let observed = match (self.behave)(operation, &input) {
            Act::Answer(answer) => Observed::Answer(answer),
            Act::Garble => Observed::Garbled { what: "no answer of this page".to_owned() },
            Act::Die => return events.push(Event::Ended(End::Signalled { signal: 6 })),
            Act::Hang => return std::thread::sleep(until.saturating_duration_since(Instant::now())),
        };
        self.open.remove(0);
        events.push(Event::Observed { id, observed });
    }

    fn abandon(&mut self) -> Afterwards {
        Afterwards::Gone
    }

    fn stderr(&self) -> String {
        String::new()
    }

    fn end(self: Box<Self>) -> Remarks {
        Remarks::default()
    }
}

fn of_reference(operation: &'static Operation, input: &Fields) -> Answer {
    Reference::default().answer(operation, input)
}

/// The answers of a port with these known mistakes.
fn mistaken(names: &[&str]) -> impl Fn(&'static Operation, &Fields) -> Act + Sync {
    let mut parts = Parts::default();
    for name in names {
        (mistakes::find(name).unwrap_or_else(|| panic!("{name} is in the catalogue")).wrong)(&mut parts);
    }
    let derivations = Derivations::default();
    move |operation, input| match Mutant::new(parts, &derivations).observed(operation, input) {
        Observed::Answer(answer) => Act::Answer(answer),
        Observed::TimedOut { .. } => Act::Hang,
        Observed::Died { .. }
        | Observed::Garbled { .. }
        | Observed::Nondeterministic { .. }
        | Observed::NotRun { .. } => Act::Die,
    }
}

/// Takes a journal of what it is told.
#[derive(Default)]
struct Scribe {
    past: Option<Past>,
    written: Vec<u8>,
    seed: u64,
    hello: Option<Hello>,
    kept: Vec<(u64, String, Recipe)>,
}

impl Listener for Scribe {
    fn begins(&mut self, hello: &Hello) -> Result<Past, JournalError> {
        self.hello = Some(hello.clone());
        if self.written.is_empty() {
            Journal::begin(&mut self.written, Some(&Header::new(hello, self.seed)), &Classes::default())?;
        }
        Ok(self.past.take().unwrap_or_default())
    }

    fn asked(&mut self, _: &Counts, _: &Classes) {}

    fn found(&mut self, _: &Class, _: Standing) {}

    fn kept(&mut self, batch: u64, sight: &str, recipe: &Recipe) {
        self.kept.push((batch, sight.to_owned(), recipe.clone()));
    }

    fn batch_ends(&mut self, batches: u64, counts: &Counts, classes: &Classes) {
        // Each checkpoint as a journal of its own that goes on with the one before.
        let mut bytes = Vec::new();
        let mut journal = Journal::begin(&mut bytes, None, &Classes::default()).unwrap();
        for (batch, sight, recipe) in self.kept.drain(..) {
            journal.kept(batch, &sight, &recipe);
        }
        journal.batch_ends(batches, counts, classes).unwrap();
        journal.write_due().unwrap();
        self.written.extend(bytes);
    }
}

struct Wish<'k> {
    seed: u64,
    cases: Option<u64>,
    seconds: Option<f64>,
    known: &'k [KnownClass],
    corpus: &'k [CorpusFile],
}

impl Default for Wish<'_> {
    fn default() -> Self {
        Self { seed: 7, cases: None, seconds: None, known: &[], corpus: &[] }
    }
}

fn run_with(port: &dyn Port, wish: &Wish<'_>, scribe: &mut Scribe) -> Outcome {
    let began = Instant::now();
    let clock = || began.elapsed();
    let order = Order {
        files: files(),
        policies: &[],
        known: wish.known,
        today: Date::read("2026-06-01").unwrap(),
        seed: wish.seed,
        cases: wish.cases,
        until: wish.seconds.map(Duration::from_secs_f64),
        jobs: 1,
        corpus: wish.corpus,
        at_fault: AtFault::Continue,
        clock: &clock,
    };
    scribe.seed = wish.seed;
    campaign::run(port, &order, &AtomicBool::new(false), scribe).unwrap()
}

fn run(behave: Behaviour<'_>, claims: &'static [&'static str], wish: &Wish<'_>) -> Outcome {
    let port = Actor { claims, policies: &["strict"], behave };
    run_with(&port, wish, &mut Scribe::default())
}

fn names(outcome: &Outcome) -> Vec<String> {
    outcome.classes.iter().map(|(class, _)| class.name()).collect()
}

fn cases(cases: u64) -> Wish<'static> {
    Wish { cases: Some(cases), ..Wish::default() }
}

/// Anything found at the reference itself would blame every port.
#[test]
fn the_reference_disagrees_with_itself_nowhere() {
    let honest = |operation, input: &Fields| Act::Answer(of_reference(operation, input));
    let every: &'static [&'static str] = &[
        "sha512.digest",
        "hmac-sha512.tag",
        "blake2b.digest",
        "pbkdf2-hmac-sha512.derive",
        "argon2id.derive",
        "aes-256-gcm.seal",
        "aes-256-gcm.open",
        "xchacha20-poly1305.open",
        "fortuna.generate",
        "sjcl-prng.generate",
        "autonomail.seal",
        "autonomail.open",
        "autonomail-2014.open",
        "notesnook.server-hash",
        "notesnook.server-verify",
        "notesnook-item.seal",
        "notesnook-item.open",
    ];
    let outcome = run(&honest, every, &cases(6_000));
    assert_eq!(names(&outcome), [""; 0]);
    assert_eq!((outcome.counts.reference_failures, outcome.ending.clone()), (0, Ending::Cases));
    assert!(outcome.counts.asked > 3_000, "{:?}", outcome.counts);
}

/// A seed that does not repeat exactly cannot be argued about; one cut short must show the same as far as it goes.
#[test]
fn the_same_seed_shows_the_same() {
    let port = mistaken(&["json-bom-skipped", "json-unknown-members-ignored", "base64-line-ends-skipped"]);
    let classes = |wish: &Wish<'_>| {
        let outcome = run(&port, CHEAP, wish);
        outcome.classes.into_iter().map(|(class, _)| class).collect::<Vec<_>>()
    };
    let once = classes(&cases(3_000));
    assert!(once.len() >= 3, "{once:?}");
    assert_eq!(once, classes(&cases(3_000)));
    let other = classes(&Wish { seed: 8, ..cases(3_000) });
    assert_ne!(once.iter().map(Class::first).collect::<Vec<_>>(), other.iter().map(Class::first).collect::<Vec<_>>());
    let cut: Vec<String> = classes(&cases(1_000)).iter().map(Class::name).collect();
    assert_eq!(once.iter().map(Class::name).take(cut.len()).collect::<Vec<_>>(), cut);
}

/// A divergence under the wrong name sends its author to the wrong place.
#[test]
fn each_mistake_is_found_under_its_name() {
    for (mistake, wanted) in [
        ("base64-padding-optional", "/lenient/unpadded@record"),
        ("base64-white-space-skipped", "/lenient/"),
        ("base64-spare-bits-ignored", "/lenient/spare-bits@"),
        ("base64-either-alphabet", "/lenient/alphabet@"),
        ("json-last-of-equal-names", "/lenient/first-wrong@"),
        ("json-bom-skipped", "/lenient/bom@"),
        ("json-unknown-members-ignored", "/lenient/unknown-"),
        ("json-number-in-text-taken", "/lenient/quoted@record.iterations"),
        ("json-comments-skipped", "/lenient/comment@"),
        ("notesnook-length-trusted", "@envelope.length"),
        ("text-plaintext-trimmed", "/wrong-output/seal-"),
        // A case has such a password as it stands.
        ("text-password-nfc", "/refused/"),
        ("gcm-tag-of-any-length", "/lenient/"),
    ] {
        let claims: &'static [&'static str] = if mistake.starts_with("gcm") { &["aes-256-gcm.open"] } else { CHEAP };
        let outcome = run(&mistaken(&[mistake]), claims, &cases(12_000));
        let found = names(&outcome);
        assert!(found.iter().any(|name| name.contains(wanted)), "{mistake}: {wanted} is not in {found:?}");
        assert!(found.len() <= 160, "{mistake}: {} classes, {found:?}", found.len());
        assert!(outcome.has_faults());
    }
}

/// A port that does one operation wrong throughout is not asked each of its cases again and again.
#[test]
fn what_a_case_shows_as_it_stands_is_asked_again_once() {
    let asked = AtomicU64::new(0);
    let refuses = |operation: &'static Operation, input: &Fields| {
        let is_probed = asked.fetch_add(1, Ordering::Relaxed) < 12;
        let refusal = Answer::Reject { reason: Reason::Malformed, detail: String::new() };
        Act::Answer(if is_probed { of_reference(operation, input) } else { refusal })
    };
    let outcome = run(&refuses, &["notesnook-item.open"], &cases(20_000));
    assert_eq!(names(&outcome), ["notesnook-item.open/refused/as-it-stands"]);
    let class = &outcome.classes[0].0;
    let known: BTreeSet<_> = class.bases.iter().collect();
    assert_eq!(known.len(), class.bases.len());
    assert!(known.len() > 20 && class.count > 1_000, "{} cases, {} times", known.len(), class.count);
    // To see it again, and as it stands.
    let requests = outcome.counts.requests;
    assert!(requests <= 2 * known.len() as u64, "{requests} questions more for {} cases", known.len());
}

/// Without a quarantine a campaign against a port that dies asks a hundredth of its questions.
#[test]
fn what_ends_the_port_is_kept_away_from_it() {
    let claims: &'static [&'static str] = &["aes-256-gcm.open", "notesnook-item.open"];
    let dies = |operation: &'static Operation, input: &Fields| match input.optional_bytes("iv") {
        Some(iv) if iv.len() == 17 => Act::Die,
        _ => Act::Answer(of_reference(operation, input)),
    };
    let outcome = run(&dies, claims, &cases(20_000));
    let found = names(&outcome);
    // Some cases have such an IV as they stand.
    let is_right =
        |name: &String| name.contains("@iv") || name.contains("@ciphertext") || name.contains("/as-it-stands");
    assert!(found.iter().all(|name| name.starts_with("aes-256-gcm.open/died/") && is_right(name)), "{found:?}");
    assert!(found.iter().any(|name| name.contains("@iv")), "{found:?}");
    assert!(!found.is_empty() && outcome.classes.iter().all(|(class, _)| class.repeats == Some(true)));
    assert!(outcome.counts.asked > 10_000 && outcome.restarts < 200, "{:?} {}", outcome.counts, outcome.restarts);
    assert_eq!(outcome.ending, Ending::Cases);
}

/// Hangs cost a second each: they must be few.
#[test]
fn a_hang_is_found_and_the_campaign_goes_on() {
    let hangs = |operation: &'static Operation, input: &Fields| {
        let record = input.optional_bytes("record").unwrap_or_default();
        let bom = record.starts_with(b"\xef\xbb\xbf");
        if bom { Act::Hang } else { Act::Answer(of_reference(operation, input)) }
    };
    let began = Instant::now();
    let outcome = run(&hangs, &["autonomail.open"], &cases(6_000));
    assert_eq!(names(&outcome), ["autonomail.open/timed-out/bom@record"]);
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}

/// What is known must not hide what is new, and what is no longer seen must be told.
#[test]
fn known_classes_are_counted_and_not_red() {
    let issue = |class: &str, expires: Option<&str>| KnownClass {
        class: glob::Pattern::new(class).unwrap(),
        why: "w".to_owned(),
        link: "l".to_owned(),
        when: std::collections::BTreeMap::new(),
        expires: expires.and_then(Date::read),
    };
    let port = mistaken(&["json-bom-skipped"]);
    let known = [
        issue("*.open/lenient/bom@*", None),
        issue("*.open/lenient/in-front@*", None),
        issue("x/y/z", None),
        issue("old", Some("2020-01-01")),
    ];
    let outcome = run(&port, CHEAP, &Wish { known: &known, ..cases(3_000) });
    assert!(!outcome.classes.is_empty() && !outcome.has_faults(), "{:?}", names(&outcome));
    assert!(outcome.classes.iter().all(|(_, standing)| *standing == Standing::Known));
    assert_eq!((outcome.unseen, outcome.expired), (vec!["x/y/z".to_owned()], vec!["old".to_owned()]));
    let expired = [issue("*", Some("2026-05-31"))];
    assert!(run(&port, CHEAP, &Wish { known: &expired, ..cases(3_000) }).has_faults());
}

/// A campaign of weeks is one that was interrupted many times.
#[test]
fn going_on_is_the_same_as_never_having_stopped() {
    let behave = mistaken(&["json-bom-skipped", "base64-line-ends-skipped", "json-last-of-equal-names"]);
    let port = Actor { claims: CHEAP, policies: &["strict"], behave: &behave };
    let mut whole = Scribe::default();
    let unbroken = run_with(&port, &cases(8_192), &mut whole);
    let mut first = Scribe::default();
    run_with(&port, &cases(2_500), &mut first);
    // The power goes in the middle of a line.
    let mut bytes = first.written;
    bytes.extend(b"{\"record\":\"kept\",\"ba");
    let (header, read) = journal::read(&bytes[..]).unwrap();
    assert!(header.is_some() && read.past.batches > 0);
    bytes.truncate(usize::try_from(read.bytes).unwrap());
    let mut second = Scribe { past: Some(read.past), written: bytes, ..Scribe::default() };
    let resumed = run_with(&port, &cases(8_192), &mut second);
    let timeless = |counts: &Counts| Counts { elapsed_ms: 0, ..counts.clone() };
    assert_eq!(timeless(&resumed.counts), timeless(&unbroken.counts));
    assert_eq!(resumed.classes, unbroken.classes);
    let past = |bytes: &[u8]| journal::read(bytes).unwrap().1.past;
    assert_eq!(past(&second.written).kept.len(), past(&whole.written).kept.len());
}

/// A port that does not stand by its answers must be told so, and not be given classes for them.
#[test]
fn a_fickle_port_is_told_as_such() {
    let count = AtomicU64::new(0);
    let fickle = |operation: &'static Operation, input: &Fields| {
        // The probes come first.
        let asked = count.fetch_add(1, Ordering::Relaxed);
        if asked > 50 && asked.is_multiple_of(7) {
            return Act::Answer(Answer::Reject { reason: Reason::Malformed, detail: String::new() });
        }
        Act::Answer(of_reference(operation, input))
    };
    let outcome = run(&fickle, CHEAP, &cases(2_000));
    let found = names(&outcome);
    assert!(found.iter().any(|name| name.contains("/nondeterministic/")), "{found:?}");
    assert!(found.len() <= 6, "{found:?}");
}

/// Whatever a port does, a campaign ends in time and tells it.
#[test]
fn a_hostile_port_ends_in_bounded_time() {
    let count = AtomicU64::new(0);
    let after_probes = |act: fn() -> Act| {
        count.store(0, Ordering::Relaxed);
        move |operation: &'static Operation, input: &Fields, count: &AtomicU64| {
            if count.fetch_add(1, Ordering::Relaxed) < 20 { Act::Answer(of_reference(operation, input)) } else { act() }
        }
    };
    for (act, word) in [
        ((|| Act::Die) as fn() -> Act, "died"),
        (|| Act::Garble, "garbled"),
        (|| Act::Hang, "timed-out"),
        (|| Act::Answer(Answer::Failure { detail: "\u{1b}[2J".repeat(100_000) }), "failure"),
        (|| Act::Answer(Answer::Unsupported { detail: String::new() }), "declined"),
    ] {
        let behave = after_probes(act);
        let port = |operation: &'static Operation, input: &Fields| behave(operation, input, &count);
        let began = Instant::now();
        let wish = Wish { seconds: Some(4.0), ..cases(100_000) };
        let outcome = run(&port, &["notesnook-item.open"], &wish);
        assert!(began.elapsed() < Duration::from_secs(25), "{word}: {:?}", began.elapsed());
        assert!(outcome.has_faults(), "{word}");
        assert!(outcome.classes.len() < 20, "{word}: {:?}", names(&outcome));
        let shown = serde_json::to_string(&outcome.classes.iter().map(|(class, _)| class).collect::<Vec<_>>()).unwrap();
        assert!(shown.len() < 400_000, "{word}: {} bytes", shown.len());
        assert!(names(&outcome).iter().any(|name| name.contains(word)), "{word}: {:?}", names(&outcome));
    }
}

/// A capsule is what is sent to somebody else: it must ask the same again, with nothing but itself.
#[test]
fn a_capsule_asks_the_same_again() {
    let behave = mistaken(&["json-bom-skipped"]);
    let outcome = run(&behave, CHEAP, &cases(3_000));
    let (class, _) = &outcome.classes[0];
    let text = Capsule::new(class, &outcome.hello, &[], 7).text();
    let capsule = Capsule::read(text.as_bytes()).unwrap();
    let replay = capsule.replay().unwrap();
    let Act::Answer(answer) = behave(replay.question.operation, &replay.question.input) else { panic!("it answers") };
    assert_eq!(replay.difference(&Observed::Answer(answer)), Some(Difference::Lenient));
    let right = of_reference(replay.question.operation, &replay.question.input);
    assert_eq!(replay.difference(&Observed::Answer(right)), None);
    assert!(replay.reference_stands(&capsule));
    let proposal = propose(&capsule, files()).unwrap();
    assert!(proposal.findings.is_empty() && proposal.disputes.is_empty(), "{proposal:?}");
}

fn sealproof(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sealproof")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("{output:?}"))
}

/// A port that is the reference, or lies in one way.
fn folder(fake: &[&str], more: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let command = [&[env!("CARGO_BIN_EXE_sealproof"), "serve"], fake].concat();
    std::fs::write(folder.path().join("port.toml"), format!("name = \"port\"\ncommand = {command:?}\n{more}")).unwrap();
    folder
}

/// Exit codes are what a CI acts on, and the journal is what makes the same command go on.
#[test]
fn the_command_saves_goes_on_and_says_how_it_ended() {
    let honest = folder(&[], "");
    let port = honest.path().to_str().unwrap();
    let save = honest.path().join("save");
    let save = save.to_str().unwrap();
    let fuzz = |more: &[&str]| sealproof(&[&["fuzz", "--port", port, "--cases", "700", "--save", save], more].concat());
    let first = fuzz(&["--seed", "5"]);
    assert_eq!(code(&first), 0, "{first:?}");
    let text = String::from_utf8(first.stdout).unwrap();
    assert!(text.contains("seed 5, 700 cases") && text.ends_with("0 faults, 0 notes, 0 known\n"), "{text}");
    let second = fuzz(&[]);
    assert!(String::from_utf8_lossy(&second.stderr).contains("resuming after 512 cases"), "{second:?}");
    let other = fuzz(&["--seed", "6"]);
    assert_eq!(code(&other), 2);
    assert!(String::from_utf8_lossy(&other.stderr).contains("its seed is 5, this one's is 6"), "{other:?}");
    let broken = folder(&["--fake", "always-refuses"], "");
    assert_eq!(code(&sealproof(&["fuzz", "--port", broken.path().to_str().unwrap(), "--cases", "10"])), 4);
    assert_eq!(code(&sealproof(&["fuzz", "--port", "no-such-port"])), 4);
    assert_eq!(code(&sealproof(&["fuzz"])), 2);
    assert_eq!(code(&sealproof(&["fuzz", "--port", port, "--time", "-1"])), 2);
}

/// What another engine has found is asked of the port, in every format that it opens, and told by the name of its file; a
/// corpus that is read and not asked would look like a port without faults.
#[test]
fn the_files_of_a_corpus_are_asked() {
    let file = |name: &str, bytes: &[u8]| CorpusFile { name: name.to_owned(), bytes: bytes.to_vec() };
    let corpus = [file("dull", b"{}"), file("deadly", b"{\xff")];
    let garbles = |operation, input: &Fields| {
        let is_deadly = ["record", "envelope"]
            .iter()
            .any(|member| matches!(input.value(member), Some(Value::Bytes(bytes)) if *bytes == corpus[1].bytes));
        if is_deadly { Act::Garble } else { Act::Answer(of_reference(operation, input)) }
    };
    let outcome = run(&garbles, CHEAP, &Wish { corpus: &corpus, ..cases(1) });
    let mut found = names(&outcome);
    found.sort();
    assert_eq!(
        found,
        ["autonomail-2014.open", "autonomail.open", "notesnook-item.open"]
            .map(|opener| format!("{opener}/garbled/corpus"))
    );
    assert!(outcome.classes.iter().all(|(class, _)| class.first().file.as_deref() == Some("deadly")), "{outcome:?}");
}

/// A corpus that is not there is no empty one, and no fault of the port.
#[test]
fn the_command_reads_a_corpus() {
    let honest = folder(&[], "");
    let port = honest.path().to_str().unwrap();
    let fuzz = |corpus| sealproof(&["fuzz", "--port", port, "--cases", "1", "--seed", "1", "--corpus", corpus]);
    assert_eq!(code(&fuzz(port)), 0);
    assert_eq!(code(&fuzz("no-such-folder")), 2);
}

/// The line that repeats a find is what its reader does next.
#[test]
fn repro_says_whether_it_still_differs() {
    let outcome = run(&mistaken(&["json-bom-skipped"]), CHEAP, &cases(3_000));
    let (class, _) = &outcome.classes[0];
    let honest = folder(&[], "");
    let path = honest.path().join("x.capsule.json");
    let path = path.to_str().unwrap();
    let capsule = Capsule::new(class, &outcome.hello, &[], 7);
    std::fs::write(path, capsule.text()).unwrap();
    let port = honest.path().to_str().unwrap();
    let gone = sealproof(&["repro", path, "--port", port]);
    assert_eq!(code(&gone), 0, "{gone:?}");
    assert!(String::from_utf8_lossy(&gone.stdout).ends_with("no longer differs\n"));
    assert_eq!(code(&sealproof(&["repro", path])), 0);
    let mut other = capsule.clone();
    other.expected = serde_json::json!({ "output": {} });
    std::fs::write(path, other.text()).unwrap();
    assert_eq!(code(&sealproof(&["repro", path])), 1);
    assert_eq!(code(&sealproof(&["repro", path, "--port", "no-such-port"])), 4);
    std::fs::write(path, "{}").unwrap();
    assert_eq!(code(&sealproof(&["repro", path])), 5);
    assert_eq!(code(&sealproof(&["repro"])), 2);
    assert!(!Path::new("no-such-port").exists());
}
