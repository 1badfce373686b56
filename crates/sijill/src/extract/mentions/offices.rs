//! Offices and titles: whose they are, and who bears them.

use super::super::words::NameMatch;
use sijill_knowledge::{EntityId, EntityKind, Name};
use sijill_model::ClaimType;
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;

use super::people::nationality;
use super::{Finder, attached};

impl Finder<'_> {
    /// "The Turkish president Recep Tayyip Erdogan": reads the person whom a title introduces, and
    /// the state that the title names, which must be the person's own.
    pub(super) fn titled(&mut self, noun: usize) -> Option<(EntityId, Option<EntityId>, usize)> {
        let words = self.words;
        let entities = &words.knowledge.entities;
        let mut state = None;
        for at in noun + 1..words.all.len().min(noun + 6) {
            if words.all[at].after_break || words.all[at].kind == TokenKind::Sign {
                return None;
            }
            let names: Vec<NameMatch> =
                self.names_at(at).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
            if let Some(person) = self.entity_of(&names).filter(|&e| self.is_person(Some(e))) {
                let country = |e: EntityId| entities.get(e).country.as_deref();
                let own = country(person).or_else(|| entities.owner(person).and_then(country));
                let fits = state.is_none_or(|state| own.is_none() || own == country(state));
                return fits.then_some((person, state, names[0].end as usize));
            }
            let describes = words.has_article(at) && words.phrases(at).is_empty();
            if self.clauses.verb(words, at).is_some() || !describes {
                return None;
            }
            state = state.or(nationality(words, at));
        }
        None
    }

    /// "The deputy foreign minister of the Houthis": reads whose office it is at the end of the nouns
    /// behind it.
    pub(super) fn office_of(&mut self, noun: usize) -> Option<(EntityId, usize)> {
        let words = self.words;
        let mut definite = words.has_article(noun);
        for at in noun + 1..words.all.len().min(noun + 8) {
            let word = &words.all[at];
            if word.after_break || word.kind == TokenKind::Sign {
                return None;
            }
            let names: Vec<NameMatch> = self.names_at(at).to_vec();
            let place = names.iter().any(|n| matches!(n.name, Name::Place { .. }));
            let joined = names.iter().any(|n| n.proclitics.conjunction.is_some());
            let named = self.entity_of(&names).filter(|_| !place && !joined);
            if let Some(found) = named {
                let kind = words.knowledge.entities.get(found).kind;
                return (kind == EntityKind::Actor).then_some((found, names[0].end as usize));
            }
            if words.has_article(at)
                && let Some(state) = nationality(words, at)
            {
                return Some((state, at + 1));
            }
            let attached = words.lex(at).iter().any(|lex| lex.proclitics.preposition.is_some());
            let goes_on = !definite || words.has_article(at) || attached;
            let lex = words.lex(at);
            let known = lex.iter().any(|lex| !lex.is_finite()) || lex.is_empty() && !definite;
            let cut = lex.iter().any(|lex| lex.proclitics.conjunction.is_some())
                && lex.iter().all(|lex| lex.proclitics.conjunction.is_some());
            let given = words.cuts(at).iter().any(|c| words.knowledge.is_given_name(c.word));
            if !goes_on || !known || cut || given || !words.phrases(at).is_empty() {
                return None;
            }
            definite |= words.has_article(at);
        }
        None
    }

    /// "Fighters led by …": they are those of the party that leads them.
    pub(super) fn led_by(&mut self, at: usize) -> Option<EntityId> {
        let words = self.words;
        let frames = &words.knowledge.frames;
        let leads = words.all.get(at)?.kind == TokenKind::Word
            && words.lex(at).iter().any(|lex| {
                let beh = lex.proclitics.preposition == Some(Preposition::Beh);
                let mut rules = frames.evoked_by(lex.lemma).iter();
                beh && rules.any(|&rule| frames.rule(rule).claim_type == ClaimType::Leads)
            });
        let start = self.skip_quotes(at + 1);
        if !leads || words.all.get(start)?.after_break {
            return None;
        }
        let names: Vec<NameMatch> =
            self.names_at(start).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let owner = self.entity_of(&names)?;
        (words.knowledge.entities.get(owner).kind == EntityKind::Actor).then_some(owner)
    }

    pub(super) fn person_at(&mut self, at: usize) -> Option<(EntityId, usize)> {
        let mut at = at;
        for _ in 0..2 {
            at = self.skip_quotes(at);
            let word = self.words.all.get(at)?;
            if word.sign == '،' || word.sign == '»' {
                at += 1;
            }
        }
        if at >= self.words.all.len() {
            return None;
        }
        let names: Vec<NameMatch> =
            self.names_at(at).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let entity = self.entity_of(&names)?;
        self.is_person(Some(entity)).then(|| (entity, names[0].end as usize))
    }
}
