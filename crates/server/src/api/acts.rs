//! What people decide: on a claim, and on which claims are about one happening.

use crate::corrections;
use crate::names::Names;
use crate::page::{Asked, Id, Page, Part, Sent, cursor, limit, number};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sijill::model::Judgement;
use sijill_store::{Acts, Decision, Role, Verdict};
use utoipa::ToSchema;

/// The most letters of a reason.
const REASON: usize = 2000;

/// The most claims that are judged at once.
const CLAIMS: usize = 2000;

/// What somebody decided.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Act {
    /// The number of its entry in the audit log.
    entry: i64,
    at: String,
    person: String,
    /// `accept`, `correct` or `reject` a claim; claims are of the `same` or of `different` incidents.
    verdict: &'static str,
    /// The ids of the claims.
    claims: Vec<String>,
    /// The ids of the claims that these are different from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<String>,
    /// The slots as they should be; an empty one is `null` or has nothing in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    corrections: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// That it was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    undone: Option<Undone>,
}

/// That a decision was taken back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The number of its entry in the audit log.
    entry: i64,
    at: String,
    person: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl From<&sijill_store::Act> for Act {
    fn from(act: &sijill_store::Act) -> Self {
        let (verdict, claims, others, corrections) = match &act.decision {
            Decision::Review { claim, verdict, corrections } => {
                let corrections = Some(corrections.clone()).filter(|slots| !slots.is_empty());
                (verdict.as_str(), vec![claim.clone()], Vec::new(), corrections)
            }
            Decision::Judgement(Judgement::Same { claims }) => {
                ("same", claims.clone(), Vec::new(), None)
            }
            Decision::Judgement(Judgement::Different { claims, others }) => {
                ("different", claims.clone(), others.clone(), None)
            }
        };
        let undone = act.undone.clone().map(|undone| {
            let sijill_store::Undone { entry, at, person, reason } = undone;
            Undone { entry, at, person, reason }
        });
        let (at, person, reason) = (act.at.clone(), act.person.clone(), act.reason.clone());
        let entry = act.entry;
        Self { entry, at, person, verdict, claims, others, corrections, reason, undone }
    }
}

/// A review of a claim.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Review {
    /// `accept`, `correct` or `reject`.
    verdict: String,
    /// What should stand in `agent`, `target`, `place`, `origin` (lists of `{id, name}`), `time`
    /// (EDTF), `count`, `share`, `modality` or `type`; `null` where the report tells nothing.
    #[serde(default)]
    #[schema(value_type = Object)]
    corrections: Map<String, Value>,
    /// Why; only who accepts needs none.
    reason: Option<String>,
    /// Who reviews, where the case has no users.
    reviewer: Option<String>,
}

/// The reviews of a claim, and where it stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reviews {
    /// `open`, `once`, `agreed`, `disagreed` or `adjudicated`.
    state: &'static str,
    /// With those that were taken back, the first one first.
    acts: Vec<Act>,
}

/// A review that was kept, and where the claim stands now.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reviewed {
    act: Act,
    /// `open`, `once`, `agreed`, `disagreed` or `adjudicated`.
    state: &'static str,
}

/// The reviews of a claim
#[utoipa::path(
    get,
    path = "/claims/{id}/reviews",
    operation_id = "listReviews",
    tag = "review",
    params(("id" = String, Path, description = "The id of the claim")),
    responses((status = 200, body = Reviews), (status = 404, body = Problem))
)]
pub(crate) async fn reviews(
    State(state): State<Served>,
    Id(id): Id,
) -> Result<Json<Reviews>, Problem> {
    state
        .read(move |case, state| {
            case.claim(&id)?.ok_or_else(|| Problem::not_found("claim", &id))?;
            let acts = state.acts(case)?;
            let all = acts.of_claim(&id).map(Act::from).collect();
            Ok(Json(Reviews { state: acts.standing(&id).as_str(), acts: all }))
        })
        .await
}

