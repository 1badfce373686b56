//! The handlers, one module a noun.

mod acts;
mod audit;
mod claims;
mod contradictions;
mod control;
mod documents;
mod export;
mod incidents;
mod items;
mod jobs;
mod overview;
mod places;
mod points;
mod review;
mod rulings;
mod search;
mod session;
mod sources;
mod timeline;
mod users;
mod why;

use crate::state::State;
use crate::upload;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use std::time::Duration;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The most bytes of what a person sends, files apart.
const BODY: usize = 256 << 10;

/// How long an answer may take …
const ANSWER: Duration = Duration::from_secs(60);

/// … and how long an upload.
const UPLOAD: Duration = Duration::from_secs(15 * 60);

fn patience(limit: Duration) -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limit)
}

/// Collects the handlers; their addresses begin behind `/api/v1`.
pub(crate) fn router() -> OpenApiRouter<State> {
    let files = OpenApiRouter::new()
        .routes(routes!(jobs::ingest))
        .layer(DefaultBodyLimit::max(upload::REQUEST))
        .layer(patience(UPLOAD));
    OpenApiRouter::new()
        .routes(routes!(overview::overview))
        .routes(routes!(documents::list))
        .routes(routes!(documents::one))
        .routes(routes!(claims::list))
        .routes(routes!(claims::one))
        .routes(routes!(why::why))
        .routes(routes!(search::search))
        .routes(routes!(sources::list))
        .routes(routes!(timeline::timeline))
        .routes(routes!(places::list))
        .routes(routes!(control::control))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::one))
        .routes(routes!(points::list))
        .routes(routes!(contradictions::list))
        .routes(routes!(items::list))
        .routes(routes!(users::list))
        .routes(routes!(users::set, users::end))
        .routes(routes!(users::give))
        .routes(routes!(users::take))
        .routes(routes!(audit::list))
        .routes(routes!(audit::one))
        .routes(routes!(review::list))
        .routes(routes!(acts::reviews, acts::review))
        .routes(routes!(acts::judge))
        .routes(routes!(acts::undo))
        .routes(routes!(acts::list))
        .routes(routes!(export::export))
        .routes(routes!(jobs::list))
        .routes(routes!(jobs::one))
        .routes(routes!(session::me))
        .routes(routes!(session::login, session::logout))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(patience(ANSWER))
        .merge(files)
}
