//! Incidents of clusters of episodes.

use super::Compared;
use super::origins::{Origins, independence};
use super::told::{self, Told};
use crate::Knowledge;
use sha2::{Digest, Sha256};
use sijill_model::{
    Claim, ClaimType, Edtf, Field, Figure, Incident, IncidentPlace, Kind, Member, Signal,
};
use std::collections::BTreeMap;

/// How many signals of each claim are kept.
const SIGNALS: usize = 6;

/// Above so many members the signals of a claim are looked for among the first ones only.
const COMPARED: usize = 24;

/// Lists the claims of a cluster with who told them, in the order of their documents.
pub(super) fn told<'a>(
    cluster: &[u32],
    compared: &Compared<'a>,
    origins: &Origins<'_>,
) -> Vec<(u32, Told<'a>)> {
    let mut told = Vec::new();
    for &node in cluster {
        let sketch = compared.sketch(node);
        for &claim in &compared.nodes[node as usize].episode.claims {
            let origin = origins.of(sketch, claim as usize);
            told.push((node, Told::new(sketch, claim as usize, origin)));
        }
    }
    told::mark_parts(&mut told);
    told
}

/// Puts an incident together; `None` if no claim is about it.
pub(super) fn incident(
    cluster: &[u32],
    all: &[(u32, Told<'_>)],
    compared: &Compared<'_>,
    knowledge: &Knowledge,
) -> Option<Incident> {
    let claims: Vec<(u32, &Claim)> = all.iter().map(|(node, told)| (*node, told.claim)).collect();
    let first = all.iter().map(|(_, told)| told).min_by_key(|told| told.order())?.claim;
    let mut documents: Vec<String> =
        cluster.iter().map(|&node| compared.sketch(node).document.clone()).collect();
    documents.dedup();
    let told = || claims.iter().map(|(_, claim)| *claim);
    Some(Incident {
        id: identify("inc_", &[&first.id, &first.document]),
        claim_type: claim_type(told()),
        place: place(told()),
        time: time(told()),
        agents: agents(told()),
        documents,
        members: members(&claims, cluster, compared, knowledge),
        figures: figures(all),
        independent_origins: independence(all.iter().map(|(_, told)| &told.origin)),
    })
}

/// Makes an id of others.
pub(super) fn identify(prefix: &str, parts: &[&str]) -> String {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut id = String::from(prefix);
    id.extend(
        hasher.finalize().iter().take(12).map(|&b| char::from(ALPHABET[usize::from(b & 31)])),
    );
    id
}

/// Finds what most claims tell; events stand before the tolls they cause.
fn claim_type<'a>(claims: impl Iterator<Item = &'a Claim>) -> ClaimType {
    let rank = |claim_type: ClaimType| match claim_type.kind() {
        Kind::Event | Kind::Control | Kind::Agreement => 0,
        Kind::Toll => 1,
        _ => 2,
    };
    let types = claims.map(|claim| ((rank(claim.claim_type), claim.claim_type), 1));
    most(types).map_or(ClaimType::Clash, |(_, found)| found)
}

/// Returns the key that has most votes within the lowest rank; of equal ones the lowest.
fn most<R: Ord + Copy, K: Ord + Copy>(
    votes: impl Iterator<Item = ((R, K), u32)>,
) -> Option<(R, K)> {
    let mut count: BTreeMap<(R, K), u32> = BTreeMap::new();
    for (key, votes) in votes {
        *count.entry(key).or_default() += votes;
    }
    let &(lowest, _) = count.keys().next()?;
    let best = count.into_iter().filter(|((rank, _), _)| *rank == lowest);
    best.rev().max_by_key(|(_, votes)| *votes).map(|(key, _)| key)
}

fn place<'a>(claims: impl Iterator<Item = &'a Claim>) -> Option<IncidentPlace> {
    let mut votes: BTreeMap<(bool, Option<&str>, &str), (u32, IncidentPlace)> = BTreeMap::new();
    for slot in claims.filter_map(|claim| claim.place.first()) {
        let coarse = slot.precision > sijill_model::Precision::Town;
        let vote = votes
            .entry((coarse, slot.id.as_deref(), &slot.name))
            .or_insert_with(|| (0, told::known(slot)));
        vote.0 += 1;
    }
    let coarse = votes.keys().next()?.0;
    let exact = votes.into_iter().filter(|(key, _)| key.0 == coarse);
    exact.rev().max_by_key(|(_, (votes, _))| *votes).map(|(_, (_, place))| place)
}

fn time<'a>(claims: impl Iterator<Item = &'a Claim>) -> Option<Edtf> {
    let mut votes: BTreeMap<(bool, String), (u32, Edtf)> = BTreeMap::new();
    for edtf in claims.filter_map(|claim| claim.time).map(|slot| slot.edtf) {
        let key = (super::sketch::single_day(edtf).is_none(), edtf.to_string());
        votes.entry(key).or_insert((0, edtf)).0 += 1;
    }
    let coarse = votes.keys().next()?.0;
    let exact = votes.into_iter().filter(|(key, _)| key.0 == coarse);
    exact.rev().max_by_key(|(_, (votes, _))| *votes).map(|(_, (_, edtf))| edtf)
}

