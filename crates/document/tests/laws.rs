//! What every edit keeps, whatever the text.

use document::{
    Base64, Charset, Edit, Encoding, Escape, Members, Place, Spelling, all, document, first_member, member, part,
};
use proptest::prelude::*;

const HEX: Encoding = Encoding::Hex;
const STANDARD: Encoding = Encoding::Base64(Base64::Standard);

/// An edit of each kind, at each kind of place.
const EDITS: &[Edit<'_>] = &[
    document().with_bytes(b"\xff"),
    document().before("\u{feff}"),
    document().after("}"),
    document().wrap("[", "]"),
    document().wrap_times("{\"a\":", "}", 3),
    document().insert(700, ","),
    document().set(700, ","),
    document().keep(3),
    document().first_half(),
    document().drop_last(1),
    document().drop_first(1),
    document().replace("a", "b"),
    document().replace_each("\"", "'"),
    document().twice(""),
    document().quote(),
    document().escape(3, Escape::Overlong),
    document().transcode(Charset::Utf16Le),
    document().spell(Spelling::OtherAlphabet),
    document().spell(Spelling::MixedAlphabet),
    document().spell(Spelling::Unpadded),
    document().spell(Spelling::Padded("=")),
    document().spell(Spelling::MorePadding),
    document().spell(Spelling::BeforePadding(" ")),
    document().spell(Spelling::SpareBits([15, 3])),
    document().spell(Spelling::Capital),
    document().spell(Spelling::Recoded(HEX, STANDARD)),
    document().first_member("\"x\":1"),
    document().last_member("\"x\":1"),
    document().join_by(";"),
    document().reverse(),
    document().rotate(2),
    document().values(),
    document().bare_names(),
    Place::front().with(","),
    Place::end().with(","),
    Place::first_brace().with("("),
    first_member().at_colon().with("="),
    first_member().in_name().escape(0, Escape::Json),
    member("a").rename("b"),
    member("a").value("null"),
    member("a").text(""),
    member("a").remove(),
    member("a").twice(),
    member("a").twice_first("0"),
    member("a").twice_last("0"),
    member("a").next().remove(),
    member("a").move_first(),
    member("a").move_last(),
    member("a").at_value().requote("'"),
    member("a").content().insert(1, "\""),
    member("a").inside(HEX, &document().insert_bytes(1, b"\0")),
    member("a").at_value().inside(&member("b").remove()),
    part(',', 1).remove(),
    part(':', 1).inside(&part(',', 0).with("")),
    all(&[member("a").twice(), member("a").next().move_last()]),
];

const PIECES: &[&str] =
    &["{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"a\":", "\"b\":\"0f\"", "1", " ", "\n", "é", "="];

/// Texts that are nearly JSON.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::sample::select(PIECES).prop_map(str::as_bytes).prop_map(<[u8]>::to_vec),
        prop::collection::vec(any::<u8>(), 1..3)
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Objects whose members are called a, b and c, with white space of any kind.
fn object() -> impl Strategy<Value = String> {
    let space = || prop::sample::select(&["", " ", "\n\t"][..]);
    let name = prop::sample::select(&["\"a\"", "\"b\"", "\"c\"", "\"\\u0061\""][..]);
    let value = prop::sample::select(&["1", "\"0aff\"", "\"\\\"}\"", "[1, {\"a\":\",\"}]", "{}", "null", "\"\""][..]);
    let pair = (space(), name, space(), space(), value, space())
        .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"));
    prop::collection::vec(pair, 0..6).prop_map(|pairs| format!("{{{}}}", pairs.join(",")))
}

