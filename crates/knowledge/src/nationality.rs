//! Adjectives of relation that stand for a party: `nationalities.tsv`.

use crate::entity::{Entities, EntityId};
use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;
use sijill_text::fold;
use sijill_text::morph::{self, NounEntry};

/// "Russian" in "a Russian raid" tells who flew it.
#[derive(Clone, Debug, Default)]
pub struct Nationalities {
    by_word: FxHashMap<WordId, EntityId>,
}

impl Nationalities {
    pub(crate) fn parse(
        tables: &Tables,
        entities: &Entities,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut found = Self::default();
        for (table, text) in tables.below("nationalities.tsv") {
            for row in rows(table, text, ["adjective", "plurals", "actor"], errors) {
                let [singular, plurals, actor] = row.cells;
                let Some(entity) = entities.find(actor) else {
                    errors.push(row.error(format!("no actor '{actor}'")).hint("see actors.tsv"));
                    continue;
                };
                let entry = NounEntry { singular, plurals, gender: "m", adjective: true };
                morph::noun_forms(&entry, &mut |spelling, _| {
                    found.by_word.insert(vocabulary.intern(&fold::folded(spelling)), entity);
                });
            }
        }
        found
    }

    /// Returns the party that an adjective stands for.
    pub fn get(&self, word: WordId) -> Option<EntityId> {
        self.by_word.get(&word).copied()
    }
}
