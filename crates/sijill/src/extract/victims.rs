//! Whose the dead and wounded were.

use super::Reading;
use super::arguments::{Arguments, Trigger};
use super::clauses::preposition_at;
use super::frames::Filled;
use super::mentions::{MentionId, PlaceRef};
use sijill_knowledge::{EntityId, NounClass, Phrase, Prep, Rule};
use sijill_model::Kind;

impl Reading<'_> {
    /// Of a toll: the counted noun itself may say who they were ("ten dead soldiers"), or where they
    /// served ("in the ranks of the army"); those of another toll are not among them.
    pub(super) fn own_victims(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
        filled: &mut Filled,
    ) {
        filled.target.retain(|&id| !self.is_of_another_toll(id, rule));
        if let Some(id) = self.mentions.at(trigger.word)
            && filled.target.is_empty()
        {
            let mention = self.mentions.get(id);
            let known = mention.people.is_some_and(|class| class != NounClass::Victim);
            if known || mention.people.is_some() && mention.entity.is_some() {
                filled.target.push(id);
            }
        }
        let nameless = |id: &MentionId| {
            let mention = self.mentions.get(*id);
            mention.entity.is_none() && mention.people.is_none_or(|c| c == NounClass::Victim)
        };
        if filled.target.iter().all(nameless) {
            let serves = arguments.prepositional.iter().find(|&&(prep, id)| {
                let mention = self.mentions.get(id);
                let start = mention.words.start;
                prep == Prep::In
                    && mention.place == PlaceRef::None
                    && mention.entity.is_some()
                    && self.can_act(mention)
                    && !self.is_harmless(mention, rule)
                    && !filled.agent.contains(&id)
                    && start > 0
                    && preposition_at(self.words, start - 1).is_some()
            });
            filled.target.extend(serves.map(|&(_, id)| id));
        }
    }

    /// "There died of the army ten fighters", "from the side of the army": whose they were stands
    /// before their number.
    pub(super) fn victims_of(&self, trigger: &Trigger, arguments: &Arguments, filled: &mut Filled) {
        let of = self.words.all.get(trigger.end).is_some_and(|_| {
            self.words
                .phrases(trigger.end)
                .iter()
                .any(|p| p.phrase == Phrase::Preposition(Prep::From) || p.phrase == Phrase::Side)
        });
        let told = arguments.prepositional.iter().filter(|_| of).find_map(|&(prep, id)| {
            let mention = self.mentions.get(id);
            let near = (trigger.end..trigger.end + 4).contains(&mention.words.start);
            let victims = self.mentions.get(self.mentions.at(mention.words.end)?);
            let counted = victims.entity.is_none_or(|e| self.is_civilian(e));
            let party = mention.entity.is_some() && mention.amount.is_none();
            (matches!(prep, Prep::From | Prep::By) && near && counted && party)
                .then_some((id, victims.amount?))
        });
        let Some((whose, amount)) = told else { return };
        filled.agent.retain(|&id| id != whose);
        filled.target.clear();
        filled.target.push(whose);
        filled.own_amount = filled.own_amount.or(Some(amount));
    }

    pub(super) fn is_civilian(&self, entity: EntityId) -> bool {
        self.words.knowledge.entities.get(entity).type_name == "civilian"
    }

    /// Tells whether a noun for victims counts for another type of toll: "a dead and six wounded".
    pub(super) fn is_of_another_toll(&self, id: MentionId, rule: &Rule) -> bool {
        let mention = self.mentions.get(id);
        if mention.people != Some(NounClass::Victim) {
            return false;
        }
        let frames = &self.words.knowledge.frames;
        let mut tolls = mention
            .words
            .clone()
            .filter_map(|i| self.words.noun(i, |class| class == NounClass::Victim))
            .flat_map(|lex| frames.evoked_by(lex.lemma))
            .map(|&rule| frames.rule(rule).claim_type)
            .filter(|other| other.kind() == Kind::Toll)
            .peekable();
        tolls.peek().is_some() && tolls.all(|other| other != rule.claim_type)
    }
}
