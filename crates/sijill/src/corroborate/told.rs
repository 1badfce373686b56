//! The claims of one incident or place with what is needed to hold them against each other.

use super::clues::kilometres;
use super::episode::Spot;
use super::origins::Origin;
use super::sketch::{Sketch, number};
use sijill_model::{
    Claim, ClaimType, Count, Edtf, EdtfDate, Field, IncidentPlace, Kind, Modality, PlaceSlot, Side,
};

/// A claim with who told it when.
#[derive(Clone)]
pub(super) struct Told<'a> {
    pub(super) claim: &'a Claim,
    pub(super) sketch: &'a Sketch,
    pub(super) origin: Origin,
    /// The number is of some of those that another number of the sentence counts.
    pub(super) is_part: bool,
    /// A night is told, which belongs to two days.
    pub(super) by_night: bool,
}

/// A number that covers more days than this sums up.
const FEW_DAYS: i32 = 3;

/// In so many bytes a report tells its news.
const OPENING: u32 = 1500;

/// Places so near each other may be the same.
const NEAR: f64 = 30.0;

impl<'a> Told<'a> {
    /// Takes a claim of a report, with its origin.
    pub(super) fn new(sketch: &'a Sketch, claim: usize, origin: Origin) -> Self {
        let by_night = sketch.by_night[claim];
        let is_part = sketch.parts[claim];
        Self { claim: &sketch.claims[claim], sketch, origin, is_part, by_night }
    }

    /// Orders by when it was told: the day, the document, the place in it.
    pub(super) fn order(&self) -> (bool, Option<sijill_model::Date>, &'a str, u32) {
        let sketch = self.sketch;
        let start = self.claim.evidence.span.start;
        (sketch.published.is_none(), sketch.published, &sketch.document, start)
    }

    /// Returns the day on which it was published.
    pub(super) fn told_on(&self) -> Option<i32> {
        self.sketch.published.map(number)
    }

    /// Tells whether it is told as having happened, sure or not.
    pub(super) fn is_told(&self) -> bool {
        matches!(self.claim.modality, Modality::Asserted | Modality::Uncertain)
    }

    /// Tells whether its number covers many days or a whole region.
    pub(super) fn is_cumulative(&self) -> bool {
        let long = self.claim.time.is_some_and(|time| match span_of(time.edtf) {
            (Some(first), Some(last)) => last - first > FEW_DAYS,
            _ => true,
        });
        long || self.claim.rule.contains("total")
    }

    /// Tells whether it is told as the news: with its time, or where a report opens. What stands
    /// further down without a time is told of other days as often as of this one.
    pub(super) fn is_news(&self) -> bool {
        let evidence = self.claim.evidence;
        let opens = evidence.field == Field::Title || evidence.span.start < OPENING;
        opens || self.claim.time.is_some()
    }

    /// Returns the number that is told, unless a bare dual or plural told it.
    pub(super) fn count(&self) -> Option<Count> {
        let slot = self.claim.count?;
        let noun =
            |span: sijill_model::Span| span.start <= slot.span.start && slot.span.end <= span.end;
        let bare = self.claim.target.iter().any(|target| noun(target.span));
        (!bare).then_some(slot.count)
    }

    /// Makes a side of a contradiction.
    pub(super) fn side(&self, value: String) -> Side {
        let day = self.sketch.published.map(|day| Edtf::date(EdtfDate::Day(day)));
        Side {
            claim: self.claim.id.clone(),
            document: self.claim.document.clone(),
            origin: self.origin.id.clone(),
            chain: self.claim.attribution.iter().map(|voice| voice.id.clone()).collect(),
            told: day,
            place: self.claim.place.first().map(known),
            value,
        }
    }

    /// Tells whether two claims may be about the same days.
    pub(super) fn same_days(&self, other: &Self) -> bool {
        let days = |told: &Self| told.claim.time.map(|time| span_of(time.edtf));
        match (days(self), days(other)) {
            (Some((a, b)), Some((c, d))) => {
                let before = |x: Option<i32>, y: Option<i32>| x.zip(y).is_some_and(|(x, y)| x < y);
                !before(b, c) && !before(d, a)
            }
            _ => true,
        }
    }

