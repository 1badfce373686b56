//! Incidents as points of a map: little of each, so that tens of thousands fit into one answer.

use crate::page::Asked;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill::model::Incident as Model;
use utoipa::{IntoParams, ToSchema};

/// So many are told at once; the map shows no more without growing slow.
const MOST: usize = 20_000;

/// Incidents as points.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Points {
    points: Vec<Point>,
    /// How many there are in all.
    total: u64,
}

/// Where and when an incident is told to have happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Point {
    id: String,
    /// Such as `event/airstrike`.
    #[serde(rename = "type")]
    claim_type: String,
    /// The id of the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    lat: f64,
    lon: f64,
    /// From `site` to `country` or `area`: a point of a wide unit is not where it happened.
    precision: &'static str,
    /// EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    /// How many documents tell of it.
    documents: u64,
}

/// Which incidents are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Such as `event`.
    kind: Option<String>,
    /// Only those that so many documents tell of, or more.
    documents: Option<usize>,
}

/// Incidents that have a place, as points of a map
#[utoipa::path(
    get,
    path = "/incident-points",
    operation_id = "listIncidentPoints",
    tag = "incidents",
    params(Question),
    responses((status = 200, body = Points), (status = 503, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Points>, Problem> {
    let kind = question.kind.filter(|kind| !kind.is_empty());
    let least = question.documents.unwrap_or(1);
    let together = state.together().await?;
    let wanted = together.all.incidents.iter().filter(|incident| {
        incident.documents.len() >= least
            && kind.as_deref().is_none_or(|kind| incident.claim_type.kind().as_str() == kind)
    });
    let mut points: Vec<Point> = wanted.filter_map(point).collect();
    let total = points.len() as u64;
    points.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.id.cmp(&b.id)));
    points.truncate(MOST);
    Ok(Json(Points { points, total }))
}

fn point(incident: &Model) -> Option<Point> {
    let place = incident.place.as_ref()?;
    let (lat, lon) = place.point?;
    Some(Point {
        id: incident.id.clone(),
        claim_type: incident.claim_type.to_string(),
        place: place.id.clone(),
        name: place.name.clone(),
        name_en: place.name_en.clone(),
        lat,
        lon,
        precision: place.precision.as_str(),
        time: incident.time.map(|time| time.to_string()),
        documents: incident.documents.len() as u64,
    })
}
