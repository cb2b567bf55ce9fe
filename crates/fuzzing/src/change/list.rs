//! Changes to lists of the input. Layer: `fuzzing`; pure.

use super::{Bytes, Integer, edits, position};
use vectors::Value;

/// Items that a list has at most after a change.
const ITEMS_MAX: usize = 4_096;

edits! {
    /// A change to a list. Positions are taken modulo the number of items.
    pub enum List {
        /// The item at a position is left out.
        Drop(usize: 0) "drop-item",
        /// The item at a position stands twice.
        Repeat(usize: 0) "repeat-item",
        /// The items at two positions change places.
        Swap(usize: 0, usize: 1) "swap-items",
        /// No items are left behind a position.
        Cut(usize: 0) "cut-list",
        /// The bytes of the item at a position are changed.
        Bytes(usize: 0, Bytes: Bytes::Flip(0)) "item-bytes",
        /// The integer of the item at a position is changed.
        Integer(usize: 0, Integer: Integer::Set(0)) "item-integer",
    }
}

impl List {
    pub(super) fn vary(&mut self, random: &mut fastrand::Rng) {
        match self {
            Self::Drop(at) | Self::Repeat(at) | Self::Cut(at) => *at = position(random),
            Self::Swap(at, with) => (*at, *with) = (position(random), position(random)),
            Self::Bytes(at, edit) => {
                let all = Bytes::all();
                *at = position(random);
                *edit = all[random.usize(..all.len())].clone();
                edit.vary(random);
            }
            Self::Integer(at, edit) => {
                let all = Integer::all();
                *at = position(random);
                *edit = all[random.usize(..all.len())].clone();
                edit.vary(random);
            }
        }
    }

    pub(crate) fn apply(&self, list: &Value) -> Option<Value> {
        match list {
            Value::BytesList(list) => {
                let change = |item: &Vec<u8>| if let Self::Bytes(_, edit) = self { edit.apply(item) } else { None };
                self.arrange(list, change).map(Value::BytesList)
            }
            Value::IntegerList(list) => {
                let change = |item: &u64| if let Self::Integer(_, edit) = self { edit.apply(*item) } else { None };
                self.arrange(list, change).map(Value::IntegerList)
            }
            Value::Bytes(_) | Value::Text(_) | Value::Integer(_) | Value::Flag(_) => None,
        }
    }

    fn arrange<T: Clone>(&self, list: &[T], change: impl Fn(&T) -> Option<T>) -> Option<Vec<T>> {
        let index = |at: usize| at.checked_rem(list.len());
        let mut changed = list.to_vec();
        match *self {
            Self::Drop(at) => drop(changed.remove(index(at)?)),
            Self::Repeat(at) => changed.insert(index(at)?, list[index(at)?].clone()),
            Self::Swap(at, with) => changed.swap(index(at)?, index(with)?),
            Self::Cut(at) => changed.truncate(index(at)?),
            Self::Bytes(at, _) | Self::Integer(at, _) => changed[index(at)?] = change(&list[index(at)?])?,
        }
        (changed.len() <= ITEMS_MAX.max(list.len())).then_some(changed)
    }
}
