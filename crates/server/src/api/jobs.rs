//! Files into the case, and what became of them.

use crate::jobs::Job as Model;
use crate::names::Names;
use crate::page::{Asked, Id, Page, cursor, limit, number};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use crate::upload::Upload as Received;
use axum::Json;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Files that are sent, with what is said of all of them before.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what is read part by part")]
pub(crate) struct Upload {
    /// The day of publication of all files; it stands above what they say themselves.
    published: Option<String>,
    /// The id or name of the outlet of all files; it stands above what they say themselves.
    outlet: Option<String>,
    /// The files, each under its name or its path within a folder.
    #[schema(value_type = Vec<String>, format = Binary)]
    file: Vec<Vec<u8>>,
}

/// Files that are read into the case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Job {
    id: u64,
    /// `reading`, `corroborating`, `done` or `failed`.
    state: &'static str,
    started: String,
    person: String,
    /// How many files were sent.
    files: u64,
    /// How large they are.
    bytes: u64,
    /// How much of that is read.
    done_bytes: u64,
    totals: JobTotals,
    /// Why it failed; what was kept before is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Problem>,
}

/// How many items there were, and what became of them.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobTotals {
    received: u64,
    new: u64,
    revised: u64,
    duplicate: u64,
    /// They were received before, from the same place.
    kept: u64,
    failed: u64,
    /// Claims of the new and revised documents.
    claims: u64,
}

impl From<&Model> for Job {
    fn from(job: &Model) -> Self {
        let totals = job.totals;
        Self {
            id: job.id,
            state: job.phase.as_str(),
            started: job.started.clone(),
            person: job.person.clone(),
            files: job.files as u64,
            bytes: job.bytes,
            done_bytes: job.done_bytes,
            totals: JobTotals {
                received: totals.received,
                new: totals.new,
                revised: totals.revised,
                duplicate: totals.duplicate,
                kept: totals.kept,
                failed: totals.failed,
                claims: totals.claims,
            },
            error: job.error.clone(),
        }
    }
}

/// What became of an item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobItem {
    location: String,
    /// `new`, `revised`, `duplicate`, `kept` (it was received before) or `failed`.
    state: &'static str,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The id of the document that was made of it, or that it repeats, once all are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    /// How many claims were read in it.
    claims: u64,
}

/// A job with what became of its items.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobView {
    #[serde(flatten)]
    job: Job,
    /// In the order in which they were read; the first 20,000.
    items: Vec<JobItem>,
    /// Ask for this `cursor` to get what comes after; it is left out where nothing does yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Which items of a job are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Send files to be read; they are read as `sijill ingest` reads them, and never executed
#[utoipa::path(
    post,
    path = "/ingest",
    operation_id = "ingest",
    tag = "jobs",
    request_body(content = Upload, content_type = "multipart/form-data"),
    responses(
        (status = 202, body = Job),
        (status = 400, body = Problem),
        (status = 403, body = Problem),
        (status = 408, body = Problem),
        (status = 413, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn ingest(
    State(state): State<Served>,
    person: Person,
    files: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<Job>), Problem> {
    let files = files.map_err(|rejection| {
        Problem::new(rejection.status(), "bad-request", rejection.body_text())
            .hint("send multipart/form-data with parts of the name `file`")
    })?;
    let upload = Received::receive(files).await?;
    let job = state.begin(upload, person)?;
    Ok((StatusCode::ACCEPTED, Json(Job::from(&job))))
}

/// What was sent since the server began, the last first
#[utoipa::path(
    get,
    path = "/jobs",
    operation_id = "listJobs",
    tag = "jobs",
    responses((status = 200, body = Page<Job>))
)]
pub(crate) async fn list(State(state): State<Served>) -> Json<Page<Job>> {
    let items: Vec<Job> = state.jobs().all().iter().map(Job::from).collect();
    Json(Page { total: Some(items.len() as u64), items, next: None, names: Names::default() })
}

/// How far a job is, and what became of its items
#[utoipa::path(
    get,
    path = "/jobs/{id}",
    operation_id = "getJob",
    tag = "jobs",
    params(("id" = u64, Path, description = "The number of the job"), Question),
    responses((status = 200, body = JobView), (status = 404, body = Problem))
)]
pub(crate) async fn one(
    State(state): State<Served>,
    Id(id): Id,
    Asked(question): Asked<Question>,
) -> Result<Json<JobView>, Problem> {
    let limit = limit(question.limit)?;
    let from = number::<usize>(question.cursor.as_deref())?.unwrap_or_default();
    let found = id.parse().ok().and_then(|number| state.jobs().get(number));
    let job = found.ok_or_else(|| Problem::not_found("job", &id))?;
    let shown = job.items.iter().skip(from).take(limit);
    let items: Vec<JobItem> = shown
        .map(|item| JobItem {
            location: item.location.clone(),
            state: item.state.map_or("kept", |state| state.as_str()),
            reason: item.reason.clone(),
            hint: item.hint.clone(),
            document: job.documents.get(&item.location).cloned(),
            claims: item.claims,
        })
        .collect();
    let end = from + items.len();
    let next = (end < job.items.len()).then(|| cursor(&end.to_string()));
    Ok(Json(JobView { job: Job::from(&job), items, next }))
}
