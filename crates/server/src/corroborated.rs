//! What the reports of the case say together, made once for each state of the case.

use crate::problem::Problem;
use crate::queue::{Queue, Told};
use crate::state::State;
use axum::http::StatusCode;
use sijill::model::{Contradiction, Incident};
use sijill::{Corroboration, corroborate};
use sijill_casework::sketches;
use sijill_store::Case;
use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// How long an answer waits for it; afterwards whoever asked is told to ask again.
const PATIENCE: Duration = Duration::from_secs(25);

/// How long an answer waits where there is an older one to show.
const BRIEFLY: Duration = Duration::from_secs(3);

/// What the reports say together, or nothing while it is being made.
type Slot = watch::Receiver<Option<Arc<Together>>>;

/// What the reports say together, found by id.
#[derive(Debug, Default)]
pub(crate) struct Together {
    pub(crate) all: Corroboration,
    /// The claims in the order in which reviewing them is worth most.
    pub(crate) queue: Queue,
    incidents: BTreeMap<String, usize>,
    /// The incident of a claim.
    incident_of: HashMap<String, usize>,
    /// The contradictions that a claim has part in.
    disputes: HashMap<String, Vec<usize>>,
    /// How origins fared.
    fared: HashMap<String, Fared>,
}

/// How an origin fared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fared {
    /// Incidents that nobody else tells of.
    pub(crate) alone: u64,
    /// Claims that it replaced itself.
    pub(crate) revised: u64,
    /// Claims of it that another contradicts.
    pub(crate) disputed: u64,
}

impl Together {
    fn new(all: Corroboration, told: Vec<Told>) -> Self {
        let numbered = || all.incidents.iter().enumerate();
        let incidents = numbered().map(|(i, incident)| (incident.id.clone(), i)).collect();
        let members = numbered().flat_map(|(i, incident)| {
            incident.members.iter().map(move |member| (member.claim.clone(), i))
        });
        let incident_of = members.collect();
        let mut disputes: HashMap<String, Vec<usize>> = HashMap::new();
        for (i, dispute) in all.contradictions.iter().enumerate() {
            for side in [&dispute.first, &dispute.second] {
                disputes.entry(side.claim.clone()).or_default().push(i);
            }
        }
        let (fared, queue) = (fared(&all), Queue::default());
        let mut together = Self { all, queue, incidents, incident_of, disputes, fared };
        together.queue = Queue::new(told, &together);
        together
    }

    /// Finds an incident.
    pub(crate) fn incident(&self, id: &str) -> Option<&Incident> {
        self.all.incidents.get(*self.incidents.get(id)?)
    }

    /// Tells how an origin fared.
    pub(crate) fn fared(&self, origin: &str) -> Fared {
        self.fared.get(origin).copied().unwrap_or_default()
    }

    /// Finds the incident of a claim.
    pub(crate) fn incident_of(&self, claim: &str) -> Option<&Incident> {
        self.all.incidents.get(*self.incident_of.get(claim)?)
    }

    /// Lists the contradictions that a claim has part in.
    pub(crate) fn disputes(&self, claim: &str) -> impl Iterator<Item = &Contradiction> {
        let numbers = self.disputes.get(claim).map_or(&[][..], Vec::as_slice);
        numbers.iter().filter_map(|&i| self.all.contradictions.get(i))
    }
}

/// Counts for each origin what it tells alone, what it replaced and what is told against it.
fn fared(all: &Corroboration) -> HashMap<String, Fared> {
    let mut fared: HashMap<String, Fared> = HashMap::new();
    let groups = all.origin_groups.iter();
    let claims = groups.flat_map(|it| it.claims.iter().map(|claim| (claim.as_str(), &it.origin)));
    let origin_of: HashMap<&str, &String> = claims.collect();
    for incident in &all.incidents {
        let members = incident.members.iter();
        let mut origins = members.map(|member| origin_of.get(member.claim.as_str()).copied());
        let first = origins.next().flatten();
        if let Some(first) = first.filter(|first| origins.all(|origin| origin == Some(*first))) {
            fared.entry(first.clone()).or_default().alone += 1;
        }
    }
    for revision in &all.revisions {
        fared.entry(revision.earlier.origin.clone()).or_default().revised += 1;
    }
    let mut disputed: Vec<(&String, &String)> = Vec::new();
    for dispute in &all.contradictions {
        disputed.extend([&dispute.first, &dispute.second].map(|side| (&side.origin, &side.claim)));
    }
    disputed.sort_unstable();
    disputed.dedup();
    for (origin, _) in disputed {
        fared.entry(origin.clone()).or_default().disputed += 1;
    }
    fared
}

