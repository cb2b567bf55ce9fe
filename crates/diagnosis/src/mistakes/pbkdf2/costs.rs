//! Mistakes with the count of PBKDF2-HMAC-SHA512 and with the length of its key.

use super::{DERIVE, REFUSED, pbkdf2};
use crate::models::pbkdf2::{bear, block, count, length, number_of_32_bits};
use crate::{Mistake, Stop};
use vectors::Reason;

/// The chapter.
pub(in crate::mistakes) static MISTAKES: &[Mistake] = &[
    Mistake {
        name: "pbkdf2-one-iteration-too-many",
        sentence: "One iteration more is made than asked for",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| count + 1),
    },
    Mistake {
        name: "pbkdf2-one-iteration-too-few",
        sentence: "One iteration fewer is made than asked for, but at least one",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| (count - 1).max(1)),
    },
    Mistake {
        name: "pbkdf2-count-raised-to-1000",
        sentence: "A count below 1,000 is silently raised to it",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| count.max(1000)),
    },
    Mistake {
        name: "pbkdf2-count-raised-to-10000",
        sentence: "A count below 10,000 is silently raised to it",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| count.max(10_000)),
    },
    Mistake {
        name: "pbkdf2-count-below-1000-refused",
        sentence: "A count below 1,000 is refused",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| if asked < 1000 { Err(REFUSED) } else { count(asked) },
    },
    Mistake {
        name: "pbkdf2-count-up-to-100-refused",
        sentence: "A count of 100 or fewer is refused, as SJCL's JSON interface does",
        operations: DERIVE,
        links: &["https://github.com/bitpay/wallet/issues/302"],
        wrong: |parts| pbkdf2(parts).count = |asked| if asked <= 100 { Err(REFUSED) } else { count(asked) },
    },
    Mistake {
        name: "pbkdf2-count-ignored",
        sentence: "The count is always 4,096, whatever is asked for",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|_| 4096),
    },
    Mistake {
        name: "pbkdf2-count-in-8-bits",
        sentence: "The count is kept in one byte, so that 256 iterations are hardly any",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| (count % 256).max(1)),
    },
    Mistake {
        name: "pbkdf2-count-in-16-bits",
        sentence: "The count is kept in two bytes, so that 65,536 iterations are hardly any",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| (count % (1 << 16)).max(1)),
    },
    Mistake {
        name: "pbkdf2-count-in-32-bits",
        sentence: "The count wraps at 2^32, so that a count just above is hardly any",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).count = |asked| match asked {
                0x1_0000_0000.. => Ok((asked % (1 << 32)).max(1)),
                _ => count(asked),
            };
        },
    },
    Mistake {
        name: "pbkdf2-negative-count-is-one",
        sentence: "A count of 2^31 or more is negative in 32 bits, and the loop does not run",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).count = |asked| match number_of_32_bits(asked).cast_signed() {
                ..=0 if asked > 0 => Ok(1),
                _ => count(asked),
            };
        },
    },
    Mistake {
        name: "pbkdf2-count-without-a-ceiling",
        sentence: "Any count is computed, even if it takes hours",
        operations: DERIVE,
        links: &["https://github.com/browserify/pbkdf2/pull/128"],
        wrong: |parts| {
            pbkdf2(parts).count = |asked| if asked == 0 { Err(REFUSED) } else { Ok(asked) };
            pbkdf2(parts).bear = |count, length| bear(count, length).map_err(|_| Stop::Hang);
        },
    },
    Mistake {
        name: "pbkdf2-no-iteration-is-one",
        sentence: "A count of 0 is computed as 1 instead of being refused",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked.max(1)),
    },
    Mistake {
        name: "pbkdf2-no-iteration-is-the-default",
        sentence: "A count of 0 is treated as the default of 10,000, as SJCL does, instead of being refused",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(if asked == 0 { 10_000 } else { asked }),
    },
    Mistake {
        name: "pbkdf2-no-iteration-is-zeros",
        sentence: "A count of 0 gives a key of zeros instead of a refusal",
        operations: DERIVE,
        links: &["https://github.com/smuellerDD/libkcapi/issues/93"],
        wrong: |parts| {
            pbkdf2(parts).count = |asked| if asked == 0 { Ok(0) } else { count(asked) };
            pbkdf2(parts).block =
                |prf, bytes, first, count| if count == 0 { [0; 64] } else { block(prf, bytes, first, count) };
        },
    },
    Mistake {
        name: "pbkdf2-no-iteration-never-ends",
        sentence: "A count of 0 wraps around to the largest number, and the loop does not end",
        operations: DERIVE,
        links: &["https://github.com/randombit/botan/issues/2088"],
        wrong: |parts| pbkdf2(parts).count = |asked| if asked == 0 { Err(Stop::Hang) } else { count(asked) },
    },
    Mistake {
        name: "pbkdf2-length-in-bits",
        sentence: "The length is read as bits, so that an eighth of the key comes out",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| length(asked).map(|bits| bits.div_ceil(8)),
    },
    Mistake {
        name: "pbkdf2-length-in-words",
        sentence: "The length is rounded up to words of four bytes",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| length(asked).map(|bytes| bytes.next_multiple_of(4)),
    },
    Mistake {
        name: "pbkdf2-length-ignored",
        sentence: "The key has 32 bytes whatever length is asked for",
        operations: DERIVE,
        links: &["https://github.com/krzyzanowskim/CryptoSwift/issues/270"],
        wrong: |parts| pbkdf2(parts).length = |asked| length(asked).map(|_| 32),
    },
    Mistake {
        name: "pbkdf2-length-in-8-bits",
        sentence: "The length is kept in one byte, so that 257 bytes are one",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| length(asked).and_then(|asked| length(asked % 256)),
    },
    Mistake {
        name: "pbkdf2-length-in-32-bits",
        sentence: "The length wraps at 2^32, so that a longer key comes out short",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| length(asked % (1 << 32)),
    },
    Mistake {
        name: "pbkdf2-length-above-64-refused",
        sentence: "A key above one block is refused",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| if asked > 64 { Err(REFUSED) } else { length(asked) },
    },
    Mistake {
        name: "pbkdf2-empty-key-given-out",
        sentence: "A length of 0 gives an empty key instead of a refusal",
        operations: DERIVE,
        links: &["https://github.com/w3c/webcrypto/pull/380"],
        wrong: |parts| pbkdf2(parts).length = |asked| if asked == 0 { Ok(0) } else { length(asked) },
    },
    Mistake {
        name: "pbkdf2-no-length-is-a-block",
        sentence: "A length of 0 gives a whole block, as SJCL does, instead of a refusal",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).length = |asked| length(if asked == 0 { 64 } else { asked }),
    },
    Mistake {
        name: "pbkdf2-length-without-a-ceiling",
        sentence: "A key of any length is computed, until memory or patience ends",
        operations: DERIVE,
        links: &[],
        wrong: |parts| {
            pbkdf2(parts).length = |asked| match length(asked) {
                Err(Stop::Refuse(Reason::TooCostly)) => Err(Stop::Crash),
                taken => taken,
            };
        },
    },
    Mistake {
        name: "pbkdf2-count-capped-at-100000",
        sentence: "A count above 100,000 is silently made 100,000",
        operations: DERIVE,
        links: &[],
        wrong: |parts| pbkdf2(parts).count = |asked| count(asked).map(|count| count.min(100_000)),
    },
];
