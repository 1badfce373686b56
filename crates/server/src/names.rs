//! What ids are called, in Arabic and English.

use serde::Serialize;
use sijill::Knowledge;
use sijill::search::Indexer;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// What an id is called.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Name {
    /// In Arabic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ar: Option<String>,
    /// In English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) en: Option<String>,
    /// What it is: `place`, `source`, `person`, or the type of an actor.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) name_type: Option<String>,
}

/// The names of the ids that an answer holds.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
#[serde(transparent)]
pub(crate) struct Names(BTreeMap<String, Name>);

impl Names {
    /// Adds other names.
    pub(crate) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

/// The knowledge, with its places by id.
pub(crate) struct Library {
    pub(crate) knowledge: &'static Knowledge,
    pub(crate) indexer: Indexer<'static>,
    /// The numbers of places in the order of their ids.
    places: Vec<u32>,
}

impl Library {
    pub(crate) fn new(knowledge: &'static Knowledge) -> Self {
        let count = u32::try_from(knowledge.gazetteer.iter().count()).unwrap_or(u32::MAX);
        let mut places: Vec<u32> = (0..count).collect();
        places.sort_by(|&a, &b| knowledge.gazetteer.get(a).id.cmp(&knowledge.gazetteer.get(b).id));
        Self { knowledge, indexer: Indexer::new(knowledge), places }
    }

    /// Returns the number of a place.
    pub(crate) fn place(&self, id: &str) -> Option<u32> {
        let gazetteer = &self.knowledge.gazetteer;
        let at = self.places.binary_search_by(|&no| (*gazetteer.get(no).id).cmp(id)).ok()?;
        Some(self.places[at])
    }

    /// Returns what an id is called, if it is known.
    pub(crate) fn name(&self, id: &str) -> Option<Name> {
        if let Some(entity) = self.knowledge.entities.find(id) {
            let entity = self.knowledge.entities.get(entity);
            return Some(Name {
                ar: entity.names.first().cloned(),
                en: entity.names_en.first().cloned(),
                name_type: Some(entity.type_name.clone()),
            });
        }
        let place = self.knowledge.gazetteer.get(self.place(id)?);
        Some(Name {
            ar: Some(place.name.to_string()),
            en: place.name_en.as_deref().map(str::to_owned),
            name_type: Some("place".to_owned()),
        })
    }

    /// Names the ids that are known.
    pub(crate) fn names<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Names {
        let mut names = BTreeMap::new();
        for id in ids {
            if !names.contains_key(id)
                && let Some(name) = self.name(id)
            {
                names.insert(id.to_owned(), name);
            }
        }
        Names(names)
    }
}
