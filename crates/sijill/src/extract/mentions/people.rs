//! Nouns for people and groups, their number and what they belong to.

use super::super::words::{Lex, NameMatch, Words};
use sijill_knowledge::{EntityId, EntityKind, Name, NounClass, Phrase, Prep};
use sijill_text::clitic::Proclitics;
use sijill_text::letter::{ALEF, NOON, YEH};
use sijill_text::morph::{Number, Pos};
use sijill_text::numeral::Unit;

use super::{Finder, PlaceRef, attached, group_gender};

impl<'a> Finder<'a> {
    /// Reads a noun for people or a group, with its number and what it belongs to.
    pub(super) fn people_phrase(&mut self, i: usize) -> Option<usize> {
        let (amount, noun) = self.counted_noun(i)?;
        let longer = self.names_at(noun).iter().any(|n| n.end as usize > noun + 1);
        if amount.is_none() && longer && self.is_name(noun) {
            return None;
        }
        if amount.is_none()
            && self
                .names_at(noun)
                .iter()
                .any(|n| matches!(n.name, Name::Entity { short: false, .. }))
        {
            return None;
        }
        if amount.is_some()
            && let Some(end) = self.counted_party(i, noun, amount)
        {
            return Some(end);
        }
        if amount.is_none()
            && (self.is_adjective_here(noun)
                || self.describes_others(noun)
                || self.describes_group(noun))
        {
            return None;
        }
        if amount.is_none()
            && let Some(end) = self.armed_band(noun).or_else(|| self.unit(noun))
        {
            return Some(end);
        }
        let names = self.names_at(noun);
        if amount.is_none() && self.place_of(noun, names).0 != PlaceRef::None {
            // A town whose name is also a word for people.
            return None;
        }
        let lex = *self.words.noun(noun, |class| class.is_people() || class.is_body())?;
        let class = self.words.knowledge.lexicon.lemma(lex.lemma).noun?;
        let front = if amount.is_some() { self.front_of(i) } else { lex.proclitics };
        if let Some(end) = self.group_of_rank(i, &lex, front) {
            return Some(end);
        }
        let mut mention = self.blank(i..noun + 1, front);
        mention.span = self.words.span(noun..noun + 1);
        mention.people = (!class.is_body()).then_some(class);
        mention.amount = amount;
        mention.number = self.number_of(noun, &lex);
        mention.gender = lex.form.gender;
        mention.plural = !class.is_body() && lex.form.number != Number::Singular;
        if class.is_body() {
            mention.gender = group_gender(&lex);
        }
        mention.definite = lex.proclitics.article || lex.pronoun.is_some();
        if amount.is_none()
            && let Some(after) = self.amount_after(noun)
        {
            mention.amount = Some(after);
            mention.words.end = noun + 2;
        }
        let end = self.belonging(&mut mention, noun, &lex, class);
        if class == NounClass::Official && mention.entity.is_some() {
            self.name_bearer(i, &mention);
        }
        if class == NounClass::Another && mention.entity.is_none() {
            self.share_people(&mut mention, i);
            // The plural is spelled as the dual is.
            if mention.number == Number::Dual && self.words.folded(noun).ends_with([NOON]) {
                mention.number = Number::Plural;
            }
        }
        if class == NounClass::Combatant && mention.entity.is_none() && !mention.speaker {
            if self.words.knowledge.lexicon.lemma(lex.lemma).label {
                mention.entity = self.labelled(lex.lemma);
            } else if self.words.knowledge.lexicon.lemma(lex.lemma).soldier {
                // "Sudanese soldiers" are of no other country.
                if !self.words.all.get(noun + 1).is_some_and(|_| self.is_of_country(noun + 1)) {
                    self.soldiers.push(self.found.all.len());
                }
            } else if lex.proclitics.article {
                let group = self.only_armed_group();
                mention.entity = group.or_else(|| self.last_fighters(noun, &mention));
            }
            mention.anaphoric = mention.entity.is_some();
        }
        if class.is_body() && mention.entity.is_none() && !mention.speaker {
            if !lex.proclitics.article || class == NounClass::Platform {
                return None;
            }
            let ruling = class == NounClass::Group && self.is_ruling(noun);
            if ruling {
                mention.words.end = noun + 2;
                mention.span = self.words.span(noun..noun + 2);
            }
            mention.entity = self.definite_group(noun, ruling);
            mention.anaphoric = mention.entity.is_some();
            if mention.entity.is_none() {
                let head = self.head_word(noun)?;
                let entities = &self.words.knowledge.entities;
                // "The factions", "the battalions" bear arms; "the movement" may be of any kind.
                let many = lex.form.number == Number::Plural && entities.is_armed_head(head);
                if !many && !entities.is_of_forces(head) {
                    return None;
                }
                mention.people = Some(NounClass::Combatant);
                mention.plural = true;
                self.forces.push((self.found.all.len(), head));
            }
        }
        mention.words.end = mention.words.end.max(end);
        let end = mention.words.end;
        self.push(mention);
        Some(end)
    }

