//! Logging in, and what must not come of it.

use crate::fixture::{Answer, PASSWORD, Served};
use serde_json::{Value, json};
use sijill_server::sealed_password;
use sijill_store::{Access, Case, Role, User};
use std::sync::LazyLock;
use std::time::Duration;

static GUARDED: LazyLock<Served> = LazyLock::new(|| Served::with_users("login"));

fn login(served: &Served, user: &str, password: &str, cookie: Option<&str>) -> Answer {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(cookie.map(|cookie| ("cookie", cookie)));
    let body = json!({ "user": user, "password": password }).to_string();
    served.ask("POST", "/api/v1/session", &headers, body.as_bytes())
}

/// Returns the cookie that an answer sets, as a browser sends it.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

fn me(served: &Served, cookie: &str) -> Answer {
    served.ask("GET", "/api/v1/me", &[("cookie", cookie)], b"")
}

#[test]
fn a_session_is_made_anew_and_no_script_reads_it() {
    let planted = "sijill_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(me(&GUARDED, planted).status, 401);
    let first = login(&GUARDED, "editor", PASSWORD, Some(planted));
    assert_eq!(first.status, 200);
    let set = first.header("set-cookie").to_owned();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(set.contains(part), "{set}");
    }
    assert_eq!(first.header("cache-control"), "no-store");
    let own = cookie(&first);
    assert_ne!(own, planted);
    assert_eq!(me(&GUARDED, planted).status, 401, "a planted id was taken over");
    let mine = me(&GUARDED, &own).json();
    assert_eq!((&mine["user"], &mine["role"]), (&json!("editor"), &json!("editor")));

    // Logging in again ends the session of before.
    let second = cookie(&login(&GUARDED, "editor", PASSWORD, Some(&own)));
    assert_ne!(second, own);
    assert_eq!(me(&GUARDED, &own).status, 401);
    let ended = GUARDED.ask("DELETE", "/api/v1/session", &[("cookie", &second)], b"");
    assert_eq!((ended.status.as_u16(), ended.header("clear-site-data")), (204, "\"cache\""));
    assert_eq!(me(&GUARDED, &second).status, 401, "a session outlived its end");
}

