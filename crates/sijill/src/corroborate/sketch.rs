//! What corroboration keeps of a document: its claims, and numbers for its words.
//!
//! A sketch holds no text, so that those of a large corpus fit into memory, and it depends on one
//! document alone, so that they are made by as many threads as there are.

use super::asides::Asides;
use super::episode::{self, Episode};
use super::origins;
use crate::search::stem;
use crate::{Extraction, Knowledge};
use rustc_hash::FxHasher;
use sijill_knowledge::DateWord;
use sijill_model::{Claim, Date, Document, Edtf, EdtfDate, Field, MentionKind, Span};
use sijill_text::{TokenKind, Tokens};
use std::hash::Hasher;

/// What corroboration keeps of a document.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub(super) document: String,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) claims: Vec<Claim>,
    pub(super) episodes: Vec<Episode>,
    /// The stems of all its words, each once, in order of their numbers.
    pub(super) words: Vec<Word>,
    /// Its words in order.
    pub(super) text: Vec<Placed>,
    /// Of each claim, whom the text names as its origin.
    pub(super) named: Vec<Option<String>>,
    /// Of each claim, whether it tells of a night, which belongs to two days.
    pub(super) by_night: Vec<bool>,
    /// Of each claim, whether it counts some of those told before.
    pub(super) parts: Vec<bool>,
    /// Who stands behind the outlet, and whether it gathers what it tells itself.
    pub(super) behind: Option<(String, bool)>,
    /// The sources and parties that the text names.
    pub(super) voices: Vec<String>,
}

/// The number that stands for a stem; its lowest bit says that the lexicon holds it.
pub(super) type Word = u32;

/// A word of the text and where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) word: Word,
    /// A given name stands before it, so it is likely the rest of a person's name.
    pub(super) is_name: bool,
    pub(super) field: Field,
    pub(super) span: Span,
    /// The same in code points.
    pub(super) code_points: Span,
}

/// The days that a document names beside those of its claims, as far as they can be known.
#[derive(Clone, Debug, Default)]
pub(super) struct Dates {
    /// The day of publication, or else the first day that the text names.
    pub(super) told: Option<i32>,
    /// Days of a month without a year: 100 times the month, and the day.
    pub(super) month_days: Vec<u16>,
    /// Weekdays, as bits.
    pub(super) weekdays: u8,
}

/// Bytes of the opening in which a weekday is the day of the news.
const OPENING: u32 = 1500;

impl Sketch {
    /// Keeps of a document what corroboration needs.
    pub fn new(document: &Document, extraction: &Extraction, knowledge: &Knowledge) -> Self {
        let mut placed = Vec::new();
        let mut dates = Dates::default();
        let mut asides = Asides::default();
        let title = document.title.as_deref().map(|title| (Field::Title, title));
        for (field, text) in title.into_iter().chain([(Field::Text, document.text.as_str())]) {
            let tokens = Tokens::new(text);
            read_words(&tokens, field, knowledge, &mut placed);
            dates.read(&tokens, knowledge);
            asides.read(&tokens, field, &extraction.claims, knowledge);
        }
        let printed = extraction.mentions.iter().filter(|m| m.kind == MentionKind::Time);
        let printed = printed.filter_map(|m| single_day(m.resolved.as_ref()?.parse().ok()?));
        dates.told = document.published.map(number).or_else(|| printed.map(number).next());
        dates.tidy();
        let claims = extraction.claims.clone();
        let mut words: Vec<Word> = placed.iter().map(|placed| placed.word).collect();
        words.sort_unstable();
        words.dedup();
        let voice =
            |m: &&sijill_model::Mention| matches!(m.kind, MentionKind::Source | MentionKind::Actor);
        let voices = extraction.mentions.iter().filter(voice);
        let mut voices: Vec<String> = voices.filter_map(|m| m.resolved.clone()).collect();
        voices.sort_unstable();
        voices.dedup();
        Self {
            document: document.id.clone(),
            outlet: document.outlet.clone(),
            published: document.published,
            episodes: episode::episodes(&claims, &placed, &dates),
            named: origins::all_named(&claims, knowledge),
            by_night: claims.iter().map(|claim| asides.is_by_night(claim)).collect(),
            parts: claims.iter().map(|claim| asides.is_part(claim)).collect(),
            behind: document.outlet.as_deref().map(|outlet| origins::outlet(outlet, knowledge)),
            claims,
            words,
            text: placed,
            voices,
        }
    }