    /// Tells whether a name that counts begins at a word: a short one does after a fuller one only.
    fn is_name(&mut self, i: usize) -> bool {
        let names = self.names_at(i);
        let place = names.iter().any(|n| matches!(n.name, Name::Place { .. }));
        place || self.entity_of(names).is_some()
    }

    /// Returns the number of a noun; with the article, and of victims, what is spelled like two is
    /// many.
    pub(super) fn number_of(&self, noun: usize, lex: &Lex) -> Number {
        let lexicon = &self.words.knowledge.lexicon;
        let readings = || self.words.cuts(noun).iter().flat_map(|cut| lexicon.readings(cut.word));
        let many = || readings().any(|r| r.lemma == lex.lemma && r.form.number == Number::Plural);
        let victims = lexicon.lemma(lex.lemma).noun == Some(NounClass::Victim);
        match lex.form.number {
            Number::Dual if (lex.proclitics.article || victims) && many() => Number::Plural,
            number => number,
        }
    }

    /// Reads "17 of the forces of …", "fifteen Houthis": an amount and the party whose members it
    /// counts; "fifteen Turks" are people.
    pub(super) fn counted_party(
        &mut self,
        i: usize,
        noun: usize,
        amount: Option<usize>,
    ) -> Option<usize> {
        let names: Vec<NameMatch> =
            self.names_at(noun).iter().filter(|n| attached(n.proclitics) == 0).copied().collect();
        let named = self.entity_of(&names);
        let nation = nationality(self.words, noun);
        let people = self.is_nation(noun) && !nation.is_some_and(|nation| self.is_armed(nation));
        if named.is_none() && people {
            let mut mention = self.blank(i..noun + 1, self.front_of(i));
            mention.span = self.words.span(noun..noun + 1);
            mention.people = Some(NounClass::Human);
            mention.amount = amount;
            mention.plural = true;
            self.push(mention);
            return Some(noun + 1);
        }
        let entity = named.or(nation)?;
        if self.words.knowledge.entities.get(entity).kind != EntityKind::Actor {
            return None;
        }
        let end = names.first().filter(|_| named.is_some()).map_or(noun + 1, |n| n.end as usize);
        let mut mention = self.blank(i..end, self.front_of(i));
        mention.span = self.words.span(noun..end);
        self.set_entity(&mut mention, Some(entity));
        mention.people = mention.people.or(Some(NounClass::Combatant));
        mention.amount = amount;
        mention.plural = true;
        self.push(mention);
        Some(end)
    }

    /// Tells whether an adjective of nationality stands at a word.
    fn is_of_country(&self, i: usize) -> bool {
        let nationalities = &self.words.knowledge.nationalities;
        self.words.cuts(i).iter().any(|c| nationalities.country(c.word).is_some())
    }

    /// "Palestinians", behind an amount: an adjective of nationality in the masculine.
    fn is_nation(&self, i: usize) -> bool {
        let nationalities = &self.words.knowledge.nationalities;
        let word = self.words.folded(i);
        let masculine = word.strip_suffix(ALEF).unwrap_or(word).ends_with([YEH, NOON]);
        masculine
            && !self.words.all[i].after_break
            && self.words.cuts(i).iter().any(|c| {
                let plain = c.cut.proclitics == Proclitics::default() && c.cut.pronoun.is_none();
                let of = || nationalities.country(c.word).is_some();
                plain && (nationalities.get(c.word).is_some() || of())
            })
    }

    fn is_armed(&self, id: EntityId) -> bool {
        self.words.knowledge.entities.get(id).type_name == "armed-group"
    }

