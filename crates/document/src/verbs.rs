//! The verbs that make edits: what may be done at which place.

use crate::edit::{Change, Edit, Order};
use crate::{Charset, Encoding, Escape, MemberPlace, Place, Spelling};

/// What may be done at any place.
impl<'a> Place<'a> {
    /// Another text in its place.
    #[must_use]
    pub const fn with(self, other: &'a str) -> Edit<'a> {
        self.with_bytes(other.as_bytes())
    }

    /// Other bytes in its place.
    #[must_use]
    pub const fn with_bytes(self, other: &'a [u8]) -> Edit<'a> {
        self.does(Change::With(other))
    }

    /// Something in front.
    #[must_use]
    pub const fn before(self, what: &'a str) -> Edit<'a> {
        self.wrap(what, "")
    }

    /// Bytes in front.
    #[must_use]
    pub const fn before_bytes(self, what: &'a [u8]) -> Edit<'a> {
        self.does(Change::Around(what, b"", 1))
    }

    /// Something behind.
    #[must_use]
    pub const fn after(self, what: &'a str) -> Edit<'a> {
        self.wrap("", what)
    }

    /// Something on either side.
    #[must_use]
    pub const fn wrap(self, front: &'a str, end: &'a str) -> Edit<'a> {
        self.wrap_times(front, end, 1)
    }

    /// Something on either side, so many times.
    #[must_use]
    pub const fn wrap_times(self, front: &'a str, end: &'a str, times: usize) -> Edit<'a> {
        self.does(Change::Around(front.as_bytes(), end.as_bytes(), times))
    }

    /// Something before the byte at a position; positions wrap round, the last is behind the text.
    #[must_use]
    pub const fn insert(self, at: usize, what: &'a str) -> Edit<'a> {
        self.insert_bytes(at, what.as_bytes())
    }

    /// Bytes before the one at a position; positions wrap round, the last is behind the text.
    #[must_use]
    pub const fn insert_bytes(self, at: usize, what: &'a [u8]) -> Edit<'a> {
        self.does(Change::Insert(at, what))
    }

    /// Something in place of the byte at a position; positions wrap round.
    #[must_use]
    pub const fn set(self, at: usize, what: &'a str) -> Edit<'a> {
        self.set_bytes(at, what.as_bytes())
    }

    /// Bytes in place of the one at a position; positions wrap round.
    #[must_use]
    pub const fn set_bytes(self, at: usize, what: &'a [u8]) -> Edit<'a> {
        self.does(Change::Set(at, what))
    }

    /// So many bytes in front and no more.
    #[must_use]
    pub const fn keep(self, count: usize) -> Edit<'a> {
        self.does(Change::Keep(count))
    }

    /// The first half, rounded down.
    #[must_use]
    pub const fn first_half(self) -> Edit<'a> {
        self.does(Change::FirstHalf)
    }

    /// So many bytes fewer at the end.
    #[must_use]
    pub const fn drop_last(self, count: usize) -> Edit<'a> {
        self.does(Change::DropLast(count))
    }

    /// So many bytes fewer in front.
    #[must_use]
    pub const fn drop_first(self, count: usize) -> Edit<'a> {
        self.does(Change::DropFirst(count))
    }

    /// The first of these texts as another.
    #[must_use]
    pub const fn replace(self, from: &'a str, to: &'a str) -> Edit<'a> {
        self.does(Change::Replace(from, to))
    }

    /// Each of these texts as another, if there are any.
    #[must_use]
    pub const fn replace_each(self, from: &'a str, to: &'a str) -> Edit<'a> {
        self.does(Change::ReplaceEach(from, to))
    }

    /// Nothing; of a member or a part, the separator beside it goes, too.
    #[must_use]
    pub const fn remove(self) -> Edit<'a> {
        self.does(Change::Remove)
    }

    /// It twice, with a separator between.
    #[must_use]
    pub const fn twice(self, separator: &'a str) -> Edit<'a> {
        self.does(Change::Again(separator))
    }

    /// Other quotes, or none, in place of double ones.
    #[must_use]
    pub const fn requote(self, quote: &'a str) -> Edit<'a> {
        self.does(Change::Requote(quote))
    }

    /// The JSON text that says what stands here.
    #[must_use]
    pub const fn quote(self) -> Edit<'a> {
        self.does(Change::Quote)
    }

    /// The ASCII character at a position spelled otherwise; positions wrap round.
    #[must_use]
    pub const fn escape(self, at: usize, escape: Escape) -> Edit<'a> {
        self.does(Change::Escape(at, escape))
    }

