//! A viewer sees no private person, by no address.

use crate::fixture::{Part, Served};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn data(name: &str) -> String {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/tests/data");
    fs::read_to_string(data.join(name)).expect("it can be read")
}

fn ask(served: &Served, role: &str, path: &str) -> (u16, String) {
    let bearer = format!("Bearer {}", served.token(role));
    let answer = served.ask("GET", path, &[("authorization", &bearer)], b"");
    (answer.status.as_u16(), String::from_utf8_lossy(&answer.body).into_owned())
}

fn json(served: &Served, role: &str, path: &str) -> Value {
    let (status, body) = ask(served, role, path);
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).expect("JSON")
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Lists every address that can be read, with ids that are there for this role.
fn addresses(served: &Served, words: &[&str]) -> Vec<String> {
    let documents = json(served, "viewer", "/api/v1/documents?limit=500");
    let documents = documents["items"].as_array().expect("reports");
    let claims = json(served, "viewer", "/api/v1/claims?limit=500");
    let claims = claims["items"].as_array().expect("claims");
    let incidents = json(served, "viewer", "/api/v1/incidents?limit=500");
    let incidents = incidents["items"].as_array().expect("incidents");
    let described = served.get("/openapi.json");
    let mut all = Vec::new();
    for (path, methods) in described["paths"].as_object().expect("paths") {
        if methods["get"].is_null() {
            continue;
        }
        let fill = |ids: Vec<&Value>| -> Vec<String> {
            let ids = ids.into_iter().filter_map(Value::as_str);
            ids.map(|id| path.replace("{id}", &encoded(id))).collect()
        };
        match path.as_str() {
            "/api/v1/documents/{id}" => {
                all.extend(fill(documents.iter().map(|it| &it["id"]).collect()))
            }
            "/api/v1/incidents/{id}" => {
                all.extend(fill(incidents.iter().map(|it| &it["id"]).collect()))
            }
            path if path.starts_with("/api/v1/claims/{id}") => {
                all.extend(fill(claims.iter().map(|it| &it["claim"]["id"]).collect()));
            }
            "/api/v1/search" => {
                all.push(path.clone());
                all.extend(words.iter().map(|word| format!("{path}?q={}", encoded(word))));
            }
            path => all.push(format!("{}?limit=500", path.replace("{id}", "1"))),
        }
    }
    all
}

#[test]
fn a_viewer_reads_no_private_name_anywhere() {
    let served = Served::with_users("private");
    let (reports, words) = (data("private.jsonl"), data("private-words.txt"));
    let words: Vec<&str> = words.split_whitespace().collect();
    let bearer = format!("Bearer {}", served.token("editor"));
    let part = Part { name: "file", file: Some("private.jsonl"), content: reports.as_bytes() };
    let answer = served.upload_as(&[part], &[("authorization", &bearer)]);
    assert_eq!(answer.status, 202);
    let id = answer.json()["id"].to_string();
    let is_over = |job: &Value| job["state"] == "done" || job["state"] == "failed";
    while !is_over(&json(&served, "editor", &format!("/api/v1/jobs/{id}"))) {
        std::thread::yield_now();
    }
    let holds =
        |body: &str| words.iter().find(|word| body.contains(**word)).map(|w| (*w).to_owned());
    // They are there for who reads everything.
    let (_, all) = ask(&served, "reviewer", "/api/v1/documents?limit=500");
    assert!(holds(&all).is_some());
    let addresses = addresses(&served, &words);
    assert!(100 < addresses.len());
    let mut read = 0;
    for path in addresses {
        let (status, body) = ask(&served, "viewer", &path);
        read += usize::from(status == 200);
        assert!(status == 200 || status == 403, "{path}: {status} {body}");
        assert_eq!(holds(&body), None, "{path}: {body}");
    }
    assert!(50 < read);
    // By its own name a report is not found, whether it is there or not.
    let line: Value = serde_json::from_str(reports.lines().last().expect("a line")).expect("JSON");
    let named = format!("/api/v1/documents/{}", encoded(line["id"].as_str().expect("an id")));
    assert_eq!(ask(&served, "reviewer", &named).0, 200);
    assert_eq!(ask(&served, "viewer", &named).0, 404);
}
