//! The reports: a list, and one with everything that was read in it.

use super::claims::{ids, wires, written};
use super::items::Item;
use super::rulings::Ruling;
use crate::names::Names;
use crate::page::{Asked, Id, Page, bad_cursor, cursor, day, limit, place};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sijill::model::{Field, Mention as Model, MentionKind};
use sijill_io::OffsetIndex;
use sijill_store::{Case, Kept, ReportFilter};
use std::collections::{BTreeMap, BTreeSet};
use utoipa::{IntoParams, ToSchema};

/// A report as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Report {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// How the text begins.
    lead: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// How many claims were read in it.
    claims: u64,
    /// How often it was received.
    copies: u64,
}

impl From<sijill_store::Report> for Report {
    fn from(report: sijill_store::Report) -> Self {
        let sijill_store::Report { id, title, lead, published, outlet, url, .. } = report;
        let (claims, copies) = (report.claims, report.copies);
        Self { id, title, lead, published, outlet, url, claims, copies }
    }
}

/// Which reports are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Who printed it.
    outlet: Option<String>,
    /// The first day of publication.
    since: Option<String>,
    /// The last day of publication.
    until: Option<String>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The reports, the latest first
#[utoipa::path(
    get,
    path = "/documents",
    operation_id = "listDocuments",
    tag = "documents",
    params(Question),
    responses((status = 200, body = Page<Report>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    person: Person,
    Asked(question): Asked<Question>,
) -> Result<Json<Page<Report>>, Problem> {
    let limit = limit(question.limit)?;
    let after = place(question.cursor.as_deref())?;
    let after = after.map(|place| {
        let (day, no) = place.split_once(' ')?;
        Some((day.to_owned(), no.parse::<i64>().ok()?))
    });
    let after = match after {
        Some(None) => return Err(bad_cursor(question.cursor.as_deref().unwrap_or_default())),
        after => after.flatten(),
    };
    let since = day("since", question.since.as_deref())?.map(|day| day.to_string());
    let until = day("until", question.until.as_deref())?.map(|day| day.to_string());
    let outlet = question.outlet.filter(|outlet| !outlet.is_empty());
    let filter = ReportFilter { outlet, since, until };
    state
        .read(move |case, state| {
            let after = after.as_ref().map(|(day, no)| (day.as_str(), *no));
            let (found, total) = case.reports(&filter, after, limit)?;
            let next = (found.len() == limit).then(|| found.last()).flatten().map(|last| {
                cursor(&format!("{} {}", last.published.as_deref().unwrap_or_default(), last.no))
            });
            let names = state.library().names(found.iter().filter_map(|r| r.outlet.as_deref()));
            let mut items = Vec::new();
            for report in found {
                items.push(Report::shown(report, &person, case, state)?);
            }
            Ok(Json(Page { items, total: Some(total), next, names }))
        })
        .await
}

/// A report with everything that was read in it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Document {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// The text as it is kept.
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[schema(schema_with = wires)]
    claims: Vec<Box<RawValue>>,
    /// What people found of its claims, by the ids of those that anybody reviewed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reviews: BTreeMap<String, Ruling>,
    mentions: Vec<Mention>,
    /// What is odd about it.
    notes: Vec<Note>,
    /// What was received of it.
    items: Vec<Item>,
    /// What the ids are called.
    names: Names,
}

/// A span that refers to something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Mention {
    start: u32,
    end: u32,
    /// `title` if the offsets count there.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// `actor`, `person`, `source`, `place`, `time` or `quantity`.
    kind: &'static str,
    /// The id chosen, or the value of a time or quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<String>,
    /// The other ids it may refer to, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<String>,
}

/// Something odd.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Note {
    code: String,
    start: u32,
    end: u32,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

