//! Errors as RFC 9457 tells them: `application/problem+json` with a code, a message and a hint.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sijill_store::Error;
use std::any::Any;
use utoipa::ToSchema;

/// What went wrong, and what may be done about it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The status of the answer.
    pub(crate) status: u16,
    /// A stable name to decide by, such as `not-found`.
    pub(crate) code: &'static str,
    /// What went wrong, in one line.
    pub(crate) title: String,
    /// What may be done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self { status: status.as_u16(), code, title: title.into(), hint: None }
    }

    #[must_use]
    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    pub(crate) fn not_found(what: &str, id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", format!("there is no {what} '{id}'"))
    }

    pub(crate) fn bad(title: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", title)
    }

    pub(crate) fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "this answer could not be made")
            .hint("please report it")
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, code) = match error {
            Error::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Error::ReadOnly => (StatusCode::CONFLICT, "read-only"),
            Error::NoDecision { .. } => (StatusCode::NOT_FOUND, "not-found"),
            Error::Undone { .. } => (StatusCode::CONFLICT, "undone"),
            Error::Full => (StatusCode::INSUFFICIENT_STORAGE, "full"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "case"),
        };
        let hint = error.hint();
        let problem = Self::new(status, code, format!("the case {error}"));
        Self { hint: hint.map(str::to_owned), ..problem }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}

/// Answers a method that an address does not know.
pub(crate) async fn method_not_allowed() -> Problem {
    let title = "this address does not take this method";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", title)
}

/// Answers where a handler panicked: a fault of ours, of which nothing is leaked.
pub(crate) fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::internal().into_response()
}
