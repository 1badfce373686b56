//! Who says what, and who only passes it on.

use super::overview::{Count, counts};
use crate::corroborated::{Fared, Together};
use crate::page::{Asked, Page, Part, cursor, limit, number};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::Serialize;
use sijill_store::Voice;
use utoipa::ToSchema;

/// A voice or an outlet, and what it did.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Source {
    id: String,
    /// The name as it is printed, if a claim names it.
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    /// Documents it printed.
    printed: u64,
    /// Claims it is the last known voice of.
    originated: u64,
    /// Claims of others that it passed on.
    relayed: u64,
    /// Whose claims it passed on, most first.
    relays: Vec<Count>,
    /// Incidents that nobody else tells of; left out until the reports are laid side by side, as
    /// are the next two.
    #[serde(skip_serializing_if = "Option::is_none")]
    alone: Option<u64>,
    /// Claims of it that it replaced itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    revised: Option<u64>,
    /// Claims of it that another origin contradicts.
    #[serde(skip_serializing_if = "Option::is_none")]
    disputed: Option<u64>,
}

impl Source {
    /// Adds how it fared beside others.
    fn beside_others(self, together: Option<&Together>) -> Self {
        let Some(together) = together else { return self };
        let Fared { alone, revised, disputed } = together.fared(&self.id);
        Self { alone: Some(alone), revised: Some(revised), disputed: Some(disputed), ..self }
    }
}

impl From<&Voice> for Source {
    fn from(voice: &Voice) -> Self {
        let Voice { id, name, printed, originated, relayed, relays } = voice;
        let (id, name, relays) = (id.clone(), name.clone(), counts(relays));
        let (printed, originated, relayed) = (*printed, *originated, *relayed);
        let (alone, revised, disputed) = (None, None, None);
        Self { id, name, printed, originated, relayed, relays, alone, revised, disputed }
    }
}

/// Every voice and outlet: what it originated, and what it passed on of whom
#[utoipa::path(
    get,
    path = "/sources",
    operation_id = "listSources",
    tag = "sources",
    params(Part),
    responses((status = 200, body = Page<Source>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Source>>, Problem> {
    let limit = limit(part.limit)?;
    let from = number::<usize>(part.cursor.as_deref())?.unwrap_or_default();
    let together = state.made_so_far().await?;
    state
        .read(move |case, state| {
            let voices = &state.overview(case)?.voices;
            let shown = voices.get(from..).unwrap_or_default();
            let shown = &shown[..shown.len().min(limit)];
            let ids = shown.iter().flat_map(|voice| {
                let relays = voice.relays.iter().map(|counted| counted.key.as_str());
                relays.chain([voice.id.as_str()])
            });
            let end = from + shown.len();
            Ok(Json(Page {
                names: state.library().names(ids),
                items: shown
                    .iter()
                    .map(|voice| Source::from(voice).beside_others(together.as_deref()))
                    .collect(),
                total: Some(voices.len() as u64),
                next: (end < voices.len()).then(|| cursor(&end.to_string())),
            }))
        })
        .await
}
