//! Every folded word the tables know, as a number.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The number of a folded word.
pub type WordId = u32;

/// An interner of folded words.
#[derive(Clone, Default)]
pub struct Vocabulary {
    words: HashTable<Word>,
    text: String,
    ends: Vec<u32>,
}

/// A word as the table holds it, so that a look-up goes straight to its letters.
#[derive(Clone, Copy)]
struct Word {
    id: WordId,
    start: u32,
    length: u32,
}

impl Word {
    fn letters(self, text: &str) -> &[u8] {
        &text.as_bytes()[self.start as usize..][..self.length as usize]
    }
}

impl Vocabulary {
    /// Makes room for so many words.
    pub(crate) fn with_capacity(words: usize) -> Self {
        Self { words: HashTable::with_capacity(words), ..Self::default() }
    }

    /// Returns the number of `word`, a new one if it is not known.
    pub fn intern(&mut self, word: &str) -> WordId {
        let id = self.ends.len() as WordId;
        let new = Word { id, start: self.text.len() as u32, length: word.len() as u32 };
        let text = &self.text;
        let entry = self.words.entry(
            hash(word.as_bytes()),
            |known| known.letters(text) == word.as_bytes(),
            |known| hash(known.letters(text)),
        );
        match entry {
            Entry::Occupied(known) => known.get().id,
            Entry::Vacant(place) => {
                place.insert(new);
                self.text.push_str(word);
                self.ends.push(self.text.len() as u32);
                id
            }
        }
    }

    /// Returns the number of `word`, if it is known.
    pub fn get(&self, word: &str) -> Option<WordId> {
        let word = word.as_bytes();
        let known = self.words.find(hash(word), |known| known.letters(&self.text) == word);
        known.map(|known| known.id)
    }

    /// Returns the spelling of a word.
    pub fn spelling(&self, id: WordId) -> &str {
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        &self.text[start as usize..self.ends[id as usize] as usize]
    }

    /// Returns how many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Tells whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vocabulary({} words)", self.len())
    }
}

fn hash(word: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    hasher.finish()
}
