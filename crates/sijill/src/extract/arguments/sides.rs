//! The two sides of a fight: "between the army and its allies on the one side, and … on the other".

use super::super::Reading;
use super::super::clauses::preposition_at;
use super::super::mentions::{MentionId, pronoun_entity};
use sijill_knowledge::{NounClass, Phrase, Prep};
use sijill_text::TokenKind;
use std::ops::Range;

use super::scan::{Item, Scan};

impl Reading<'_> {
    /// Returns the end of the words at `i` that close one side of those between whom it is.
    pub(super) fn side_end(&self, i: usize, sentence: &Range<usize>, scan: &Scan) -> Option<usize> {
        let between = scan.items.iter().any(|item| item.prep == Some(Prep::Between));
        let mut phrases = self.words.phrases(i).iter().filter(|_| between);
        let end = phrases
            .find(|p| p.phrase == Phrase::Side && p.proclitics.conjunction.is_none())?
            .end as usize;
        // "From the side of the army" goes on with whose side it is.
        let alone = sentence.end <= end
            || self.words.all[end].kind == TokenKind::Sign
            || preposition_at(self.words, end).is_some()
            || self.time_at(end)
            || self.clauses.verb(self.words, end).is_some()
            || self.words.cuts(end).iter().any(|c| c.cut.proclitics.conjunction.is_some())
            || self.mentions.at(end).is_some_and(|id| {
                let front = self.mentions.get(id).front;
                front.conjunction.is_some() || front.preposition.is_some()
            });
        alone.then_some(end)
    }

    /// Puts all who were told since "between" on one side, those "with" whose help it fights, too;
    /// what "and" joins behind is on the other.
    pub(super) fn close_side(scan: &mut Scan, sides: u8) -> Option<Item> {
        if sides > 1 {
            let other = scan.items.iter().position(|item| item.prep == Some(Prep::With))?;
            for item in &mut scan.items[other..] {
                if item.prep == Some(Prep::Beh) {
                    item.prep = Some(Prep::With);
                }
            }
            return None;
        }
        scan.sided = true;
        let first = scan.items.iter().position(|item| item.prep == Some(Prep::Between))?;
        for item in &mut scan.items[first..] {
            if matches!(item.prep, Some(Prep::Beh | Prep::With)) {
                item.prep = Some(Prep::Between);
            }
        }
        let last = scan.items[first..].iter().rfind(|item| item.prep == Some(Prep::Between))?;
        Some(Item { prep: Some(Prep::With), ..*last })
    }

    /// "Hit with Grad rockets positions of the …": behind the means an indefinite noun for a place or
    /// a building is the object.
    pub(super) fn is_object_behind_means(&self, i: usize, scan: &Scan) -> bool {
        let means = scan.items.last().is_some_and(|item| {
            item.prep == Some(Prep::Beh) && item.mention.is_none() && item.word < i
        });
        let class = |class| matches!(class, NounClass::PlaceType | NounClass::Facility);
        means && self.words.noun(i, class).is_some() && self.is_indefinite_thing(i)
    }

    /// "Between them and the army": whom the pronoun stands for is the first of the two.
    pub(super) fn between_them(&self, i: usize) -> Option<MentionId> {
        let next = i + 1;
        let and_between = next < self.words.all.len()
            && preposition_at(self.words, next).is_some_and(|(p, _, own)| p == Prep::With && !own);
        let mut phrases = self.words.phrases(i).iter().filter(|_| and_between);
        let pronoun = phrases.find_map(|p| {
            (p.phrase == Phrase::Preposition(Prep::Between)).then_some(p.pronoun).flatten()
        })?;
        pronoun_entity(self.mentions, self.words, i, pronoun)
    }
}
