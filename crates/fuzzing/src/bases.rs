//! The cases that a campaign starts from, and the questions that recipes make of them.
//!
//! In: vectors and a port's claims. Out: for a recipe its question; for the source what there is to draw from. Everything
//! that is the same for each question is found out once, here. Layer: `fuzzing`; pure.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::change::{Apply, Change, Edit, Holds, Place, Sealing, at_place, raw_at};
use super::cost::{Ceiling, estimate_us, is_bearable};
use super::recipe::{Question, Recipe};
use conformance::port::Hello;
use conformance::registry;
use envelope::facts;
use primitives::Limits;
use vectors::{Answer, Case, Expect, Fields, Operation, Value, VectorFile};

/// A case may cost so many times what the cheapest of its operation does, and so many microseconds more.
const COST_FACTOR: u64 = 3;
const COST_MORE_US: u64 = 24;
/// Above that, cases are drawn seldom, and from here on not at all.
const COST_MAX_FACTOR: u64 = 2;
const COST_MAX_US: u64 = 200;
/// Cases and draws that a change is tried on, to find out whether an operation has it.
const TRIAL_CASES: usize = 6;
const TRIAL_DRAWS: usize = 6;

/// The cases that a campaign starts from: within the port's claims and policies, the cheapest of each operation first.
pub struct Bases<'v> {
    hello: Hello,
    ceiling: Ceiling,
    cases: Vec<Base<'v>>,
    by_id: HashMap<String, usize>,
    /// Every case of the vectors: what is spliced in may come from any.
    donors: HashMap<String, &'v Case>,
    menus: Vec<Menu>,
    /// How often each menu is drawn from, added up.
    weights: Vec<u64>,
}

/// A case that may be asked.
struct Base<'v> {
    id: String,
    operation: &'static Operation,
    policy: &'v str,
    case: &'v Case,
    opened: Option<Fields>,
    cost_us: u64,
    sealing: OnceLock<Option<Sealing>>,
}

/// What there is to draw for an operation.
pub(super) struct Menu {
    pub(super) operation: &'static Operation,
    /// Numbers of its cases, the cheapest first.
    cases: Vec<usize>,
    /// How many of them are cheap.
    cheap: usize,
    /// Every kind of change that it has, in its plain form.
    pub(super) changes: Vec<Change>,
    /// The ids of the cases that something may be spliced in from.
    pub(super) donors: Vec<String>,
    /// What a question of it costs, in microseconds.
    pub(super) cost_us: u64,
}

impl<'v> Bases<'v> {
    /// The cases that this port can be asked.
    #[must_use]
    pub fn new(files: &'v [VectorFile], hello: &Hello, policies: &[String]) -> Self {
        let claims = |policy: &str| policies.iter().chain(&hello.policies).any(|claimed| claimed == policy);
        let ceiling = if claims("cost-ceiling") { Ceiling::Claimed } else { Ceiling::Unclaimed };
        let all = || files.iter().flat_map(|file| file.cases.iter().map(move |case| (file, case)));
        let mut bases: Vec<_> = all()
            .filter(|(file, case)| {
                (file.policy == "core" || claims(&file.policy)) && hello.claims(file.operation, &case.input)
            })
            .filter_map(|(file, case)| Base::of(file, case))
            .filter(Base::is_common_ground)
            .collect();
        // A stable order, whatever order the files are in: the cheapest first, then by id.
        bases.sort_by(|a, b| (a.cost_us, a.case.id, &a.id).cmp(&(b.cost_us, b.case.id, &b.id)));
        let by_id = bases.iter().enumerate().map(|(at, base)| (base.id.clone(), at)).collect();
        let donors = all().map(|(file, case)| (file.case_id(case), case)).collect();
        let mut found =
            Self { hello: hello.clone(), ceiling, cases: bases, by_id, donors, menus: Vec::new(), weights: Vec::new() };
        found.menus = found.find_menus(files);
        found.weights = weights(&found.menus);
        found
    }

    /// The ids of the cases.
    pub fn ids(&self) -> impl Iterator<Item = String> {
        self.cases.iter().map(|base| base.id.clone())
    }

