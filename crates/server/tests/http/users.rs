//! What an admin decides of who may come in.

use crate::fixture::{Answer, PASSWORD, Served};
use serde_json::{Value, json};
use sijill_store::{Access, Case};

fn ask(served: &Served, token: &str, method: &str, path: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    served.ask(method, &format!("/api/v1{path}"), &headers, body.as_bytes())
}

fn admin(served: &Served, method: &str, path: &str, body: &Value) -> Answer {
    ask(served, served.token("admin"), method, path, body)
}

fn login(served: &Served, user: &str, password: &str) -> u16 {
    let body = json!({ "user": user, "password": password }).to_string();
    let headers = [("content-type", "application/json")];
    served.ask("POST", "/api/v1/session", &headers, body.as_bytes()).status.as_u16()
}

#[test]
fn an_admin_lets_in_and_shuts_out() {
    let served = Served::with_users("admin");
    let new = json!({ "role": "reviewer", "password": "twelve letters" });
    assert_eq!(admin(&served, "PUT", "/users/amal", &json!({ "role": "viewer" })).status, 400);
    assert_eq!(admin(&served, "PUT", "/users/amal", &new).status, 200);
    assert_eq!(login(&served, "amal", "twelve letters"), 200);

    let made = admin(&served, "POST", "/users/amal/tokens", &json!({ "label": "a script" }));
    assert_eq!(made.status, 201);
    let (no, token) = (made.json()["no"].clone(), made.json()["token"].clone());
    let token = token.as_str().expect("a token");
    assert_eq!(ask(&served, token, "GET", "/review", &Value::Null).status, 200);
    let listed = admin(&served, "GET", "/users", &Value::Null);
    let told = String::from_utf8_lossy(&listed.body).into_owned();
    assert!(told.contains("a script") && !told.contains(token) && !told.contains("argon2"));

    // With a lower role the same token does less, and with a taken one nothing.
    assert_eq!(admin(&served, "PUT", "/users/amal", &json!({ "role": "viewer" })).status, 200);
    assert_eq!(ask(&served, token, "GET", "/review", &Value::Null).status, 403);
    assert_eq!(login(&served, "amal", "twelve letters"), 200);
    let path = format!("/users/amal/tokens/{no}");
    assert_eq!(admin(&served, "DELETE", "/users/editor/tokens/99", &Value::Null).status, 404);
    assert_eq!(admin(&served, "DELETE", &path, &Value::Null).status, 204);
    assert_eq!(ask(&served, token, "GET", "/overview", &Value::Null).status, 401);
    assert_eq!(admin(&served, "DELETE", &path, &Value::Null).status, 404);

    assert_eq!(admin(&served, "DELETE", "/users/amal", &Value::Null).status, 204);
    assert_eq!(login(&served, "amal", "twelve letters"), 401);
    let case = Case::open(&served.path, Access::Read).expect("the case can be opened");
    assert_eq!(case.verify(None).expect("it can be checked").faults, []);
}

#[test]
fn the_last_admin_stays() {
    let served = Served::with_users("last-admin");
    let lower = json!({ "role": "editor" });
    for (method, body) in [("PUT", &lower), ("DELETE", &Value::Null)] {
        let answer = admin(&served, method, "/users/admin", body);
        assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (409, &json!("last-admin")));
    }
    assert_eq!(admin(&served, "PUT", "/users/editor", &json!({ "role": "admin" })).status, 200);
    assert_eq!(admin(&served, "PUT", "/users/admin", &lower).status, 200);
    assert_eq!(admin(&served, "GET", "/users", &Value::Null).status, 403);
}

#[test]
fn another_password_ends_sessions_and_what_is_hostile_is_refused() {
    let served = Served::with_users("passwords");
    let body = json!({ "user": "editor", "password": PASSWORD }).to_string();
    let headers = [("content-type", "application/json")];
    let answer = served.ask("POST", "/api/v1/session", &headers, body.as_bytes());
    let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let me = || served.ask("GET", "/api/v1/me", &[("cookie", &cookie)], b"").status.as_u16();
    assert_eq!(me(), 200);
    let short = json!({ "password": "short" });
    assert_eq!(admin(&served, "PUT", "/users/editor", &short).status, 400);
    let other = json!({ "password": "another twelve" });
    assert_eq!(admin(&served, "PUT", "/users/editor", &other).status, 200);
    assert_eq!(me(), 401);
    for name in ["%3Cscript%3E", "a%0Ab", "%20a", "..%2F..%2Fetc"] {
        let new = json!({ "role": "viewer", "password": "twelve letters" });
        let path = format!("/users/{name}");
        assert_eq!(admin(&served, "PUT", &path, &new).status, 400, "{name}");
    }
}