    /// Returns the id of the document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// Tells whether the text names the outlet of another report.
    pub(super) fn names(&self, other: &Self) -> bool {
        let outlet = other.outlet.as_ref().filter(|outlet| self.outlet.as_ref() != Some(outlet));
        outlet.is_some_and(|outlet| self.voices.binary_search(outlet).is_ok())
    }

    /// Drops the words, which only counts, blocks and reuses ask for.
    pub fn forget_words(&mut self) {
        self.words = Vec::new();
        self.text = Vec::new();
    }

    /// Returns the claims of the document.
    pub fn claims(&self) -> &[Claim] {
        &self.claims
    }
}

fn read_words(tokens: &Tokens<'_>, field: Field, knowledge: &Knowledge, out: &mut Vec<Placed>) {
    let mut after_name = false;
    let mut end = 0;
    // Every other token is a space.
    out.reserve(tokens.all.len() / 2);
    for (i, token) in tokens.all.iter().enumerate() {
        let start = end;
        end += tokens.original(i).chars().count() as u32;
        let folded = tokens.folded(i);
        match token.kind {
            TokenKind::Word => {}
            TokenKind::Space => continue,
            _ => {
                after_name = false;
                continue;
            }
        }
        let (stem, known) = stem(folded, tokens.original(i), knowledge);
        let is_given_name = known.is_some_and(|word| knowledge.is_given_name(word));
        // Two bytes a letter: words of two letters and words in Latin letters tell nothing.
        if stem.len() >= 6 && !stem.is_ascii() {
            let ordinary = known.is_some_and(|word| !knowledge.lexicon.readings(word).is_empty());
            let word = numbered(stem, ordinary);
            out.push(Placed {
                word,
                is_name: after_name && !ordinary,
                field,
                span: token.span,
                code_points: Span::new(start, end),
            });
        }
        after_name = is_given_name;
    }
}

fn numbered(stem: &str, ordinary: bool) -> Word {
    hashed(stem) & !1 | Word::from(ordinary)
}

/// Returns the number that stands for a name.
pub(super) fn hashed(name: &str) -> Word {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    let hash = hasher.finish();
    (hash ^ (hash >> 32)) as Word
}

impl Dates {
    fn read(&mut self, tokens: &Tokens<'_>, knowledge: &Knowledge) {
        let words = &knowledge.calendars.words;
        for at in 0..tokens.all.len() {
            if tokens.all[at].kind != TokenKind::Word || !words.begins(tokens.folded(at)) {
                continue;
            }
            let wanted =
                |word: &DateWord| matches!(word, DateWord::Month(_) | DateWord::Weekday(_));
            match words.find(tokens, at, wanted).map(|found| *found.value) {
                Some(DateWord::Weekday(day)) if tokens.all[at].span.start < OPENING => {
                    self.weekdays |= 1 << day;
                }
                Some(DateWord::Month(month)) => {
                    let before = (0..at).rev().find(|&i| tokens.all[i].kind != TokenKind::Space);
                    let day = before.and_then(|i| tokens.folded(i).parse::<u16>().ok());
                    if let Some(day @ 1..=31) = day {
                        self.month_days.push(month as u16 * 100 + day);
                    }
                }
                _ => {}
            }
        }
    }

    fn tidy(&mut self) {
        self.month_days.sort_unstable();
        self.month_days.dedup();
    }
}

/// Returns the one day that a date tells.
pub(super) fn single_day(edtf: Edtf) -> Option<Date> {
    match (edtf.start(), edtf.end()) {
        (EdtfDate::Day(day), Some(EdtfDate::Day(end))) if day == end => Some(day),
        _ => None,
    }
}

/// Numbers the days.
pub(super) fn number(day: Date) -> i32 {
    const EPOCH: Date = Date::constant(1970, 1, 1);
    EPOCH.until(day).map_or(0, |span| span.get_days())
}

/// Returns the day of the month of a numbered day, as [`Dates::month_days`] has it.
pub(super) fn month_day(day: Date) -> u16 {
    day.month() as u16 * 100 + day.day() as u16
}
