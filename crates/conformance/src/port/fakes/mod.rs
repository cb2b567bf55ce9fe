//! Deliberate liars: ports that misbehave in one way each, so that the suite can be tested against them.
//!
//! In: requests. Out: the reference's answers, spoilt. `lies` holds what changes an answer; this module what changes how
//! it is written. Layer: `port`.

mod lies;

use std::io::{self, Read, Write};
use std::time::Duration;

use super::Reference;
use super::protocol::{HELLO_ID, LINE_BYTES_MAX};
use super::serve::{Request, answer_request, each_batch, write_hello};

use lies::{Liar, Lie, has_long};

/// The request, counted in each process, at which one liar dies.
const NTH: u64 = 12;

/// One way to misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fake {
    /// Gives an output for everything.
    AlwaysAccepts,
    /// Refuses everything.
    AlwaysRefuses,
    /// Gives its input back.
    Echoes,
    /// Decrypts without looking at the tag.
    IgnoresTag,
    /// Seals with the same salt and nonce each time.
    ConstantNonce,
    /// Seals with a salt and nonce that count up.
    CounterNonce,
    /// Answers a question in another way when it comes for the third time.
    Nondeterministic,
    /// Dies at the twelfth request of each process, whatever it is.
    CrashesOnNth,
    /// Dies on long input.
    CrashesOnCase,
    /// Never answers again after long input.
    Hangs,
    /// Answers long input with something that is no answer.
    Garbles,
    /// Writes much nonsense on both outputs.
    Floods,
    /// Dies instead of its hello.
    DiesAtHandshake,
    /// Closes its standard input after its hello.
    ClosesInput,
    /// Prints a line before each answer.
    PrintsBeforeAnswering,
    /// Reads nothing after its hello.
    StopsReading,
    /// Answers each batch backwards, and everything twice.
    AnswersLateTwice,
    /// Writes byte by byte.
    Trickles,
    /// Answers long input with a line that does not end.
    HugeLine,
    /// Claims an operation that nobody knows.
    ClaimsUnknown,
    /// Gives an empty digest for everything.
    WrongDigest,
    /// Dies whenever it is asked for a digest.
    CrashesOnDigest,
    /// Refuses what it has to refuse, always as malformed.
    OneReason,
    /// Says that it does not support long input.
    DeclinesLong,
    /// Claims to open GCM under IVs of a length that no vector has.
    ClaimsNarrowly,
}

impl Fake {
    /// Every liar.
    pub const ALL: [Self; 25] = [
        Self::AlwaysAccepts,
        Self::AlwaysRefuses,
        Self::Echoes,
        Self::IgnoresTag,
        Self::ConstantNonce,
        Self::CounterNonce,
        Self::Nondeterministic,
        Self::CrashesOnNth,
        Self::CrashesOnCase,
        Self::Hangs,
        Self::Garbles,
        Self::Floods,
        Self::DiesAtHandshake,
        Self::ClosesInput,
        Self::PrintsBeforeAnswering,
        Self::StopsReading,
        Self::AnswersLateTwice,
        Self::Trickles,
        Self::HugeLine,
        Self::ClaimsUnknown,
        Self::WrongDigest,
        Self::CrashesOnDigest,
        Self::OneReason,
        Self::DeclinesLong,
        Self::ClaimsNarrowly,
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AlwaysAccepts => "always-accepts",
            Self::AlwaysRefuses => "always-refuses",
            Self::Echoes => "echoes",
            Self::IgnoresTag => "ignores-tag",
            Self::ConstantNonce => "constant-nonce",
            Self::CounterNonce => "counter-nonce",
            Self::Nondeterministic => "nondeterministic",
            Self::CrashesOnNth => "crashes-on-nth",
            Self::CrashesOnCase => "crashes-on-case",
            Self::Hangs => "hangs",
            Self::Garbles => "garbles",
            Self::Floods => "floods",
            Self::DiesAtHandshake => "dies-at-handshake",
            Self::ClosesInput => "closes-input",
            Self::PrintsBeforeAnswering => "prints-before-answering",
            Self::StopsReading => "stops-reading",
            Self::AnswersLateTwice => "answers-late-twice",
            Self::Trickles => "trickles",
            Self::HugeLine => "huge-line",
            Self::ClaimsUnknown => "claims-unknown",
            Self::WrongDigest => "wrong-digest",
            Self::CrashesOnDigest => "crashes-on-digest",
            Self::OneReason => "one-reason",
            Self::DeclinesLong => "declines-long",
            Self::ClaimsNarrowly => "claims-narrowly",
        }
    }

    /// The liar of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fake| fake.name() == name)
    }

    fn lie(self) -> Lie {
        match self {
            Self::AlwaysAccepts => Lie::Accept,
            Self::AlwaysRefuses => Lie::Refuse,
            Self::Echoes => Lie::Echo,
            Self::IgnoresTag => Lie::IgnoreTag,
            Self::ConstantNonce => Lie::ConstantNonce,
            Self::CounterNonce => Lie::CounterNonce,
            Self::Nondeterministic => Lie::ChangeRepeated,
            Self::WrongDigest => Lie::WrongDigest,
            Self::OneReason => Lie::OneReason,
            Self::DeclinesLong => Lie::DeclineLong,
            Self::CrashesOnNth
            | Self::CrashesOnCase
            | Self::Hangs
            | Self::Garbles
            | Self::Floods
            | Self::DiesAtHandshake
            | Self::ClosesInput
            | Self::PrintsBeforeAnswering
            | Self::StopsReading
            | Self::AnswersLateTwice
            | Self::Trickles
            | Self::HugeLine
            | Self::ClaimsUnknown
            | Self::CrashesOnDigest
            | Self::ClaimsNarrowly => Lie::None,
        }
    }
}

