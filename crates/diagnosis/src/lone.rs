//! An envelope that does not open: which mistake sealed it.
//!
//! In: the input of an opening operation, its secret among it. Out: the guesses whose port opens it under a tag that it has
//! verified. Such a tag is proof, for nobody finds one by chance; a guess whose port would open a changed ciphertext as well
//! has verified none and is left out. Layer: `diagnosis`; pure.

use super::drawn::{drawn, part};
use super::edit::{Change, Edit};
use super::quiet::quietly;
use super::sweep::{Costed, sweep};
use super::{Derivations, Hypothesis, Mistake, Mutant, Watch, grid, mistakes};
use conformance::registry;
use envelope::facts::{self, Cipher, below};
use vectors::operation::{self, Member, OPERATIONS};
use vectors::{Fields, Operation, Value};

/// What was found out about an envelope.
#[derive(Clone, Debug, Default)]
pub struct Lone {
    /// The guesses under which it opens, the simplest first. Each of them explains it alone.
    pub openings: Vec<Opening>,
    /// The guesses whose port writes this very envelope, byte for byte, from what was found in it.
    pub writers: Vec<Hypothesis>,
    /// How many guesses were tried.
    pub tried: usize,
    /// Whether the search ended before its time did.
    pub complete: bool,
}

/// A guess under which an envelope opens.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The guess.
    pub hypothesis: Hypothesis,
    /// How many bytes of plaintext there are.
    pub plaintext_bytes: usize,
    output: Fields,
}

/// Positions around the end of the plaintext at which a changed byte must be noticed: all of the tag, also where a port has
/// cut its plaintext.
const CONTROLS: usize = 64;

/// Tags of fewer bytes are found by chance. In bytes and, for ports that count so, in bits.
const TAG_LENGTHS: [u64; 6] = [16, 12, 8, 128, 96, 64];

/// Finds the guesses under which an envelope opens.
#[must_use]
pub fn opens(operation: &'static Operation, input: &Fields, watch: Watch<'_>) -> Lone {
    let derivations = Derivations::default();
    // The right key, made once for all who need it.
    let _ = derivations.opened(operation, input);
    let search = Search { operation, input, derivations: &derivations, watch };
    let mut lone = Lone { complete: true, ..Lone::default() };
    for guesses in search.rounds() {
        let swept = sweep(&guesses, watch, |guess| search.opening(guess));
        lone.tried += swept.tried;
        lone.complete &= swept.complete;
        if !swept.found.is_empty() {
            lone.openings = swept.found;
            break;
        }
    }
    if let Some(opening) = lone.openings.first() {
        lone.writers = search.writers(&lone.openings, &opening.output);
    }
    lone
}

struct Search<'a> {
    operation: &'static Operation,
    input: &'a Fields,
    derivations: &'a Derivations,
    watch: Watch<'a>,
}

