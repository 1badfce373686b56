//! Places: what makes a name that stands by itself a place.

use super::super::clauses::preposition_before;
use super::super::words::{Lex, NameMatch};
use sijill_knowledge::{Name, NounClass, PlaceId, Prep};
use sijill_model::{Place, PlaceKind};
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use sijill_text::letter::{HEH, YEH};
use sijill_text::morph::{Number, Pos};

use super::people::nationality_of_any;
use super::{Finder, Footing, PlaceRef, attached};

/// How the preposition "for" and the article are written together.
const FOR_THE: &str = "\u{644}\u{644}";

/// How many words a subject between a verb and its object has at most.
const GOVERNED: usize = 5;

/// What stands around a name that may be a place's.
#[derive(Clone, Copy)]
struct Around {
    /// A preposition of place leads to it.
    led: bool,
    /// That preposition says "in".
    inside: bool,
    /// It goes on a list of places, or belongs to a noun: "the people of Qayyara".
    listed: bool,
    /// The name is one word.
    single: bool,
    /// The word is in the dictionary.
    lexical: bool,
    /// Everybody uses the word.
    ordinary: bool,
    /// It begins as names of persons do.
    given: bool,
    /// The name of a person stands before it.
    named_person: bool,
}

impl<'a> Finder<'a> {
    /// Judges whether the place names that match at `i` are meant as places there, and what says so.
    pub(super) fn place_of(&mut self, i: usize, names: &[NameMatch]) -> (PlaceRef, Footing) {
        if !names.iter().any(|n| matches!(n.name, Name::Place { .. })) {
            return (PlaceRef::None, Footing::Word);
        }
        let least = names.iter().map(|n| attached(n.proclitics)).min().unwrap_or(0);
        let knowledge = self.words.knowledge;
        let single = names.first().is_some_and(|n| n.end == n.start + 1);
        let ordinary = |n: &NameMatch| {
            let (conjunction, preposition) = (n.proclitics.conjunction, n.proclitics.preposition);
            self.words.cuts(i).iter().any(|c| {
                let front = c.cut.proclitics;
                let spelling = knowledge.vocabulary.spelling(c.word);
                (front.conjunction, front.preposition) == (conjunction, preposition)
                    && (knowledge.is_ordinary(spelling) || knowledge.is_ambiguous(spelling))
            })
        };
        let ordinary = single && names.first().is_some_and(ordinary);
        let lexical = single && !self.words.lex(i).is_empty();
        let end = names.first().map_or(i, |n| n.end as usize);
        let around = Around {
            led: self.led_by_preposition(i, names)
                || self.is_told_within(end)
                || !lexical
                    && (self.happens_to(i)
                        || self.is_object(i)
                        || !ordinary && self.is_governed(i)),
            inside: preposition_before(self.words, i) == Some(Prep::In)
                || names.iter().any(|n| n.proclitics.preposition == Some(Preposition::Beh)),
            listed: self.follows_place(i) || single && !lexical && self.is_annexed(i),
            single,
            lexical,
            ordinary,
            given: self.words.cuts(i).iter().any(|c| knowledge.is_given_name(c.word))
                || !single && self.is_title(i),
            named_person: self.follows_given_name(i) || self.follows_person(i),
        };
        if single && !around.listed && self.refers_to_place(i) {
            // "The quarter": there is a town of that name, but few speak of it.
            return (PlaceRef::None, Footing::Word);
        }
        let word = lexical || ordinary;
        let annexed = word && !self.words.has_article(i);
        // "In his talk" is spelt as "in Haditha" by some; who writes a heh means the pronoun.
        let owned = lexical
            && self.words.original(i).ends_with(HEH)
            && self.words.lex(i).iter().any(|lex| lex.pronoun.is_some());
        if owned
            || self.names_body(i)
            || word && self.is_described(i)
            || annexed && self.places_named(end, None, false).next().is_some()
            || around.given && !around.led && self.goes_on_as_name(end)
            || single && least > 0 && knowledge.is_ordinary(self.words.folded(i))
        {
            // "The Syrian revolution", "the camp of al-Anad", "Salah al-Din Demirtas", "early": ways to read what is a place
            // elsewhere.
            return (PlaceRef::None, Footing::Word);
        }
        let mut accepted = Vec::new();
        for name in names {
            let Name::Place { id, common } = name.name else { continue };
            let place = knowledge.gazetteer.get(id);
            // "For the pilgrimage" is spelt as "for Lahj" is.
            let article = name.proclitics.preposition == Some(Preposition::Lam)
                && self.words.folded(i).starts_with(FOR_THE)
                && !matches!(place.kind, PlaceKind::Country | PlaceKind::City);
            // "Like a city" is; "like a dowry" is no town.
            let likened = name.proclitics.preposition == Some(Preposition::Kaf)
                && !matches!(place.kind, PlaceKind::Country | PlaceKind::City);
            let front = name.proclitics;
            let small = matches!(place.kind, PlaceKind::Village | PlaceKind::Neighbourhood);
            let twice = small && front.conjunction.is_some() && front.preposition.is_some();
            if article || likened || twice {
                continue;
            }
            if attached(name.proclitics) <= least
                && fits(place, common, around)
                && !self.is_begun(place, name.end as usize)
            {
                accepted.push(id);
            }
        }
        let footing = match around {
            Around { lexical: true, .. } => Footing::Word,
            Around { led: true, listed: false, .. } if ordinary => Footing::Word,
            Around { led: false, listed: false, single: true, .. } => Footing::Bare,
            _ => Footing::Led,
        };
        (self.candidates(accepted), footing)
    }

