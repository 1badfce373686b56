//! Who may come in: what an admin sees and decides.

use crate::access::{self, MIN_PASSWORD, is_user_name};
use crate::page::{Id, Sent};
use crate::person::Person;
use crate::problem::Problem;
use crate::state::State as Served;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sijill_store::{Role, User as Kept, Users as All};
use tokio::task::spawn_blocking;
use utoipa::ToSchema;

/// The most letters of a password, and of what a token is for.
const MOST: usize = 1000;

/// Somebody who may use the case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct User {
    name: String,
    /// `viewer`, `reviewer`, `editor` or `admin`.
    role: &'static str,
    tokens: Vec<Token>,
}

/// What a program of a user shows instead of a password; it is told once, when it is made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    no: i64,
    /// What it is for.
    label: String,
}

/// Everybody who may use the case.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Users {
    users: Vec<User>,
}

/// Who is let in, or what of it changes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Admission {
    /// `viewer`, `reviewer`, `editor` or `admin`; who is in keeps theirs if it is not said.
    role: Option<String>,
    /// Twelve letters or more; who is in keeps theirs if it is not said, and is logged out with
    /// another one.
    password: Option<String>,
}

/// What a token is for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Purpose {
    label: String,
}

/// A token that was made: it is not told again.
#[derive(Serialize, ToSchema)]
pub(crate) struct NewToken {
    no: i64,
    label: String,
    /// What stands behind `Authorization: Bearer`.
    token: String,
}

fn user(all: &All, name: &str) -> Option<User> {
    let kept = all.users.get(name)?;
    let tokens = all.tokens.iter().filter(|token| token.user == name);
    let tokens = tokens.map(|token| Token { no: token.no, label: token.label.clone() });
    Some(User { name: name.to_owned(), role: kept.role.as_str(), tokens: tokens.collect() })
}

/// Everybody who may use the case
#[utoipa::path(
    get,
    path = "/users",
    operation_id = "listUsers",
    tag = "users",
    responses((status = 200, body = Users))
)]
pub(crate) async fn list(State(state): State<Served>) -> Result<Json<Users>, Problem> {
    let all = state.read(|case, _| Ok(case.users()?)).await?;
    Ok(Json(Users { users: all.users.keys().filter_map(|name| user(&all, name)).collect() }))
}

/// Let somebody in, or give another role or password
#[utoipa::path(
    put,
    path = "/users/{name}",
    operation_id = "setUser",
    tag = "users",
    params(("name" = String, Path, description = "The name of the user")),
    request_body = Admission,
    responses(
        (status = 200, body = User),
        (status = 400, body = Problem),
        (status = 409, body = Problem)
    )
)]
pub(crate) async fn set(
    State(state): State<Served>,
    person: Person,
    Id(name): Id,
    Sent(admission): Sent<Admission>,
) -> Result<Json<User>, Problem> {
    if !is_user_name(&name) {
        return Err(Problem::bad("this cannot be the name of a user")
            .hint("take up to 100 letters, digits, spaces and . - _ @"));
    }
    let role = admission.role.map(|role| {
        let known = Role::parse(&role);
        known.ok_or_else(|| Problem::bad(format!("'{role}' is no role")))
    });
    let role = role.transpose()?;
    let password = match admission.password {
        Some(password) => Some(sealed(&state, password).await?),
        None => None,
    };
    let user = state.write(&person, move |case, who, _| {
        let all = case.users()?;
        let known = all.users.get(&name);
        let role = role.or(known.map(|user| user.role));
        let password = password.or(known.map(|user| user.password.clone()));
        let (Some(role), Some(password)) = (role, password) else {
            return Err(Problem::bad(format!("there is no user '{name}' yet"))
                .hint("send `role` and `password`"));
        };
        if role != Role::Admin {
            assert_not_last(&all, &name)?;
        }
        case.set_user(who, &name, &Kept { role, password })?;
        self::user(&case.users()?, &name).ok_or_else(Problem::internal)
    });
    let user = user.await?;
    state.forget_users();
    Ok(Json(user))
}

