//! Claims that are about one happening.

use super::claims::{FoundClaim, by_id};
use super::contradictions::{Contradiction, Copied, Disputes, Revision};
use crate::names::Names;
use crate::page::{Asked, Id, Page, cursor, limit, number};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill::model::Incident as Model;
use std::collections::BTreeSet;
use utoipa::{IntoParams, ToSchema};

/// Claims that are judged to be about one happening.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Incident {
    id: String,
    kind: &'static str,
    #[serde(rename = "type")]
    claim_type: &'static str,
    /// Where, as most of its claims tell it.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<IncidentPlace>,
    /// When, as most of its claims tell it: EDTF.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    /// The ids of who did it, the most named first.
    agents: Vec<String>,
    /// The ids of its documents.
    documents: Vec<String>,
    /// How many claims it has.
    claims: u64,
    /// Every number that is told of it.
    figures: Vec<Figure>,
    /// `same`, `separate` or `not_established`: never a number of articles.
    independent_origins: &'static str,
}

/// Where an incident is told to have happened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentPlace {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    precision: &'static str,
}

/// A number that is told of an incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Figure {
    /// What is counted, such as `toll/killed`.
    #[serde(rename = "type")]
    claim_type: String,
    /// Of whom.
    target: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<u64>,
    approximate: bool,
    /// It covers more than this incident.
    is_cumulative: bool,
    /// It counts some of those that another number of the same report counts.
    is_part: bool,
    claim: String,
    document: String,
    /// The first source that can be known.
    origin: String,
}

impl From<&Model> for Incident {
    fn from(incident: &Model) -> Self {
        let place = incident.place.as_ref().map(|place| IncidentPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            name_en: place.name_en.clone(),
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            precision: place.precision.as_str(),
        });
        let figures = incident.figures.iter().map(|figure| Figure {
            claim_type: figure.claim_type.to_string(),
            target: figure.target.clone(),
            min: figure.count.min(),
            max: figure.count.max(),
            approximate: figure.count.approximate,
            is_cumulative: figure.is_cumulative,
            is_part: figure.is_part,
            claim: figure.claim.clone(),
            document: figure.document.clone(),
            origin: figure.origin.clone(),
        });
        Self {
            id: incident.id.clone(),
            kind: incident.claim_type.kind().as_str(),
            claim_type: incident.claim_type.as_str(),
            place,
            time: incident.time.map(|time| time.to_string()),
            agents: incident.agents.clone(),
            documents: incident.documents.clone(),
            claims: incident.members.len() as u64,
            figures: figures.collect(),
            independent_origins: incident.independent_origins.as_str(),
        }
    }
}

/// Which incidents are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Such as `event`.
    kind: Option<String>,
    /// The id of the place.
    place: Option<String>,
    /// Only those that so many documents tell of, or more.
    documents: Option<usize>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl Question {
    fn wants(&self, incident: &Model) -> bool {
        let some = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
        let place = incident.place.as_ref().and_then(|place| place.id.clone());
        some(&self.kind).is_none_or(|kind| incident.claim_type.kind().as_str() == kind)
            && some(&self.place).is_none_or(|wanted| place == Some(wanted))
            && self.documents.unwrap_or(1) <= incident.documents.len()
    }
}

/// Incidents, those that most reports tell of first
#[utoipa::path(
    get,
    path = "/incidents",
    operation_id = "listIncidents",
    tag = "incidents",
    params(Question),
    responses((status = 200, body = Page<Incident>), (status = 503, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Page<Incident>>, Problem> {
    let limit = limit(question.limit)?;
    let from = number::<usize>(question.cursor.as_deref())?.unwrap_or_default();
    let together = state.together().await?;
    let wanted = together.all.incidents.iter().filter(|incident| question.wants(incident));
    let mut wanted: Vec<&Model> = wanted.collect();
    wanted.sort_by_key(|incident| {
        (std::cmp::Reverse((incident.documents.len(), incident.members.len())), &incident.id)
    });
    let shown = wanted.get(from..).unwrap_or_default();
    let shown = &shown[..shown.len().min(limit)];
    let end = from + shown.len();
    Ok(Json(Page {
        names: names(&state, shown.iter().copied()),
        items: shown.iter().map(|&incident| Incident::from(incident)).collect(),
        total: Some(wanted.len() as u64),
        next: (end < wanted.len()).then(|| cursor(&end.to_string())),
    }))
}

fn names<'a>(state: &Served, incidents: impl Iterator<Item = &'a Model>) -> Names {
    let ids = incidents.flat_map(|incident| {
        let told = incident.figures.iter().flat_map(|f| f.target.iter().chain([&f.origin]));
        incident.agents.iter().chain(told).map(String::as_str)
    });
    state.library().names(ids.collect::<BTreeSet<_>>())
}

/// An incident with all its claims, and what joined each of them to the others.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IncidentView {
    incident: Incident,
    claims: Vec<MemberClaim>,
    /// Claims of it that cannot both be true.
    contradictions: Vec<Contradiction>,
    /// Claims of it that their own origin replaced.
    revisions: Vec<Revision>,
    /// Documents of it that share passages.
    copies: Vec<Copied>,
    /// What the ids are called.
    names: Names,
}

/// A claim of an incident.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MemberClaim {
    #[serde(flatten)]
    found: FoundClaim,
    /// What joined it to the others, the strongest first.
    signals: Vec<Signal>,
}

/// Something that speaks for or against two reports telling of one happening.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Signal {
    name: &'static str,
    /// In logits.
    weight: f64,
}

/// An incident with all its claims side by side
#[utoipa::path(
    get,
    path = "/incidents/{id}",
    operation_id = "getIncident",
    tag = "incidents",
    params(("id" = String, Path, description = "The id of the incident")),
    responses(
        (status = 200, body = IncidentView),
        (status = 404, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn one(
    State(state): State<Served>,
    person: Person,
    Id(id): Id,
) -> Result<Json<IncidentView>, Problem> {
    let together = state.together().await?;
    state
        .read(move |case, state| {
            let found = together.incident(&id);
            let incident = found.ok_or_else(|| Problem::not_found("incident", &id))?;
            let members = incident.members.iter();
            let ids = members.clone().map(|member| member.claim.clone()).collect();
            let (found, mut names) = by_id(ids, &person, case, state)?;
            names.extend(self::names(state, std::iter::once(incident)));
            let claims = members.filter_map(|member| {
                let found = found.get(&member.claim)?.clone();
                let signals = member.signals.iter().map(|signal| Signal {
                    name: signal.name,
                    weight: (signal.weight * 100.0).round() / 100.0,
                });
                Some(MemberClaim { found, signals: signals.collect() })
            });
            let claims = claims.collect();
            let Disputes { contradictions, revisions, copies } = Disputes::of(&together, incident);
            Ok(Json(IncidentView {
                incident: Incident::from(incident),
                claims,
                contradictions,
                revisions,
                copies,
                names,
            }))
        })
        .await
}