    /// "The club of …", "the newspaper of …": the name is that of the body.
    fn names_body(&self, i: usize) -> bool {
        let words = self.words;
        let quote = |&j: &usize| matches!(words.all[j].sign, '«' | '"' | '“' | '”' | '(');
        let start = (0..i).rev().take_while(quote).last().unwrap_or(i);
        let before = start.checked_sub(1).filter(|_| !words.all[start].after_break);
        let types = &words.knowledge.place_types;
        before.is_some_and(|before| {
            words.cuts(before).iter().any(|known| {
                let bare = !known.cut.proclitics.article && known.cut.pronoun.is_none();
                bare && types.get(known.word).is_some_and(|types| types.body)
            })
        })
    }

    /// Tells whether an adjective describes a word with the article: it is a noun.
    fn is_described(&self, i: usize) -> bool {
        let words = self.words;
        let next = words.all.get(i + 1).is_some_and(|word| !word.after_break);
        let adjective = |class: NounClass| class == NounClass::Adjective;
        next && words.has_article(i)
            && words.has_article(i + 1)
            && (words.noun(i + 1, adjective).is_some()
                || words.lex(i + 1).is_empty() && words.ends_like_adjective(i + 1)
                || nationality_of_any(words, i + 1).is_some())
    }

    /// Tells whether the name of a village or town goes on before `end`: it is that of another one.
    pub(super) fn is_begun(&self, place: &Place, end: usize) -> bool {
        let village = place.kind == PlaceKind::Village;
        let town = matches!(place.kind, PlaceKind::Town | PlaceKind::District);
        self.words.all.get(end).is_some_and(|word| !word.after_break)
            && (village && (self.goes_on_as_name(end) || self.is_given_name(end))
                || town
                    && self.words.lex(end).is_empty()
                    && self.words.phrases(end).is_empty()
                    && self.is_given_name(end))
    }

    fn is_given_name(&self, i: usize) -> bool {
        let given = |word| self.words.knowledge.is_given_name(word);
        self.words.cuts(i).iter().any(|c| attached(c.cut.proclitics) == 0 && given(c.word))
    }

    /// Tells whether an unknown word follows, as the name of a family follows a given name.
    fn goes_on_as_name(&self, i: usize) -> bool {
        let words = self.words;
        words.all.get(i).is_some_and(|word| word.kind == TokenKind::Word && !word.after_break)
            && words.lex(i).is_empty()
            && words.phrases(i).is_empty()
            && self.names_at(i).is_empty()
            && !words.has_article(i)
            && !self.is_joined(i)
            && !words.knowledge.is_ordinary(words.folded(i))
    }

    /// "The people of Qayyara": a name with the article behind a noun without it.
    fn is_annexed(&self, i: usize) -> bool {
        let construct = |i: usize| {
            self.words.lex(i).iter().any(|lex| {
                lex.form.pos != Pos::Verb && !lex.proclitics.article && lex.pronoun.is_none()
            })
        };
        i > 0 && !self.words.all[i].after_break && self.words.has_article(i) && construct(i - 1)
    }

    pub(super) fn candidates(&mut self, ids: Vec<PlaceId>) -> PlaceRef {
        if ids.is_empty() {
            return PlaceRef::None;
        }
        let start = self.found.candidates.len() as u32;
        self.found.candidates.extend(ids);
        PlaceRef::Candidates(start, self.found.candidates.len() as u32)
    }

    /// "The child …", "the citizen …": the name of a person follows.
    fn follows_person(&self, i: usize) -> bool {
        i.checked_sub(1)
            .is_some_and(|before| !self.words.all[i].after_break && self.is_title(before))
    }

    /// "The sheikh", "the citizen": a noun for one person that may stand before a name.
    fn is_title(&self, i: usize) -> bool {
        let person = self.words.noun(i, |class| class.is_people() && class != NounClass::Official);
        person.is_some_and(|lex| {
            lex.proclitics.article && lex.form.number == Number::Singular && lex.pronoun.is_none()
        })
    }

