//! Who holds which place.

use crate::control::{State as Holding, Word, as_of, state};
use crate::names::Names;
use crate::page::{Asked, day};
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Who holds which place as of a day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Control {
    /// The day it is about; the last one that anything is told of, if none was asked for.
    as_of: String,
    /// What was told up to this day counts.
    known_on: String,
    /// Every day on which something changes, in order.
    days: Vec<String>,
    /// Every party that is ever told of, those told of most first.
    parties: Vec<String>,
    places: Vec<ControlledPlace>,
    /// What the ids are called.
    names: Names,
}

/// A place and who is said to hold it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ControlledPlace {
    id: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name_en: Option<String>,
    lat: f64,
    lon: f64,
    precision: &'static str,
    /// `held`, `contested`, or `lost` where it is only told who lost it.
    state: &'static str,
    /// Who holds it, or who is said to; who lost it.
    parties: Vec<String>,
    /// The last word of each origin.
    words: Vec<ControlWord>,
}

/// One origin's word on who holds a place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ControlWord {
    claim: String,
    document: String,
    origin: String,
    /// The day from which it holds.
    since: String,
    /// The day on which it was told.
    known: String,
    /// Who holds it; empty where it is only told who lost it.
    holders: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lost_by: Option<String>,
    /// Which part of it, at least and at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<[f64; 2]>,
}

/// What may be asked of control.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Question {
    /// The day it is about.
    as_of: Option<String>,
    /// Only what was told up to this day.
    known_on: Option<String>,
}

/// Who holds which place as of a day, as it was known on a day
#[utoipa::path(
    get,
    path = "/control",
    operation_id = "getControl",
    tag = "control",
    params(Question),
    responses((status = 200, body = Control), (status = 400, body = Problem))
)]
pub(crate) async fn control(
    State(served): State<Served>,
    Asked(question): Asked<Question>,
) -> Result<Json<Control>, Problem> {
    let wanted = day("as_of", question.as_of.as_deref())?.map(|day| day.to_string());
    let known = day("known_on", question.known_on.as_deref())?.map(|day| day.to_string());
    served
        .scan(move |case, served| {
            let places = served.held(case)?;
            let words = || places.iter().flat_map(|place| &place.words);
            let mut days: Vec<String> = words().map(|word| word.since.clone()).collect();
            days.sort_unstable();
            days.dedup();
            let last = words().map(|word| word.known.as_str()).max().unwrap_or_default();
            let last = last.max(days.last().map_or("", String::as_str)).to_owned();
            let as_of_day = wanted.unwrap_or_else(|| last.clone());
            let known_on = known.unwrap_or(last);
            let shown = as_of(&places, &as_of_day, &known_on);
            let ids = shown.iter().flat_map(|place| &place.words).flat_map(|word| {
                let parties = word.holders.iter().chain(&word.lost_by);
                parties.chain([&word.origin]).map(String::as_str)
            });
            let names = served.library().names(ids);
            let parties = parties(words());
            let places = shown.into_iter().map(ControlledPlace::from).collect();
            Ok(Json(Control { as_of: as_of_day, known_on, days, parties, places, names }))
        })
        .await
}

/// Lists the parties, those told of most first.
fn parties<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<String> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for party in words.flat_map(|word| word.holders.iter().chain(&word.lost_by)) {
        *counts.entry(party).or_default() += 1;
    }
    let mut counts: Vec<(&str, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts.into_iter().map(|(party, _)| party.to_owned()).collect()
}

impl From<crate::control::Held> for ControlledPlace {
    fn from(held: crate::control::Held) -> Self {
        let (state, parties) = match state(&held) {
            Holding::Held(party) => ("held", vec![party]),
            Holding::Contested(parties) => ("contested", parties),
            Holding::Lost(party) => ("lost", vec![party]),
        };
        let words = held.words.into_iter().map(|word| ControlWord {
            claim: word.claim,
            document: word.document,
            origin: word.origin,
            since: word.since,
            known: word.known,
            holders: word.holders,
            lost_by: word.lost_by,
            share: word.share.map(|(min, max)| [min, max]),
        });
        Self {
            id: held.id,
            name: held.name,
            name_en: held.name_en,
            lat: held.point.0,
            lon: held.point.1,
            precision: held.precision,
            state,
            parties,
            words: words.collect(),
        }
    }
}
