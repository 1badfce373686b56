//! The weights of features and rules.

use super::logistic::{self, Observation, sigmoid};
use std::collections::BTreeMap;

/// The feature that holds for every claim.
pub(super) const ANY: &str = "any";

/// The intercept is as good as free; with none at all it may be undetermined.
const INTERCEPT_PENALTY: f64 = 1e-6;

/// What the fit sees of a claim.
pub(super) struct Row {
    /// Which part of the texts it belongs to.
    pub(super) fold: u64,
    pub(super) rule: String,
    /// The confidence that the rule's author gave it.
    pub(super) author: f64,
    pub(super) features: Vec<&'static str>,
    pub(super) right: bool,
}

impl Row {
    fn offset(&self) -> f64 {
        (self.author / (1.0 - self.author)).ln()
    }
}

/// How strongly weights are drawn to 0.
#[derive(Clone, Copy)]
pub(super) struct Penalties {
    pub(super) feature: f64,
    pub(super) rule: f64,
}

/// A fitted weight for each feature and rule that was seen.
pub(super) struct Model {
    pub(super) features: BTreeMap<&'static str, f64>,
    pub(super) rules: BTreeMap<String, f64>,
}

impl Model {
    /// Fits the weights to the rows.
    pub(super) fn fit(rows: &[&Row], penalties: Penalties) -> anyhow::Result<Self> {
        let mut features: BTreeMap<&'static str, f64> = BTreeMap::new();
        let mut rules: BTreeMap<String, f64> = BTreeMap::new();
        for row in rows {
            features.extend(row.features.iter().map(|&feature| (feature, 0.0)));
            rules.insert(row.rule.clone(), 0.0);
        }
        let feature_at: BTreeMap<&str, usize> = features.keys().copied().zip(0..).collect();
        let rule_at: BTreeMap<&str, usize> =
            rules.keys().map(String::as_str).zip(features.len()..).collect();
        let observations: Vec<Observation> = rows
            .iter()
            .map(|row| {
                let features = row.features.iter().map(|feature| feature_at[feature]);
                let columns = features.chain([rule_at[row.rule.as_str()]]).collect();
                Observation { columns, offset: row.offset(), observed: row.right }
            })
            .collect();
        let of_feature = |&name: &&str| match name {
            ANY => INTERCEPT_PENALTY,
            _ => penalties.feature,
        };
        let all: Vec<f64> =
            features.keys().map(of_feature).chain(rules.keys().map(|_| penalties.rule)).collect();
        let fitted = logistic::fit(&observations, &all)?;
        for (weight, fitted) in features.values_mut().chain(rules.values_mut()).zip(fitted) {
            *weight = fitted;
        }
        Ok(Self { features, rules })
    }

    /// Returns how likely a claim is right; what was not seen in the fit weighs nothing.
    pub(super) fn confidence(&self, row: &Row) -> f64 {
        let features = row.features.iter().filter_map(|feature| self.features.get(feature));
        let rule = self.rules.get(&row.rule);
        sigmoid(row.offset() + features.chain(rule).sum::<f64>())
    }
}
