//! The steps of [`super::corroborate`] one by one, for a corpus that no machine holds.
//!
//! Each function sees a part of the corpus and calls what `corroborate` calls, so that the parts
//! put together are the same incidents. Whoever calls them moves the rows between the steps:
//!
//! 1. [`Rarity::counts`] of parts, summed, are the [`Rarity`] of the corpus.
//! 2. [`blocks`] of each report, brought together by key, give the [`pairs`] that are compared.
//! 3. [`weights`] of the pairs are links; [`components`] of the strong ones are what clusters lie
//!    within.
//! 4. [`prints`] brought together by hash give [`seeds`], those of two reports a [`reuse()`], and
//!    reports joined by reuses the [`origins()`] of their claims.
//! 5. [`incidents()`] clusters the episodes of some components and puts the incidents together.
//!
//! Reports are numbered in the order of their ids; an episode is numbered by its report and its
//! place in it.

use super::blocks::{self, Sharing};
use super::clues::Node;
use super::clusters::{self, Link};
use super::origins::{self, Origins};
use super::packed::{packed, unpacked};
pub use super::rarity::Rarity;
use super::reuse::{self, Print};
use super::{Compared, Sketch, incidents};
use crate::Knowledge;
use rustc_hash::FxHashMap;
use sijill_knowledge::Clue;
use sijill_model::{Incident, Reuse};

/// The number of a report.
pub type Report = i64;

/// The number of an episode: that of its report, and 16 bits for its place in it.
pub type Number = i64;

/// Bits of the place of an episode in its report.
const EPISODE: u32 = 16;

/// An episode in a block: episodes are compared with others of the same block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Names the block: a rare word, a place or a day.
    pub block: String,
    /// The episode.
    pub episode: Number,
    /// Its day, in the block of a place.
    pub day: Option<i32>,
    /// The words that tell something, in the block of a day.
    pub words: Vec<u32>,
}

/// A compared pair of episodes, and how much speaks for their being one happening.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// The earlier in order.
    pub a: Number,
    /// The later.
    pub b: Number,
    /// In logits.
    pub weight: f64,
}

fn number(report: Report, episode: usize) -> Number {
    report << EPISODE | episode as i64
}

/// Returns the report of an episode.
pub fn report_of(episode: Number) -> Report {
    episode >> EPISODE
}

/// Lists the episodes of a report as bytes for [`weights`].
pub fn episodes(report: Report, sketch: &Sketch) -> Vec<(Number, Vec<u8>)> {
    let all = sketch.episodes.iter().enumerate();
    all.map(|(at, episode)| (number(report, at), packed(episode))).collect()
}

/// Lists the blocks in which the episodes of a report are compared.
pub fn blocks(report: Report, sketch: &Sketch, rarity: &Rarity) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, found) in sketch.episodes.iter().enumerate() {
        let episode = number(report, at);
        let row = |block: String| Row { block, episode, ..Row::default() };
        // What one report alone has brings nothing together.
        let shared = |word: u32| rarity.reports_with(word) > 1;
        let rare = found.words.iter().filter(|&&w| shared(w) && blocks::is_rare(w, rarity));
        rows.extend(rare.map(|word| row(format!("w{word}"))));
        rows.extend(
            blocks::places(found).map(|(place, day)| Row { day, ..row(format!("p{place}")) }),
        );
        let telling = found.words.iter().filter(|&&w| shared(w) && blocks::is_telling(w, rarity));
        let words: Vec<u32> = telling.copied().collect();
        let mut days: Vec<i32> = blocks::around(found).collect();
        days.sort_unstable();
        days.dedup();
        rows.extend(
            days.into_iter().map(|day| Row { words: words.clone(), ..row(format!("d{day}")) }),
        );
    }
    rows
}

