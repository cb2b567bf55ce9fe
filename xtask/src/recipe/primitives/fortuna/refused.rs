//! What Fortuna refuses: requests before a seed, events that cannot be, and requests for too much.

use super::script::Script;
use super::{accept, file, scripts};
use crate::builder::{AskRefused, CaseId, Change, FileBuilder, KeyStream};
use crate::recipe::primitives::PARAMETER;
use vectors::{Reason, Value};

pub(super) fn refused(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("Fortuna asked too early, and with events that cannot be", "2.6.1");
    let event = Script::default().event(0, &stream.bytes(32));
    let sound = event.clone().event(0, &stream.bytes(32));
    let why = "A sound script, of which the others are made";
    let parent = accept(&mut file, "double", ("sound", why, &["MinPool"]), &sound.clone().request(32));
    let long = |length, stream: &mut KeyStream| sound.clone().event(0, &stream.bytes(length)).request(32);
    let pool = |pool| sound.clone().event(pool, &[1, 2, 3]).request(32);
    let others = (1..32).fold(event.clone(), |script, pool| script.event(pool, &[7; 32]).event(pool, &[7; 32]));
    for (name, why, flag, script) in [
        ("unseeded", "Bytes are asked for before any event", "Unseeded", Script::default().request(32)),
        (
            "seeded-too-late",
            "The request is before the events",
            "Unseeded",
            Script::default().request(32).event(0, &[7; 32]).event(0, &[7; 32]),
        ),
        ("seeded-by-34-bytes", "Pool 0 holds 34 bytes of the 64", "Unseeded", event.clone().request(32)),
        (
            "seeded-by-63-bytes",
            "Pool 0 holds 63 bytes of the 64",
            "Unseeded",
            event.clone().event(0, &[7; 27]).request(32),
        ),
        ("seeded-by-other-pools", "All other pools hold enough, and pool 0 does not", "Unseeded", others.request(32)),
        ("data-empty", "An event without data", "EventInvalid", long(0, stream)),
        ("data-of-33-bytes", "An event of one byte too many", "EventInvalid", long(33, stream)),
        ("data-of-256-bytes", "An event whose length is 0 in one byte", "EventInvalid", long(256, stream)),
        ("data-of-257-bytes", "An event whose length is 1 in one byte", "EventInvalid", long(257, stream)),
        ("pool-32", "The pool after the last", "EventInvalid", pool(32)),
        ("pool-33", "A pool that is 1 modulo 32", "EventInvalid", pool(33)),
        (
            "data-empty-in-pool-31",
            "An event without data for the last pool",
            "EventInvalid",
            sound.clone().event(31, &[]).request(32),
        ),
        (
            "data-of-33-bytes-in-pool-31",
            "An event of one byte too many for the last pool",
            "EventInvalid",
            sound.clone().event(31, &[7; 33]).request(32),
        ),
        ("pool-255", "The last pool that a byte can name", "EventInvalid", pool(255)),
    ] {
        refuse(&mut file, (name, why, flag), parent, Change("events", script.events()), PARAMETER);
    }
    for (name, why, family) in [
        ("family-unknown", "A family that there is not", "triple"),
        ("family-in-capitals", "Names are lower case", "Double"),
        ("family-empty", "No family", ""),
    ] {
        let change = Change("family_text", Value::Text(family.to_owned()));
        refuse(&mut file, (name, why, "HashFamily"), parent, change, PARAMETER);
    }
    file
}

/// Most libraries cut a larger request into pieces, and some of them change the key once too often at the limit itself:
/// that is theirs to choose, and so a policy of its own.
pub(super) fn request_limit(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file("The most that Fortuna gives for one request", "2.6.1").policy("strict");
    let sound = scripts::seed(Script::default(), stream).request(1 << 20).request(16);
    let why = "The most bytes that there are for one request, and a block under the next key";
    let parent = accept(&mut file, "double", ("limit", why, &["RequestLimit"]), &sound);
    let reasons = &[Reason::Parameter, Reason::TooCostly, Reason::Malformed];
    for (name, why, bytes) in [
        ("limit-and-one", "One byte more than there are for one request", (1 << 20) + 1),
        ("limit-twice", "Twice the bytes that there are for one request", 1 << 21),
        ("two-to-the-32", "A length that is 0 in four bytes", 1 << 32),
        ("largest-integer", "The largest integer of the protocol", (1 << 53) - 1),
        ("two-to-the-32-and-16", "A length that is 16 in four bytes", (1 << 32) + 16),
    ] {
        let change = Change("requests", Value::IntegerList(vec![bytes, 16]));
        refuse(&mut file, (name, why, "RequestLimit"), parent, change, reasons);
    }
    let again = scripts::seed(Script::default(), stream).request(1).request(1 << 20).request(16);
    let why = "The most bytes for one request, under a key that another request has left";
    accept(&mut file, "double", ("limit-after-a-byte", why, &["RequestLimit"]), &again);
    file
}

fn refuse(
    file: &mut FileBuilder,
    (name, why, flag): (&str, &str, &str),
    parent: CaseId,
    change: Change,
    reasons: &[Reason],
) {
    file.confirm_refusal(AskRefused { name, why, flags: &[flag], parent, change, reasons });
}
