//! Units of an army: "the brigade", "the battalion 204", "the brigade 12 infantry".

use super::super::words::Lex;
use sijill_knowledge::NounClass;
use sijill_text::TokenKind;
use sijill_text::clitic::{Preposition, Proclitics};
use sijill_text::letter::{LAM, WAW};
use sijill_text::morph::Gender;

use super::{Finder, Mention};

impl Finder<'_> {
    /// "The brigade", which is spelled like a rank: the group told of before whose name begins so.
    pub(super) fn group_of_rank(
        &mut self,
        i: usize,
        lex: &Lex,
        front: Proclitics,
    ) -> Option<usize> {
        let lexicon = &self.words.knowledge.lexicon;
        let rank = lexicon.lemma(lex.lemma).noun == Some(NounClass::Official);
        if !rank
            || !(lex.proclitics.article || self.hides_article(i, lex))
            || self.words.noun(i, |class| class == NounClass::Group).is_none()
            || self.words.all.get(i + 1).is_some_and(|word| {
                word.kind == TokenKind::Word && self.words.names_somebody(i + 1)
            })
        {
            return None;
        }
        let head = self.head_word(i)?;
        let entities = &self.words.knowledge.entities;
        let near = self.found.before(i).take(120).filter_map(|(_, m)| m.entity);
        let group = { near }.find(|&id| entities.has_main_head(id, head))?;
        let mut mention = self.blank(i..i + 1, front);
        mention.definite = true;
        mention.anaphoric = true;
        mention.gender = Gender::Masculine;
        self.set_entity(&mut mention, Some(group));
        self.push(mention);
        Some(i + 1)
    }

    /// "The brigade 12": a noun for a unit and its number, which is no name that a table holds.
    pub(super) fn names_unit(&self, i: usize) -> bool {
        let unit = self.words.noun(i, |class| class == NounClass::Group);
        unit.is_some_and(|lex| lex.proclitics.article) && self.is_numbered(i + 1)
    }

    /// Reads a unit that bears a number: "the battalion 204".
    pub(super) fn unit(&mut self, i: usize) -> Option<usize> {
        if !self.names_unit(i) {
            return None;
        }
        let front = self.words.noun(i, |class| class == NounClass::Group)?.proclitics;
        let end = self.unit_end(i);
        let mut mention = self.blank(i..end, front);
        mention.people = Some(NounClass::Combatant);
        (mention.plural, mention.definite) = (true, true);
        self.push(mention);
        Some(end)
    }

    /// "The brigade 12 infantry": the arm behind the number belongs to the name.
    pub(super) fn unit_end(&self, i: usize) -> usize {
        let end = i + 2;
        let arm = self.words.all.get(end).is_some_and(|word| {
            let tells = |class| matches!(class, NounClass::Combatant | NounClass::Adjective);
            let plain = self.words.noun(end, tells).is_some_and(|lex| {
                lex.proclitics == Proclitics::default() && lex.pronoun.is_none()
            });
            !word.after_break && plain
        });
        end + usize::from(arm)
    }

    /// "The battalion 204": a number without article behind the noun for a force is its name.
    pub(super) fn is_numbered(&self, i: usize) -> bool {
        let digits = |word: &str| word.chars().all(|c| c.is_ascii_digit());
        self.words.all.get(i).is_some_and(|word| !word.after_break && digits(self.words.folded(i)))
            && !self.in_time[i]
    }

    /// "Of the brigade": behind a preposition of one lam a noun that begins with lam has lost its
    /// article in writing.
    pub(super) fn hides_article(&self, i: usize, lex: &Lex) -> bool {
        let word = self.words.folded(i);
        let word = word.strip_prefix(WAW).unwrap_or(word);
        let mut letters = word.chars();
        lex.proclitics.preposition == Some(Preposition::Lam)
            && (letters.next(), letters.next()) == (Some(LAM), Some(LAM))
    }

    /// "Colonel …, commander of the division": the rank before a name is told whose by the office
    /// behind it.
    pub(super) fn name_bearer(&mut self, i: usize, office: &Mention) {
        let words = self.words;
        let Some((id, rank)) = self.found.before(i).next() else { return };
        let names = rank.words.end..i;
        let named = (1..5).contains(&names.len())
            && names.clone().all(|at| {
                let word = &words.all[at];
                let name = words.cuts(at).iter().any(|c| words.knowledge.is_given_name(c.word));
                let unknown = words.lex(at).is_empty() && words.phrases(at).is_empty();
                word.kind == TokenKind::Word && !word.after_break && (name || unknown)
            });
        if named && rank.people == Some(NounClass::Official) && rank.entity.is_none() {
            let bearer = &mut self.found.all[id as usize];
            (bearer.entity, bearer.owner) = (office.entity, office.owner);
        }
    }
}