impl Search<'_> {
    /// All guesses, the quick ones first. A round is finished once it is begun, so that equals are found together.
    fn rounds(&self) -> impl Iterator<Item = Vec<Costed<Hypothesis>>> {
        let quick = |guesses: Vec<Costed<_>>| guesses.into_iter().partition::<Vec<_>, _>(|(cost_us, _)| *cost_us == 0);
        let ((known, known_slow), (changed, changed_slow)) = (quick(self.known()), quick(self.changed()));
        let singles = [known, changed, known_slow, changed_slow];
        singles.into_iter().chain(std::iter::once_with(|| self.pairs()))
    }

    /// The mistakes of the catalogue that change how these envelopes are opened.
    fn known(&self) -> Vec<Costed<Hypothesis>> {
        self.by_cost(concerned(self.operation).map(Hypothesis::of))
    }

    /// Values changed on their way.
    fn changed(&self) -> Vec<Costed<Hypothesis>> {
        self.by_cost(grid::around(self.operation, self.input).into_iter().map(Hypothesis::changing))
    }

    /// Two mistakes at once that cost no derivation of their own.
    fn pairs(&self) -> Vec<Costed<Hypothesis>> {
        let singles = self.known();
        let cheap: Vec<_> = singles.iter().filter(|(cost_us, _)| *cost_us == 0).map(|(_, guess)| guess).collect();
        let both = |(at, one): (usize, &&Hypothesis)| cheap[at + 1..].iter().map(|other| (0, one.and(other))).collect();
        cheap.iter().enumerate().flat_map::<Vec<_>, _>(both).collect()
    }

    fn by_cost(&self, guesses: impl Iterator<Item = Hypothesis>) -> Vec<Costed<Hypothesis>> {
        let mut guesses: Vec<_> =
            guesses.map(|guess| (guess.derivation_us(self.operation, self.input, self.derivations), guess)).collect();
        guesses.sort_by_key(|(cost_us, guess)| (*cost_us, guess.edits.iter().map(rank).sum::<usize>()));
        guesses
    }

    /// What comes of a guess, if it opens the envelope and proves it.
    fn opening(&self, guess: &Hypothesis) -> Option<Opening> {
        let port = guess.port(self.derivations);
        let output = self.opened(&port)?;
        let plaintext_bytes = output.optional_bytes("plaintext")?.len();
        let cipher = facts::of(self.operation.name)?.cipher?;
        let verifies = Tag { search: self, guess, cipher }.verifies(port, plaintext_bytes);
        verifies.then(|| Opening { hypothesis: guess.clone(), plaintext_bytes, output })
    }

    fn opened(&self, port: &Mutant<'_>) -> Option<Fields> {
        quietly(|| port.compute(self.operation, self.input))?.ok()
    }

    /// The guesses whose port writes this envelope: those that open it, and mistakes that are made in writing alone.
    fn writers(&self, openings: &[Opening], output: &Fields) -> Vec<Hypothesis> {
        let sealer = OPERATIONS.iter().find(|sealer| sealer.opened_by == Some(self.operation.name));
        let asked = sealer.and_then(|sealer| Some((sealer, self.question(sealer, output)?)));
        let Some((sealer, question)) = asked else { return Vec::new() };
        let openers = openings.iter().map(|opening| opening.hypothesis.clone());
        let others = concerned(sealer).filter(|mistake| {
            openings.iter().all(|opening| opening.hypothesis.mistakes.iter().all(|known| known.name != mistake.name))
        });
        let guesses = self.by_cost(openers.chain(others.map(Hypothesis::of)));
        let (quick, slow): (Vec<_>, Vec<_>) = guesses.into_iter().partition(|(cost_us, _)| *cost_us == 0);
        let writes = |guess: &Hypothesis| {
            let again = quietly(|| guess.port(self.derivations).compute(sealer, &question))?.ok()?;
            (registry::envelope(sealer, &again)? == registry::envelope(self.operation, self.input)?)
                .then(|| guess.clone())
        };
        let found = sweep(&quick, self.watch, writes).found;
        if found.is_empty() { sweep(&slow, self.watch, writes).found } else { found }
    }

    /// What the sealer of this envelope was asked, salt and nonce included.
    fn question(&self, sealer: &'static Operation, output: &Fields) -> Option<Fields> {
        let drawn = drawn(sealer, self.input);
        let counted = facts::operation(sealer.name).and_then(facts::Operation::counted);
        let named = || registry::derivation(self.operation, self.input).map(|work| Value::Integer(work.units));
        let value = |member: &Member| {
            let given = || self.input.value(member.name).or_else(|| output.value(member.name)).cloned();
            let written = drawn.iter().find(|(name, _)| *name == member.name);
            match (member.name, written) {
                (_, Some((_, bytes))) => Some(Value::Bytes(bytes.clone())),
                (name, None) if counted == Some(name) => given().or_else(named),
                (name, None) => given().or_else(|| part(sealer, self.input, name).map(Value::Bytes)),
            }
        };
        sealer.input.iter().try_fold(Fields::new(), |fields, member| Some(fields.with(member.name, value(member)?)))
    }
}

/// The tag of an envelope that a guess opens.
struct Tag<'a> {
    search: &'a Search<'a>,
    guess: &'a Hypothesis,
    cipher: Cipher,
}

impl Tag<'_> {
    /// Whether the port has verified it: long enough, and no changed byte passes. The port keeps its derivations, so that
    /// this costs little.
    fn verifies(&self, port: Mutant<'_>, plaintext_bytes: usize) -> bool {
        let changed = |member, change| Edit { operations: self.cipher.opens, member, change };
        let flipped = |at, mask| changed("ciphertext", Change::Flipped(at, mask));
        let tag = plaintext_bytes..plaintext_bytes + CONTROLS;
        let single = tag.clone().flat_map(|at| [0x01, 0x10, 0x80].map(|mask| vec![flipped(at, mask)]));
        // What is folded or summed up notices one change and not two that balance.
        let double = tag.flat_map(|at| [1, 4, 8].map(|far| vec![flipped(at, 1), flipped(at + far, 1)]));
        let mut exchanged =
            (plaintext_bytes..plaintext_bytes + 7).map(|at| vec![changed("ciphertext", Change::Exchanged(at))]);
        let mut port = Some(port);
        let mut passes = |edits: Vec<Edit>| {
            let with = port.take().map(|port| port.with_edits([&*self.guess.edits, &*edits].concat()));
            let passes = with.as_ref().is_some_and(|port| self.search.opened(port).is_some());
            port = with;
            passes
        };
        let long = !self.has_tag_length()
            || TAG_LENGTHS.iter().any(|length| passes(vec![changed("tag_length", Change::Set(*length))]));
        // Two equal bytes beside each other may be exchanged, but not all of a tag are equal.
        long && !single.chain(double).any(&mut passes) && !exchanged.all(passes)
    }

    /// Whether the cipher is told how long the tag is.
    fn has_tag_length(&self) -> bool {
        operation::find(self.cipher.open).is_some_and(|cipher| cipher.input_member("tag_length").is_some())
    }
}

/// The mistakes that change an operation or one below it.
fn concerned(operation: &'static Operation) -> impl Iterator<Item = &'static Mistake> {
    let stands_on = |name: &&str| *name == operation.name || below(operation.name).contains(name);
    mistakes::all().filter(move |mistake| mistake.operations.iter().any(stands_on))
}

/// Of guesses that cost the same, those with a position are tried last: there are so many.
fn rank(edit: &Edit) -> usize {
    if let Change::Cut(at) | Change::Skip(at) | Change::Rotated(at) = edit.change { at } else { 0 }
}