/// What it is made of: the last item, the last reading, and how much was judged.
pub(crate) type MadeOf = (i64, i64, u64);

/// What was made last and what is being made, each with what it is made of.
#[derive(Debug, Default)]
pub(crate) struct Made {
    current: Option<(MadeOf, Slot)>,
    /// What held before a person judged; it is shown until the new one is made.
    before: Option<Arc<Together>>,
}

impl State {
    /// Returns what the reports say together; makes it if the case has changed.
    pub(crate) async fn together(&self) -> Result<Arc<Together>, Problem> {
        let made_of = self.glance(|case, state| state.made_of(case)).await?;
        let (mut slot, before) = self.slot(made_of);
        let patience = if before.is_some() { BRIEFLY } else { PATIENCE };
        let made = timeout(patience, slot.wait_for(Option::is_some)).await;
        let made = made.ok().and_then(|made| made.ok()?.clone());
        made.or(before).ok_or_else(|| {
            let title = "the reports are still being laid side by side";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not-yet", title)
                .hint("ask again in a moment")
        })
    }

    /// Returns what the reports say together if it is made, without waiting for it.
    pub(crate) async fn made_so_far(&self) -> Result<Option<Arc<Together>>, Problem> {
        let made_of = self.glance(|case, state| state.made_of(case)).await?;
        let (slot, before) = self.slot(made_of);
        let made = slot.borrow().clone();
        Ok(made.or(before))
    }

    /// Returns what the reports say together when it is made, however long that takes.
    pub(crate) async fn finished(&self) -> Result<(MadeOf, Arc<Together>), Problem> {
        let made_of = self.glance(|case, state| state.made_of(case)).await?;
        let (mut slot, _) = self.slot(made_of);
        let made = slot.wait_for(Option::is_some).await.map_err(|_| Problem::internal())?;
        Ok((made_of, made.clone().ok_or_else(Problem::internal)?))
    }

    /// Returns what the reports are laid side by side of.
    pub(crate) fn made_of(&self, case: &Case) -> Result<MadeOf, Problem> {
        let (item, reading) = case.extent()?;
        Ok((item, reading, self.acts(case)?.judged()))
    }

    fn slot(&self, made_of: MadeOf) -> (Slot, Option<Arc<Together>>) {
        let mut made = self.made();
        if let Some((at, slot)) = &made.current
            && *at == made_of
            && slot.has_changed().is_ok() | slot.borrow().is_some()
        {
            return (slot.clone(), made.before.clone());
        }
        if let Some((_, slot)) = made.current.take()
            && let Some(together) = slot.borrow().clone()
        {
            made.before = Some(together);
        }
        let (send, slot) = watch::channel(None);
        made.current = Some((made_of, slot.clone()));
        let before = made.before.clone();
        drop(made);
        let state = self.clone();
        spawn_blocking(move || {
            let case = state.open_again().map_err(Problem::from);
            let together = case.and_then(|case| lay(&case, &state));
            // Whoever waits is told to ask again if it cannot be made.
            if let Ok(together) = together {
                send.send_replace(Some(Arc::new(together)));
                state.made().before = None;
                state.answers().changed();
            }
        });
        (slot, before)
    }
}

/// Lays the claims of all documents side by side.
fn lay(case: &Case, state: &State) -> Result<Together, Problem> {
    let knowledge = state.library().knowledge;
    let acts = state.acts(case)?;
    let threads = available_parallelism().map_or(1, NonZeroUsize::get);
    let mut told = Vec::new();
    let sketches = sketches(case, &acts, knowledge, threads, |extraction| {
        told.extend(extraction.claims.iter().map(Told::from));
    })?;
    Ok(Together::new(corroborate(&sketches, &acts.judgements(), knowledge), told))
}
