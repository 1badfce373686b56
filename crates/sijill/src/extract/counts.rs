//! How many: the count and the share that belong to a claim.

use super::Reading;
use super::frames::{Filled, Fired};
use super::mentions::{Mention, MentionId};
use sijill_knowledge::{EntityId, NounClass};
use sijill_model::{ClaimType, Count, CountSlot, Kind, Share, ShareSlot, Span};
use sijill_text::letter::NOON;
use sijill_text::morph::{Number, Pos};
use sijill_text::numeral::{Amount, Unit};
use std::ops::Range;

impl Reading<'_> {
    /// Finds how many were counted: of the trigger itself, of who suffers, of who moves, of things.
    pub(super) fn count_of(&self, fired: &Fired, claim_type: ClaimType) -> Option<CountSlot> {
        if let Some(amount) = fired.roles.own_amount {
            return (!self.counts_wounded_too(fired)).then(|| self.count(&self.amounts[amount]))?;
        }
        if let Some(two) = self.two_happenings(fired, claim_type) {
            return Some(two);
        }
        // "Dozens were killed and wounded": how many of them died is not told.
        let mixed = claim_type.kind() == Kind::Toll && fired.arguments.shared;
        if claim_type.kind() == Kind::Control || mixed {
            return None;
        }
        let things = counts_things(claim_type).then(|| self.things(fired)).flatten();
        if claim_type.kind() == Kind::Damage {
            return things;
        }
        let toll = claim_type.kind() == Kind::Toll;
        if let Some(sum) = self.sum(&fired.roles.target, toll) {
            return Some(sum);
        }
        let people = fired.roles.target.iter().map(|&id| self.mentions.get(id));
        if let Some(amount) = people.clone().find_map(|m| m.amount) {
            return self.count(&self.amounts[amount]);
        }
        let mut agents = fired.roles.agent.iter().map(|&id| self.mentions.get(id));
        if counts_movers(claim_type)
            && let Some(amount) = agents.find_map(|m| m.amount)
        {
            return self.count(&self.amounts[amount]);
        }
        // The victims are the trigger, or the word that the rule wants behind it: "the fall of a dead".
        let own = [fired.trigger.word, fired.trigger.end - 1];
        let mut own = own.into_iter().filter_map(|word| self.mentions.at(word));
        let victims = own.find_map(|id| {
            let m = self.mentions.get(id);
            let few = m.number == Number::Dual || self.is_one(m);
            (m.people == Some(NounClass::Victim) && few).then_some(m)
        });
        if let Some(victims) = victims {
            let n = if victims.number == Number::Dual { 2 } else { 1 };
            return Some(CountSlot { count: Count::exactly(n), span: victims.span });
        }
        let told = people.into_iter().find_map(|m| Some((m, self.told_number(m, toll)?)));
        told.map(|(m, n)| CountSlot { count: Count::exactly(n), span: m.span }).or(things)
    }

    /// "Carried out two raids": the happening itself is counted by its dual.
    fn two_happenings(&self, fired: &Fired, claim_type: ClaimType) -> Option<CountSlot> {
        let counted = claim_type == ClaimType::Strikes || claim_type.kind() == Kind::Event;
        let form = fired.trigger.lex.form;
        // Without its last letter, as before a genitive, the dual is spelled as other forms are.
        let noun = matches!(form.pos, Pos::Noun | Pos::Masdar)
            && self.words.folded(fired.trigger.word).ends_with([NOON]);
        (counted && noun && form.number == Number::Dual).then(|| CountSlot {
            count: Count::exactly(2),
            span: self.words.all[fired.trigger.word].span,
        })
    }

    /// "Several raids" tells no number; "dozens" and "more than eighty" do.
    pub(super) fn tells_number(&self, filled: &Filled) -> bool {
        filled.own_amount.is_some_and(|amount| {
            let amount = &self.amounts[amount];
            amount.max.is_some() || amount.min.is_some_and(|min| min > 2.0)
        })
    }

    /// "Forty dead and wounded": how many of them died is not told.
    fn counts_wounded_too(&self, fired: &Fired) -> bool {
        let victims = |id: MentionId| {
            let mention = self.mentions.get(id);
            mention.people == Some(NounClass::Victim)
                && mention.amount.is_none()
                && mention.number != Number::Dual
                && self.is_joined(id)
        };
        let trigger = fired.trigger.word;
        let own = self.mentions.at(trigger).map(|id| self.mentions.get(id));
        own.is_some_and(|m| m.people == Some(NounClass::Victim))
            && self.mentions.at(fired.trigger.end).is_some_and(victims)
    }

    /// An indefinite singular: "a dead".
    fn is_one(&self, mention: &Mention) -> bool {
        mention.number == Number::Singular && !mention.definite
    }

    /// Returns the number that a dual or a singular tells.
    fn told_number(&self, mention: &Mention, toll: bool) -> Option<u64> {
        let class = mention.people?;
        let things = |e: EntityId| self.words.knowledge.entities.is_thing(e);
        if mention.entity.is_some_and(things) {
            return None;
        }
        let n = match mention.number {
            Number::Dual => 2,
            Number::Singular => 1,
            Number::Plural => return None,
        };
        let countable = toll || n == 2 || !mention.definite;
        let individual = class != NounClass::Official || n == 2;
        (countable && (individual || toll)).then_some(n)
    }

    /// Adds up people of one party that "and" joins: "two men and a woman".
    fn sum(&self, targets: &[MentionId], toll: bool) -> Option<CountSlot> {
        if !toll || targets.len() < 2 {
            return None;
        }
        let mut bounds = (Some(0), Some(0));
        let mut approximate = false;
        let mut span: Option<Span> = None;
        let first = self.party_of(targets[0]);
        for &id in targets {
            let mention = self.mentions.get(id);
            if self.party_of(id) != first {
                return None;
            }
            let (count, at) = self.number_of(mention, true)?;
            bounds = (add(bounds.0, count.min()), add(bounds.1, count.max()));
            approximate |= count.approximate;
            span = Some(span.map_or(at, |span| span.cover(at)));
        }
        let count = Count::between(bounds.0, bounds.1, approximate)?;
        Some(CountSlot { count, span: span? })
    }

    /// Returns how many a mention tells by itself: a numeral, a dual, an indefinite singular.
    pub(super) fn number_of(&self, mention: &Mention, toll: bool) -> Option<(Count, Span)> {
        if let Some(amount) = mention.amount {
            let slot = self.count(&self.amounts[amount])?;
            return Some((slot.count, slot.span));
        }
        mention.people?;
        let n = match mention.number {
            Number::Dual => 2,
            Number::Singular if toll || !mention.definite => 1,
            _ => return None,
        };
        Some((Count::exactly(n), mention.span))
    }

    /// Finds the number of things told of: "destroyed eight mosques".
    fn things(&self, fired: &Fired) -> Option<CountSlot> {
        let arguments = &fired.arguments;
        let told = [&arguments.object, &arguments.annexed, &arguments.subject];
        let amount = told.into_iter().flatten().find_map(|&id| {
            let mention = self.mentions.get(id);
            let thing = |e| self.words.knowledge.entities.is_thing(e);
            let bare = mention.entity.is_none() && mention.people.is_none();
            (bare || mention.entity.is_some_and(thing)).then_some(mention.amount).flatten()
        });
        match amount {
            Some(amount) => self.count(&self.amounts[amount]),
            None => self.two_things(fired),
        }
    }

    /// "The destruction of two tanks": a dual among the first words behind.
    fn two_things(&self, fired: &Fired) -> Option<CountSlot> {
        let class = |class| {
            use NounClass::{Facility, Platform, Vehicle, Weapon};
            matches!(class, Facility | Platform | Vehicle | Weapon)
        };
        let end = fired.arguments.words.end.min(fired.trigger.end + 4);
        let first = (fired.trigger.end..end).find_map(|i| Some((i, self.words.noun(i, class)?)))?;
        let (i, lex) = first;
        let two = lex.form.number == Number::Dual
            && self.words.folded(i).ends_with([NOON])
            && lex.proclitics.preposition.is_none()
            && lex.proclitics.conjunction.is_none();
        two.then(|| CountSlot { count: Count::exactly(2), span: self.words.all[i].span })
    }

    pub(super) fn count(&self, amount: &Amount) -> Option<CountSlot> {
        if amount.unit != Unit::Plain {
            return None;
        }
        let whole = |x: Option<f64>| x.map(|x| x.round().max(0.0) as u64);
        let count = Count::between(whole(amount.min), whole(amount.max), amount.approximate)?;
        Some(CountSlot { count, span: amount.span })
    }

    /// Finds the share of a place that is held or destroyed.
    pub(super) fn share_of(
        &self,
        fired: &Fired,
        claim_type: ClaimType,
        sentence: &Range<usize>,
    ) -> Option<ShareSlot> {
        if !matches!(claim_type.kind(), Kind::Control | Kind::Damage) {
            return None;
        }
        let amount = &self.amounts[self.share_in(&fired.arguments, sentence)?];
        let scale = if amount.unit == Unit::Percent { 0.01 } else { 1.0 };
        let min = amount.min.map_or(0.0, |x| x * scale);
        let max = amount.max.map_or(1.0, |x| x * scale);
        let share = Share::between(round(min), round(max), amount.approximate)?;
        Some(ShareSlot { share, span: amount.span })
    }
}

fn round(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

fn add(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a?.checked_add(b?)
}

/// Claims that count who acts: so many demonstrated, surrendered, left.
fn counts_movers(claim_type: ClaimType) -> bool {
    matches!(
        claim_type,
        ClaimType::Surrender
            | ClaimType::Defection
            | ClaimType::Withdrawal
            | ClaimType::Deployment
            | ClaimType::Protest
            | ClaimType::Evacuation
            | ClaimType::Displacement
    )
}

/// Claims that count things: so many houses destroyed, mines cleared, lorries of food.
fn counts_things(claim_type: ClaimType) -> bool {
    claim_type.kind() == Kind::Damage
        || matches!(
            claim_type,
            ClaimType::Aid
                | ClaimType::Demining
                | ClaimType::ArmsTransfer
                | ClaimType::Deployment
                | ClaimType::Infrastructure
                | ClaimType::Bombing
                | ClaimType::Looting
        )
}