/// A report with everything that was read in it
#[utoipa::path(
    get,
    path = "/documents/{id}",
    operation_id = "getDocument",
    tag = "documents",
    params(("id" = String, Path, description = "The id of the document")),
    responses((status = 200, body = Document), (status = 404, body = Problem))
)]
pub(crate) async fn one(
    State(state): State<Served>,
    person: Person,
    Id(id): Id,
) -> Result<Json<Document>, Problem> {
    state
        .read(move |case, state| {
            let kept = case.document(&state.unveiled(&person, case, id.clone())?)?;
            let kept = kept.ok_or_else(|| Problem::not_found("document", &id))?;
            let Kept { no, reading, .. } = kept;
            // Notes quote words, and items tell the names of files.
            let (claims, found, notes, items, document) = if person.is_viewer() {
                let seen = state.seen(case, &kept)?;
                let (claims, mentions) = (seen.claims.clone(), seen.mentions.clone());
                (claims, mentions, None, Vec::new(), seen.document.clone())
            } else {
                let (claims, mentions) = (case.claims_of(reading)?, case.mentions_of(reading)?);
                let (notes, items) = (case.notes_of(reading)?, case.items_of(no)?);
                (claims, mentions, notes, items, kept.document)
            };
            let mut named = BTreeSet::new();
            named.extend(document.outlet.as_deref());
            claims.iter().for_each(|claim| ids(claim, &mut named));
            let refers = |m: &&Model| !matches!(m.kind, MentionKind::Time | MentionKind::Quantity);
            for mention in found.iter().filter(refers) {
                named.extend(mention.resolved.as_deref());
                named.extend(mention.candidates.iter().map(String::as_str));
            }
            let names = state.library().names(named);
            let index = OffsetIndex::new(&document.text);
            let acts = state.acts(case)?;
            let reviews = claims.iter().filter_map(|claim| {
                Some((claim.id.clone(), Ruling::of(&claim.id, &acts, &person)?))
            });
            Ok(Json(Document {
                reviews: reviews.collect(),
                claims: written(&document, &claims)?,
                mentions: mentions(found, document.title.as_deref(), &index),
                notes: self::notes(notes.as_deref(), &index),
                items: items.into_iter().map(Item::from).collect(),
                id: document.id,
                title: document.title,
                published: document.published.map(|day| day.to_string()),
                outlet: document.outlet,
                url: document.url,
                names,
                text: document.text.clone(),
            }))
        })
        .await
}

fn mentions(found: Vec<Model>, title: Option<&str>, text: &OffsetIndex<'_>) -> Vec<Mention> {
    let title = OffsetIndex::new(title.unwrap_or_default());
    let each = found.into_iter().map(|mention| {
        let is_title = mention.field == Field::Title;
        let index = if is_title { &title } else { text };
        let (start, end) = index.span_code_points(mention.span);
        Mention {
            start,
            end,
            field: is_title.then_some("title"),
            kind: mention.kind.as_str(),
            resolved: mention.resolved,
            candidates: mention.candidates,
        }
    });
    each.collect()
}

/// Reads the notes as they are kept, with offsets in bytes.
fn notes(kept: Option<&str>, text: &OffsetIndex<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> =
        kept.and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default();
    for note in &mut notes {
        (note.start, note.end) = (text.code_points(note.start), text.code_points(note.end));
    }
    notes
}

impl Report {
    /// Shows a report as this person sees it.
    pub(crate) fn shown(
        report: sijill_store::Report,
        person: &Person,
        case: &Case,
        state: &Served,
    ) -> Result<Self, Problem> {
        let no = report.no;
        let mut shown = Self::from(report);
        if person.is_viewer() {
            let seen = state.seen(case, &case.document_at(no)?)?;
            let length = shown.lead.chars().count();
            shown.lead = seen.document.text.trim_start().chars().take(length).collect();
            shown.title.clone_from(&seen.document.title);
            shown.url.clone_from(&seen.document.url);
        }
        Ok(shown)
    }

    /// Returns who printed it.
    pub(crate) fn outlet(&self) -> Option<&str> {
        self.outlet.as_deref()
    }
}