#[test]
fn another_site_cannot_act_for_who_is_logged_in() {
    let answer = login(&GUARDED, "reviewer", PASSWORD, None);
    let (own, csrf) = (cookie(&answer), answer.json()["csrf"].clone());
    let csrf = csrf.as_str().expect("a secret");
    let queue = GUARDED.ask("GET", "/api/v1/review?limit=1", &[("cookie", &own)], b"").json();
    let id = queue["items"][0]["claim"]["id"].as_str().expect("a claim").to_owned();
    let path = format!("/api/v1/claims/{id}/reviews");
    let send = |headers: &[(&str, &str)]| {
        let mut all = vec![("cookie", own.as_str())];
        all.extend_from_slice(headers);
        if headers.iter().all(|(name, _)| *name != "content-type") {
            all.push(("content-type", "application/json"));
        }
        GUARDED.ask("POST", &path, &all, br#"{"verdict":"accept"}"#).status.as_u16()
    };
    let other = login(&GUARDED, "admin", PASSWORD, None).json()["csrf"].clone();
    assert_eq!(send(&[]), 403);
    assert_eq!(send(&[("x-sijill-csrf", "")]), 403);
    assert_eq!(send(&[("x-sijill-csrf", other.as_str().expect("a secret"))]), 403);
    assert_eq!(send(&[("x-sijill-csrf", csrf), ("origin", "http://evil.example")]), 403);
    assert_eq!(send(&[("x-sijill-csrf", csrf), ("sec-fetch-site", "cross-site")]), 403);
    assert_eq!(send(&[("x-sijill-csrf", csrf), ("content-type", "text/plain")]), 415);
    assert_eq!(send(&[("x-sijill-csrf", csrf)]), 201);
    let reviews = GUARDED.ask("GET", &path, &[("cookie", &own)], b"").json();
    assert_eq!(reviews["acts"].as_array().map(Vec::len), Some(1));
    assert_eq!(reviews["acts"][0]["person"], "reviewer");
}

#[test]
fn passwords_are_not_guessed_and_users_not_told() {
    let served = Served::with_users("guessing");
    let wrong = login(&served, "viewer", "a wrong password", None);
    let nobody = login(&served, "who-is-this", "a wrong password", None);
    assert_eq!((wrong.status.as_u16(), wrong.body.clone()), (401, nobody.body));
    assert!(wrong.headers.get("set-cookie").is_none());
    for _ in 0..4 {
        assert_eq!(login(&served, "viewer", "a wrong password", None).status, 401);
    }
    // Now the right one does not help either, but others come in.
    assert_eq!(login(&served, "viewer", PASSWORD, None).status, 429);
    assert_eq!(login(&served, "editor", PASSWORD, None).status, 200);
    let case = Case::open(&served.path, Access::Read).expect("the case can be opened");
    let (mut refused, mut log) = (0, String::new());
    case.log(|entry| {
        refused += usize::from(entry.contains("\"action\":\"refuse-login\""));
        log.push_str(entry);
        true
    })
    .expect("the log can be read");
    assert_eq!(refused, 6);
    assert!(!log.contains(PASSWORD) && !log.contains("a wrong password"));
    assert!(!log.contains(served.token("admin")), "a token stands in the log");
}

#[test]
fn another_password_ends_the_sessions_of_the_old_one() {
    let served = Served::with_users("password");
    let own = cookie(&login(&served, "viewer", PASSWORD, None));
    assert_eq!(me(&served, &own).status, 200);
    let access = Access::Write { wait: Duration::from_secs(5) };
    let mut case = Case::open(&served.path, access).expect("the case can be opened");
    let password = sealed_password("another horse battery").expect("it can be sealed");
    let user = User { role: Role::Viewer, password };
    case.set_user(&crate::fixture::who(), "viewer", &user).expect("it is written");
    while me(&served, &own).status == 200 {
        std::thread::yield_now();
    }
    assert_eq!(login(&served, "viewer", PASSWORD, None).status, 401);
    assert_eq!(login(&served, "viewer", "another horse battery", None).status, 200);
    assert_eq!(case.verify(None).expect("it can be checked").faults, []);
}

#[test]
fn whoever_is_shut_out_is_out() {
    let served = Served::with_users("shut-out");
    let own = cookie(&login(&served, "editor", PASSWORD, None));
    let bearer = format!("Bearer {}", served.token("editor"));
    assert_eq!(me(&served, &own).status, 200);
    let access = Access::Write { wait: Duration::from_secs(5) };
    let mut case = Case::open(&served.path, access).expect("the case can be opened");
    assert!(case.end_user(&crate::fixture::who(), "editor").expect("it is written"));
    let is_out = || {
        let token = served.ask("GET", "/api/v1/me", &[("authorization", &bearer)], b"");
        me(&served, &own).status == 401 && token.status == 401
    };
    while !is_out() {
        std::thread::yield_now();
    }
    assert_eq!(case.verify(None).expect("it can be checked").faults, []);
}

#[test]
fn from_elsewhere_only_users_come_in_by_a_known_name() {
    let open = Served::elsewhere("elsewhere-open", false);
    assert_eq!(open.ask("GET", "/api/v1/overview", &[], b"").status, 401);
    let served = Served::elsewhere("elsewhere", true);
    assert_eq!(served.ask("GET", "/api/v1/overview", &[], b"").status, 401);
    let bearer = format!("Bearer {}", served.token("viewer"));
    let by = |host: &str| {
        let headers = [("host", host), ("authorization", bearer.as_str())];
        served.ask("GET", "/api/v1/overview", &headers, b"").status.as_u16()
    };
    assert_eq!(by("sijill.example"), 200);
    assert_eq!(by("10.0.0.5:8080"), 200);
    assert_eq!(by("evil.example"), 421);
    // A proxy encrypts: the cookie goes no other way.
    let answer = login(&served, "viewer", PASSWORD, None);
    assert!(answer.header("set-cookie").contains("; Secure"));
}

#[test]
fn users_that_were_smuggled_in_are_found() {
    let served = Served::with_users("smuggled");
    let sql = "UPDATE user SET role = 'admin' WHERE name = 'viewer'";
    let faults = |sql: &str| {
        let case = Case::open(&served.path, Access::Write { wait: Duration::from_secs(5) });
        let case = case.expect("the case can be opened");
        crate::fixture::change(&served.path, sql);
        case.verify(None).expect("it can be checked").faults
    };
    let found: Vec<Value> = faults(sql).iter().map(|fault| json!(fault.record)).collect();
    assert_eq!(found, ["user viewer"]);
}
