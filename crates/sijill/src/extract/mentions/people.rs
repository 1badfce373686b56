//! Nouns for people and groups, their number and what they belong to.

use super::super::words::{Lex, NameMatch, Words};
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass, Phrase, Prep};
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::letter::NOON;
use sijill_text::morph::{Number, Pos};
use sijill_text::numeral::Unit;

use super::{Finder, Mention, PlaceRef, attached, group_gender};

impl<'a> Finder<'a> {
    /// Reads a noun for people or a group, with its number and what it belongs to.
    pub(super) fn people_phrase(&mut self, i: usize) -> Option<usize> {
        let (amount, noun) = self.counted_noun(i)?;
        if amount.is_none() && self.names_at(noun).iter().any(|n| n.end as usize > noun + 1) {
            return None;
        }
        if amount.is_none()
            && self
                .names_at(noun)
                .iter()
                .any(|n| matches!(n.name, Name::Entity { short: false, .. }))
        {
            return None;
        }
        if amount.is_some()
            && let Some(end) = self.counted_party(i, noun, amount)
        {
            return Some(end);
        }
        if amount.is_none() && self.is_adjective_here(noun) {
            return None;
        }
        let names = self.names_at(noun);
        if amount.is_none() && self.place_of(noun, names) != PlaceRef::None {
            // A town whose name is also a word for people.
            return None;
        }
        let is_group = |class: NounClass| class.is_people() || class == NounClass::Group;
        let lex = *self.words.noun(noun, is_group)?;
        let class = self.words.knowledge.lexicon.lemma(lex.lemma).noun?;
        let front = if amount.is_some() { self.front_of(i) } else { lex.proclitics };
        let mut mention = self.blank(i..noun + 1, front);
        mention.span = self.words.span(noun..noun + 1);
        mention.people = (class != NounClass::Group).then_some(class);
        mention.amount = amount;
        mention.number = lex.form.number;
        mention.gender = lex.form.gender;
        mention.plural = class != NounClass::Group && lex.form.number != Number::Singular;
        if class == NounClass::Group {
            mention.gender = group_gender(&lex);
        }
        mention.definite = lex.proclitics.article || lex.pronoun.is_some();
        if amount.is_none()
            && let Some(after) = self.amount_after(noun)
        {
            mention.amount = Some(after);
            mention.words.end = noun + 2;
        }
        let end = self.belonging(&mut mention, noun, &lex, class);
        if class == NounClass::Combatant && mention.entity.is_none() && lex.proclitics.article {
            mention.entity = self.only_armed_group();
            mention.anaphoric = mention.entity.is_some();
        }
        if class == NounClass::Group && mention.entity.is_none() && !mention.speaker {
            if !lex.proclitics.article {
                return None;
            }
            mention.entity = self.definite_group(noun);
            mention.anaphoric = mention.entity.is_some();
            mention.entity?;
        }
        mention.words.end = mention.words.end.max(end);
        let end = mention.words.end;
        self.push(mention);
        Some(end)
    }

    /// Reads "17 of the forces of …": an amount and the party whose members it counts.
    pub(super) fn counted_party(
        &mut self,
        i: usize,
        noun: usize,
        amount: Option<usize>,
    ) -> Option<usize> {
        let names: Vec<NameMatch> =
            self.names_at(noun).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let entity = self.entity_of(&names)?;
        if self.words.knowledge.entities.get(entity).kind != EntityKind::Actor {
            return None;
        }
        let end = names[0].end as usize;
        let mut mention = self.blank(i..end, self.front_of(i));
        mention.span = self.words.span(noun..end);
        self.set_entity(&mut mention, Some(entity));
        mention.people = mention.people.or(Some(NounClass::Combatant));
        mention.amount = amount;
        mention.plural = true;
        self.push(mention);
        Some(end)
    }

