//! Tags taken off and compared so that forgeries pass; both ciphers can be given them.

use crate::models::tag::{Apart, Tag};

/// The first `N` bytes alone.
pub(super) fn first<const N: usize>(computed: &[u8], sent: &[u8]) -> bool {
    computed.iter().zip(sent).take(N).all(|(computed, sent)| computed == sent)
}

/// The last `N` bytes alone.
pub(super) fn last<const N: usize>(computed: &[u8], sent: &[u8]) -> bool {
    computed.iter().rev().zip(sent.iter().rev()).take(N).all(|(computed, sent)| computed == sent)
}

/// Some bits of every byte.
pub(super) fn masked<const BITS: u8>(computed: &[u8], sent: &[u8]) -> bool {
    computed.iter().zip(sent).all(|(computed, sent)| computed & BITS == sent & BITS)
}

/// All differences xored into one.
pub(super) fn folded(computed: &[u8], sent: &[u8]) -> bool {
    computed.iter().zip(sent).fold(0, |sum, (computed, sent)| sum ^ computed ^ sent) == 0
}

/// The differences of all words of 32 bits xored into one.
pub(super) fn folded_words(computed: &[u8], sent: &[u8]) -> bool {
    let differences = computed.iter().zip(sent).map(|(computed, sent)| computed ^ sent);
    let mut word = [0; 4];
    differences.enumerate().for_each(|(at, difference)| word[at % 4] ^= difference);
    word == [0; 4]
}

/// The sums of all bytes.
pub(super) fn sums(computed: &[u8], sent: &[u8]) -> bool {
    let sum = |bytes: &[u8]| bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    sum(computed) == sum(sent)
}

/// A tag of zeros never fits, as where it means that there is none.
pub(super) fn but_zeros(computed: &[u8], sent: &[u8]) -> bool {
    computed == sent && sent.iter().any(|byte| *byte != 0)
}

/// As C compares texts: a zero ends both.
pub(super) fn to_nul(computed: &[u8], sent: &[u8]) -> bool {
    let text = |bytes: &[u8]| bytes.split(|byte| *byte == 0).next().map(<[u8]>::to_vec);
    text(computed) == text(sent)
}

/// As texts, in which all that is not UTF-8 looks alike.
pub(super) fn as_text(computed: &[u8], sent: &[u8]) -> bool {
    String::from_utf8_lossy(computed) == String::from_utf8_lossy(sent)
}

/// The same bytes in any order.
pub(super) fn unordered(computed: &[u8], sent: &[u8]) -> bool {
    let sorted = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        bytes.sort_unstable();
        bytes
    };
    sorted(computed) == sorted(sent)
}

/// A tag of zeros passes, as where the buffer of the right one was never filled.
pub(super) fn or_zeros(computed: &[u8], sent: &[u8]) -> bool {
    computed == sent || sent.iter().all(|byte| *byte == 0)
}

/// Nothing fits always.
pub(super) fn unless_empty(computed: &[u8], sent: &[u8]) -> bool {
    sent.is_empty() || computed == sent
}

/// Nothing is text and tag at once.
pub(super) fn split_unless_empty(sealed: &[u8], tag_length: usize) -> Apart<'_> {
    if sealed.is_empty() { Ok((sealed, sealed)) } else { (Tag::RIGHT.split)(sealed, tag_length) }
}

/// The tag before the ciphertext, as a secretbox has it.
pub(super) fn join_in_front(ciphertext: &[u8], tag: &[u8]) -> Vec<u8> {
    [tag, ciphertext].concat()
}

/// The same, taken apart.
pub(super) fn split_in_front(sealed: &[u8], tag_length: usize) -> Apart<'_> {
    (Tag::RIGHT.split)(sealed, tag_length)?;
    let (tag, ciphertext) = sealed.split_at(tag_length);
    Ok((ciphertext, tag))
}

/// What came in ahead of the tag's length, as text; a tag that is not whole counts as one.
pub(super) fn tag_of_what_is_there(sealed: &[u8], tag_length: usize) -> (&[u8], &[u8]) {
    sealed.split_at(sealed.len().saturating_sub(tag_length))
}