    /// Tells whether the name of a person goes on at word `i`: behind a given name, or behind a word
    /// that follows a given name or a title ("Sheikh Rafi …").
    pub(super) fn follows_given_name(&self, i: usize) -> bool {
        let words = self.words;
        let Some(before) = i.checked_sub(1).filter(|_| !words.all[i].after_break) else {
            return false;
        };
        let given = |i: usize| words.cuts(i).iter().any(|c| words.knowledge.is_given_name(c.word));
        let known = |i: usize| !words.lex(i).is_empty() || !words.phrases(i).is_empty();
        let verb = words.lex(before).iter().any(Lex::is_finite);
        // "Ali" is spelt as "on" is; who dots its last letter means the name.
        let grammar = !words.phrases(before).is_empty() && !words.original(before).ends_with(YEH);
        let begun = before.checked_sub(1).filter(|_| !words.all[before].after_break);
        let led = begun.is_some_and(|begun| given(begun) && !known(begun));
        let titled = !verb
            && !words.has_article(before)
            && !self.is_joined(before)
            && self.follows_person(before);
        words.all[before].kind == TokenKind::Word
            && !grammar
            && self.found.at(before).is_none_or(|m| self.is_person(self.found.get(m).entity))
            && (titled || given(before) && (led || !known(before)))
    }

    /// "The forces retook …": tells whether a verb whose object is a place stands shortly before.
    fn is_governed(&self, i: usize) -> bool {
        let words = self.words;
        if words.all[i].after_break {
            return false;
        }
        let before = (i.saturating_sub(GOVERNED)..i).rev();
        let mut phrase = before.take_while(|&j| {
            let word = &words.all[j];
            word.kind == TokenKind::Word
                && !words.all[j + 1].after_break
                && words.phrases(j).is_empty()
        });
        let frames = &words.knowledge.frames;
        phrase.any(|j| {
            words.lex(j).iter().any(|lex| lex.is_finite() && frames.governs_place(lex.lemma))
        })
    }

    /// "They besiege …": tells whether a verb that may have a place for its object stands right before.
    fn is_object(&self, i: usize) -> bool {
        let words = self.words;
        let frames = &words.knowledge.frames;
        let before = i.checked_sub(1).filter(|_| !words.all[i].after_break);
        let takes = |lex: &Lex| lex.is_finite() && frames.takes_place(lex.lemma);
        before.is_some_and(|before| words.lex(before).iter().any(takes))
    }

    /// "The shelling of …": tells whether a name stands right behind a happening that befalls places.
    fn happens_to(&self, i: usize) -> bool {
        let words = self.words;
        let Some(before) = i.checked_sub(1).filter(|_| !words.all[i].after_break) else {
            return false;
        };
        let frames = &words.knowledge.frames;
        words.lex(before).iter().any(|lex| {
            let bare = !lex.proclitics.article && lex.pronoun.is_none();
            bare && frames.annexes_place(lex.lemma, lex.form.pos)
        })
    }

    /// "… in the countryside of": tells whether a place is told right behind a name, which lies in it.
    fn is_told_within(&self, end: usize) -> bool {
        let words = self.words;
        let next = words.all.get(end).is_some_and(|word| !word.after_break);
        let inside = |lex: &Lex| {
            let types = words.knowledge.place_types.of_lemma(lex.lemma);
            lex.proclitics.preposition == Some(Preposition::Beh)
                && lex.pronoun.is_none()
                && types.is_some_and(|types| types.rural || types.refers)
        };
        next && words.lex(end).iter().any(inside)
    }

    /// Tells whether a preposition of place stands before word `i` or is attached to it.
    pub(super) fn led_by_preposition(&self, i: usize, names: &[NameMatch]) -> bool {
        let attached = names
            .iter()
            .any(|n| matches!(n.proclitics.preposition, Some(Preposition::Beh | Preposition::Lam)));
        attached
            || preposition_before(self.words, i).is_some_and(|prep| {
                matches!(prep, Prep::In | Prep::From | Prep::To | Prep::On | Prep::Between)
            })
    }

    /// Tells whether the word before, across an attached "and" or a comma, ends a place.
    pub(super) fn follows_place(&self, i: usize) -> bool {
        let joined = self.words.cuts(i).iter().any(|c| c.cut.proclitics.conjunction.is_some());
        let Some(mut before) = i.checked_sub(1) else { return false };
        if matches!(self.words.all[before].sign, '،' | ',' | '-' | '(' | '/') && before > 0 {
            before -= 1;
        } else if !joined {
            return false;
        }
        self.found.at(before).is_some_and(|m| self.found.get(m).place != PlaceRef::None)
    }
}

/// Tells whether the bearer of a name is believed where the name stands.
fn fits(place: &Place, common: bool, around: Around) -> bool {
    let Around { led, inside, listed, single, lexical, ordinary, given, named_person } = around;
    let sort = place.kind;
    let major = matches!(sort, PlaceKind::Country | PlaceKind::Region | PlaceKind::City)
        || place.population >= 20_000
        || (matches!(sort, PlaceKind::Area | PlaceKind::Water | PlaceKind::Site) && !single);
    // Who means the district called so says that it is one.
    let unit = matches!(sort, PlaceKind::District | PlaceKind::Subdistrict);
    if common || named_person && !led {
        false
    } else if lexical {
        major && led && !unit || listed
    } else if ordinary && single {
        led && !unit || listed
    } else if given || named_person {
        (major && led || !single && (inside || listed)) && !named_person
    } else {
        major || led || listed || !single
    }
}
