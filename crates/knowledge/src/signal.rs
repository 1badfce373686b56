//! What speaks for two reports telling of one happening, and how much: `corroboration.tsv`.

use crate::tables::{TableError, Tables};
use crate::tsv::rows;

macro_rules! clues {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Something that speaks for or against two reports telling of one happening.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "corroboration.tsv says what each means")]
        pub enum Clue { $($variant),* }

        impl Clue {
            /// Every clue there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name used in the table.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

clues! {
    Any = "any",
    SameDay = "same-day",
    NextDay = "next-day",
    CrowdedDay = "crowded-day",
    DaysApart = "days-apart",
    WeekApart = "week-apart",
    LongApart = "long-apart",
    SameWeekday = "same-weekday",
    OtherWeekday = "other-weekday",
    SameMonthDay = "same-month-day",
    OtherMonthDay = "other-month-day",
    SamePlace = "same-place",
    NearPlace = "near-place",
    AroundPlace = "around-place",
    FarPlace = "far-place",
    SameMainPlace = "same-main-place",
    OtherMainPlace = "other-main-place",
    NoPlace = "no-place",
    SharedWords = "shared-words",
    RareWord = "rare-word",
    TwoRareWords = "two-rare-words",
    ManyRareWords = "many-rare-words",
    SharedNames = "shared-names",
    SameKind = "same-kind",
    OtherKind = "other-kind",
    OtherWeapon = "other-weapon",
    SameKilled = "same-killed",
    OtherKilled = "other-killed",
    SameInjured = "same-injured",
    OtherInjured = "other-injured",
    SameAgent = "same-agent",
    OtherAgent = "other-agent",
    Enough = "enough",
}

/// The weight of each clue, in logits.
#[derive(Clone, Debug)]
pub struct Clues([f64; Clue::ALL.len()]);

impl Default for Clues {
    fn default() -> Self {
        Self([0.0; Clue::ALL.len()])
    }
}

impl Clues {
    pub(crate) fn parse(tables: &Tables, errors: &mut Vec<TableError>) -> Self {
        let mut clues = Self::default();
        for (table, text) in tables.below("corroboration.tsv") {
            for row in rows(table, text, ["clue", "weight"], errors) {
                let [name, weight] = row.cells;
                let clue = Clue::ALL.iter().find(|clue| clue.as_str() == name);
                match (clue, weight.parse::<f64>()) {
                    (Some(&clue), Ok(weight)) if weight.is_finite() => {
                        clues.0[clue as usize] = weight;
                    }
                    (None, _) => errors.push(row.error(format!("unknown clue '{name}'"))),
                    _ => errors.push(row.error(format!("'{weight}' is no weight"))),
                }
            }
        }
        clues
    }

    /// Returns how much a clue speaks for two reports telling of one happening.
    pub fn weight(&self, clue: Clue) -> f64 {
        self.0[clue as usize]
    }
}
