//! Tags that a wrong comparison takes for others, for both ciphers.

use super::flipped;

/// A tag of 16 bytes, and others that are not it.
pub(super) struct Lookalikes {
    /// What is special about the tag, in kebab case.
    pub(super) name: &'static str,
    /// One sentence for a porter.
    pub(super) why: &'static str,
    /// The tag.
    pub(super) tag: [u8; 16],
    /// Tags that must not be taken for it: name, reason, bytes.
    pub(super) others: Vec<(&'static str, &'static str, Vec<u8>)>,
}

/// From 16 bytes without zeros in which no two are alike.
pub(super) fn lookalikes() -> Vec<Lookalikes> {
    let mut found = zeros_and_ones();
    found.push(text());
    found.push(numbers());
    found
}

fn counting(first: u8) -> [u8; 16] {
    let mut next = first;
    std::array::from_fn(|_| {
        next += 1;
        next
    })
}

fn zeros_and_ones() -> Vec<Lookalikes> {
    let (mut front, mut middle) = (counting(0x40), counting(0x60));
    (front[0], middle[7]) = (0, 0);
    vec![
        Lookalikes {
            name: "tag-of-zeros",
            why: "The tag is all zeros and right",
            tag: [0; 16],
            others: vec![
                ("tag-of-zeros-first-bit", "The first bit is set in a tag of zeros", flipped(&[0; 16], 0, 0x80)),
                ("tag-of-zeros-last-bit", "The last bit is set in a tag of zeros", flipped(&[0; 16], 15, 1)),
            ],
        },
        Lookalikes {
            name: "tag-of-ones",
            why: "The tag is all ones and right",
            tag: [0xff; 16],
            others: vec![
                ("tag-of-ones-first-bit", "The first bit is cleared in a tag of ones", flipped(&[0xff; 16], 0, 0x80)),
                ("tag-of-ones-last-bit", "The last bit is cleared in a tag of ones", flipped(&[0xff; 16], 15, 1)),
                ("tag-of-zeros-for-ones", "Each byte is zero where it should be 255, its complement", vec![0; 16]),
            ],
        },
        Lookalikes {
            name: "tag-begins-with-nul",
            why: "The tag's first byte is zero, where a text in C would end",
            tag: front,
            others: vec![(
                "tag-begins-with-nul-last-byte",
                "The last byte differs, far after a first one of zero",
                flipped(&front, 15, 1),
            )],
        },
        Lookalikes {
            name: "tag-has-nul-inside",
            why: "The tag's eighth byte is zero, where a text in C would end",
            tag: middle,
            others: vec![(
                "tag-has-nul-inside-next-byte",
                "The byte after that of zero differs",
                flipped(&middle, 8, 0x80),
            )],
        },
    ]
}

/// Bytes that are no UTF-8, and spaces.
fn text() -> Lookalikes {
    let tag = counting(0x80);
    Lookalikes {
        name: "tag-is-no-text",
        why: "No byte of the tag can be in a text of UTF-8",
        tag,
        others: vec![
            ("tag-is-no-text-either", "Another byte that cannot be in a text comes first", flipped(&tag, 0, 0x20)),
            ("tag-is-no-text-at-the-end", "Another byte that cannot be in a text comes last", flipped(&tag, 15, 0x20)),
        ],
    }
}

/// Differences that cancel.
fn numbers() -> Lookalikes {
    let tag = counting(0x20);
    let twice = |one: usize, other: usize| flipped(&flipped(&tag, one, 0x41), other, 0x41);
    let (mut moved, mut swapped, mut turned) = (tag, tag, tag);
    moved[3] += 1;
    moved[12] -= 1;
    swapped.swap(5, 10);
    turned.rotate_left(1);
    Lookalikes {
        name: "tag-of-sixteen-different-bytes",
        why: "All bytes of the tag differ",
        tag,
        others: vec![
            ("tag-bytes-swapped", "Two bytes of the tag have changed places", swapped.to_vec()),
            ("tag-turned", "The first byte of the tag comes last", turned.to_vec()),
            ("tag-sum-kept", "One byte is one more and one is one less, so that their sum stays", moved.to_vec()),
            ("tag-neighbours-alike", "Two neighbours differ by the same bits", twice(2, 3)),
            ("tag-words-alike", "Two words of 32 bits differ by the same bits", twice(1, 5)),
            ("tag-halves-alike", "Both halves differ by the same bits", twice(6, 14)),
        ],
    }
}
