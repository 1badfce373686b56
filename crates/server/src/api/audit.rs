//! What was done, by whom and when.

use crate::names::Names;
use crate::page::{Asked, Page, Part, cursor, limit, number};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::value::RawValue;
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
                let (seq, hash) = (entry.seq, entry.hash);
                let entry = RawValue::from_string(entry.entry).map_err(|_| Problem::internal())?;
                items.push(Entry { seq, hash, entry });
            }
            let next = (items.len() == limit).then(|| items.last()).flatten();
            let next = next.filter(|entry| entry.seq > 1).map(|e| cursor(&e.seq.to_string()));
            Ok(Json(Page { items, total: None, next, names: Names::default() }))
        })
        .await
}
