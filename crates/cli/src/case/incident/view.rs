//! An incident for eyes: Latin on the left, Arabic on the right.

use super::{Found, Told};
use crate::args::Color;
use crate::case::findings::{head, notes, number, rank, text};
use crate::style::{BAD, FAINT, HEADING, Paint};
use serde_json::Value;
use sijill::model::{Field, Modality, Participant};
use sijill_io::write::{columns, isolate, share_words, wrap};
use std::io::{self, Write};

/// The width of what is no terminal.
const WIDTH: usize = 120;

/// Columns beside one another are never narrower than this.
const NARROWEST: usize = 28;

/// So many lines of the words of a claim are shown.
const LINES: usize = 3;

/// So many of the claims without a figure are shown.
const OTHERS: usize = 12;

/// Writes an incident.
pub(super) fn write(out: &mut Vec<u8>, found: &Found, color: Color) -> io::Result<()> {
    let terminal = console::Term::stdout().size_checked();
    let width = terminal.map_or(WIDTH, |(_, width)| usize::from(width)).max(2 * NARROWEST + 3);
    let paint = Paint::new(color, &io::stdout());
    let page = Page { found, width, paint };
    let record = &found.record;
    writeln!(out, "{}", paint.paint(HEADING, head(record)))?;
    let count = record["documents"].as_array().map_or(0, Vec::len);
    let reports = if count == 1 { "1 report".to_owned() } else { format!("{count} reports") };
    let origins = match record["independent_origins"].as_str() {
        Some("same") => "all from one origin",
        Some("separate") => "from separate origins",
        _ => "whether from separate origins is not established",
    };
    let about = format!("{}  {reports}, {origins}", text(&record["id"]));
    writeln!(out, "{}", paint.paint(FAINT, about))?;
    page.figures(out)?;
    page.pairs(out, "contradiction", "Contradictions")?;
    page.pairs(out, "revision", "Revised by their own origin")?;
    page.others(out)?;
    page.reasons(out)
}

struct Page<'a> {
    found: &'a Found,
    width: usize,
    paint: Paint,
}

