//! Words and phrases of a small table, found by every form they are written in.
//!
//! A grammar over a closed vocabulary (numbers, dates) asks of nearly every token of a text whether
//! it is one of a few hundred words. Attached conjunctions, prepositions, the article and pronouns
//! are spelled out when the table is built, so that the answer is one look-up, and mostly not even
//! that: its length and first letters tell that it is none.

use crate::{Tokens, fold, letter::*, token::TokenKind};
use std::collections::HashMap;
use std::ops::Range;

/// What is written onto a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// A waw or feh stands in front.
    pub conjunction: bool,
    /// A beh or lam stands in front.
    pub preposition: bool,
    /// The article stands in front.
    pub article: bool,
    /// A pronoun stands behind.
    pub pronoun: bool,
    /// Bytes of conjunction and preposition before the rest of the folded word.
    pub length: u8,
    letters: u8,
}

/// What may be written onto a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attach {
    letters: u8,
    pronoun_must: bool,
}

/// The letters by which tables name what may be attached.
const LETTERS: &str = "wfblap";

impl Attach {
    /// Reads the letters w (waw), f (feh), b (beh), l (lam), a (article) and p (pronoun; `p!` where
    /// one must follow). The error says which letters there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (text, pronoun_must) = match text.strip_suffix('!') {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut letters = 0;
        for c in text.chars() {
            let bit =
                LETTERS.find(c).ok_or_else(|| format!("'{text}' is not made of '{LETTERS}'"))?;
            letters |= 1 << bit;
        }
        Ok(Self { letters, pronoun_must })
    }

    fn allows(self, front: Front) -> bool {
        front.letters & !self.letters == 0 && (front.pronoun || !self.pronoun_must)
    }
}

/// A phrase with what it stands for.
#[derive(Clone, Debug)]
struct Phrase<T> {
    value: T,
    attach: Attach,
    /// The folded words behind the first.
    rest: Vec<Box<str>>,
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a, T> {
    /// What it stands for.
    pub value: &'a T,
    /// What is written onto its first word.
    pub front: Front,
    /// The token behind it.
    pub next: usize,
}

/// The phrases of one table.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    phrases: Vec<Phrase<T>>,
    forms: HashMap<Box<str>, (Front, Range<u16>)>,
    /// For each hash of four first letters, the lengths of the forms that begin so, as bits.
    lengths: Vec<u32>,
}

/// Bits of the hash of first letters.
const PREFIX_BITS: u32 = 12;

/// One row of a table: the words, what may be attached to the first, and what they stand for.
pub struct Row<T> {
    words: Vec<Box<str>>,
    attach: Attach,
    value: T,
}

impl<T> Row<T> {
    /// Makes a row; the error says why the words cannot be found.
    pub fn new(words: &str, attach: Attach, value: T) -> Result<Self, String> {
        let folded = fold::folded(words);
        let words: Vec<Box<str>> = folded.split_whitespace().map(Box::from).collect();
        match words.first() {
            None => Err("the words are missing".to_owned()),
            Some(first) if prefix(first).is_none() => {
                Err(format!("'{first}' does not begin with two letters"))
            }
            Some(_) => Ok(Self { words, attach, value }),
        }
    }
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { phrases: Vec::new(), forms: HashMap::new(), lengths: vec![0; 1 << PREFIX_BITS] }
    }
}

impl<T> Phrases<T> {
    /// Indexes `rows`; of phrases that begin alike the longest is found first.
    pub fn build(mut rows: Vec<Row<T>>) -> Self {
        rows.sort_by(|a, b| (&a.words[0], b.words.len()).cmp(&(&b.words[0], a.words.len())));
        let mut table = Self::default();
        let mut stems: Vec<(Box<str>, u8, Range<u16>)> = Vec::new();
        for row in rows {
            let at = table.phrases.len() as u16;
            let mut words = row.words.into_iter();
            let Some(stem) = words.next() else { continue };
            match stems.last_mut().filter(|last| last.0 == stem) {
                Some((_, letters, range)) => {
                    *letters |= row.attach.letters;
                    range.end = at + 1;
                }
                None => stems.push((stem, row.attach.letters, at..at + 1)),
            }
            let rest = words.collect();
            table.phrases.push(Phrase { value: row.value, attach: row.attach, rest });
        }
        // A form with fewer attached letters wins over one with more.
        for attached in 0..5 {
            for (stem, letters, range) in &stems {
                table.add_forms(stem, *letters, range, attached);
            }
        }
        table
    }

