//! The HTTP API of a case, and the web interface that uses nothing else.
//!
//! [`app`] makes a router of a [`State`]: an opened case and the knowledge to name and explain what
//! it holds. [`serve`] runs it until it is told to end. The description of the API is made from the
//! handlers ([`openapi`]).

mod access;
mod answers;
mod api;
mod assets;
mod control;
mod corrections;
mod corroborated;
mod etag;
mod guard;
mod jobs;
mod manual;
mod mask;
mod names;
mod openapi;
mod page;
mod person;
mod problem;
mod queue;
mod state;
mod upload;

pub use access::{MIN_PASSWORD, is_user_name, new_token, sealed_password};
pub use openapi::openapi;
pub use state::{Limits, State};

use axum::Extension;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::middleware::{from_fn, from_fn_with_state};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How many are answered at once.
const CONNECTIONS: usize = 512;

/// Makes the router of a case.
pub fn app(state: State) -> Router {
    let (api, description) = openapi::router().split_for_parts();
    let description = openapi::finish(description);
    // What is remembered is masked, tagged and compressed once; who may have it is asked each time.
    let api = api
        .route_layer(from_fn_with_state(state.clone(), mask::conceal))
        .route_layer(from_fn(etag::tag))
        .route_layer(CompressionLayer::new())
        .route_layer(from_fn_with_state(state.clone(), answers::remember))
        .route_layer(from_fn_with_state(state.clone(), access::check))
        .with_state(state.clone());
    let files = openapi::routes(description)
        .fallback(assets::answer)
        .layer(from_fn(etag::tag))
        .layer(CompressionLayer::new());
    api.merge(files)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(RequestBodyTimeoutLayer::new(state.limits().body))
        .layer(from_fn_with_state(state, guard::check))
}

/// Tells whether the interface was built into this program.
pub fn has_interface() -> bool {
    assets::is_built()
}

/// Answers on `listener` until `end` comes; who is slow to ask is not waited for.
pub async fn serve(
    listener: TcpListener,
    state: State,
    end: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let head = state.limits().head;
    let (app, ending) = (app(state), GracefulShutdown::new());
    let turns = Arc::new(Semaphore::new(CONNECTIONS));
    let mut end = pin!(end);
    loop {
        let turn = Arc::clone(&turns).acquire_owned().await.map_err(io::Error::other)?;
        let (stream, address) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // Whoever hung up, or there are too many: the next may fare better.
                Err(_) => {
                    tokio::task::yield_now().await;
                    continue;
                }
            },
            () = &mut end => break,
        };
        let service = TowerToHyperService::new(app.clone().layer(Extension(ConnectInfo(address))));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(head);
        let connection = http.serve_connection(TokioIo::new(stream), service);
        let connection = ending.watch(connection);
        tokio::spawn(async move {
            // Who breaks off does not want to be told.
            let _ = connection.await;
            drop(turn);
        });
    }
    drop(listener);
    // What was begun is answered, but not for ever.
    let _ = tokio::time::timeout(Duration::from_secs(10), ending.shutdown()).await;
    Ok(())
}
