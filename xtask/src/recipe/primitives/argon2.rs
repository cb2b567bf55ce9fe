//! Argon2i and Argon2id, version 0x13: costs, lanes, and sizes of everything, mostly with little memory.

use super::{PARAMETER, TOO_COSTLY};
use crate::builder::{Ask, AskRefused, CaseId, Change, FileBuilder, KeyStream, Recipe};
use oracle::sodium;
use vectors::{Cost, Fields, Value};

mod flags;
mod sizes;

/// Which of the two, and what it is for.
#[derive(Clone, Copy)]
enum Variant {
    /// Argon2i: Notesnook's key derivation, 3 passes over 8 MiB.
    I,
    /// Argon2id: Notesnook's login hash, 3 passes over 64 MiB.
    Id,
}

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "argon2i/costs", write: |stream| costs(Variant::I, stream) },
        Recipe { name: "argon2i/lanes", write: |stream| lanes(Variant::I, stream) },
        Recipe { name: "argon2i/segments", write: |stream| segments(Variant::I, stream) },
        Recipe { name: "argon2i/lengths", write: |stream| sizes::lengths(Variant::I, stream) },
        Recipe { name: "argon2i/passwords", write: |stream| sizes::passwords(Variant::I, stream) },
        Recipe { name: "argon2i/password-forms", write: |stream| sizes::password_forms(Variant::I, stream) },
        Recipe { name: "argon2i/salts", write: |stream| sizes::salts(Variant::I, stream) },
        Recipe { name: "argon2i/notesnook-cost", write: |stream| notesnook_cost(Variant::I, stream) },
        Recipe { name: "argon2i/refused", write: |stream| refused(Variant::I, stream) },
        Recipe { name: "argon2i/refused-salts", write: |stream| refused_salts(Variant::I, stream) },
        Recipe { name: "argon2i/hostile-cost", write: |stream| hostile_cost(Variant::I, stream) },
        Recipe { name: "argon2i/many-lanes", write: |stream| many_lanes(Variant::I, stream) },
        Recipe { name: "argon2i/large-memory", write: |stream| large_memory(Variant::I, stream) },
        Recipe { name: "argon2id/costs", write: |stream| costs(Variant::Id, stream) },
        Recipe { name: "argon2id/lanes", write: |stream| lanes(Variant::Id, stream) },
        Recipe { name: "argon2id/segments", write: |stream| segments(Variant::Id, stream) },
        Recipe { name: "argon2id/lengths", write: |stream| sizes::lengths(Variant::Id, stream) },
        Recipe { name: "argon2id/passwords", write: |stream| sizes::passwords(Variant::Id, stream) },
        Recipe { name: "argon2id/password-forms", write: |stream| sizes::password_forms(Variant::Id, stream) },
        Recipe { name: "argon2id/salts", write: |stream| sizes::salts(Variant::Id, stream) },
        Recipe { name: "argon2id/notesnook-cost", write: |stream| notesnook_cost(Variant::Id, stream) },
        Recipe { name: "argon2id/refused", write: |stream| refused(Variant::Id, stream) },
        Recipe { name: "argon2id/refused-salts", write: |stream| refused_salts(Variant::Id, stream) },
        Recipe { name: "argon2id/hostile-cost", write: |stream| hostile_cost(Variant::Id, stream) },
        Recipe { name: "argon2id/many-lanes", write: |stream| many_lanes(Variant::Id, stream) },
        Recipe { name: "argon2id/large-memory", write: |stream| large_memory(Variant::Id, stream) },
    ]
}

impl Variant {
    fn operation(self) -> &'static str {
        match self {
            Self::I => "argon2i.derive",
            Self::Id => "argon2id.derive",
        }
    }

    /// The name for people, and the start of every title.
    fn name(self) -> &'static str {
        match self {
            Self::I => "Argon2i",
            Self::Id => "Argon2id",
        }
    }

    /// The type `y` that is hashed into H0 (RFC 9106 §3.1).
    fn type_code(self) -> u32 {
        match self {
            Self::I => 1,
            Self::Id => 2,
        }
    }

    /// The fewest passes that libsodium takes, so that it too can confirm the cases that are not about passes.
    fn least_passes(self) -> u64 {
        match self {
            Self::I => 3,
            Self::Id => 1,
        }
    }
}

