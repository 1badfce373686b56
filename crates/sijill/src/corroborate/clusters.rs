//! Episodes that are one happening: average-link clustering, so that no chain of weak links joins
//! what as a whole does not belong together.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// How much two episodes speak for being one happening, in logits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) weight: f64,
}

/// What a pair counts that was not compared, or has less.
const FLOOR: f64 = -6.0;

/// That claims are of one happening outweighs everything that was read …
pub(super) const SAME: f64 = 1e9;

/// … and that they are not outweighs that too, however many others are averaged with it.
pub(super) const DIFFERENT: f64 = -1e18;

/// A possible merger; the strongest comes first, and of equal ones the first in order.
struct Merger {
    weight: f64,
    a: u32,
    b: u32,
}

impl Ord for Merger {
    fn cmp(&self, other: &Self) -> Ordering {
        self.weight.total_cmp(&other.weight).then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Merger {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Merger {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Merger {}

/// A growing cluster.
struct Cluster {
    members: Vec<u32>,
    /// To each neighbour the average over all pairs of members.
    links: BTreeMap<u32, f64>,
}

/// Clusters `count` episodes; each cluster lists its members in order, and clusters stand in the
/// order of their first member. Two are joined if their links are `enough` on average.
pub(super) fn cluster(count: usize, links: &[Link], enough: f64) -> Vec<Vec<u32>> {
    let single = |at| Some(Cluster { members: vec![at], links: BTreeMap::new() });
    let mut clusters: Vec<Option<Cluster>> = (0..count as u32).map(single).collect();
    let mut heap = BinaryHeap::new();
    for &Link { a, b, weight } in links.iter().filter(|link| link.weight > FLOOR || is_ban(link)) {
        for (from, to) in [(a, b), (b, a)] {
            clusters[from as usize].as_mut().expect("all are there").links.insert(to, weight);
        }
        if weight > enough {
            heap.push(Merger { weight, a, b });
        }
    }
    while let Some(Merger { a, b, .. }) = heap.pop() {
        if clusters[a as usize].is_none() || clusters[b as usize].is_none() {
            continue;
        }
        merge(&mut clusters, &mut heap, (a, b), enough);
    }
    let mut clusters: Vec<Vec<u32>> = clusters
        .into_iter()
        .flatten()
        .map(|mut cluster| {
            cluster.members.sort_unstable();
            cluster.members
        })
        .collect();
    clusters.sort_unstable();
    clusters
}

fn is_ban(link: &&Link) -> bool {
    link.weight <= DIFFERENT
}

/// Makes a new cluster of two; the old ones are gone, and with them their mergers.
fn merge(
    clusters: &mut Vec<Option<Cluster>>,
    heap: &mut BinaryHeap<Merger>,
    (a, b): (u32, u32),
    enough: f64,
) {
    let new = clusters.len() as u32;
    let (mut one, two) =
        clusters[a as usize].take().zip(clusters[b as usize].take()).expect("both are there");
    let (weight_a, weight_b) = (one.members.len() as f64, two.members.len() as f64);
    let mut links = BTreeMap::new();
    for &other in one.links.keys().chain(two.links.keys()) {
        let Some(neighbour) = &mut clusters[other as usize] else { continue };
        let of = |cluster: &Cluster| cluster.links.get(&other).copied().unwrap_or(FLOOR);
        let average = (of(&one) * weight_a + of(&two) * weight_b) / (weight_a + weight_b);
        neighbour.links.remove(&a);
        neighbour.links.remove(&b);
        neighbour.links.insert(new, average);
        if links.insert(other, average).is_none() && average > enough {
            heap.push(Merger { weight: average, a: other, b: new });
        }
    }
    one.members.extend(two.members);
    clusters.push(Some(Cluster { members: one.members, links }));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(ends: f64) -> usize {
        let link = |a, b, weight| Link { a, b, weight };
        cluster(3, &[link(0, 1, 4.0), link(1, 2, 3.0), link(0, 2, ends)], -1.0).len()
    }

    #[test]
    fn a_chain_is_no_happening() {
        assert_eq!(joined(-5.5), 2);
        assert_eq!(joined(-0.5), 1);
    }

    #[test]
    fn what_was_judged_different_stays_apart() {
        assert_eq!(joined(DIFFERENT), 2);
    }
}
