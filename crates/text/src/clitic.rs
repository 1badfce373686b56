//! Clitics: what a written word may have attached, as alternatives.
//!
//! Arabic writes conjunctions, one-letter prepositions, the article and object pronouns onto their
//! word. Which letters are clitics and which belong to the word only a lexicon can tell, so this
//! module lists every way to cut a folded word and leaves the choice to the caller.

use crate::letter::*;

/// What is attached in front of a stem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Proclitics {
    /// A conjunction.
    pub conjunction: Option<Conjunction>,
    /// A one-letter preposition.
    pub preposition: Option<Preposition>,
    /// The particle of the future (seen).
    pub future: bool,
    /// The definite article.
    pub article: bool,
}

/// An attached conjunction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conjunction {
    /// Waw, "and".
    Waw,
    /// Feh, "so".
    Feh,
}

/// An attached preposition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preposition {
    /// Beh, "in, by, with".
    Beh,
    /// Lam, "to, of".
    Lam,
    /// Kaf, "like".
    Kaf,
}

/// An attached pronoun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pronoun {
    /// Third person masculine singular (heh).
    He,
    /// Third person feminine singular, also of things in the plural (heh alef).
    She,
    /// Third person plural.
    They,
    /// Third person dual.
    Both,
    /// First person plural (noon alef).
    We,
    /// First person singular (yeh, noon yeh).
    I,
    /// Second person of any number (kaf …).
    You,
}

/// One way to cut a folded word: what is attached and the stem as a byte range of the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// What stands in front; the article is not part of the stem.
    pub proclitics: Proclitics,
    /// First byte of the stem.
    pub start: usize,
    /// One past the last byte of the stem.
    pub end: usize,
    /// What stands behind.
    pub pronoun: Option<Pronoun>,
}

/// Calls `each` with every way to cut the folded `word`, the whole word first.
pub fn cuts(word: &str, mut each: impl FnMut(Cut)) {
    let mut fronts = [(Proclitics::default(), 0); 12];
    let count = fronts_of(word, &mut fronts);
    for &(proclitics, start) in &fronts[..count] {
        each(Cut { proclitics, start, end: word.len(), pronoun: None });
    }
    for (pronoun, length) in pronouns_of(word) {
        let end = word.len() - length;
        for &(proclitics, start) in &fronts[..count] {
            if start + 2 <= end && !proclitics.article {
                each(Cut { proclitics, start, end, pronoun: Some(pronoun) });
            }
        }
    }
}

/// Splits the article off a folded word that has at least two letters behind it.
pub fn strip_article(word: &str) -> (bool, &str) {
    match word.strip_prefix(ALEF).and_then(|rest| rest.strip_prefix(LAM)) {
        Some(rest) if rest.len() >= 4 => (true, rest),
        _ => (false, word),
    }
}

fn fronts_of(word: &str, fronts: &mut [(Proclitics, usize); 12]) -> usize {
    let mut count = 0;
    let mut push = |proclitics, start: usize| {
        if word.len() >= start + 2 && count < fronts.len() {
            fronts[count] = (proclitics, start);
            count += 1;
        }
    };
    let none = Proclitics::default();
    let conjunction = match word.chars().next() {
        Some(WAW) => Some(Conjunction::Waw),
        Some(FEH) => Some(Conjunction::Feh),
        _ => None,
    };
    let starts = [(None, 0), (conjunction, if conjunction.is_some() { 2 } else { 0 })];
    for &(conjunction, start) in &starts[..1 + usize::from(conjunction.is_some())] {
        let base = Proclitics { conjunction, ..none };
        let rest = &word[start..];
        push(base, start);
        let (article, stem) = strip_article(rest);
        if article {
            push(Proclitics { article, ..base }, word.len() - stem.len());
        }
        let Some(first) = rest.chars().next() else { continue };
        let preposition = match first {
            BEH => Preposition::Beh,
            LAM => Preposition::Lam,
            KAF => Preposition::Kaf,
            SEEN => {
                push(Proclitics { future: true, ..base }, start + 2);
                continue;
            }
            _ => continue,
        };
        let base = Proclitics { preposition: Some(preposition), ..base };
        push(base, start + 2);
        let inner = &rest[2..];
        let (article, stem) = strip_article(inner);
        if article {
            push(Proclitics { article, ..base }, word.len() - stem.len());
        } else if preposition == Preposition::Lam && inner.starts_with(LAM) && inner.len() >= 6 {
            push(Proclitics { article: true, ..base }, start + 4);
        }
    }
    count
}

fn pronouns_of(word: &str) -> impl Iterator<Item = (Pronoun, usize)> {
    let mut last = word.chars().rev();
    let (a, b, c) = (last.next(), last.next(), last.next());
    let pairs = match (c, b, a) {
        (_, _, Some(HEH)) => [Some((Pronoun::He, 2)), None],
        (Some(HEH), Some(MEEM), Some(ALEF)) => [Some((Pronoun::Both, 6)), None],
        (_, Some(HEH), Some(ALEF)) => [Some((Pronoun::She, 4)), None],
        (_, Some(HEH), Some(MEEM | NOON)) => [Some((Pronoun::They, 4)), None],
        (_, Some(NOON), Some(ALEF)) => [Some((Pronoun::We, 4)), None],
        (_, Some(NOON), Some(YEH)) => [Some((Pronoun::I, 4)), Some((Pronoun::I, 2))],
        (_, _, Some(YEH)) => [Some((Pronoun::I, 2)), None],
        (_, Some(KAF), Some(MEEM)) => [Some((Pronoun::You, 4)), None],
        (_, _, Some(KAF)) => [Some((Pronoun::You, 2)), None],
        _ => [None, None],
    };
    let room = word.len();
    pairs.into_iter().flatten().filter(move |&(_, length)| room >= length + 2)
}
