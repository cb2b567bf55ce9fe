//! The members of a JSON document: which there are, what they hold, in which order and spelling a writer writes them.

use document::{Base64, Encoding, Members, quoted};

/// The members of a document.
#[derive(Debug)]
pub struct Layout {
    /// Those that the format's own writer writes, in its order.
    pub members: &'static [Member],
    /// Those that other writers add and a strict reader takes.
    pub added: &'static [Member],
}

/// One member of a document.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it is for.
    pub role: Role,
    /// The one value that is written, without quotes.
    pub fixed: Option<&'static str>,
    /// Whether a strict reader takes a document without it.
    pub may_lack: bool,
}

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub enum Holds {
    /// Bytes, as a text in this encoding.
    Bytes(Encoding),
    /// Another document, as a text in this dialect.
    Document(Base64, &'static Layout),
    /// A number.
    Number,
    /// A text.
    Text,
}

/// What a member is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The salt of the key derivation.
    Salt,
    /// The IV or nonce of the cipher.
    Nonce,
    /// Ciphertext ‖ tag.
    Sealed,
    /// The document inside.
    Inner,
    /// The iterations of the key derivation.
    Iterations,
    /// The bytes of the plaintext.
    Length,
    /// The id of what is sealed.
    Id,
    /// The bits of the tag.
    TagBits,
    /// The associated data.
    Aad,
    /// Anything else.
    Other,
}

/// What a document is written of; what is not given is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Values<'a> {
    /// The salt.
    pub salt: Option<&'a [u8]>,
    /// The IV or nonce.
    pub nonce: Option<&'a [u8]>,
    /// Ciphertext ‖ tag.
    pub sealed: Option<&'a [u8]>,
    /// The text of the document inside.
    pub inner: Option<&'a [u8]>,
    /// The iteration count.
    pub iterations: Option<u64>,
    /// Bytes of the plaintext.
    pub length: Option<usize>,
    /// The id.
    pub id: Option<&'a str>,
}

impl Member {
    pub(crate) const fn bytes(name: &'static str, encoding: Encoding, role: Role) -> Self {
        Self { name, holds: Holds::Bytes(encoding), role, fixed: None, may_lack: false }
    }

    pub(crate) const fn number(name: &'static str, role: Role) -> Self {
        Self { name, holds: Holds::Number, role, fixed: None, may_lack: false }
    }

    pub(crate) const fn text(name: &'static str, role: Role) -> Self {
        Self { name, holds: Holds::Text, role, fixed: None, may_lack: false }
    }

    pub(crate) const fn document(name: &'static str, dialect: Base64, inner: &'static Layout) -> Self {
        Self { name, holds: Holds::Document(dialect, inner), role: Role::Inner, fixed: None, may_lack: false }
    }

    /// The same, which is always written with this value.
    pub(crate) const fn always(self, value: &'static str) -> Self {
        Self { fixed: Some(value), ..self }
    }

    /// The same, which a strict reader can do without.
    pub(crate) const fn or_none(self) -> Self {
        Self { may_lack: true, ..self }
    }

    /// How its text spells bytes; none where it holds none.
    #[must_use]
    pub fn encoding(&self) -> Option<Encoding> {
        match self.holds {
            Holds::Bytes(encoding) => Some(encoding),
            Holds::Document(dialect, _) => Some(Encoding::Base64(dialect)),
            Holds::Number | Holds::Text => None,
        }
    }

    /// Its JSON value in a document of these values.
    fn value(&self, values: &Values<'_>, encode: &dyn Fn(Encoding, &[u8]) -> String) -> Option<String> {
        let encoded = |bytes: Option<&[u8]>| Some(quoted(&encode(self.encoding()?, bytes?)));
        if let Some(value) = self.fixed {
            return Some(if matches!(self.holds, Holds::Text) { quoted(value) } else { value.to_owned() });
        }
        match self.role {
            Role::Salt => encoded(values.salt),
            Role::Nonce => encoded(values.nonce),
            Role::Sealed => encoded(values.sealed),
            Role::Inner => encoded(values.inner),
            Role::Iterations => values.iterations.map(|count| count.to_string()),
            Role::Length => values.length.map(|length| length.to_string()),
            Role::Id => values.id.map(quoted),
            Role::TagBits | Role::Aad | Role::Other => None,
        }
    }
}

impl Layout {
    /// The names of the members that are written, in their order.
    pub fn written(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.members.iter().map(|member| member.name)
    }

