//! What the reports of the case say together, made once for each state of the case.

use crate::problem::Problem;
use crate::state::State;
use axum::http::StatusCode;
use sijill::{Corroboration, Sketch, corroborate};
use sijill::{Extraction, Knowledge};
use sijill_store::{Case, Error};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long an answer waits for it; afterwards whoever asked is told to ask again.
const PATIENCE: Duration = Duration::from_secs(25);

/// What the reports say together, or nothing while it is being made.
type Slot = watch::Receiver<Option<Arc<Together>>>;

/// What the reports say together, found by id.
#[derive(Debug, Default)]
pub(crate) struct Together {
    pub(crate) all: Corroboration,
    incidents: BTreeMap<String, usize>,
}

impl Together {
    fn new(all: Corroboration) -> Self {
        let numbered = all.incidents.iter().enumerate();
        let incidents = numbered.map(|(i, incident)| (incident.id.clone(), i)).collect();
        Self { all, incidents }
    }

    /// Finds an incident.
    pub(crate) fn incident(&self, id: &str) -> Option<&sijill::model::Incident> {
        self.all.incidents.get(*self.incidents.get(id)?)
    }
}

/// What was made last, and of which state of the case.
#[derive(Debug, Default)]
pub(crate) struct Made(Option<(String, Slot)>);

impl State {
    /// Returns what the reports say together; makes it if the case has changed.
    pub(crate) async fn together(&self) -> Result<Arc<Together>, Problem> {
        let head = self.read(|case, _| Ok(case.head()?)).await?;
        let mut slot = self.slot(head);
        let made = timeout(PATIENCE, slot.wait_for(Option::is_some)).await;
        let made = made.ok().and_then(|made| made.ok()?.clone());
        made.ok_or_else(|| {
            let title = "the reports are still being laid side by side";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-yet", title)
                .hint("ask again in a moment")
        })
    }

    fn slot(&self, head: String) -> Slot {
        let mut made = self.made();
        if let Some((at, slot)) = &made.0
            && *at == head
            && slot.has_changed().is_ok() | slot.borrow().is_some()
        {
            return slot.clone();
        }
        let (send, slot) = watch::channel(None);
        made.0 = Some((head, slot.clone()));
        let state = self.clone();
        spawn_blocking(move || {
            let case = state.open_again();
            let together = case.and_then(|case| lay(&case, state.library().knowledge));
            // Whoever waits is told to ask again if it cannot be made.
            if let Ok(together) = together {
                send.send_replace(Some(Arc::new(Together::new(together))));
            }
        });
        slot
    }
}

/// Lays the claims of all documents side by side.
fn lay(case: &Case, knowledge: &Knowledge) -> Result<Corroboration, Error> {
    let mut sketches = Vec::new();
    case.documents(|kept| {
        let extraction = Extraction {
            claims: case.claims_of(kept.reading)?,
            mentions: case.mentions_of(kept.reading)?,
            diagnostics: Vec::new(),
        };
        sketches.push(Sketch::new(&kept.document, &extraction, knowledge));
        Ok(())
    })?;
    Ok(corroborate(&sketches, &[], knowledge))
}
