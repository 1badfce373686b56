//! Reports by the words and names in them.

use super::documents::Report;
use super::overview::Count;
use crate::names::Names;
use crate::page::{Asked, cursor, limit, number};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sijill::model::Span;
use sijill::search::{Question as Understood, excerpt};
use sijill_io::OffsetIndex;
use sijill_store::{Case, Order, Wanted};
use utoipa::{IntoParams, ToSchema};

/// What is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Words, in any form, and names, in Arabic or Latin letters, as `sijill search` takes them.
    q: Option<String>,
    /// What the report must have besides, with spaces between: `kind:toll`, `type:toll/killed`,
    /// `modality:denied`, `actor:sdf`, `place:geonames:172408`, `origin:sohr`.
    within: Option<String>,
    /// `relevance`, `newest` or `oldest`.
    order: Option<String>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchResult {
    /// The reports, best first.
    items: Vec<Found>,
    total: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// What the reports that were found can be counted under, most first.
    facets: Vec<Facet>,
    /// What the ids are called.
    names: Names,
}

/// A report that was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    #[serde(flatten)]
    report: Report,
    excerpt: Excerpt,
}

/// The part of a report that shows most of what was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Excerpt {
    text: String,
    /// What was found in it.
    marks: Vec<Mark>,
}

/// Where something that was found stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mark {
    start: u32,
    end: u32,
}

/// One way to count what was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// `kind`, `type`, `modality`, `actor`, `place`, `origin`, `outlet`, `date` or `published`.
    facet: String,
    values: Vec<Count>,
}

/// How many values a facet shows.
const VALUES: usize = 12;

/// How many letters of a report are shown.
const EXCERPT: usize = 260;

/// Reports by the words and names in them, with what they can be counted under
#[utoipa::path(
    get,
    path = "/search",
    operation_id = "search",
    tag = "search",
    params(Question),
    responses((status = 200, body = SearchResult), (status = 400, body = Problem))
)]
pub(crate) async fn search(
    State(state): State<Served>,
    person: Person,
    Asked(question): Asked<Question>,
) -> Result<Json<SearchResult>, Problem> {
    let limit = limit(question.limit)?;
    let from = number::<usize>(question.cursor.as_deref())?.unwrap_or_default();
    let order = order(question.order.as_deref())?;
    let words = question.q.unwrap_or_default();
    let all = format!("{words} {}", question.within.unwrap_or_default());
    state
        .read(move |case, state| {
            let indexer = &state.library().indexer;
            let understood = Understood::parse(&all, indexer).map_err(|error| {
                Problem::new(StatusCode::BAD_REQUEST, "query", error.to_string()).hint(error.hint())
            })?;
            let wanted = Wanted {
                expression: understood.expression.clone(),
                since: understood.since,
                until: understood.until,
                order: if words.trim().is_empty() { Order::Newest } else { order },
                limit,
                offset: from,
                values: VALUES,
            };
            let hits = case.search(&wanted)?;
            let mut items = Vec::new();
            for hit in &hits.hits {
                items.extend(found(case, state, &person, hit.document, &understood)?);
            }
            let facets: Vec<Facet> = hits.facets.into_iter().map(Facet::from).collect();
            let values = facets.iter().flat_map(|facet| &facet.values);
            let ids = values.map(|value| value.key.as_str());
            let ids = ids.chain(items.iter().filter_map(|found| found.report.outlet()));
            let names = state.library().names(ids);
            // Those that are left out were passed, too.
            let end = from + hits.hits.len();
            let next = (end < hits.total).then(|| cursor(&end.to_string()));
            Ok(Json(SearchResult { names, items, total: hits.total as u64, next, facets }))
        })
        .await
}

fn order(name: Option<&str>) -> Result<Order, Problem> {
    match name {
        None | Some("" | "relevance") => Ok(Order::Relevance),
        Some("newest") => Ok(Order::Newest),
        Some("oldest") => Ok(Order::Oldest),
        Some(name) => Err(Problem::bad(format!("reports cannot be ordered by '{name}'"))
            .hint("ask for relevance, newest or oldest")),
    }
}

impl From<sijill_store::Facet> for Facet {
    fn from(facet: sijill_store::Facet) -> Self {
        let values = facet.values.into_iter().map(|(key, count)| Count { key, count });
        Self { facet: facet.name, values: values.collect() }
    }
}

/// Shows a report with the part that holds most of what was asked for.
fn found(
    case: &Case,
    state: &Served,
    person: &Person,
    no: i64,
    question: &Understood,
) -> Result<Option<Found>, Problem> {
    let indexer = &state.library().indexer;
    let Some(report) = case.report(no)? else { return Ok(None) };
    let kept = case.document_at(no)?;
    let text = &kept.document.text;
    let mut spans = question.find(text, &case.mentions_of(kept.reading)?, indexer);
    let seen = if person.is_viewer() { Some(state.seen(case, &kept)?) } else { None };
    let text = match &seen {
        Some(seen) => {
            // What is masked was not found: nobody asks whether a name stands there.
            let is_open =
                |span: &Span| text.get(span.range()) == seen.document.text.get(span.range());
            let count = spans.len();
            spans.retain(is_open);
            if spans.is_empty() && 0 < count {
                return Ok(None);
            }
            &seen.document.text
        }
        None => text,
    };
    let part = excerpt(text, &spans, EXCERPT);
    let index = OffsetIndex::new(text);
    let (begin, _) = index.span_code_points(part);
    let inside = spans.iter().filter(|span| part.start <= span.start && span.end <= part.end);
    let marks = inside.map(|&span| {
        let (start, end) = index.span_code_points(span);
        Mark { start: start - begin, end: end - begin }
    });
    let excerpt = Excerpt {
        marks: marks.collect(),
        text: text.get(part.range()).unwrap_or_default().to_owned(),
    };
    Ok(Some(Found { report: Report::shown(report, person, case, state)?, excerpt }))
}
