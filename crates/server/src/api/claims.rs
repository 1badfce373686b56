//! What is claimed.

use super::rulings::Ruling;
use crate::names::Names;
use crate::page::{Asked, Id, Page, cursor, day, limit, number};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sijill::model::{Claim as Model, ClaimType, Document, Kind, Modality};
use sijill_io::write;
use sijill_store::{Acts, Case, Filter};
use std::collections::{BTreeSet, HashMap};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{IntoParams, ToSchema};

/// A claim with the report that holds it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FoundClaim {
    /// The claim as it stands on the wire.
    #[schema(schema_with = wire)]
    claim: Box<RawValue>,
    report: ReportRef,
    /// What people found of it, if anybody reviewed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Ruling>,
}

/// The report that holds a claim.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReportRef {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
}

impl From<&Document> for ReportRef {
    fn from(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            title: document.title.clone(),
            published: document.published.map(|day| day.to_string()),
            outlet: document.outlet.clone(),
        }
    }
}

/// Refers to the schema of `sijill extract`.
pub(crate) fn wire() -> RefOr<Schema> {
    RefOr::Ref(Ref::from_schema_name("Claim"))
}

/// Refers to a list of the same.
pub(crate) fn wires() -> RefOr<Schema> {
    utoipa::openapi::schema::ArrayBuilder::new().items(wire()).build().into()
}

/// Writes claims as they stand on the wire.
pub(crate) fn written(
    document: &Document,
    claims: &[Model],
) -> Result<Vec<Box<RawValue>>, Problem> {
    let mut lines = Vec::new();
    write::claims(&mut lines, document, claims);
    let lines = String::from_utf8(lines).map_err(|_| Problem::internal())?;
    let line = |line: &str| RawValue::from_string(line.to_owned());
    lines.lines().map(line).collect::<Result<_, _>>().map_err(|_| Problem::internal())
}

/// Collects every id that a claim holds.
pub(crate) fn ids<'a>(claim: &'a Model, into: &mut BTreeSet<&'a str>) {
    into.extend(claim.agent.iter().chain(&claim.target).map(|slot| slot.id.as_str()));
    into.extend(claim.place.iter().filter_map(|slot| slot.id.as_deref()));
    for voice in &claim.attribution {
        into.insert(&voice.id);
        into.extend(voice.speaker.as_deref());
    }
}

/// Which claims are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Such as `toll`.
    kind: Option<String>,
    /// Such as `toll/killed`.
    #[serde(rename = "type")]
    claim_type: Option<String>,
    /// Such as `denied`.
    modality: Option<String>,
    /// The id of an agent or target.
    actor: Option<String>,
    /// The id of a place.
    place: Option<String>,
    /// The id of the last voice of the chain, or of the outlet where there is none.
    origin: Option<String>,
    /// The id of the report.
    document: Option<String>,
    /// The first day that counts; claims without a time are left out.
    since: Option<String>,
    /// The last day that counts.
    until: Option<String>,
    /// Not less likely than this, 0 to 1.
    min_confidence: Option<f64>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

impl Question {
    /// Makes a filter of everything but the page.
    pub(crate) fn filter(self) -> Result<Filter, Problem> {
        let some = |value: Option<String>| value.filter(|value| !value.is_empty());
        let one = |value: Option<String>| some(value).into_iter().collect::<Vec<_>>();
        let unknown = |what: &str, value: &str| Problem::bad(format!("'{value}' is no {what}"));
        let kinds = some(self.kind)
            .map(|value| Kind::parse(&value).ok_or_else(|| unknown("kind of claim", &value)));
        let types = some(self.claim_type).map(|value| {
            value.parse::<ClaimType>().map_err(|error| Problem::bad(error.to_string()))
        });
        let modalities = some(self.modality)
            .map(|value| Modality::parse(&value).ok_or_else(|| unknown("modality", &value)));
        Ok(Filter {
            documents: one(self.document),
            places: one(self.place),
            actors: one(self.actor),
            origins: one(self.origin),
            since: day("since", self.since.as_deref())?,
            until: day("until", self.until.as_deref())?,
            kinds: kinds.transpose()?.into_iter().collect(),
            types: types.transpose()?.into_iter().collect(),
            modalities: modalities.transpose()?.into_iter().collect(),
            min_confidence: self.min_confidence,
            ..Filter::default()
        })
    }
}

