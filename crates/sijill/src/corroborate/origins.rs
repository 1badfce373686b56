//! Who the first knowable source of each claim is.
//!
//! The chain that the text names comes first, then the report that a passage was copied from, then
//! the outlet. Voices without a name ("activists", "local sources") are no origin: whoever heard
//! them is.

use super::sketch::Sketch;
use super::told::may_be_at_one_place;
use rustc_hash::FxHashMap;
use sijill_knowledge::{EntityId, EntityKind, Knowledge};
use sijill_model::{
    Claim, Field, IndependentOrigins, OriginBasis, OriginGroup, Passage, Reuse, Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Who the first knowable source of a claim is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    pub(super) id: String,
    pub(super) basis: OriginBasis,
    /// It is named, or it is an outlet that gathers what it tells itself: a monitor, a party.
    pub(super) is_known: bool,
    /// Who without a name told it to the origin: activists, local sources.
    pub(super) voice: Option<String>,
}

/// Rumours and reports are nobody's voice.
const NOBODY: &str = "reports";

/// How often a copy of a copy is followed.
const GENERATIONS: u32 = 6;

/// Finds whom a claim names as its origin; `None` if nobody is named.
fn named(claim: &Claim, knowledge: &Knowledge) -> Option<String> {
    let entities = &knowledge.entities;
    claim.attribution.iter().rev().find_map(|voice| match entities.find(&voice.id) {
        Some(id) if entities.get(id).kind == EntityKind::Class => None,
        Some(id) => Some(entities.get(speaks_for(id, knowledge)).id.clone()),
        None => Some(voice.id.clone()),
    })
}

/// Finds the origins of all claims of a document. What says no more than another claim, as a title
/// does, has the origin of that one.
pub(super) fn all_named(claims: &[Claim], knowledge: &Knowledge) -> Vec<Option<String>> {
    let named: Vec<_> = claims.iter().map(|claim| named(claim, knowledge)).collect();
    let told_by = |at: usize| {
        let claim = &claims[at];
        let bare = claim.attribution.is_empty() && named[at].is_none();
        let count = claim.count.filter(|_| bare)?.count;
        let same = |i: &usize| {
            claims[*i].claim_type == claim.claim_type
                && claims[*i].count.is_some_and(|slot| slot.count == count)
        };
        (0..claims.len()).filter(same).find_map(|i| named[i].clone())
    };
    (0..claims.len()).map(|at| named[at].clone().or_else(|| told_by(at))).collect()
}

/// Returns whose voice an entity is: an office or a person speaks for its party.
pub(crate) fn speaks_for(id: EntityId, knowledge: &Knowledge) -> EntityId {
    let entity = knowledge.entities.get(id);
    let is_voice = entity.kind == EntityKind::Person || entity.role == "office";
    knowledge.entities.owner(id).filter(|_| is_voice).unwrap_or(id)
}

/// Returns who stands behind an outlet, and whether it gathers what it tells itself.
pub(super) fn outlet(outlet: &str, knowledge: &Knowledge) -> (String, bool) {
    let Some(id) = knowledge.entities.find(outlet) else { return (outlet.to_owned(), false) };
    let entity = knowledge.entities.get(id);
    let gathers =
        entity.kind == EntityKind::Actor || matches!(entity.role.as_str(), "monitor" | "office");
    (knowledge.entities.get(speaks_for(id, knowledge)).id.clone(), gathers)
}

/// The origins of all claims.
pub(super) struct Origins<'a> {
    sketches: &'a [&'a Sketch],
    /// What each report copied.
    copied: FxHashMap<&'a str, Vec<&'a Reuse>>,
    number: FxHashMap<&'a str, usize>,
    /// The origins of the claims of each report, where they were found before.
    given: &'a [Option<Vec<Origin>>],
}