    /// Another spelling.
    #[must_use]
    pub const fn spell(self, spelling: Spelling) -> Edit<'a> {
        self.does(Change::Spell(spelling))
    }

    /// Another encoding than UTF-8.
    #[must_use]
    pub const fn transcode(self, charset: Charset) -> Edit<'a> {
        self.does(Change::Transcode(charset))
    }

    /// An edit of what stands here, as if it were a text of its own.
    #[must_use]
    pub const fn inside(self, edit: &'a Edit<'a>) -> Edit<'a> {
        self.does(Change::Inside(None, edit))
    }

    const fn does(self, change: Change<'a>) -> Edit<'a> {
        Edit::one(self, change)
    }
}

/// What may be done where a JSON object stands.
impl<'a> Place<'a> {
    /// A member more in front, name and value as they are to stand.
    #[must_use]
    pub const fn first_member(self, member: &'a str) -> Edit<'a> {
        self.first_member_bytes(member.as_bytes())
    }

    /// A member more in front, of bytes that need not be UTF-8.
    #[must_use]
    pub const fn first_member_bytes(self, member: &'a [u8]) -> Edit<'a> {
        self.does(Change::Members(Order::First(member)))
    }

    /// A member more at the end, name and value as they are to stand.
    #[must_use]
    pub const fn last_member(self, member: &'a str) -> Edit<'a> {
        self.last_member_bytes(member.as_bytes())
    }

    /// A member more at the end, of bytes that need not be UTF-8.
    #[must_use]
    pub const fn last_member_bytes(self, member: &'a [u8]) -> Edit<'a> {
        self.does(Change::Members(Order::Last(member)))
    }

    /// Another separator between members, white space and all.
    #[must_use]
    pub const fn join_by(self, separator: &'a str) -> Edit<'a> {
        self.does(Change::Members(Order::Joined(separator)))
    }

    /// The members from the last to the first.
    #[must_use]
    pub const fn reverse(self) -> Edit<'a> {
        self.does(Change::Members(Order::Reversed))
    }

    /// The members so many places on.
    #[must_use]
    pub const fn rotate(self, by: usize) -> Edit<'a> {
        self.does(Change::Members(Order::Rotated(by)))
    }

    /// The values alone, as an array.
    #[must_use]
    pub const fn values(self) -> Edit<'a> {
        self.does(Change::Members(Order::Values))
    }

    /// No names in quotes.
    #[must_use]
    pub const fn bare_names(self) -> Edit<'a> {
        self.does(Change::Members(Order::BareNames))
    }
}

/// What may be done to a member.
impl<'a> MemberPlace<'a> {
    /// Another name, as it is to stand between its quotes.
    #[must_use]
    pub const fn rename(self, name: &'a str) -> Edit<'a> {
        self.in_name().with(name)
    }

    /// Another value, as it is to stand.
    #[must_use]
    pub const fn value(self, value: &'a str) -> Edit<'a> {
        self.at_value().with(value)
    }

    /// Another text, as it is to stand between its quotes.
    #[must_use]
    pub const fn text(self, text: &'a str) -> Edit<'a> {
        self.in_text().with(text)
    }

    /// Nothing, and no comma for it.
    #[must_use]
    pub const fn remove(self) -> Edit<'a> {
        self.whole().remove()
    }

    /// It twice, as it stands; the second is the [`Self::next`] of the first.
    #[must_use]
    pub const fn twice(self) -> Edit<'a> {
        self.whole().twice(",")
    }

    /// Another of its name directly before it, which so becomes the [`Self::next`], with a value as it is to stand.
    #[must_use]
    pub const fn twice_first(self, value: &'a str) -> Edit<'a> {
        self.whole().does(Change::SecondBefore(value))
    }

    /// Another of its name directly behind it, with a value as it is to stand.
    #[must_use]
    pub const fn twice_last(self, value: &'a str) -> Edit<'a> {
        self.whole().does(Change::SecondBehind(value))
    }

    /// It before all others.
    #[must_use]
    pub const fn move_first(self) -> Edit<'a> {
        self.whole().does(Change::MoveFirst)
    }

    /// It behind all others.
    #[must_use]
    pub const fn move_last(self) -> Edit<'a> {
        self.whole().does(Change::MoveLast)
    }

    /// An edit of the bytes that its text spells in an encoding.
    #[must_use]
    pub const fn inside(self, encoding: Encoding, edit: &'a Edit<'a>) -> Edit<'a> {
        self.content().does(Change::Inside(Some(encoding), edit))
    }
}
