//! The steps one by one, on parts, are what one machine does at once.

use super::{KNOWLEDGE, reports};
use sijill::distributed::{self as steps, Rarity, Weighed};
use sijill::model::Incident;
use sijill::{Sketch, corroborate};
use std::collections::BTreeMap;

/// Among so many workers the corpus is spread.
const WORKERS: i64 = 3;

type Origins = BTreeMap<i64, Vec<u8>>;

#[test]
fn parts_give_the_incidents_of_the_whole() {
    let mut sketches = reports::sketches();
    let whole = corroborate(&sketches, &[], &KNOWLEDGE).incidents;
    sketches.sort_by(|a, b| a.document().cmp(b.document()));
    let packed = sketches.iter().map(Sketch::to_bytes);
    let sketches: BTreeMap<i64, Sketch> =
        (0..).zip(packed.map(|bytes| Sketch::from_bytes(&bytes).expect("it is ours"))).collect();
    let rarity = rarity(&sketches);
    let links = links(&sketches, &rarity);
    let origins = origins(&sketches);
    assert!(!origins.is_empty(), "some samples copy from others");
    let parts = incidents(&sketches, &rarity, &links, &origins);
    assert!(whole.iter().any(|incident| incident.documents.len() > 2));
    assert_eq!(parts, whole);
}

#[test]
fn bytes_of_something_else_are_refused() {
    let bytes = reports::sketches()[0].to_bytes();
    assert!(Sketch::from_bytes(&bytes[1..]).is_none());
    assert!(Sketch::from_bytes(&[&bytes[..], b"x"].concat()).is_none());
}

fn rarity(sketches: &BTreeMap<i64, Sketch>) -> Rarity {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for sketch in sketches.values() {
        for (key, count) in Rarity::new(&[sketch]).counts() {
            *counts.entry(key).or_default() += count;
        }
    }
    let shared = counts.iter().filter(|(_, count)| **count > 1);
    let shared = shared.map(|(key, count)| (key.as_str(), *count));
    Rarity::of_counts(sketches.len() as u64, shared)
}

fn links(sketches: &BTreeMap<i64, Sketch>, rarity: &Rarity) -> Vec<Weighed> {
    let all = sketches.iter().flat_map(|(at, sketch)| steps::blocks(*at, sketch, rarity));
    let mut workers = vec![Vec::new(); WORKERS as usize];
    for row in all {
        let worker = row.block.bytes().map(i64::from).sum::<i64>() % WORKERS;
        workers[worker as usize].push(row);
    }
    let mut shared: BTreeMap<(i64, i64), u32> = BTreeMap::new();
    for (a, b, words) in workers.iter().flat_map(|rows| steps::pairs(rows)) {
        *shared.entry((a, b)).or_default() += words;
    }
    shared.retain(|_, words| *words >= 2);
    let episodes: BTreeMap<i64, Vec<u8>> =
        sketches.iter().flat_map(|(at, sketch)| steps::episodes(*at, sketch)).collect();
    let pairs = shared.keys().map(|(a, b)| ((*a, &episodes[a][..]), (*b, &episodes[b][..])));
    steps::weights(pairs, rarity, &KNOWLEDGE).expect("they are ours")
}

fn origins(sketches: &BTreeMap<i64, Sketch>) -> Origins {
    let prints = |(at, sketch): (&i64, &Sketch)| {
        let at = *at;
        steps::prints(sketch).into_iter().map(move |(hash, word)| (hash, at, word))
    };
    let prints: Vec<_> = sketches.iter().flat_map(prints).collect();
    let mut meets: BTreeMap<(i64, i64), Vec<(u32, u32)>> = BTreeMap::new();
    for worker in 0..WORKERS as u64 {
        let part = prints.iter().filter(|(hash, ..)| hash % WORKERS as u64 == worker);
        for (one, other, x, y) in steps::seeds(&part.copied().collect::<Vec<_>>()) {
            meets.entry((one, other)).or_default().push((x, y));
        }
    }
    let reuse = |((one, other), meets): (&(i64, i64), &Vec<(u32, u32)>)| {
        let (reuse, _) = steps::reuse(&sketches[one], &sketches[other], meets)?;
        Some(((*one, *other), reuse))
    };
    let reuses: BTreeMap<(i64, i64), Vec<u8>> = meets.iter().filter_map(reuse).collect();
    let together = steps::components(&reuses.keys().copied().collect::<Vec<_>>());
    let mut found = Origins::new();
    for worker in 0..WORKERS {
        let here = |at: &i64| {
            let at = together.binary_search_by_key(at, |(at, _)| *at);
            at.is_ok_and(|at| together[at].1 % WORKERS == worker)
        };
        let (numbers, part): (Vec<i64>, Vec<Sketch>) =
            sketches.iter().filter(|(at, _)| here(at)).map(|(at, s)| (*at, s.clone())).unzip();
        let reuses: Vec<&[u8]> =
            reuses.iter().filter(|((one, _), _)| here(one)).map(|(_, bytes)| &bytes[..]).collect();
        found.extend(numbers.into_iter().zip(steps::origins(&part, &reuses).expect("ours")));
    }
    found
}

fn incidents(
    sketches: &BTreeMap<i64, Sketch>,
    rarity: &Rarity,
    links: &[Weighed],
    origins: &Origins,
) -> Vec<Incident> {
    let strong = links.iter().filter(|link| steps::is_strong(link.weight, &KNOWLEDGE));
    let together = steps::components(&strong.map(|link| (link.a, link.b)).collect::<Vec<_>>());
    let together: BTreeMap<i64, i64> = together.into_iter().collect();
    let component = |episode: i64| together.get(&episode).copied().unwrap_or(episode);
    let episodes: Vec<i64> = sketches
        .iter()
        .flat_map(|(at, sketch)| steps::episodes(*at, sketch))
        .map(|(episode, _)| episode)
        .collect();
    let mut found = Vec::new();
    for worker in 0..WORKERS {
        // Episodes are numbered in steps; the low bits of a component alone would spread badly.
        let here = |episode: &i64| steps::report_of(component(*episode)) % WORKERS == worker;
        let wanted: Vec<i64> = episodes.iter().copied().filter(here).collect();
        let links: Vec<Weighed> = links
            .iter()
            .copied()
            .filter(|link| here(&link.a) && component(link.a) == component(link.b))
            .collect();
        let mut reports: Vec<i64> = wanted.iter().map(|at| steps::report_of(*at)).collect();
        reports.dedup();
        let part: Vec<_> = reports
            .into_iter()
            .map(|at| {
                let mut sketch = sketches[&at].clone();
                sketch.forget_words();
                (at, sketch, origins.get(&at).map(Vec::as_slice))
            })
            .collect();
        let part = steps::incidents(&part, &wanted, &links, rarity, &KNOWLEDGE);
        found.extend(part.expect("they are ours"));
    }
    found.sort_by_key(|(first, _)| *first);
    found.into_iter().map(|(_, incident)| incident).collect()
}
