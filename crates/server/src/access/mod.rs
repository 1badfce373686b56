//! Who is let in, and what they may do.

mod needed;
mod secrets;
mod sessions;
mod throttle;

use crate::person::Person;
use crate::problem::Problem;
use crate::state::State;
use axum::extract::{ConnectInfo, MatchedPath, Request, State as Served};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sijill_store::{Role, Users};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

pub use secrets::{MIN_PASSWORD, is_user_name, new_token, sealed_password};
pub(crate) use secrets::{digest, is_password, matches};
pub(crate) use sessions::{COOKIE, LIFE, Sessions};
pub(crate) use throttle::Throttle;

/// The header that says that a request was made by a page of ours.
pub(crate) const CSRF: &str = "x-sijill-csrf";

/// How many refusals of one person are noted in five minutes.
const REFUSALS: usize = 30;

/// How long it may take until a user who is shut out is.
const FRESH: Duration = Duration::from_secs(1);

/// Whom the case lets in, and who came.
#[derive(Debug, Default)]
pub(crate) struct Access {
    known: Mutex<Option<(Instant, Arc<Users>)>>,
    pub(crate) sessions: Sessions,
    pub(crate) logins: Throttle,
    /// What is refused is noted, but nobody fills the log with it.
    refusals: Throttle,
}

impl State {
    /// Returns everybody whom the case lets in.
    pub(crate) async fn users(&self) -> Result<Arc<Users>, Problem> {
        let known = crate::state::lock(&self.access().known).clone();
        if let Some((_, users)) = known.filter(|(at, _)| at.elapsed() < FRESH) {
            return Ok(users);
        }
        let users = Arc::new(self.glance(|case, _| Ok(case.users()?)).await?);
        *crate::state::lock(&self.access().known) = Some((Instant::now(), Arc::clone(&users)));
        Ok(users)
    }

    /// Reads anew, at the next question, whom the case lets in.
    pub(crate) fn forget_users(&self) {
        *crate::state::lock(&self.access().known) = None;
    }
}

/// Lets in who may do what is asked.
pub(crate) async fn check(Served(state): Served<State>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match admit(&state, &parts).await {
        Ok(person) => {
            if let Some(person) = person {
                parts.extensions.insert(person);
            }
            next.run(Request::from_parts(parts, body)).await
        }
        Err(problem) => problem.into_response(),
    }
}

async fn admit(state: &State, request: &Parts) -> Result<Option<Person>, Problem> {
    let path = request.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let Some(needed) = needed::role(&request.method, path) else { return Ok(None) };
    let users = state.users().await?;
    let person = who(state, &users, request)?;
    if person.role < needed {
        let about = format!("{} {}", request.method, request.uri.path());
        refused(state, &person, about).await;
        let title = format!("the role '{}' does not allow this", person.role.as_str());
        let hint = format!("it takes the role '{}'", needed.as_str());
        return Err(Problem::new(StatusCode::FORBIDDEN, "forbidden", title).hint(hint));
    }
    Ok(Some(person))
}

/// Tells who asks: the bearer of a token, who is logged in, or whoever sits at this machine.
fn who(state: &State, users: &Users, request: &Parts) -> Result<Person, Problem> {
    let headers = &request.headers;
    if let Some(token) = bearer(headers) {
        let hash = digest(token.as_bytes());
        let found = users.tokens.iter().find(|token| matches(&token.hash, &hash));
        let user = found.and_then(|token| Some((&token.user, users.users.get(&token.user)?.role)));
        let (name, role) = user.ok_or_else(|| login("there is no such token"))?;
        return Ok(Person { name: name.clone(), role, is_local: false });
    }
    if users.users.is_empty() && state.is_loopback() {
        let name = state.local().to_owned();
        return Ok(Person { name, role: Role::Editor, is_local: true });
    }
    let session = cookie(headers).and_then(|id| state.access().sessions.find(id));
    let session = session.ok_or_else(|| login("nobody is logged in"))?;
    let user = users.users.get(&session.user).filter(|user| user.password == session.sealed);
    let user = user.ok_or_else(|| login("nobody is logged in"))?;
    let is_harmless = matches!(request.method, Method::GET | Method::HEAD);
    let sent = headers.get(CSRF).map(|value| value.as_bytes()).unwrap_or_default();
    if !is_harmless && !matches(session.csrf.as_bytes(), sent) {
        let title = "another site may not do this";
        return Err(Problem::new(StatusCode::FORBIDDEN, "cross-site", title)
            .hint(format!("send what /api/v1/me calls `csrf` as the header {CSRF}")));
    }
    Ok(Person { name: session.user, role: user.role, is_local: false })
}

/// Notes who was refused what.
async fn refused(state: &State, person: &Person, about: String) {
    if !state.access().refusals.lets(&person.name, REFUSALS) {
        return;
    }
    state.access().refusals.count(&person.name);
    // A case that cannot be written is still served.
    let _ = state.write(person, move |case, who, _| Ok(case.note(who, "refuse", &about)?)).await;
}

fn login(title: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "login", title)
        .hint("log in at /api/v1/session, or send a token")
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}

/// Returns the id of the session that a browser sends.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| name.trim() == sessions::COOKIE).map(|(_, id)| id.trim())
}

/// Returns from where a request comes.
pub(crate) fn remote(request: &axum::http::Extensions) -> Option<IpAddr> {
    request.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())
}