fn file(variant: Variant, title: &str) -> FileBuilder {
    let file = FileBuilder::new(variant.operation(), &format!("{} {title}", variant.name()));
    flags::add(file).spec(&["RFC 9106 §3"])
}

/// One derivation; most cases keep the parts that they are not about.
struct Derivation<'a> {
    password: &'a [u8],
    salt: &'a [u8],
    passes: u64,
    memory_kib: u64,
    lanes: u64,
    length: u64,
}

fn derive(
    variant: Variant,
    file: &mut FileBuilder,
    (name, why, flags): (&str, &str, &[&str]),
    derivation: &Derivation<'_>,
) -> CaseId {
    let input = Fields::new().with_bytes("password", derivation.password).with_bytes("salt", derivation.salt);
    let input = input.with_integer("passes", derivation.passes).with_integer("memory_kib", derivation.memory_kib);
    let input = input.with_integer("lanes", derivation.lanes).with_integer("length", derivation.length);
    file.confirm(Ask { name, why, flags, input, trace: &[("h0", hex::encode(h0(variant, derivation)))] })
}

/// H0 (RFC 9106 §3.2, step 1): BLAKE2b-512 of all parameters, each as 32 bits little-endian, and of password and salt behind
/// their lengths; secret and associated data are empty.
fn h0(variant: Variant, derivation: &Derivation<'_>) -> Vec<u8> {
    let word = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let costs = [derivation.lanes, derivation.length, derivation.memory_kib, derivation.passes];
    let fixed = [0x13, variant.type_code()].map(u32::to_le_bytes);
    let mut hashed: Vec<u8> = costs.map(word).into_iter().chain(fixed).flatten().collect();
    for text in [derivation.password, derivation.salt, &[], &[]] {
        hashed.extend(word(text.len() as u64));
        hashed.extend(text);
    }
    sodium::blake2b(&hashed, &[], 64).unwrap_or_default()
}

fn costs(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with one lane, other passes and other memory");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for passes in [1, 2, 3, 4] {
        for memory_kib in [8, 9, 10, 11, 12, 15, 16, 17, 31, 64, 67, 300] {
            if passes > 2 && ![8, 11, 67].contains(&memory_kib) {
                continue;
            }
            let rounded = memory_kib % 4 != 0;
            let mut flags = if rounded { vec!["MemRounding"] } else { vec![] };
            flags.extend(if passes == 1 { ["Overwrite"] } else { ["MultiPass"] });
            let rest = if rounded {
                format!(", which is rounded down to {} for the blocks and not for H0", memory_kib / 4 * 4)
            } else {
                String::new()
            };
            let count = if passes == 1 { "One pass".to_owned() } else { format!("{passes} passes") };
            let why = format!("{count} over {memory_kib} KiB{rest}");
            let derivation = Derivation { password: &password, salt: &salt, passes, memory_kib, lanes: 1, length: 32 };
            derive(variant, &mut file, (&format!("passes-{passes}-memory-{memory_kib}"), &why, &flags), &derivation);
        }
    }
    for (passes, why) in [
        (11, "11 passes, which are not capped at 10"),
        (33, "33 passes, which are not capped at 32 or kept in five bits"),
    ] {
        let derivation = Derivation { password: &password, salt: &salt, passes, memory_kib: 64, lanes: 1, length: 32 };
        derive(variant, &mut file, (&format!("passes-{passes}-memory-64"), why, &["PassesCapped"]), &derivation);
    }
    file
}

fn lanes(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with several lanes");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for (lanes, passes, memory_kib) in [
        (2, 1, 16),
        (2, 2, 17),
        (2, 3, 64),
        (2, 1, 127),
        (3, 1, 24),
        (3, 2, 25),
        (3, 1, 47),
        (3, 3, 100),
        (4, 1, 32),
        (4, 2, 33),
        (4, 3, 64),
        (4, 1, 95),
        (4, 4, 128),
        (8, 1, 64),
        (8, 2, 67),
        (8, 1, 300),
    ] {
        let columns = memory_kib / (4 * lanes) * 4;
        let mut flags = vec!["LaneRefArea", "LanesHashed"];
        flags.extend((memory_kib % (4 * lanes) != 0).then_some("MemRounding"));
        flags.extend((passes > 1).then_some("MultiPass"));
        let why = format!(
            "{lanes} lanes of {columns} blocks each, which look into one another between the slices; passes: {passes}"
        );
        let derivation = Derivation { password: &password, salt: &salt, passes, memory_kib, lanes, length: 32 };
        derive(
            variant,
            &mut file,
            (&format!("lanes-{lanes}-passes-{passes}-memory-{memory_kib}"), &why, &flags),
            &derivation,
        );
    }
    file
}

