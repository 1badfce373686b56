//! Claims that belong together: the toll and the strike that caused it, two tolls of one verb.

use super::Reading;
use super::clauses::preposition_at;
use super::frames::Fired;
use super::mentions::MentionId;
use sijill_knowledge::{EntityId, NounClass, Prep, VerbClass};
use sijill_model::{ClaimType, Kind};
use sijill_text::morph::Pos;

impl Reading<'_> {
    /// Gives a toll without an agent the agent of the event that the sentence says caused it.
    pub(crate) fn share_agents(&self, fired: &mut [Fired]) {
        for i in 0..fired.len() {
            let rule = self.words.knowledge.frames.rule(fired[i].rule);
            if rule.claim_type.kind() != Kind::Toll {
                continue;
            }
            let bare = fired[i].roles.agent.is_empty() && !fired[i].roles.adjective;
            let cause = (0..fired.len()).find(|&j| self.causes(&fired[j], &fired[i]));
            if let Some(j) = cause {
                fired[i].linked = true;
                fired[j].linked = true;
                if !bare {
                    continue;
                }
                let target = |&id: &u32| self.mentions.get(id).entity;
                let suffers: Vec<_> = fired[i].roles.target.iter().filter_map(target).collect();
                if fired[j].roles.agent.iter().filter_map(target).any(|e| suffers.contains(&e)) {
                    continue;
                }
                let (agent, adjective) = (fired[j].roles.agent.clone(), fired[j].roles.adjective);
                fired[i].roles.agent = agent;
                fired[i].roles.adjective = adjective;
                fired[i].arguments.adjective = fired[j].arguments.adjective;
            }
        }
    }

    /// "The killing of 29 and the injury of 15 of the fighters of …": whose fighters they are is told
    /// behind the second toll.
    pub(crate) fn share_victims(&self, fired: &mut [Fired]) {
        let toll = |one: &Fired| {
            let rule = self.words.knowledge.frames.rule(one.rule);
            rule.claim_type.kind() == Kind::Toll && one.trigger.lex.form.pos != Pos::Noun
        };
        let known = |&id: &MentionId| {
            let mention = self.mentions.get(id);
            mention.entity.is_some() || mention.people.is_some()
        };
        for i in 0..fired.len() {
            let one = &fired[i];
            let counted = |&id: &MentionId| self.mentions.get(id).amount.is_some();
            if !toll(one)
                || one.roles.target.iter().any(known)
                || !one.roles.target.iter().any(counted)
            {
                continue;
            }
            let next = one.arguments.words.end;
            let second = fired.iter().find(|other| {
                let joined = other.trigger.lex.proclitics.conjunction.is_some();
                joined && other.trigger.word == next && toll(other)
            });
            let Some(second) = second else { continue };
            let whose = |&id: &MentionId| known(&id) && counted(&id);
            let shared = second.roles.target.iter().copied().find(whose);
            fired[i].roles.target.extend(shared);
        }
    }

    /// Makes a claim of each counted party that shares one trigger: "the killing of 322 of its
    /// fighters and 104 of the army" tells of two tolls.
    pub(crate) fn split_tolls(&self, fired: &mut Vec<Fired>) {
        let mut i = 0;
        while i < fired.len() {
            if let Some(rest) = self.split_off(&mut fired[i]) {
                fired.insert(i + 1, rest);
            }
            i += 1;
        }
    }

    /// Takes the second party off a toll.
    fn split_off(&self, toll: &mut Fired) -> Option<Fired> {
        let rule = self.words.knowledge.frames.rule(toll.rule);
        let targets = &toll.roles.target;
        if rule.claim_type.kind() != Kind::Toll || targets.len() < 2 {
            return None;
        }
        let first = self.party_of(targets[0])?;
        let other = |&id: &MentionId| self.party_of(id).is_some_and(|party| party != first);
        let at = targets.iter().position(other)?;
        let counted = |&id: &MentionId| self.number_of(self.mentions.get(id), false).is_some();
        if !counted(&targets[0]) || !counted(&targets[at]) {
            return None;
        }
        let start = self.mentions.get(targets[at]).words.start;
        if start <= toll.trigger.word {
            return None;
        }
        let mut rest = toll.clone();
        rest.roles.target.drain(..at);
        rest.roles.own_amount = None;
        rest.shares_trigger = true;
        rest.arguments.words = start..toll.arguments.words.end.max(start + 1);
        toll.roles.target.truncate(at);
        toll.arguments.words.end = start;
        // The "and" that joins the two belongs to neither.
        if self.mentions.at(start - 1).is_none()
            && self.words.folded(start - 1).chars().count() == 1
        {
            toll.arguments.words.end = start - 1;
        }
        Some(rest)
    }

    /// Returns the id under which a claim names a mention.
    pub(super) fn party_of(&self, id: MentionId) -> Option<EntityId> {
        let entities = &self.words.knowledge.entities;
        let mention = self.mentions.get(id);
        match (mention.entity, mention.people) {
            (Some(entity), _) => Some(entities.counts_as(entity)),
            (None, Some(NounClass::Civilian | NounClass::Human)) => entities.find("civilians"),
            _ => None,
        }
    }

    /// Tells whether one claim's event is said to have caused another claim's toll.
    pub(super) fn causes(&self, event: &Fired, toll: &Fired) -> bool {
        let rule = self.words.knowledge.frames.rule(event.rule);
        let violent = matches!(
            rule.claim_type,
            ClaimType::Airstrike
                | ClaimType::Shelling
                | ClaimType::Bombing
                | ClaimType::Assault
                | ClaimType::CivilianAttack
                | ClaimType::Clash
        );
        if !violent || event.sentence != toll.sentence {
            return false;
        }
        let (cause, effect) = (event.trigger.word, toll.trigger.word);
        if effect < cause {
            // "killed in, by, because of a raid": the preposition stands between, near the raid.
            return (cause.saturating_sub(3).max(effect)..=cause).any(|w| {
                preposition_at(self.words, w)
                    .is_some_and(|(prep, ..)| matches!(prep, Prep::Because | Prep::In | Prep::By))
            }) || event.trigger.lex.proclitics.preposition.is_some();
        }
        // "a raid that led to the death of": a verb of causing stands between.
        (cause..effect).any(|w| {
            self.clauses
                .verb(self.words, w)
                .is_some_and(|lex| self.words.verb_has(lex, VerbClass::Cause))
        })
    }
}
