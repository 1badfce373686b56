//! What is let in, and what a browser may do with what goes out.

use crate::problem::Problem;
use crate::state::State as Served;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// Everything comes from here, nothing is inline, nothing frames us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; \
     manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What proxies add to what they hand on.
const HANDED_ON: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host"];

/// Refuses who is not meant, and adds to every answer what a browser may do with it.
pub(crate) async fn check(State(state): State<Served>, request: Request, next: Next) -> Response {
    let refused = refuse(&state, request.method(), request.uri(), request.headers());
    let mut response = match refused {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(state: &Served, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<Problem> {
    let host = uri.authority().map(ToString::to_string).or_else(|| text(headers, header::HOST));
    let host = host.unwrap_or_default();
    // A name that was made to point at this machine is not this machine.
    let is_known = match name(&host) {
        name if state.is_loopback() => is_loopback(name),
        // Nobody makes a number point elsewhere.
        name => is_loopback(name) || state.is_called(name) || name.parse::<IpAddr>().is_ok(),
    };
    if !is_known {
        let title = format!("'{host}' is not served here");
        let problem = Problem::new(StatusCode::MISDIRECTED_REQUEST, "misdirected", title);
        let hint = match state.is_loopback() {
            true => "open http://127.0.0.1 or http://localhost with the port",
            false => "say by which names it is reached with --name",
        };
        return Some(problem.hint(hint));
    }
    // Whoever comes through a proxy does not sit here, whatever name the proxy asks for.
    if state.is_loopback() && HANDED_ON.iter().any(|name| headers.contains_key(*name)) {
        let title = "what a proxy hands in is not from this machine";
        let problem = Problem::new(StatusCode::MISDIRECTED_REQUEST, "misdirected", title);
        return Some(problem.hint("say by which name it is reached with --name, and let users in"));
    }
    // A page of another site can make a browser send; it cannot say that it is ours.
    let is_harmless = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let origin = text(headers, header::ORIGIN);
    let site = text(headers, HeaderName::from_static("sec-fetch-site"));
    let scheme = if state.is_behind_tls() { "https" } else { "http" };
    let is_ours = origin.is_none_or(|origin| origin == format!("{scheme}://{host}"))
        && site.is_none_or(|site| site == "same-origin" || site == "none");
    if !is_harmless && !is_ours {
        let title = "another site may not do this";
        return Some(Problem::new(StatusCode::FORBIDDEN, "cross-site", title));
    }
    None
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Takes the port off.
fn name(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(name: &str) -> bool {
    name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "localhost:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:8080"] {
            assert!(is_loopback(name(host)), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example"] {
            assert!(!is_loopback(name(host)), "{host}");
        }
    }
}