    /// Tells whether both numbers are of the same people: where the targets are not told alike,
    /// the date must be.
    pub(super) fn same_people(&self, other: &Self) -> bool {
        let ids = |told: &Self| -> Vec<&'a str> {
            told.claim.target.iter().map(|target| target.id.as_str()).collect()
        };
        let dated = self.claim.time.is_some() && other.claim.time.is_some();
        ids(self) == ids(other) || dated && self.same_days(other)
    }

    /// Tells whether two claims may be about the same place.
    pub(super) fn same_place(&self, other: &Self) -> bool {
        may_be_at_one_place(self.claim, other.claim)
    }
}

/// Returns what is known of a place.
pub(super) fn known(slot: &PlaceSlot) -> IncidentPlace {
    IncidentPlace {
        id: slot.id.clone(),
        name: slot.name.clone(),
        name_en: slot.name_en.clone(),
        point: slot.point,
        precision: slot.precision,
    }
}

/// Tells whether two claims may be about the same place: one tells none, or they are near.
pub(super) fn may_be_at_one_place(a: &Claim, b: &Claim) -> bool {
    let spots = |claim: &Claim| -> Vec<Spot> { claim.place.iter().filter_map(Spot::new).collect() };
    let (ours, theirs) = (spots(a), spots(b));
    ours.is_empty()
        || theirs.is_empty()
        || ours
            .iter()
            .any(|a| theirs.iter().any(|b| a.id == b.id || kilometres(a.point, b.point) < NEAR))
}

/// Marks the numbers that are of some of those that another number of the same sentence counts.
pub(super) fn mark_parts(told: &mut [(u32, Told<'_>)]) {
    for i in 0..told.len() {
        let claim = told[i].1.claim;
        let Some(count) = told[i].1.count().filter(|_| claim.claim_type.kind() == Kind::Toll)
        else {
            continue;
        };
        told[i].1.is_part |= told.iter().any(|(_, whole)| {
            let other = whole.claim;
            let more = whole.count().is_some_and(|whole| whole.min() > count.max().or(count.min()));
            other.document == claim.document
                && other.sentence == claim.sentence
                && other.evidence.field == claim.evidence.field
                && other.claim_type == claim.claim_type
                && other.evidence.span.start <= claim.evidence.span.start
                && class(other) == class(claim)
                && more
        });
    }
}

/// Returns the first and last day of a date, as far as it has them.
pub(super) fn span_of(edtf: Edtf) -> (Option<i32>, Option<i32>) {
    let first = edtf.start().first().map(number);
    (first, edtf.end().and_then(EdtfDate::last).map(number))
}

/// What sort of people a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class<'a> {
    /// Civilians, or people of whom nothing is told.
    People,
    /// A party's.
    Of(&'a str),
}

/// Returns what sort of people a claim counts.
pub(super) fn class(claim: &Claim) -> Class<'_> {
    match claim.target.first() {
        Some(target) if target.actor_type != "civilian" => Class::Of(&target.id),
        _ => Class::People,
    }
}

/// Tells whether a number of this type can be held against another of the same.
pub(super) fn is_comparable(claim_type: ClaimType) -> bool {
    matches!(
        claim_type,
        ClaimType::Killed
            | ClaimType::Injured
            | ClaimType::Captured
            | ClaimType::Missing
            | ClaimType::Displaced
    )
}

/// Writes a number as people read it.
pub(super) fn written(count: Count) -> String {
    match (count.min(), count.max()) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}-{max}"),
        (Some(min), None) => format!("{min}+"),
        (None, Some(max)) => format!("0-{max}"),
        (None, None) => String::new(),
    }
}

/// Tells whether two numbers cannot both be true.
pub(super) fn are_apart(a: Count, b: Count) -> bool {
    let slack = |count: Count, n: u64| if count.approximate { n / 10 } else { 0 };
    let below = |x: Count, y: Count| match (x.max(), y.min()) {
        (Some(max), Some(min)) => max + slack(x, max) + slack(y, min) < min,
        _ => false,
    };
    below(a, b) || below(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_that_cannot_both_be_true_are_apart() {
        let count = |min, max, about| Count::between(min, max, about).expect("it is a count");
        let at_least_20 = count(Some(20), None, false);
        assert!(are_apart(at_least_20, Count::exactly(17)));
        assert!(!are_apart(at_least_20, Count::exactly(33)));
        assert!(are_apart(Count::exactly(27), Count::exactly(42)));
        let about_30 = count(Some(30), Some(30), true);
        assert!(!are_apart(about_30, Count::exactly(32)));
        assert!(are_apart(about_30, Count::exactly(40)));
    }
}
