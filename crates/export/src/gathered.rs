//! What the formats of incidents are written from: all reports, and what they say together.

use crate::claim::chain;
use crate::{Reason, Report};
use sijill_model::{
    Claim, ClaimType, Contradiction, Edtf, Field, Incident, Kind, Member, Modality, Participant,
    PlaceSlot, Precision,
};
use std::collections::BTreeMap;

/// All reports, and what they say together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// The reports, in order.
    pub reports: Vec<Report>,
    /// Claims about one happening.
    pub incidents: Vec<Incident>,
    /// Claims that cannot both be true.
    pub contradictions: Vec<Contradiction>,
}

impl Gathered {
    /// Puts reports beside what they say together.
    ///
    /// What is withheld in a report may stand in an incident that was made before: so parties,
    /// places, documents and origins of the incidents are taken from the claims of the reports.
    pub fn new(
        reports: Vec<Report>,
        incidents: Vec<Incident>,
        contradictions: Vec<Contradiction>,
    ) -> Self {
        let mut gathered = Self { reports, incidents, contradictions };
        let told = gathered.told();
        let mut incidents = gathered.incidents.clone();
        let mut contradictions = gathered.contradictions.clone();
        for incident in &mut incidents {
            retell(incident, &told);
        }
        for side in contradictions.iter_mut().flat_map(|c| [&mut c.first, &mut c.second]) {
            let Some(told) = told.get(side.claim.as_str()) else { continue };
            side.origin = origin(&side.origin, &side.document, *told);
            side.chain = chain(told.claim, told.outlet()).into_iter().map(str::to_owned).collect();
            side.document.clone_from(&told.report.document.id);
        }
        gathered.incidents = incidents;
        gathered.contradictions = contradictions;
        gathered
    }

    /// Finds claims by their ids.
    fn told(&self) -> BTreeMap<&str, Told<'_>> {
        let told = self.reports.iter().flat_map(|report| {
            report.claims.iter().map(move |claim| (claim.id.as_str(), Told { report, claim }))
        });
        told.collect()
    }

    /// Lists the incidents with their claims; one whose claims are not here is left out.
    pub(crate) fn happenings(&self) -> Vec<Happening<'_>> {
        let claims = self.told();
        let told = |member: &Member| claims.get(member.claim.as_str()).copied();
        let all = self.incidents.iter();
        all.filter_map(|incident| {
            Happening::new(incident, incident.members.iter().filter_map(told).collect())
        })
        .collect()
    }
}

/// One claim with its report.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) report: &'a Report,
    pub(crate) claim: &'a Claim,
}

impl<'a> Told<'a> {
    /// The words that assert it.
    pub(crate) fn evidence(self) -> &'a str {
        self.report.words(self.claim.evidence.field, self.claim.evidence.span)
    }

    /// The most specific place that is not withheld, or the withheld one if there is no other.
    pub(crate) fn open_place(self) -> Option<&'a PlaceSlot> {
        let field = self.claim.evidence.field;
        let is_masked = |slot: &PlaceSlot| {
            let masks = self.report.withheld.iter().filter(|w| w.reason != Reason::Coordinates);
            masks.into_iter().any(|w| w.field == field && w.span.overlaps(slot.span))
        };
        let places = &self.claim.place;
        places.iter().find(|slot| !is_masked(slot)).or(places.first())
    }

    /// Who printed it.
    pub(crate) fn outlet(self) -> Option<&'a str> {
        self.report.document.outlet.as_deref()
    }
}

/// An incident as its claims tell it.
#[derive(Clone, Debug)]
pub(crate) struct Happening<'a> {
    pub(crate) incident: &'a Incident,
    /// Its claims, in the order of their documents.
    pub(crate) told: Vec<Told<'a>>,
    /// Where, as most of its claims tell it.
    pub(crate) place: Option<&'a PlaceSlot>,
    /// Who did it, the most named first.
    pub(crate) agents: Vec<&'a Participant>,
    /// To whom, the most named first.
    pub(crate) targets: Vec<&'a Participant>,
}

