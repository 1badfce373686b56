//! Logistic regression with offsets and an L2 penalty, by Newton's method.

use anyhow::bail;

/// Where Newton's method has arrived.
const TOLERANCE: f64 = 1e-5;

/// One observation: which columns are 1, what is known before, and what was observed.
pub(super) struct Observation {
    pub(super) columns: Vec<usize>,
    pub(super) offset: f64,
    pub(super) observed: bool,
}

impl Observation {
    fn logit(&self, weights: &[f64]) -> f64 {
        self.offset + self.columns.iter().map(|&column| weights[column]).sum::<f64>()
    }
}

/// Returns the probability of a logit.
pub(super) fn sigmoid(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

/// Fits a weight for each column, each with its penalty.
pub(super) fn fit(observations: &[Observation], penalties: &[f64]) -> anyhow::Result<Vec<f64>> {
    let mut weights = vec![0.0; penalties.len()];
    let mut loss = self::loss(observations, penalties, &weights);
    for _ in 0..100 {
        let step = step(observations, penalties, &weights)?;
        let moved = |part: f64| -> Vec<f64> {
            weights.iter().zip(&step).map(|(weight, step)| weight - part * step).collect()
        };
        // So near the minimum the loss no longer tells up from down.
        if step.iter().all(|step| step.abs() < TOLERANCE) {
            return Ok(moved(1.0));
        }
        // Far from it a whole step may lead uphill: half of it, and half again.
        let parts = (0..30).map(|halvings| 0.5_f64.powi(halvings));
        let better = parts
            .map(moved)
            .map(|weights| (self::loss(observations, penalties, &weights), weights))
            .find(|(new, _)| *new <= loss);
        let Some((new, better)) = better else { break };
        (loss, weights) = (new, better);
    }
    bail!("the weights do not settle (try a larger penalty)");
}

fn loss(observations: &[Observation], penalties: &[f64], weights: &[f64]) -> f64 {
    let misfit = observations.iter().map(|observation| {
        let logit = observation.logit(weights);
        let wrong = if observation.observed { -logit } else { logit };
        // ln(1 + e^wrong) without overflow.
        wrong.max(0.0) + (-wrong.abs()).exp().ln_1p()
    });
    let drawn = penalties.iter().zip(weights).map(|(penalty, weight)| penalty * weight * weight);
    misfit.sum::<f64>() + drawn.sum::<f64>() / 2.0
}

/// Returns the inverse of the curvature times the slope.
fn step(
    observations: &[Observation],
    penalties: &[f64],
    weights: &[f64],
) -> anyhow::Result<Vec<f64>> {
    let mut slope: Vec<f64> = penalties.iter().zip(weights).map(|(p, w)| p * w).collect();
    let mut curvature: Vec<Vec<f64>> = (0..penalties.len()).map(|i| vec![0.0; i + 1]).collect();
    for (i, &penalty) in penalties.iter().enumerate() {
        curvature[i][i] = penalty;
    }
    for observation in observations {
        let probability = sigmoid(observation.logit(weights));
        let error = probability - f64::from(u8::from(observation.observed));
        let spread = probability * (1.0 - probability);
        for &i in &observation.columns {
            slope[i] += error;
            for &j in observation.columns.iter().filter(|&&j| j <= i) {
                curvature[i][j] += spread;
            }
        }
    }
    solve(curvature, slope)
}

/// Solves `matrix * x = right` for a positive definite matrix, given below its diagonal (Cholesky).
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> anyhow::Result<Vec<f64>> {
    let size = right.len();
    for i in 0..size {
        let (above, rest) = matrix.split_at_mut(i);
        let row = &mut rest[0];
        for (j, other) in above.iter().enumerate() {
            let known: f64 = row[..j].iter().zip(&other[..j]).map(|(a, b)| a * b).sum();
            row[j] = (row[j] - known) / other[j];
        }
        let left = row[i] - row[..i].iter().map(|a| a * a).sum::<f64>();
        if left <= 0.0 {
            bail!("the weights are not determined (penalties must be above 0)");
        }
        row[i] = left.sqrt();
        let known: f64 = row[..i].iter().zip(&right).map(|(a, b)| a * b).sum();
        right[i] = (right[i] - known) / row[i];
    }
    for i in (0..size).rev() {
        right[i] /= matrix[i][i];
        for j in 0..i {
            right[j] -= matrix[i][j] * right[i];
        }
    }
    Ok(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observe(columns: &[usize], observed: bool, times: usize) -> Vec<Observation> {
        let one = || Observation { columns: columns.to_vec(), offset: 0.0, observed };
        (0..times).map(|_| one()).collect()
    }

    #[test]
    fn solves_a_system() {
        let solved = solve(vec![vec![4.0], vec![2.0, 5.0]], vec![10.0, 17.0]).unwrap();
        assert!((solved[0] - 1.0).abs() < 1e-12 && (solved[1] - 3.0).abs() < 1e-12);
        assert!(solve(vec![vec![0.0]], vec![1.0]).is_err());
    }

    #[test]
    fn finds_the_odds_of_each_group() {
        // Column 0 holds always, column 1 in the second group: 3 of 4, then 1 of 5.
        let mut rows = observe(&[0], true, 3);
        rows.extend(observe(&[0], false, 1));
        rows.extend(observe(&[0, 1], true, 1));
        rows.extend(observe(&[0, 1], false, 4));
        let weights = fit(&rows, &[1e-9, 1e-9]).unwrap();
        assert!((sigmoid(weights[0]) - 0.75).abs() < 1e-6);
        assert!((sigmoid(weights[0] + weights[1]) - 0.2).abs() < 1e-6);
    }

    #[test]
    fn draws_weights_to_nothing() {
        let weights = fit(&observe(&[0], true, 3), &[1e6]).unwrap();
        assert!(weights[0].abs() < 1e-5);
    }

    #[test]
    fn takes_what_is_known_before_into_account() {
        let rows: Vec<Observation> = observe(&[0], true, 9)
            .into_iter()
            .chain(observe(&[0], false, 1))
            .map(|row| Observation { offset: 9.0_f64.ln(), ..row })
            .collect();
        assert!(fit(&rows, &[1e-9]).unwrap()[0].abs() < 1e-6);
    }
}