    /// Every member that a strict reader takes.
    pub fn all(&self) -> impl Iterator<Item = &'static Member> {
        self.members.iter().chain(self.added)
    }

    /// The member of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'static Member> {
        self.all().find(|member| member.name == name)
    }

    /// The member that is for this.
    #[must_use]
    pub fn member(&self, role: Role) -> Option<&'static Member> {
        self.members.iter().find(|member| member.role == role)
    }

    /// The document inside this one.
    #[must_use]
    pub fn inner(&self) -> Option<&'static Self> {
        self.members.iter().find_map(|member| match member.holds {
            Holds::Document(_, inner) => Some(inner),
            Holds::Bytes(_) | Holds::Number | Holds::Text => None,
        })
    }

    /// The layout in which what is sealed stands: this one, or the one inside.
    #[must_use]
    pub fn sealed(&'static self) -> &'static Self {
        self.inner().unwrap_or(self)
    }

    /// The members of a document of these values, bytes spelled as `encode` spells them.
    #[must_use]
    pub fn members(&self, values: &Values<'_>, encode: &dyn Fn(Encoding, &[u8]) -> String) -> Members {
        let written = |member: &Member| Some(document::Member::new(member.name, member.value(values, encode)?));
        Members(self.members.iter().filter_map(written).collect())
    }

    /// A document of these values, byte for byte as the format's own writer writes it.
    #[must_use]
    pub fn write(&self, values: &Values<'_>) -> String {
        self.members(values, &Encoding::encode).write()
    }

    /// The bytes of the member that is for this, here or in the document inside; `decode` reads the texts on the way.
    #[must_use]
    pub fn bytes(
        &self,
        document: &[u8],
        role: Role,
        decode: &dyn Fn(Encoding, &str) -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let members = Members::read(document)?;
        let decoded = |member: &Member| decode(member.encoding()?, &members.text(member.name)?);
        match (self.member(role), self.member(Role::Inner)) {
            (Some(member), _) => decoded(member),
            (None, Some(member)) => self.inner()?.bytes(&decoded(member)?, role, decode),
            (None, None) => None,
        }
    }

    /// The integer of the member that is for this.
    #[must_use]
    pub fn integer(&self, document: &[u8], role: Role) -> Option<u64> {
        Members::read(document)?.integer(self.member(role)?.name)?.try_into().ok()
    }

    /// The text of the member that is for this.
    #[must_use]
    pub fn text(&self, document: &[u8], role: Role) -> Option<String> {
        Members::read(document)?.text(self.member(role)?.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::formats;
    use crate::sjcl;
    use primitives::Limits;

    fn values(inner: &str) -> Values<'_> {
        let (salt, nonce, sealed): (&[u8], &[u8], &[u8]) = (&[1; 32], &[2; 24], &[3; 20]);
        Values {
            salt: Some(salt),
            nonce: Some(nonce),
            sealed: Some(sealed),
            inner: Some(inner.as_bytes()),
            iterations: Some(7),
            length: Some(4),
            id: Some("i\"d"),
        }
    }

    /// Facts that the format's own reader does not share would lead everything that follows from them astray.
    #[test]
    fn the_strict_reader_takes_what_is_written_and_misses_what_it_needs() {
        let inner = sjcl::LAYOUT.write(&Values { nonce: Some(&[4; 16]), ..values("") });
        for facts in formats() {
            let Some(layout) = facts.layout() else { continue };
            let salt = &[5; 32][..facts.length("salt").or(facts.length("key_salt")).unwrap()];
            let members = layout.members(&Values { salt: Some(salt), ..values(&inner) }, &Encoding::encode);
            let reads = |members: &Members| (facts.check)(members.write().as_bytes(), &Limits::default()).is_ok();
            assert!(reads(&members), "{}", members.write());
            assert!(members.0.iter().map(document::Member::name).eq(layout.written()));
            for member in layout.members {
                let without = members.clone().without(member.name);
                assert_eq!(reads(&without), member.may_lack, "{} without {}", facts.seal.name, member.name);
            }
            for member in layout.added {
                assert!(reads(&members.clone().with(member.name, "1")), "{} with {}", facts.seal.name, member.name);
            }
            let decode = |encoding: Encoding, text: &str| encoding.decode(text);
            let written = members.write();
            assert_eq!(layout.bytes(written.as_bytes(), Role::Salt, &decode).as_deref(), Some(salt));
            let drawn = facts.read_drawn(written.as_bytes()).unwrap();
            assert!(drawn.iter().all(|(member, value)| facts.length(member) == Some(value.len())));
            let nonce = layout.sealed().member(Role::Nonce).unwrap();
            assert_eq!(layout.sealed().named(nonce.name).map(|member| member.role), Some(Role::Nonce));
        }
    }
}