/// Let somebody in no more, with all tokens
#[utoipa::path(
    delete,
    path = "/users/{name}",
    operation_id = "endUser",
    tag = "users",
    params(("name" = String, Path, description = "The name of the user")),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem))
)]
pub(crate) async fn end(
    State(state): State<Served>,
    person: Person,
    Id(name): Id,
) -> Result<StatusCode, Problem> {
    let ended = state.write(&person, move |case, who, _| {
        assert_not_last(&case.users()?, &name)?;
        match case.end_user(who, &name)? {
            true => Ok(StatusCode::NO_CONTENT),
            false => Err(Problem::not_found("user", &name)),
        }
    });
    let ended = ended.await?;
    state.forget_users();
    Ok(ended)
}

/// Make a token for the programs of a user; it is told only now
#[utoipa::path(
    post,
    path = "/users/{name}/tokens",
    operation_id = "giveToken",
    tag = "users",
    params(("name" = String, Path, description = "The name of the user")),
    request_body = Purpose,
    responses(
        (status = 201, body = NewToken),
        (status = 400, body = Problem),
        (status = 404, body = Problem)
    )
)]
pub(crate) async fn give(
    State(state): State<Served>,
    person: Person,
    Id(name): Id,
    Sent(purpose): Sent<Purpose>,
) -> Result<(StatusCode, Json<NewToken>), Problem> {
    let label = purpose.label.trim().to_owned();
    if label.is_empty() || MOST < label.chars().count() || label.chars().any(char::is_control) {
        return Err(Problem::bad("it is not said what the token is for").hint("send `label`"));
    }
    let (token, hash) = access::new_token().ok_or_else(Problem::internal)?;
    let made = state.write(&person, move |case, who, _| {
        if !case.add_token(who, &name, &label, &hash)? {
            return Err(Problem::not_found("user", &name));
        }
        let all = case.users()?;
        let kept = all.tokens.iter().find(|token| token.hash == hash);
        Ok(NewToken { no: kept.ok_or_else(Problem::internal)?.no, label, token })
    });
    let made = made.await?;
    state.forget_users();
    Ok((StatusCode::CREATED, Json(made)))
}

/// Take a token back
#[utoipa::path(
    delete,
    path = "/users/{name}/tokens/{no}",
    operation_id = "takeToken",
    tag = "users",
    params(
        ("name" = String, Path, description = "The name of the user"),
        ("no" = i64, Path, description = "The number of the token")
    ),
    responses((status = 204), (status = 404, body = Problem))
)]
pub(crate) async fn take(
    State(state): State<Served>,
    person: Person,
    Path((name, no)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    let number: i64 = no.parse().map_err(|_| Problem::not_found("token", &no))?;
    let taken =
        state.write(&person, move |case, who, _| match case.end_token(who, &name, number)? {
            true => Ok(StatusCode::NO_CONTENT),
            false => Err(Problem::not_found("token", &no)),
        });
    let taken = taken.await?;
    state.forget_users();
    Ok(taken)
}

/// Refuses to leave a case without anybody who may let others in.
fn assert_not_last(all: &All, name: &str) -> Result<(), Problem> {
    let mut admins = all.users.iter().filter(|(_, user)| user.role == Role::Admin);
    let is_last = admins.all(|(admin, _)| admin == name) && all.users.contains_key(name);
    let was_admin = all.users.get(name).is_some_and(|user| user.role == Role::Admin);
    if is_last && was_admin {
        let title = format!("'{name}' is the last who may let others in");
        return Err(Problem::new(StatusCode::CONFLICT, "last-admin", title)
            .hint("make somebody else an admin first"));
    }
    Ok(())
}

/// Seals a password, a few at a time.
async fn sealed(state: &Served, password: String) -> Result<String, Problem> {
    let length = password.chars().count();
    if !(MIN_PASSWORD..=MOST).contains(&length) {
        return Err(Problem::bad("the password is too short or too long")
            .hint(format!("take {MIN_PASSWORD} letters or more")));
    }
    let turn = state.checking().await?;
    let sealed = spawn_blocking(move || access::sealed_password(&password)).await;
    drop(turn);
    sealed.ok().flatten().ok_or_else(Problem::internal)
}
