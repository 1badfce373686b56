//! Logging in and out.

use crate::access::{self, cookie, remote};
use crate::page::Sent;
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::State;
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

/// The most letters of a name or password.
const MOST: usize = 1000;

/// How many logins of one user from one place may go wrong in five minutes …
const OF_USER: usize = 5;

/// … and how many of one place.
const OF_PLACE: usize = 30;

/// Who is logged in, and what they may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    user: String,
    /// `viewer`, `reviewer`, `editor` or `admin`.
    role: &'static str,
    /// Whether the case has users; without, whoever sits at this machine needs no login.
    has_users: bool,
    /// What a page sends as the header `x-sijill-csrf` with whatever changes something.
    #[serde(skip_serializing_if = "Option::is_none")]
    csrf: Option<String>,
}

/// Who wants to log in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Login {
    user: String,
    password: String,
}

/// Who I am, and what I may do
#[utoipa::path(
    get,
    path = "/me",
    operation_id = "getMe",
    tag = "session",
    responses((status = 200, body = Me), (status = 401, body = Problem))
)]
pub(crate) async fn me(
    State(state): State<Served>,
    person: Person,
    headers: HeaderMap,
) -> Result<Json<Me>, Problem> {
    let session = cookie(&headers).and_then(|id| state.access().sessions.find(id));
    let session = session.filter(|session| session.user == person.name && !person.is_local);
    Ok(Json(Me {
        user: person.name,
        role: person.role.as_str(),
        has_users: !person.is_local,
        csrf: session.map(|session| session.csrf),
    }))
}

/// Log in: the answer sets a cookie that no script can read
#[utoipa::path(
    post,
    path = "/session",
    operation_id = "login",
    tag = "session",
    request_body = Login,
    responses(
        (status = 200, body = Me),
        (status = 401, body = Problem),
        (status = 429, body = Problem)
    )
)]
pub(crate) async fn login(
    State(state): State<Served>,
    extensions: Extensions,
    headers: HeaderMap,
    Sent(login): Sent<Login>,
) -> Result<(HeaderMap, Json<Me>), Problem> {
    let place = remote(&extensions).map(|ip| ip.to_string()).unwrap_or_default();
    let (access, name) = (state.access(), login.user.clone());
    let user = format!("{place} {name}");
    if !access.logins.lets(&place, OF_PLACE) || !access.logins.lets(&user, OF_USER) {
        let title = "too many logins went wrong";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-often", title)
            .hint("wait five minutes"));
    }
    let users = state.users().await?;
    let known = users.users.get(&name).cloned();
    let fits = MOST >= name.chars().count().max(login.password.chars().count());
    // It is counted before it is tried, so that trying many at once does not help.
    access.logins.count(&place);
    access.logins.count(&user);
    let turn = state.checking().await?;
    let sealed = known.as_ref().map(|user| user.password.clone());
    let checked =
        spawn_blocking(move || fits && access::is_password(&login.password, sealed.as_deref()));
    let is_right = checked.await.map_err(|_| Problem::internal())?;
    drop(turn);
    let person = |name: &str, role| Person { name: name.to_owned(), role, is_local: false };
    let Some(known) = known.filter(|_| is_right) else {
        let who: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
        let nobody = person("nobody", sijill_store::Role::Viewer);
        let _ =
            state.write(&nobody, move |case, by, _| Ok(case.note(by, "refuse-login", &who)?)).await;
        let title = "the user or the password is wrong";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "login", title));
    };
    access.logins.forgive(&place);
    access.logins.forgive(&user);
    if let Some(old) = cookie(&headers) {
        access.sessions.end(old);
    }
    let (id, session) =
        access.sessions.begin(&name, &known.password).ok_or_else(Problem::internal)?;
    let who = person(&name, known.role);
    let _ = state.write(&who, move |case, by, _| Ok(case.note(by, "login", &place)?)).await;
    let me =
        Me { user: name, role: known.role.as_str(), has_users: true, csrf: Some(session.csrf) };
    Ok((set_cookie(&state, &id, access::LIFE.as_secs())?, Json(me)))
}

/// Log out
#[utoipa::path(
    delete,
    path = "/session",
    operation_id = "logout",
    tag = "session",
    responses((status = 204))
)]
pub(crate) async fn logout(
    State(state): State<Served>,
    headers: HeaderMap,
) -> Result<(StatusCode, HeaderMap), Problem> {
    if let Some(id) = cookie(&headers) {
        state.access().sessions.end(id);
    }
    let mut headers = set_cookie(&state, "", 0)?;
    // Whoever uses this browser next finds nothing of it.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok((StatusCode::NO_CONTENT, headers))
}

/// Writes the cookie: no script reads it, and no other site sends it.
fn set_cookie(state: &Served, id: &str, seconds: u64) -> Result<HeaderMap, Problem> {
    let secure = if state.is_behind_tls() { "; Secure" } else { "" };
    let name = access::COOKIE;
    let cookie =
        format!("{name}={id}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    let cookie = HeaderValue::from_str(&cookie).map_err(|_| Problem::internal())?;
    let mut headers = HeaderMap::new();
    headers.insert(header::SET_COOKIE, cookie);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(headers)
}
