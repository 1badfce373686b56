//! The HTTP API of a case, and the web interface that uses nothing else.
//!
//! [`app`] makes a router of a [`State`]: an opened case and the knowledge to name and explain what
//! it holds. [`serve`] runs it until it is told to end. The description of the API is made from the
//! handlers ([`openapi`]).

mod api;
mod assets;
mod control;
mod corrections;
mod corroborated;
mod etag;
mod guard;
mod jobs;
mod names;
mod openapi;
mod page;
mod person;
mod problem;
mod queue;
mod state;
mod upload;

pub use openapi::openapi;
pub use state::State;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The most bytes of what a person sends, files apart.
const BODY: usize = 256 << 10;

/// Makes the router of a case.
pub fn app(state: State) -> Router {
    let (api, description) = openapi::router().split_for_parts();
    let description = openapi::finish(description);
    api.with_state(state)
        .layer(DefaultBodyLimit::max(BODY))
        .merge(openapi::routes(description))
        .fallback(assets::answer)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn(etag::tag))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ))
        .layer(from_fn(guard::check))
}

/// Tells whether the interface was built into this program.
pub fn has_interface() -> bool {
    assets::is_built()
}

/// Answers on `listener` until `end` comes.
pub async fn serve(
    listener: TcpListener,
    state: State,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let app = app(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, app).with_graceful_shutdown(end).await
}
