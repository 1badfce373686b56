//! The description of the API, made from the handlers.

use crate::api;
use crate::manual;
use crate::state::State;
use axum::Router;
use axum::http::header;
use axum::routing::get;
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

/// The schema of a claim on the wire, which `sijill extract` writes too.
const CLAIM: &str = include_str!("../../../docs/claim.schema.json");

#[derive(OpenApi)]
#[openapi(info(
    title = "Sijill",
    description = "What a case holds. Offsets count Unicode code points; days are ISO 8601, times EDTF. \
                   Lists come in pages: ask again with `cursor` set to the `next` of the page before. \
                   Errors are problem+json with a stable `code`.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
))]
struct Description;

/// Collects the handlers.
pub(crate) fn router() -> OpenApiRouter<State> {
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", api::router())
}

/// Returns the description of the API as OpenAPI 3.1.
pub fn openapi() -> Value {
    finish(router().split_for_parts().1)
}

/// Puts the schema of a claim in, which is the wire's own.
pub(crate) fn finish(description: utoipa::openapi::OpenApi) -> Value {
    let mut description = serde_json::to_value(description).unwrap_or_default();
    let schema = CLAIM.replace("#/$defs/", "#/components/schemas/");
    let mut claim: Value = serde_json::from_str(&schema).unwrap_or_default();
    let parts = claim.as_object_mut().and_then(|claim| claim.remove("$defs"));
    if let Some(claim) = claim.as_object_mut() {
        claim.remove("$schema");
        claim.remove("$id");
    }
    let schemas = &mut description["components"]["schemas"];
    for (name, part) in parts.as_ref().and_then(Value::as_object).into_iter().flatten() {
        schemas[name] = part.clone();
    }
    schemas["Claim"] = claim;
    describe_answers(&mut description);
    description["servers"] = json!([{ "url": "/" }]);
    description
}

/// Says of each answer what it is, and that errors have a media type of their own.
fn describe_answers(description: &mut Value) {
    let paths = description["paths"].as_object_mut().into_iter().flatten();
    let methods = paths.flat_map(|(_, path)| path.as_object_mut().into_iter().flatten());
    for (_, method) in methods {
        for (status, answer) in method["responses"].as_object_mut().into_iter().flatten() {
            let is_error = !status.starts_with('2');
            answer["description"] = match status.as_str() {
                "400" => "The question makes no sense.",
                "401" => "It takes a login.",
                "403" => "This may not be done.",
                "404" => "There is no such thing.",
                "409" => "It cannot be done now.",
                "408" => "What was sent did not come to its end.",
                "413" => "It is more than is taken.",
                "429" => "It was asked too often.",
                "503" => "Another process writes; try again.",
                _ if is_error => "It could not be done.",
                _ => "What was asked for.",
            }
            .into();
            let content = answer.get_mut("content").and_then(Value::as_object_mut);
            if let Some(content) = content.filter(|_| is_error)
                && let Some(body) = content.remove("application/json")
            {
                content.insert("application/problem+json".to_owned(), body);
            }
        }
    }
}

/// Serves the description.
pub(crate) fn routes(description: Value) -> Router {
    let fixed = |kind: &'static str, body: String| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], body) })
    };
    let page = manual::page(&description);
    Router::new()
        .route("/api/v1/openapi.json", fixed("application/json", description.to_string()))
        .route("/api/v1/docs", fixed("text/html; charset=utf-8", page))
        .route("/api/v1/docs.css", fixed("text/css; charset=utf-8", manual::STYLE.to_owned()))
}
