//! Every folded word the tables know, as a number.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// The number of a folded word.
pub type WordId = u32;

/// An interner of folded words.
#[derive(Clone, Default)]
pub struct Vocabulary {
    table: HashTable<WordId>,
    text: String,
    ends: Vec<u32>,
}

impl Vocabulary {
    /// Returns the number of `word`, a new one if it is not known.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(id) = self.get(word) {
            return id;
        }
        let id = self.ends.len() as WordId;
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        let (text, ends) = (&self.text, &self.ends);
        self.table.insert_unique(hash(word), id, |&id| hash(spelling(text, ends, id)));
        id
    }

    /// Returns the number of `word`, if it is known.
    pub fn get(&self, word: &str) -> Option<WordId> {
        self.table.find(hash(word), |&id| spelling(&self.text, &self.ends, id) == word).copied()
    }

    /// Returns the spelling of a word.
    pub fn spelling(&self, id: WordId) -> &str {
        spelling(&self.text, &self.ends, id)
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

fn spelling<'a>(text: &'a str, ends: &[u32], id: WordId) -> &'a str {
    let id = id as usize;
    let start = if id == 0 { 0 } else { ends[id - 1] as usize };
    &text[start..ends[id] as usize]
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}