proptest! {
    /// Edits are made of texts that were edited before, and of what ports answer.
    #[test]
    fn no_text_brings_an_edit_down(text in nearly_json()) {
        for edit in EDITS {
            let edited = edit.apply(&text);
            for again in EDITS.iter().filter(|_| edited.is_some()) {
                let _ = again.apply(edited.as_deref().unwrap_or_default());
            }
        }
        let _ = Members::read(&text);
    }

    /// An edit that touches more than it says would test another thing than its name does.
    #[test]
    fn what_is_not_edited_stays_byte_for_byte(text in object()) {
        let bytes = text.as_bytes();
        if let Some(edited) = member("b").value("7").apply(bytes) {
            let before = member("b").at_value().get(bytes).unwrap();
            let at = before.as_ptr() as usize - bytes.as_ptr() as usize;
            prop_assert_eq!(&edited[..at], &bytes[..at]);
            prop_assert_eq!(&edited[at + 1..], &bytes[at + before.len()..]);
        }
        let same = member("b").at_value().rewrite(bytes, |value| Some(value.to_vec()));
        prop_assert!(same.is_none_or(|same| same == bytes));
    }

    /// A second that is taken away again leaves what there was.
    #[test]
    fn twice_and_removed_is_nothing(text in object()) {
        for edit in [
            all(&[member("a").twice(), member("a").next().remove()]),
            all(&[member("a").twice_last("0"), member("a").next().remove()]),
        ] {
            prop_assert!(edit.apply(text.as_bytes()).is_none_or(|edited| edited == text.as_bytes()));
        }
    }

    /// Taken apart and put together, an object has the same members.
    #[test]
    fn members_are_read_as_they_stand(text in object()) {
        let members = Members::read(text.as_bytes()).unwrap();
        prop_assert_eq!(Members::read(members.write().as_bytes()), Some(members.clone()));
        if let Some(value) = member("b").at_value().get(text.as_bytes()) {
            prop_assert_eq!(members.find("b").unwrap().value.as_bytes(), &value[..]);
        }
    }
}

/// The forms of base64 must be those that their names say: a reader that is tested with another is not tested.
#[test]
fn base64_is_spelled_as_said() {
    for (right, spelling, spelled) in [
        ("+/8=", Spelling::OtherAlphabet, Some("-_8=")),
        ("+/8=", Spelling::MixedAlphabet, Some("-/8=")),
        ("AAA=", Spelling::MixedAlphabet, None),
        ("+/8=", Spelling::ImapAlphabet, Some("+,8=")),
        ("AA==", Spelling::Unpadded, Some("AA")),
        ("AAA", Spelling::Padded("."), Some("AAA.")),
        ("AAA", Spelling::MorePadding, Some("AAA=")),
        ("AAA=", Spelling::MorePadding, Some("AAA==")),
        ("AA==", Spelling::BeforePadding(" "), Some("AA ==")),
        ("AA==", Spelling::SpareBits([8, 2]), Some("AI==")),
        ("AAA", Spelling::SpareBits([8, 2]), Some("AAC")),
        ("AAAA", Spelling::SpareBits([8, 2]), None),
        ("\u{ad}AAAA", Spelling::SpareBits([8, 2]), None),
        ("0afB", Spelling::OneCapital, Some("0AfB")),
        ("aB-", Spelling::CaseSwapped, Some("Ab-")),
        ("ff", Spelling::Recoded(HEX, STANDARD), Some("/w==")),
        ("fg", Spelling::Recoded(HEX, STANDARD), None),
        ("/w==", Spelling::Encoded(HEX), Some("2f773d3d")),
        ("YQ==", Spelling::Decoded(STANDARD), Some("a")),
    ] {
        let edited = document().spell(spelling).apply(right.as_bytes());
        assert_eq!(edited.as_deref(), spelled.map(str::as_bytes), "{spelling:?}");
    }
}

/// Of two members of one name the first is meant, whatever escapes it is written with.
#[test]
fn members_are_found_by_what_their_names_say() {
    let text = br#"{"\u0061":1,"a":2,"b":3}"#;
    assert_eq!(member("a").value("7").apply(text).unwrap(), br#"{"\u0061":7,"a":2,"b":3}"#);
    assert_eq!(member("a").next().value("7").apply(text).unwrap(), br#"{"\u0061":1,"a":7,"b":3}"#);
    assert_eq!(member("a").next().next().value("7").apply(text), None);
    assert_eq!(member("b").twice_first("0").apply(text).unwrap(), br#"{"\u0061":1,"a":2,"b":0,"b":3}"#);
    assert_eq!(member("b").remove().apply(text).unwrap(), br#"{"\u0061":1,"a":2}"#);
}

/// A part goes with one separator, and no part is invented.
#[test]
fn parts_are_counted_from_the_front() {
    let text = b"$argon2id$v=19$m=64,t=3$";
    assert_eq!(part('$', 0).remove().apply(text).unwrap(), b"argon2id$v=19$m=64,t=3$");
    assert_eq!(part('$', 2).remove().apply(text).unwrap(), b"$argon2id$m=64,t=3$");
    assert_eq!(part('$', 4).with("x").apply(text).unwrap(), b"$argon2id$v=19$m=64,t=3$x");
    assert_eq!(part('$', 5).with("x").apply(text), None);
    assert_eq!(part('$', 3).inside(&part(',', 1).with("t=4")).apply(text).unwrap(), b"$argon2id$v=19$m=64,t=4$");
}