/// Lists the pairs within whole blocks, each with 2 if it is compared for that, and 1 for each rare
/// word it shares: a pair is compared if the sum over all blocks is 2 or more.
pub fn pairs(rows: &[Row]) -> Vec<(Number, Number, u32)> {
    let mut all: Vec<Number> = rows.iter().map(|row| row.episode).collect();
    all.sort_unstable();
    all.dedup();
    let document = documents(&all);
    let at = |episode: Number| all.partition_point(|other| *other < episode) as u32;
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by(|a, b| (&a.block, a.day, a.episode).cmp(&(&b.block, b.day, b.episode)));
    let mut found: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    let mut compared = Vec::new();
    for block in rows.chunk_by(|a, b| a.block == b.block) {
        let members: Vec<u32> = block.iter().map(|row| at(row.episode)).collect();
        match block[0].block.split_at(1).0 {
            "p" => {
                let days = block.iter().map(|row| row.day);
                let here: Vec<_> = days.zip(members.iter().copied()).collect();
                blocks::near(&here, &document, &mut compared);
            }
            "d" => {
                let mut words: Vec<&[u32]> = vec![&[]; all.len()];
                for (row, &member) in block.iter().zip(&members) {
                    words[member as usize] = &row.words;
                }
                Sharing::new(words, &document).pairs(&members, &|_| true, &mut compared);
            }
            _ => share(&members, &document, &mut found),
        }
    }
    found.extend(compared.into_iter().map(|pair| (pair, 2)));
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    let episode = |at: u32| all[at as usize];
    found.into_iter().map(|((a, b), shared)| (episode(a), episode(b), shared)).collect()
}

/// Counts a rare word that all members share.
fn share(members: &[u32], document: &[u32], found: &mut FxHashMap<(u32, u32), u32>) {
    for (i, &a) in members.iter().enumerate() {
        for &b in members[i + 1..].iter().filter(|&&b| document[b as usize] != document[a as usize])
        {
            let shared = found.entry((a.min(b), a.max(b))).or_default();
            *shared = (*shared + 1).min(2);
        }
    }
}

/// Numbers the reports of sorted episodes from zero.
fn documents(episodes: &[Number]) -> Vec<u32> {
    let mut at = 0;
    let mut last = None;
    let number = |&episode: &Number| {
        let report = report_of(episode);
        at += u32::from(last.replace(report).is_some_and(|last| last != report));
        at
    };
    episodes.iter().map(number).collect()
}

/// An episode as [`episodes`] writes it.
pub type Bytes<'b> = (Number, &'b [u8]);

/// Weighs pairs of episodes, given as [`episodes`] wrote them; `None` if the bytes are none of
/// ours. Pairs that stand in the order of their first episode take half the time.
pub fn weights<'b>(
    pairs: impl Iterator<Item = (Bytes<'b>, Bytes<'b>)>,
    rarity: &Rarity,
    knowledge: &Knowledge,
) -> Option<Vec<Weighed>> {
    let mut last = None;
    let weigh = |((a, one), (b, other)): (Bytes<'b>, Bytes<'b>)| {
        if last.as_ref().is_none_or(|(number, _)| *number != a) {
            last = Some((a, unpacked(one)?));
        }
        let (one, other) = (Node::new(&last.as_ref()?.1, rarity), unpacked(other)?);
        let found = super::clues::clues(&one, &Node::new(&other, rarity), rarity);
        Some(Weighed { a, b, weight: super::total(&found, knowledge) })
    };
    pairs.map(weigh).collect()
}

/// Tells whether a link is strong enough to join two episodes by itself.
pub fn is_strong(weight: f64, knowledge: &Knowledge) -> bool {
    weight > knowledge.clues.weight(Clue::Enough)
}

/// Finds what hangs together: of every number the lowest one that can be reached from it.
pub fn components(links: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut all: Vec<i64> = links.iter().flat_map(|&(a, b)| [a, b]).collect();
    all.sort_unstable();
    all.dedup();
    let mut lowest: Vec<usize> = (0..all.len()).collect();
    fn root(lowest: &mut [usize], mut at: usize) -> usize {
        while lowest[at] != at {
            lowest[at] = lowest[lowest[at]];
            at = lowest[at];
        }
        at
    }
    for &(a, b) in links {
        let [a, b] = [a, b].map(|number| all.partition_point(|other| *other < number));
        let (a, b) = (root(&mut lowest, a), root(&mut lowest, b));
        lowest[a.max(b)] = a.min(b);
    }
    (0..all.len()).map(|at| (all[at], all[root(&mut lowest, at)])).collect()
}

/// Lists the numbers of the runs of words of a report, each with the word at which it begins.
pub fn prints(sketch: &Sketch) -> Vec<(u64, u32)> {
    let mut prints = Vec::new();
    reuse::fingerprint(0, &sketch.text, &mut prints);
    prints.into_iter().map(|print| (print.hash, print.at)).collect()
}

