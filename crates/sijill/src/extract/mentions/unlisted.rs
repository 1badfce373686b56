//! Places that no table holds: what names them, behind a type noun.

use sijill_knowledge::{EntityKind, Name, NounClass};
use sijill_model::PlaceKind;
use sijill_text::TokenKind;
use sijill_text::clitic::{Conjunction, Proclitics};
use sijill_text::letter::{ALEF, BEH, FEH, HEH, LAM, TEH, WAW, YEH};
use sijill_text::morph::Pos;
use std::ops::Range;

use super::typed::{Head, is_lived_in};

/// How an indefinite noun ends in the accusative.
const TANWIN: [&str; 2] = ["\u{64b}\u{627}", "\u{627}\u{64b}"];
use super::{Finder, Mention, PlaceRef};

impl<'a> Finder<'a> {
    /// Reads a further name of a list: "the villages of … and …, …".
    pub(super) fn place_listed(&mut self, i: usize) -> Option<usize> {
        let (end, head) = self.list?;
        let words = self.words;
        let joined = words.cuts(i).iter().any(|c| c.cut.proclitics.conjunction.is_some())
            || self.is_joined(i) && words.cuts(i).is_empty();
        let comma = end + 1 == i && matches!(words.all[end].sign, '،' | ',' | '-' | '–' | '/');
        if !(comma || joined && i == end) || words.all[i].after_break {
            return None;
        }
        let front =
            Proclitics { conjunction: joined.then_some(Conjunction::Waw), ..Proclitics::default() };
        let found = self.typed_name(i..i, &head, front, joined).or_else(|| {
            let kind = *head.kinds.first().filter(|_| joined && !head.part)?;
            let unknown = words.lex(i).is_empty()
                && words.phrases(i).is_empty()
                && self.may_be_called_so(i, &head)
                && !self.is_typed(i)
                && words.all[i].kind == TokenKind::Word
                && !self.names_party(i);
            unknown.then(|| self.unlisted_place(i, i..i + 1, kind, &head, front)).flatten()
        });
        self.list = found.map(|end| (end, head));
        found
    }

    /// "And the street of": a noun for a place, whatever is attached to it.
    pub(super) fn is_typed(&self, i: usize) -> bool {
        let types = &self.words.knowledge.place_types;
        self.words.cuts(i).iter().any(|cut| types.get(cut.word).is_some())
    }

    /// Keeps a place that no table holds, by its type noun and name.
    pub(super) fn unlisted_place(
        &mut self,
        start: usize,
        name: Range<usize>,
        kind: PlaceKind,
        head: &Head<'a>,
        front: Proclitics,
    ) -> Option<usize> {
        let mut mention = self.blank(start..name.end, front);
        mention.span = self.words.span(name.clone());
        if start == name.start {
            self.leave_conjunction(&mut mention);
        }
        mention.place = PlaceRef::Unknown(kind, name.start as u32);
        mention.noun = Some(head.noun);
        mention.definite = true;
        self.push(mention);
        Some(name.end)
    }

    /// "… and al-Qurayn": the conjunction is no part of the name.
    pub(super) fn leave_conjunction(&self, mention: &mut Mention) {
        if mention.front.conjunction.is_some() {
            let word = &self.words.all[mention.words.start];
            let original = word.span.of(self.words.tokens.text);
            let length = sijill_text::fold::original_offset(original, WAW.len_utf8());
            mention.span.start = word.span.start + length as u32;
        }
    }

