//! A password typed at a terminal, without being shown.
//!
//! In: the terminal itself, so that standard input stays free for the envelope. Out: the password, or why there is none.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use zeroize::Zeroizing;

/// Bytes of a typed password.
const BYTES_MAX: usize = 4 << 10;
/// Ctrl-C, Ctrl-D and Ctrl-\: no password.
const CANCEL: [u8; 3] = [0x03, 0x04, 0x1C];
/// Backspace, as terminals send it.
const ERASE: [u8; 2] = [0x08, 0x7F];

/// Asks for a password.
///
/// # Errors
///
/// Where there is no terminal, where the question is cancelled, or where what is typed is no UTF-8.
pub(super) fn password(question: &str) -> io::Result<Zeroizing<String>> {
    let tty = OpenOptions::new().read(true).write(true).open("/dev/tty");
    let tty = tty.map_err(|_| io::Error::other("there is no terminal to type a password at"))?;
    let quiet = Quiet::new(&tty)?;
    write!(&*quiet.tty, "{question}: ")?;
    let typed = line(quiet.tty);
    writeln!(&*quiet.tty)?;
    let text = std::str::from_utf8(&typed?).map(str::to_owned);
    text.map(Zeroizing::new).map_err(|_| io::Error::other("the password is not UTF-8"))
}

/// Reads bytes up to the end of the line; the last character can be taken back.
fn line(mut tty: impl io::Read) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut typed = Zeroizing::new(Vec::with_capacity(BYTES_MAX));
    let mut byte = [0];
    loop {
        tty.read_exact(&mut byte)?;
        match byte[0] {
            b'\n' | b'\r' => return Ok(typed),
            cancel if CANCEL.contains(&cancel) => return Err(io::Error::other("no password was typed")),
            erase if ERASE.contains(&erase) => {
                // A character's first byte is none of those that go on.
                while typed.pop().is_some_and(|byte| byte & 0xC0 == 0x80) {}
            }
            _ if typed.len() == BYTES_MAX => return Err(io::Error::other("the password is too long to be typed")),
            byte => typed.push(byte),
        }
    }
}

/// A terminal that shows nothing of what is typed, for as long as this lives.
struct Quiet<'a> {
    tty: &'a File,
    before: Termios,
}

impl<'a> Quiet<'a> {
    fn new(tty: &'a File) -> io::Result<Self> {
        let before = tcgetattr(tty)?;
        let mut quiet = before.clone();
        // Signals too are read as bytes: a process that one ends would leave the terminal silent.
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        tcsetattr(tty, OptionalActions::Flush, &quiet)?;
        Ok(Self { tty, before })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.tty, OptionalActions::Flush, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A slip of the finger must not become part of the password, nor a cancelled question an empty one.
    #[test]
    fn what_is_typed_is_read_as_it_is_meant() {
        let typed = |bytes: &[u8]| line(bytes).map(|typed| typed.to_vec());
        assert_eq!(typed(b"secret\nrest").unwrap(), b"secret");
        assert_eq!(typed("pä\u{7f}\u{7f}x\r".as_bytes()).unwrap(), b"x");
        assert_eq!(typed(b"\x7f\n").unwrap(), b"");
        for cancelled in [&b"ab\x03\n"[..], b"\x04", b"never ended", &[b'a'; 5_000]] {
            assert!(typed(cancelled).is_err(), "{cancelled:?}");
        }
    }
}
