//! Messages whose ciphertext was solved for: edges of Poly1305, tags for comparisons, one ciphertext under two keys.

use super::message::{Message, file, refuse};
use super::solve::{OneTime, block, under_two_keys, with_accumulator};
use crate::builder::{Change, FileBuilder, KeyStream, Recipe};
use crate::recipe::primitives::{AUTHENTICATION, flipped, tags};
use primitives::prime1305::{P, Wide, wide};
use vectors::Value;

const SEAL: &str = "xchacha20-poly1305.seal";
const OPEN: &str = "xchacha20-poly1305.open";

pub(super) fn recipes() -> Vec<Recipe> {
    vec![
        Recipe { name: "xchacha20-poly1305/seal-poly1305", write: sealed_edges },
        Recipe { name: "xchacha20-poly1305/open-poly1305", write: opened_edges },
        Recipe { name: "xchacha20-poly1305/open-tag-compare", write: opened_lookalikes },
        Recipe { name: "xchacha20-poly1305/open-two-keys", write: opened_under_two_keys },
    ]
}

fn sealed_edges(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(SEAL, "XChaCha20-Poly1305 at the edges of Poly1305's arithmetic, sealed");
    for (name, why, flag, message) in edges(stream) {
        message.ask_seal(&mut file, &name, &why, &[flag]);
    }
    file
}

fn opened_edges(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(OPEN, "XChaCha20-Poly1305 at the edges of Poly1305's arithmetic, opened");
    for (name, why, flag, message) in edges(stream) {
        message.ask_open(&mut file, &name, &why, &[flag]);
    }
    file
}

