//! Who asks, and what they may do.

use crate::problem::Problem;
use crate::state::State;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use sijill_store::Role;

/// The most letters of a name.
const NAME: usize = 100;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Whoever sits at this machine, where the case has no users.
    pub(crate) is_local: bool,
}

impl Person {
    /// Lets whoever sits at this machine say who reads: two readers may share a desk.
    pub(crate) fn reading_as(self, name: Option<String>) -> Result<Self, Problem> {
        let Some(name) = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
        else {
            return Ok(self);
        };
        if !self.is_local && name != self.name {
            let title = format!("you cannot review as '{name}'");
            return Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", title)
                .hint("the case has users: log in as who reviews"));
        }
        if NAME < name.chars().count() || name.chars().any(char::is_control) {
            return Err(Problem::bad("a name of this length or with such signs cannot be kept")
                .hint(format!("write up to {NAME} letters")));
        }
        Ok(Self { name, ..self })
    }
}

impl FromRequestParts<State> for Person {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &State) -> Result<Self, Problem> {
        // `access::check` puts it there.
        parts.extensions.get().cloned().ok_or_else(Problem::internal)
    }
}
