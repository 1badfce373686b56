//! Which episodes are compared at all: without it the cost would grow with the square of a corpus.

use super::clues::Node;
use super::episode::Episode;
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
    Sharing::new(words(nodes), document).pairs(&all, &|word| is_rare(word, rarity), out);
}

fn words<'n>(nodes: &[Node<'n>]) -> Vec<&'n [Word]> {
    nodes.iter().map(|node| node.episode.words.as_slice()).collect()
}

/// Tells whether a word brings episodes together wherever they are.
pub(super) fn is_rare(word: Word, rarity: &Rarity) -> bool {
    rarity.reports_with(word) <= RARE
}

/// Tells whether a word brings episodes of one day together.
pub(super) fn is_telling(word: Word, rarity: &Rarity) -> bool {
    rarity.reports_with(word) <= TELLING
}

/// Finds which episodes share two words or more.
pub(super) struct Sharing<'n> {
    /// The words of each episode.
    words: Vec<&'n [Word]>,
    document: &'n [u32],
    shared: Vec<u8>,
    touched: Vec<u32>,
}

impl<'n> Sharing<'n> {
    pub(super) fn new(words: Vec<&'n [Word]>, document: &'n [u32]) -> Self {
        Self { shared: vec![0; words.len()], words, document, touched: Vec::new() }
    }

    /// Appends the pairs among the episodes `all` that share two words of the sort that `tells`.
    pub(super) fn pairs(
        &mut self,
        all: &[u32],
        tells: &dyn Fn(Word) -> bool,
        out: &mut Vec<(u32, u32)>,
    ) {
        let mut with: FxHashMap<Word, Vec<u32>> = FxHashMap::default();
        for &at in all {
            let words = self.words[at as usize];
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
        at_place.extend(places(node.episode).map(|(place, day)| (place, day, at)));
    }
    at_place.sort_unstable();
    for here in at_place.chunk_by(|a, b| a.0 == b.0) {
        let here: Vec<(Option<i32>, u32)> = here.iter().map(|&(_, day, at)| (day, at)).collect();
        near(&here, document, out);
    }
}

/// Lists the places of an episode with each of its days, or with none.
pub(super) fn places(episode: &Episode) -> impl Iterator<Item = (&str, Option<i32>)> {
    let mut days: Vec<Option<i32>> = episode.all_days().map(Some).collect();
    days.dedup();
    if days.is_empty() {
        days.push(None);
    }
    let spots = episode.spots.iter();
    spots.flat_map(move |spot| days.clone().into_iter().map(|day| (spot.id.as_str(), day)))
}

/// Lists the pairs of episodes at one place that are compared; `here` is in order.
pub(super) fn near(here: &[(Option<i32>, u32)], document: &[u32], out: &mut Vec<(u32, u32)>) {
    // Those without a day come first, and are compared with as many as there may be.
    let undated = here.iter().take_while(|(day, _)| day.is_none()).count();
    for (i, &(day, a)) in here.iter().enumerate() {
        let near = here[i + 1..].iter().take(CROWD).take_while(|(other, _)| {
            i < undated || other.zip(day).is_some_and(|(other, day)| other - day <= DAYS)
        });
        for &(_, b) in near {
            if document[a as usize] != document[b as usize] {
                out.push((a.min(b), a.max(b)));
            }
        }
    }
}

/// Compares what is of the same or the next day and shares two words that tell something.
fn by_day(nodes: &[Node<'_>], document: &[u32], rarity: &Rarity, out: &mut Vec<(u32, u32)>) {
    let mut on_day: Vec<(i32, u32)> = Vec::new();
    for (at, node) in (0u32..).zip(nodes) {
        on_day.extend(around(node.episode).map(|day| (day, at)));
    }
    on_day.sort_unstable();
    on_day.dedup();
    let mut sharing = Sharing::new(words(nodes), document);
    for day in on_day.chunk_by(|a, b| a.0 == b.0) {
        let all: Vec<u32> = day.iter().map(|&(_, at)| at).collect();
        sharing.pairs(&all, &|word| is_telling(word, rarity), out);
    }
}

/// Lists the days of an episode and those after them.
pub(super) fn around(episode: &Episode) -> impl Iterator<Item = i32> {
    episode.all_days().flat_map(|day| [day, day + 1])
}
