//! People told of by other words: "others", "of them", "ten dead soldiers", "the mercenaries".

use sijill_knowledge::{EntityId, LemmaId, Name, NounClass, Phrase, Prep};
use sijill_text::TokenKind;
use sijill_text::clitic::Pronoun;
use sijill_text::letter::NOON;
use sijill_text::morph::{Gender, Number};

use super::super::words::Lex;
use super::{Finder, Mention, group_gender};

impl<'a> Finder<'a> {
    /// "Another raid", "other men": the word describes the noun before it and names nobody.
    pub(super) fn describes_others(&self, i: usize) -> bool {
        let Some(lex) = self.words.noun(i, |class| class == NounClass::Another) else {
            return false;
        };
        let plural = lex.form.number != Number::Singular && self.words.folded(i).ends_with(NOON);
        let before = i.checked_sub(1).filter(|_| !self.words.all[i].after_break);
        if lex.form.gender == Gender::Feminine && lex.form.number == Number::Singular {
            return true;
        }
        before.is_some_and(|before| {
            let verb = self.clauses.verb(self.words, before).is_some();
            let counted = self.found.at(before).is_some_and(|id| {
                let mention = self.found.get(id);
                mention.people.is_none() && mention.entity.is_none() && mention.amount.is_some()
            });
            let noun = self.words.lex(before).iter().any(|l| !l.is_finite());
            !verb && !counted && noun && (!plural || self.found.at(before).is_some())
        })
    }

    /// Takes over who the people are from those told of before: "five soldiers, and nine others".
    pub(super) fn share_people(&self, mention: &mut Mention, i: usize) {
        let Some(id) = self.people_before(i, true) else { return };
        let told = self.found.get(id);
        mention.people = told.people;
        mention.entity = told.entity;
        mention.gender = told.gender;
        mention.anaphoric = true;
    }
    /// "Six of them": the amount counts some of those told of before.
    pub(super) fn part_of_them(&self, mention: &mut Mention) {
        let next = mention.words.end;
        if next >= self.words.all.len() || self.words.all[next].after_break {
            return;
        }
        let of_them = self.words.phrases(next).iter().any(|p| {
            let from = p.phrase == Phrase::Preposition(Prep::From);
            let them = from && p.pronoun == Some(Pronoun::They);
            let among =
                p.phrase == Phrase::Preposition(Prep::Including) && p.end as usize == next + 1;
            (them || among) && p.proclitics.conjunction.is_none()
        });
        // "Ten, of them two children" counts a part behind the word.
        let behind = next + 1;
        let part = behind < self.words.all.len()
            && (self.amount_at[behind] > 0
                || self.words.noun(behind, NounClass::is_people).is_some());
        if of_them && !part {
            if let Some(id) = self.people_before(mention.words.start, false) {
                let told = self.found.get(id);
                mention.people = told.people.or(Some(NounClass::Combatant));
                mention.entity = told.entity;
                mention.anaphoric = true;
                mention.plural = true;
            }
            mention.words.end = next + 1;
        }
    }

    /// "The dozens", "the thousands", and nothing behind them: people.
    pub(super) fn so_many(&self, mention: &mut Mention, amount: usize) {
        let amount = &self.amounts[amount];
        let at = mention.words.start;
        let next = mention.words.end;
        let vague = amount.min != amount.max && mention.words.len() == 1;
        let definite = self.words.all[at].kind == TokenKind::Word && self.words.has_article(at);
        let of = self.words.all.get(next).is_some_and(|_| {
            self.words.phrases(next).iter().any(|p| p.phrase == Phrase::Preposition(Prep::From))
        });
        if vague && definite && !of && mention.people.is_none() && mention.entity.is_none() {
            mention.people = Some(NounClass::Human);
            mention.plural = true;
        }
    }

    /// Remembers whom a word that judges was used of: "the mercenaries of …".
    pub(super) fn note_label(&mut self, mention: &Mention) {
        let Some(entity) = mention.entity else { return };
        let lexicon = &self.words.knowledge.lexicon;
        let label = mention.words.clone().find_map(|i| {
            let readings = self.words.lex(i).iter();
            readings.map(|lex| lex.lemma).find(|&lemma| lexicon.lemma(lemma).label)
        });
        if let Some(lemma) = label {
            self.called.push((lemma, entity));
        }
    }

    /// Finds whom a word that judges means where it stands alone: whom the report used it of, or
    /// the only armed group it speaks of that is not the publisher's own.
    pub(super) fn labelled(&self, lemma: LemmaId) -> Option<EntityId> {
        let same = self.called.iter().rev().find(|(other, _)| *other == lemma);
        if let Some(&(_, entity)) = same.or_else(|| self.called.last()) {
            return Some(entity);
        }
        let entities = &self.words.knowledge.entities;
        let own =
            |e: EntityId| self.own.is_some_and(|own| own == e || entities.owner(e) == Some(own));
        let mut groups = self.words.names.iter().filter_map(|name| match name.name {
            Name::Entity { id, short: false } if !own(id) => Some(id),
            _ => None,
        });
        let armed = |&e: &EntityId| entities.get(e).type_name == "armed-group";
        let first = groups.by_ref().find(armed)?;
        let mut others = groups.filter(|e| armed(e) && *e != first);
        if others.clone().next().is_none() {
            return Some(first);
        }
        // Of several groups the one that goes by such a word: "the terrorist organisation …".
        let judged = |e: &EntityId| entities.is_judged(*e);
        let mut all = std::iter::once(first).chain(others.by_ref()).filter(judged);
        let one = all.next()?;
        all.all(|other| other == one).then_some(one)
    }

    /// "A rebel group": the word for fighters describes the noun before it.
    pub(super) fn describes_group(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).filter(|_| !self.words.all[i].after_break) else {
            return false;
        };
        self.describes_armed(i)
            && self.found.at(before).is_none()
            && self.words.noun(before, |class| class == NounClass::Group).is_some()
    }

    /// Tells whether a word for fighters stands in the feminine or singular, as an adjective would.
    pub(super) fn describes_armed(&self, i: usize) -> bool {
        if i >= self.words.all.len() {
            return false;
        }
        let fighters = |lex: &&Lex| {
            self.words.knowledge.lexicon.lemma(lex.lemma).noun == Some(NounClass::Combatant)
        };
        self.words.lex(i).iter().filter(fighters).any(|lex| {
            let front = lex.proclitics;
            let alone = front.conjunction.is_none() && front.preposition.is_none();
            let singular = lex.form.number == Number::Singular;
            let feminine = lex.form.gender == Gender::Feminine;
            alone && lex.pronoun.is_none() && (singular || feminine)
        })
    }

    /// Reads an armed group that bears no name: "two armed bands", "a rebel group".
    pub(super) fn armed_band(&mut self, noun: usize) -> Option<usize> {
        let lex = *self.words.noun(noun, |class| class == NounClass::Group)?;
        let next = noun + 1;
        let alone = lex.pronoun.is_none() && !lex.proclitics.article;
        if !alone
            || next >= self.words.all.len()
            || self.words.all[next].after_break
            || self.words.has_article(next)
            || !self.describes_armed(next)
        {
            return None;
        }
        let mut mention = self.blank(noun..next + 1, lex.proclitics);
        mention.people = Some(NounClass::Combatant);
        mention.gender = group_gender(&lex);
        mention.number = Number::Plural;
        self.push(mention);
        Some(next + 1)
    }
}
