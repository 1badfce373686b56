//! Pages with cursors, and questions that are answered with a problem if they make no sense.

use crate::names::Names;
use crate::problem::Problem;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sijill::model::Date;
use utoipa::{IntoParams, ToSchema};

/// How many entries a page holds if nothing is said.
pub(crate) const PAGE: usize = 50;

/// The most entries of a page.
pub(crate) const MOST: usize = 500;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// The entries.
    pub(crate) items: Vec<T>,
    /// How many there are on all pages, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u64>,
    /// Ask for this `cursor` to get the next page; the last page has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
    /// What the ids on this page are called.
    pub(crate) names: Names,
}

/// Which part of a list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// How many; 50 if it is not said.
    pub(crate) limit: Option<usize>,
    /// The `next` of the page before.
    pub(crate) cursor: Option<String>,
}

/// Returns how many entries are asked for.
pub(crate) fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked.unwrap_or(PAGE) {
        limit @ 1..=MOST => Ok(limit),
        limit => Err(Problem::bad(format!("'{limit}' entries do not fit on a page"))
            .hint(format!("ask for 1 to {MOST}"))),
    }
}

/// Makes a cursor of where the next page begins.
pub(crate) fn cursor(place: &str) -> String {
    URL_SAFE_NO_PAD.encode(place)
}

/// Reads a cursor.
pub(crate) fn place(cursor: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(cursor) = cursor else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    let place = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    place.map(Some).ok_or_else(|| bad_cursor(cursor))
}

/// Reads a cursor that is a number.
pub(crate) fn number<N: std::str::FromStr>(cursor: Option<&str>) -> Result<Option<N>, Problem> {
    let Some(place) = place(cursor)? else { return Ok(None) };
    place.parse().map(Some).map_err(|_| bad_cursor(&place))
}

pub(crate) fn bad_cursor(cursor: &str) -> Problem {
    Problem::bad(format!("'{cursor}' is no cursor")).hint("take the `next` of the page before")
}

/// Reads a day.
pub(crate) fn day(name: &str, value: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    value.parse().map(Some).map_err(|_| {
        Problem::bad(format!("'{value}' of '{name}' is no day"))
            .hint("write year, month and day, as in 2017-10-18")
    })
}

/// What stands behind the question mark.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Query::from_request_parts(parts, state).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(rejection) => Err(Problem::bad(rejection.body_text())),
        }
    }
}

/// What is sent: JSON, and no more than a person types.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match Json::from_request(request, state).await {
            Ok(Json(sent)) => Ok(Self(sent)),
            Err(rejection) => {
                if matches!(&rejection, JsonRejection::BytesRejection(_))
                    && rejection.status() == StatusCode::BAD_REQUEST
                {
                    let title = "what was sent did not come to its end";
                    return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", title));
                }
                let code = match rejection.status() {
                    StatusCode::PAYLOAD_TOO_LARGE => "too-large",
                    StatusCode::UNSUPPORTED_MEDIA_TYPE => "media-type",
                    _ => "bad-request",
                };
                Err(Problem::new(rejection.status(), code, rejection.body_text()))
            }
        }
    }
}

/// The id in the address.
pub(crate) struct Id(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(id)) => Ok(Self(id)),
            Err(rejection) => Err(Problem::bad(rejection.body_text())),
        }
    }
}
