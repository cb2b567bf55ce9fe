//! How a command tells people of a mistake, and how long it looks for one.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use clap::Args;

use conformance::shown::printable;
use diagnosis::{Hypothesis, Watch, hints};

/// How long to look, and for whom.
#[derive(Args)]
pub(super) struct GuessArgs {
    /// Diagnosis time limit in seconds; 0 turns it off
    #[arg(long, value_name = "SECONDS", default_value_t = 2, value_parser = clap::value_parser!(u64).range(0..=86_400))]
    pub(super) diagnose_for: u64,
    /// The port's language, such as Go or Kotlin: the fix then names its functions
    #[arg(long, value_name = "NAME")]
    pub(super) language: Option<String>,
}

impl GuessArgs {
    /// Does something that may take as long as was allowed, beginning now.
    pub(super) fn timed<T>(&self, look: impl FnOnce(Watch<'_>) -> T) -> T {
        let started = Instant::now();
        let elapsed = || started.elapsed();
        look(Watch { elapsed: &elapsed, allowed: Duration::from_secs(self.diagnose_for) })
    }

    /// What to say where the time was over before the search was.
    pub(super) fn overtime(&self) -> String {
        format!("stopped after {} s; raise --diagnose-for", self.diagnose_for)
    }

    /// Fix, public reports and where to read on, for each known mistake of a guess; indented.
    pub(super) fn remedy(&self, guess: &Hypothesis) -> String {
        let mut text = String::new();
        for mistake in &guess.mistakes {
            let language = self.language.as_deref().unwrap_or_default();
            let fitting = hints::fitting(mistake.name, language, std::iter::empty());
            let fixes: Vec<_> = if fitting.is_empty() {
                hints::fix(mistake.name).into_iter().collect()
            } else {
                fitting.iter().map(|hint| hint.text).collect()
            };
            for fix in fixes {
                line(&mut text, "fix", fix);
            }
            for link in mistake.links {
                line(&mut text, "seen", link);
            }
            line(&mut text, "more", &format!("sealproof mistakes show {}", mistake.name));
        }
        text
    }
}

/// A guess beside another that explains as much.
pub(super) fn alternative(guess: &Hypothesis) -> String {
    format!("  or: {} ({})\n", printable(&guess.sentence()), guess.names().join(" and "))
}

fn line(text: &mut String, name: &str, words: &str) {
    let _ = writeln!(text, "  {name}: {}", printable(words));
}
