//! Running a port with mistakes that may not go together. Layer: `diagnosis`; pure but for the panic hook.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    /// Whether this thread tries out a guess.
    static GUESSING: Cell<bool> = const { Cell::new(false) };
}

/// What it comes to, or nothing if it panics: two mistakes that do not go together may, which is no news to anybody.
pub(super) fn quietly<T>(run: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !GUESSING.get() {
                before(panic);
            }
        }));
    });
    GUESSING.set(true);
    let result = catch_unwind(AssertUnwindSafe(run)).ok();
    GUESSING.set(false);
    result
}