/// Accept, correct or reject a claim; the claim itself stays as it was read
#[utoipa::path(
    post,
    path = "/claims/{id}/reviews",
    operation_id = "reviewClaim",
    tag = "review",
    params(("id" = String, Path, description = "The id of the claim")),
    request_body = Review,
    responses(
        (status = 201, body = Reviewed),
        (status = 400, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn review(
    State(state): State<Served>,
    person: Person,
    Id(id): Id,
    Sent(review): Sent<Review>,
) -> Result<(StatusCode, Json<Reviewed>), Problem> {
    let person = person.reading_as(review.reviewer)?;
    let verdict = Verdict::parse(&review.verdict).ok_or_else(|| {
        Problem::bad(format!("'{}' is no verdict", review.verdict))
            .hint("send accept, correct or reject")
    })?;
    let reason = reason(review.reason, verdict != Verdict::Accept)?;
    let corrections = corrections::checked(&review.corrections, state.library())?;
    if (verdict == Verdict::Correct) == corrections.is_empty() {
        return Err(Problem::bad("a correction tells slots, and nothing else does")
            .hint("send `corrections` with the verdict `correct`"));
    }
    let reviewed = state.write(&person, move |case, who, state| {
        case.claim(&id)?.ok_or_else(|| Problem::not_found("claim", &id))?;
        let decision = Decision::Review { claim: id.clone(), verdict, corrections };
        let entry = case.decide(who, &decision, reason.as_deref())?;
        let acts = state.acts(case)?;
        Ok(Reviewed { act: found(&acts, entry)?, state: acts.standing(&id).as_str() })
    });
    Ok((StatusCode::CREATED, Json(reviewed.await?)))
}

/// Which claims are about one happening, or are not.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Judge {
    /// Ids of claims, or of incidents for all their claims, that are about one happening.
    #[serde(default)]
    same: Vec<String>,
    /// Ids of claims or incidents that are about none of the happenings of `from`.
    #[serde(default)]
    different: Vec<String>,
    #[serde(default)]
    from: Vec<String>,
    /// Why.
    reason: Option<String>,
    /// Who judges, where the case has no users.
    reviewer: Option<String>,
}

/// Merge incidents, or split one: it names claims, so it holds however they are clustered anew
#[utoipa::path(
    post,
    path = "/judgements",
    operation_id = "judge",
    tag = "review",
    request_body = Judge,
    responses(
        (status = 201, body = Act),
        (status = 400, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn judge(
    State(state): State<Served>,
    person: Person,
    Sent(judge): Sent<Judge>,
) -> Result<(StatusCode, Json<Act>), Problem> {
    let person = person.reading_as(judge.reviewer)?;
    let reason = reason(judge.reason, true)?;
    let judgement = match (&judge.same[..], &judge.different[..], &judge.from[..]) {
        (same, [], []) if !same.is_empty() => {
            let claims = claims(&state, same).await?;
            if claims.len() < 2 {
                return Err(Problem::bad("one claim alone is always about one happening")
                    .hint("name another, or send `different` and `from`"));
            }
            Judgement::Same { claims }
        }
        ([], different, from) if !different.is_empty() && !from.is_empty() => {
            let mut others = claims(&state, from).await?;
            let claims = claims(&state, different).await?;
            // An incident from which some of its claims are taken out.
            others.retain(|other| !claims.contains(other));
            if others.is_empty() {
                return Err(Problem::bad("nothing is left that these could be different from"));
            }
            Judgement::Different { claims, others }
        }
        _ => {
            return Err(Problem::bad("it is not said what is judged")
                .hint("send either `same`, or `different` and `from`"));
        }
    };
    let act = state.write(&person, move |case, who, state| {
        let entry = case.decide(who, &Decision::Judgement(judgement), reason.as_deref())?;
        let acts = state.acts(case)?;
        found(&acts, entry)
    });
    Ok((StatusCode::CREATED, Json(act.await?)))
}

/// Takes something back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Undo {
    /// Why.
    reason: Option<String>,
    /// Who takes it back, where the case has no users.
    reviewer: Option<String>,
}

/// Take back what was decided; both stay in the log
#[utoipa::path(
    post,
    path = "/acts/{entry}/undo",
    operation_id = "undo",
    tag = "review",
    params(("entry" = i64, Path, description = "The number of the entry in the audit log")),
    request_body = Undo,
    responses(
        (status = 200, body = Act),
        (status = 400, body = Problem),
        (status = 403, body = Problem),
        (status = 404, body = Problem),
        (status = 409, body = Problem),
        (status = 503, body = Problem)
    )
)]
pub(crate) async fn undo(
    State(state): State<Served>,
    person: Person,
    Id(entry): Id,
    Sent(undo): Sent<Undo>,
) -> Result<Json<Act>, Problem> {
    let person = person.reading_as(undo.reviewer)?;
    let number: i64 = entry.parse().map_err(|_| Problem::not_found("decision", &entry))?;
    let reason = reason(undo.reason, false)?;
    let by = person.clone();
    let act = state.write(&person, move |case, who, state| {
        let acts = state.acts(case)?;
        let decided = acts.get(number);
        if by.role < Role::Editor && decided.is_some_and(|act| act.person != by.name) {
            let title = "what somebody else decided is taken back by an editor";
            return Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", title));
        }
        case.undo(who, number, reason.as_deref())?;
        let acts = state.acts(case)?;
        found(&acts, number)
    });
    Ok(Json(act.await?))
}

