//! The claims that wait for a reviewer.

use super::acts::Act;
use super::claims::{FoundClaim, add};
use crate::corroborated::Together;
use crate::names::Names;
use crate::page::{Asked, Page, bad_cursor, cursor, limit, place};
use crate::person::Person;
use crate::problem::Problem;
use crate::queue::Queued as Place;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill::model::{ClaimType, Contradiction, Kind};
use sijill_store::{Acts, Case, Standing};
use std::ops::ControlFlow;
use utoipa::{IntoParams, ToSchema};

/// A claim that waits for a reviewer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QueuedClaim {
    #[serde(flatten)]
    found: FoundClaim,
    /// What it is worth to know whether it is read rightly, 0 to 1.
    value: f64,
    /// Why: `disputed`, `single-origin`, `low-confidence`.
    reasons: Vec<&'static str>,
    /// `open`, `once`, `agreed`, `disagreed` or `adjudicated`.
    state: &'static str,
    /// The last review of each person.
    reviews: Vec<Act>,
    /// The id of the incident that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<String>,
    /// What other claims hold against it.
    contradictions: Vec<Dispute>,
}

/// What another claim holds against one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dispute {
    id: String,
    /// In what they differ: `number`, `status`, `actor`, `date`, `control` or `denial`.
    #[serde(rename = "type")]
    dispute_type: &'static str,
    /// The value of this claim.
    own: String,
    /// The value of the other.
    other: String,
    /// The id of the other claim.
    claim: String,
    document: String,
    /// The first source of the other that can be known.
    origin: String,
}

impl Dispute {
    fn new(found: &Contradiction, claim: &str) -> Self {
        let is_first = found.first.claim == claim;
        let (own, other) =
            if is_first { (&found.first, &found.second) } else { (&found.second, &found.first) };
        Self {
            id: found.id.clone(),
            dispute_type: found.contradiction_type.as_str(),
            own: own.value.clone(),
            other: other.value.clone(),
            claim: other.claim.clone(),
            document: other.document.clone(),
            origin: other.origin.clone(),
        }
    }
}

/// The claims that wait, and how far the review is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReviewPage {
    #[serde(flatten)]
    page: Page<QueuedClaim>,
    progress: Progress,
}

/// How many claims stand where.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Nobody reviewed them.
    open: u64,
    /// One person did.
    once: u64,
    /// All who did found the same.
    agreed: u64,
    /// Two found different things.
    disagreed: u64,
    /// Two found different things, and a third decided.
    adjudicated: u64,
}

/// Which claims are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// `open` (nobody reviewed it; so if nothing is said), `second` (another person did, and you did
    /// not), `disagreement` (two found different things, and you are neither), `done`.
    list: Option<String>,
    /// Such as `toll`.
    kind: Option<String>,
    /// Such as `toll/killed`.
    #[serde(rename = "type")]
    claim_type: Option<String>,
    /// Who reviews, where the case has no users.
    reviewer: Option<String>,
    /// How many; 50 if it is not said.
    limit: Option<usize>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The lists of claims that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Open,
    Second,
    Disagreement,
    Done,
}

impl List {
    fn parse(name: Option<&str>) -> Result<Self, Problem> {
        Ok(match name {
            None | Some("" | "open") => Self::Open,
            Some("second") => Self::Second,
            Some("disagreement") => Self::Disagreement,
            Some("done") => Self::Done,
            Some(name) => {
                return Err(Problem::bad(format!("'{name}' is no list of claims to review"))
                    .hint("ask for open, second, disagreement or done"));
            }
        })
    }

    /// Tells whether a claim waits here for a person.
    fn holds(self, claim: &str, acts: &Acts, person: &str) -> bool {
        let is_new = || acts.counting(claim).iter().all(|act| act.person != person);
        match (self, acts.standing(claim)) {
            (Self::Open, Standing::Open) => true,
            (Self::Second, Standing::Once) | (Self::Disagreement, Standing::Disagreed) => is_new(),
            (Self::Done, Standing::Agreed | Standing::Adjudicated) => true,
            _ => false,
        }
    }
}

