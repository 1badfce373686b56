//! Claims that cannot both be true, figures that replaced one another, and copied passages.

use crate::corroborated::Together;
use crate::names::Names;
use crate::page::{Asked, Page, cursor, limit, number};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill::model;
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// Two claims of different origins that cannot both be true.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Contradiction {
    id: String,
    /// In what they differ: `number`, `status`, `actor`, `date`, `control` or `denial`.
    #[serde(rename = "type")]
    contradiction_type: &'static str,
    /// What was told first, as far as can be known.
    first: Side,
    second: Side,
    /// The incident that both belong to, if they do.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
}

/// A claim that its own origin replaced by a newer one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Revision {
    id: String,
    /// In what they differ, as in contradictions.
    #[serde(rename = "type")]
    contradiction_type: &'static str,
    earlier: Side,
    later: Side,
}

/// One of two claims that are held against each other.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Side {
    claim: String,
    document: String,
    /// The first source that can be known.
    origin: String,
    /// What differs, such as `33`, `sdf` or `2017-03-21`.
    value: String,
    /// When it was told: EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<String>,
}

/// A passage that stands in two documents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Copied {
    /// The document that came later, as far as can be known.
    copy: String,
    /// The document that came first.
    original: String,
    /// Which part of the shorter document's words all shared passages make up, 0 to 1.
    share: f64,
    /// So much is shared that the one document is a copy of the other.
    is_near_copy: bool,
}

impl From<&model::Side> for Side {
    fn from(side: &model::Side) -> Self {
        Self {
            claim: side.claim.clone(),
            document: side.document.clone(),
            origin: side.origin.clone(),
            value: side.value.clone(),
            told: side.told.map(|told| told.to_string()),
        }
    }
}

impl From<&model::Contradiction> for Contradiction {
    fn from(found: &model::Contradiction) -> Self {
        Self {
            id: found.id.clone(),
            contradiction_type: found.contradiction_type.as_str(),
            first: (&found.first).into(),
            second: (&found.second).into(),
            incident: found.incident.clone(),
        }
    }
}

impl From<&model::Revision> for Revision {
    fn from(found: &model::Revision) -> Self {
        Self {
            id: found.id.clone(),
            contradiction_type: found.contradiction_type.as_str(),
            earlier: (&found.earlier).into(),
            later: (&found.later).into(),
        }
    }
}

/// What is disputed, replaced and copied within an incident.
#[derive(Debug)]
pub(crate) struct Disputes {
    pub(crate) contradictions: Vec<Contradiction>,
    pub(crate) revisions: Vec<Revision>,
    pub(crate) copies: Vec<Copied>,
}

impl Disputes {
    /// Finds what concerns the claims and documents of an incident.
    pub(crate) fn of(together: &Together, incident: &model::Incident) -> Self {
        let claims: BTreeSet<&str> =
            incident.members.iter().map(|member| member.claim.as_str()).collect();
        let documents: BTreeSet<&str> = incident.documents.iter().map(String::as_str).collect();
        let within = |one: &model::Side, other: &model::Side| {
            claims.contains(one.claim.as_str()) && claims.contains(other.claim.as_str())
        };
        let all = &together.all;
        let contradictions = all.contradictions.iter();
        let revisions = all.revisions.iter();
        let mut copies: Vec<Copied> = Vec::new();
        for reuse in &all.reuses {
            let (copy, original) = (&reuse.copy.document, &reuse.original.document);
            let is_ours =
                documents.contains(copy.as_str()) && documents.contains(original.as_str());
            if is_ours && !copies.iter().any(|one| one.copy == *copy && one.original == *original) {
                copies.push(Copied {
                    copy: copy.clone(),
                    original: original.clone(),
                    share: (reuse.share * 100.0).round() / 100.0,
                    is_near_copy: reuse.is_near_copy,
                });
            }
        }
        Self {
            contradictions: contradictions
                .filter(|one| within(&one.first, &one.second))
                .map(Into::into)
                .collect(),
            revisions: revisions
                .filter(|one| within(&one.earlier, &one.later))
                .map(Into::into)
                .collect(),
            copies,
        }
    }
}

/// Which contradictions are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// In what they differ, such as `number`.
    r#type: Option<String>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Claims that cannot both be true, the latest told first
#[utoipa::path(
    get,
    path = "/contradictions",
    operation_id = "listContradictions",
    tag = "incidents",
    params(Question),
    responses((status = 200, body = Page<Contradiction>), (status = 503, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Page<Contradiction>>, Problem> {
    let limit = limit(question.limit)?;
    let from = number::<usize>(question.cursor.as_deref())?.unwrap_or_default();
    let wanted = question.r#type.filter(|wanted| !wanted.is_empty());
    let together = state.together().await?;
    let all = together.all.contradictions.iter();
    let mut found: Vec<&model::Contradiction> = all
        .filter(|one| wanted.as_deref().is_none_or(|it| it == one.contradiction_type.as_str()))
        .collect();
    let told = |one: &model::Contradiction| one.second.told.map(|told| told.to_string());
    found.sort_by_cached_key(|one| (std::cmp::Reverse(told(one)), one.id.clone()));
    let shown = found.get(from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(limit)];
    let end = from + shown.len();
    Ok(Json(Page {
        names: names(&state, shown),
        items: shown.iter().map(|&one| one.into()).collect(),
        total: Some(found.len() as u64),
        next: (end < found.len()).then(|| cursor(&end.to_string())),
    }))
}

fn names(state: &Served, found: &[&model::Contradiction]) -> Names {
    let sides = found.iter().flat_map(|one| [&one.first, &one.second]);
    let ids = sides.flat_map(|side| [side.origin.as_str(), side.value.as_str()]);
    state.library().names(ids.collect::<BTreeSet<_>>())
}