    /// The question that a recipe describes; `None` when its case is not among these, a change finds nothing to change, or
    /// what comes out is outside the port's claims or costs more than may be asked.
    #[must_use]
    pub fn question(&self, recipe: &Recipe) -> Option<Question> {
        let base = &self.cases[*self.by_id.get(&recipe.base)?];
        let mut draft = Draft { input: base.case.input.clone(), opened: base.opened.clone() };
        draft.seal(base, &recipe.changes)?;
        for Change { at, edit } in &recipe.changes {
            if let Edit::Splice(donor) = edit {
                draft.splice(*at, self.donors.get(donor)?)?;
            } else if !matches!(edit, Edit::Seal(_)) {
                draft.edit(*at, edit)?;
            }
        }
        let operation = base.operation;
        let is_asked = self.hello.claims(operation, &draft.input)
            && is_bearable(operation, &base.case.input, &draft.input, self.ceiling);
        is_asked.then_some(Question { operation, input: draft.input, plaintext: draft.opened })
    }

    /// Simpler recipes that may show the same, the simplest first: what [`Recipe::simpler`] has, then the same changes to
    /// the plainest cases of the operation. Nothing is simpler than a case as it stands: what it shows is of that case.
    #[must_use]
    pub fn simpler(&self, recipe: &Recipe) -> Vec<Recipe> {
        if recipe.changes.is_empty() {
            return Vec::new();
        }
        let mut simpler = recipe.simpler();
        let Some(at) = self.by_id.get(&recipe.base).copied() else { return simpler };
        let menu = self.menus.iter().find(|menu| menu.operation == self.cases[at].operation);
        let plainest = menu.into_iter().flat_map(|menu| menu.cases.iter().take(2)).take_while(|other| **other != at);
        simpler.extend(
            plainest.map(|other| Recipe { base: self.cases[*other].id.clone(), changes: recipe.changes.clone() }),
        );
        simpler
    }

    /// What a question of this recipe costs on the reference, in microseconds, as far as its case tells.
    #[must_use]
    pub fn cost_us(&self, recipe: &Recipe) -> Option<u64> {
        self.by_id.get(&recipe.base).map(|at| self.cases[*at].cost_us)
    }

    #[cfg(test)]
    pub(super) fn menus(&self) -> &[Menu] {
        &self.menus
    }

    /// A menu, by its weight.
    pub(super) fn pick(&self, random: &mut fastrand::Rng) -> &Menu {
        let drawn = random.u64(..self.weights.last().copied().unwrap_or(1));
        &self.menus[self.weights.partition_point(|sum| *sum <= drawn)]
    }

    /// The menu that a recipe was drawn from.
    pub(super) fn menu_of(&self, recipe: &Recipe) -> Option<&Menu> {
        let operation = self.cases[*self.by_id.get(&recipe.base)?].operation;
        self.menus.iter().find(|menu| menu.operation == operation)
    }

    /// A case of a menu: mostly a cheap one.
    pub(super) fn draw(&self, menu: &Menu, random: &mut fastrand::Rng) -> &str {
        let among = if random.u8(..8) == 0 { menu.cases.len() } else { menu.cheap };
        &self.cases[menu.cases[random.usize(..among)]].id
    }

    fn find_menus(&self, files: &[VectorFile]) -> Vec<Menu> {
        let operations = vectors::operation::OPERATIONS.iter();
        operations.filter_map(|operation| self.find_menu(operation, files)).collect()
    }

    fn find_menu(&self, operation: &'static Operation, files: &[VectorFile]) -> Option<Menu> {
        let own = |at: &usize| self.cases[*at].operation == operation;
        let mut cases: Vec<_> = (0..self.cases.len()).filter(own).collect();
        let cheapest_us = self.cases[*cases.first()?].cost_us;
        let up_to = |us: u64| cases.iter().take_while(|at| self.cases[**at].cost_us <= us).count();
        let cheap = up_to((cheapest_us * COST_FACTOR).min(cheapest_us + COST_MORE_US));
        let all = up_to(COST_MAX_US.max(cheapest_us * COST_MAX_FACTOR));
        cases.truncate(all.max(1));
        let cost_us = cases[..cheap].iter().map(|at| self.cases[*at].cost_us).sum::<u64>() / cheap as u64;
        let donors: Vec<_> = files
            .iter()
            .filter(|file| kin(file.operation) == kin(operation))
            .flat_map(|file| file.cases.iter().map(|case| file.case_id(case)))
            .collect();
        let changes = self.changes_of(operation, &cases, &donors);
        Some(Menu { operation, cases, cheap, changes, donors, cost_us })
    }

