//! How a claim came about.

use crate::page::Id;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use sijill::model::{Claim, Document, Field, Span};
use sijill::{Explanation, Options, Outcome, explain};
use sijill_io::OffsetIndex;
use utoipa::ToSchema;

/// How a claim came about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Why {
    /// The rule that made it.
    rule: String,
    confidence: f64,
    /// Today's tables read the report otherwise: what follows is of the sentence, not of the claim.
    is_stale: bool,
    /// The words that assert it, in the report.
    evidence: Words,
    /// The clauses that its words stand in.
    clauses: Vec<Clause>,
    /// The rules that its words evoked.
    trials: Vec<Trial>,
    /// What spoke for and against it, by the names of `confidence.tsv`.
    features: Vec<&'static str>,
}

/// A span with its words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Words {
    start: u32,
    end: u32,
    exact: String,
}

/// A clause.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Clause {
    kind: &'static str,
    words: Words,
}

/// A rule that was tried.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Trial {
    rule: String,
    lemma: String,
    trigger: Words,
    /// The claim it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
    /// Why it made none.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// How a claim came about: the clauses, the rules that were tried, what spoke for it
#[utoipa::path(
    get,
    path = "/claims/{id}/why",
    operation_id = "explainClaim",
    tag = "claims",
    params(("id" = String, Path, description = "The id of the claim")),
    responses((status = 200, body = Why), (status = 404, body = Problem))
)]
pub(crate) async fn why(State(state): State<Served>, Id(id): Id) -> Result<Json<Why>, Problem> {
    state
        .read(move |case, state| {
            let found = case.claim(&id)?;
            let (kept, claim) = found.ok_or_else(|| Problem::not_found("claim", &id))?;
            let options = Options { min_confidence: 0.0 };
            let explanation = explain(&kept.document, state.library().knowledge, &options);
            Ok(Json(told(&kept.document, &claim, &explanation)))
        })
        .await
}

fn told(document: &Document, claim: &Claim, explanation: &Explanation) -> Why {
    let title = document.title.as_deref().unwrap_or_default();
    let is_title = claim.evidence.field == Field::Title;
    let text = if is_title { title } else { &document.text };
    let index = OffsetIndex::new(text);
    let words = |span: Span| {
        let (start, end) = index.span_code_points(span);
        let exact = text.get(span.range()).unwrap_or_default().to_owned();
        Words { start, end, exact }
    };
    let evidence = claim.evidence.span;
    // The title is read on its own, and its clauses are not kept.
    let concerns = |span: Span| !is_title && span.overlaps(evidence);
    let clauses = explanation.clauses.iter().filter(|clause| concerns(clause.span));
    let trials = explanation.trials.iter().filter(|trial| concerns(trial.trigger));
    let weighed = explanation.weighed.iter().find(|weighed| weighed.claim == claim.id);
    let mut claims = explanation.extraction.claims.iter();
    Why {
        rule: claim.rule.clone(),
        confidence: (claim.confidence * 100.0).round() / 100.0,
        is_stale: !claims.any(|today| today.id == claim.id),
        evidence: words(evidence),
        clauses: clauses
            .map(|clause| Clause { kind: clause.kind, words: words(clause.span) })
            .collect(),
        trials: trials
            .map(|trial| {
                let (claim, reason) = match &trial.outcome {
                    Outcome::Fired(claim) => (Some(claim.clone()), None),
                    Outcome::Rejected(reason) => (None, Some(reason.clone())),
                };
                let (rule, lemma) = (trial.rule.clone(), trial.lemma.clone());
                Trial { rule, lemma, trigger: words(trial.trigger), claim, reason }
            })
            .collect(),
        features: weighed.map(|weighed| weighed.features.clone()).unwrap_or_default(),
    }
}
