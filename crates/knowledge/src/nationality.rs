//! Adjectives of relation that stand for a party or a country: `nationalities.tsv`.

use crate::entity::{Entities, EntityId};
use crate::place::{Gazetteer, PlaceId};
use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;
use sijill_text::fold;
use sijill_text::morph::{self, NounEntry};

/// "Russian" in "a Russian raid" tells who flew it; "Syrian" in "the Syrian town of" where it lies.
#[derive(Clone, Debug, Default)]
pub struct Nationalities {
    parties: FxHashMap<WordId, EntityId>,
    countries: FxHashMap<WordId, PlaceId>,
}

impl Nationalities {
    pub(crate) fn parse(
        tables: &Tables,
        entities: &Entities,
        gazetteer: &Gazetteer,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut found = Self::default();
        for (table, text) in tables.below("nationalities.tsv") {
            for row in rows(table, text, ["adjective", "plurals", "actor", "country"], errors) {
                let [singular, plurals, actor, code] = row.cells;
                let entity = entities.find(actor);
                if entity.is_none() && !actor.is_empty() {
                    errors.push(row.error(format!("no actor '{actor}'")).hint("see actors.tsv"));
                }
                let country = gazetteer.country(code);
                if country.is_none() && !code.is_empty() {
                    let hint = "a code of two letters (ISO 3166-1), of which places hold a country";
                    errors.push(row.error(format!("no country '{code}'")).hint(hint));
                }
                let entry = NounEntry { singular, plurals, gender: "m", adjective: true };
                morph::noun_forms(&entry, &mut |spelling, _| {
                    let word = vocabulary.intern(&fold::folded(spelling));
                    found.parties.extend(entity.map(|entity| (word, entity)));
                    found.countries.extend(country.map(|country| (word, country)));
                });
            }
        }
        found
    }

    /// Returns the party that an adjective stands for.
    pub fn get(&self, word: WordId) -> Option<EntityId> {
        self.parties.get(&word).copied()
    }

    /// Returns the country that an adjective says something is of.
    pub fn country(&self, word: WordId) -> Option<PlaceId> {
        self.countries.get(&word).copied()
    }
}
