//! Whose "the army", "the government forces" and soldiers are that no name explains.

use sijill_knowledge::{EntityId, Name, PlaceId, WordId};

use super::back::is_ruling_party;
use super::{Finder, Mention, PlaceRef};

impl Finder<'_> {
    /// Says whose "the army" is that no name before or behind explains: that of the country which
    /// the parties and places of the report speak for.
    pub(super) fn settle_forces(&mut self) {
        if self.forces.is_empty() && self.soldiers.is_empty() {
            return;
        }
        let Some(country) = self.country() else { return };
        let entities = &self.words.knowledge.entities;
        for &(id, head) in &self.forces {
            if let Some(forces) = entities.forces_of(&country, head) {
                let mention = &mut self.found.all[id];
                (mention.entity, mention.people) = (Some(forces), None);
                (mention.anaphoric, mention.plural) = (true, false);
            }
        }
        let army = self.found.all.iter().filter_map(|m| m.entity).find(|&id| {
            let party = entities.get(id);
            party.type_name == "state-forces" && party.country.as_deref() == Some(&country)
        });
        for &id in &self.soldiers {
            let mention = &mut self.found.all[id];
            mention.entity = army;
            mention.anaphoric = army.is_some();
        }
    }

    /// Finds the country that most parties and places of the text belong to.
    pub(super) fn country(&self) -> Option<String> {
        let knowledge = self.words.knowledge;
        let party = |m: &Mention| {
            let entity = knowledge.entities.get(m.owner.or(m.entity)?);
            let war = is_ruling_party(entity) || entity.type_name == "armed-group";
            entity.country.as_deref().filter(|_| war)
        };
        let place = |m: &Mention| {
            let PlaceRef::Candidates(start, end) = m.place else { return None };
            let ids = &self.found.candidates[start as usize..end as usize];
            let country = |&id: &PlaceId| knowledge.gazetteer.get(id).country.as_deref();
            let first = ids.first().and_then(country)?;
            ids.iter().all(|id| country(id) == Some(first)).then_some(first)
        };
        let told = self.found.all.iter().filter_map(|m| party(m).or_else(|| place(m)));
        most_frequent(told).map(str::to_owned)
    }

    /// Finds the forces that a noun names in the country of most parties that the text names.
    pub(super) fn forces_of_parties(&self, head: WordId) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        let countries = self.words.names.iter().filter_map(|name| match name.name {
            Name::Entity { id, short: false } => {
                let entity = entities.get(id);
                let party = is_ruling_party(entity) || entity.type_name == "armed-group";
                entity.country.as_deref().filter(|_| party)
            }
            _ => None,
        });
        entities.forces_of(most_frequent(countries)?, head)
    }

    /// Tells whether the report names an armed group of the country of a party.
    pub(super) fn wages_war_at_home(&self, id: EntityId) -> bool {
        let entities = &self.words.knowledge.entities;
        let Some(country) = entities.get(id).country.as_deref() else { return false };
        self.words.names.iter().any(|name| match name.name {
            Name::Entity { id, short: false } => {
                let group = entities.get(id);
                group.type_name == "armed-group" && group.country.as_deref() == Some(country)
            }
            _ => false,
        })
    }
}

/// Finds the word that comes most often, if only one does.
fn most_frequent<'t>(words: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let mut votes: Vec<(&str, usize)> = Vec::new();
    for word in words {
        match votes.iter_mut().find(|(other, _)| *other == word) {
            Some((_, n)) => *n += 1,
            None => votes.push((word, 1)),
        }
    }
    let most = votes.iter().map(|&(_, n)| n).max()?;
    let mut first = votes.iter().filter(|&&(_, n)| n == most);
    let &(word, _) = first.next()?;
    first.next().is_none().then_some(word)
}
