//! Where claims are placed.

use super::claims::Question;
use super::overview::Count;
use crate::page::Asked;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use sijill_store::Told;
use utoipa::ToSchema;

/// A place with how much is told of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    /// Degrees north, WGS 84.
    lat: f64,
    /// Degrees east, WGS 84.
    lon: f64,
    /// From `site` to `country` or `area`: a point of a wide unit is not where it happened.
    precision: String,
    /// Claims in all.
    claims: u64,
    /// Claims by kind.
    kinds: Vec<Count>,
}

/// Places with how much is told of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Places {
    places: Vec<Place>,
}

/// Where claims are placed, counted by kind
#[utoipa::path(
    get,
    path = "/places",
    operation_id = "listPlaces",
    tag = "claims",
    params(Question),
    responses((status = 200, body = Places), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Places>, Problem> {
    let filter = question.filter()?;
    state
        .scan(move |case, _| {
            let places = case.places_told(&filter)?.into_iter().map(Place::from);
            Ok(Json(Places { places: places.collect() }))
        })
        .await
}

impl From<Told> for Place {
    fn from(told: Told) -> Self {
        let Told { id, name, name_en, point: (lat, lon), precision, kinds } = told;
        let claims = kinds.iter().map(|(_, count)| count).sum();
        let kinds = kinds.into_iter().map(|(key, count)| Count { key, count }).collect();
        Self { id, name, name_en, lat, lon, precision, claims, kinds }
    }
}
