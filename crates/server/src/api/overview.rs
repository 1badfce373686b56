//! What the case holds.

use super::sources::Source;
use crate::names::Names;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use sijill_store::Counted;
use utoipa::ToSchema;

/// What a case holds, counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Overview {
    /// The name of the case.
    name: String,
    /// The version of the program.
    version: &'static str,
    documents: u64,
    claims: u64,
    /// Bytes of originals, each counted once.
    bytes: u64,
    /// Items by state.
    states: Vec<Count>,
    /// Entries of the audit log.
    entries: u64,
    /// The hash of the last entry of the audit log.
    head: String,
    /// Documents by outlet; the key is empty where it is not known.
    outlets: Vec<Count>,
    /// Claims by `kind/type`.
    types: Vec<Count>,
    /// Claims by modality.
    modalities: Vec<Count>,
    /// Documents by day of publication, in order.
    days: Vec<Count>,
    /// Claims by the month they begin in, in order.
    months: Vec<Count>,
    /// The places that most claims tell of.
    places: Vec<Count>,
    /// The parties that most claims tell of.
    actors: Vec<Count>,
    /// The voices that most claims go back to.
    sources: Vec<Source>,
    /// What the ids are called.
    names: Names,
}

/// Something with how often it occurs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Count {
    pub(crate) key: String,
    pub(crate) count: u64,
}

impl From<&Counted> for Count {
    fn from(counted: &Counted) -> Self {
        Self { key: counted.key.clone(), count: counted.count }
    }
}

pub(crate) fn counts(all: &[Counted]) -> Vec<Count> {
    all.iter().map(Count::from).collect()
}

/// How many sources the overview shows.
const SOURCES: usize = 12;

/// What the case holds, counted
#[utoipa::path(
    get,
    path = "/overview",
    operation_id = "getOverview",
    tag = "case",
    responses((status = 200, body = Overview), (status = 503, body = Problem))
)]
pub(crate) async fn overview(State(state): State<Served>) -> Result<Json<Overview>, Problem> {
    state
        .scan(|case, state| {
            let all = state.overview(case)?;
            let summary = &all.summary;
            let last = case.log_page(None, 1)?.pop();
            let keys = [&all.outlets, &all.places, &all.actors];
            let keys = keys.into_iter().flatten().map(|counted| counted.key.as_str());
            let voices = &all.voices[..all.voices.len().min(SOURCES)];
            let ids = keys.chain(voices.iter().map(|voice| voice.id.as_str()));
            Ok(Json(Overview {
                name: state.name(),
                version: env!("CARGO_PKG_VERSION"),
                documents: summary.documents,
                claims: summary.claims,
                bytes: summary.bytes_received,
                states: summary
                    .states
                    .iter()
                    .map(|(state, count)| Count { key: state.to_string(), count: *count })
                    .collect(),
                entries: last.as_ref().map_or(0, |entry| entry.seq.unsigned_abs()),
                head: last.map(|entry| entry.hash).unwrap_or_default(),
                outlets: counts(&all.outlets),
                types: counts(&all.types),
                modalities: counts(&all.modalities),
                days: counts(&all.days),
                months: counts(&all.months),
                places: counts(&all.places),
                actors: counts(&all.actors),
                sources: voices.iter().map(Source::from).collect(),
                names: state.library().names(ids),
            }))
        })
        .await
}
