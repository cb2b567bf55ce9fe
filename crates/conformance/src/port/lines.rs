//! Bounded buffers for what a port writes: lines, and the end of a stream. Layer: `port`, no input or output.

use super::protocol::LINE_BYTES_MAX;

/// A line was longer than the protocol allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineTooLong;

/// Bytes that are not yet a whole line.
#[derive(Default)]
pub(super) struct LineBuffer {
    bytes: Vec<u8>,
}

impl LineBuffer {
    /// Takes what was read and hands out every line that it completes, without the newline.
    pub(super) fn take(&mut self, mut read: &[u8], on_line: &mut dyn FnMut(&[u8])) -> Result<(), LineTooLong> {
        while let Some(at) = read.iter().position(|byte| *byte == b'\n') {
            let (line, rest) = (&read[..at], &read[at + 1..]);
            if self.bytes.len() + line.len() > LINE_BYTES_MAX {
                return Err(LineTooLong);
            }
            if self.bytes.is_empty() {
                on_line(line);
            } else {
                self.bytes.extend_from_slice(line);
                on_line(&self.bytes);
                self.bytes.clear();
                self.bytes.shrink_to(1 << 16);
            }
            read = rest;
        }
        if self.bytes.len() + read.len() > LINE_BYTES_MAX {
            return Err(LineTooLong);
        }
        self.bytes.extend_from_slice(read);
        Ok(())
    }

    /// Hands out the last line of a stream that ended without a newline.
    pub(super) fn finish(&mut self, on_line: &mut dyn FnMut(&[u8])) {
        if !self.bytes.is_empty() {
            on_line(&std::mem::take(&mut self.bytes));
        }
    }
}

/// The last bytes of a stream, however long it is.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    bytes: Vec<u8>,
    keep: usize,
}

impl Tail {
    pub(super) fn keeping(keep: usize) -> Self {
        Self { bytes: Vec::new(), keep }
    }

    pub(super) fn take(&mut self, read: &[u8]) {
        self.bytes.extend_from_slice(&read[read.len().saturating_sub(self.keep)..]);
        // Cut only when twice as much has gathered, so that each byte is moved at most once more.
        if self.bytes.len() > 2 * self.keep {
            self.bytes.drain(..self.bytes.len() - self.keep);
        }
    }

    /// The end of the stream as text, at most `bytes` long; broken UTF-8 is replaced.
    pub(super) fn text(&self, bytes: usize) -> String {
        let from = self.bytes.len().saturating_sub(bytes.min(self.keep));
        String::from_utf8_lossy(&self.bytes[from..]).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(reads: &[&[u8]]) -> (Vec<Vec<u8>>, Result<(), LineTooLong>) {
        let (mut buffer, mut lines, mut outcome) = (LineBuffer::default(), Vec::new(), Ok(()));
        for read in reads {
            outcome = outcome.and_then(|()| buffer.take(read, &mut |line| lines.push(line.to_vec())));
        }
        buffer.finish(&mut |line| lines.push(line.to_vec()));
        (lines, outcome)
    }

    /// Where the pipe cuts a stream must not change its lines.
    #[test]
    fn lines_do_not_depend_on_how_they_are_read() {
        let text = b"one\n\ntwo three\nlast";
        let whole = lines(&[text]).0;
        assert_eq!(whole, [&b"one"[..], b"", b"two three", b"last"]);
        for cut in 1..text.len() {
            assert_eq!(lines(&[&text[..cut], &text[cut..]]).0, whole, "cut at {cut}");
        }
    }

    /// A port that never ends its line must not fill our memory.
    #[test]
    fn an_endless_line_is_cut_off() {
        let half = vec![b'x'; LINE_BYTES_MAX / 2];
        assert_eq!(lines(&[&half, &half]).1, Ok(()));
        assert_eq!(lines(&[&half, &half, b"x"]).1, Err(LineTooLong));
        assert_eq!(lines(&[&half, &half, b"x\n"]).1, Err(LineTooLong));
    }

    /// A flood on standard error costs its tail and no more.
    #[test]
    fn a_tail_keeps_the_end_and_stays_small() {
        let mut tail = Tail::keeping(8);
        for at in 0..1000_u32 {
            tail.take(at.to_string().as_bytes());
            assert!(tail.bytes.len() <= 16 + 4);
        }
        assert_eq!((tail.text(8).as_str(), tail.text(3).as_str()), ("97998999"[..].trim_start(), "999"));
        assert_eq!(tail.text(100).len(), 8);
    }
}
