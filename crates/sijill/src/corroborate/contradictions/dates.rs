//! Days that two origins give for one happening.

use super::super::Compared;
use super::super::sketch::{number, single_day};
use super::super::told::{Told, span_of};
use super::{Conflicts, Of, may_be_one, side};
use crate::Knowledge;
use sijill_model::{ClaimType, ContradictionType, Date, Kind, Modality, Precision, Span};

/// Of two reports of which so much speaks, in logits, nine in ten tell of one happening.
const SURE: f64 = 2.2;

/// A place that is taken so many days later was taken again.
const TAKEN_AGAIN: i32 = 7;

/// What one report tells of an incident, with its one day.
struct Dated<'t, 'a> {
    node: u32,
    claims: Vec<&'t Told<'a>>,
    day: Date,
}

impl Conflicts {
    /// Holds the days that the reports of one incident give against each other, the last one of
    /// each origin.
    ///
    /// Reports come together by a day that they share; of two that do not share one, so much else
    /// has to speak that they are surely of one happening.
    pub(super) fn dates(
        &mut self,
        told: &[(u32, Told<'_>)],
        incident: &str,
        compared: &Compared<'_>,
        knowledge: &Knowledge,
    ) {
        let mut dated = dated(told, compared);
        dated.sort_by_key(|one| one.claims[0].order());
        for (i, a) in dated.iter().enumerate() {
            for b in &dated[i + 1..] {
                let Some((first, second)) = a.apart_from(b, knowledge) else { continue };
                if compared.weight(a.node.min(b.node), a.node.max(b.node), knowledge) < SURE {
                    continue;
                }
                self.date((first, a.day), (second, b.day), Of::Incident(incident), |told, day| {
                    let later = dated[i + 1..].iter().filter(|one| one.day != day);
                    later.flat_map(|one| &one.claims).any(|newer| is_newer(newer, told))
                });
            }
        }
    }

    /// Holds the days on which one party is said to have taken a place against each other; `all` is
    /// what is told of who holds the place.
    pub(super) fn takings(
        &mut self,
        (a, b): (&Told<'_>, &Told<'_>),
        all: &[Told<'_>],
        place: &str,
        knowledge: &Knowledge,
    ) {
        let (Some(x), Some(y)) = (taken_on(a), taken_on(b)) else { return };
        let same = |one: &Told<'_>, other: &Told<'_>| {
            may_be_one(&one.claim.agent, &other.claim.agent, knowledge)
        };
        if x == y || (number(x) - number(y)).abs() > TAKEN_AGAIN || !same(a, b) {
            return;
        }
        if is_one_night((a, x), (b, y)) {
            return;
        }
        // Between two takings somebody else held it.
        let (low, high) = (number(x.min(y)), number(x.max(y)));
        let lost = all.iter().any(|other| {
            let days = other.claim.time.map(|time| span_of(time.edtf));
            let day = days.and_then(|(first, _)| first).or(other.told_on());
            let changed = other.claim.claim_type == ClaimType::Loses || !same(other, a);
            changed && day.is_some_and(|day| (low..=high).contains(&day))
        });
        if !lost {
            self.date((a, x), (b, y), Of::Place(place), |told, day| {
                let newer = all.iter().filter(|other| taken_on(other).is_some_and(|x| x != day));
                newer.into_iter().any(|newer| is_newer(newer, told))
            });
        }
    }

    /// Keeps two days of one happening: as a revision if one origin told both.
    fn date(
        &mut self,
        (a, x): (&Told<'_>, Date),
        (b, y): (&Told<'_>, Date),
        of: Of<'_>,
        is_replaced: impl Fn(&Told<'_>, Date) -> bool,
    ) {
        let sides = (side(a, &x.to_string()), side(b, &y.to_string()));
        if a.origin.id == b.origin.id {
            if is_newer(b, a) {
                self.replaced(ContradictionType::Date, sides, of);
            }
        } else if !is_replaced(a, x) && !is_replaced(b, y) {
            self.contradict(ContradictionType::Date, sides, of);
        }
    }
}

/// Lists what reports tell of an incident that happened, for each that gives it one day.
fn dated<'t, 'a>(told: &'t [(u32, Told<'a>)], compared: &Compared<'_>) -> Vec<Dated<'t, 'a>> {
    let mut dated: Vec<Dated<'t, 'a>> = Vec::new();
    for (node, told) in told {
        let node = *node;
        let claim = told.claim;
        let happened = matches!(claim.claim_type.kind(), Kind::Event | Kind::Toll);
        let Some(day) = told_day(told) else { continue };
        let one_day = compared.nodes[node as usize].episode.days.len() == 1;
        if !happened || !one_day || !told.is_told() {
            continue;
        }
        match dated.iter_mut().find(|one| one.node == node) {
            Some(one) => one.claims.push(told),
            None => dated.push(Dated { node, claims: vec![told], day }),
        }
    }
    dated
}

impl<'t, 'a> Dated<'t, 'a> {
    /// Finds claims of two reports that are of one happening and of different days; those of the
    /// same type stand for the others.
    fn apart_from(
        &self,
        other: &Self,
        knowledge: &Knowledge,
    ) -> Option<(&'t Told<'a>, &'t Told<'a>)> {
        if self.day == other.day || self.claims[0].claim.document == other.claims[0].claim.document
        {
            return None;
        }
        let all = self.claims.iter().flat_map(|a| other.claims.iter().map(move |b| (*a, *b)));
        let alike = all.filter(|(a, b)| {
            a.claim.claim_type == b.claim.claim_type
                && a.same_place(b)
                && may_be_one(&a.claim.agent, &b.claim.agent, knowledge)
        });
        let mut alike = alike.peekable();
        let first = *alike.peek()?;
        let night = alike.any(|(a, b)| is_one_night((a, self.day), (b, other.day)));
        (!night).then_some(first)
    }
}

/// Tells whether two days in a row may be one night.
fn is_one_night((a, x): (&Told<'_>, Date), (b, y): (&Told<'_>, Date)) -> bool {
    (number(x) - number(y)).abs() == 1 && (a.by_night || b.by_night)
}

/// Returns the day on which a claim says that a party took the whole of a town or village.
fn taken_on(told: &Told<'_>) -> Option<Date> {
    let claim = told.claim;
    let named = !claim.agent.is_empty();
    let whole = claim.share.is_none_or(|slot| slot.share.min() >= 1.0);
    let town = claim.place.first().is_some_and(|place| place.precision <= Precision::Town);
    let taken = claim.claim_type == ClaimType::Captures && claim.modality == Modality::Asserted;
    (named && taken && whole && town).then(|| told_day(told))?
}

/// Returns the one day that the words of a claim tell themselves; that of a dateline or of a stamp
/// on the page is the day of telling as likely as that of the happening.
fn told_day(told: &Told<'_>) -> Option<Date> {
    let evidence = told.claim.evidence.span;
    let inside = |span: Span| evidence.start <= span.start && span.end <= evidence.end;
    let time = told.claim.time.filter(|time| inside(time.span))?;
    single_day(time.edtf).filter(|day| told.told_on() >= Some(number(*day)))
}

/// Tells whether the same origin told it on a later day.
fn is_newer(newer: &Told<'_>, told: &Told<'_>) -> bool {
    newer.origin.id == told.origin.id
        && newer.origin.voice == told.origin.voice
        && newer.told_on() > told.told_on()
}