    /// Tells whether a word that may be an adjective or a noun for people describes the noun before.
    pub(super) fn is_adjective_here(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return false };
        let words = self.words;
        if self.clauses.verb(words, before).is_some() {
            return false;
        }
        let plain = |i: usize, article: bool| {
            words
                .lex(i)
                .iter()
                .any(|lex| lex.proclitics.article == article && lex.form.pos != Pos::Verb)
        };
        let adjective = words.lex(i).iter().find(|lex| {
            words.knowledge.lexicon.lemma(lex.lemma).noun == Some(NounClass::Adjective)
                && lex.proclitics.preposition.is_none()
                && lex.proclitics.conjunction.is_none()
        });
        adjective.is_some_and(|lex| {
            let nominal = words.noun(before, |_| true).is_some()
                || words.lex(before).iter().any(|l| l.form.pos == Pos::Masdar);
            // A plural of persons describes a plural of persons only.
            let persons = |l: &Lex| {
                let class = words.knowledge.lexicon.lemma(l.lemma).noun;
                l.form.number != Number::Singular && class.is_some_and(NounClass::is_people)
            };
            let plural = lex.form.number != Number::Singular && words.folded(i).ends_with(NOON);
            let happening = words.lex(before).iter().any(|l| l.form.pos == Pos::Masdar);
            let mismatch = plural && (happening || !words.lex(before).iter().any(persons));
            nominal
                && !mismatch
                && plain(before, lex.proclitics.article)
                && !words.all[i].after_break
        })
    }

    /// Finds the noun that an amount at `i` counts, or the noun at `i` itself.
    pub(super) fn counted_noun(&self, i: usize) -> Option<(Option<usize>, usize)> {
        let amount = self.amount_at[i];
        if amount == 0 {
            return Some((None, i));
        }
        let amount = amount as usize - 1;
        if self.amounts[amount].unit != Unit::Plain {
            return None;
        }
        let mut noun = self.words.of_tokens(&self.amounts[amount].tokens).end;
        let of = self.words.phrases(noun.min(self.words.all.len().saturating_sub(1)));
        if of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From) && p.pronoun.is_none()) {
            noun = self.skip_quotes(noun + 1);
        }
        let is_people = |class: NounClass| class.is_people() || class.is_body();
        let party = self.names_at(noun).iter().any(|n| matches!(n.name, Name::Entity { .. }));
        let civilian = self.names_at(noun).iter().any(|n| match n.name {
            Name::Entity { id, .. } => {
                let members = n.end == n.start + 1 && self.words.folded(noun).ends_with(NOON);
                members || self.words.knowledge.entities.get(id).type_name == "civilian"
            }
            _ => false,
        });
        if civilian {
            return Some((Some(amount), noun));
        }
        if party && of.iter().any(|p| p.phrase == Phrase::Preposition(Prep::From)) {
            return Some((Some(amount), noun));
        }
        (noun < self.words.all.len()
            && (self.words.noun(noun, is_people).is_some() || self.is_nation(noun)))
        .then_some((Some(amount), noun))
    }

    pub(super) fn amount_after(&self, noun: usize) -> Option<usize> {
        let amount = *self.amount_at.get(noun + 1)?;
        let article = self.words.cuts(noun + 1).iter().any(|c| c.cut.proclitics.article);
        (amount > 0 && article).then(|| amount as usize - 1)
    }

    /// Tells whether an adjective stands at a word, and no preposition on it: "of the Houthis" is none.
    pub(super) fn is_plain_adjective(&self, i: usize) -> bool {
        let adjective = self.words.noun(i, |class| class == NounClass::Adjective);
        self.is_adjective(i) && adjective.is_some_and(|lex| lex.proclitics.preposition.is_none())
    }

    pub(super) fn is_adjective(&self, i: usize) -> bool {
        self.words.noun(i, |class| class == NounClass::Adjective).is_some()
            && self.words.phrases(i).is_empty()
            && !self.words.all[i].after_break
    }
}

/// Finds the party that an adjective at a word stands for.
pub(crate) fn nationality(words: &Words<'_>, i: usize) -> Option<EntityId> {
    let plain = |p: Proclitics| p.conjunction.is_none() && p.preposition.is_none() && !p.future;
    if words.all.get(i)?.after_break {
        return None;
    }
    words
        .cuts(i)
        .iter()
        .filter(|c| plain(c.cut.proclitics) && c.cut.pronoun.is_none())
        .find_map(|c| words.knowledge.nationalities.get(c.word))
}

/// Finds the party that a plural of a nationality stands for, whatever is attached to it.
pub(super) fn nationality_of_any(words: &Words<'_>, i: usize) -> Option<EntityId> {
    let mut cuts = words.cuts(i).iter().filter(|c| c.cut.pronoun.is_none());
    cuts.find_map(|c| words.knowledge.nationalities.get(c.word))
}
