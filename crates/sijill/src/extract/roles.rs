//! Roles: which slot of a rule each argument fills.

use super::Reading;
use super::arguments::{Arguments, Trigger};
use super::frames::Filled;
use super::mentions::{Mention, MentionId, PlaceRef};
use sijill_knowledge::{NounClass, Prep, Roles, Rule, VerbClass};
use sijill_model::{ClaimType, Kind};
use sijill_text::morph::Pos;
use sijill_text::numeral::Unit;
use std::ops::Range;

impl Reading<'_> {
    pub(super) fn fill(&self, rule: &Rule, trigger: &Trigger, arguments: &Arguments) -> Filled {
        let mut filled = Filled::default();
        let verb = trigger.lex.form.pos == Pos::Verb;
        let lent = arguments
            .governor
            .is_some_and(|g| g.class != VerbClass::Receive && g.class != VerbClass::Say);
        if verb && arguments.passive && !rule.subject.target {
            for &id in arguments.subject.iter().chain(&arguments.object) {
                self.assign(id, rule, rule.object, &mut filled);
            }
        } else {
            for &id in &arguments.subject {
                self.assign(id, rule, rule.subject, &mut filled);
            }
            let taken = lent && !arguments.subject.is_empty() && !filled.agent.is_empty();
            for &id in &arguments.annexed {
                let agent_only = rule.annexed.agent && !rule.annexed.target;
                let roles = if taken && agent_only { rule.object } else { rule.annexed };
                self.assign(id, rule, roles, &mut filled);
            }
            let received = arguments.governor.is_some_and(|g| g.class == VerbClass::Receive);
            let carries = verb || received || arguments.struck;
            if carries || !arguments.subject.is_empty() || !arguments.annexed.is_empty() {
                for &id in &arguments.object {
                    self.assign(id, rule, rule.object, &mut filled);
                }
            }
        }
        for &(prep, id) in &arguments.prepositional {
            let roles = rule.prepositions.iter().find(|(p, _)| *p == prep).map(|(_, roles)| *roles);
            if let Some(mut roles) = roles {
                // "between … and …": the first acts, the other is whom it meets.
                if prep == Prep::Between && roles.target && !filled.agent.is_empty() {
                    roles.agent = false;
                }
                self.assign(id, rule, roles, &mut filled);
            }
        }
        self.lend_announcer(rule, arguments, &mut filled);
        filled.adjective = arguments.adjective.is_some() && filled.agent.is_empty();
        filled.own_amount = self.amount_before(trigger.word);
        if rule.claim_type.kind() == Kind::Toll && filled.own_amount.is_none() {
            // "The number of dead rose to 21."
            let reached = arguments.prepositional.iter().find_map(|&(prep, id)| {
                let mention = self.mentions.get(id);
                let bare = mention.people.is_none() && mention.entity.is_none();
                (prep == Prep::To && bare).then_some(mention.amount).flatten()
            });
            filled.own_amount = reached;
        }
        filled
    }

    /// Who announces that a place was taken took it, unless somebody else is named.
    pub(super) fn lend_announcer(&self, rule: &Rule, arguments: &Arguments, filled: &mut Filled) {
        let own = matches!(rule.claim_type.kind(), Kind::Control | Kind::Agreement)
            || matches!(
                rule.claim_type,
                ClaimType::Advance
                    | ClaimType::Withdrawal
                    | ClaimType::Deployment
                    | ClaimType::Airstrike
                    | ClaimType::Shelling
                    | ClaimType::Assault
                    | ClaimType::Release
                    | ClaimType::Arrest
            );
        if !own || !filled.agent.is_empty() || !rule.subject.agent {
            return;
        }
        if let Some(id) = arguments.announcer {
            let entity = self.mentions.get(id).entity.map(|e| self.words.knowledge.entities.get(e));
            let party =
                |name: &str| matches!(name, "armed-group" | "state-forces" | "coalition" | "state");
            if entity.is_some_and(|e| party(&e.type_name)) {
                filled.agent.push(id);
            }
        }
    }

    /// Puts a mention into the first role it fits.
    pub(super) fn assign(&self, id: MentionId, rule: &Rule, roles: Roles, filled: &mut Filled) {
        let mention = self.mentions.get(id);
        let place = mention.place != PlaceRef::None;
        // A voice does nothing but speak.
        let speaks = rule.claim_type.kind() == Kind::Statement && mention.entity.is_some();
        let acts = self.can_act(mention) || speaks;
        let among = |list: &[MentionId]| list.contains(&id);
        if among(&filled.agent) || among(&filled.target) || among(&filled.place) {
            return;
        }
        if roles.place && place && !(roles.agent && mention.entity.is_some()) {
            filled.place.push(id);
        } else if roles.agent
            && acts
            && !self.is_harmless(mention, rule)
            && (filled.agent.is_empty() || self.joins(id, &filled.agent))
        {
            filled.agent.push(id);
        } else if roles.target
            && (acts || mention.amount.is_some())
            && (filled.target.is_empty() || self.joins(id, &filled.target))
        {
            filled.target.push(id);
        } else if roles.place && place {
            filled.place.push(id);
        }
    }

    /// Civilians and civilian objects suffer acts of war, they do not commit them.
    pub(super) fn is_harmless(&self, mention: &Mention, rule: &Rule) -> bool {
        let civilian = match mention.entity {
            Some(entity) => self.words.knowledge.entities.get(entity).type_name == "civilian",
            None => mention.people == Some(NounClass::Civilian),
        };
        let armed = matches!(rule.claim_type.kind(), Kind::Control | Kind::Toll | Kind::Damage)
            || matches!(
                rule.claim_type,
                ClaimType::Clash
                    | ClaimType::Assault
                    | ClaimType::Airstrike
                    | ClaimType::Shelling
                    | ClaimType::Bombing
                    | ClaimType::Execution
                    | ClaimType::CivilianAttack
                    | ClaimType::Advance
                    | ClaimType::Siege
                    | ClaimType::Deployment
                    | ClaimType::Abduction
                    | ClaimType::Arrest
            );
        civilian && armed
    }

    /// Tells whether a mention is joined by "and" to one of a list.
    pub(super) fn joins(&self, id: MentionId, list: &[MentionId]) -> bool {
        self.is_joined(id) && list.iter().any(|&other| other < id)
    }

    /// Finds the amount that stands right before a word and counts it.
    pub(crate) fn amount_before(&self, word: usize) -> Option<usize> {
        let own = self.mentions.at(word).map(|id| self.mentions.get(id));
        if let Some(amount) = own.filter(|m| m.people.is_some()).and_then(|m| m.amount) {
            return Some(amount);
        }
        let before = word.checked_sub(1)?;
        let id = self.mentions.at(before)?;
        let mention = self.mentions.get(id);
        (mention.words.end == word && mention.people.is_none() && mention.entity.is_none())
            .then_some(mention.amount)?
    }

    /// Finds a share among the words of a claim.
    pub(crate) fn share_in(&self, arguments: &Arguments, sentence: &Range<usize>) -> Option<usize> {
        let end = (arguments.words.end + 6).min(sentence.end);
        self.amounts.iter().position(|amount| {
            if amount.unit == Unit::Plain {
                return false;
            }
            let words = self.words.of_tokens(&amount.tokens);
            arguments.words.start <= words.start && words.end <= end
        })
    }

    /// Finds the first place mention within a range of words.
    pub(crate) fn place_in(&self, words: &Range<usize>) -> Option<MentionId> {
        words.clone().find_map(|i| {
            let id = self.mentions.at(i)?;
            (self.mentions.get(id).place != PlaceRef::None).then_some(id)
        })
    }
}
