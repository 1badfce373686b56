//! What belongs to a trigger: its subject, object, what it is annexed to and its prepositions.

use super::Reading;
use super::clauses::{Boundary, is_marked_passive, preposition_at};
use super::mentions::{Mention, MentionId, PlaceRef, nationality, pronoun_entity};
use super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, NounClass, Phrase, Prep, VerbClass};
use sijill_model::Span;
use sijill_text::TokenKind;
use sijill_text::clitic::{Preposition, Pronoun};
use sijill_text::letter::{ALEF, WAW};
use sijill_text::morph::{Gender, Number, Person, Pos, Tense, Voice};
use std::ops::Range;

/// A word that may evoke a claim, in one reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trigger {
    pub(crate) word: usize,
    /// One past the last word of the trigger.
    pub(crate) end: usize,
    pub(crate) lex: Lex,
}

/// What belongs to a trigger.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) subject: Vec<MentionId>,
    pub(crate) object: Vec<MentionId>,
    pub(crate) annexed: Vec<MentionId>,
    pub(crate) prepositional: Vec<(Prep, MentionId)>,
    /// The subject was carried over from another clause.
    pub(crate) subject_carried: bool,
    /// A noun phrase nobody knows fills the first bare position.
    pub(crate) unknown_first: bool,
    pub(crate) passive: bool,
    /// The verb or noun that governs the trigger.
    pub(crate) governor: Option<Governor>,
    /// A verb behind the noun tells what was struck.
    pub(crate) struck: bool,
    /// The subject of the verb of saying that governs the trigger.
    pub(crate) announcer: Option<MentionId>,
    /// The first person: who speaks acts.
    pub(crate) first_person: bool,
    /// An adjective that tells who acts: "a Russian raid".
    pub(crate) adjective: Option<(EntityId, Span)>,
    /// First and one past the last word of the evidence.
    pub(crate) words: Range<usize>,
}

/// The verb that lends its subject to a noun, or the noun that it is annexed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Governor {
    pub(crate) word: usize,
    pub(crate) class: VerbClass,
    pub(crate) finite: bool,
}

/// One phrase behind a trigger.
#[derive(Clone, Copy, Debug)]
struct Item {
    prep: Option<Prep>,
    mention: Option<MentionId>,
    word: usize,
}

/// The phrases behind a trigger and where they end.
struct Scan {
    items: Vec<Item>,
    end: usize,
    /// The scan ended before a relative pronoun or an asyndetic relative verb.
    relative: bool,
}

