//! Every address of the description is asked by everybody.

use crate::fixture::{ROLES, Served};
use serde_json::Value;
use std::sync::LazyLock;

/// A case with a user of each role, and a token for each.
static GUARDED: LazyLock<Served> = LazyLock::new(|| Served::with_users("roles"));

/// The number of the role that an operation takes; a new one has to be put here, too.
fn needed(operation: &str) -> Option<usize> {
    Some(match operation {
        "login" | "logout" => return None,
        "getOverview" | "listDocuments" | "getDocument" | "listClaims" | "getClaim" | "search"
        | "listSources" | "getTimeline" | "listPlaces" | "getControl" | "listContradictions"
        | "listIncidentPoints" | "listIncidents" | "getIncident" | "getMe" => 0,
        "explainClaim" | "listItems" | "listAudit" | "getAudit" | "listReview" | "listReviews"
        | "listActs" | "listJobs" | "getJob" | "getExport" | "reviewClaim" | "judge" | "undo" => 1,
        "ingest" => 2,
        "listUsers" | "setUser" | "endUser" | "giveToken" | "takeToken" => 3,
        _ => panic!("'{operation}' is new: say here who may do it"),
    })
}

/// Lists method, address and name of everything that can be asked.
fn operations() -> Vec<(String, String, String)> {
    let described = GUARDED.get("/openapi.json");
    let paths = described["paths"].as_object().expect("paths");
    let mut all = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("methods") {
            let name = operation["operationId"].as_str().expect("a name");
            let path = path.replace("{id}", "x").replace("{entry}", "1");
            let path = path.replace("{name}", "nobody").replace("{no}", "1");
            all.push((method.to_uppercase(), path, name.to_owned()));
        }
    }
    all
}

fn ask(method: &str, path: &str, token: Option<&str>) -> crate::fixture::Answer {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    let body: &[u8] = if matches!(method, "POST" | "PUT") { b"{}" } else { b"" };
    GUARDED.ask(method, path, &headers, body)
}

/// Checks that a refusal tells nothing but that it is one.
fn assert_refused(answer: &crate::fixture::Answer, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}");
    assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    let problem = answer.json();
    let known = ["status", "code", "title", "hint"];
    let keys = problem.as_object().expect("an object").keys();
    assert!(keys.clone().all(|key| known.contains(&key.as_str())), "{what}: {problem}");
}

#[test]
fn whoever_may_not_is_refused_everywhere() {
    let operations = operations();
    assert!(20 < operations.len());
    for (method, path, name) in operations {
        let Some(needed) = needed(&name) else { continue };
        assert_refused(&ask(&method, &path, None), 401, &name);
        assert_refused(&ask(&method, &path, Some("sijill_wrong")), 401, &name);
        for (number, role) in ROLES.iter().enumerate() {
            let answer = ask(&method, &path, Some(GUARDED.token(role)));
            let what = format!("{name} as {role}");
            if number < needed {
                assert_refused(&answer, 403, &what);
            } else {
                assert!(!matches!(answer.status.as_u16(), 401 | 403 | 500), "{what}");
            }
        }
    }
}

#[test]
fn what_is_not_in_the_description_answers_nobody() {
    for (method, path) in [("PUT", "/api/v1/overview"), ("DELETE", "/api/v1/claims/x")] {
        assert_refused(&ask(method, path, None), 405, path);
        assert_refused(&ask(method, path, Some(GUARDED.token("admin"))), 405, path);
    }
}

#[test]
fn a_refusal_is_in_the_log() {
    let answer = ask("POST", "/api/v1/judgements", Some(GUARDED.token("viewer")));
    assert_eq!(answer.status, 403);
    let log = ask("GET", "/api/v1/audit?limit=500", Some(GUARDED.token("reviewer"))).json();
    let entries = log["items"].as_array().expect("entries");
    let refused = entries.iter().map(|one| &one["entry"]).find(|entry: &&Value| {
        entry["action"] == "refuse" && entry["target"]["id"] == "POST /api/v1/judgements"
    });
    assert_eq!(refused.expect("an entry")["actor"]["id"], "viewer");
}