    /// Measures an unknown name after a type noun: one or two words that no table knows as words.
    pub(super) fn unknown_name(&self, at: usize, head: &Head<'a>) -> Option<usize> {
        let words = self.words;
        if head.kinds.contains(&PlaceKind::Country) || !head.names_unknown || self.in_time[at] {
            return None;
        }
        // "Vast areas"; "the rule of the jurist", of whom there is a village.
        let vague = head.several && head.kinds.first() == Some(&PlaceKind::Area);
        let unit = head.kinds.first() == Some(&PlaceKind::Region);
        if vague && !words.all.get(at).is_some_and(|_| words.has_article(at))
            || unit && self.places_named(at, None, false).next().is_some()
        {
            return None;
        }
        let word = |i: usize| {
            words.all.get(i).is_some_and(|w| w.kind == TokenKind::Word)
                && words.phrases(i).is_empty()
                && !self.names_party(i)
        };
        let free = |i: usize| {
            word(i)
                && !words.all[i].after_break
                && words.lex(i).is_empty()
                && !TANWIN.iter().any(|end| words.original(i).ends_with(end))
                && self.may_be_called_so(i, head)
        };
        // "The village of Wad an-Nura": an ordinary word and an unknown one behind it.
        let plain = word(at)
            && !words.has_article(at)
            && words.lex(at).iter().any(|lex| lex.form.pos != Pos::Verb);
        let elsewhere = self.places_named(at + 1, None, false).next().is_some();
        if plain && !elsewhere && free(at + 1) && words.has_article(at + 1) {
            return Some(at + 2);
        }
        if word(at) && self.is_ordinary_name(at, head) {
            return Some(at + 1);
        }
        let named = free(at) && !self.is_adjective_like(at) && !self.is_joined(at);
        named.then(|| {
            // "The village of al-Zir, adjoining …": what has the article, too, describes it.
            let described =
                words.has_article(at) && words.all.len() > at + 1 && words.has_article(at + 1);
            if free(at + 1)
                && !self.ends_as_owned(at + 1)
                && !described
                && !self.is_joined(at + 1)
                && !self.is_adjective_like(at + 1)
            {
                at + 2
            } else {
                at + 1
            }
        })
    }

    /// "The village of the Pools": an ordinary noun with the article, after the noun for a place
    /// where people live, names it.
    pub(super) fn is_ordinary_name(&self, at: usize, head: &Head<'a>) -> bool {
        let people = |class: NounClass| class.is_people() || class == NounClass::Group;
        let adjective = |class: NounClass| class == NounClass::Adjective;
        // An adjective with the article does not describe a noun without it.
        let fits = |class: NounClass| match head.kinds.iter().all(is_lived_in) {
            true => !people(class),
            false => adjective(class),
        };
        self.words.has_article(at)
            && !head.part
            && self.words.noun(at, fits).is_some()
            && self.words.noun(at, people).is_none()
            && self.place_type(at).is_none()
    }

    /// Tells whether a word that no table knows as a name may be one: what everybody says in other
    /// senses is none, but with the article behind the noun for a settlement, bridge or street ("the village of the
    /// Pools"); neither is a verb with its object.
    pub(super) fn may_be_called_so(&self, i: usize, head: &Head<'a>) -> bool {
        let folded = self.words.folded(i);
        let names = self.words.has_article(i) && head.is_often_named();
        let verb = folded.starts_with([YEH, TEH])
            && folded.strip_suffix(ALEF).is_some_and(|rest| rest.ends_with(HEH))
            && folded.len() >= 10;
        // "Serving his sentence": a noun with its pronoun.
        let knowledge = self.words.knowledge;
        let noun = |word| knowledge.is_ordinary(knowledge.vocabulary.spelling(word));
        let owned = !names
            && (folded.strip_suffix(HEH).is_some_and(|rest| rest.ends_with(TEH))
                || self.words.cuts(i).iter().any(|c| c.cut.pronoun.is_some() && noun(c.word)));
        (names || !knowledge.is_ordinary(folded)) && !verb && !owned
    }

    /// Tells whether the name of a party begins at a word.
    pub(super) fn names_party(&self, i: usize) -> bool {
        let entities = &self.words.knowledge.entities;
        self.names_at(i).iter().any(|n| match n.name {
            Name::Entity { id, short: false } => entities.get(id).kind != EntityKind::Person,
            _ => false,
        })
    }

    /// Guesses from its ending that an unknown word is an adjective of relation.
    pub(super) fn is_adjective_like(&self, i: usize) -> bool {
        let long = 3 < self.words.folded(i).chars().count();
        long && !self.words.has_article(i) && self.words.ends_like_adjective(i)
    }

    /// "… met her death": guesses from its ending that an unknown word is a noun with its pronoun.
    fn ends_as_owned(&self, i: usize) -> bool {
        let rest = self.words.folded(i).strip_suffix(ALEF).and_then(|rest| rest.strip_suffix(HEH));
        rest.is_some_and(|noun| 1 < noun.chars().count())
    }

    pub(super) fn is_joined(&self, i: usize) -> bool {
        let text = self.words.folded(i);
        text.starts_with([WAW, BEH, LAM, FEH])
    }
}