impl<'a> Happening<'a> {
    fn new(incident: &'a Incident, told: Vec<Told<'a>>) -> Option<Self> {
        // The places and parties of the claims: what is withheld there is withheld here.
        let places = told.iter().filter_map(|told| told.open_place());
        let place = most(places, |slot| {
            let coarse = Precision::Town < slot.precision;
            (coarse, slot.id.as_deref(), slot.name.as_str())
        });
        let mut happening = Self { incident, told, place, agents: Vec::new(), targets: Vec::new() };
        // Who did it tell the claims of what the incident is; of others of its claims, such as what
        // led to it, somebody else is the subject.
        let leading = happening.leading();
        happening.agents = ranked(leading.iter().flat_map(|told| &told.claim.agent));
        let harmed = || {
            let all =
                happening.told.iter().filter(|told| told.claim.claim_type.kind() == Kind::Toll);
            ranked(all.flat_map(|told| &told.claim.target))
        };
        let mut targets = ranked(leading.iter().flat_map(|told| &told.claim.target));
        if targets.is_empty() {
            targets = harmed();
        }
        targets.retain(|target| happening.agents.iter().all(|agent| agent.id != target.id));
        // A battle is between forces, also where most is told of those it harms.
        let is_battle = matches!(
            incident.claim_type,
            ClaimType::Clash | ClaimType::Assault | ClaimType::Captures
        );
        if is_battle {
            targets.sort_by_key(|target| target.actor_type == "civilian");
        }
        happening.targets = targets;
        (!happening.told.is_empty()).then_some(happening)
    }

    /// Whether any of its claims tells it as having happened.
    pub(crate) fn has_happened(&self) -> bool {
        self.told.iter().any(|told| {
            matches!(told.claim.modality, Modality::Asserted | Modality::Uncertain)
                && told.claim.claim_type.kind() != Kind::Outlook
        })
    }

    /// The claims that say best what happened: those of its own type, or all.
    pub(crate) fn leading(&self) -> Vec<Told<'a>> {
        let own = |told: &Told<'_>| told.claim.claim_type == self.incident.claim_type;
        let leading: Vec<Told<'a>> = self.told.iter().copied().filter(own).collect();
        if leading.is_empty() { self.told.clone() } else { leading }
    }

    /// When, as most of its claims tell it.
    pub(crate) fn time(&self) -> Option<Edtf> {
        self.incident.time
    }
}

/// The value that most hold, of those with the lowest first key.
fn most<'a, T, K: Ord + Copy>(
    values: impl Iterator<Item = &'a T>,
    key: impl Fn(&'a T) -> (bool, Option<&'a str>, K),
) -> Option<&'a T> {
    let mut votes: BTreeMap<(bool, Option<&str>, K), (u32, &T)> = BTreeMap::new();
    for value in values {
        votes.entry(key(value)).or_insert((0, value)).0 += 1;
    }
    let coarse = votes.keys().next()?.0;
    let exact = votes.into_iter().filter(|(key, _)| key.0 == coarse);
    exact.rev().max_by_key(|(_, (votes, _))| *votes).map(|(_, (_, value))| value)
}

/// Lists participants by how often they are named, each once.
fn ranked<'a>(slots: impl Iterator<Item = &'a Participant>) -> Vec<&'a Participant> {
    let mut votes: BTreeMap<&str, (u32, usize, &Participant)> = BTreeMap::new();
    for (at, slot) in slots.enumerate() {
        votes.entry(&slot.id).or_insert((0, at, slot)).0 += 1;
    }
    let mut votes: Vec<_> = votes.into_values().collect();
    // A word for people is less than the name of a party.
    votes.sort_by_key(|&(votes, at, slot)| {
        (slot.actor_type == "unlisted", std::cmp::Reverse(votes), at)
    });
    votes.into_iter().map(|(_, _, slot)| slot).collect()
}

/// Takes what an incident says of its claims from the claims as they are now.
fn retell(incident: &mut Incident, told: &BTreeMap<&str, Told<'_>>) {
    incident.place = None;
    incident.agents.clear();
    incident.documents.clear();
    for member in &mut incident.members {
        let Some(told) = told.get(member.claim.as_str()) else { continue };
        member.document.clone_from(&told.report.document.id);
        incident.documents.push(member.document.clone());
    }
    incident.documents.dedup();
    for figure in &mut incident.figures {
        let Some(told) = told.get(figure.claim.as_str()) else { continue };
        figure.origin = origin(&figure.origin, &figure.document, *told);
        figure.document.clone_from(&told.report.document.id);
        figure.target = told.claim.target.iter().map(|target| target.id.clone()).collect();
    }
}

/// The origin as it was found, unless it may spell what is withheld.
fn origin(found: &str, document: &str, told: Told<'_>) -> String {
    if found == document {
        told.report.document.id.clone()
    } else if told.report.withheld.is_empty() {
        found.to_owned()
    } else {
        crate::claim::origin(told.claim, told.outlet()).to_owned()
    }
}

/// The headline of a report, or its first line.
pub(crate) fn headline(report: &Report) -> &str {
    let title = report.text(Field::Title);
    let first = || report.document.text.lines().find(|line| !line.trim().is_empty());
    if title.is_empty() { first().unwrap_or_default().trim() } else { title }
}

/// Tells whether a claim counts killed people.
pub(crate) fn is_killed(claim_type: ClaimType) -> bool {
    claim_type == ClaimType::Killed
}
