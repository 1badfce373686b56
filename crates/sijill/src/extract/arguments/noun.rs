//! What belongs to a noun that tells a happening: what it is annexed to, who did it, whom it struck.

use super::super::Reading;
use super::super::clauses::preposition_before;
use super::super::mentions::{MentionId, PlaceRef, nationality, pronoun_entity};
use sijill_knowledge::{EntityId, NounClass, Prep, VerbClass};
use sijill_model::{Kind, Span};
use sijill_text::clitic::{Preposition, Pronoun};
use sijill_text::letter::ALEF;
use sijill_text::morph::{Gender, Pos};
use std::ops::Range;

use super::{Arguments, Trigger};

impl Reading<'_> {
    pub(super) fn of_noun(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        let scan = self.scan(trigger.end, sentence, false);
        let mut arguments =
            Arguments { words: trigger.word..scan.end, sided: scan.sided, ..Arguments::default() };
        let accusative = trigger.lex.form.pos == Pos::Masdar
            && self.words.folded(trigger.word).ends_with(ALEF)
            && trigger.lex.form.gender == Gender::Masculine;
        // "Led by the organisation": the noun and whose it is are one mention.
        let own = self.mentions.at(trigger.word).filter(|&id| {
            let mention = self.mentions.get(id);
            mention.entity.is_some() && mention.people.is_none()
        });
        if let Some(id) = own {
            arguments.annexed.push(id);
            let led = self.mentions.before(trigger.word).find(|(_, m)| m.words.end == trigger.word);
            if let Some((led, mention)) = led
                && self.mentions.get(id).front.preposition == Some(Preposition::Beh)
            {
                arguments.subject.push(led);
                arguments.words.start = mention.words.start;
            }
        }
        let mut annexing =
            !trigger.lex.proclitics.article && trigger.lex.pronoun.is_none() && !accusative;
        let mut annexed_end = trigger.end;
        let mut thing = None;
        for item in &scan.items {
            match (item.prep, item.mention) {
                // "Strikes against targets of the group": whose they are suffers.
                (Some(Prep::For), Some(id))
                    if thing.is_some_and(|(_, at)| self.is_right_behind(at, item.word)) =>
                {
                    let prep = thing.map_or(Prep::For, |(prep, _)| prep);
                    arguments.prepositional.push((prep, id));
                }
                // "The targeting of gatherings of the army": so does whose an unknown thing is.
                (Some(Prep::For), Some(id))
                    if arguments.unknown_first && item.word == trigger.end + 1 =>
                {
                    arguments.prepositional.push((Prep::On, id));
                }
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                (None, Some(id)) => {
                    let mention = self.mentions.get(id);
                    let joined = self.is_joined(id);
                    let adjacent = item.word <= annexed_end + 2;
                    if annexing && (joined || adjacent && !arguments.unknown_first) {
                        arguments.annexed.push(id);
                        annexed_end = mention.words.end;
                    } else {
                        arguments.object.push(id);
                        annexing = false;
                    }
                }
                (None, None) => {
                    if arguments.annexed.is_empty()
                        && item.word == trigger.end
                        && !self.is_adjective(item.word)
                    {
                        arguments.unknown_first = true;
                    }
                    arguments.thing |=
                        !arguments.annexed.is_empty() && self.is_indefinite_thing(item.word);
                }
                (Some(prep), None) => {
                    annexing = false;
                    thing = Some((prep, item.word));
                }
            }
        }
        if let Some(pronoun) = trigger.lex.pronoun {
            arguments.first_person = matches!(pronoun, Pronoun::We | Pronoun::I);
            if !arguments.first_person
                && let Some(id) = self.pronoun_agent(trigger.word, pronoun, sentence)
            {
                arguments.annexed.push(id);
            }
        }
        if scan.relative {
            self.relative_agent(&scan, sentence, &mut arguments);
        }
        if let Some(adjective) = self.adjective_agent(trigger.end, sentence) {
            arguments.adjective = Some(adjective);
        }
        if matches!(trigger.lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple) {
            self.antecedent_of_participle(trigger.word, sentence, &mut arguments);
            return arguments;
        }
        self.govern(trigger, sentence, &mut arguments);
        if let Some(pronoun) = trigger.lex.pronoun {
            arguments.annexed.extend(self.taken_place(trigger, pronoun, &arguments));
        }
        if arguments.subject.is_empty()
            && trigger.lex.proclitics.preposition == Some(Preposition::Beh)
        {
            self.circumstance(trigger.word, sentence, &mut arguments);
        }
        arguments
    }

    /// "Its liberation": the place that a pronoun on the taking of a place stands for.
    fn taken_place(
        &self,
        trigger: &Trigger,
        pronoun: Pronoun,
        arguments: &Arguments,
    ) -> Option<MentionId> {
        let knowledge = self.words.knowledge;
        let frames = &knowledge.frames;
        let takes = || {
            let mut rules = frames.evoked_by(trigger.lex.lemma).iter();
            rules.any(|&rule| frames.rule(rule).claim_type.kind() == Kind::Control)
        };
        let is_place = |id: MentionId| self.mentions.get(id).place != PlaceRef::None;
        let told = arguments.object.iter().copied().any(is_place)
            || arguments.prepositional.iter().any(|&(_, id)| is_place(id));
        let masdar = trigger.lex.form.pos == Pos::Masdar;
        // "Its liberation is far": what nobody does, and from nobody, is only spoken of.
        let leans = arguments.governor.is_some()
            || !arguments.prepositional.is_empty()
            || preposition_before(self.words, trigger.word).is_some();
        if !masdar
            || !leans
            || told
            || !knowledge.lexicon.lemma(trigger.lex.lemma).transitive
            || !takes()
        {
            return None;
        }
        let near = self.mentions.before(trigger.word).take(10).find(|(_, m)| {
            m.place != PlaceRef::None
                && m.entity.is_none()
                && match pronoun {
                    Pronoun::He => m.gender != Gender::Feminine,
                    Pronoun::She => m.gender != Gender::Masculine,
                    _ => false,
                }
        });
        near.map(|(id, _)| id)
    }

    /// Tells whether an indefinite noun for a thing that can be struck stands at a word.
    pub(super) fn is_indefinite_thing(&self, i: usize) -> bool {
        self.words.noun(i, is_thing).is_some_and(|lex| {
            let front = lex.proclitics;
            !front.article && front.preposition.is_none() && front.conjunction.is_none()
        })
    }

    /// Finds an adjective of nationality among the adjectives right behind a noun.
    pub(super) fn adjective_agent(
        &self,
        from: usize,
        sentence: &Range<usize>,
    ) -> Option<(EntityId, Span)> {
        for i in from..sentence.end.min(from + 5) {
            if let Some(entity) = nationality(self.words, i) {
                return Some((entity, self.words.all[i].span));
            }
            let joined = self.words.lex(i).iter().any(|l| l.proclitics.conjunction.is_some());
            if self.mentions.at(i).is_some() || !self.is_adjective(i) && !joined {
                return None;
            }
        }
        None
    }

    /// Gives a participle the noun phrase it describes: "the forces, backed by …".
    pub(super) fn antecedent_of_participle(
        &self,
        word: usize,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        // "Hit positions belonging to …": the participle describes the thing right before it.
        let before = word.checked_sub(1).filter(|&at| sentence.start <= at);
        if before.is_some_and(|at| self.mentions.at(at).is_none() && self.is_indefinite_thing(at)) {
            return;
        }
        let reach = word.saturating_sub(6).max(sentence.start);
        let found = self.mentions.before(word).find(|(_, m)| {
            reach < m.words.end
                && (m.entity.is_some() || m.people.is_some() || m.place != PlaceRef::None)
        });
        if let Some((id, mention)) = found {
            arguments.subject = vec![id];
            arguments.words.start = mention.words.start;
        }
    }

    /// Gives "with the support of" the subject of its clause.
    pub(super) fn circumstance(
        &self,
        word: usize,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let verb = (sentence.start..word).rev().find_map(|i| {
            let lex = self.clauses.verb(self.words, i)?;
            let subject = self.own_subject(i, lex, sentence);
            if self.words.verb_has(lex, VerbClass::Accuse) {
                return self.accused(i, subject, word);
            }
            subject
        });
        arguments.subject.extend(verb);
        arguments.subject_carried = !arguments.subject.is_empty();
    }

    /// "Accused the coalition of shelling": the last party named before the charge.
    fn accused(&self, verb: usize, accuser: Option<MentionId>, word: usize) -> Option<MentionId> {
        let named = self.mentions.before(word).take_while(|(_, m)| verb < m.words.start);
        let mut parties = named.filter(|(id, m)| {
            Some(*id) != accuser && m.front.preposition.is_none() && self.can_act(m)
        });
        parties.next().map(|(id, _)| id)
    }

    /// Tells whether a word stands right behind a noun, or behind the adjectives of a noun for a
    /// thing or a place: "a post (that is) belonging to the army".
    pub(super) fn is_right_behind(&self, noun: usize, word: usize) -> bool {
        noun + 1 == word
            || noun < word
                && self.names_thing(noun)
                && (noun + 1..word).all(|i| self.is_adjective(i))
    }

    /// Tells whether a word is a noun for a thing that can be struck or for a kind of place.
    fn names_thing(&self, i: usize) -> bool {
        self.words.noun(i, is_thing).is_some()
    }

    /// Tells whether "and" is attached to a word, whatever its reading.
    pub(super) fn opens_with_and(&self, i: usize) -> bool {
        let lex = self.words.lex(i);
        !lex.is_empty() && lex.iter().all(|lex| lex.proclitics.conjunction.is_some())
    }

    pub(crate) fn is_adjective(&self, i: usize) -> bool {
        self.words.noun(i, |class| class == NounClass::Adjective).is_some()
            || self.words.ends_like_adjective(i)
    }

    /// Finds who the pronoun on a verbal noun stands for: the subject of the sentence first.
    pub(super) fn pronoun_agent(
        &self,
        word: usize,
        pronoun: Pronoun,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        for verb in (sentence.start..word).rev() {
            let Some(lex) = self.clauses.verb(self.words, verb) else { continue };
            if let Some(id) = self.own_subject(verb, lex, sentence) {
                let mention = self.mentions.get(id);
                let fits = match pronoun {
                    Pronoun::He => mention.gender != Gender::Feminine && !mention.plural,
                    Pronoun::She => mention.gender != Gender::Masculine && !mention.plural,
                    Pronoun::They => mention.plural || mention.people.is_some(),
                    _ => false,
                };
                if fits && mention.entity.is_some() {
                    return Some(id);
                }
            }
        }
        pronoun_entity(self.mentions, self.words, word, pronoun)
    }

    /// Reads what a happening struck: "an attack (that) hit a patrol in the town".
    pub(super) fn struck(&self, verb: usize, sentence: &Range<usize>, arguments: &mut Arguments) {
        let behind = self.scan(verb + 1, sentence, true);
        let mut thing = None;
        for item in &behind.items {
            match (item.prep, item.mention) {
                (None, None) => thing = Some(item.word),
                // "Raids that hit positions of the group": whose they are suffers.
                (Some(Prep::For), Some(id))
                    if thing.is_some_and(|at| self.is_right_behind(at, item.word)) =>
                {
                    arguments.object.push(id);
                }
                (None, Some(id)) => arguments.object.push(id),
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                _ => {}
            }
        }
        arguments.struck = true;
        arguments.sided |= behind.sided;
        arguments.words.end = behind.end.max(arguments.words.end);
    }
}

/// Things that can be struck, and kinds of places: positions, areas.
fn is_thing(class: NounClass) -> bool {
    use NounClass::{Facility, PlaceType, Platform, Vehicle, Weapon};
    matches!(class, Facility | PlaceType | Vehicle | Platform | Weapon)
}
