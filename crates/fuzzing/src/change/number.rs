//! Changes to a number in JSON: other numbers, and other spellings of one. Layer: `fuzzing`; pure.

use super::edits;

/// Values that lie: what tags, keys and buffers may be sized by, and where types end.
const VALUES: &[i64] = &[
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    12,
    16,
    32,
    64,
    96,
    100,
    112,
    120,
    127,
    128,
    129,
    192,
    255,
    256,
    257,
    512,
    999,
    1_000,
    1_001,
    4_096,
    65_535,
    65_536,
    2_147_483_647,
    2_147_483_648,
    4_294_967_295,
    4_294_967_296,
    i64::MAX,
];

edits! {
    /// A change to a number.
    pub enum Number {
        /// Another integer.
        Value(i64: 0) "number",
        /// So much more.
        More(i64: 1) "number-more",
        /// `1.0`.
        Fraction "fraction",
        /// `1.5`.
        Half "half",
        /// `1.`
        Dot "dot",
        /// `1e0`.
        Exponent "exponent",
        /// `10e-1`.
        Scaled "scaled",
        /// `-1`.
        Negative "negative",
        /// `-0`.
        MinusZero "minus-zero",
        /// `+1`.
        Plus "plus",
        /// `01`.
        Zeros "zeros-in-front",
        /// `0x1`.
        Hex "hexadecimal",
        /// `"1"`.
        Quoted "quoted",
        /// `" 1 "`.
        Spaced "quoted-spaced",
        /// `"0x1"`.
        QuotedHex "quoted-hexadecimal",
        /// 2^8 more.
        Byte "wraps-at-8-bits",
        /// 2^32 more.
        Word "wraps-at-32-bits",
        /// 2^64 more.
        Long "wraps-at-64-bits",
        /// 2^53 + 1.
        Inexact "beyond-2^53",
        /// Four hundred digits.
        Huge "huge",
        /// `1e400`.
        Infinite "infinite",
        /// `NaN`.
        Nan "nan",
        /// `Infinity`.
        Infinity "infinity",
        /// `1_0`.
        Underscore "underscore",
        /// `1n`.
        Suffix "suffix",
        /// `[1]`.
        Listed "number-in-array",
        /// A fraction that rounds to it.
        Nearly "nearly",
    }
}

impl Number {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds have no parameters")]
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Value(value) => *value = VALUES[random.usize(..VALUES.len())],
            Self::More(by) => *by = random.i64(-3..=3),
            _ => {}
        }
    }

    /// The other spelling of a number; `None` where the form needs an integer and there is none.
    pub(super) fn apply(&self, raw: &str) -> Option<String> {
        let integer = || raw.parse::<i128>().ok();
        Some(match self {
            Self::Value(value) => value.to_string(),
            Self::More(by) => (integer()? + i128::from(*by)).to_string(),
            Self::Fraction => format!("{}.0", integer()?),
            Self::Half => format!("{}.5", integer()?),
            Self::Dot => format!("{raw}."),
            Self::Exponent => format!("{raw}e0"),
            Self::Scaled => format!("{}0e-1", integer()?),
            Self::Negative => format!("-{raw}"),
            Self::MinusZero => "-0".to_owned(),
            Self::Plus => format!("+{raw}"),
            Self::Zeros => format!("0{raw}"),
            Self::Hex => format!("{:#x}", integer()?.max(0)),
            Self::Quoted => format!("\"{raw}\""),
            Self::Spaced => format!("\" {raw} \""),
            Self::QuotedHex => format!("\"{:#x}\"", integer()?.max(0)),
            Self::Byte => (integer()? + (1 << 8)).to_string(),
            Self::Word => (integer()? + (1 << 32)).to_string(),
            Self::Long => (integer()? + (1 << 64)).to_string(),
            Self::Inexact => "9007199254740993".to_owned(),
            Self::Huge => "1".repeat(400),
            Self::Infinite => "1e400".to_owned(),
            Self::Nan => "NaN".to_owned(),
            Self::Infinity => "Infinity".to_owned(),
            Self::Underscore => format!("{raw}_0"),
            Self::Suffix => format!("{raw}n"),
            Self::Listed => format!("[{raw}]"),
            Self::Nearly => format!("{}.9999999999999999999", integer()?.checked_sub(1)?),
        })
    }
}
