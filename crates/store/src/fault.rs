//! Points at which a test may stop this process for good.
//!
//! `SIJILL_HOLD=NAME:N` makes a debug build say "holding" and wait forever at the Nth point of that
//! name, so that a test can kill it there; release builds do not look.

/// Marks a point; most often nothing happens.
#[cfg(debug_assertions)]
pub(crate) fn point(name: &str) {
    use std::io::Write as _;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    static HOLD: OnceLock<Option<(String, u64)>> = OnceLock::new();
    static PASSED: AtomicU64 = AtomicU64::new(0);
    let hold = HOLD.get_or_init(|| {
        let value = std::env::var("SIJILL_HOLD").ok()?;
        let (name, count) = value.split_once(':')?;
        Some((name.to_owned(), count.parse().ok()?))
    });
    if let Some((held, count)) = hold
        && held == name
        && PASSED.fetch_add(1, Ordering::Relaxed) + 1 == *count
    {
        let _ = writeln!(std::io::stderr(), "holding");
        loop {
            std::thread::park();
        }
    }
}

/// Marks a point.
#[cfg(not(debug_assertions))]
pub(crate) fn point(_: &str) {}