impl Reading<'_> {
    /// Collects what belongs to a trigger.
    pub(crate) fn arguments(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        match trigger.lex.form.pos {
            Pos::Verb => self.of_verb(trigger, sentence),
            _ => self.of_noun(trigger, sentence),
        }
    }

    // ---- verbs --------------------------------------------------------------------------------

    fn of_verb(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        let scan = self.scan(trigger.end, sentence, true);
        let form = trigger.lex.form;
        let mut arguments = Arguments { words: trigger.word..scan.end, ..Arguments::default() };
        let mut bare: Vec<Vec<MentionId>> = Vec::new();
        for item in &scan.items {
            match (item.prep, item.mention) {
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                (None, Some(id)) => {
                    let joined = self.is_joined(id);
                    match bare.last_mut() {
                        Some(group) if joined => group.push(id),
                        _ => bare.push(vec![id]),
                    }
                }
                (None, None) => {
                    if bare.is_empty() && !arguments.unknown_first {
                        arguments.unknown_first = true;
                    }
                }
                (Some(_), None) => {}
            }
        }
        arguments.first_person = form.person == Some(Person::First);
        let inflected = arguments.first_person
            || form.person == Some(Person::Third) && form.number != Number::Singular;
        let mut before = self.subject_before(trigger.word, &trigger.lex, sentence, false);
        let behind = bare.first().is_some_and(|group| {
            let first = self.mentions.get(group[0]);
            self.can_act(first) && agrees(first, &trigger.lex) && !inflected
        });
        if before.is_empty() && !behind {
            before = self.subject_before(trigger.word, &trigger.lex, sentence, true);
        }
        arguments.passive = form.voice == Voice::Passive
            || is_marked_passive(self.words, trigger.word)
            || form.voice != Voice::Active
                && before.is_empty()
                && trigger.lex.pronoun.is_none()
                && bare.len() == 1
                && self.is_patient_like(bare[0][0]);
        // "eight people were killed": the people stand before a verb that has no object.
        arguments.passive |= form.voice != Voice::Active
            && bare.is_empty()
            && trigger.lex.pronoun.is_none()
            && before.len() == 1
            && !arguments.unknown_first
            && {
                let mention = self.mentions.get(before[0]);
                let civil = [NounClass::Civilian, NounClass::Victim, NounClass::Person];
                mention.amount.is_some() || mention.people.is_some_and(|c| civil.contains(&c))
            };
        let mut bare = bare.into_iter();
        if !inflected && before.is_empty() && !arguments.unknown_first {
            // Two bare phrases: subject and object. One: subject, unless a pronoun is the object.
            arguments.subject = bare.next().unwrap_or_default();
        } else if !before.is_empty() {
            arguments.subject = before;
            let first = self.mentions.get(arguments.subject[0]).words.start;
            if self.clauses.start_of(trigger.word, sentence) <= first {
                arguments.words.start = first;
            }
        }
        arguments.object = bare.next().unwrap_or_default();
        self.relative_antecedent(trigger, sentence, &mut arguments);
        if arguments.subject.is_empty() && !arguments.unknown_first && !arguments.passive {
            if arguments.first_person {
                return arguments;
            }
            if let Some(id) = self.carried_subject(trigger.word, &trigger.lex, sentence, 0) {
                arguments.subject = vec![id];
                arguments.subject_carried = true;
            }
        }
        self.lean_on_verb(trigger.word, sentence, &mut arguments);
        arguments
    }

    /// Takes the evidence back to the auxiliary before a verb: "is about to", "became".
    fn lean_on_verb(&self, word: usize, sentence: &Range<usize>, arguments: &mut Arguments) {
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
    fn is_patient_like(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        match mention.people {
            Some(NounClass::Civilian | NounClass::Victim | NounClass::Person) => true,
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

    /// Finds the subject that stands before a verb in its clause.
    fn subject_before(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
        wide: bool,
    ) -> Vec<MentionId> {
        if lex.proclitics.conjunction.is_some() {
            return Vec::new();
        }
        let own = self.clauses.start_of(verb, sentence);
        let start = if wide { self.subject_zone(verb, sentence) } else { own };
        if wide && start == own {
            return Vec::new();
        }
        if self.clauses.before[start] == Boundary::Relative {
            return Vec::new();
        }
        // An auxiliary may stand between: "the forces became they-control".
        let mut i = start;
        let mut prepositional = false;
        let mut oblique = false;
        let mut found: Vec<MentionId> = Vec::new();
        while i < verb {
            if let Some((_, end, _)) = preposition_at(self.words, i) {
                prepositional = true;
                i = end.max(i + 1);
                continue;
            }
            if let Some(id) = self.mentions.at(i) {
                let mention = self.mentions.get(id);
                let attached = mention.front.preposition.is_some();
                let joined = self.is_joined(id);
                let nominative = !prepositional && !attached && !(joined && oblique);
                oblique = !nominative;
                if nominative && self.can_act(mention) && (found.is_empty() || joined) {
                    found.push(id);
                } else if !joined {
                    prepositional = false;
                }
                prepositional &= joined;
                i = mention.words.end.max(i + 1);
                continue;
            }
            i += 1;
        }
        found.retain(|&id| found_agrees(self.mentions.get(id), lex) || self.mentions.get(id).people.is_some());
        found
    }

    /// Finds where the noun phrase before a verb may begin: commas may set off what stands between.
    fn subject_zone(&self, verb: usize, sentence: &Range<usize>) -> usize {
        let mut start = self.clauses.start_of(verb, sentence);
        for _ in 0..3 {
            if self.clauses.before[start] != Boundary::Comma || start == sentence.start {
                break;
            }
            let earlier = self.clauses.start_of(start - 1, sentence);
            if (earlier..start).any(|i| self.clauses.verb(self.words, i).is_some()) {
                break;
            }
            start = earlier;
        }
        start
    }

    /// Finds the subject of a verb that names none: that of the verb before it, or who was last named.
    pub(crate) fn carried_subject(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
        depth: u8,
    ) -> Option<MentionId> {
        if depth < 3 {
            for earlier in (sentence.start..verb).rev() {
                let Some(other) = self.clauses.verb(self.words, earlier) else { continue };
                let clause = self.clauses.start_of(earlier, sentence);
                let aside = self.words.phrases(clause).iter().any(|p| p.phrase == Phrase::Pronoun);
                if self.clauses.before[clause] == Boundary::Relative
                    || aside
                    || other.pronoun.is_some()
                {
                    continue;
                }
                if let Some(id) = self.own_subject(earlier, other, sentence)
                    && agrees(self.mentions.get(id), lex)
                    && self.can_act(self.mentions.get(id))
                {
                    return Some(id);
                }
            }
        }
        let pronoun = match (lex.form.number, lex.form.gender) {
            (Number::Singular, Gender::Masculine) => Pronoun::He,
            (Number::Singular, _) => Pronoun::She,
            _ => Pronoun::They,
        };
        pronoun_entity(self.mentions, self.words, verb, pronoun)
    }

    /// Finds the subject a verb names itself, before or behind it.
    pub(crate) fn own_subject(
        &self,
        verb: usize,
        lex: &Lex,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let before = self.subject_before(verb, lex, sentence, false);
        if let Some(&id) = before.first() {
            return Some(id);
        }
        let third = lex.form.person == Some(Person::Third);
        let behind = (third && lex.form.number == Number::Singular)
            .then(|| self.scan(verb + 1, sentence, true))
            .and_then(|scan| scan.items.into_iter().find(|item| item.prep.is_none()))
            .and_then(|item| item.mention)
            .filter(|&id| agrees(self.mentions.get(id), lex));
        behind.or_else(|| self.subject_before(verb, lex, sentence, true).first().copied())
    }

    /// Gives a verb of a relative clause the noun phrase that the clause is about.
    fn relative_antecedent(
        &self,
        trigger: &Trigger,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let clause = self.clauses.start_of(trigger.word, sentence);
        let relative = self.clauses.before[clause] == Boundary::Relative && clause < trigger.word;
        let pronoun = trigger.lex.pronoun;
        if !relative {
            if let Some(pronoun) = pronoun
                && let Some(id) = self.object_pronoun(trigger.word, pronoun, arguments)
            {
                if arguments.subject.is_empty() {
                    arguments.subject.append(&mut arguments.object);
                }
                arguments.object.insert(0, id);
            }
            return;
        }
        let Some((antecedent, mention)) =
            self.mentions.before(clause).find(|(_, m)| m.words.end + 3 > clause)
        else {
            return;
        };
        let resumed = scan_pronoun(self, trigger.end, arguments.words.end);
        arguments.words.start = arguments.words.start.min(clause);
        if pronoun.is_some() {
            if arguments.subject.is_empty() {
                arguments.subject.append(&mut arguments.object);
            }
            arguments.object = vec![antecedent];
            arguments.words.start = mention.words.start;
        } else if let Some(prep) = resumed {
            arguments.prepositional.push((prep, antecedent));
            arguments.words.start = mention.words.start;
        } else if arguments.subject.is_empty() || arguments.object.is_empty() && !agrees(self.mentions.get(arguments.subject[0]), &trigger.lex) {
            if agrees(mention, &trigger.lex) && self.can_act(mention) {
                arguments.object.append(&mut arguments.subject);
                arguments.subject = vec![antecedent];
                arguments.words.start = mention.words.start;
            }
        } else if arguments.object.is_empty() && mention.place != PlaceRef::None {
            // The place whose part is lost: "the town of which the group lost more than half".
            arguments.object = vec![antecedent];
            arguments.words.start = mention.words.start;
        }
    }

    fn object_pronoun(
        &self,
        word: usize,
        pronoun: Pronoun,
        arguments: &Arguments,
    ) -> Option<MentionId> {
        let agents = &arguments.subject;
        let near = self.mentions.before(word).take(16).find(|(id, m)| {
            !agents.contains(id)
                && (m.entity.is_some() || m.people.is_some() || m.place != PlaceRef::None)
                && match pronoun {
                    Pronoun::He => m.gender != Gender::Feminine && !m.plural,
                    Pronoun::She => m.gender != Gender::Masculine && !m.plural,
                    Pronoun::They => m.plural || m.people.is_some(),
                    _ => false,
                }
        });
        near.map(|(id, _)| id)
    }

    // ---- nouns --------------------------------------------------------------------------------

    fn of_noun(&self, trigger: &Trigger, sentence: &Range<usize>) -> Arguments {
        let scan = self.scan(trigger.end, sentence, false);
        let mut arguments = Arguments { words: trigger.word..scan.end, ..Arguments::default() };
        let accusative = trigger.lex.form.pos == Pos::Masdar
            && self.words.folded(trigger.word).ends_with(ALEF)
            && trigger.lex.form.gender == Gender::Masculine;
        let mut annexing =
            !trigger.lex.proclitics.article && trigger.lex.pronoun.is_none() && !accusative;
        let mut annexed_end = trigger.end;
        for item in &scan.items {
            match (item.prep, item.mention) {
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                (None, Some(id)) => {
                    let mention = self.mentions.get(id);
                    let joined = self.is_joined(id);
                    let adjacent = item.word <= annexed_end + 2;
                    if annexing && (adjacent || joined) && !(arguments.unknown_first && !joined) {
                        arguments.annexed.push(id);
                        annexed_end = mention.words.end;
                    } else {
                        arguments.object.push(id);
                        annexing = false;
                    }
                }
                (None, None) => {
                    if arguments.annexed.is_empty() && item.word == trigger.end && !self.is_adjective(item.word) {
                        arguments.unknown_first = true;
                    }
                }
                (Some(_), None) => annexing = false,
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
        arguments.adjective = self.adjective_agent(trigger.end, sentence);
        if matches!(trigger.lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple) {
            self.antecedent_of_participle(trigger.word, sentence, &mut arguments);
            return arguments;
        }
        self.govern(trigger, sentence, &mut arguments);
        if arguments.subject.is_empty()
            && trigger.lex.proclitics.preposition == Some(Preposition::Beh)
        {
            self.circumstance(trigger.word, sentence, &mut arguments);
        }
        arguments
    }

    /// Finds an adjective of nationality among the adjectives right behind a noun.
    fn adjective_agent(&self, from: usize, sentence: &Range<usize>) -> Option<(EntityId, Span)> {
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
    fn antecedent_of_participle(
        &self,
        word: usize,
        sentence: &Range<usize>,
        arguments: &mut Arguments,
    ) {
        let reach = word.saturating_sub(6).max(sentence.start);
        let found = self.mentions.before(word).find(|(_, m)| {
            reach < m.words.end && (m.entity.is_some() || m.people.is_some())
        });
        if let Some((id, mention)) = found {
            arguments.subject = vec![id];
            arguments.words.start = mention.words.start;
        }
    }

    /// Gives "with the support of" the subject of its clause.
    fn circumstance(&self, word: usize, sentence: &Range<usize>, arguments: &mut Arguments) {
        let verb = (sentence.start..word).rev().find_map(|i| {
            let lex = self.clauses.verb(self.words, i)?;
            self.own_subject(i, lex, sentence)
        });
        arguments.subject.extend(verb);
        arguments.subject_carried = !arguments.subject.is_empty();
    }

    fn is_adjective(&self, i: usize) -> bool {
        let folded = self.words.folded(i);
        self.words.noun(i, |class| class == NounClass::Adjective).is_some()
            || folded.ends_with('ي')
            || folded.ends_with("يه")
    }

    /// Finds who the pronoun on a verbal noun stands for: the subject of the sentence first.
    fn pronoun_agent(
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

    /// Reads who does it from a relative clause: "an attack that the group carried out".
    fn relative_agent(&self, scan: &Scan, sentence: &Range<usize>, arguments: &mut Arguments) {
        let Some(verb) = (scan.end..sentence.end.min(scan.end + 3))
            .find(|&i| self.clauses.verb(self.words, i).is_some())
        else {
            return;
        };
        let Some(lex) = self.clauses.verb(self.words, verb) else { return };
        if lex.pronoun.is_none() && self.words.verb_has(lex, VerbClass::Hit) {
            return self.struck(verb, sentence, arguments);
        }
        if lex.pronoun.is_none() || !self.words.verb_has(lex, VerbClass::Light) {
            return;
        }
        let behind = self.scan(verb + 1, sentence, true);
        let own = behind.items.iter().find(|item| item.prep.is_none()).and_then(|item| item.mention);
        let own = own.filter(|&id| self.can_act(self.mentions.get(id)));
        let agent = own.or_else(|| self.carried_subject(verb, lex, sentence, 0));
        if let Some(id) = agent {
            arguments.subject = vec![id];
            for item in behind.items.iter().filter(|item| item.prep.is_some()) {
                arguments.prepositional.extend(item.prep.zip(item.mention));
            }
            arguments.words.end = behind.end.max(arguments.words.end);
        }
    }

    /// Reads what a happening struck: "an attack (that) hit a patrol in the town".
    fn struck(&self, verb: usize, sentence: &Range<usize>, arguments: &mut Arguments) {
        let behind = self.scan(verb + 1, sentence, true);
        for item in &behind.items {
            match (item.prep, item.mention) {
                (None, Some(id)) => arguments.object.push(id),
                (Some(prep), Some(id)) => arguments.prepositional.push((prep, id)),
                _ => {}
            }
        }
        arguments.struck = true;
        arguments.words.end = behind.end.max(arguments.words.end);
    }

    /// Finds the verb that lends its subject to a noun and takes both into the evidence.
    fn govern(&self, trigger: &Trigger, sentence: &Range<usize>, arguments: &mut Arguments) {
        let Some(governor) = self.governor(trigger.word, sentence) else { return };
        arguments.governor = Some(governor);
        let lends = matches!(
            governor.class,
            VerbClass::Light
                | VerbClass::Receive
                | VerbClass::Aspect
                | VerbClass::Able
                | VerbClass::Try
                | VerbClass::Fail
                | VerbClass::Cause
        );
        if !lends {
            if governor.class == VerbClass::Say
                && governor.finite
                && let Some(lex) = self.clauses.verb(self.words, governor.word)
                && let Some(id) = self.own_subject(governor.word, lex, sentence)
            {
                arguments.announcer = Some(id);
            }
            return;
        }
        arguments.words.start = arguments.words.start.min(governor.word);
        let mut governor = governor;
        if !governor.finite {
            // "was able to achieve an advance": the verb governs the noun that governs.
            let own = self.mentions.at(governor.word + 1).filter(|&id| {
                self.can_act(self.mentions.get(id)) && governor.word + 1 < trigger.word
            });
            if let Some(id) = own {
                if arguments.subject.is_empty() {
                    arguments.subject.push(id);
                }
                return;
            }
            match self.governor(governor.word, sentence).filter(|g| g.finite) {
                Some(outer) => governor = outer,
                None => return,
            }
            if governor.class == VerbClass::Say {
                return;
            }
            arguments.words.start = arguments.words.start.min(governor.word);
        }
        if let Some(auxiliary) = self.auxiliary_before(governor.word, sentence) {
            arguments.words.start = arguments.words.start.min(auxiliary);
        }
        let Some(lex) = self.clauses.verb(self.words, governor.word) else { return };
        let mut subject = self.subject_before(governor.word, lex, sentence, false);
        if subject.is_empty() {
            let scan = self.scan(governor.word + 1, &(sentence.start..trigger.word), true);
            let mut open = true;
            for item in &scan.items {
                if item.prep.is_none() && let Some(id) = item.mention && open {
                    subject.push(id);
                } else if item.prep == Some(Prep::Beh) && governor.class == VerbClass::Cause {
                    subject.extend(item.mention);
                } else if !subject.is_empty() {
                    open = item.prep.is_some() && item.mention.is_some();
                }
            }
            // "a joint force of marines and SDF": the parts act.
            if subject.is_empty() && scan.items.iter().any(|item| item.prep.is_none()) {
                subject.extend(scan.items.iter().filter(|i| matches!(i.prep, Some(Prep::From | Prep::For))).filter_map(|i| i.mention));
            }
        } else {
            arguments.words.start = arguments.words.start.min(self.mentions.get(subject[0]).words.start);
        }
        if subject.is_empty() && governor.class != VerbClass::Cause {
            subject = self.subject_before(governor.word, lex, sentence, true);
        }
        if subject.is_empty() && governor.class != VerbClass::Cause && !self.impersonal(lex) {
            subject.extend(self.carried_subject(governor.word, lex, sentence, 0));
            arguments.subject_carried = !subject.is_empty();
        }
        if governor.class == VerbClass::Receive {
            if subject.is_empty() || arguments.subject_carried {
                let start = self.clauses.start_of(governor.word, sentence);
                let place = self.mentions.before(governor.word).find(|(_, m)| {
                    start <= m.words.start && m.place != PlaceRef::None
                });
                subject.extend(place.map(|(id, _)| id));
            }
            arguments.object.splice(0..0, subject);
        } else if arguments.subject.is_empty() {
            arguments.subject = subject;
        }
    }

    /// Finds the verb or cue that takes "that" and the verb at `word`: "is about to", "was able to".
    fn auxiliary_before(&self, word: usize, sentence: &Range<usize>) -> Option<usize> {
        let that = word.checked_sub(1).filter(|&i| i > sentence.start)?;
        if self.clauses.before[that] != Boundary::That {
            return None;
        }
        let start = self.clauses.start_of(that - 1, sentence);
        (start..that).find(|&i| {
            let cue = self.words.phrases(i).iter().any(|p| matches!(p.phrase, Phrase::Modality(_)));
            cue || self.clauses.verb(self.words, i).is_some_and(|lex| {
                [VerbClass::Able, VerbClass::Aspect, VerbClass::Try, VerbClass::Fail]
                    .into_iter()
                    .any(|class| self.words.verb_has(lex, class))
            })
        })
    }

    /// A passive auxiliary has the noun itself as its subject: "was completed", "took place".
    fn impersonal(&self, lex: &Lex) -> bool {
        lex.form.voice == Voice::Passive || self.words.verb_has(lex, VerbClass::Impersonal)
    }

    /// Finds the verb or noun that governs the noun at `word`.
    fn governor(&self, word: usize, sentence: &Range<usize>) -> Option<Governor> {
        const CLASSES: [VerbClass; 8] = [
            VerbClass::Receive,
            VerbClass::Able,
            VerbClass::Aspect,
            VerbClass::Try,
            VerbClass::Fail,
            VerbClass::Cause,
            VerbClass::Light,
            VerbClass::Say,
        ];
        let mut i = word;
        let mut nouns = 0;
        let mut prepositions = 0;
        while i > sentence.start && word - i < 16 {
            if self.clauses.before[i] != Boundary::None
                && !matches!(self.clauses.before[i], Boundary::Comma)
                && i != word
            {
                return None;
            }
            if matches!(self.clauses.before[i], Boundary::That | Boundary::Relative | Boundary::Subordinate) {
                return None;
            }
            i -= 1;
            if let Some(id) = self.mentions.at(i) {
                let start = self.mentions.get(id).words.start;
                if self.clauses.verb(self.words, start).is_none() {
                    i = start;
                    continue;
                }
            }
            if let Some(lex) = self.clauses.verb(self.words, i) {
                let class = CLASSES.into_iter().find(|&class| self.words.verb_has(lex, class))?;
                return Some(Governor { word: i, class, finite: true });
            }
            if self.time_at(i) || self.words.all[i].kind != TokenKind::Word {
                continue;
            }
            if preposition_at(self.words, i).is_some() {
                prepositions += 1;
                if prepositions > 2 {
                    return None;
                }
                continue;
            }
            let masdar = self.words.lex(i).iter().find(|lex| lex.form.pos == Pos::Masdar && !lex.proclitics.article);
            if let Some(lex) = masdar
                && (i + 1 == word || self.mentions.at(i + 1).is_some())
            {
                let class = [VerbClass::Aspect, VerbClass::Light, VerbClass::Cause, VerbClass::Try, VerbClass::Fail]
                    .into_iter()
                    .find(|&class| self.words.verb_has(lex, class));
                if let Some(class) = class {
                    return Some(Governor { word: i, class, finite: false });
                }
            }
            if masdar.is_some() {
                return None;
            }
            if self.is_adjective(i) {
                continue;
            }
            nouns += 1;
            if nouns > 3 {
                return None;
            }
        }
        None
    }

    // ---- scanning -----------------------------------------------------------------------------

    /// Reads the phrases from a word on, to the end of what can belong to the trigger before it.
    fn scan(&self, from: usize, sentence: &Range<usize>, verb: bool) -> Scan {
        let mut scan = Scan { items: Vec::new(), end: from, relative: false };
        let mut prep: Option<Prep> = None;
        let mut last: Option<Item> = None;
        let mut commas = 0;
        let mut i = from;
        while i < sentence.end && i < from + 45 {
            match self.clauses.before[i] {
                Boundary::Relative => {
                    scan.relative = true;
                    break;
                }
                Boundary::That | Boundary::Subordinate | Boundary::JoinedVerb | Boundary::Strong
                    if i > from || self.clauses.before[i] != Boundary::Strong =>
                {
                    break;
                }
                Boundary::Comma => {
                    if let Some(end) = self.parenthesis(i, sentence) {
                        i = end;
                        continue;
                    }
                    commas += 1;
                    if !self.goes_on(i, verb, commas, &scan, last.as_ref()) {
                        break;
                    }
                    prep = None;
                }
                _ => {}
            }
            let word = &self.words.all[i];
            if word.kind == TokenKind::Sign {
                if word.sign == '(' {
                    i = self.skip_brackets(i, sentence);
                } else {
                    i += 1;
                }
                continue;
            }
            if self.clauses.verb(self.words, i).is_some() && self.mentions.at(i).is_none() {
                scan.relative = true;
                break;
            }
            if let Some((found, end, pronoun)) = preposition_at(self.words, i)
                && self.mentions.at(i).is_none()
            {
                if pronoun {
                    if let Some(id) = self.preposition_pronoun(i) {
                        scan.items.push(Item { prep: Some(found), mention: Some(id), word: i });
                    }
                    prep = None;
                } else {
                    if matches!(found, Prep::Because | Prep::Despite) {
                        break;
                    }
                    // "control over 60 % of the city": the part keeps the preposition of the whole.
                    let partitive = found == Prep::From && prep.is_some() && self.is_part(i);
                    if !partitive {
                        prep = Some(found);
                    }
                }
                i = end.max(i + 1);
                scan.end = i;
                last = None;
                continue;
            }
            let after_definite = i > from
                && self.words.lex(i - 1).iter().any(|l| l.proclitics.article)
                && self.mentions.at(i - 1).is_none();
            if self.time_at(i) {
                prep = None;
                i += 1;
                scan.end = i;
                continue;
            }
            if let Some(id) = self.mentions.at(i) {
                let mention = self.mentions.get(id);
                let attached = match mention.front.preposition {
                    Some(Preposition::Beh) if mention.place != PlaceRef::None => Some(Prep::In),
                    Some(Preposition::Beh) => Some(Prep::Beh),
                    Some(Preposition::Lam) => Some(Prep::For),
                    Some(Preposition::Kaf) => Some(Prep::Like),
                    None => None,
                };
                let joined = self.is_joined(id);
                if after_definite && mention.amount.is_some() {
                    prep = None;
                }
                let slot = match (attached, prep, joined, last) {
                    (Some(attached), ..) => Some(attached),
                    (None, None, true, Some(last)) => last.prep,
                    (None, prep, ..) => prep,
                };
                let item = Item { prep: slot, mention: Some(id), word: i };
                scan.items.push(item);
                last = Some(item);
                prep = None;
                i = mention.words.end.max(i + 1);
                scan.end = i;
                continue;
            }
            let function = self.words.phrases(i).iter().any(|p| {
                matches!(p.phrase, Phrase::Demonstrative | Phrase::Determiner | Phrase::Conjunction | Phrase::Medium)
            });
            let noun = self.words.lex(i).iter().find(|lex| lex.form.pos != Pos::Verb);
            let attached = noun.and_then(|lex| lex.proclitics.preposition);
            if let Some(attached) = attached {
                prep = Some(match attached {
                    Preposition::Beh => Prep::Beh,
                    Preposition::Lam => Prep::For,
                    Preposition::Kaf => Prep::Like,
                });
            }
            let item = Item { prep, mention: None, word: i };
            if !function {
                let adjective = last.is_some() && self.is_adjective(i);
                if !adjective {
                    scan.items.push(item);
                }
                // A plain noun closes the bare position; what is annexed to it keeps its slot.
            }
            i += 1;
            scan.end = i;
        }
        self.trim(from, &mut scan);
        scan
    }

    /// Takes signs and lone particles off the end of a scan.
    fn trim(&self, from: usize, scan: &mut Scan) {
        while scan.end > from {
            let at = scan.end - 1;
            let dangling = preposition_at(self.words, at).is_some_and(|(_, end, pronoun)| {
                !pronoun && end >= scan.end && self.mentions.at(at).is_none()
            });
            if self.words.all[at].kind == TokenKind::Sign || dangling {
                scan.end -= 1;
            } else {
                break;
            }
        }
    }

    /// Tells whether a preposition "of" at a word follows a share or a word for a part.
    fn is_part(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let share = self.amounts.iter().any(|amount| {
            let words = self.words.of_tokens(&amount.tokens);
            words.contains(&before) || words.end == before
        });
        let determiner = (before.saturating_sub(2)..=before).any(|at| {
            self.words.phrases(at).iter().any(|p| p.phrase == Phrase::Determiner)
        });
        share || determiner
    }

    /// Decides whether a clause goes on behind a comma.
    fn goes_on(&self, i: usize, verb: bool, commas: usize, scan: &Scan, last: Option<&Item>) -> bool {
        if self.clauses.verb(self.words, i).is_some() || commas > 3 {
            return false;
        }
        let place = |id: MentionId| self.mentions.get(id).place != PlaceRef::None;
        if let Some(id) = self.mentions.at(i)
            && let Some(last) = last.and_then(|l| l.mention)
            && self.mentions.get(id).front.conjunction.is_some()
            && place(id) == place(last)
        {
            return true;
        }
        let has_object = scan.items.iter().filter(|item| item.mention.is_some()).count() > 1;
        verb && !has_object && (self.mentions.at(i).is_some() || self.time_at(i) || preposition_at(self.words, i).is_some_and(|(p, ..)| matches!(p, Prep::In | Prep::On)))
    }

    /// Skips "…, and it is a …," after a noun; returns the word behind the closing comma.
    fn parenthesis(&self, i: usize, sentence: &Range<usize>) -> Option<usize> {
        let limit = sentence.end.min(i + 20);
        let end = (i..limit).find(|&at| matches!(self.words.all[at].sign, '،' | ','))? + 1;
        let pronoun = self.words.phrases(i).iter().any(|p| {
            p.phrase == Phrase::Pronoun && p.proclitics.conjunction.is_some()
        });
        // "…, backed by aircraft, on the town": a participle, and a preposition behind it.
        let participle = self.words.lex(i).iter().any(|lex| {
            matches!(lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple)
                && !lex.proclitics.article
        });
        let resumes = end < sentence.end && preposition_at(self.words, end).is_some();
        (pronoun || participle && resumes).then_some(end)
    }

    fn skip_brackets(&self, i: usize, sentence: &Range<usize>) -> usize {
        let limit = sentence.end.min(i + 16);
        (i..limit).find(|&at| self.words.all[at].sign == ')').map_or(i + 1, |at| at + 1)
    }

    /// Finds the place or party that a pronoun on a preposition stands for.
    fn preposition_pronoun(&self, i: usize) -> Option<MentionId> {
        let pronoun = self.words.phrases(i).iter().find_map(|p| p.pronoun)?;
        let near = self.mentions.before(i).take(10).find(|(_, m)| {
            (m.place != PlaceRef::None || m.entity.is_some())
                && match pronoun {
                    Pronoun::He => m.gender != Gender::Feminine && !m.plural,
                    Pronoun::She => m.gender != Gender::Masculine && !m.plural,
                    Pronoun::They => m.plural,
                    _ => false,
                }
        });
        near.map(|(id, _)| id)
    }

    /// Tells whether "and" stands before a mention, attached or alone.
    pub(crate) fn is_joined(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        if mention.front.conjunction.is_some() {
            return true;
        }
        let mut before = mention.words.start;
        while before > 0 && matches!(self.words.all[before - 1].sign, '«' | '"' | '“' | '”') {
            before -= 1;
        }
        before > 0 && {
            let mut letters = self.words.folded(before - 1).chars();
            letters.next() == Some(WAW) && letters.next().is_none()
        }
    }

    /// Tells whether a mention can do something: a party, a person, people; never a voice.
    pub(crate) fn can_act(&self, mention: &Mention) -> bool {
        if let Some(entity) = mention.entity {
            let kind = self.words.knowledge.entities.get(entity).kind;
            return matches!(kind, EntityKind::Actor | EntityKind::Person);
        }
        mention.people.is_some() || mention.speaker
    }
}

/// Finds a preposition with a pronoun between two words.
fn scan_pronoun(reading: &Reading<'_>, from: usize, to: usize) -> Option<Prep> {
    (from..to).find_map(|i| match preposition_at(reading.words, i) {
        Some((prep, _, true)) => Some(prep),
        _ => None,
    })
}

fn found_agrees(mention: &Mention, lex: &Lex) -> bool {
    agrees(mention, lex)
}

/// Tells whether a noun phrase may be the subject of a verb form.
pub(crate) fn agrees(mention: &Mention, lex: &Lex) -> bool {
    if lex.form.person != Some(Person::Third) {
        return false;
    }
    match (lex.form.number, lex.form.gender, mention.gender) {
        (Number::Singular, Gender::Masculine, Gender::Feminine) => mention.plural,
        (Number::Singular, Gender::Feminine, Gender::Masculine) => mention.plural,
        (Number::Plural, ..) => mention.plural || mention.people.is_some(),
        _ => true,
    }
}

/// Tells whether a verb form is in the present.
pub(crate) fn is_present(lex: &Lex) -> bool {
    lex.form.tense == Some(Tense::Present)
}
