//! Roles: which slot of a rule each argument fills.

use super::Reading;
use super::arguments::{Arguments, Trigger};
use super::frames::Filled;
use super::mentions::{Mention, MentionId, PlaceRef};
use sijill_knowledge::{EntityId, EntityKind, NounClass, Phrase, Prep, Roles, Rule, VerbClass};
use sijill_model::{ClaimType, Kind};
use sijill_text::clitic::Preposition;
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
                if !self.is_headline_of(id, rule, arguments) {
                    self.assign(id, rule, rule.object, &mut filled);
                }
            }
        } else {
            for &id in &arguments.subject {
                self.assign(id, rule, rule.subject, &mut filled);
            }
            self.fill_annexed(rule, trigger, arguments, lent, &mut filled);
            let received = arguments.governor.is_some_and(|g| g.class == VerbClass::Receive);
            let carries =
                verb || received || arguments.struck || self.strikes_own(trigger, arguments);
            if carries || !arguments.subject.is_empty() || !arguments.annexed.is_empty() {
                for &id in &arguments.object {
                    if !self.is_headline_of(id, rule, arguments) {
                        self.assign(id, rule, rule.object, &mut filled);
                    }
                }
            }
        }
        for &(prep, id) in &arguments.prepositional {
            let roles = rule.prepositions.iter().find(|(p, _)| *p == prep).map(|(_, roles)| *roles);
            if let Some(mut roles) = roles {
                // "A campaign to drive out …": whom it is for to suffer does not wage it.
                let event = rule.claim_type.kind() == Kind::Event;
                if event && prep == Prep::For && self.is_aim(id) {
                    roles.agent = false;
                }
                // "… on the one side, and … on the other": all of the first side act.
                if prep == Prep::Between && arguments.sided && roles.agent {
                    let acts = self.can_act(self.mentions.get(id));
                    filled.agent.extend(Some(id).filter(|id| acts && !filled.agent.contains(id)));
                    continue;
                }
                if prep == Prep::With && arguments.sided && roles.target {
                    let acts = self.can_act(self.mentions.get(id));
                    filled.target.extend(Some(id).filter(|id| acts && !filled.target.contains(id)));
                    continue;
                }
                // "between … and …": the first acts, the other is whom it meets.
                if prep == Prep::Between && roles.target && !filled.agent.is_empty() {
                    roles.agent = false;
                }
                self.assign(id, rule, roles, &mut filled);
            }
        }
        if rule.claim_type.kind() == Kind::Toll {
            self.own_victims(rule, trigger, arguments, &mut filled);
            // "Dead of the brigade": they are not killed by it.
            let party = |&id: &MentionId| self.mentions.get(id).entity;
            let suffers = |id: &MentionId| {
                party(id).is_some_and(|one| filled.target.iter().any(|id| party(id) == Some(one)))
            };
            filled.agent = { filled.agent }.into_iter().filter(|id| !suffers(id)).collect();
        }
        self.lend_announcer(rule, arguments, &mut filled);
        self.turn_on_themselves(rule, trigger, arguments, &mut filled);
        filled.adjective = arguments.adjective.is_some() && filled.agent.is_empty();
        // "The killing of 29 and the injury of …": what is joined is not counted by what stands before.
        let joined = trigger.lex.proclitics.conjunction.is_some()
            && self.mentions.at(trigger.word).is_none();
        filled.own_amount = self.amount_before(trigger.word).filter(|_| !joined);
        if rule.claim_type.kind() == Kind::Toll && filled.own_amount.is_none() {
            // "The number of dead rose to 21", "is put at forty".
            let reached = arguments.prepositional.iter().find_map(|&(prep, id)| {
                let mention = self.mentions.get(id);
                let bare = mention.people.is_none() && mention.entity.is_none();
                (matches!(prep, Prep::To | Prep::Beh) && bare).then_some(mention.amount).flatten()
            });
            // "The number of dead exceeded 400": the verb is part of the amount.
            let within = || self.mentions.get(self.mentions.at(trigger.word)?).amount;
            filled.own_amount = reached.or_else(within);
        }
        if rule.claim_type.kind() == Kind::Toll && trigger.lex.form.pos == Pos::Verb {
            self.victims_of(trigger, arguments, &mut filled);
        }
        filled
    }

    /// "The targeting of barracks of the army": whose the thing right behind a verbal noun is suffers.
    fn strikes_own(&self, trigger: &Trigger, arguments: &Arguments) -> bool {
        let transitive = self.words.knowledge.lexicon.lemma(trigger.lex.lemma).transitive;
        let masdar = trigger.lex.form.pos == Pos::Masdar && transitive;
        let behind = |&id: &MentionId| self.mentions.get(id).words.start == trigger.end + 1;
        masdar && arguments.unknown_first && arguments.object.first().is_some_and(behind)
    }

    /// "They began to liquidate each other": who acts suffers, too.
    fn turn_on_themselves(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
        filled: &mut Filled,
    ) {
        let end = arguments.words.end.max(trigger.end + 2).min(self.words.all.len());
        let each_other =
            |i: usize| self.words.phrases(i).iter().any(|p| p.phrase == Phrase::Reciprocal);
        let violent = matches!(rule.claim_type.kind(), Kind::Event | Kind::Toll);
        if !violent || !(trigger.end..end).any(each_other) {
            return;
        }
        if filled.agent.is_empty() {
            filled.agent.clone_from(&filled.target);
        } else {
            filled.target.clone_from(&filled.agent);
        }
    }

    /// "The toll of victims reached 44 martyrs": the definite victims only name the toll; those who
    /// are counted are told behind them.
    fn is_headline_of(&self, id: MentionId, rule: &Rule, arguments: &Arguments) -> bool {
        let mention = self.mentions.get(id);
        let counted = |&other: &MentionId| self.mentions.get(other).amount.is_some();
        rule.claim_type.kind() == Kind::Toll
            && mention.people == Some(NounClass::Victim)
            && mention.definite
            && mention.amount.is_none()
            && (arguments.subject.iter().chain(&arguments.object).any(counted)
                || arguments.prepositional.iter().any(|(prep, other)| {
                    let filled = rule.prepositions.iter().any(|(p, r)| p == prep && r.target);
                    matches!(prep, Prep::To | Prep::Beh | Prep::About) && filled && counted(other)
                }))
    }

    /// Tells whether a mention is the object of what something is for: "to drive out the fighters".
    fn is_aim(&self, id: MentionId) -> bool {
        let mention = self.mentions.get(id);
        let Some(before) = mention.words.start.checked_sub(1) else { return false };
        mention.front.preposition.is_none()
            && self.words.lex(before).iter().any(|lex| {
                lex.form.pos == Pos::Masdar && lex.proclitics.preposition == Some(Preposition::Lam)
            })
    }

    /// Puts what a noun is annexed to into its slots.
    fn fill_annexed(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
        lent: bool,
        filled: &mut Filled,
    ) {
        let taken = lent && !arguments.subject.is_empty() && !filled.agent.is_empty();
        let agent_only = rule.annexed.agent && !rule.annexed.target;
        let mut last = None;
        for &id in &arguments.annexed {
            let roles = match last {
                // "The killing of nine fighters and five civilians": what "and" joins is alike.
                Some(before) if self.is_joined(id) && filled.target.contains(&before) => {
                    Roles { target: true, ..Roles::default() }
                }
                Some(before) if self.is_joined(id) && filled.agent.contains(&before) => {
                    Roles { agent: true, ..Roles::default() }
                }
                _ if taken && agent_only => rule.object,
                _ if self.is_doer(id, rule, trigger, arguments) => rule.subject,
                _ => rule.annexed,
            };
            self.assign(id, rule, roles, filled);
            last = Some(id);
        }
    }

    /// "The army's shelling of the town": with an object of its own, the verbal noun of a transitive
    /// verb is annexed to who does it.
    fn is_doer(
        &self,
        id: MentionId,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
    ) -> bool {
        let mention = self.mentions.get(id);
        let known = mention.entity.is_some() || mention.people == Some(NounClass::Combatant);
        rule.subject.agent
            && !rule.annexed.agent
            && (!arguments.object.is_empty() || arguments.thing)
            && trigger.lex.form.pos == Pos::Masdar
            && self.words.knowledge.lexicon.lemma(trigger.lex.lemma).transitive
            && known
            && self.can_act(mention)
            && !self.is_harmless(mention, rule)
    }

    /// Who announces that a place was taken took it, unless somebody else is named.
    pub(super) fn lend_announcer(&self, rule: &Rule, arguments: &Arguments, filled: &mut Filled) {
        let own =
            matches!(rule.claim_type.kind(), Kind::Control | Kind::Agreement | Kind::Statement)
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
            let entities = &self.words.knowledge.entities;
            let party = |e: EntityId| {
                let name = entities.get(e).type_name.as_str();
                matches!(
                    name,
                    "armed-group" | "state-forces" | "coalition" | "state" | "government"
                )
            };
            let person = |e: EntityId| entities.get(e).kind == EntityKind::Person;
            let acts = |e: EntityId| party(e) || person(e) && entities.owner(e).is_some_and(party);
            if self.mentions.get(id).entity.is_some_and(acts) {
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
            && (acts || mention.people.is_some() || mention.amount.is_some())
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
        // So many persons neither bomb nor hold towns; one of them may shoot.
        let civilian = civilian
            || mention.people == Some(NounClass::Human)
                && mention.entity.is_none()
                && mention.amount.is_some()
                && matches!(
                    rule.claim_type,
                    ClaimType::Airstrike | ClaimType::Shelling | ClaimType::Killed
                );
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
        // "The killing of 29 and-wounding of 15": what is joined is counted by what follows it.
        let mut readings = self.words.lex(word).iter();
        if readings.any(|lex| lex.form.pos == Pos::Masdar && lex.proclitics.conjunction.is_some()) {
            return None;
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