/// Claims of all reports, in the order in which they came
#[utoipa::path(
    get,
    path = "/claims",
    operation_id = "listClaims",
    tag = "claims",
    params(Question),
    responses((status = 200, body = Page<FoundClaim>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    person: Person,
    Asked(question): Asked<Question>,
) -> Result<Json<Page<FoundClaim>>, Problem> {
    let limit = limit(question.limit)?;
    let from = number::<u64>(question.cursor.as_deref())?.unwrap_or_default();
    let mut filter = question.filter()?;
    state
        .read(move |case, state| {
            for id in &mut filter.documents {
                *id = state.unveiled(&person, case, std::mem::take(id))?;
            }
            let (total, acts, person) = (case.count_claims(&filter)?, state.acts(case)?, &person);
            (filter.limit, filter.offset) = (Some(limit as u64), from);
            let mut page =
                Page { items: Vec::new(), total: Some(total), next: None, names: Names::default() };
            let mut outcome = Ok(());
            case.claims(&filter, |kept, claims| {
                outcome = state.shown(person, case, kept, claims).and_then(|(document, claims)| {
                    add(&mut page, state, Some((&acts, person)), &document, &claims)
                });
                outcome.is_ok()
            })?;
            outcome?;
            let end = from + page.items.len() as u64;
            page.next = (end < total).then(|| cursor(&end.to_string()));
            Ok(Json(page))
        })
        .await
}

/// Adds claims of a report to a page.
pub(crate) fn add(
    page: &mut Page<FoundClaim>,
    state: &Served,
    reviews: Option<(&Acts, &Person)>,
    document: &Document,
    claims: &[Model],
) -> Result<(), Problem> {
    let report = ReportRef::from(document);
    let mut named = BTreeSet::new();
    named.extend(document.outlet.as_deref());
    claims.iter().for_each(|claim| ids(claim, &mut named));
    page.names.extend(state.library().names(named));
    for (line, claim) in written(document, claims)?.into_iter().zip(claims) {
        let review = reviews.and_then(|(acts, person)| Ruling::of(&claim.id, acts, person));
        page.items.push(FoundClaim { claim: line, report: report.clone(), review });
    }
    Ok(())
}

/// Finds claims by their ids, report by report; of those that two reports hold, the first.
pub(crate) fn by_id(
    ids: Vec<String>,
    person: &Person,
    case: &Case,
    state: &Served,
) -> Result<(HashMap<String, FoundClaim>, Names), Problem> {
    let mut page = Page { items: Vec::new(), total: None, next: None, names: Names::default() };
    let mut found = HashMap::new();
    if ids.is_empty() {
        return Ok((found, page.names));
    }
    let (acts, mut outcome) = (state.acts(case)?, Ok(()));
    case.claims(&Filter { ids, ..Filter::default() }, |kept, claims| {
        outcome = state.shown(person, case, kept, claims).and_then(|(document, claims)| {
            add(&mut page, state, Some((&acts, person)), &document, &claims)?;
            for (claim, item) in claims.into_iter().zip(page.items.drain(..)) {
                found.entry(claim.id).or_insert(item);
            }
            Ok(())
        });
        outcome.is_ok()
    })?;
    outcome?;
    Ok((found, page.names))
}

/// A claim with the report that holds it, and names
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OneClaim {
    #[serde(flatten)]
    found: FoundClaim,
    /// What the ids are called.
    names: Names,
}

/// A claim
#[utoipa::path(
    get,
    path = "/claims/{id}",
    operation_id = "getClaim",
    tag = "claims",
    params(("id" = String, Path, description = "The id of the claim")),
    responses((status = 200, body = OneClaim), (status = 404, body = Problem))
)]
pub(crate) async fn one(
    State(state): State<Served>,
    person: Person,
    Id(id): Id,
) -> Result<Json<OneClaim>, Problem> {
    state
        .read(move |case, state| {
            let found = case.claim(&id)?;
            let (kept, claim) = found.ok_or_else(|| Problem::not_found("claim", &id))?;
            let mut page =
                Page { items: Vec::new(), total: None, next: None, names: Names::default() };
            let (acts, person) = (state.acts(case)?, &person);
            let (document, claims) =
                state.shown(person, case, &kept, std::slice::from_ref(&claim))?;
            add(&mut page, state, Some((&acts, person)), &document, &claims)?;
            let found = page.items.pop().ok_or_else(Problem::internal)?;
            Ok(Json(OneClaim { found, names: page.names }))
        })
        .await
}
