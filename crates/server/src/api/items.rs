//! What was received.

use crate::names::Names;
use crate::page::{Asked, Page, cursor, limit, number};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill_store::State as ItemState;
use utoipa::{IntoParams, ToSchema};

/// What was received, with its collection record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Item {
    no: i64,
    /// `new`, `revised`, `duplicate` or `failed`.
    state: String,
    location: String,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// The id of the document that was made of it, or that it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    received_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    collected_at: Option<String>,
    collector: String,
    method: String,
    tool: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_by: Option<String>,
}

impl From<sijill_store::Item> for Item {
    fn from(item: sijill_store::Item) -> Self {
        Self {
            no: item.no,
            state: item.state,
            location: item.location,
            reason: item.reason,
            hint: item.hint,
            document: item.document,
            sha256: item.sha256,
            size: item.size,
            received_at: item.received_at,
            collected_at: item.collected_at,
            collector: item.collector,
            method: item.method,
            tool: item.tool,
            source_url: item.source_url,
            media_type: item.media_type,
            encoding: item.encoding,
            encoding_by: item.encoding_by,
            published_by: item.published_by,
        }
    }
}

/// What may be asked of items.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// Only items of this state: `new`, `revised`, `duplicate` or `failed`.
    state: Option<String>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// What was received, the last first, with what became of it
#[utoipa::path(
    get,
    path = "/items",
    operation_id = "listItems",
    tag = "case",
    params(Question),
    responses((status = 200, body = Page<Item>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Page<Item>>, Problem> {
    let limit = limit(question.limit)?;
    let before = number(question.cursor.as_deref())?;
    let wanted = question.state.as_deref().filter(|state| !state.is_empty());
    let wanted = wanted.map(known_state).transpose()?;
    state
        .read(move |case, _| {
            let items = case.items(wanted, before, limit)?;
            let next = (items.len() == limit).then(|| items.last()).flatten();
            let next = next.map(|item| cursor(&item.no.to_string()));
            let items = items.into_iter().map(Item::from).collect();
            Ok(Json(Page { items, total: None, next, names: Names::default() }))
        })
        .await
}

fn known_state(name: &str) -> Result<ItemState, Problem> {
    let found = ItemState::ALL.iter().copied().find(|state| state.as_str() == name);
    found.ok_or_else(|| {
        Problem::bad(format!("'{name}' is no state of an item"))
            .hint("ask for new, revised, duplicate or failed")
    })
}
