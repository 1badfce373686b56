//! What the tables know, for the formats that ask.

use sijill::Knowledge;
use sijill::model::Place;
use sijill_export::{Party, Register};
use std::collections::BTreeMap;

/// Answers from the knowledge tables.
pub(super) struct Tables<'k> {
    knowledge: &'k Knowledge,
    places: BTreeMap<&'k str, &'k Place>,
}

impl<'k> Tables<'k> {
    /// Prepares to look ids up.
    pub(super) fn new(knowledge: &'k Knowledge) -> Self {
        let places = knowledge.gazetteer.iter().map(|place| (place.id.as_str(), place)).collect();
        Self { knowledge, places }
    }
}

impl Register for Tables<'_> {
    fn party(&self, id: &str) -> Option<Party> {
        let entities = &self.knowledge.entities;
        let entity = entities.get(entities.find(id)?);
        let is_source = entity.type_name == "source";
        Some(Party {
            kind: if is_source { &entity.role } else { &entity.type_name }.clone(),
            name: entity.names.first().cloned().unwrap_or_default(),
            name_en: entity.names_en.first().cloned(),
            country: entity.country.clone(),
            part_of: entity.part_of.clone(),
        })
    }

    fn named(&self, name: &str) -> Option<(String, Party)> {
        let entries = self.knowledge.lookup(name);
        let entry = entries.into_iter().find(|entry| ["actors", "sources"].contains(&entry.table));
        let id = entry?.id;
        let party = self.party(&id)?;
        Some((id, party))
    }

    fn place(&self, id: &str) -> Option<Place> {
        self.places.get(id).map(|&place| place.clone())
    }
}