    /// The changes that some case of an operation takes.
    fn changes_of(&self, operation: &Operation, cases: &[usize], donors: &[String]) -> Vec<Change> {
        let mut random = fastrand::Rng::with_seed(0);
        // The cheapest cases, and some from all over.
        let step = (cases.len() / TRIAL_CASES).max(1);
        let tried: Vec<_> = cases.iter().take(3).chain(cases.iter().step_by(step)).collect();
        let of_place = |place: Place| Edit::all(place).into_iter().map(move |edit| Change { at: place, edit });
        let places = Place::all().filter(|place| operation.input_member(place.member()).is_some());
        let mut is_taken = |change: &Change| {
            tried.iter().any(|at| {
                (0..TRIAL_DRAWS).any(|draw| {
                    let mut change = change.clone();
                    if draw > 0 {
                        change.vary(&mut random);
                    }
                    if let Edit::Splice(donor) = &mut change.edit {
                        donors[random.usize(..donors.len())].clone_into(donor);
                    }
                    let recipe = Recipe { base: self.cases[**at].id.clone(), changes: vec![change] };
                    self.question(&recipe).is_some()
                })
            })
        };
        let mut taken: Vec<_> = places.flat_map(of_place).filter(|change| is_taken(change)).collect();
        // What stands behind the tag is asked about by these alone.
        let sealed: Vec<_> = taken.iter().filter(|change| matches!(change.edit, Edit::Seal(_))).cloned().collect();
        taken.extend(std::iter::repeat_n(sealed, SEALED_MORE).flatten());
        taken
    }
}

impl<'v> Base<'v> {
    fn of(file: &'v VectorFile, case: &'v Case) -> Option<Self> {
        let Expect::Output(output) = &case.expect else { return None };
        let opened = (file.operation.verb() == "open").then(|| output.clone());
        Some(Self {
            id: file.case_id(case),
            operation: file.operation,
            policy: &file.policy,
            case,
            opened,
            cost_us: estimate_us(file.operation, &case.input),
            sealing: OnceLock::new(),
        })
    }

    /// Whether the reference answers the case as it asks: cases of lenient readers are not what it opens, and a recipe that
    /// changes them would show that alone. Those that bind the reference are held against it elsewhere.
    fn is_common_ground(&self) -> bool {
        let binds = |policy: &str| policy == "core" || conformance::port::POLICIES.contains(&policy);
        let answer = || registry::reference(self.operation, &self.case.input, &Limits::default());
        binds(self.policy)
            || (self.cost_us <= COST_MAX_US
                && matches!((answer(), &self.case.expect), (Answer::Output(found), Expect::Output(wanted)) if found == *wanted))
    }

    /// What its envelope was sealed from.
    fn sealing(&self) -> Option<&Sealing> {
        let read = || match &self.case.expect {
            Expect::Output(output) => Sealing::of(self.operation, &self.case.input, output),
            Expect::Opens(_) | Expect::Reject(_) => None,
        };
        self.sealing.get_or_init(read).as_ref()
    }
}

/// A question while it is made.
struct Draft {
    input: Fields,
    opened: Option<Fields>,
}

impl Draft {
    /// Seals anew, where there is a change to what is sealed.
    fn seal(&mut self, base: &Base<'_>, changes: &[Change]) -> Option<()> {
        let mut edits = changes
            .iter()
            .filter_map(|change| if let Edit::Seal(edit) = &change.edit { Some(edit) } else { None })
            .peekable();
        if edits.peek().is_none() {
            return Some(());
        }
        let mut sealing = base.sealing()?.clone();
        for edit in edits {
            edit.apply(&mut sealing)?;
        }
        let before = self.input.clone();
        let opened = sealing.seal(&mut |name, value| self.set(name, value))?;
        if self.opened.is_some() {
            self.opened = Some(opened);
        }
        (self.input != before).then_some(())
    }

