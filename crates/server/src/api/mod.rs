//! The handlers, one module a noun.

mod audit;
mod claims;
mod documents;
mod items;
mod overview;
mod search;
mod sources;
mod timeline;
mod why;

use crate::state::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Collects the handlers; their addresses begin behind `/api/v1`.
pub(crate) fn router() -> OpenApiRouter<State> {
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
        .routes(routes!(items::list))
        .routes(routes!(audit::list))
}
