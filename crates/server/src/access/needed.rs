//! What each address takes.

use axum::http::Method;
use sijill_store::Role;

/// Addresses that a viewer does not read: they hold what a mask cannot reach, such as the reasons
/// that people wrote and the names of files.
const INTERNAL: [&str; 9] = [
    "/api/v1/audit",
    "/api/v1/audit/{entry}",
    "/api/v1/items",
    "/api/v1/review",
    "/api/v1/acts",
    "/api/v1/export",
    "/api/v1/jobs",
    "/api/v1/claims/{id}/reviews",
    "/api/v1/claims/{id}/why",
];

/// Returns the role that it takes; `None` where nobody has to be known yet.
///
/// What is not named here takes the highest role if it changes anything, so that nothing is open
/// because it was forgotten.
pub(crate) fn role(method: &Method, path: &str) -> Option<Role> {
    let is_internal = INTERNAL.contains(&path) || path.starts_with("/api/v1/jobs/");
    Some(match (method.as_str(), path) {
        (_, "/api/v1/session") => return None,
        ("GET" | "HEAD", "/api/v1/users") => Role::Admin,
        ("GET" | "HEAD", _) if is_internal => Role::Reviewer,
        ("GET" | "HEAD", _) => Role::Viewer,
        ("POST", "/api/v1/claims/{id}/reviews" | "/api/v1/judgements") => Role::Reviewer,
        ("POST", "/api/v1/acts/{entry}/undo") => Role::Reviewer,
        ("POST", "/api/v1/ingest") => Role::Editor,
        _ => Role::Admin,
    })
}
