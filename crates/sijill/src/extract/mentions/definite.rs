//! Type nouns with the article that no name follows: "the western countryside", "the airport".

use super::super::clauses::preposition_before;
use super::super::places::told_bearing;
use super::super::words::{Lex, PhraseMatch};
use sijill_knowledge::{NounClass, Phrase, PlaceId, PlaceType, Prep};
use sijill_model::PlaceKind;
use sijill_text::clitic::{Preposition, Proclitics};
use sijill_text::morph::Number;

use super::people::nationality_of_any;
use super::{Finder, PlaceRef};

impl Finder<'_> {
    /// "The military airport", which nobody named: the one of the town at hand.
    pub(super) fn only_site(
        &mut self,
        i: usize,
        types: &PlaceType,
        lex: &Lex,
        front: Proclitics,
    ) -> Option<usize> {
        let site = types.kinds.first() == Some(&PlaceKind::Site) && types.alone;
        let described = i + 1 < self.words.all.len()
            && self.words.has_article(i + 1)
            && self.words.noun(i + 1, |class| class == NounClass::Adjective).is_some()
            && nationality_of_any(self.words, i + 1).is_none()
            && !self.words.all[i + 1].after_break;
        let led = front.preposition == Some(Preposition::Beh)
            || matches!(preposition_before(self.words, i), Some(Prep::In | Prep::On));
        // "Sentenced to prison": what everybody says so is no site.
        let said = front.preposition == Some(Preposition::Beh)
            && self.words.knowledge.is_ordinary(self.words.folded(i));
        if !site || !described && !led || said || lex.form.number != Number::Singular {
            return None;
        }
        let end = i + 1 + usize::from(described);
        let mut mention = self.blank(i..end, front);
        mention.place = PlaceRef::Unknown(PlaceKind::Site, i as u32);
        mention.noun = Some(lex.lemma);
        mention.definite = true;
        self.push(mention);
        Some(end)
    }

    /// Reads "the western countryside of …", with "to" or "of" before the name; without a name it is
    /// that of the province told of last.
    pub(super) fn rural_side(&mut self, i: usize, front: Proclitics) -> Option<usize> {
        let words = self.words;
        let side = |i: &usize| words.has_article(*i) && told_bearing(words, *i..*i + 1).is_some();
        if told_bearing(words, i..i + 1).is_some() {
            return None;
        }
        let mut at = i + 1 + (i + 1..words.all.len()).take_while(side).count();
        if at == i + 1 {
            return None;
        }
        let side_end = at;
        let mut attached = Some(Preposition::Lam);
        let of =
            |p: &PhraseMatch| p.phrase == Phrase::Preposition(Prep::From) && p.pronoun.is_none();
        if at < words.all.len() && words.phrases(at).iter().any(of) {
            (at, attached) = (at + 1, None);
        }
        if let Some((_, false, lex)) = self.place_type(at)
            && lex.proclitics.preposition == attached
            && lex.pronoun.is_none()
        {
            (at, attached) = (at + 1, None);
        }
        at = self.skip_quotes(at);
        let places = self.places_named(at, attached, false);
        let places: Vec<(PlaceId, usize)> = places.map(|(id, end, _)| (id, end)).collect();
        if let Some(&(_, end)) = places.first() {
            let mut mention = self.blank(i..end, front);
            mention.span = words.span(at..end);
            mention.place = self.candidates(places.iter().map(|p| p.0).collect());
            mention.rural = true;
            mention.definite = true;
            self.push(mention);
            return Some(end);
        }
        let province = self.province_before(i)?;
        let mut mention = self.blank(i..side_end, front);
        mention.place = province;
        mention.rural = true;
        mention.definite = true;
        mention.anaphoric = true;
        self.push(mention);
        Some(side_end)
    }

    /// Tells whether a word is a type noun that refers back: "the town".
    pub(super) fn refers_to_place(&self, i: usize) -> bool {
        self.place_type(i).is_some_and(|(types, article, lex)| {
            types.refers && article && lex.form.number == Number::Singular
        })
    }
}
