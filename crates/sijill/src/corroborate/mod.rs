//! From the claims of many documents to the happenings behind them.
//!
//! The steps, in order: a [`Sketch`] keeps of each document what is needed, [`episode`] groups its
//! claims, [`blocks`] says which episodes are compared, [`clues`] what speaks for and against their
//! being one happening, [`clusters`] joins them. [`reuse`] finds copied passages, [`origins`] who
//! told first, [`incidents`] puts it together; [`contradictions`] and [`control`] hold the claims
//! of one incident or place against each other.

mod asides;
mod blocks;
mod clues;
mod clusters;
mod contradictions;
mod control;
pub mod distributed;
mod episode;
mod incidents;
mod judgements;
mod origins;
mod packed;
mod rarity;
mod reuse;
mod sketch;
mod told;

pub(crate) use origins::speaks_for;
pub use sketch::Sketch;

use crate::Knowledge;
use clues::Node;
use clusters::Link;
use contradictions::{Allies, Conflicts};
use origins::Origins;
use rarity::Rarity;
use sijill_knowledge::Clue;
use sijill_model::{
    Claim, Contradiction, ControlState, Incident, Judgement, OriginGroup, Reuse, Revision, Signal,
};
use told::Told;

/// What the reports of a case say together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corroboration {
    /// Claims about one happening.
    pub incidents: Vec<Incident>,
    /// Claims that cannot both be true.
    pub contradictions: Vec<Contradiction>,
    /// Claims that their own origin replaced.
    pub revisions: Vec<Revision>,
    /// Documents and claims that go back to one origin.
    pub origin_groups: Vec<OriginGroup>,
    /// Passages that stand in more than one document.
    pub reuses: Vec<Reuse>,
    /// Who holds which place, by place, origin and day.
    pub control: Vec<ControlState>,
}

/// The episodes of all documents, and what was compared.
struct Compared<'a> {
    sketches: Vec<&'a Sketch>,
    nodes: Vec<Node<'a>>,
    /// To which of the sketches an episode belongs.
    document: Vec<u32>,
    rarity: &'a Rarity,
}

/// Lays the claims of many documents side by side.
///
/// The order of the sketches does not matter; of two with the same document the first counts.
pub fn corroborate(
    sketches: &[Sketch],
    judgements: &[Judgement],
    knowledge: &Knowledge,
) -> Corroboration {
    let sketches = in_order(sketches);
    let rarity = Rarity::new(&sketches);
    let compared = Compared::new(sketches, &rarity);
    let mut links: Vec<Link> = compared
        .pairs()
        .into_iter()
        .map(|(a, b)| Link { a, b, weight: compared.weight(a, b, knowledge) })
        .collect();
    judgements::apply(judgements, &compared, &mut links);
    let enough = knowledge.clues.weight(Clue::Enough);
    let clusters = clusters::cluster(compared.nodes.len(), &links, enough);
    let reuses = reuse::reuses(&compared.sketches);
    let origins = Origins::new(&compared.sketches, &reuses);
    let (mut incidents, mut conflicts) =
        (Vec::new(), Conflicts::new(Allies::new(&compared.sketches)));
    for cluster in &clusters {
        let told = incidents::told(cluster, &compared, &origins);
        let Some(incident) = incidents::incident(cluster, &told, &compared, knowledge) else {
            continue;
        };
        conflicts.of_incident(&told, &incident.id, &compared, knowledge);
        incidents.push(incident);
    }
    let mut control = Vec::new();
    for (place, told) in control::by_place(&compared.told_of(contradictions::is_control, &origins))
    {
        conflicts.of_place(&told, &place, knowledge);
        control.extend(control::series(&told, knowledge));
    }
    for (place, told) in control::by_place(&compared.told_of(contradictions::is_deed, &origins)) {
        conflicts.denials_at(&told, &place, knowledge);
    }
    let origin_groups = origins.groups();
    let Conflicts { contradictions, revisions, .. } = conflicts;
    Corroboration { incidents, contradictions, revisions, origin_groups, reuses, control }
}

/// What speaks for and against two documents telling of one happening, for every pair of their
/// episodes that is compared.
pub fn compare(sketches: &[Sketch], knowledge: &Knowledge) -> Vec<(String, String, Vec<Signal>)> {
    let sketches = in_order(sketches);
    let rarity = Rarity::new(&sketches);
    let compared = Compared::new(sketches, &rarity);
    let pairs = compared.pairs().into_iter();
    pairs
        .map(|(a, b)| {
            let name = |at| compared.sketch(at).document.clone();
            (name(a), name(b), compared.signals(a, b, knowledge))
        })
        .collect()
}

/// Adds up what speaks for and against.
fn total(found: &clues::Found, knowledge: &Knowledge) -> f64 {
    found.iter().map(|(clue, value)| value * knowledge.clues.weight(*clue)).sum()
}

/// Puts sketches in the order of their documents, each once.
fn in_order(sketches: &[Sketch]) -> Vec<&Sketch> {
    let mut sketches: Vec<&Sketch> = sketches.iter().collect();
    sketches.sort_by(|a, b| a.document.cmp(&b.document));
    sketches.dedup_by(|a, b| a.document == b.document);
    sketches
}

impl<'a> Compared<'a> {
    fn new(sketches: Vec<&'a Sketch>, rarity: &'a Rarity) -> Self {
        let (mut nodes, mut document) = (Vec::new(), Vec::new());
        for (at, sketch) in (0u32..).zip(&sketches) {
            for episode in &sketch.episodes {
                nodes.push(Node::new(episode, rarity));
                document.push(at);
            }
        }
        Self { sketches, nodes, document, rarity }
    }

    fn pairs(&self) -> Vec<(u32, u32)> {
        blocks::pairs(&self.nodes, &self.document, self.rarity)
    }

    fn signals(&self, a: u32, b: u32, knowledge: &Knowledge) -> Vec<Signal> {
        let found = clues::clues(&self.nodes[a as usize], &self.nodes[b as usize], self.rarity);
        let weigh = |(clue, value): (Clue, f64)| Signal {
            name: clue.as_str(),
            value,
            weight: value * knowledge.clues.weight(clue),
        };
        found.into_iter().map(weigh).collect()
    }

    fn weight(&self, a: u32, b: u32, knowledge: &Knowledge) -> f64 {
        let found = clues::clues(&self.nodes[a as usize], &self.nodes[b as usize], self.rarity);
        total(&found, knowledge)
    }

    fn told_of(&self, keep: fn(&Claim) -> bool, origins: &Origins<'_>) -> Vec<Told<'a>> {
        let mut told = Vec::new();
        for &sketch in &self.sketches {
            for (at, claim) in sketch.claims.iter().enumerate() {
                if keep(claim) {
                    let origin = origins.of(sketch, at);
                    told.push(Told::new(sketch, at, origin));
                }
            }
        }
        told
    }

    /// Returns the document of an episode.
    fn sketch(&self, node: u32) -> &'a Sketch {
        self.sketches[self.document[node as usize] as usize]
    }
}