impl Page<'_> {
    fn heading(&self, out: &mut Vec<u8>, heading: &str) -> io::Result<()> {
        writeln!(out, "\n{}", self.paint.paint(HEADING, heading))
    }

    /// Writes every figure: how many of whom, by whom, through whom, and the words.
    fn figures(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let figures = self.found.record["figures"].as_array().into_iter().flatten();
        let mut figures: Vec<(&Value, &Told)> = figures
            .filter_map(|figure| Some((figure, self.told(figure["claim"].as_str()?)?)))
            .collect();
        let sort = |figure: &Value| {
            (rank(&text(&figure["type"])), text(&figure["type"]), text(&figure["target"]))
        };
        figures.sort_by_cached_key(|(figure, told)| (sort(figure), told.kept.document.published));
        for group in figures.chunk_by(|(a, _), (b, _)| sort(a) == sort(b)) {
            let (_, what, of) = sort(group[0].0);
            self.heading(out, format!("{what} {}", isolate(&of)).trim_end())?;
            for (figure, told) in group {
                self.claim(out, &format!("{:>7}", number(figure)), &notes(figure), told)?;
            }
        }
        Ok(())
    }

    /// Writes what is said beside figures.
    fn others(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let all = self.found.told.iter().filter(|told| told.claim.count.is_none());
        let others: Vec<&Told> = all.filter(|told| !self.is_heading(told)).collect();
        if others.is_empty() {
            return Ok(());
        }
        self.heading(out, "Also told")?;
        for told in others.iter().take(OTHERS) {
            let claim = &told.claim;
            let ids = |slots: &[Participant]| {
                slots.iter().map(|slot| slot.id.as_str()).collect::<Vec<_>>().join(", ")
            };
            let mut left = claim.claim_type.to_string();
            if claim.modality != Modality::Asserted {
                left = format!("{left} {}", self.paint.paint(BAD, claim.modality.as_str()));
            }
            for (arrow, slots) in [("by", &claim.agent), ("to", &claim.target)] {
                if !slots.is_empty() {
                    left.push_str(&format!("  {arrow} {}", isolate(&ids(slots))));
                }
            }
            if let Some(slot) = claim.share {
                left.push_str(&format!("  {}", share_words(slot.share)));
            }
            writeln!(out, "  {left}")?;
            self.claim(out, "", "", told)?;
        }
        if let Some(more @ 1..) = others.len().checked_sub(OTHERS) {
            writeln!(out, "  {}", self.paint.paint(FAINT, format!("… and {more} more")))?;
        }
        Ok(())
    }

    /// Tells whether a claim of a title says no more than one of the text below it.
    fn is_heading(&self, told: &Told) -> bool {
        let within = |some: &[Participant], all: &[Participant]| {
            some.iter().all(|one| all.iter().any(|other| other.id == one.id))
        };
        let claim = &told.claim;
        claim.evidence.field == Field::Title
            && self.found.told.iter().map(|other| &other.claim).any(|other| {
                other.evidence.field == Field::Text
                    && other.document == claim.document
                    && other.claim_type == claim.claim_type
                    && other.modality == claim.modality
                    && within(&claim.agent, &other.agent)
                    && within(&claim.target, &other.target)
                    && claim.share.is_none()
            })
    }

    /// Writes a claim: its value and way on the left, its words on the right.
    fn claim(&self, out: &mut Vec<u8>, value: &str, notes: &str, told: &Told) -> io::Result<()> {
        let room = self.width.saturating_sub(3) / 2;
        let way = format!("{}{}", told.way(), self.paint.paint(BAD, notes));
        let left = [
            format!("{value:7}  {way}"),
            self.paint.paint(FAINT, format!("{:7}  {}", "", report(told))),
        ];
        let right = wrap(&told.words(), self.width - room - 3, LINES);
        self.beside(out, &left, &right, room, "  ")
    }

    /// Writes pairs of claims that differ, side by side.
    fn pairs(&self, out: &mut Vec<u8>, relation: &str, heading: &str) -> io::Result<()> {
        let pairs = self.found.pairs.iter().filter(|pair| pair["relation"] == relation);
        let pairs: Vec<&Value> = pairs.collect();
        if pairs.is_empty() {
            return Ok(());
        }
        self.heading(out, heading)?;
        let room = (self.width - 3) / 2;
        for pair in pairs {
            writeln!(out, "  {}", self.paint.paint(BAD, text(&pair["type"])))?;
            let (first, second) =
                (self.side(&pair["first"], room), self.side(&pair["second"], room));
            self.beside(out, &first, &second, room, "│ ")?;
        }
        Ok(())
    }

    /// Makes the lines of one side: the value, who says so, where, and the words.
    fn side(&self, side: &Value, room: usize) -> Vec<String> {
        let told = side["claim"].as_str().and_then(|claim| self.told(claim));
        let way = told.map_or_else(|| text(&side["origin"]), Told::way);
        let mut lines = vec![format!("  {}", text(&side["value"])), format!("  {way}")];
        if let Some(told) = told {
            lines.push(format!("  {}", report(told)));
            lines.extend(wrap(&told.words(), room.saturating_sub(2), LINES));
        }
        lines
    }

    /// Writes lines beside one another; lines of Arabic stand on the right of their column.
    fn beside(
        &self,
        out: &mut Vec<u8>,
        left: &[String],
        right: &[String],
        room: usize,
        rule: &str,
    ) -> io::Result<()> {
        for line in 0..left.len().max(right.len()) {
            let cell = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
            let (left, right) = (cell(left), cell(right));
            let left = aligned(&left, room);
            let right = aligned(&right, self.width - room - 3);
            let rule = self.paint.paint(FAINT, rule);
            writeln!(out, "{}", format!("{left} {rule}{right}").trim_end())?;
        }
        Ok(())
    }

    /// Writes what joined each report to the others.
    fn reasons(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let mut last = String::new();
        let mut reasons = Vec::new();
        for member in self.found.record["claims"].as_array().into_iter().flatten() {
            let document = text(&member["document"]);
            let signals = member["signals"].as_array().filter(|signals| !signals.is_empty());
            let Some(signals) = signals.filter(|_| document != last) else { continue };
            let signals = signals.iter().map(|signal| {
                format!("{} {:+}", text(&signal["name"]), signal["weight"].as_f64().unwrap_or(0.0))
            });
            reasons.push((document.clone(), signals.collect::<Vec<_>>().join(", ")));
            last = document;
        }
        if reasons.is_empty() {
            return Ok(());
        }
        self.heading(out, "Why they are one happening")?;
        for (document, signals) in reasons {
            writeln!(out, "  {}  {}", isolate(&document), self.paint.paint(FAINT, signals))?;
        }
        Ok(())
    }

    fn told(&self, claim: &str) -> Option<&Told> {
        self.found.told.iter().find(|told| told.claim.id == claim)
    }
}

impl Told {
    /// Names the origin and who passed it on, up to the outlet.
    fn way(&self) -> String {
        let outlet = self.kept.document.outlet.as_deref().unwrap_or("unknown outlet");
        let voices = self.claim.attribution.iter().rev().map(|voice| voice.id.as_str());
        let mut way = vec![self.origin.as_str()];
        way.extend(voices.chain([outlet]));
        way.dedup();
        way.retain(|voice| !voice.is_empty());
        way.iter().map(|voice| isolate(voice).into_owned()).collect::<Vec<_>>().join(" ← ")
    }

    /// Returns the words that tell it, on one line.
    fn words(&self) -> String {
        let document = &self.kept.document;
        let field = match self.claim.evidence.field {
            Field::Title => document.title.as_deref().unwrap_or_default(),
            Field::Text => &document.text,
        };
        let words = self.claim.evidence.span.of(field);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Names the report and its day.
fn report(told: &Told) -> String {
    let document = &told.kept.document;
    let id = document.id.rsplit('/').next().unwrap_or_default();
    let day = document.published.map(|day| format!(", {day}")).unwrap_or_default();
    format!("{}{day}", isolate(id))
}

/// Fills a line up to a width: from the right if it begins with Arabic.
fn aligned(line: &str, width: usize) -> String {
    let used = columns(&console::strip_ansi_codes(line));
    let padding = " ".repeat(width.saturating_sub(used));
    let first = line.chars().find(|c| c.is_alphabetic());
    if first.is_some_and(|c| ('\u{590}'..='\u{8ff}').contains(&c)) {
        format!("{padding}{}", isolate(line))
    } else {
        format!("{line}{padding}")
    }
}