/// Around the number of lanes that one byte holds, with the least memory that so many lanes need, and a little more.
fn many_lanes(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with as many lanes as one byte holds, and with more");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for (lanes, memory_kib, why) in [
        (255, 2_040, "The largest number of lanes that one byte holds"),
        (256, 2_049, "A number of lanes that is 0 in one byte"),
        (257, 3_091, "A number of lanes that is 1 in one byte"),
    ] {
        let mut flags = vec!["LanesNarrow", "LanesHashed", "LaneRefArea"];
        flags.extend((memory_kib % (4 * lanes) != 0).then_some("MemRounding"));
        let derivation = Derivation { password: &password, salt: &salt, passes: 1, memory_kib, lanes, length: 32 };
        derive(variant, &mut file, (&format!("lanes-{lanes}-memory-{memory_kib}"), why, &flags), &derivation);
    }
    file
}

/// Where phones and web views have been seen to give wrong keys in place of an error.
fn large_memory(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with more than 8 MiB of memory").cost(Cost::Slow);
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    for (memory_kib, why) in [
        (8_200, "A little more than 8 MiB, which some machines refuse to give"),
        (16_384, "16 MiB, twice what those give"),
    ] {
        let passes = variant.least_passes();
        let derivation = Derivation { password: &password, salt: &salt, passes, memory_kib, lanes: 1, length: 32 };
        derive(variant, &mut file, (&format!("memory-{memory_kib}"), why, &["MemLarge"]), &derivation);
    }
    let derivation =
        Derivation { password: &password, salt: &salt, passes: 1, memory_kib: 65_544, lanes: 1, length: 32 };
    let why = "Two blocks of columns more than 64 MiB, where the memory must not be capped";
    derive(variant, &mut file, ("memory-65544", why, &["MemLarge"]), &derivation);
    file
}

fn segments(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with segments around the 128 addresses that one block holds");
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    let passes = variant.least_passes();
    for (memory_kib, lanes, why) in [
        (508, 1, "Segments of 127 blocks need one block of addresses"),
        (512, 1, "Segments of 128 blocks use the whole of one block of addresses"),
        (516, 1, "Segments of 129 blocks need a second block of addresses for their last block"),
        (1024, 1, "Segments of 256 blocks use the whole of two blocks of addresses"),
        (1032, 1, "Segments of 258 blocks need a third block of addresses"),
        (1040, 2, "Two lanes with segments of 130 blocks need a second block of addresses each"),
    ] {
        let derivation = Derivation { password: &password, salt: &salt, passes, memory_kib, lanes, length: 32 };
        derive(variant, &mut file, (&format!("lanes-{lanes}-memory-{memory_kib}"), why, &["AddrRefresh"]), &derivation);
    }
    file
}

fn notesnook_cost(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let (memory_kib, what) = match variant {
        Variant::I => (8_192, "The cost of Notesnook's keys: 3 passes over 8 MiB"),
        Variant::Id => (65_536, "The cost of Notesnook's login hash: 3 passes over 64 MiB"),
    };
    let mut file = file(variant, "at the cost that Notesnook uses").cost(Cost::Slow);
    for (name, password) in
        [("ascii-password", stream.bytes(12).iter().map(|byte| b'a' + byte % 26).collect()), ("empty-password", vec![])]
    {
        let why = if password.is_empty() { format!("{what}, for an empty password") } else { what.to_owned() };
        let salt = stream.bytes(16);
        let derivation = Derivation { password: &password, salt: &salt, passes: 3, memory_kib, lanes: 1, length: 32 };
        derive(variant, &mut file, (name, &why, &["MemUnits", "MultiPass"]), &derivation);
        // One such derivation of 64 MiB is enough for every run.
        if matches!(variant, Variant::Id) {
            break;
        }
    }
    file
}

