//! Which episodes are compared at all: without it the cost would grow with the square of a corpus.

use super::clues::Node;
use super::rarity::Rarity;
use super::sketch::Word;
use rustc_hash::FxHashMap;

/// Words that no more reports have bring episodes together.
const RARE: u32 = 48;

/// So many episodes that share a place and a span of days are compared with one another.
const CROWD: usize = 250;

/// How many days apart episodes at one place are compared.
const DAYS: i32 = 3;

/// Words that no more reports have bring episodes of one day together.
const TELLING: u32 = 200;

/// Lists the pairs of episodes that are compared, in order; `document` says to which document an
/// episode belongs, and no two of one document are compared.
pub(super) fn pairs(nodes: &[Node<'_>], document: &[u32], rarity: &Rarity) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    by_rare_words(nodes, document, rarity, &mut pairs);
    by_place(nodes, document, &mut pairs);
    by_day(nodes, document, rarity, &mut pairs);
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Compares what shares two rare words.
fn by_rare_words(nodes: &[Node<'_>], document: &[u32], rarity: &Rarity, out: &mut Vec<(u32, u32)>) {
    let all: Vec<u32> = (0..nodes.len() as u32).collect();
    Sharing::new(nodes, document).pairs(&all, &|word| rarity.reports_with(word) <= RARE, out);
}

/// Finds which episodes share two words or more.
struct Sharing<'n, 'a> {
    nodes: &'n [Node<'a>],
    document: &'n [u32],
    shared: Vec<u8>,
    touched: Vec<u32>,
}

impl<'n, 'a> Sharing<'n, 'a> {
    fn new(nodes: &'n [Node<'a>], document: &'n [u32]) -> Self {
        Self { nodes, document, shared: vec![0; nodes.len()], touched: Vec::new() }
    }

    /// Appends the pairs among the episodes `all` that share two words of the sort that `tells`.
    fn pairs(&mut self, all: &[u32], tells: &dyn Fn(Word) -> bool, out: &mut Vec<(u32, u32)>) {
        let mut with: FxHashMap<Word, Vec<u32>> = FxHashMap::default();
        for &at in all {
            let words = &self.nodes[at as usize].episode.words;
            for &word in words.iter().filter(|word| tells(**word)) {
                let list = with.entry(word).or_default();
                for &other in list.iter() {
                    if self.document[other as usize] != self.document[at as usize] {
                        let count = &mut self.shared[other as usize];
                        if *count == 0 {
                            self.touched.push(other);
                        }
                        *count = count.saturating_add(1);
                    }
                }
                list.push(at);
            }
            for other in self.touched.drain(..) {
                if std::mem::take(&mut self.shared[other as usize]) >= 2 {
                    out.push((other.min(at), other.max(at)));
                }
            }
        }
    }
}

/// Compares what names the same place within a few days, or without a day.
fn by_place(nodes: &[Node<'_>], document: &[u32], out: &mut Vec<(u32, u32)>) {
    let mut at_place: Vec<(&str, Option<i32>, u32)> = Vec::new();
    for (at, node) in (0u32..).zip(nodes) {
        for spot in &node.episode.spots {
            let mut days: Vec<i32> = node.episode.all_days().collect();
            days.dedup();
            if days.is_empty() {
                at_place.push((&spot.id, None, at));
            }
            at_place.extend(days.into_iter().map(|day| (spot.id.as_str(), Some(day), at)));
        }
    }
    at_place.sort_unstable();
    for here in at_place.chunk_by(|a, b| a.0 == b.0) {
        // Those without a day come first, and are compared with as many as there may be.
        let undated = here.iter().take_while(|(_, day, _)| day.is_none()).count();
        for (i, &(_, day, a)) in here.iter().enumerate() {
            let near = here[i + 1..].iter().take(CROWD).take_while(|(_, other, _)| {
                i < undated || other.zip(day).is_some_and(|(other, day)| other - day <= DAYS)
            });
            for &(_, _, b) in near {
                if document[a as usize] != document[b as usize] {
                    out.push((a.min(b), a.max(b)));
                }
            }
        }
    }
}

/// Compares what is of the same or the next day and shares two words that tell something.
fn by_day(nodes: &[Node<'_>], document: &[u32], rarity: &Rarity, out: &mut Vec<(u32, u32)>) {
    let mut on_day: Vec<(i32, u32)> = Vec::new();
    for (at, node) in (0u32..).zip(nodes) {
        on_day.extend(node.episode.all_days().flat_map(|day| [(day, at), (day + 1, at)]));
    }
    on_day.sort_unstable();
    on_day.dedup();
    let mut sharing = Sharing::new(nodes, document);
    for day in on_day.chunk_by(|a, b| a.0 == b.0) {
        let all: Vec<u32> = day.iter().map(|&(_, at)| at).collect();
        sharing.pairs(&all, &|word| rarity.reports_with(word) <= TELLING, out);
    }
}
