//! Which member of a document a reader was at when it failed.
//!
//! In: a reader of documents whose members are plain values. Out: what it reads, and the name of the member at fault, as
//! `serde_path_to_error` gives it: of the value that does not fit or is not there, or of the name that the document does not have. That
//! crate follows every value down and copies every name; here a name is borrowed from the text, and nothing lies deeper.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// A name as it stands in the text, or as its escapes spell it.
pub(super) type Name<'de> = Option<Cow<'de, str>>;

/// A reader that leaves the name of the member at fault behind.
pub(super) struct Watched<'w, 'de, R> {
    pub(super) reader: R,
    /// The member at fault; none while there is no fault, and none where the document itself is at fault.
    pub(super) fault: &'w mut Name<'de>,
}

impl<'de, R: Deserializer<'de>> Deserializer<'de> for Watched<'_, 'de, R> {
    type Error = R::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, R::Error> {
        self.reader.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, R::Error> {
        self.reader.deserialize_struct(name, members, Document { visitor, fault: self.fault })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// What is made of the document, told its members one by one.
struct Document<'w, 'de, V> {
    visitor: V,
    fault: &'w mut Name<'de>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Document<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<M: MapAccess<'de>>(self, members: M) -> Result<V::Value, M::Error> {
        self.visitor.visit_map(Members { inner: members, name: None, fault: self.fault })
    }
}

struct Members<'w, 'de, M> {
    inner: M,
    /// The name that was read last.
    name: Name<'de>,
    fault: &'w mut Name<'de>,
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Members<'_, 'de, M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, M::Error> {
        self.name = None;
        let read = self.inner.next_key_seed(Named { inner: seed, name: &mut self.name });
        if read.is_err() {
            *self.fault = self.name.take();
        }
        read
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, M::Error> {
        let read = self.inner.next_value_seed(seed);
        if read.is_err() {
            *self.fault = self.name.take();
        }
        read
    }
}

/// Whatever reads a name, and the name once it is read.
struct Named<'n, 'de, I> {
    inner: I,
    name: &'n mut Name<'de>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Named<'_, 'de, S> {
    type Value = S::Value;

    fn deserialize<R: Deserializer<'de>>(self, reader: R) -> Result<S::Value, R::Error> {
        self.inner.deserialize(Named { inner: reader, name: self.name })
    }
}

impl<'de, R: Deserializer<'de>> Deserializer<'de> for Named<'_, 'de, R> {
    type Error = R::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, R::Error> {
        self.inner.deserialize_identifier(Named { inner: visitor, name: self.name })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Named<'_, 'de, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<V::Value, E> {
        *self.name = Some(Cow::Owned(name.to_owned()));
        self.inner.visit_str(name)
    }

    fn visit_borrowed_str<E: serde::de::Error>(self, name: &'de str) -> Result<V::Value, E> {
        *self.name = Some(Cow::Borrowed(name));
        self.inner.visit_borrowed_str(name)
    }
}
