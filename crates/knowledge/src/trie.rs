//! Names as sequences of words, found at word bounds.
//!
//! A key is a word and whether it carries the article, so that an attached preposition that
//! swallows the alef of the article (lam + lam) still meets the name as the table spells it.

use crate::grouped::Grouped;
use crate::vocabulary::{Vocabulary, WordId};
use rustc_hash::FxHashMap;
use sijill_text::{clitic, token};

/// A word of a name: its number without the article, and whether it has one.
pub type Key = u32;

/// Makes a key.
pub fn key(word: WordId, article: bool) -> Key {
    word << 1 | Key::from(article)
}

/// A node of the trie; the root is 0.
pub type Node = u32;

/// Where a word leads.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The node.
    pub node: Node,
    /// Some name goes on from there.
    pub goes_on: bool,
}

/// A map from sequences of words to values.
#[derive(Clone, Debug)]
pub struct Trie<V> {
    edges: FxHashMap<u64, Step>,
    values: Grouped<V>,
}

impl<V> Default for Trie<V> {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), values: Grouped::default() }
    }
}

impl<V> Trie<V> {
    /// Follows one word from a node.
    pub fn step(&self, node: Node, key: Key) -> Option<Step> {
        self.edges.get(&edge(node, key)).copied()
    }

    /// Returns what ends at a node.
    pub fn values(&self, node: Node) -> &[V] {
        self.values.get(node)
    }
}

/// A trie to which names are still added.
pub(crate) struct TrieBuilder<V> {
    edges: FxHashMap<u64, Step>,
    found: Vec<(Node, V)>,
}

impl<V> Default for TrieBuilder<V> {
    fn default() -> Self {
        Self { edges: FxHashMap::default(), found: Vec::new() }
    }
}

impl<V: Copy> TrieBuilder<V> {
    /// Makes room for so many more names.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.edges.reserve(names);
        self.found.reserve(names);
    }

    /// Adds a name; one without words is left out.
    pub(crate) fn insert(&mut self, name: &str, vocabulary: &mut Vocabulary, value: V) {
        self.insert_folded(&folded_name(name), vocabulary, value);
    }

    /// Adds a name that is folded already.
    pub(crate) fn insert_folded(&mut self, folded: &str, vocabulary: &mut Vocabulary, value: V) {
        let mut node = 0;
        let mut words = folded.split(' ').filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let (article, stem) = clitic::strip_article(word);
            let key = key(vocabulary.intern(stem), article);
            let next = self.edges.len() as Node + 1;
            let new = Step { node: next, goes_on: false };
            let step = self.edges.entry(edge(node, key)).or_insert(new);
            step.goes_on |= words.peek().is_some();
            node = step.node;
        }
        if node != 0 {
            self.found.push((node, value));
        }
    }

    /// Returns the trie of all names.
    pub(crate) fn finish(self) -> Trie<V> {
        let values = Grouped::new(self.edges.len() + 1, &self.found);
        Trie { edges: self.edges, values }
    }
}

/// Returns the key of a whole folded word, if the vocabulary knows it.
pub fn whole_key(folded: &str, vocabulary: &Vocabulary) -> Option<Key> {
    let (article, stem) = clitic::strip_article(folded);
    Some(key(vocabulary.get(stem)?, article))
}

/// Folds a name the way the trie compares names: folded words with single spaces.
pub fn folded_name(name: &str) -> String {
    token::folded_words(name)
}

fn edge(node: Node, key: Key) -> u64 {
    u64::from(node) << 32 | u64::from(key)
}
