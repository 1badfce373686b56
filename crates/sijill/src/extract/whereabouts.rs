//! Where a claim happened: its own place, or the place at hand.

use super::Reading;
use super::attribution::{Voice, voice_at};
use super::clauses::preposition_before;
use super::frames::Fired;
use super::mentions::{Mention, MentionId, PlaceRef};
use super::spots::Spot;
use super::words::Lex;
use sijill_knowledge::{PlaceId, Prep};
use sijill_model::{Kind, PlaceKind, PlaceSlot};
use sijill_text::clitic::Preposition;
use sijill_text::morph::Number;
use std::ops::Range;

/// How many sentences back a place may be carried over.
const PLACE_REACH: usize = 3;

/// The length in words up to which a line without a full stop is a headline.
const HEADLINE: usize = 24;

/// Where a claim happened.
pub(crate) struct Whereabouts {
    /// Mentions of its places, the one that matters first.
    pub(super) mentions: Vec<MentionId>,
    /// They were carried over from elsewhere.
    pub(super) carried: bool,
    /// The spot in the first of them that the text tells of, for a claim of its title.
    pub(super) spot: Option<PlaceId>,
}

impl Reading<'_> {
    /// Finds where each of a text's claims happened.
    /// For a title, `of_text` tells of the text.
    pub(super) fn whereabouts(
        &self,
        fired: &[Fired],
        voices: &[Voice],
        of_text: Option<&[Spot]>,
    ) -> Vec<Whereabouts> {
        let each = fired.iter().map(|fired| {
            let voice = voice_at(voices, fired.trigger.word);
            self.whereabouts_of(fired, voice, &self.sentences[fired.sentence])
        });
        let mut all: Vec<Whereabouts> = each.collect();
        self.go_on_to_spots(fired, &mut all, of_text);
        all
    }

    /// Makes the slots of a claim's places, the most specific first.
    pub(super) fn place_slots(&self, whereabouts: &Whereabouts) -> Vec<PlaceSlot> {
        let mut slots: Vec<PlaceSlot> = Vec::new();
        if let (Some(spot), Some(&id)) = (whereabouts.spot, whereabouts.mentions.first()) {
            slots.push(self.listed_slot(spot, false, self.mentions.get(id).span));
        }
        for &id in &whereabouts.mentions {
            let slot = self.place_slot(id);
            let same = |s: &PlaceSlot| match &s.id {
                Some(_) => s.id == slot.id,
                None => s.name == slot.name,
            };
            if !slots.iter().any(same) {
                slots.push(slot);
            }
        }
        slots.sort_by_key(|slot| slot.precision);
        slots
    }

    fn whereabouts_of(
        &self,
        fired: &Fired,
        voice: Option<&Voice>,
        sentence: &Range<usize>,
    ) -> Whereabouts {
        let mut own = self.struck_places(fired);
        own.extend(&fired.roles.place);
        let mut carried = false;
        if own.is_empty() {
            own.extend(self.place_among(&fired.arguments.words));
        }
        if own.is_empty() {
            own.extend(self.carried_place(fired, voice, sentence));
            carried = !own.is_empty();
        }
        for id in &mut own {
            *id = self.resolved.chains.innermost(*id);
        }
        if let [only] = own[..]
            && let Some(inner) = self.told_inside(fired, only, sentence)
        {
            own.insert(0, inner);
        }
        // "The town in the countryside of the city" is one place; "the town and the city" are two.
        let first = own.first().copied();
        own.retain(|&id| Some(id) == first || self.is_joined(id));
        own.extend(first.and_then(|id| self.other_of_two(id)));
        Whereabouts { mentions: own, carried, spot: None }
    }

    /// "The two towns" are the last two that were told together: finds the first of them.
    fn other_of_two(&self, id: MentionId) -> Option<MentionId> {
        let words = self.mentions.get(id).words.clone();
        let dual = |lex: &Lex| lex.form.number == Number::Dual && !lex.is_finite();
        let two = words.clone().any(|i| self.words.has_article(i))
            && words.clone().any(|i| self.words.lex(i).iter().any(dual));
        let last = self.mentions.place_root(id);
        let other = last.checked_sub(1).filter(|_| two && last != id && self.is_joined(last))?;
        (self.mentions.get(other).place != PlaceRef::None).then_some(other)
    }

    /// The places that an act struck, where its rule has no other use for them.
    fn struck_places(&self, fired: &Fired) -> Vec<MentionId> {
        let rule = self.words.knowledge.frames.rule(fired.rule);
        if rule.claim_type.kind() != Kind::Event {
            return Vec::new();
        }
        let roles = &fired.roles;
        let used = |id: &MentionId| {
            roles.place.contains(id) || roles.agent.contains(id) || roles.target.contains(id)
        };
        let struck = fired.arguments.object.iter().copied();
        struck
            .filter(|id| {
                let mention = self.mentions.get(*id);
                fired.trigger.word < mention.words.start && !used(id) && self.is_spot(mention)
            })
            .collect()
    }

    /// Finds the first place among words; a state that acts is none.
    fn place_among(&self, words: &Range<usize>) -> Option<MentionId> {
        words.clone().find_map(|i| {
            let id = self.mentions.at(i)?;
            let mention = self.mentions.get(id);
            (mention.place != PlaceRef::None && !self.is_acting_state(mention)).then_some(id)
        })
    }

    /// "The forces of Russia", "backed by Turkey", "Israel struck": a state is a place only inside.
    fn is_acting_state(&self, mention: &Mention) -> bool {
        let inside = mention.noun.is_some()
            || mention.rural
            || matches!(
                self.preposition_of(mention),
                Some(Prep::In | Prep::Beh | Prep::On | Prep::To | Prep::Between)
            );
        mention.entity.is_some() && !inside
    }

    fn preposition_of(&self, mention: &Mention) -> Option<Prep> {
        match mention.front.preposition {
            Some(Preposition::Beh) => Some(Prep::Beh),
            Some(Preposition::Lam) => Some(Prep::For),
            Some(Preposition::Kaf) => Some(Prep::Like),
            None => preposition_before(self.words, mention.words.start),
        }
    }

    /// Finds the spot of an act in the province that the claim names: the sentence goes on to it.
    fn told_inside(
        &self,
        fired: &Fired,
        outer: MentionId,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let rule = self.words.knowledge.frames.rule(fired.rule);
        if !matches!(rule.claim_type.kind(), Kind::Event | Kind::Toll) {
            return None;
        }
        let gazetteer = &self.words.knowledge.gazetteer;
        let region = self.resolved.place(self.mentions, outer)?;
        let wide = |kind| matches!(kind, PlaceKind::Country | PlaceKind::Region);
        if !wide(gazetteer.get(region).kind) {
            return None;
        }
        let spot = |id: MentionId| {
            let place = self.resolved.place(self.mentions, id)?;
            let narrow = !wide(gazetteer.get(place).kind) && !self.mentions.get(id).rural;
            (narrow && gazetteer.contains(region, place)).then_some(id)
        };
        let mut spots = sentence.clone().filter_map(|i| spot(self.mentions.at(i)?));
        let first = spots.next()?;
        let place = |id| self.resolved.place(self.mentions, id);
        // Of two spots in the sentence the claim may be about either.
        spots.all(|other| place(other) == place(first)).then_some(first)
    }

    /// The place at hand: in the same sentence, else in one of the sentences before.
    fn carried_place(
        &self,
        fired: &Fired,
        voice: Option<&Voice>,
        sentence: &Range<usize>,
    ) -> Option<MentionId> {
        let headline = self.is_headline(fired.sentence);
        let first = fired.sentence.saturating_sub(PLACE_REACH);
        // The lines of a list of headlines lend each other nothing.
        let lends = |s: &usize| !(headline && self.is_headline(*s));
        let first = (first..fired.sentence).rev().take_while(lends).last();
        let start = self.sentences[first.unwrap_or(fired.sentence)].start;
        let word = fired.trigger.word;
        // "Medical sources in the hospital of the town said": there they speak.
        let spoken = |m: &Mention| {
            voice.is_some_and(|v| v.cue.start <= m.span.start && m.words.start < v.words.start)
                && sentence.contains(&m.words.start)
        };
        let local = |m: &Mention| self.is_spot(m) && !spoken(m);
        let before = self
            .mentions
            .before(word)
            .take_while(|(_, m)| start <= m.words.start)
            .find(|(_, m)| local(m));
        let inside = before.filter(|(_, m)| sentence.contains(&m.words.start));
        let behind = || {
            (word..sentence.end)
                .find_map(|i| self.mentions.at(i).filter(|&id| local(self.mentions.get(id))))
        };
        inside.map(|(id, _)| id).or_else(behind).or(before.map(|(id, _)| id))
    }

    /// Tells whether a sentence is a line of its own without a full stop.
    pub(super) fn is_headline(&self, s: usize) -> bool {
        let sentence = &self.sentences[s];
        let closed = matches!(self.words.all[sentence.end - 1].sign, '.' | '!' | '؟' | '?' | '…');
        let alone = self.words.all.get(sentence.end).is_none_or(|w| w.after_break);
        self.words.all[sentence.start].after_break && alone && !closed && sentence.len() <= HEADLINE
    }

    /// A place, but no whole country.
    fn is_spot(&self, mention: &Mention) -> bool {
        match mention.place {
            PlaceRef::None => false,
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                let kind = |p| self.words.knowledge.gazetteer.get(p).kind;
                !ids.iter().all(|&p| kind(p) == PlaceKind::Country)
            }
            _ => true,
        }
    }
}
