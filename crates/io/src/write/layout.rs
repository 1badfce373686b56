//! Text in columns of a terminal, and numbers as people read them.

use sijill_model::{Count, Share};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

const ELLIPSIS: char = '…';

/// Writes a number as people read it: `≥80`, `20–99`, `~3250`.
pub fn count_words(count: Count) -> String {
    let about = if count.approximate { "~" } else { "" };
    match (count.min(), count.max()) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}"),
        (Some(min), Some(max)) => format!("{about}{min}–{max}"),
        (Some(min), None) => format!("≥{about}{min}"),
        (None, Some(max)) => format!("≤{about}{max}"),
        (None, None) => String::new(),
    }
}

/// Writes a share as people read it: `≥92%`.
pub fn share_words(share: Share) -> String {
    let mut words = String::new();
    let percent = |value: f64| (value * 1000.0).round() / 10.0;
    let (min, max) = (percent(share.min()), percent(share.max()));
    let about = if share.approximate { "~" } else { "" };
    // Writing to a string cannot fail.
    let _ = match () {
        () if min == max => write!(words, "{about}{min}%"),
        () if max == 100.0 => write!(words, "≥{about}{min}%"),
        () if min == 0.0 => write!(words, "≤{about}{max}%"),
        () => write!(words, "{about}{min}–{max}%"),
    };
    words
}

/// Breaks `text` at spaces into at most `most` lines of at most `width` columns; cuts words that are
/// too long.
pub fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let needed = columns(word);
        if 0 < used && width < used + 1 + needed {
            lines.push(String::new());
            used = 0;
        }
        for c in (0 < used).then_some(' ').into_iter().chain(word.chars()) {
            let step = c.width().unwrap_or(0);
            if width < used + step {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("there is always a line").push(c);
            used += step;
        }
    }
    if most < lines.len() {
        lines.truncate(most);
        shorten(&mut lines[most - 1], width);
    }
    lines
}

/// Puts an ellipsis at the end of a line that goes on.
fn shorten(line: &mut String, width: usize) {
    while width <= columns(line) && line.pop().is_some() {}
    line.push(ELLIPSIS);
}

/// Returns how many columns of a terminal a text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_break_at_spaces_and_end_in_an_ellipsis() {
        assert_eq!(wrap("one two three", 8, 4), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4, 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a b c d e f", 1, 4), ["a", "b", "c", "…"]);
        assert_eq!(wrap("", 4, 4), [""]);
    }

    #[test]
    fn numbers_keep_their_bounds() {
        let count = |min, max| Count::between(min, max, false).map(count_words);
        assert_eq!(count(Some(80), None).as_deref(), Some("≥80"));
        assert_eq!(count(Some(20), Some(99)).as_deref(), Some("20–99"));
        assert_eq!(count(Some(7), Some(7)).as_deref(), Some("7"));
        let share = |min, max| Share::between(min, max, false).map(share_words);
        assert_eq!(share(0.92, 1.0).as_deref(), Some("≥92%"));
        assert_eq!(share(0.95, 0.95).as_deref(), Some("95%"));
        assert_eq!(share(1.0, 1.0).as_deref(), Some("100%"));
    }
}
