//! How many reports have a word or name a place.

use super::episode::Episode;
use super::sketch::{Sketch, Word};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How many reports have a word, name a place or tell of a day.
#[derive(Clone, Debug, Default)]
pub struct Rarity {
    reports: f64,
    words: FxHashMap<Word, u32>,
    places: FxHashMap<String, u32>,
    days: FxHashMap<i32, u32>,
}

/// So many reports' worth of doubt about how common a word is: in a small case the words that all
/// reports share are not rare for that.
const DOUBT: f64 = 50.0;

/// How many of all reports have an ordinary word, and one that is not in the lexicon.
const ORDINARY: f64 = 0.04;
const UNKNOWN: f64 = 0.002;

/// No more reports tell of one day in the corpus on which the weights were fitted.
const FITTED_CROWD: f64 = 30.0;

/// The share of reports above which a word tells nothing.
const COMMON: f64 = 0.15;

/// A word is rare if no more reports have it.
pub(super) const FEW: u32 = 20;

impl Rarity {
    /// Counts the words, places and days of reports.
    pub fn new(sketches: &[&Sketch]) -> Self {
        let mut words = FxHashMap::default();
        let mut places = FxHashMap::default();
        let mut days = FxHashMap::default();
        for sketch in sketches {
            for &word in &sketch.words {
                *words.entry(word).or_default() += 1;
            }
            let spots = sketch.episodes.iter().flat_map(|episode| &episode.spots);
            let named: BTreeSet<&str> = spots.map(|spot| spot.id.as_str()).collect();
            for id in named {
                *places.entry(id.to_owned()).or_default() += 1;
            }
            let told = sketch.episodes.iter().flat_map(Episode::all_days);
            for day in told.collect::<BTreeSet<i32>>() {
                *days.entry(day).or_default() += 1;
            }
        }
        Self { reports: sketches.len() as f64, words, places, days }
    }

    /// Lists what was counted, each under a key that says what it is.
    pub fn counts(&self) -> impl Iterator<Item = (String, u32)> {
        let words = self.words.iter().map(|(word, &count)| (format!("w{word}"), count));
        let places = self.places.iter().map(|(place, &count)| (format!("p{place}"), count));
        let days = self.days.iter().map(|(day, &count)| (format!("d{day}"), count));
        words.chain(places).chain(days)
    }

    /// Sums counts of parts of a corpus of so many reports, each under the key that
    /// [`Rarity::counts`] gave it; what only one report has may be left out.
    pub fn of_counts<'c>(reports: u64, counts: impl Iterator<Item = (&'c str, u32)>) -> Self {
        let mut rarity = Self { reports: reports as f64, ..Self::default() };
        for (key, count) in counts {
            let Some((sort, name)) = key.split_at_checked(1) else { continue };
            match (sort, name.parse::<i64>()) {
                ("w", Ok(word)) => *rarity.words.entry(word as Word).or_default() += count,
                ("d", Ok(day)) => *rarity.days.entry(day as i32).or_default() += count,
                ("p", _) => *rarity.places.entry(name.to_owned()).or_default() += count,
                _ => {}
            }
        }
        rarity
    }

    /// Returns how many reports have a word; one that was not counted is in the one that asks.
    pub(super) fn reports_with(&self, word: Word) -> u32 {
        self.words.get(&word).copied().unwrap_or(1)
    }

    /// Returns how rare a word is, as a natural logarithm; zero if too many reports have it.
    pub(super) fn of_word(&self, word: Word) -> f64 {
        let prior = if word & 1 == 1 { ORDINARY } else { UNKNOWN };
        let share = (f64::from(self.reports_with(word)) + DOUBT * prior) / (self.reports + DOUBT);
        if share > COMMON { 0.0 } else { -share.ln() }
    }

    /// Returns how many times more reports tell of a day than in the corpus of the fit, as a
    /// natural logarithm; zero if not more.
    pub(super) fn crowd(&self, day: i32) -> f64 {
        let reports = f64::from(self.days.get(&day).copied().unwrap_or(0));
        (reports / FITTED_CROWD).max(1.0).ln()
    }

    /// Returns how rare a place is, as a natural logarithm.
    pub(super) fn of_place(&self, id: &str) -> f64 {
        let found = self.places.get(id).copied().unwrap_or(1);
        ((self.reports + DOUBT) / (f64::from(found) + DOUBT * UNKNOWN * 10.0)).ln()
    }
}