/// Finds where reports meet: two reports, and the word of each; all runs of a hash must be there.
pub fn seeds(prints: &[(u64, Report, u32)]) -> Vec<(Report, Report, u32, u32)> {
    let mut all: Vec<Report> = prints.iter().map(|&(_, report, _)| report).collect();
    all.sort_unstable();
    all.dedup();
    let local = |number: Report| all.partition_point(|other| *other < number) as u32;
    let print =
        |&(hash, report, at): &(u64, Report, u32)| Print { hash, report: local(report), at };
    let mut prints: Vec<Print> = prints.iter().map(print).collect();
    let global = |number: u32| all[number as usize];
    let seeds = reuse::seeds(&mut prints).into_iter();
    seeds.map(|(one, other, x, y)| (global(one), global(other), x, y)).collect()
}

/// Makes out what two reports, the first one first in order, have in common where they meet, and
/// tells whether the second is the copy; `None` unless it matters for the origin of a claim.
pub fn reuse(one: &Sketch, other: &Sketch, meets: &[(u32, u32)]) -> Option<(Vec<u8>, bool)> {
    let mut seeds: Vec<_> = meets.iter().map(|&(x, y)| (0, 1, x, y)).collect();
    seeds.sort_unstable();
    let found = reuse::reuse(&[one, other], &seeds)?;
    let is_second = found.copy.document == other.document;
    let copy = if is_second { other } else { one };
    origins::matters(&found, copy).then(|| (packed(&found), is_second))
}

/// Finds the origins of the claims of reports, as bytes for [`incidents()`]; all that these copied
/// must be among them, and `reuses` are those of [`reuse()`].
pub fn origins(sketches: &[Sketch], reuses: &[&[u8]]) -> Option<Vec<Vec<u8>>> {
    let reuses: Vec<Reuse> = reuses.iter().map(|bytes| unpacked(bytes)).collect::<Option<_>>()?;
    let sketches: Vec<&Sketch> = sketches.iter().collect();
    let found = Origins::new(&sketches, &reuses);
    let of = |sketch: &&Sketch| {
        let claims = 0..sketch.claims.len();
        packed(&claims.map(|claim| found.of(sketch, claim)).collect::<Vec<_>>())
    };
    Some(sketches.iter().map(of).collect())
}

/// Puts together the incidents of some components: `wanted` are their episodes, `sketches` the
/// reports of these in order, with the origins of their claims where they copied anything. With an
/// incident comes its first episode, by which they stand in order.
pub fn incidents(
    sketches: &[(Report, Sketch, Option<&[u8]>)],
    wanted: &[Number],
    links: &[Weighed],
    rarity: &Rarity,
    knowledge: &Knowledge,
) -> Option<Vec<(Number, Incident)>> {
    let given = |&(_, _, bytes): &(Report, Sketch, Option<&[u8]>)| {
        bytes.map_or(Some(None), |bytes| unpacked(bytes).map(Some))
    };
    let given: Vec<_> = sketches.iter().map(given).collect::<Option<_>>()?;
    let compared = Compared::new(sketches.iter().map(|(_, sketch, _)| sketch).collect(), rarity);
    let all: Vec<Number> = sketches
        .iter()
        .flat_map(|(report, sketch, _)| (0..sketch.episodes.len()).map(|at| number(*report, at)))
        .collect();
    let at = |episode: Number| all.partition_point(|other| *other < episode) as u32;
    let here = |link: &&Weighed| [link.a, link.b].iter().all(|x| all.binary_search(x).is_ok());
    let mut links: Vec<Link> = links
        .iter()
        .filter(here)
        .map(|link| Link { a: at(link.a), b: at(link.b), weight: link.weight })
        .collect();
    links.sort_by_key(|link| (link.a, link.b));
    let enough = knowledge.clues.weight(Clue::Enough);
    let mut clusters = clusters::cluster(all.len(), &links, enough);
    let mut wanted = wanted.to_vec();
    wanted.sort_unstable();
    clusters.retain(|cluster| wanted.binary_search(&all[cluster[0] as usize]).is_ok());
    let origins = Origins::given(&compared.sketches, &given);
    let incident = |cluster: &Vec<u32>| {
        let told = incidents::told(cluster, &compared, &origins);
        let incident = incidents::incident(cluster, &told, &compared, knowledge)?;
        Some((all[cluster[0] as usize], incident))
    };
    Some(clusters.iter().filter_map(incident).collect())
}