    /// Tells whether a word that may be an adjective or a noun for people describes the noun before.
    pub(super) fn is_adjective_here(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let words = self.words;
        if self.clauses.verb(words, before).is_some() {
            return false;
        }
        let plain = |i: usize, article: bool| {
            words
                .lex(i)
                .iter()
                .any(|lex| lex.proclitics.article == article && lex.form.pos != Pos::Verb)
        };
        let adjective = words.lex(i).iter().find(|lex| {
            words.knowledge.lexicon.lemma(lex.lemma).noun == Some(NounClass::Adjective)
                && lex.proclitics.preposition.is_none()
                && lex.proclitics.conjunction.is_none()
        });
        adjective.is_some_and(|lex| {
            let nominal = words.noun(before, |_| true).is_some()
                || words.lex(before).iter().any(|l| l.form.pos == Pos::Masdar);
            // A plural of persons describes a plural of persons only.
            let persons = |l: &Lex| {
                let class = words.knowledge.lexicon.lemma(l.lemma).noun;
                l.form.number != Number::Singular && class.is_some_and(NounClass::is_people)
            };
            let plural = lex.form.number != Number::Singular && words.folded(i).ends_with(NOON);
            let happening = words.lex(before).iter().any(|l| l.form.pos == Pos::Masdar);
            let mismatch = plural && (happening || !words.lex(before).iter().any(persons));
            nominal
                && !mismatch
                && plain(before, lex.proclitics.article)
                && !words.all[i].after_break
        })
    }