/// Claims to review, those whose review is worth most first
#[utoipa::path(
    get,
    path = "/review",
    operation_id = "listReview",
    tag = "review",
    params(Question),
    responses(
        (status = 200, body = ReviewPage),
        (status = 400, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn list(
    State(state): State<Served>,
    person: Person,
    Asked(question): Asked<Question>,
) -> Result<Json<ReviewPage>, Problem> {
    let person = person.reading_as(question.reviewer.clone())?;
    let limit = limit(question.limit)?;
    let list = List::parse(question.list.as_deref())?;
    let wants = wanted(&question)?;
    let together = state.together().await?;
    let after = after(question.cursor.as_deref(), &together)?;
    state
        .read(move |case, state| {
            let acts = state.acts(case)?;
            let asked = Asking { together: &together, acts: &acts, list, person: &person.name };
            let progress = progress(&asked, &wants);
            let (shown, next) = asked.take(after, limit, &wants);
            let mut page = Page { items: Vec::new(), total: None, next, names: Names::default() };
            for place in shown {
                page.items.extend(asked.queued(case, state, place, &mut page.names)?);
            }
            page.total = Some(match list {
                List::Open => progress.open,
                _ => asked.reviewed(&wants).filter(|claim| asked.holds(claim)).count() as u64,
            });
            Ok(Json(ReviewPage { page, progress }))
        })
        .await
}

/// Reads which types of claims are wanted.
fn wanted(question: &Question) -> Result<impl Fn(ClaimType) -> bool + Send + 'static, Problem> {
    let some = |value: &Option<String>| value.clone().filter(|value| !value.is_empty());
    let unknown = |value: &str| Problem::bad(format!("'{value}' is no kind of claim"));
    let kind = some(&question.kind).map(|value| Kind::parse(&value).ok_or_else(|| unknown(&value)));
    let exact = some(&question.claim_type);
    let exact = exact
        .map(|value| value.parse::<ClaimType>().map_err(|error| Problem::bad(error.to_string())));
    let (kind, exact) = (kind.transpose()?, exact.transpose()?);
    Ok(move |claim_type: ClaimType| {
        kind.is_none_or(|kind| claim_type.kind() == kind)
            && exact.is_none_or(|exact| claim_type == exact)
    })
}

/// Finds where the next page begins: behind the claim that a cursor names, wherever it stands now.
fn after(sent: Option<&str>, together: &Together) -> Result<usize, Problem> {
    let Some(claim) = place(sent)? else { return Ok(0) };
    let place = together.queue.place(&claim);
    place.map(|place| place + 1).ok_or_else(|| bad_cursor(sent.unwrap_or_default()))
}

fn progress(asked: &Asking<'_>, wants: &impl Fn(ClaimType) -> bool) -> Progress {
    let mut progress = Progress { open: asked.together.queue.count(wants), ..Progress::default() };
    for claim in asked.reviewed(wants) {
        let count = match asked.acts.standing(claim) {
            Standing::Open => continue,
            Standing::Once => &mut progress.once,
            Standing::Agreed => &mut progress.agreed,
            Standing::Disagreed => &mut progress.disagreed,
            Standing::Adjudicated => &mut progress.adjudicated,
        };
        *count += 1;
        progress.open = progress.open.saturating_sub(1);
    }
    progress
}

/// What is asked, of what.
struct Asking<'a> {
    together: &'a Together,
    acts: &'a Acts,
    list: List,
    person: &'a str,
}

impl<'a> Asking<'a> {
    fn holds(&self, claim: &str) -> bool {
        self.list.holds(claim, self.acts, self.person)
    }

    /// Lists the claims of the case that were ever reviewed.
    fn reviewed(&self, wants: &impl Fn(ClaimType) -> bool) -> impl Iterator<Item = &'a str> {
        let queue = &self.together.queue;
        self.acts.reviewed().filter(move |claim| {
            queue.place(claim).is_some_and(|place| wants(queue.all[place].claim_type))
        })
    }

    /// Takes the next claims of the list, and the cursor behind them if there are more.
    fn take(
        &self,
        after: usize,
        limit: usize,
        wants: &impl Fn(ClaimType) -> bool,
    ) -> (Vec<&'a Place>, Option<String>) {
        let queue = &self.together.queue;
        let mut taken: Vec<&Place> = Vec::new();
        let mut next = None;
        let mut take = |place: &'a Place| {
            if !wants(place.claim_type) || !self.holds(&place.id) {
                return ControlFlow::Continue(());
            }
            if taken.len() == limit {
                next = taken.last().map(|last| cursor(&last.id));
                return ControlFlow::Break(());
            }
            taken.push(place);
            ControlFlow::Continue(())
        };
        if self.list == List::Open {
            let rest = queue.all.get(after..).unwrap_or_default();
            let _ = rest.iter().try_for_each(&mut take);
        } else {
            // Few are reviewed, many are not.
            let mut places: Vec<usize> =
                self.reviewed(wants).filter_map(|claim| queue.place(claim)).collect();
            places.sort_unstable();
            let rest = places.into_iter().filter(|place| after <= *place);
            let _ = rest.map(|place| &queue.all[place]).try_for_each(&mut take);
        }
        (taken, next)
    }

    fn queued(
        &self,
        case: &Case,
        state: &Served,
        place: &Place,
        names: &mut Names,
    ) -> Result<Option<QueuedClaim>, Problem> {
        let Some((kept, claim)) = case.claim(&place.id)? else { return Ok(None) };
        let mut page = Page { items: Vec::new(), total: None, next: None, names: Names::default() };
        add(&mut page, state, None, &kept.document, std::slice::from_ref(&claim))?;
        let disputes = self.together.disputes(&place.id);
        let contradictions: Vec<Dispute> = disputes.map(|it| Dispute::new(it, &place.id)).collect();
        let told = contradictions.iter().flat_map(|it| [&it.origin, &it.own, &it.other]);
        names.extend(page.names);
        names.extend(state.library().names(told.map(String::as_str)));
        let Some(found) = page.items.pop() else { return Ok(None) };
        Ok(Some(QueuedClaim {
            found,
            value: place.value,
            reasons: place.reasons.clone(),
            state: self.acts.standing(&place.id).as_str(),
            reviews: self.acts.counting(&place.id).into_iter().map(Act::from).collect(),
            incident: self.together.incident_of(&place.id).map(|incident| incident.id.clone()),
            contradictions,
        }))
    }
}