type Edge = (String, String, &'static str, Message);

fn edges(stream: &mut KeyStream) -> Vec<Edge> {
    let mut edges = reductions(stream);
    edges.extend(carries_out_of_the_top(stream));
    edges.extend(carries_into_s(stream));
    edges.push(carry_within_the_sum(stream));
    for (name, byte) in [("blocks-of-ones", 0xff), ("blocks-of-zeros", 0)] {
        let message = Message { aad: vec![byte; 32], ..Message::random(stream, 32, 64) };
        let why = format!("Every byte of associated data and ciphertext is {byte}");
        edges.push((name.to_owned(), why, "PolyCarry", message.with_ciphertext(&[byte; 64])));
    }
    edges
}

fn ending_at(accumulator: Wide, stream: &mut KeyStream) -> Message {
    let message = Message::random(stream, 16, 32);
    with_accumulator(message, accumulator, stream)
}

/// An accumulator that is 2^130 - 5 or a little more before it is reduced, or a little less.
fn reductions(stream: &mut KeyStream) -> Vec<Edge> {
    let edge = |name: String, why: String, accumulator| (name, why, "PolyFinalReduce", ending_at(accumulator, stream));
    let above = (0..5).map(|more: u64| {
        let why = format!("The accumulator ends at 2^130 - 5 + {more}, which has to be reduced to {more}");
        (format!("accumulator-p-plus-{more}"), why, wide(more.into(), 0))
    });
    let below = (1..3).map(|less: u64| {
        let why = format!("The accumulator ends at 2^130 - 5 - {less}, which must not be reduced");
        (format!("accumulator-p-minus-{less}"), why, [P[0] - less, P[1], P[2]])
    });
    let mut edge = edge;
    above.chain(below).map(|(name, why, accumulator)| edge(name, why, accumulator)).collect()
}

/// The last product is 2^130 and more before its top is folded back, and five times the top carries through lower limbs.
fn carries_out_of_the_top(stream: &mut KeyStream) -> Vec<Edge> {
    let mut edges = Vec::new();
    for more in [0_u64, 1] {
        let why = format!("The last product is 2^130 + {more} before its top is folded back");
        let message = ending_at(wide(u128::from(5 + more), 0), stream);
        edges.push((format!("top-folded-onto-{more}"), why, "PolyCarry", message));
    }
    for bits in [26_u32, 32, 44, 52, 64, 78, 88, 96, 104] {
        let why = format!("Folding back the top of the last product carries through all of the lowest {bits} bits");
        let message = ending_at(wide((1 << bits) + 2, 0), stream);
        edges.push((format!("carry-through-{bits}-bits"), why, "PolyCarry", message));
    }
    edges
}

/// Sums with s that carry from one end of the tag to the other.
fn carries_into_s(stream: &mut KeyStream) -> Vec<Edge> {
    let mut edge = |name: &str, why: &str, accumulator: fn(u128) -> u128| {
        let message = Message::random(stream, 16, 32);
        let wanted = wide(accumulator(OneTime::of(&message).s), 0);
        (name.to_owned(), why.to_owned(), "PolyCarry", with_accumulator(message, wanted, stream))
    };
    vec![
        edge("s-carries-throughout", "The accumulator and s add up to 2^128, so the tag is zero", u128::wrapping_neg),
        edge("s-carries-nowhere", "No bit of accumulator and s is the same, so the tag is all ones", |s| !s),
        edge("s-carries-through-word-1", "The sum with s carries out of word 0 and through word 1", |s| {
            let words_2_and_3 = 0x0123_4567_89ab_cdef << 64;
            words_2_and_3 | s.wrapping_neg() & u128::from(u64::MAX)
        }),
        edge("s-carries-through-word-2", "The sum with s carries out of word 1 and through word 2", |s| {
            let word_3_and_0 = (0x0123_4567 << 96) | 1;
            word_3_and_0 | ((s >> 32).wrapping_neg() & u128::from(u64::MAX)) << 32
        }),
    ]
}

/// A block whose sum with the accumulator carries out of the lowest 64 bits and through the next.
fn carry_within_the_sum(stream: &mut KeyStream) -> Edge {
    let message = Message::random(stream, 16, 32);
    let [_, middle, _] = OneTime::of(&message).accumulate(&[block(&message.aad)]);
    let first = u128::from(!middle) << 64 | u128::from(u64::MAX);
    let body = [first.to_le_bytes().as_slice(), &message.body()[16..]].concat();
    let why = "Adding the first block of ciphertext carries out of the lowest 64 bits and through the next 64";
    ("carry-through-the-sum".to_owned(), why.to_owned(), "PolyCarry", message.with_ciphertext(&body))
}

fn opened_lookalikes(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(OPEN, "XChaCha20-Poly1305 with tags that a wrong comparison takes for others");
    for tags::Lookalikes { name, why, tag, others } in tags::lookalikes() {
        let message = Message::random(stream, 16, 32);
        let wanted = wide(u128::from_le_bytes(tag).wrapping_sub(OneTime::of(&message).s), 0);
        let message = with_accumulator(message, wanted, stream);
        let parent = message.ask_open(&mut file, name, why, &["PartialTagCompare"]);
        for (name, why, other) in others {
            let change = Change("ciphertext", Value::Bytes([message.body().as_slice(), &other].concat()));
            refuse(&mut file, name, why, "PartialTagCompare", (parent, change, AUTHENTICATION));
        }
    }
    file
}

fn opened_under_two_keys(stream: &mut KeyStream) -> FileBuilder {
    let mut file = file(OPEN, "XChaCha20-Poly1305 of ciphertexts that are right under two keys");
    for (shape, aad, text) in [("one-block", 16, 16), ("three-blocks", 16, 48)] {
        let (message, other_key) = (Message::random(stream, aad, text), std::array::from_fn(|_| stream.byte()));
        let [one, other] = under_two_keys(message, other_key, stream);
        let why = "Opens under this key; the same bytes open to another text under the next case's";
        let parent = one.ask_open(&mut file, &format!("{shape}-first-key"), why, &["KeyCommitment"]);
        let why = "The same bytes, under another key: both texts are right, and only who chose the keys could know which was meant";
        other.ask_open(&mut file, &format!("{shape}-second-key"), why, &["KeyCommitment"]);
        let change = Change("key", Value::Bytes(flipped(&one.key, 31, 1)));
        let why = "Under a third key the tag is wrong";
        refuse(&mut file, &format!("{shape}-third-key"), why, "KeyCommitment", (parent, change, AUTHENTICATION));
    }
    file
}
