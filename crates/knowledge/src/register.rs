//! Words by the sort of sentence they stand in: `registers.tsv`.

use crate::tables::{TableError, Tables};
use crate::trie::folded_name;
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;

/// A sort of sentence that a word is typical of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Register {
    /// Speaks in general: or, if, any, some.
    General = 1,
    /// Speaks of offices and talks.
    Politics = 2,
    /// Tells an incident as a police report does.
    Incident = 4,
    /// Opens one of several items: "also", "elsewhere".
    Roundup = 8,
    /// Tells what had been before.
    Past = 16,
    /// Speaks of sport.
    Sport = 32,
    /// Speaks of shares, banks and trade.
    Market = 64,
}

impl Register {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "general" => Self::General,
            "politics" => Self::Politics,
            "incident" => Self::Incident,
            "roundup" => Self::Roundup,
            "past" => Self::Past,
            "sport" => Self::Sport,
            "market" => Self::Market,
            _ => return None,
        })
    }
}

/// A set of registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Registers(u8);

impl Registers {
    /// Tells whether a register is among them.
    pub fn has(self, register: Register) -> bool {
        self.0 & register as u8 != 0
    }

    /// Adds those of another set.
    pub fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The registers of every word that has one.
#[derive(Clone, Debug, Default)]
pub(crate) struct RegisterTable {
    by_word: FxHashMap<WordId, Registers>,
}

impl RegisterTable {
    pub(crate) fn parse(
        tables: &Tables,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut found = Self::default();
        for (table, text) in tables.below("registers.tsv") {
            for row in rows(table, text, ["word", "register"], errors) {
                let [word, name] = row.cells;
                match Register::parse(name) {
                    Some(register) => {
                        let word = vocabulary.intern(&folded_name(word));
                        found.by_word.entry(word).or_default().0 |= register as u8;
                    }
                    None => errors.push(
                        row.error(format!("unknown register '{name}'"))
                            .hint("general, politics, incident, roundup, past, sport or market"),
                    ),
                }
            }
        }
        found
    }

    pub(crate) fn get(&self, word: WordId) -> Registers {
        self.by_word.get(&word).copied().unwrap_or_default()
    }
}
