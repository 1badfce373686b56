//! What knowledge lends to exports and to viewers: the names of ids, and what is private.

use sijill::Knowledge;
use sijill::model::{Claim, Document, Mention, Place};
use sijill::privacy::{Guard, Sort};
use sijill_export::{Party, Reason, Register, Report, Tally, Withheld};
use std::collections::BTreeMap;

/// Finds in a report what must not be published.
pub fn private(
    document: &Document,
    mentions: &[Mention],
    claims: &[Claim],
    guard: &Guard<'_>,
) -> Vec<Withheld> {
    let found = guard.private(document, mentions, claims).into_iter();
    let withheld = found.map(|private| Withheld {
        field: private.field,
        span: private.span,
        reason: match private.sort {
            Sort::Person => Reason::PrivatePerson,
            Sort::Site => Reason::ProtectedPlace,
            Sort::Coordinates => Reason::Coordinates,
        },
    });
    withheld.collect()
}

/// Masks in a report what must not be published.
pub fn withhold(report: Report, guard: &Guard<'_>) -> (Report, Tally) {
    let spans = private(&report.document, &report.mentions, &report.claims, guard);
    report.withhold(&spans)
}

/// Answers from the knowledge tables.
pub struct Tables<'k> {
    knowledge: &'k Knowledge,
    places: BTreeMap<&'k str, &'k Place>,
}

impl<'k> Tables<'k> {
    /// Prepares to look ids up.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let places = knowledge.gazetteer.iter().map(|place| (&*place.id, place)).collect();
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
