//! How the records of a run add up, and what the run comes to. Layer: `report`; pure.

use super::Outcome;
use conformance::port::Mismatch;
use conformance::verdict::Verdict;

/// How the records add up; each selected case is in exactly one of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// As expected.
    pub passed: usize,
    /// Asked, and not as expected without an excuse; or right although a known issue says otherwise.
    pub failed: usize,
    /// Not as expected, exactly as a known issue says.
    pub known_failures: usize,
    /// Could not be asked.
    pub not_run: usize,
    /// Left out by claims or policy.
    pub left_out: usize,
}

impl Counts {
    /// Adds one record.
    pub fn add(&mut self, outcome: Outcome) {
        *match outcome {
            Outcome::Judged(Verdict::Pass) => &mut self.passed,
            Outcome::Judged(Verdict::Fail(Mismatch::NotRun) | Verdict::KnownFailure(Mismatch::NotRun)) => {
                &mut self.not_run
            }
            Outcome::Judged(Verdict::Fail(_) | Verdict::UnexpectedPass) => &mut self.failed,
            Outcome::Judged(Verdict::KnownFailure(_)) => &mut self.known_failures,
            Outcome::LeftOut(_) => &mut self.left_out,
        } += 1;
    }

    /// Cases that neither passed nor failed: known issues, not run, left out.
    #[must_use]
    pub fn skipped(&self) -> usize {
        self.known_failures + self.not_run + self.left_out
    }

    /// Cases that got a verdict from what the port did.
    #[must_use]
    pub fn executed(&self) -> usize {
        self.passed + self.failed + self.known_failures
    }

    /// Whether every case that was to be asked was asked, and came out right or as a known issue says.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.failed == 0 && self.not_run == 0
    }
}

/// What the whole run comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// Nothing is wrong.
    Conforms,
    /// A case failed or could not be asked, or a known issue is at fault, or the output was not clean where it had to be.
    Red,
    /// Less ran than was asked for.
    TooFew(Shortage),
    /// The adapter does not speak the protocol, or is right in none of its probes: no verdict means anything.
    Broken,
    /// A signal ended the run.
    Interrupted {
        /// The signal's number.
        signal: u8,
    },
}

/// What a run lacks of which no case failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortage {
    /// Cases.
    Cases {
        /// So many ran.
        ran: usize,
        /// So many were wanted.
        wanted: usize,
    },
    /// A family that the port claims, and then leaves out by its constraints; a note names it.
    Family,
}

impl Conclusion {
    /// The exit code of `sealproof run`.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Conforms => 0,
            Self::Red => 1,
            Self::TooFew(_) => 3,
            Self::Broken => 4,
            Self::Interrupted { signal } => 128 + signal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use conformance::plan::LeftOut;

    /// A case that is counted twice, or in the wrong place, makes a run look better or worse than it was.
    #[test]
    fn each_record_is_counted_once_and_in_its_place() {
        let mut counts = Counts::default();
        for outcome in [
            Outcome::Judged(Verdict::Pass),
            Outcome::Judged(Verdict::Fail(Mismatch::WrongOutput)),
            Outcome::Judged(Verdict::UnexpectedPass),
            Outcome::Judged(Verdict::KnownFailure(Mismatch::Died)),
            Outcome::Judged(Verdict::Fail(Mismatch::NotRun)),
            Outcome::Judged(Verdict::KnownFailure(Mismatch::NotRun)),
            Outcome::LeftOut(LeftOut::Policy),
        ] {
            counts.add(outcome);
        }
        assert_eq!(counts, Counts { passed: 1, failed: 2, known_failures: 1, not_run: 2, left_out: 1 });
        assert_eq!((counts.passed + counts.failed + counts.skipped(), counts.executed()), (7, 4));
        assert!(!counts.is_clean() && !Counts { not_run: 1, ..Counts::default() }.is_clean());
    }
}
