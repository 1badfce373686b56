//! The files of the interface, built by `cargo xtask web` and kept in the program.

use crate::problem::Problem;
use axum::body::Bytes;
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};
use std::borrow::Cow;

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Assets;

const PAGE: &str = "index.html";

/// What is shown where the interface was not built.
const MISSING: &str = include_str!("missing.html");

pub(crate) fn is_built() -> bool {
    Assets::get(PAGE).is_some()
}

/// Answers with a file, or with the page, which knows every other address.
pub(crate) async fn answer(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::not_found("address", uri.path()).into_response();
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return crate::problem::method_not_allowed().await.into_response();
    }
    if let Some(file) = Assets::get(path) {
        return sent(path, file);
    }
    if path.starts_with("assets/") {
        return Problem::not_found("file", uri.path()).into_response();
    }
    match Assets::get(PAGE) {
        Some(file) => sent(PAGE, file),
        None => {
            let kind = (header::CONTENT_TYPE, "text/html; charset=utf-8");
            (StatusCode::SERVICE_UNAVAILABLE, [kind], MISSING).into_response()
        }
    }
}

fn sent(path: &str, file: EmbeddedFile) -> Response {
    let bytes = match file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    // The names of these files hold a hash of their content.
    let keep = match path.starts_with("assets/") {
        true => "public, max-age=31536000, immutable",
        false => "private, no-cache",
    };
    let headers = [(header::CONTENT_TYPE, media_type(path)), (header::CACHE_CONTROL, keep)];
    (headers, bytes).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "geojson" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
