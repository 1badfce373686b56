//! Which parties, persons, sources and places a name stands for.

use super::Indexer;
use crate::corroborate::speaks_for;
use sijill_knowledge::trie::{folded_name, whole_key};
use sijill_knowledge::{Entity, Hints, Knowledge, Name, PlaceId};
use sijill_text::skeleton::skeleton;

/// Names that are made of more words than this are not looked for.
const LONGEST: usize = 6;

/// Skeletons of fewer consonants are shared by names that do not sound alike.
const TELLING: usize = 3;

impl Indexer<'_> {
    /// Lists the ids of the parties, persons and sources of a name, or the id itself.
    pub fn actors(&self, name: &str) -> Vec<String> {
        let entities = &self.knowledge.entities;
        if entities.find(name).is_some() {
            return vec![name.to_owned()];
        }
        let folded = folded_name(name);
        let mut ids: Vec<String> =
            entities.named(&folded).into_iter().map(|entity| entity.id.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Lists the ids of those whose word is that of a party or source: itself, its offices, and who
    /// speaks for it.
    pub fn voices_of(&self, id: &str) -> Vec<String> {
        let entities = &self.knowledge.entities;
        let Some(owner) = entities.find(id) else { return vec![id.to_owned()] };
        let speaks = |voice: &&Entity| {
            let voice = entities.find(&voice.id);
            voice.is_some_and(|voice| voice == owner || speaks_for(voice, self.knowledge) == owner)
        };
        entities.iter().filter(speaks).map(|voice| voice.id.clone()).collect()
    }

    /// Lists the ids of the places of a name, in either script, or the id itself.
    pub fn places(&self, name: &str) -> Vec<String> {
        let gazetteer = &self.knowledge.gazetteer;
        let ids = match self.places.get(name) {
            Some(&id) => vec![id],
            None => place_ids(self.knowledge, name),
        };
        ids.into_iter().map(|id| gazetteer.get(id).id.to_string()).collect()
    }

    /// Tells whether the place `inner` is `outer` or lies in it.
    pub fn is_within(&self, outer: &str, inner: &str) -> bool {
        outer == inner
            || match (self.places.get(outer), self.places.get(inner)) {
                (Some(&outer), Some(&inner)) => self.knowledge.gazetteer.contains(outer, inner),
                _ => false,
            }
    }

    /// Returns the display name of an id, and the English one.
    pub fn name_of(&self, id: &str) -> Option<(&str, Option<&str>)> {
        let entities = &self.knowledge.entities;
        if let Some(found) = entities.find(id) {
            let entity = entities.get(found);
            return Some((entity.names.first()?, entity.names_en.first().map(String::as_str)));
        }
        let place = self.knowledge.gazetteer.get(*self.places.get(id)?);
        Some((&place.name, place.name_en.as_deref()))
    }

    /// Finds the longest name that these words begin with: how many words it has, and its ids.
    pub(super) fn longest(&self, words: &[&str]) -> Option<(usize, Vec<String>)> {
        (1..=words.len().min(LONGEST)).rev().find_map(|length| {
            let words = &words[..length];
            let ids = if words.iter().all(|word| word.is_ascii()) {
                let name = words.join(" ");
                let mut ids = self.actors(&name.to_lowercase());
                let places = place_ids(self.knowledge, &name);
                ids.extend(
                    places.into_iter().map(|id| self.knowledge.gazetteer.get(id).id.to_string()),
                );
                ids
            } else {
                self.arabic(words)
            };
            (!ids.is_empty()).then_some((length, ids))
        })
    }

    /// Follows words through the names of the tables.
    fn arabic(&self, words: &[&str]) -> Vec<String> {
        let names = &self.knowledge.names;
        let mut node = 0;
        for word in words.iter().flat_map(|word| word.split(' ')) {
            let key = whole_key(word, &self.knowledge.vocabulary);
            match key.and_then(|key| names.step(node, key)) {
                Some(next) => node = next.node,
                None => return Vec::new(),
            }
        }
        let mut ids: Vec<String> = names
            .values(node)
            .iter()
            .filter_map(|name| match *name {
                Name::Entity { id, .. } => Some(self.knowledge.entities.get(id).id.clone()),
                Name::Place { id, .. } => Some(self.knowledge.gazetteer.get(id).id.to_string()),
                Name::Phrase(_) => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Lists the places of a name: those spelled so, with their namesakes; if there are none, those
/// that sound like it.
fn place_ids(knowledge: &Knowledge, name: &str) -> Vec<PlaceId> {
    let bearers = knowledge.places_named(name, Hints::default());
    let gazetteer = &knowledge.gazetteer;
    let wanted = loose(name);
    let is_so = |id: PlaceId| {
        let place = gazetteer.get(id);
        loose(&place.name) == wanted || place.name_en.as_deref().is_some_and(|n| loose(n) == wanted)
    };
    let mut ids: Vec<PlaceId> = bearers.iter().map(|bearer| bearer.id).collect();
    let spelled: Vec<String> = ids
        .iter()
        .filter(|&&id| is_so(id))
        .map(|&id| folded_name(&gazetteer.get(id).name))
        .collect();
    if !spelled.is_empty() {
        ids.retain(|&id| spelled.contains(&folded_name(&gazetteer.get(id).name)));
    } else if !name.is_ascii() {
        // Another name of theirs is spelled so.
        let says = |reason: &String| reason == "bears this name";
        let named: Vec<PlaceId> = bearers
            .iter()
            .filter(|bearer| bearer.reasons.iter().any(says))
            .map(|bearer| bearer.id)
            .collect();
        ids = named;
    } else if skeleton(&folded_name(name)).len() < TELLING {
        ids.clear();
    }
    ids.sort_unstable();
    ids
}

/// Spells a name without what differs from one transcription to the next: the article, doubled
/// letters, signs and a final heh.
fn loose(name: &str) -> String {
    const ARTICLES: [&str; 9] = ["al", "ar", "as", "ash", "at", "az", "an", "ad", "el"];
    let folded = folded_name(name).replace('-', " ");
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(' ').filter(|word| !ARTICLES.contains(word)) {
        let word = word.strip_suffix('h').unwrap_or(word);
        let mut last = None;
        for c in word.chars().filter(|c| c.is_alphanumeric()) {
            if last != Some(c) {
                out.push(c);
            }
            last = Some(c);
        }
    }
    out
}
