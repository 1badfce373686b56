//! The Arabic words that the builder knows: a table beside the code.

use std::collections::BTreeMap;
use std::sync::LazyLock;

static WORDS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in include_str!("words.tsv").lines().skip(1) {
        let mut cells = line.split('\t');
        if let (Some(role), Some(word)) = (cells.next(), cells.next()) {
            words.entry(role).or_default().push(word);
        }
    }
    words
});

/// Tells whether a word has a role.
pub(super) fn is(role: &str, word: &str) -> bool {
    WORDS.get(role).is_some_and(|words| words.contains(&word))
}

/// Returns the only word of a role.
pub(super) fn word(role: &str) -> &'static str {
    WORDS.get(role).and_then(|words| words.first()).copied().unwrap_or_default()
}