    fn edit(&mut self, place: Place, edit: &Edit) -> Option<()> {
        let changed = match (self.input.value(place.member())?, edit) {
            (Value::Bytes(bytes), edit) => {
                Value::Bytes(at_place(bytes, place.inner(), place.holds(), Apply::Edit(edit))?)
            }
            (Value::Text(text), Edit::Text(edit)) => Value::Text(edit.apply(text)?),
            (Value::Text(text), Edit::Stored(edit)) => Value::Text(edit.apply(text)?),
            (Value::Integer(integer), Edit::Integer(edit)) => Value::Integer(edit.apply(*integer)?),
            (list @ (Value::BytesList(_) | Value::IntegerList(_)), Edit::List(edit)) => edit.apply(list)?,
            (_, _) => return None,
        };
        self.touch(place, edit);
        self.put(place, changed)
    }

    fn splice(&mut self, place: Place, donor: &Case) -> Option<()> {
        let changed = match (self.input.value(place.member())?, donor.input.value(place.member())?) {
            (Value::Bytes(own), Value::Bytes(other)) if place.depth() > 0 => {
                let raw = raw_at(other, place.inner())?;
                Value::Bytes(at_place(own, place.inner(), place.holds(), Apply::Raw(&raw))?)
            }
            (_, other) => other.clone(),
        };
        match place.holds() {
            Holds::Sealed | Holds::Document | Holds::Nested(_) | Holds::Encoded(_) => self.opened = None,
            Holds::Bytes | Holds::List | Holds::Integer | Holds::Text | Holds::Stored | Holds::Number | Holds::Word => {
                self.touch(place, &Edit::Splice(String::new()));
            }
        }
        self.put(place, changed)
    }

    /// Forgets what an opener gives back besides the plaintext, where a change may have reached it.
    fn touch(&mut self, place: Place, edit: &Edit) {
        let is_whole = place.holds() == Holds::Document && matches!(edit, Edit::Bytes(_) | Edit::Document(_));
        if !(place.is_id() || is_whole) {
            return;
        }
        if let Some(opened) = &self.opened
            && opened.value("id_text").is_some()
            && let Some(plaintext) = opened.value("plaintext")
        {
            self.opened = Some(Fields::new().with("plaintext", plaintext.clone()));
        }
    }

    /// Another value; `None` where it is the same.
    fn put(&mut self, place: Place, changed: Value) -> Option<()> {
        if self.input.value(place.member()) == Some(&changed) {
            return None;
        }
        self.set(place.member(), changed);
        Some(())
    }

    fn set(&mut self, name: &'static str, value: Value) {
        self.input = std::mem::take(&mut self.input).replacing(name, value);
    }
}

/// What operations have in common whose members fit each other.
fn kin(operation: &Operation) -> &'static str {
    let family = operation.family();
    match facts::system(operation.name) {
        Some(system) => system.name,
        None if family.starts_with("argon2") => "argon2",
        None => family,
    }
}

/// A change to what is sealed is drawn so many times more often than another.
const SEALED_MORE: usize = 3;
/// A question that takes longer is costly, in microseconds.
const COSTLY_US: u64 = 1_000;
/// Of all questions, costly ones are one in so many, if that takes no more time than all others.
const COSTLY_ONE_IN: u64 = 100;
/// Cheap operations are drawn from as often as they have kinds of change, up to a cost; costlier ones the more rarely.
const EVEN_US: u64 = 24;

/// How often each menu is drawn from, added up.
fn weights(menus: &[Menu]) -> Vec<u64> {
    const SCALE: u64 = 1_000_000;
    let is_costly = |menu: &Menu| menu.cost_us > COSTLY_US;
    let kinds = |menu: &Menu| (menu.changes.len() as u64).clamp(20, 400);
    let cheap = |menu: &Menu| SCALE * kinds(menu) * EVEN_US / menu.cost_us.max(EVEN_US);
    let (count, questions, us) = menus.iter().fold((0_u64, 0_u64, 0_u64), |(count, questions, us), menu| {
        if is_costly(menu) {
            return (count + 1, questions, us);
        }
        (count, questions + cheap(menu), us + cheap(menu) * menu.cost_us)
    });
    let costly = |menu: &Menu| match questions {
        0 => SCALE * SCALE / menu.cost_us.max(1),
        _ => (questions / COSTLY_ONE_IN).min(us / menu.cost_us) / count,
    };
    let weight = |menu: &Menu| if is_costly(menu) { costly(menu) } else { cheap(menu) };
    let sums = menus.iter().scan(0, |sum, menu| {
        *sum += weight(menu).max(1);
        Some(*sum)
    });
    sums.collect()
}
