//! Claims that cannot both be true, told apart from figures that their own origin replaced and from
//! numbers of different scope.

mod dates;
mod holding;

use super::Compared;
use super::incidents::identify;
use super::sketch::Sketch;
use super::told::{Told, are_apart, class, is_comparable, written};
use crate::Knowledge;
use sijill_model::{
    Claim, ClaimType, Contradiction, ContradictionType, Count, Kind, Modality, Participant,
    Revision, Side,
};
use std::collections::{BTreeMap, BTreeSet};

/// Of two reports of which more than this speaks, in logits, it is likelier than not that they tell of
/// one happening.
const LIKELY: f64 = 0.0;

/// How many days may lie between a deed's telling and its denial.
const DENIAL_DAYS: i32 = 4;

/// What was found among the claims of one incident or place.
#[derive(Default)]
pub(super) struct Conflicts {
    pub(super) contradictions: Vec<Contradiction>,
    pub(super) revisions: Vec<Revision>,
    /// What is known already: in what, of which incident or place, and the two sides.
    seen: BTreeSet<(ContradictionType, String, String, String)>,
    /// Who holds a place together with whom.
    allies: Allies,
    /// The claims whose denial was held against others.
    denied: BTreeSet<String>,
}

/// Parties of which some report says that they fight together.
#[derive(Default)]
pub(super) struct Allies(BTreeSet<(String, String)>);

impl Allies {
    /// Reads what the reports say of the parties.
    pub(super) fn new(sketches: &[&Sketch]) -> Self {
        let mut allies = BTreeSet::new();
        let bonds =
            [ClaimType::Supports, ClaimType::AlliedWith, ClaimType::PartOf, ClaimType::Leads];
        for claim in sketches.iter().flat_map(|sketch| &sketch.claims) {
            if !bonds.contains(&claim.claim_type) || claim.modality != Modality::Asserted {
                continue;
            }
            for x in &claim.agent {
                for y in &claim.target {
                    allies.insert((x.id.clone(), y.id.clone()));
                    allies.insert((y.id.clone(), x.id.clone()));
                }
            }
        }
        Self(allies)
    }

    fn joins(&self, a: &[Participant], b: &[Participant]) -> bool {
        let mut pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x.id.clone(), y.id.clone())));
        pairs.any(|pair| self.0.contains(&pair))
    }
}

impl Conflicts {
    pub(super) fn new(allies: Allies) -> Self {
        Self { allies, ..Self::default() }
    }

