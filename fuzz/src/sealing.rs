//! What is sealed and opened again: as it is, and changed on the way.

use arbitrary::Arbitrary;
use envelope::OpenError;
use envelope::autonomail::{client_2014, documented};
use envelope::notesnook::{Cost, account, cipher};
use primitives::ParamError;

use crate::differential::drawn;
use crate::limits;
use crate::mutation::{self, Change};

/// What the derivation costs here in place of the clients' 8 MiB.
const CHEAP: Cost = Cost { passes: 1, memory_kib: 8 };

/// The formats that something is sealed in.
#[derive(Arbitrary, Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Autonomail,
    Autonomail2014,
    Notesnook,
    NotesnookItem,
    ServerHash,
}

/// All that goes into a seal.
#[derive(Arbitrary, Debug)]
struct Sealing<'a> {
    kind: Kind,
    iterations: u8,
    salt: [u8; 32],
    nonce: [u8; 24],
    password: &'a str,
    id: &'a str,
    plaintext: &'a [u8],
}

impl Sealing<'_> {
    fn seal(&self) -> Result<Vec<u8>, ParamError> {
        let (password, plaintext, limits) = (self.password, self.plaintext, limits());
        let (salt, nonce): ([u8; 16], [u8; 16]) = (front(&self.salt), front(&self.nonce));
        match self.kind {
            Kind::Autonomail => documented::seal(password, self.iterations(), &self.salt, &nonce, plaintext, &limits),
            Kind::Autonomail2014 => {
                client_2014::seal(password, self.iterations(), &self.salt, &nonce, plaintext, &limits)
            }
            Kind::Notesnook => cipher::seal(password, &salt, &self.nonce, plaintext, CHEAP, &limits),
            Kind::NotesnookItem => Ok(cipher::seal_item(&self.salt, &salt, self.id, &self.nonce, plaintext)),
            Kind::ServerHash => account::server_hash(password, &salt, &limits).map(String::into_bytes),
        }
    }

    /// The plaintext of an envelope under a password; a stored hash opens to nothing where the password fits.
    fn open(&self, password: &str, envelope: &[u8]) -> Result<Vec<u8>, OpenError> {
        let limits = limits();
        Ok(match self.kind {
            Kind::Autonomail => documented::open(password, self.iterations(), envelope, &limits)?.to_vec(),
            Kind::Autonomail2014 => client_2014::open(password, envelope, &limits)?.to_vec(),
            Kind::Notesnook => cipher::open(password, envelope, CHEAP, &limits)?.to_vec(),
            Kind::NotesnookItem => cipher::open_item(&self.salt, envelope, &limits)?.1.to_vec(),
            Kind::ServerHash => {
                let fits = account::server_verify(password, &String::from_utf8_lossy(envelope), &limits)?;
                if !fits {
                    return Err(OpenError::Authentication(primitives::Authentication));
                }
                self.plaintext.to_vec()
            }
        })
    }

    fn iterations(&self) -> u64 {
        1 + u64::from(self.iterations % 8)
    }
}

/// What is sealed opens to what was sealed, and not under a longer password.
pub fn seal_open(bytes: &[u8]) {
    let Some(sealing) = drawn::<Sealing<'_>>(bytes) else { return };
    let envelope = match sealing.seal() {
        Ok(envelope) => envelope,
        Err(error) => return unsealed(&sealing, &error),
    };
    match sealing.open(sealing.password, &envelope) {
        Ok(opened) if opened == sealing.plaintext => {}
        other => mismatch!(a_seal_does_not_open, "{sealing:?} sealed {}: {other:?}", envelope.escape_ascii()),
    }
    let longer = format!("{}x", sealing.password);
    if sealing.kind != Kind::NotesnookItem && sealing.open(&longer, &envelope).is_ok() {
        mismatch!(another_password_opens, "{sealing:?}");
    }
}

/// Nothing is sealed under Notesnook's empty password, nor hashed above 2048 characters.
fn unsealed(sealing: &Sealing<'_>, error: &ParamError) {
    let units = sealing.password.encode_utf16().count();
    match sealing.kind {
        Kind::Notesnook if units == 0 => {}
        Kind::ServerHash if units > 2_048 => {}
        Kind::Autonomail | Kind::Autonomail2014 | Kind::Notesnook | Kind::NotesnookItem | Kind::ServerHash => {
            mismatch!(nothing_is_sealed, "{sealing:?}: {error}")
        }
    }
}

/// A changed envelope is refused or opens to what was sealed.
pub fn open(bytes: &[u8]) {
    let Some((changes, sealing)) = drawn::<(Vec<Change<'_>>, Sealing<'_>)>(bytes) else { return };
    let Ok(envelope) = sealing.seal() else { return };
    let other = mutation::changed(envelope, &changes);
    match sealing.open(sealing.password, &other) {
        Ok(opened) if opened != sealing.plaintext => {
            mismatch!(a_changed_envelope_opens_otherwise, "{}: {opened:?}", other.escape_ascii())
        }
        Ok(_) | Err(_) => {}
    }
    crate::inspect(&other);
    if sealing.kind != Kind::ServerHash {
        crate::readers(&other);
    }
}

fn front<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|at| bytes[at])
}
