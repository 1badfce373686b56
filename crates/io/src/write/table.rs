//! Claims as a table for eyes, as wide as the terminal.
//!
//! Columns have fixed shares of the width, so that rows can be written as they come and a corpus
//! never waits for its widest cell. Each line of a cell is isolated: in a terminal that applies the
//! bidirectional algorithm, Arabic in one cell does not reorder the next.

use super::isolate;
use sijill_model::{Claim, Count, CountSlot, Document, Field, Participant, Share, ShareSlot};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthChar;

/// The columns with their shares of the width and the narrowest they get.
const COLUMNS: [(&str, usize, usize); 10] = [
    ("document", 9, 8),
    ("claim", 12, 9),
    ("agent", 11, 9),
    ("target", 11, 9),
    ("place", 10, 8),
    ("time", 10, 10),
    ("number", 8, 6),
    ("modality", 8, 8),
    ("said by", 11, 9),
    ("evidence", 24, 18),
];

/// A cell is cut after so many lines.
const MAX_LINES: usize = 4;

const GAP: &str = "  ";
const ELLIPSIS: char = '…';

/// Lays claims out in columns.
#[derive(Clone, Debug)]
pub struct Table {
    widths: [usize; COLUMNS.len()],
    bold: bool,
}

impl Table {
    /// Makes a table `width` columns wide; `bold` sets the header off with an escape sequence.
    pub fn new(width: usize, bold: bool) -> Self {
        let shares: usize = COLUMNS.iter().map(|column| column.1).sum();
        let room = width.saturating_sub(GAP.len() * (COLUMNS.len() - 1));
        let widths = COLUMNS.map(|(_, share, narrowest)| (room * share / shares).max(narrowest));
        Self { widths, bold }
    }

    /// Appends the header.
    pub fn header(&self, out: &mut Vec<u8>) {
        let (on, off) = if self.bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        out.extend_from_slice(on.as_bytes());
        self.row(out, &COLUMNS.map(|(name, ..)| name.to_owned()));
        out.extend_from_slice(off.as_bytes());
        let rule = self.widths.iter().sum::<usize>() + GAP.len() * (COLUMNS.len() - 1);
        out.extend_from_slice("─".repeat(rule).as_bytes());
        out.push(b'\n');
    }

    /// Appends the rows of one document.
    pub fn rows(&self, out: &mut Vec<u8>, document: &Document, claims: &[Claim]) {
        for claim in claims {
            self.row(out, &cells(document, claim));
        }
    }

    fn row(&self, out: &mut Vec<u8>, cells: &[String; COLUMNS.len()]) {
        let mut wrapped = Vec::with_capacity(COLUMNS.len());
        for (cell, &width) in cells.iter().zip(&self.widths) {
            wrapped.push(wrap(cell, width));
        }
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut row = String::new();
            for (cell, &width) in wrapped.iter().zip(&self.widths) {
                let words = cell.get(line).map_or("", String::as_str);
                row.push_str(&isolate(words));
                let padding = width.saturating_sub(columns(words)) + GAP.len();
                row.extend(std::iter::repeat_n(' ', padding));
            }
            out.extend_from_slice(row.trim_end().as_bytes());
            out.push(b'\n');
        }
    }
}

fn cells(document: &Document, claim: &Claim) -> [String; COLUMNS.len()] {
    let field = match claim.evidence.field {
        Field::Title => document.title.as_deref().unwrap_or_default(),
        Field::Text => &document.text,
    };
    let places: Vec<&str> = claim.place.iter().map(|slot| slot.name.as_str()).collect();
    let chain: Vec<&str> = claim.attribution.iter().map(|voice| voice.name.as_str()).collect();
    [
        claim.document.rsplit('/').next().unwrap_or_default().to_owned(),
        format!("{} {}", claim.claim_type.kind().as_str(), claim.claim_type.as_str()),
        names(&claim.agent),
        names(&claim.target),
        places.join(", "),
        claim.time.map(|slot| slot.edtf.to_string()).unwrap_or_default(),
        number(claim.count, claim.share),
        claim.modality.as_str().to_owned(),
        chain.join(" > "),
        claim.evidence.span.of(field).split_whitespace().collect::<Vec<_>>().join(" "),
    ]
}

fn names(participants: &[Participant]) -> String {
    let names: Vec<&str> = participants.iter().map(|slot| slot.name.as_str()).collect();
    names.join(", ")
}

fn number(count: Option<CountSlot>, share: Option<ShareSlot>) -> String {
    let mut number = count.map(|slot| count_words(slot.count)).unwrap_or_default();
    if let Some(slot) = share {
        if !number.is_empty() {
            number.push_str(", ");
        }
        number.push_str(&share_words(slot.share));
    }
    number
}

fn count_words(count: Count) -> String {
    let about = if count.approximate { "~" } else { "" };
    match (count.min(), count.max()) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}"),
        (Some(min), Some(max)) => format!("{about}{min}–{max}"),
        (Some(min), None) => format!("≥{about}{min}"),
        (None, Some(max)) => format!("≤{about}{max}"),
        (None, None) => String::new(),
    }
}

fn share_words(share: Share) -> String {
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

/// Breaks `text` at spaces into lines of at most `width` columns; cuts words that are too long.
fn wrap(text: &str, width: usize) -> Vec<String> {
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
    if MAX_LINES < lines.len() {
        lines.truncate(MAX_LINES);
        shorten(&mut lines[MAX_LINES - 1], width);
    }
    lines
}

/// Puts an ellipsis at the end of a line that goes on.
fn shorten(line: &mut String, width: usize) {
    while width <= columns(line) && line.pop().is_some() {}
    line.push(ELLIPSIS);
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_break_at_spaces_and_end_in_an_ellipsis() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a b c d e f", 1), ["a", "b", "c", "…"]);
        assert_eq!(wrap("", 4), [""]);
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
