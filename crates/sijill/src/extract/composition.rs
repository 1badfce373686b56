//! Claims of one sentence that tell of one happening: the toll and the strike that caused it.

use super::Reading;
use super::clauses::preposition_at;
use super::frames::Fired;
use sijill_knowledge::{Prep, VerbClass};
use sijill_model::{ClaimType, Kind};

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

    /// Tells whether one claim's event is said to have caused another claim's toll.
    fn causes(&self, event: &Fired, toll: &Fired) -> bool {
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
