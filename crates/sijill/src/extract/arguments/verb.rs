//! What belongs to a verb: subject, object, and the noun phrase its relative clause is about.

use super::super::Reading;
use super::super::clauses::{is_marked_passive, preposition_at};
use super::super::mentions::{MentionId, PlaceRef};
use super::super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, LemmaId, NounClass, Phrase, Prep, VerbClass};
use sijill_model::Kind;
use sijill_text::TokenKind;
use sijill_text::letter::ALEF;
use sijill_text::morph::{Gender, Number, Person, Voice};
use std::ops::Range;

use super::scan::Scan;
use super::{Arguments, Governor, Trigger, agrees};

impl Reading<'_> {
    pub(super) fn of_verb(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        let from = self.shared_from(trigger, sentence);
        let scan = self.scan(from, sentence, true);
        let form = trigger.lex.form;
        let mut arguments = Arguments {
            words: trigger.word..scan.end,
            sided: scan.sided,
            shared: from != trigger.end || self.shares_before(trigger, sentence),
            ..Arguments::default()
        };
        let bare = self.sort_phrases(&scan, &mut arguments);
        arguments.first_person = form.person == Some(Person::First);
        let inflected = arguments.first_person
            || form.person == Some(Person::Third) && form.number != Number::Singular;
        let acts_behind = bare.first().is_some_and(|group| {
            let first = self.mentions.get(group[0]);
            self.can_act(first) && agrees(first, &trigger.lex) && !inflected
        });
        let mut before = self.subject_before(trigger.word, &trigger.lex, sentence, false);
        if before.is_empty() && !acts_behind {
            before = self.subject_before(trigger.word, &trigger.lex, sentence, true);
        }
        // "The youths, the police arrested them": what stands before is the object.
        let resumed = trigger.lex.pronoun.is_some() && !before.is_empty() && acts_behind;
        if resumed {
            arguments.subject = bare[0].clone();
            arguments.words.start =
                arguments.words.start.min(self.mentions.get(before[0]).words.start);
            arguments.object = before;
            return arguments;
        }
        if before.is_empty() && !acts_behind {
            before.extend(self.described_before(trigger, sentence));
        }
        if before.is_empty() && !acts_behind {
            before.extend(self.that_pronoun(trigger.word, sentence));
            arguments.subject_carried = !before.is_empty();
        }
        arguments.passive =
            !arguments.thing_behind && self.is_passive(trigger, &before, &bare, &arguments);
        if before.is_empty()
            && bare.len() == 1
            && let Some(id) = self.goes_on_acting(trigger, bare[0][0], sentence)
        {
            arguments.passive = false;
            arguments.subject_carried = true;
            arguments.subject = vec![id];
            arguments.object = bare.into_iter().next().unwrap_or_default();
            return arguments;
        }
        let mut bare = bare.into_iter();
        if arguments.unknown_first && bare.len() > 1 && self.is_annexed(trigger.end, &bare) {
            // "The toll of victims reached 44": whose it is belongs to the subject.
            bare.next();
        }
        if !before.is_empty() {
            arguments.subject = before;
            let first = self.mentions.get(arguments.subject[0]).words.start;
            if self.clauses.start_of(trigger.word, sentence) <= first {
                arguments.words.start = arguments.words.start.min(first);
            }
        } else if !inflected && !arguments.unknown_first {
            // Two bare phrases: subject and object. One: subject, unless a pronoun is the object.
            arguments.subject = bare.next().unwrap_or_default();
        }
        arguments.object = bare.next().unwrap_or_default();
        self.relative_antecedent(trigger, sentence, &mut arguments);
        self.carry_subject(trigger, sentence, &mut arguments);
        self.lean_on_verb(trigger.word, sentence, &mut arguments);
        arguments
    }

    /// "In addition to 15 fighters (who) died": a verb right behind an indefinite noun describes it.
    fn described_before(&self, trigger: &Trigger, sentence: &Range<usize>) -> Option<MentionId> {
        if trigger.lex.proclitics.conjunction.is_some() || trigger.lex.pronoun.is_some() {
            return None;
        }
        let before = trigger.word.checked_sub(1)?;
        // "471 Palestinians were killed": an amount and a word for who they are.
        let noun = self.words.all[before].kind == TokenKind::Word
            && self.mentions.at(before).is_none()
            && preposition_at(self.words, before).is_none();
        let counted = before
            .checked_sub(1)
            .filter(|_| noun)
            .and_then(|at| self.mentions.at(at))
            .filter(|&id| self.mentions.get(id).amount.is_some());
        if counted.is_some() && trigger.lex.form.number == Number::Plural {
            return counted;
        }
        let id = self.mentions.at(before)?;
        let mention = self.mentions.get(id);
        (sentence.start <= mention.words.start
            && mention.words.end == trigger.word
            && !mention.definite
            && mention.people.is_some()
            && mention.entity.is_none()
            && agrees(mention, &trigger.lex))
        .then_some(id)
    }

    /// "Dozens were killed and wounded", in Arabic "were-killed and-were-wounded dozens": a verb right
    /// behind another and joined to it shares what follows.
    fn shared_from(&self, trigger: &Trigger, sentence: &Range<usize>) -> usize {
        let next = trigger.end;
        let shared = next + 1 < sentence.end
            && trigger.lex.pronoun.is_none()
            && self.clauses.verb(self.words, next).is_some_and(|o| joins(&trigger.lex, o));
        if shared { next + 1 } else { next }
    }

    /// Tells whether a verb is joined to the verb right before it.
    fn shares_before(&self, trigger: &Trigger, sentence: &Range<usize>) -> bool {
        let before = trigger.word.checked_sub(1).filter(|&i| i >= sentence.start);
        let other = before.and_then(|i| self.clauses.verb(self.words, i));
        other.is_some_and(|other| other.pronoun.is_none() && joins(other, &trigger.lex))
    }

    /// Sorts the phrases behind a verb: those with a preposition, and the bare ones in groups that
    /// "and" joins, which are returned.
    fn sort_phrases(&self, scan: &Scan, arguments: &mut Arguments) -> Vec<Vec<MentionId>> {
        let mut bare: Vec<Vec<MentionId>> = Vec::new();
        let mut open_object = None;
        let mut thing = None;
        for item in &scan.items {
            match (item.prep, item.mention) {
                // "Fired at a gathering of citizens": whose it is suffers.
                (Some(Prep::For), Some(id))
                    if thing.is_some_and(|(_, at)| self.is_right_behind(at, item.word)) =>
                {
                    let prep = thing.map_or(Prep::For, |(prep, _)| prep);
                    arguments.prepositional.push((prep, id));
                }
                (Some(Prep::For), Some(id))
                    if open_object.is_some_and(|at| self.is_right_behind(at, item.word)) =>
                {
                    // "shelled a camp of the …": whose it is suffers.
                    bare.push(vec![id]);
                }
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                (None, Some(id)) => {
                    let joined = self.is_joined(id);
                    match bare.last_mut() {
                        Some(group) if joined => group.push(id),
                        _ => bare.push(vec![id]),
                    }
                }
                (None, None) => {
                    let joined = self.opens_with_and(item.word);
                    arguments.thing_behind |=
                        bare.len() == 1 && !joined && self.is_thing(item.word);
                    open_object = Some(item.word);
                    if bare.is_empty() && !arguments.unknown_first {
                        arguments.unknown_first = true;
                    }
                }
                (Some(prep), None) => thing = Some((prep, item.word)),
            }
        }
        bare
    }

    /// Judges whether a verb that is not marked is read as a passive.
    fn is_passive(
        &self,
        trigger: &Trigger,
        before: &[MentionId],
        bare: &[Vec<MentionId>],
        arguments: &Arguments,
    ) -> bool {
        let form = trigger.lex.form;
        let by = arguments.prepositional.iter().any(|&(prep, _)| prep == Prep::By);
        if form.voice == Voice::Passive || is_marked_passive(self.words, trigger.word) {
            return true;
        }
        let transitive = self.words.knowledge.lexicon.lemma(trigger.lex.lemma).transitive;
        // "A fighter blew himself up".
        let himself =
            |i: usize| self.words.phrases(i).iter().any(|p| p.phrase == Phrase::Reflexive);
        if arguments.words.clone().any(himself) {
            return false;
        }
        if form.voice == Voice::Active || !transitive || trigger.lex.pronoun.is_some() {
            return false;
        }
        // "… were abducted at the hands of gunmen".
        if by && bare.is_empty() && !before.is_empty() {
            return true;
        }
        let third = form.person == Some(Person::Third);
        let inflected =
            form.person == Some(Person::First) || third && form.number != Number::Singular;
        if before.is_empty() {
            // "Advisers were killed": nobody kills without an object.
            let people = |id: MentionId| self.mentions.get(id).people.is_some();
            return !inflected
                && bare.len() == 1
                && (self.is_patient_like(bare[0][0]) && self.tells_deed(trigger.lex.lemma)
                    || people(bare[0][0]) && self.tells_toll(trigger.lex.lemma));
        }
        // "eight people were killed": the people stand before a verb that has no object; so do "two
        // soldiers" and "200 gunmen and 50 soldiers" where the verb tells of dead and wounded.
        let toll = self.tells_toll(trigger.lex.lemma);
        let suffers = |&id: &MentionId| {
            let mention = self.mentions.get(id);
            mention.amount.is_some()
                || mention.people.is_some_and(NounClass::is_private)
                || toll && mention.people.is_some() && !mention.definite
        };
        bare.is_empty()
            && (toll || before.len() == 1)
            && !arguments.unknown_first
            && before.iter().all(suffers)
    }

    /// "Stormed the camp and arrested five": the subject goes on, the counted are the object. Where
    /// the form leaves it open, a verb that tells of dead and wounded is read as a passive.
    fn goes_on_acting(
        &self,
        trigger: &Trigger,
        patient: MentionId,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let form = trigger.lex.form;
        trigger.lex.proclitics.conjunction?;
        if form.number != Number::Singular
            || form.voice == Voice::Passive
            || is_marked_passive(self.words, trigger.word)
            || !self.is_patient_like(patient)
        {
            return None;
        }
        if form.gender == Gender::Feminine {
            let id = self.carried_subject(trigger.word, &trigger.lex, sentence, 0)?;
            return (self.mentions.get(id).gender == Gender::Feminine).then_some(id);
        }
        if self.tells_toll(trigger.lex.lemma) {
            return None;
        }
        let id = self.verb_subject_before(trigger.word, &trigger.lex, sentence)?;
        let party = |e: EntityId| {
            let name = self.words.knowledge.entities.get(e).type_name.as_str();
            matches!(name, "armed-group" | "state-forces" | "coalition" | "state")
        };
        self.mentions.get(id).entity.is_some_and(party).then_some(id)
    }

    /// Tells whether a word is a vehicle, a weapon, a building or a road.
    fn is_thing(&self, i: usize) -> bool {
        let things =
            [NounClass::Weapon, NounClass::Vehicle, NounClass::Facility, NounClass::PlaceType];
        self.words.noun(i, |class| things.contains(&class)).is_some()
    }

    /// Carries over the subject of a verb that names none.
    fn carry_subject(&self, trigger: &Trigger, sentence: &Range<usize>, arguments: &mut Arguments) {
        if arguments.passive || arguments.first_person || self.is_done_by_craft(trigger.word) {
            return;
        }
        // "They encircled the town": a place does not do what is done to a place.
        let transitive = self.words.knowledge.lexicon.lemma(trigger.lex.lemma).transitive;
        let place = |id: &MentionId| {
            let mention = self.mentions.get(*id);
            mention.place != PlaceRef::None && mention.entity.is_none() && mention.people.is_none()
        };
        let taken = !arguments.subject.is_empty()
            && arguments.object.is_empty()
            && transitive
            && trigger.lex.pronoun.is_none()
            && arguments.subject.iter().all(place);
        let unknown_object = arguments.unknown_first
            && transitive
            && arguments.subject.is_empty()
            && self.is_accusative(trigger.end);
        if !taken && (!arguments.subject.is_empty() || arguments.unknown_first && !unknown_object) {
            return;
        }
        if let Some(id) = self.carried_subject(trigger.word, &trigger.lex, sentence, 0) {
            if taken {
                std::mem::swap(&mut arguments.object, &mut arguments.subject);
            }
            arguments.subject = vec![id];
            arguments.subject_carried = true;
            // "… and executed them": who acts is not whom it is done to.
            if let Some(pronoun) = trigger.lex.pronoun
                && arguments.object.first() == Some(&id)
            {
                arguments.object.clear();
                arguments.object.extend(self.object_pronoun(trigger.word, pronoun, arguments));
            }
        }
    }

    /// Tells whether a lemma tells of dead or wounded.
    fn tells_toll(&self, lemma: LemmaId) -> bool {
        let frames = &self.words.knowledge.frames;
        let mut rules = frames.evoked_by(lemma).iter();
        rules.any(|&rule| frames.rule(rule).claim_type.kind() == Kind::Toll)
    }

    /// Tells whether a lemma tells what is done to somebody; who vows or announces suffers nothing.
    fn tells_deed(&self, lemma: LemmaId) -> bool {
        let frames = &self.words.knowledge.frames;
        let deed = |kind| matches!(kind, Kind::Event | Kind::Toll | Kind::Damage);
        let rules = frames.evoked_by(lemma);
        rules.is_empty() || rules.iter().any(|&rule| deed(frames.rule(rule).claim_type.kind()))
    }

    /// Tells whether the first phrase tells whose an unknown noun right behind a verb is.
    fn is_annexed(&self, noun: usize, bare: &std::vec::IntoIter<Vec<MentionId>>) -> bool {
        bare.as_slice().first().is_some_and(|group| {
            let first = self.mentions.get(group[0]);
            first.words.start == noun + 1 && first.definite && !self.words.has_article(noun)
        })
    }

    /// Tells whether an indefinite noun is written as an object: an alef, or its mark, at the end.
    fn is_accusative(&self, i: usize) -> bool {
        self.words.all.get(i).is_some_and(|word| {
            word.kind == TokenKind::Word
                && !self.words.has_article(i)
                && self.words.folded(i).ends_with(ALEF)
        })
    }

    /// Takes the evidence back to the auxiliary before a verb: "is about to", "became".
    pub(super) fn lean_on_verb(
        &self,
        word: usize,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let start = self.clauses.start_of(word, sentence);
        for v in (start..word).rev() {
            let Some(lex) = self.clauses.verb(self.words, v) else { continue };
            let class = [VerbClass::Able, VerbClass::Aspect, VerbClass::Try, VerbClass::Fail]
                .into_iter()
                .find(|&class| self.words.verb_has(lex, class));
            if let Some(class) = class {
                arguments.governor = Some(Governor { word: v, class, finite: true });
                arguments.words.start = arguments.words.start.min(v);
            }
            return;
        }
        if let Some(auxiliary) = self.auxiliary_before(word, sentence) {
            arguments.words.start = arguments.words.start.min(auxiliary);
        }
    }

    /// Tells whether a bare noun phrase after a verb is more likely who suffers than who acts.
    pub(super) fn is_patient_like(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        match mention.people {
            Some(class) if class.is_private() => true,
            Some(NounClass::Combatant | NounClass::Official) => {
                mention.amount.is_some() || mention.number != Number::Plural || !mention.plural
            }
            _ => {
                mention.amount.is_some()
                    || mention.entity.is_some_and(|e| {
                        self.words.knowledge.entities.get(e).kind == EntityKind::Person
                    })
            }
        }
    }
}

/// Tells whether a second verb is joined to a first of the same form.
fn joins(first: &Lex, second: &Lex) -> bool {
    let form = |lex: &Lex| (lex.form.number, lex.form.gender, lex.form.tense, lex.form.person);
    second.proclitics.conjunction.is_some() && form(first) == form(second)
}
