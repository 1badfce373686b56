//! Claims as a table for eyes, as wide as the terminal.
//!
//! Columns have fixed shares of the width, so that rows can be written as they come and a corpus
//! never waits for its widest cell. Each line of a cell is isolated: in a terminal that applies the
//! bidirectional algorithm, Arabic in one cell does not reorder the next.

use super::isolate;
use super::layout::{columns, count_words, share_words, wrap};
use sijill_model::{Claim, CountSlot, Document, Field, Participant, ShareSlot};

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
            wrapped.push(wrap(cell, width, MAX_LINES));
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
