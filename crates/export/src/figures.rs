//! The rules that make one number of several.

use crate::Figures;
use sijill_model::Figure;
use std::collections::BTreeMap;

/// What is told of a number: the lowest and the highest, and the one that the rule chooses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) low: u64,
    pub(crate) best: u64,
    pub(crate) high: u64,
}

impl Number {
    /// Adds what is told of others.
    pub(crate) fn add(&mut self, other: Self) {
        self.low += other.low;
        self.best += other.best;
        self.high += other.high;
    }
}

impl Figures {
    /// Makes one number of what several origins tell of the same; `None` if nothing is told.
    ///
    /// A number that covers more than the incident is passed over, and so is one of a part where
    /// another tells the whole. "At least" is the lowest that is meant, and where nothing higher is
    /// told the highest too.
    pub(crate) fn choose<'a>(
        self,
        figures: impl Iterator<Item = &'a Figure> + Clone,
    ) -> Option<Number> {
        let own = figures.filter(|figure| !figure.is_cumulative);
        let has_whole = own.clone().any(|figure| !figure.is_part);
        let wanted = own.filter(|figure| !(has_whole && figure.is_part));
        let lower = |figure: &Figure| figure.count.min().or(figure.count.max());
        let upper = |figure: &Figure| figure.count.max().or(figure.count.min());
        let low = wanted.clone().filter_map(lower).min()?;
        let high = wanted.clone().filter_map(upper).max().unwrap_or(low).max(low);
        let best = match self {
            Self::Conservative => low,
            Self::Range => low + (high - low) / 2,
            Self::IndependentMajority => {
                // Each origin speaks once, with what it told last.
                let of_origin: BTreeMap<&str, u64> = wanted
                    .filter_map(|figure| Some((figure.origin.as_str(), lower(figure)?)))
                    .collect();
                let mut votes: BTreeMap<u64, u32> = BTreeMap::new();
                for number in of_origin.into_values() {
                    *votes.entry(number).or_default() += 1;
                }
                votes.into_iter().rev().max_by_key(|&(_, votes)| votes).map_or(low, |(n, _)| n)
            }
        };
        Some(Number { low, best, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sijill_model::{ClaimType, Count};

    fn figure(origin: &str, min: u64, max: Option<u64>) -> Figure {
        Figure {
            claim_type: ClaimType::Killed,
            target: Vec::new(),
            count: Count::between(Some(min), max, false).expect("the bounds are right"),
            is_cumulative: false,
            is_part: false,
            claim: String::new(),
            document: String::new(),
            origin: origin.to_owned(),
        }
    }

    #[test]
    fn each_rule_gives_its_number() {
        let told = [figure("a", 20, None), figure("b", 33, Some(33)), figure("c", 33, Some(33))];
        let choose = |rule: Figures| rule.choose(told.iter()).map(|n| (n.low, n.best, n.high));
        assert_eq!(choose(Figures::Conservative), Some((20, 20, 33)));
        assert_eq!(choose(Figures::IndependentMajority), Some((20, 33, 33)));
        assert_eq!(choose(Figures::Range), Some((20, 26, 33)));
    }

    #[test]
    fn ten_reports_of_one_origin_have_one_voice() {
        let told = [
            figure("a", 50, None),
            figure("a", 50, None),
            figure("b", 7, None),
            figure("c", 7, None),
        ];
        assert_eq!(Figures::IndependentMajority.choose(told.iter()).map(|n| n.best), Some(7));
        let even = [figure("a", 50, None), figure("b", 7, None)];
        assert_eq!(Figures::IndependentMajority.choose(even.iter()).map(|n| n.best), Some(7));
    }

    #[test]
    fn what_covers_more_or_less_does_not_count() {
        let sum = Figure { is_cumulative: true, ..figure("a", 900, None) };
        let part = Figure { is_part: true, ..figure("a", 4, None) };
        let told = [sum, part.clone(), figure("b", 11, None)];
        assert_eq!(
            Figures::Conservative.choose(told.iter()).map(|n| (n.low, n.high)),
            Some((11, 11))
        );
        assert_eq!(Figures::Conservative.choose([part].iter()).map(|n| n.best), Some(4));
        assert_eq!(Figures::Conservative.choose([].iter()), None);
    }
}