    /// Tells whether any phrase begins with the folded `word`.
    pub fn begins(&self, word: &str) -> bool {
        self.lookup(word).is_some()
    }

    /// Returns what is attached to the folded `word`, if any phrase begins with it.
    pub fn front(&self, word: &str) -> Option<Front> {
        self.lookup(word).map(|(front, _)| *front)
    }

    /// Finds the longest phrase that begins at token `at` and stands for something `wanted`.
    pub fn find(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        wanted: impl Fn(&T) -> bool,
    ) -> Option<Found<'_, T>> {
        if tokens.all.get(at)?.kind != TokenKind::Word {
            return None;
        }
        let (front, range) = self.lookup(tokens.folded(at))?;
        let broken = at > 0 && tokens.original(at - 1).ends_with(TATWEEL);
        if broken || tokens.original(at).starts_with(TATWEEL) {
            // The rest of a word that was broken up, as posts do to get past a filter.
            return None;
        }
        self.phrases[range.start as usize..range.end as usize]
            .iter()
            .filter(|phrase| wanted(&phrase.value) && phrase.attach.allows(*front))
            .find_map(|phrase| {
                let next = phrase_end(tokens, at, &phrase.rest)?;
                Some(Found { value: &phrase.value, front: *front, next })
            })
    }

    fn lookup(&self, word: &str) -> Option<&(Front, Range<u16>)> {
        if self.lengths[prefix(word)?] & length(word) == 0 {
            return None;
        }
        self.forms.get(word)
    }

    fn add_forms(&mut self, stem: &str, letters: u8, range: &Range<u16>, attached: u32) {
        for set in (0..1u8 << LETTERS.len()).filter(|s| s & !letters == 0) {
            let has = |letter: char| LETTERS.find(letter).is_some_and(|bit| set >> bit & 1 == 1);
            if set.count_ones() != attached || has('w') && has('f') || has('b') && has('l') {
                continue;
            }
            let mut form = String::new();
            for (letter, c) in [('w', WAW), ('f', FEH), ('b', BEH), ('l', LAM)] {
                if has(letter) {
                    form.push(c);
                }
            }
            let length = form.len() as u8;
            if has('a') {
                // Lam swallows the alef of the article.
                form.extend((!has('l')).then_some(ALEF));
                form.push(LAM);
            }
            form.push_str(stem);
            let front = Front {
                conjunction: has('w') || has('f'),
                preposition: has('b') || has('l'),
                article: has('a'),
                pronoun: has('p'),
                length,
                letters: set,
            };
            if !has('p') {
                self.add_form(form, front, range);
                continue;
            }
            for pronoun in [&[HEH][..], &[HEH, ALEF], &[HEH, MEEM], &[HEH, NOON], &[NOON, ALEF]] {
                self.add_form(form.chars().chain(pronoun.iter().copied()).collect(), front, range);
            }
        }
    }

    fn add_form(&mut self, form: String, front: Front, range: &Range<u16>) {
        if let Some(prefix) = prefix(&form) {
            self.lengths[prefix] |= length(&form);
            self.forms.entry(form.into()).or_insert((front, range.clone()));
        }
    }
}

fn phrase_end(tokens: &Tokens<'_>, at: usize, rest: &[Box<str>]) -> Option<usize> {
    let mut end = at + 1;
    for word in rest {
        while tokens.all.get(end)?.kind == TokenKind::Space {
            end += 1;
        }
        if tokens.all.get(end)?.kind != TokenKind::Word || tokens.folded(end) != &**word {
            return None;
        }
        end += 1;
    }
    Some(end)
}

/// Hashes the first four letters of a word; `None` if it does not begin with two letters.
fn prefix(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    let ([0xD8 | 0xD9, _, 0xD8 | 0xD9, ..] | [b'a'..=b'z', b'a'..=b'z', ..]) = bytes else {
        return None;
    };
    let letters = match bytes.first_chunk() {
        Some(&eight) => u64::from_le_bytes(eight),
        None => bytes.iter().fold(0, |sum, &byte| sum << 8 | u64::from(byte)),
    };
    // The golden ratio spreads the letters over the upper bits.
    Some((letters.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PREFIX_BITS)) as usize)
}

/// Returns the bit that stands for the length of a word.
fn length(word: &str) -> u32 {
    1 << (word.len() / 2).min(31)
}