/// Serves as this liar. `log` is its standard error.
///
/// # Errors
///
/// The reader's and the writers'.
pub fn serve(fake: Fake, input: impl Read, mut output: impl Write, mut log: impl Write) -> io::Result<()> {
    let liar = Liar::new(fake.lie(), Reference::default());
    let mut asked = 0;
    each_batch(input, |mut requests| {
        if fake == Fake::AnswersLateTwice {
            requests.reverse();
            requests = requests.iter().chain(&requests).cloned().collect();
        }
        for request in requests {
            asked += 1;
            prelude(fake, asked, &request, &mut output, &mut log)?;
            let mut answer = Vec::new();
            match (&request, fake) {
                (Request::Hello(id), Fake::ClaimsUnknown) => write_hello(&mut answer, *id, &liar.hello_with_unknown()),
                (Request::Hello(id), Fake::ClaimsNarrowly) => write_hello(&mut answer, *id, &liar.narrow_hello()),
                _ => answer_request(&liar, &request, &mut answer),
            }
            write_answer(fake, &answer, &mut output)?;
            postlude(fake, &request)?;
        }
        Ok(())
    })
}

/// What a liar does instead of, or before, its answer.
fn prelude(fake: Fake, asked: u64, request: &Request, output: &mut impl Write, log: &mut impl Write) -> io::Result<()> {
    let is_hello = matches!(request, Request::Hello(_));
    match fake {
        Fake::DiesAtHandshake if is_hello => std::process::abort(),
        Fake::CrashesOnNth if asked == NTH => std::process::abort(),
        Fake::CrashesOnCase if is_long(request) => std::process::abort(),
        Fake::CrashesOnDigest if matches!(request, Request::Ask { operation, .. } if operation.verb() == "digest") => {
            std::process::abort()
        }
        Fake::Hangs if is_long(request) => sleep_for_good(),
        Fake::Garbles if is_long(request) => {
            if let Request::Ask { id, .. } = request {
                writeln!(output, "{{\"id\":{},\"result\":\"ok\"}}", id.0)?;
            }
            Ok(())
        }
        Fake::HugeLine if is_long(request) => output.write_all(&vec![b'x'; LINE_BYTES_MAX + (1 << 20)]),
        Fake::Floods => {
            log.write_all(&vec![b'!'; 100 << 10])?;
            (0..100).try_for_each(|at| writeln!(output, "debug {at}: {}", "~".repeat(1 << 10)))
        }
        Fake::PrintsBeforeAnswering => writeln!(output, "DEBUG \u{1b}[31m{asked}\u{1b}[0m {{"),
        Fake::AlwaysAccepts
        | Fake::AlwaysRefuses
        | Fake::Echoes
        | Fake::IgnoresTag
        | Fake::ConstantNonce
        | Fake::CounterNonce
        | Fake::Nondeterministic
        | Fake::CrashesOnNth
        | Fake::CrashesOnCase
        | Fake::Hangs
        | Fake::Garbles
        | Fake::DiesAtHandshake
        | Fake::ClosesInput
        | Fake::StopsReading
        | Fake::AnswersLateTwice
        | Fake::Trickles
        | Fake::HugeLine
        | Fake::ClaimsUnknown
        | Fake::WrongDigest
        | Fake::CrashesOnDigest
        | Fake::OneReason
        | Fake::DeclinesLong
        | Fake::ClaimsNarrowly => Ok(()),
    }
}

fn write_answer(fake: Fake, answer: &[u8], output: &mut impl Write) -> io::Result<()> {
    if fake == Fake::Trickles {
        for byte in answer {
            output.write_all(&[*byte])?;
            output.flush()?;
        }
        return Ok(());
    }
    output.write_all(answer)?;
    output.flush()
}

/// What a liar does after its answer.
fn postlude(fake: Fake, request: &Request) -> io::Result<()> {
    if !matches!(request, Request::Hello(id) if *id == HELLO_ID) {
        return Ok(());
    }
    if fake == Fake::ClosesInput {
        rustix::stdio::dup2_stdin(std::fs::File::open("/dev/null")?)?;
        sleep_for_good();
    }
    if fake == Fake::StopsReading {
        sleep_for_good();
    }
    Ok(())
}

fn is_long(request: &Request) -> bool {
    matches!(request, Request::Ask { input, .. } if has_long(input))
}

fn sleep_for_good() -> ! {
    loop {
        std::thread::sleep(Duration::from_secs(3600));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A liar that no name finds would never be tested.
    #[test]
    fn every_liar_is_found_by_its_name() {
        for fake in Fake::ALL {
            assert_eq!(Fake::of_name(fake.name()), Some(fake));
        }
    }
}