    /// Finds the noun that an amount at `i` counts, or the noun at `i` itself.
    pub(super) fn counted_noun(&self, i: usize) -> Option<(Option<usize>, usize)> {
        let amount = self.amount_at[i];
        if amount == 0 {
            return Some((None, i));
        }
        let amount = amount as usize - 1;
        if self.amounts[amount].unit != Unit::Plain {
            return None;
        }
        let mut noun = self.words.of_tokens(&self.amounts[amount].tokens).end;
        let of = self.words.phrases(noun.min(self.words.all.len().saturating_sub(1)));
        if of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From) && p.pronoun.is_none()) {
            noun += 1;
        }
        let is_people = |class: NounClass| class.is_people() || class == NounClass::Group;
        let party = self.names_at(noun).iter().any(|n| matches!(n.name, Name::Entity { .. }));
        let civilian = self.names_at(noun).iter().any(|n| match n.name {
            Name::Entity { id, .. } => {
                let members = n.end == n.start + 1 && self.words.folded(noun).ends_with(NOON);
                members || self.words.knowledge.entities.get(id).type_name == "civilian"
            }
            _ => false,
        });
        if civilian {
            return Some((Some(amount), noun));
        }
        if party && of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From)) {
            return Some((Some(amount), noun));
        }
        (noun < self.words.all.len() && self.words.noun(noun, is_people).is_some())
            .then_some((Some(amount), noun))
    }

    pub(super) fn amount_after(&self, noun: usize) -> Option<usize> {
        let amount = *self.amount_at.get(noun + 1)?;
        let article = self.words.cuts(noun + 1).iter().any(|c| c.cut.proclitics.article);
        (amount > 0 && article).then(|| amount as usize - 1)
    }

    /// Reads what people or a group belong to; returns the end of the phrase.
    pub(super) fn belonging(
        &mut self,
        mention: &mut Mention,
        noun: usize,
        lex: &Lex,
        class: NounClass,
    ) -> usize {
        let mut end = mention.words.end;
        if let Some(pronoun) = lex.pronoun {
            mention.speaker = matches!(pronoun, Pronoun::We | Pronoun::I);
            if class != NounClass::Civilian
                && matches!(pronoun, Pronoun::He | Pronoun::She | Pronoun::They)
            {
                let owner = self.pronoun_entity(noun, pronoun);
                self.set_belonging(mention, owner, class);
                mention.anaphoric = true;
            }
            return end;
        }
        // Adjectives may stand between: "local fighters of …".
        let mut at = end;
        while at < self.words.all.len() && at < end + 3 && self.is_adjective(at) {
            at += 1;
        }
        let mut annexed = at == noun + 1 && !lex.proclitics.article;
        for phrase in self.words.phrases(at.min(self.words.all.len().saturating_sub(1))) {
            let of =
                matches!(phrase.phrase, Phrase::Preposition(Prep::From | Prep::For | Prep::In));
            if of
                && phrase.pronoun.is_none()
                && phrase.proclitics.conjunction.is_none()
                && at < self.words.all.len()
            {
                at = phrase.end as usize;
                annexed = true;
                break;
            }
        }
        let start = self.skip_quotes(at);
        if start >= self.words.all.len() || self.words.all[start].after_break {
            return end;
        }
        if end < at || start == end {
            // "American soldiers": the adjective tells whose they are.
            let told =
                (end..(at + 1).min(end + 2)).find_map(|i| Some((i, nationality(self.words, i)?)));
            if let Some((i, state)) = told
                && class != NounClass::Civilian
            {
                self.set_belonging(mention, Some(state), class);
                return i + 1;
            }
        }
        // A chain of people nouns: "fighters of the members of …" is rare, "leader of organisation" common.
        let names = self.names_at(start);
        let with_lam = |n: &&NameMatch| {
            n.proclitics.conjunction.is_none()
                && (n.proclitics.preposition.is_none() && annexed
                    || n.proclitics.preposition == Some(Preposition::Lam))
        };
        let names: Vec<NameMatch> = names.iter().filter(with_lam).copied().collect();
        let owner = self.entity_of(&names);
        if let Some(owner) = owner {
            let kind = self.words.knowledge.entities.get(owner).kind;
            let class_of_people = self.words.knowledge.entities.get(owner).type_name == "civilian";
            if kind == EntityKind::Person && class != NounClass::Official || class_of_people {
                return end;
            }
            end = names[0].end as usize;
            self.set_belonging(mention, Some(owner), class);
            if let Some(person) = self.person_at(end) {
                mention.owner = mention.entity;
                self.set_entity(mention, Some(person.0));
                end = person.1;
            }
            return end;
        }
        if annexed && let Some(found) = self.group_at(start) {
            self.set_belonging(mention, Some(found), class);
            return start + 1;
        }
        end
    }

    /// Finds a bare definite group at a word: "fighters of the organisation".
    pub(super) fn group_at(&self, i: usize) -> Option<EntityId> {
        let lex = self.words.noun(i, |class| class == NounClass::Group)?;
        lex.proclitics.article.then(|| self.definite_group(i)).flatten()
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

    pub(super) fn set_belonging(
        &mut self,
        mention: &mut Mention,
        owner: Option<EntityId>,
        class: NounClass,
    ) {
        if class == NounClass::Civilian {
            return;
        }
        mention.entity = owner;
        if class == NounClass::Official {
            mention.owner = owner;
        }
        if let Some(owner) = owner
            && !self.seen.contains(&owner)
        {
            self.seen.push(owner);
        }
    }

    pub(super) fn is_adjective(&self, i: usize) -> bool {
        self.words.noun(i, |class| class == NounClass::Adjective).is_some()
            && self.words.phrases(i).is_empty()
            && !self.words.all[i].after_break
    }
}

/// Finds the party that an adjective at a word stands for.
pub(crate) fn nationality(words: &Words<'_>, i: usize) -> Option<EntityId> {
    let plain = |p: Proclitics| p.conjunction.is_none() && p.preposition.is_none() && !p.future;
    if words.all.get(i)?.after_break {
        return None;
    }
    words
        .cuts(i)
        .iter()
        .filter(|c| plain(c.cut.proclitics) && c.cut.pronoun.is_none())
        .find_map(|c| words.knowledge.nationalities.get(c.word))
}
