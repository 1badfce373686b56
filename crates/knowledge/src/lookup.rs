//! What the tables know of a name, for people.

use crate::trie::folded_name;
use crate::{EntityKind, Knowledge};

/// One row of a table that a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The table: actors, persons, sources, places, lexicon.
    pub table: &'static str,
    /// The row's id.
    pub id: String,
    /// Its names, the display form first.
    pub names: Vec<String>,
    /// What else the row says, as label and value.
    pub details: Vec<(String, String)>,
}

impl Knowledge {
    /// Finds every row with this id or name, in any spelling that folds to it.
    pub fn lookup(&self, name: &str) -> Vec<Entry> {
        let folded = folded_name(name);
        let mut entries = Vec::new();
        self.lookup_entities(name, &folded, &mut entries);
        self.lookup_places(name, &folded, &mut entries);
        self.lookup_words(name, &folded, &mut entries);
        entries
    }

    fn lookup_entities(&self, name: &str, folded: &str, entries: &mut Vec<Entry>) {
        for entity in self.entities.iter() {
            let names = entity.names.iter().chain(&entity.names_en);
            if entity.id != name && !names.clone().any(|n| folded_name(n) == folded) {
                continue;
            }
            let table = match entity.kind {
                EntityKind::Actor => "actors",
                EntityKind::Person => "persons",
                EntityKind::Source | EntityKind::Class => "sources",
            };
            let mut details = vec![("type".to_owned(), entity.type_name.clone())];
            if entity.role != entity.type_name {
                details.push(("role".to_owned(), entity.role.clone()));
            }
            details.extend(entity.part_of.clone().map(|owner| ("part of".to_owned(), owner)));
            details.extend(entity.country.clone().map(|code| ("country".to_owned(), code)));
            let names = names.cloned().collect();
            entries.push(Entry { table, id: entity.id.clone(), names, details });
        }
    }

    fn lookup_places(&self, name: &str, folded: &str, entries: &mut Vec<Entry>) {
        let mut ids: Vec<u32> = self.named_places(folded);
        ids.extend((0..).zip(self.gazetteer.iter()).filter_map(|(i, place)| {
            let english = place.name_en.as_ref().is_some_and(|n| folded_name(n) == folded);
            (place.id == name || english).then_some(i)
        }));
        ids.sort_unstable();
        ids.dedup();
        ids.sort_by_key(|&id| std::cmp::Reverse(self.gazetteer.get(id).population));
        for id in ids {
            let place = self.gazetteer.get(id);
            let mut details = vec![
                ("kind".to_owned(), place.kind.as_str().to_owned()),
                ("point".to_owned(), format!("{}, {}", place.lat, place.lon)),
            ];
            if let Some(parent) = self.gazetteer.parent(id) {
                details.push(("in".to_owned(), self.gazetteer.get(parent).name.to_string()));
            }
            let country = place.country.as_ref();
            details.extend(country.map(|code| ("country".to_owned(), code.to_string())));
            if place.population > 0 {
                details.push(("population".to_owned(), place.population.to_string()));
            }
            let names = std::iter::once(&place.name).chain(&place.name_en);
            let names = names.map(|name| name.to_string()).collect();
            entries.push(Entry { table: "places", id: place.id.to_string(), names, details });
        }
    }

    pub(crate) fn named_places(&self, folded: &str) -> Vec<u32> {
        let mut node = 0;
        for word in folded.split(' ') {
            let next = crate::trie::whole_key(word, &self.vocabulary)
                .and_then(|key| self.names.step(node, key));
            match next {
                Some(next) => node = next.node,
                None => return Vec::new(),
            }
        }
        let places = self.names.values(node).iter().filter_map(|value| match value {
            crate::Name::Place { id, .. } => Some(*id),
            _ => None,
        });
        places.collect()
    }

    fn lookup_words(&self, name: &str, folded: &str, entries: &mut Vec<Entry>) {
        let mut lemmas: Vec<u32> = self
            .vocabulary
            .get(folded)
            .map(|word| self.lexicon.readings(word).iter().map(|r| r.lemma).collect())
            .unwrap_or_default();
        lemmas.extend(self.lexicon.find(name));
        lemmas.sort_unstable();
        lemmas.dedup();
        for id in lemmas {
            let lemma = self.lexicon.lemma(id);
            let mut details = vec![("means".to_owned(), lemma.gloss.clone())];
            if let Some(class) = lemma.noun {
                details.push(("class".to_owned(), format!("{class:?}").to_lowercase()));
            }
            for &rule in self.frames.evoked_by(id) {
                details.push(("evokes".to_owned(), self.frames.rule(rule).id.clone()));
            }
            let names = vec![lemma.id.clone()];
            entries.push(Entry { table: "lexicon", id: lemma.id.clone(), names, details });
        }
    }
}
