//! How often something may go wrong.

use crate::state::lock;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// In which time it is counted.
const WINDOW: Duration = Duration::from_secs(5 * 60);

/// Of how many it is counted at once.
const MOST: usize = 10_000;

/// Counts what went wrong lately.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<String, Vec<Instant>>>);

impl Throttle {
    /// Tells whether it went wrong less than so often.
    pub(crate) fn lets(&self, key: &str, often: usize) -> bool {
        let mut all = lock(&self.0);
        all.retain(|_, times| {
            times.retain(|time| time.elapsed() < WINDOW);
            !times.is_empty()
        });
        // Where too many are counted, whoever is not among them waits.
        all.get(key).map_or(all.len() < MOST, |times| times.len() < often)
    }

    /// Takes back what was counted last.
    pub(crate) fn forgive(&self, key: &str) {
        if let Some(times) = lock(&self.0).get_mut(key) {
            times.pop();
        }
    }

    /// Counts that it went wrong.
    pub(crate) fn count(&self, key: &str) {
        lock(&self.0).entry(key.to_owned()).or_default().push(Instant::now());
    }
}
