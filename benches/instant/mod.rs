//! The adapter that answers at once: what is measured beside it is not the port.
//!
//! In: the runner's lines. Out: an answer for each, all that came with one read in one write.

use std::io::{Read as _, Write as _};

/// Bytes of one read.
const READ_BYTES: usize = 1 << 16;

/// Answers the lines of standard input until it ends; `reply` adds the answer to a line without its end, with its own end.
pub(crate) fn answer_lines(mut reply: impl FnMut(&[u8], &mut Vec<u8>)) {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let (mut held, mut room, mut answers) = (Vec::new(), vec![0; READ_BYTES], Vec::new());
    loop {
        let read = input.read(&mut room).expect("standard input can be read");
        if read == 0 {
            return;
        }
        held.extend_from_slice(&room[..read]);
        let Some(end) = held.iter().rposition(|byte| *byte == b'\n') else { continue };
        let lines: Vec<u8> = held.drain(..=end).collect();
        for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            reply(line, &mut answers);
        }
        output.write_all(&answers).and_then(|()| output.flush()).expect("the runner reads");
        answers.clear();
    }
}
