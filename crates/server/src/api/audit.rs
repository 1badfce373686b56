//! What was done, by whom and when.

use crate::names::Names;
use crate::page::{Asked, Id, Page, Part, cursor, limit, number};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sijill_store::LogEntry;
use utoipa::ToSchema;

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Its number, from 1.
    seq: i64,
    /// The SHA-256 of the entry as RFC 8785 JSON.
    hash: String,
    /// The entry as it is kept; docs/case.md describes it.
    #[schema(value_type = Object)]
    entry: Box<RawValue>,
    /// Long lists are left out of it: each is told as `{"omitted": 4000}`. The hash is that of the
    /// whole entry, which stands under its number.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    shortened: bool,
}

/// Entries that take more than this are shortened in lists, in bytes.
const LONG: usize = 1024;

/// Lists of more than this are left out of them.
const LISTED: usize = 20;

impl Entry {
    fn new(entry: LogEntry, is_whole: bool) -> Result<Self, Problem> {
        let LogEntry { seq, entry, hash } = entry;
        let shortened = !is_whole && LONG < entry.len();
        let entry = if shortened { shorter(&entry)? } else { entry };
        let entry = RawValue::from_string(entry).map_err(|_| Problem::internal())?;
        Ok(Self { seq, hash, entry, shortened })
    }
}

/// Leaves long lists out of an entry.
fn shorter(entry: &str) -> Result<String, Problem> {
    let mut entry: Value = serde_json::from_str(entry).map_err(|_| Problem::internal())?;
    omit(&mut entry);
    Ok(entry.to_string())
}

fn omit(value: &mut Value) {
    match value {
        Value::Array(all) if LISTED < all.len() => *value = json!({ "omitted": all.len() }),
        Value::Array(all) => all.iter_mut().for_each(omit),
        Value::Object(fields) => fields.values_mut().for_each(omit),
        _ => {}
    }
}

/// The audit log, the last entry first
#[utoipa::path(
    get,
    path = "/audit",
    operation_id = "listAudit",
    tag = "case",
    params(Part),
    responses((status = 200, body = Page<Entry>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Entry>>, Problem> {
    let limit = limit(part.limit)?;
    let before = number(part.cursor.as_deref())?;
    state
        .read(move |case, _| {
            let mut items = Vec::new();
            for entry in case.log_page(before, limit)? {
                items.push(Entry::new(entry, false)?);
            }
            let next = (items.len() == limit).then(|| items.last()).flatten();
            let next = next.filter(|entry| entry.seq > 1).map(|e| cursor(&e.seq.to_string()));
            Ok(Json(Page { items, total: None, next, names: Names::default() }))
        })
        .await
}

/// An entry of the audit log, whole
#[utoipa::path(
    get,
    path = "/audit/{entry}",
    operation_id = "getAudit",
    tag = "case",
    params(("entry" = i64, Path, description = "The number of the entry")),
    responses((status = 200, body = Entry), (status = 404, body = Problem))
)]
pub(crate) async fn one(State(state): State<Served>, Id(seq): Id) -> Result<Json<Entry>, Problem> {
    let number: i64 = seq.parse().map_err(|_| Problem::not_found("entry", &seq))?;
    state
        .read(move |case, _| {
            let entry = case.log_page(number.checked_add(1), 1)?.pop();
            let entry = entry.filter(|entry| entry.seq == number);
            Ok(Json(Entry::new(entry.ok_or_else(|| Problem::not_found("entry", &seq))?, true)?))
        })
        .await
}
