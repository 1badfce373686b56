//! How much is told of which time.

use super::claims::Question as Claims;
use super::overview::Count;
use crate::page::Asked;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use sijill_store::Step;
use utoipa::{IntoParams, ToSchema};

/// A day, month or year with how many claims tell of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Period {
    /// Such as `2017-10-18`, `2017-10`, `2017` or `2016/2018`; left out where no time is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    /// Claims by kind.
    kinds: Vec<Count>,
    /// Documents that hold them.
    documents: u64,
    /// Who says them in the end, each counted once.
    origins: u64,
}

/// How much is told of which time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    periods: Vec<Period>,
}

/// How finely time is cut.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Cut {
    /// `day`, `month` or `year`; `day` if it is not said.
    step: Option<String>,
}

/// How many claims tell of which day, month or year
#[utoipa::path(
    get,
    path = "/timeline",
    operation_id = "getTimeline",
    tag = "claims",
    params(Claims, Cut),
    responses((status = 200, body = Timeline), (status = 400, body = Problem))
)]
pub(crate) async fn timeline(
    State(state): State<Served>,
    Asked(question): Asked<Claims>,
    Asked(cut): Asked<Cut>,
) -> Result<Json<Timeline>, Problem> {
    let step = match cut.step.as_deref() {
        None | Some("" | "day") => Step::Day,
        Some("month") => Step::Month,
        Some("year") => Step::Year,
        Some(step) => {
            let problem = Problem::bad(format!("time is not cut by '{step}'"));
            return Err(problem.hint("ask for day, month or year"));
        }
    };
    let filter = question.filter()?;
    state
        .scan(move |case, _| {
            let periods = case.timeline(&filter, step)?.into_iter().map(|period| {
                let count = |(kind, count): &(sijill::model::Kind, u64)| Count {
                    key: kind.as_str().to_owned(),
                    count: *count,
                };
                Period {
                    kinds: period.kinds.iter().map(count).filter(|kind| kind.count > 0).collect(),
                    period: period.period,
                    documents: period.documents,
                    origins: period.origins,
                }
            });
            Ok(Json(Timeline { periods: periods.collect() }))
        })
        .await
}
