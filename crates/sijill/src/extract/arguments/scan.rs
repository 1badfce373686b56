//! The phrases behind a word, up to where its clause ends.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{MentionId, PlaceRef};
use super::super::words::{Lex, PhraseMatch};
use sijill_knowledge::{Phrase, Prep};
use sijill_text::TokenKind;
use sijill_text::clitic::{Preposition, Pronoun};
use sijill_text::letter::WAW;
use sijill_text::morph::{Gender, Pos};
use std::ops::Range;

/// One phrase behind a trigger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) prep: Option<Prep>,
    pub(super) mention: Option<MentionId>,
    pub(super) word: usize,
}

/// The phrases behind a trigger and where they end.
pub(super) struct Scan {
    pub(super) items: Vec<Item>,
    pub(super) end: usize,
    /// The scan ended before a relative pronoun or an asyndetic relative verb.
    pub(super) relative: bool,
    /// One side of a fight was told whole: "… and its allies on the one side".
    pub(super) sided: bool,
}

impl Reading<'_> {
    /// Reads the phrases from a word on, to the end of what can belong to the trigger before it.
    pub(super) fn scan(&self, from: usize, sentence: &Range<usize>, verb: bool) -> Scan {
        let mut scan = Scan { items: Vec::new(), end: from, relative: false, sided: false };
        let mut prep: Option<Prep> = None;
        let mut last: Option<Item> = None;
        let mut commas = 0;
        let mut set_off = None;
        let mut sides = 0;
        let mut hung = false;
        let mut i = from;
        while i < sentence.end && i < from + 45 {
            match self.clauses.before[i] {
                Boundary::Relative => {
                    if verb && let Some(end) = self.interlude(i, sentence, &scan) {
                        (i, set_off) = (end, Some(end));
                        continue;
                    }
                    scan.relative = true;
                    break;
                }
                Boundary::That
                | Boundary::Subordinate
                | Boundary::JoinedVerb
                | Boundary::Strong
                    if i > from || self.clauses.before[i] != Boundary::Strong =>
                {
                    break;
                }
                Boundary::Comma => {
                    if let Some(end) = self.parenthesis(i, sentence) {
                        i = end;
                        continue;
                    }
                    if verb && let Some(end) = self.circumstantial(i, sentence, &scan) {
                        i = end;
                        continue;
                    }
                    commas += 1;
                    if !self.goes_on(i, verb, commas, &scan, last.as_ref()) {
                        if verb && let Some(end) = self.interlude(i, sentence, &scan) {
                            (i, set_off) = (end, Some(end));
                            continue;
                        }
                        let resumed = set_off == Some(i)
                            || set_off.is_some() && self.is_owned(i)
                            || hung && self.opens_object(i, &scan);
                        if !resumed {
                            break;
                        }
                    }
                    prep = None;
                    // "…, in ten minutes, three towers": the object may stand behind both commas.
                    hung = verb && preposition_at(self.words, i).is_some();
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
            if let Some(end) = self.side_end(i, sentence, &scan) {
                sides += 1;
                last = Self::close_side(&mut scan, sides);
                (prep, i, scan.end) = (None, end, end);
                continue;
            }
            if let Some(id) = self.between_them(i) {
                scan.items.push(Item { prep: Some(Prep::Between), mention: Some(id), word: i });
                (prep, last, i) = (None, None, i + 1);
                continue;
            }
            if let Some((found, end, pronoun)) = preposition_at(self.words, i)
                && self.mentions.at(i).is_none()
                && self.epithet_at(i).is_none_or(|longer| longer <= end)
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
                    // "The airfield besieged by the group": who besieges it does nothing else here.
                    if found == Prep::By && from < i && self.is_described(i) {
                        i = self.mentions.at(end).map_or(end, |id| self.mentions.get(id).words.end);
                        scan.end = i;
                        continue;
                    }
                    // "Between the army and its allies, and between …": all of them are one side.
                    let joined = self.words.folded(i).starts_with(WAW);
                    if found == Prep::With && joined && sides == 0 {
                        sides += 1;
                        Self::close_side(&mut scan, sides);
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
            if let Some(end) = self.epithet_at(i) {
                i = end;
                scan.end = i;
                continue;
            }
            let opens_another = |lex: &Lex| {
                lex.proclitics.conjunction.is_some()
                    && lex.form.pos == Pos::Masdar
                    && !self.words.knowledge.frames.evoked_by(lex.lemma).is_empty()
            };
            if !verb && self.words.lex(i).iter().any(opens_another) {
                break;
            }
            let function = self.words.phrases(i).iter().any(|p| {
                matches!(
                    p.phrase,
                    Phrase::Demonstrative
                        | Phrase::Determiner
                        | Phrase::Conjunction
                        | Phrase::Medium
                )
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
            if attached.is_none()
                && prep == Some(Prep::Beh)
                && self.is_object_behind_means(i, &scan)
            {
                prep = None;
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

    /// Returns the end of the phrase at a word that only describes the noun before ("unmanned"), or
    /// stands before one without changing it ("what is left of").
    fn epithet_at(&self, i: usize) -> Option<usize> {
        let mut phrases = self.words.phrases(i).iter();
        let passes = |p: &&PhraseMatch| {
            p.phrase == Phrase::Epithet || p.phrase == Phrase::Determiner && p.end as usize > i + 1
        };
        phrases.find(passes).map(|p| p.end as usize)
    }

    /// Takes signs and lone particles off the end of a scan.
    pub(super) fn trim(&self, from: usize, scan: &mut Scan) {
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
    pub(super) fn is_part(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let share = self.amounts.iter().any(|amount| {
            let words = self.words.of_tokens(&amount.tokens);
            words.contains(&before) || words.end == before
        });
        let determiner = (before.saturating_sub(2)..=before)
            .any(|at| self.words.phrases(at).iter().any(|p| p.phrase == Phrase::Determiner));
        share || determiner
    }

    /// Decides whether a clause goes on behind a comma.
    pub(super) fn goes_on(
        &self,
        i: usize,
        verb: bool,
        commas: usize,
        scan: &Scan,
        last: Option<&Item>,
    ) -> bool {
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
        // "Fighting broke out this morning, between …".
        let side = preposition_at(self.words, i).map(|(prep, ..)| prep);
        let told = scan.items.iter().any(|item| item.prep == Some(Prep::Between));
        if side == Some(if told { Prep::With } else { Prep::Between }) {
            return true;
        }
        if !verb {
            // "The fall of a shell, of unknown origin, on the quarter", "clashes yesterday, between".
            let bare = scan
                .items
                .iter()
                .all(|item| item.prep.is_none() && item.mention.is_none_or(|id| !place(id)));
            return commas == 1
                && bare
                && preposition_at(self.words, i)
                    .is_some_and(|(p, ..)| matches!(p, Prep::On | Prep::Between));
        }
        let by_means = scan.items.last().is_some_and(|item| item.prep == Some(Prep::Beh));
        !has_object
            && (by_means && self.is_plain_noun(i)
                || self.mentions.at(i).is_some()
                || self.time_at(i)
                || preposition_at(self.words, i)
                    .is_some_and(|(p, ..)| matches!(p, Prep::In | Prep::On)))
    }

    /// Tells whether a participle with the article stands right before a word: "the besieged".
    fn is_described(&self, i: usize) -> bool {
        let participle = |lex: &Lex| {
            let participle = matches!(lex.form.pos, Pos::PassiveParticiple | Pos::ActiveParticiple);
            participle && lex.proclitics.article
        };
        self.words.lex(i - 1).iter().any(participle)
    }

    pub(super) fn skip_brackets(&self, i: usize, sentence: &Range<usize>) -> usize {
        let limit = sentence.end.min(i + 16);
        (i..limit).find(|&at| self.words.all[at].sign == ')').map_or(i + 1, |at| at + 1)
    }

    /// Finds the place or party that a pronoun on a preposition stands for.
    pub(super) fn preposition_pronoun(&self, i: usize) -> Option<MentionId> {
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
}