/// A case that all others of a file of refusals are made from.
fn whole(variant: Variant, file: &mut FileBuilder, stream: &mut KeyStream) -> CaseId {
    let (password, salt) = (stream.bytes(12), stream.bytes(16));
    let derivation = Derivation { password: &password, salt: &salt, passes: 3, memory_kib: 32, lanes: 1, length: 32 };
    derive(variant, file, ("ordinary", "Every parameter is in its range", &[]), &derivation)
}

fn refused(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "asked for what RFC 9106 excludes");
    let parent = whole(variant, &mut file, stream);
    let integer = |member, value| Change(member, Value::Integer(value));
    for (name, why, flag, change) in [
        ("passes-0", "No pass at all", "PassesZero", integer("passes", 0)),
        ("lanes-0", "No lane at all", "LanesZero", integer("lanes", 0)),
        ("lanes-5", "Five lanes need 40 KiB and have 32", "MemTooSmall", integer("lanes", 5)),
        ("memory-0", "No memory at all", "MemTooSmall", integer("memory_kib", 0)),
        ("memory-1", "One KiB is less than the eight that a lane needs", "MemTooSmall", integer("memory_kib", 1)),
        ("memory-7", "Seven KiB are less than the eight that a lane needs", "MemTooSmall", integer("memory_kib", 7)),
        ("length-0", "A key of no bytes", "OutLenMin", integer("length", 0)),
        (
            "length-1",
            "A key of one byte is shorter than the four that there must be",
            "OutLenMin",
            integer("length", 1),
        ),
        (
            "length-3",
            "A key of three bytes is shorter than the four that there must be",
            "OutLenMin",
            integer("length", 3),
        ),
    ] {
        file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons: PARAMETER });
    }
    file
}

/// The RFC names no minimum; the reference code and nearly all others ask for eight bytes, Go's takes any.
fn refused_salts(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(variant, "with salts below the eight bytes that Argon2's own code asks for").policy("strict");
    let parent = whole(variant, &mut file, stream);
    for length in [0, 1, 7] {
        let change = Change("salt", Value::Bytes(stream.bytes(length)));
        let (name, why) = (format!("salt-{length}"), format!("A salt of {length} bytes"));
        file.confirm_refusal(AskRefused {
            name: &name,
            why: &why,
            flags: &["SaltLen"],
            parent,
            change,
            reasons: PARAMETER,
        });
    }
    file
}

/// Of the policy `cost-ceiling`: a library leaves the ceiling to its caller, and would work for hours.
fn hostile_cost(variant: Variant, stream: &mut KeyStream) -> FileBuilder {
    let title = "asked for absurd work or memory, to be refused before any of it";
    let mut file = file(variant, title).policy("cost-ceiling").cost(Cost::Hostile);
    let parent = whole(variant, &mut file, stream);
    let integer = |member, value| Change(member, Value::Integer(value));
    for (name, why, flag, change) in [
        ("memory-2p31", "Two tebibytes of memory", "CostHuge", integer("memory_kib", 1 << 31)),
        ("memory-2p32", "Memory that is 0 in 32 bits", "CostWrap", integer("memory_kib", 1 << 32)),
        ("memory-2p32-and-32", "Memory that is 32 KiB in 32 bits", "CostWrap", integer("memory_kib", (1 << 32) + 32)),
        ("passes-2p31", "Passes for hours", "CostHuge", integer("passes", 1 << 31)),
        ("passes-2p32-and-3", "Passes that are 3 in 32 bits", "CostWrap", integer("passes", (1 << 32) + 3)),
        ("passes-2p53-1", "The largest integer that JSON carries safely", "CostHuge", integer("passes", (1 << 53) - 1)),
        ("lanes-2p32-and-1", "Lanes that are 1 in 32 bits", "CostWrap", integer("lanes", (1 << 32) + 1)),
        ("length-2p40", "A key of a tebibyte", "CostHuge", integer("length", 1 << 40)),
        ("length-2p32-and-32", "A length that is 32 in 32 bits", "CostWrap", integer("length", (1 << 32) + 32)),
    ] {
        file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons: TOO_COSTLY });
    }
    file
}