    /// Holds the claims of one incident against each other.
    pub(super) fn of_incident(
        &mut self,
        told: &[(u32, Told<'_>)],
        incident: &str,
        compared: &Compared<'_>,
        knowledge: &Knowledge,
    ) {
        self.dates(told, incident, compared, knowledge);
        let likely =
            |a: u32, b: u32| a == b || LIKELY < compared.weight(a.min(b), a.max(b), knowledge);
        self.numbers(told, incident, &likely);
        let told: &[Told<'_>] = &told.iter().map(|(_, told)| told.clone()).collect::<Vec<_>>();
        self.denials(told, incident, knowledge);
        self.actors(told, incident, knowledge);
    }

    /// Holds the numbers of the same people against each other, the last one of each origin.
    ///
    /// An average joins the reports of an incident; two of which less speaks for one happening than
    /// against it are not held against each other.
    fn numbers(
        &mut self,
        told: &[(u32, Told<'_>)],
        incident: &str,
        likely: &dyn Fn(u32, u32) -> bool,
    ) {
        let mut by_sort: BTreeMap<_, Vec<(u32, &Told<'_>)>> = BTreeMap::new();
        let whole = told.iter().filter(|(_, told)| told.is_told() && !told.is_part);
        for (node, told) in whole.filter(|(_, told)| told.is_news() && !told.is_cumulative()) {
            let claim = told.claim;
            if is_comparable(claim.claim_type) && told.count().is_some() {
                by_sort.entry((claim.claim_type, class(claim))).or_default().push((*node, told));
            }
        }
        for mut same in by_sort.into_values() {
            same.sort_by_key(|(_, told)| told.order());
            let all: Vec<&Told<'_>> = same.iter().map(|(_, told)| *told).collect();
            for (i, (a, first)) in same.iter().enumerate() {
                for (_, second) in same[i + 1..].iter().filter(|(b, _)| likely(*a, *b)) {
                    self.number(first, second, &all[i + 1..], incident);
                }
            }
        }
    }

    fn number(&mut self, a: &Told<'_>, b: &Told<'_>, later: &[&Told<'_>], incident: &str) {
        let (Some(x), Some(y)) = (a.count(), b.count()) else { return };
        if !a.same_days(b) || !a.same_place(b) || !a.same_people(b) {
            return;
        }
        let sides = (a.side(written(x)), b.side(written(y)));
        if a.origin.id == b.origin.id {
            self.revise((a, x), (b, y), sides, incident);
            return;
        }
        if !are_apart(x, y) {
            return;
        }
        // Only the last number of an origin stands against those of others.
        let replaced = |told: &Told<'_>| {
            later.iter().any(|newer| {
                newer.origin.id == told.origin.id
                    && newer.order() > told.order()
                    && newer.same_days(told)
                    && newer.same_place(told)
            })
        };
        if !replaced(a) && !replaced(b) {
            self.contradict(ContradictionType::Number, sides, Of::Incident(incident));
        }
    }

    /// Keeps that an origin replaced its number. Within one report the newer number is the one told
    /// first, since what it replaces is told as background.
    ///
    /// A number of a later day is newer even if the older one was "at least"; of one report only
    /// numbers of the same day that cannot both be true replace one another.
    fn revise(
        &mut self,
        (a, x): (&Told<'_>, Count),
        (b, y): (&Told<'_>, Count),
        sides: (Side, Side),
        incident: &str,
    ) {
        let backwards = a.claim.document == b.claim.document;
        let newer = if backwards {
            are_apart(x, y) && same_day(a.claim, b.claim)
        } else {
            x.min() != y.min() && a.told_on() < b.told_on()
        };
        if a.origin.voice != b.origin.voice || !newer {
            return;
        }
        let (earlier, later) = if backwards { (sides.1, sides.0) } else { sides };
        self.replaced(ContradictionType::Number, (earlier, later), Of::Incident(incident));
    }

    /// Keeps that an origin replaced what it told.
    fn replaced(
        &mut self,
        contradiction_type: ContradictionType,
        (earlier, later): (Side, Side),
        of: Of<'_>,
    ) {
        let claims = [&earlier.claim, &earlier.document, &later.claim, &later.document];
        let id = identify("rev_", &claims.map(String::as_str));
        let key = |side: &Side| format!("{}={}", side.origin, side.value);
        let (Of::Incident(scope) | Of::Place(scope)) = of;
        let scope_of = format!("revised {scope}");
        if self.seen.insert((contradiction_type, scope_of, key(&earlier), key(&later))) {
            let incident = matches!(of, Of::Incident(_)).then(|| scope.to_owned());
            self.revisions.push(Revision { id, contradiction_type, earlier, later, incident });
        }
    }

    /// Holds what is told as not having happened against what is told as having happened.
    fn denials(&mut self, told: &[Told<'_>], incident: &str, knowledge: &Knowledge) {
        for denied in told.iter().filter(|told| told.claim.modality == Modality::Denied) {
            let told = told.iter().filter(|told| {
                told.is_told()
                    && told.origin.id != denied.origin.id
                    && told.claim.claim_type == denied.claim.claim_type
                    && told.same_place(denied)
                    && told.same_days(denied)
                    && may_be_one(&told.claim.agent, &denied.claim.agent, knowledge)
                    && class(told.claim) == class(denied.claim)
            });
            let Some(told) = told.min_by_key(|told| told.order()) else { continue };
            self.denied.insert(denied.claim.id.clone());
            let sides = (side(told, "asserted"), side(denied, "denied"));
            self.contradict(ContradictionType::Denial, sides, Of::Incident(incident));
        }
    }

    /// Holds what a party denies to have done at a place against who tells it there, also if they
    /// could not be joined; `told` is in order of telling.
    pub(super) fn denials_at(&mut self, told: &[Told<'_>], place: &str, knowledge: &Knowledge) {
        for denied in told.iter().filter(|told| told.claim.modality == Modality::Denied) {
            if self.denied.contains(&denied.claim.id) {
                continue;
            }
            let Some(day) = denied.told_on() else { continue };
            let told = told.iter().find(|told| {
                told.is_told()
                    && told.origin.id != denied.origin.id
                    && told.claim.claim_type == denied.claim.claim_type
                    && told.told_on().is_some_and(|other| (other - day).abs() <= DENIAL_DAYS)
                    && told.same_days(denied)
                    && may_be_one(&told.claim.agent, &denied.claim.agent, knowledge)
            });
            if let Some(told) = told {
                let sides = (side(told, "asserted"), side(denied, "denied"));
                self.contradict(ContradictionType::Denial, sides, Of::Place(place));
            }
        }
    }

    /// Holds who is said to have done it against each other.
    fn actors(&mut self, told: &[Told<'_>], incident: &str, knowledge: &Knowledge) {
        let acts: Vec<&Told<'_>> = told
            .iter()
            .filter(|told| told.is_told() && is_act(told.claim) && !told.claim.agent.is_empty())
            .collect();
        for (i, a) in acts.iter().enumerate() {
            for b in &acts[i + 1..] {
                let alike = a.claim.claim_type == b.claim.claim_type
                    && a.origin.id != b.origin.id
                    && same_spot(a.claim, b.claim)
                    && same_day(a.claim, b.claim);
                if alike && !may_be_one(&a.claim.agent, &b.claim.agent, knowledge) {
                    let (first, second) = if a.order() <= b.order() { (a, b) } else { (b, a) };
                    let value = |told: &Told<'_>| told.claim.agent[0].id.clone();
                    let sides = (side(first, &value(first)), side(second, &value(second)));
                    self.contradict(ContradictionType::Actor, sides, Of::Incident(incident));
                }
            }
        }
    }

    /// Keeps a contradiction, unless the same two origins are known to differ in the same values.
    fn contradict(
        &mut self,
        contradiction_type: ContradictionType,
        (first, second): (Side, Side),
        of: Of<'_>,
    ) {
        let key = |side: &Side| format!("{}={}", side.origin, side.value);
        let (Of::Incident(scope) | Of::Place(scope)) = of;
        let (one, other) = (key(&first), key(&second));
        let (low, high) = if one <= other { (one, other) } else { (other, one) };
        if !self.seen.insert((contradiction_type, scope.to_owned(), low, high)) {
            return;
        }
        let claims = [&first.claim, &first.document, &second.claim, &second.document];
        let [a, b, c, d] = claims.map(String::as_str);
        let id = identify("con_", &[contradiction_type.as_str(), a, b, c, d]);
        let incident = matches!(of, Of::Incident(_)).then(|| scope.to_owned());
        let found = Contradiction { id, contradiction_type, first, second, incident };
        self.contradictions.push(found);
    }
}

/// What two claims are both about.
#[derive(Clone, Copy)]
enum Of<'a> {
    /// An incident, by its id.
    Incident(&'a str),
    /// Who holds a place, by its id.
    Place(&'a str),
}

fn side(told: &Told<'_>, value: &str) -> Side {
    told.side(value.to_owned())
}

fn is_act(claim: &Claim) -> bool {
    matches!(
        claim.claim_type,
        ClaimType::Airstrike | ClaimType::Shelling | ClaimType::Bombing | ClaimType::Execution
    )
}

fn same_spot(a: &Claim, b: &Claim) -> bool {
    match (a.place.first(), b.place.first()) {
        (Some(x), Some(y)) => x.id.is_some() && x.id == y.id,
        _ => false,
    }
}

fn same_day(a: &Claim, b: &Claim) -> bool {
    match (a.time, b.time) {
        (Some(x), Some(y)) => x.edtf == y.edtf,
        _ => false,
    }
}

/// Tells whether two lists of actors may name the same one: nobody is named, the same is, or one is
/// part of the other.
pub(super) fn may_be_one(a: &[Participant], b: &[Participant], knowledge: &Knowledge) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    a.iter().any(|x| {
        b.iter().any(|y| is_part(&x.id, &y.id, knowledge) || is_part(&y.id, &x.id, knowledge))
    })
}

/// Tells whether one party is another or a part of it.
pub(super) fn is_part(part: &str, whole: &str, knowledge: &Knowledge) -> bool {
    if part == whole {
        return true;
    }
    let entities = &knowledge.entities;
    let mut at = entities.find(part);
    for _ in 0..6 {
        let Some(id) = at else { return false };
        if entities.get(id).id == whole {
            return true;
        }
        at = entities.owner(id);
    }
    false
}

/// Tells whether a claim says that somebody did something.
pub(super) fn is_deed(claim: &Claim) -> bool {
    claim.claim_type.kind() == Kind::Event && !claim.agent.is_empty()
}

/// Tells whether a claim says who holds a place.
pub(super) fn is_control(claim: &Claim) -> bool {
    claim.claim_type.kind() == Kind::Control
}