impl<'a> Origins<'a> {
    pub(super) fn new(sketches: &'a [&'a Sketch], reuses: &'a [Reuse]) -> Self {
        let number = sketches.iter().zip(0..).map(|(s, at)| (s.document.as_str(), at)).collect();
        let mut copied: FxHashMap<&str, Vec<&Reuse>> = FxHashMap::default();
        for reuse in reuses {
            copied.entry(&reuse.copy.document).or_default().push(reuse);
        }
        Self { sketches, copied, number, given: &[] }
    }

    /// Takes origins that were found before; where they were not, the report copied nothing.
    pub(super) fn given(sketches: &'a [&'a Sketch], given: &'a [Option<Vec<Origin>>]) -> Self {
        Self { given, ..Self::new(sketches, &[]) }
    }

    /// Finds the origin of a claim.
    pub(super) fn of(&self, sketch: &Sketch, claim: usize) -> Origin {
        let given = self.number.get(sketch.document.as_str()).and_then(|&at| self.given.get(at));
        let given = given.and_then(|origins| origins.as_ref()?.get(claim));
        given.cloned().unwrap_or_else(|| self.trace(sketch, claim, 0))
    }

    fn trace(&self, sketch: &Sketch, at: usize, generation: u32) -> Origin {
        let claim = &sketch.claims[at];
        let voice = claim.attribution.last().map(|voice| voice.id.clone());
        let voice = voice.filter(|voice| voice != NOBODY);
        if let Some(id) = &sketch.named[at] {
            let voice = voice.filter(|_| claim.attribution.len() > 1);
            return Origin { id: id.clone(), basis: OriginBasis::Chain, is_known: true, voice };
        }
        let (field, span) = (claim.evidence.field, claim.evidence.span);
        let copied = self.copied.get(sketch.document.as_str()).into_iter().flatten();
        let copied = copied.filter(|reuse| covers(&reuse.copy, field, span));
        let first = copied.min_by_key(|reuse| {
            let original = self.sketches[self.number[reuse.original.document.as_str()]];
            (original.published.is_none(), original.published, &original.document)
        });
        let Some(reuse) = first.filter(|_| generation < GENERATIONS) else {
            return Origin { voice, ..own(sketch) };
        };
        let original = self.sketches[self.number[reuse.original.document.as_str()]];
        let alike = |&i: &usize| {
            let other = &original.claims[i];
            other.claim_type == claim.claim_type
                && covers(&reuse.original, other.evidence.field, other.evidence.span)
        };
        let mut alike = (0..original.claims.len()).filter(alike).peekable();
        let is_told = alike.peek().is_some();
        let same = alike.find(|&i| may_be_at_one_place(claim, &original.claims[i]));
        if is_told && same.is_none() {
            // The same words with another town in them were not copied for what they tell.
            return Origin { voice, ..own(sketch) };
        }
        let origin =
            same.map_or_else(|| own(original), |i| self.trace(original, i, generation + 1));
        let is_copied = origin.basis != OriginBasis::Chain;
        Origin { basis: if is_copied { OriginBasis::TextReuse } else { origin.basis }, ..origin }
    }

    /// Groups documents and claims by where they come from.
    pub(super) fn groups(&self) -> Vec<OriginGroup> {
        let mut groups: BTreeMap<String, Group> = BTreeMap::new();
        for (number, sketch) in self.sketches.iter().enumerate() {
            for claim in 0..sketch.claims.len() {
                let origin = self.of(sketch, claim);
                let group = groups.entry(origin.id).or_default();
                group.basis.insert(origin.basis);
                group.told.push((number, claim));
            }
        }
        groups.into_iter().map(|(origin, group)| self.group(origin, group)).collect()
    }

    fn group(&self, origin: String, mut group: Group) -> OriginGroup {
        group.told.sort_by_key(|&(number, claim)| {
            let sketch = self.sketches[number];
            (sketch.published.is_none(), sketch.published, number, claim)
        });
        let told = || group.told.iter().map(|&(number, claim)| (self.sketches[number], claim));
        let mut documents: Vec<String> = told().map(|(s, _)| s.document.clone()).collect();
        documents.dedup();
        let claims = told().map(|(sketch, claim)| sketch.claims[claim].id.clone()).collect();
        OriginGroup { origin, basis: group.basis.into_iter().collect(), documents, claims }
    }
}

/// What goes back to one origin: the claims by the numbers of their sketches.
#[derive(Default)]
struct Group {
    basis: BTreeSet<OriginBasis>,
    told: Vec<(usize, usize)>,
}

/// Returns the origin of what a report tells without naming anybody.
fn own(sketch: &Sketch) -> Origin {
    match &sketch.behind {
        Some((id, gathers)) => {
            Origin { id: id.clone(), basis: OriginBasis::Outlet, is_known: *gathers, voice: None }
        }
        None => Origin {
            id: sketch.document.clone(),
            basis: OriginBasis::Unknown,
            is_known: false,
            voice: None,
        },
    }
}

/// Tells whether a passage holds a claim of its copy that names nobody, so that it matters who told
/// it first.
pub(super) fn matters(reuse: &Reuse, copy: &Sketch) -> bool {
    copy.claims.iter().zip(&copy.named).any(|(claim, named)| {
        named.is_none() && covers(&reuse.copy, claim.evidence.field, claim.evidence.span)
    })
}

/// Tells whether at least half of a span lies in a passage.
fn covers(passage: &Passage, field: Field, span: Span) -> bool {
    let start = span.start.max(passage.span.start);
    let end = span.end.min(passage.span.end);
    passage.field == field && end > start && (end - start) * 2 >= span.end - span.start
}

/// Says whether claims come from more than one origin.
pub(super) fn independence<'a>(origins: impl Iterator<Item = &'a Origin>) -> IndependentOrigins {
    let (mut all, mut known) = (BTreeSet::new(), BTreeSet::new());
    for origin in origins {
        all.insert(origin.id.as_str());
        if origin.is_known {
            known.insert(origin.id.as_str());
        }
    }
    match (all.len(), known.len()) {
        (..=1, _) => IndependentOrigins::Same,
        (_, 2..) => IndependentOrigins::Separate,
        _ => IndependentOrigins::NotEstablished,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_reports_are_not_ten_origins() {
        let origin = |id: &str, is_known| Origin {
            id: id.to_owned(),
            basis: OriginBasis::Chain,
            is_known,
            voice: None,
        };
        let (monitor, party) = (origin("sohr", true), origin("sdf", true));
        let daily = origin("some-daily", false);
        let say = |origins: &[&Origin]| independence(origins.iter().copied());
        assert_eq!(say(&[&monitor, &monitor, &monitor]), IndependentOrigins::Same);
        assert_eq!(say(&[&monitor, &party]), IndependentOrigins::Separate);
        assert_eq!(say(&[&monitor, &daily]), IndependentOrigins::NotEstablished);
    }
}