/// What people decided, the last first
#[utoipa::path(
    get,
    path = "/acts",
    operation_id = "listActs",
    tag = "review",
    params(Part),
    responses((status = 200, body = Page<Act>), (status = 400, body = Problem))
)]
pub(crate) async fn list(
    State(state): State<Served>,
    Asked(part): Asked<Part>,
) -> Result<Json<Page<Act>>, Problem> {
    let limit = limit(part.limit)?;
    let before = number(part.cursor.as_deref())?;
    state
        .read(move |case, state| {
            let acts = state.acts(case)?;
            let items: Vec<Act> = acts.latest(before).take(limit).map(Act::from).collect();
            let next = (items.len() == limit).then(|| items.last()).flatten();
            let next = next.map(|act| cursor(&act.entry.to_string()));
            Ok(Json(Page { items, total: None, next, names: Names::default() }))
        })
        .await
}

fn found(acts: &Acts, entry: i64) -> Result<Act, Problem> {
    acts.get(entry).map(Act::from).ok_or_else(Problem::internal)
}

fn reason(sent: Option<String>, is_needed: bool) -> Result<Option<String>, Problem> {
    let reason = sent.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    match &reason {
        None if is_needed => Err(Problem::bad("what overrides a reading needs a reason")
            .hint("send `reason`, in a few words")),
        Some(text) if REASON < text.chars().count() => {
            Err(Problem::bad("the reason is too long")
                .hint(format!("write up to {REASON} letters")))
        }
        _ => Ok(reason),
    }
}

/// Finds the claims of ids: claims themselves, or all those of an incident.
async fn claims(state: &Served, ids: &[String]) -> Result<Vec<String>, Problem> {
    let mut claims = Vec::new();
    let asked = ids.to_vec();
    let known = state
        .read(move |case, _| {
            asked
                .iter()
                .map(|id| Ok(case.claim(id)?.is_some()))
                .collect::<Result<Vec<_>, Problem>>()
        })
        .await?;
    for (id, is_claim) in ids.iter().zip(known) {
        if is_claim {
            claims.push(id.clone());
            continue;
        }
        let together = state.together().await?;
        let incident = together.incident(id);
        let incident = incident.ok_or_else(|| Problem::not_found("claim or incident", id))?;
        claims.extend(incident.members.iter().map(|member| member.claim.clone()));
    }
    claims.sort_unstable();
    claims.dedup();
    if CLAIMS < claims.len() {
        return Err(Problem::bad(format!(
            "{} claims are too many for one judgement",
            claims.len()
        ))
        .hint(format!("judge up to {CLAIMS} at once")));
    }
    Ok(claims)
}