fn agents<'a>(claims: impl Iterator<Item = &'a Claim>) -> Vec<String> {
    let mut votes: BTreeMap<&str, u32> = BTreeMap::new();
    for agent in claims.flat_map(|claim| &claim.agent) {
        *votes.entry(&agent.id).or_default() += 1;
    }
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by_key(|&(id, votes)| (std::cmp::Reverse(votes), id));
    votes.into_iter().map(|(id, _)| id.to_owned()).collect()
}

fn members(
    claims: &[(u32, &Claim)],
    cluster: &[u32],
    compared: &Compared<'_>,
    knowledge: &Knowledge,
) -> Vec<Member> {
    let mut signals: BTreeMap<u32, Vec<Signal>> = BTreeMap::new();
    for &node in cluster {
        signals.insert(node, strongest(node, cluster, compared, knowledge));
    }
    let member = |&(node, claim): &(u32, &Claim)| Member {
        claim: claim.id.clone(),
        document: claim.document.clone(),
        signals: signals[&node].clone(),
    };
    claims.iter().map(member).collect()
}

/// Finds what joins an episode to the one of another document to which most joins it.
fn strongest(
    node: u32,
    cluster: &[u32],
    compared: &Compared<'_>,
    knowledge: &Knowledge,
) -> Vec<Signal> {
    let document = |node: u32| compared.document[node as usize];
    let others = cluster.iter().filter(|&&other| document(other) != document(node)).take(COMPARED);
    let total = |signals: &[Signal]| signals.iter().map(|signal| signal.weight).sum::<f64>();
    let all = others.map(|&other| compared.signals(node, other, knowledge));
    let Some(mut signals) = all.max_by(|a, b| total(a).total_cmp(&total(b))) else {
        return Vec::new();
    };
    signals.retain(|signal| signal.weight != 0.0 && signal.name != "any");
    signals.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.name.cmp(b.name)));
    signals.truncate(SIGNALS);
    signals
}

/// Lists the numbers that are told, each report's once: what its title and its text say of the same
/// people is one figure, and so are strikes and how many they were.
fn figures(all: &[(u32, Told<'_>)]) -> Vec<Figure> {
    let told: Vec<&Told<'_>> = all.iter().map(|(_, told)| told).collect();
    let mut figures = Vec::new();
    for report in told.chunk_by(|a, b| a.claim.document == b.claim.document) {
        let is_first = |i: usize| {
            (0..report.len()).all(|j| {
                i == j
                    || !are_one(report[i], report[j])
                    || (rank(report[i]), i) < (rank(report[j]), j)
            })
        };
        let firsts = (0..report.len()).filter(|&i| is_first(i));
        figures.extend(firsts.filter_map(|i| figure(report[i])));
    }
    figures
}

/// Orders what a report tells twice: the toll first, then what names a source, says of whom, and
/// stands in the text.
fn rank(told: &Told<'_>) -> (bool, bool, bool, bool) {
    let claim = told.claim;
    (
        claim.claim_type.kind() != Kind::Toll,
        claim.attribution.is_empty(),
        claim.target.is_empty(),
        claim.evidence.field == Field::Title,
    )
}

/// Tells whether two claims of one report tell one number.
fn are_one(a: &Told<'_>, b: &Told<'_>) -> bool {
    let (x, y) = (a.claim, b.claim);
    let (Some(one), Some(other)) = (x.count, y.count) else { return false };
    if x.claim_type != y.claim_type {
        let is_toll = |claim: &Claim| claim.claim_type.kind() == Kind::Toll;
        let same_words = x.evidence.field == y.evidence.field && one.span == other.span;
        return same_words && is_toll(x) != is_toll(y);
    }
    let place = |claim: &Claim| claim.place.first().and_then(|slot| slot.id.clone());
    // A title names the province where the text names the village.
    let is_heading = x.evidence.field != y.evidence.field && told::may_be_at_one_place(x, y);
    let day = |claim: &Claim| claim.time.map(|slot| slot.edtf);
    one.count == other.count
        && told::class(x) == told::class(y)
        && a.origin.id == b.origin.id
        && a.is_part == b.is_part
        && (is_heading || place(x).zip(place(y)).is_none_or(|(x, y)| x == y))
        && day(x).zip(day(y)).is_none_or(|(x, y)| x == y)
}

fn figure(told: &Told<'_>) -> Option<Figure> {
    let claim = told.claim;
    Some(Figure {
        claim_type: claim.claim_type,
        target: claim.target.iter().map(|target| target.id.clone()).collect(),
        count: claim.count?.count,
        is_cumulative: told.is_cumulative(),
        is_part: told.is_part,
        claim: claim.id.clone(),
        document: claim.document.clone(),
        origin: told.origin.id.clone(),
    })
}
