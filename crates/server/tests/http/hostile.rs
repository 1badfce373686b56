//! What is sent to do harm.

use crate::fixture::{Part, SERVED, Served};
use serde_json::{Value, json};
use sijill_server::Limits;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

const SCRIPT: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

/// Sends bytes and reads until the server hangs up.
fn raw(served: &Served, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(served.address).expect("it answers");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("it can be set");
    stream.write_all(sent).expect("it can be sent");
    let mut answer = Vec::new();
    // The server may also break off.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn scripts_in_text_and_names_stay_text() {
    let served = Served::new("scripts");
    let text = format!("{SCRIPT} a text");
    let jsonl = json!({ "id": SCRIPT, "title": SCRIPT, "text": text, "outlet": SCRIPT, "url": "javascript:alert(1)" });
    let jsonl = jsonl.to_string();
    let name = SCRIPT.replace('"', "%22");
    let job = served.job(&served.upload(&[
        Part { name: "file", file: Some("evil.jsonl"), content: jsonl.as_bytes() },
        Part { name: "file", file: Some(&format!("{name}.txt")), content: text.as_bytes() },
    ]));
    assert_eq!(job["state"], "done", "{job}");
    let queue = served.get("/review?limit=1");
    let id = queue["items"][0]["claim"]["id"].as_str().expect("a claim").to_owned();
    let review = json!({ "verdict": "reject", "reason": SCRIPT, "reviewer": SCRIPT });
    served.posted(&format!("/claims/{id}/reviews"), &review);
    let encoded: String = SCRIPT.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let document = served.get(&format!("/documents/{encoded}"));
    assert_eq!((&document["text"], &document["title"]), (&json!(text), &json!(SCRIPT)));
    for path in [
        format!("/api/v1/documents/{encoded}"),
        format!("/api/v1/documents/{encoded}none"),
        format!("/api/v1/claims/{id}/reviews"),
        format!("/api/v1/search?q={encoded}"),
        format!("/api/v1/documents?outlet={encoded}&cursor={encoded}"),
        format!("/api/v1/incidents/{encoded}"),
        "/api/v1/documents".to_owned(),
        "/api/v1/items".to_owned(),
        "/api/v1/acts".to_owned(),
        "/api/v1/audit".to_owned(),
        "/api/v1/jobs/1".to_owned(),
        format!("/{encoded}"),
    ] {
        let answer = served.ask("GET", &path, &[], b"");
        let kind = answer.header("content-type").to_owned();
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        let is_page = kind.starts_with("text/html");
        assert!(!is_page || !body.contains("alert(1)"), "{path}: a script got into a page");
        assert!(
            is_page || kind == "application/json" || kind == "application/problem+json",
            "{path}"
        );
        assert!(is_page || serde_json::from_str::<Value>(&body).is_ok(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-"), "{path}");
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let body = json!({ "verdict": "reject", "reason": "x".repeat(300 << 10) });
    let answer = SERVED.post("/claims/clm_x/reviews", &body);
    assert_eq!(answer.status, 413);
    let long = format!("/api/v1/search?q={}", "x".repeat(1 << 20));
    let request = format!("GET {long} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(!raw(&SERVED, request.as_bytes()).starts_with("HTTP/1.1 2"));
    // It still answers.
    assert!(SERVED.get("/overview")["documents"].as_u64() > Some(0));
}

#[test]
fn who_is_slow_is_not_waited_for() {
    let brief = Duration::from_millis(200);
    let served = Served::waiting("slow", Limits { head: brief, body: brief });
    assert!(!raw(&served, b"GET /api/v1/overview HT").contains("200 OK"));
    let head = "POST /api/v1/judgements HTTP/1.1\r\nhost: localhost\r\n\
                content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let answer = raw(&served, head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let head = "POST /api/v1/ingest HTTP/1.1\r\nhost: localhost\r\n\
                content-type: multipart/form-data; boundary=b\r\ncontent-length: 100\r\n\r\n--b\r\n";
    let answer = raw(&served, head.as_bytes());
    assert!(answer.starts_with("HTTP/1.1 4"), "{answer}");
    assert!(served.get("/jobs")["items"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn no_name_leads_to_a_file_of_the_machine() {
    for path in [
        "/api/v1/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/api/v1/documents/%00",
        "/api/v1/claims/..%2f..%2faudit",
        "/api/v1/jobs/..%2f1",
        "/..%5c..%5cetc%5cpasswd",
        "/assets/%2e%2e%5c%2e%2e%5cCargo.toml",
    ] {
        let answer = SERVED.ask("GET", path, &[], b"");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!body.contains("root:") && !body.contains("[workspace"), "{path}");
        assert!(!path.starts_with("/api") || answer.status == 404, "{path}: {}", answer.status);
    }
}
