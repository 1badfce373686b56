//! What people, a force or its aircraft belong to.

use super::super::words::{Lex, NameMatch};
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass, Phrase, Prep, VerbClass};
use sijill_model::ClaimType;
use sijill_text::clitic::{Preposition, Proclitics, Pronoun};
use sijill_text::morph::{Gender, Number, Pos};

use super::people::nationality;
use super::{Finder, Mention};

impl<'a> Finder<'a> {
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
                let owner = self
                    .reporting_party(noun, pronoun)
                    .or_else(|| self.pronoun_entity(noun, pronoun));
                self.set_belonging(mention, owner, class);
                mention.anaphoric = true;
            }
            return end;
        }
        if class == NounClass::Official
            && let Some((person, state, end)) = self.titled(noun)
        {
            self.set_belonging(mention, state, class);
            self.set_entity(mention, Some(person));
            return end;
        }
        if let Some(end) = self.described(mention, end, end, class) {
            return end;
        }
        // Adjectives may stand between: "local fighters of …".
        let mut at = end;
        while at < self.words.all.len() && at < end + 3 {
            let mut phrases = self.words.phrases(at).iter();
            match phrases.find(|p| p.phrase == Phrase::Epithet) {
                Some(epithet) => (end, at) = (epithet.end as usize, epithet.end as usize),
                None if self.is_plain_adjective(at)
                    || self.describes_others(at)
                    || class.is_body() && self.joins_party(at) =>
                {
                    at += 1;
                }
                None => break,
            }
        }
        let mut annexed = at == noun + 1 && !lex.proclitics.article;
        let mut inside = false;
        for phrase in self.words.phrases(at.min(self.words.all.len().saturating_sub(1))) {
            let of =
                matches!(phrase.phrase, Phrase::Preposition(Prep::From | Prep::For | Prep::In));
            let staying = phrase.phrase == Phrase::Preposition(Prep::In);
            // "A sniper belonging to them".
            if at > noun + 1
                && phrase.phrase == Phrase::Preposition(Prep::For)
                && let Some(pronoun @ (Pronoun::He | Pronoun::She | Pronoun::They)) = phrase.pronoun
                && class != NounClass::Civilian
                && let Some(owner) = self.pronoun_entity(noun, pronoun)
            {
                self.set_belonging(mention, Some(owner), class);
                mention.anaphoric = true;
                return phrase.end as usize;
            }
            if of
                && !(staying && class == NounClass::Platform)
                && phrase.pronoun.is_none()
                && phrase.proclitics.conjunction.is_none()
                && at < self.words.all.len()
            {
                at = phrase.end as usize;
                annexed = true;
                inside = staying;
                break;
            }
        }
        let start = self.skip_quotes(at);
        if start >= self.words.all.len() || self.words.all[start].after_break {
            return end;
        }
        if end < start
            && let Some(end) = self.described(mention, start, end, class)
        {
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
        if inside && names.iter().any(|n| matches!(n.name, Name::Place { .. })) {
            // "A guard in Jordan" is not Jordan's.
            return end;
        }
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
            if noun + 1 < start && class.is_body() && self.is_said_of(noun, lex) {
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
        // "Forces loyal to the president …": the party of the person behind the title.
        let title = self.words.noun(start, |class| class == NounClass::Official);
        let to = title.is_some_and(|lex| lex.proclitics.preposition == Some(Preposition::Lam));
        if to
            && class != NounClass::Official
            && let Some((person, _, end)) = self.titled(start)
        {
            let owner = self.words.knowledge.entities.owner(person).unwrap_or(person);
            self.set_belonging(mention, Some(owner), class);
            return end;
        }
        if annexed && self.names_unit(start) {
            // "Fighters of the brigade 12": they are called by it.
            let end = self.unit_end(start);
            mention.span = self.words.span(start..end);
            mention.people = Some(NounClass::Combatant);
            mention.plural = true;
            return end;
        }
        let lam = self.words.lex(start).iter().any(|lex| {
            let lam = lex.proclitics.preposition == Some(Preposition::Lam);
            lam && (lex.proclitics.article || self.hides_article(start, lex))
        });
        if annexed && class == NounClass::Combatant && self.names_band(start) {
            // "Members of a local faction": they are called by it.
            mention.span = self.words.span(start..start + 1);
            mention.plural = true;
            let fighting = self.describes_armed(start + 2);
            return start + 2 + usize::from(fighting);
        }
        if (annexed || lam)
            && let Some(found) = self.group_at(start)
        {
            self.set_belonging(mention, Some(found), class);
            return start + 1;
        }
        if class == NounClass::Official
            && let Some((owner, end)) = self.office_of(noun)
        {
            self.set_belonging(mention, Some(owner), class);
            return end;
        }
        if class == NounClass::Combatant
            && let Some(owner) = self.led_by(end)
        {
            mention.owner = Some(owner);
        }
        end
    }

    /// "The spokesman said that his forces …": at the head of what somebody says "his" is that of
    /// who says it.
    fn reporting_party(&self, i: usize, pronoun: Pronoun) -> Option<EntityId> {
        let that = (i.saturating_sub(2)..=i).rev().find(|&at| {
            let phrases = self.words.phrases(at).iter();
            phrases.clone().any(|p| p.phrase == Phrase::That)
        })?;
        let says = |at: &usize| {
            let lex = self.clauses.verb(self.words, *at);
            lex.is_some_and(|lex| self.words.verb_has(lex, VerbClass::Say))
        };
        let verb = (that.saturating_sub(14)..that).rev().find(says)?;
        let entities = &self.words.knowledge.entities;
        let party = |e: EntityId| match entities.get(e).kind {
            EntityKind::Person => entities.owner(e),
            EntityKind::Actor => Some(e),
            EntityKind::Source | EntityKind::Class => {
                entities.owner(e).filter(|&o| entities.get(o).kind == EntityKind::Actor)
            }
        };
        let speaks = |m: &Mention| {
            let agrees = pronoun != Pronoun::She || m.gender != Gender::Masculine;
            let bare = m.front.preposition.is_none();
            (bare && agrees).then(|| party(m.owner.or(m.entity)?)).flatten()
        };
        // Right behind the verb, or right before it.
        let near = self.found.before(that).take_while(|(_, m)| verb < m.words.start);
        let behind = near.filter_map(|(_, m)| speaks(m)).last();
        behind.or_else(|| {
            let (_, before) = self.found.before(verb).next()?;
            (before.words.end == verb).then(|| speaks(before)).flatten()
        })
    }

    /// Reads who victims or persons are: "ten dead civilians", "two men of the fighters of …".
    fn described(
        &mut self,
        mention: &mut Mention,
        start: usize,
        noun_end: usize,
        class: NounClass,
    ) -> Option<usize> {
        if !matches!(class, NounClass::Victim | NounClass::Human | NounClass::Another) {
            return None;
        }
        let tells = |class| matches!(class, NounClass::Civilian | NounClass::Combatant);
        if start >= self.words.all.len() || self.words.all[start].after_break {
            return None;
        }
        let lex = *self.words.noun(start, tells)?;
        let alone = lex.proclitics.conjunction.is_none() && lex.proclitics.preposition.is_none();
        let same = start > noun_end || lex.proclitics.article == mention.definite;
        if !alone || !same || lex.form.number == Number::Singular && start > noun_end {
            return None;
        }
        let class = self.words.knowledge.lexicon.lemma(lex.lemma).noun?;
        mention.people = Some(class);
        mention.words.end = start + 1;
        let end = self.belonging(mention, start, &lex, class);
        Some(end.max(start + 1))
    }

    /// "The Army of Islam (is) a faction belonging to …": the indefinite noun right behind a party says
    /// what it is, and is no other.
    fn is_said_of(&self, noun: usize, lex: &Lex) -> bool {
        let before = noun.checked_sub(1).filter(|_| !self.words.all[noun].after_break);
        let party = before.and_then(|before| self.found.at(before));
        lex.form.number == Number::Singular
            && lex.proclitics == Proclitics::default()
            && party.is_some_and(|id| self.found.get(id).entity.is_some())
    }

    /// "The factions that joined …": a participle of belonging tells whose they are.
    fn joins_party(&self, i: usize) -> bool {
        let frames = &self.words.knowledge.frames;
        self.words.lex(i).iter().any(|lex| {
            let mut rules = frames.evoked_by(lex.lemma).iter();
            lex.form.pos == Pos::ActiveParticiple
                && lex.proclitics.preposition.is_none()
                && lex.proclitics.conjunction.is_none()
                && rules.any(|&rule| frames.rule(rule).claim_type == ClaimType::PartOf)
        })
    }

    /// "A faction", with an adjective behind it.
    fn names_band(&self, i: usize) -> bool {
        let band = self.words.noun(i, |class| class == NounClass::Group);
        let plain = band.is_some_and(|lex| {
            !lex.proclitics.article && lex.proclitics.conjunction.is_none() && lex.pronoun.is_none()
        });
        let next = i + 1;
        plain
            && next < self.words.all.len()
            && self
                .words
                .noun(next, |class| class == NounClass::Adjective)
                .is_some_and(|lex| !lex.proclitics.article && lex.proclitics.conjunction.is_none())
    }

    /// Finds a bare definite group at a word: "fighters of the organisation".
    pub(super) fn group_at(&self, i: usize) -> Option<EntityId> {
        let lex = self.words.noun(i, |class| class == NounClass::Group)?;
        let definite = lex.proclitics.article || self.hides_article(i, lex);
        definite.then(|| self.definite_group(i, self.is_ruling(i))).flatten()
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
}
