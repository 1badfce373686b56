//! Who is let in, and what a browser may do with what goes out.

use crate::fixture::{Served, ask};

#[test]
fn every_answer_says_what_a_browser_may_do() {
    for path in ["/", "/api/v1/overview", "/api/v1/none", "/assets/none.js"] {
        let answer = ask("GET", path, &[]);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[test]
fn an_answer_is_not_sent_twice() {
    let first = ask("GET", "/api/v1/sources", &[]);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""));
    let again = ask("GET", "/api/v1/sources", &[("if-none-match", &tag)]);
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let other = ask("GET", "/api/v1/sources?limit=1", &[("if-none-match", &tag)]);
    assert_eq!(other.status, 200);
}

#[test]
fn answers_are_compressed_for_who_can_read_it() {
    let plain = ask("GET", "/api/v1/claims?limit=200", &[]);
    for encoding in ["br", "gzip"] {
        let packed = ask("GET", "/api/v1/claims?limit=200", &[("accept-encoding", encoding)]);
        assert_eq!(packed.header("content-encoding"), encoding);
        assert!(packed.body.len() * 4 < plain.body.len(), "{encoding}");
    }
}

#[test]
fn other_hosts_and_sites_are_refused() {
    let elsewhere = ask("GET", "/api/v1/overview", &[("host", "evil.example")]);
    assert_eq!(elsewhere.status, 421);
    for headers in [
        [("origin", "http://evil.example")],
        [("origin", "null")],
        [("sec-fetch-site", "cross-site")],
    ] {
        assert_eq!(ask("POST", "/api/v1/overview", &headers).status, 403, "{headers:?}");
    }
    assert_eq!(ask("POST", "/api/v1/overview", &[]).status, 405);
    assert_eq!(ask("DELETE", "/", &[]).status, 405);
}

#[test]
fn what_a_proxy_hands_in_is_not_from_this_machine() {
    for name in ["x-forwarded-for", "x-forwarded-host", "forwarded", "via"] {
        let answer = ask("GET", "/api/v1/overview", &[(name, "203.0.113.7")]);
        assert_eq!(answer.status, 421, "{name}");
    }
    // Where it is known by a name, users of the case come in through a proxy.
    let served = Served::elsewhere("proxied", true);
    let bearer = format!("Bearer {}", served.token("viewer"));
    let headers = [
        ("host", "sijill.example"),
        ("x-forwarded-for", "203.0.113.7"),
        ("authorization", bearer.as_str()),
    ];
    assert_eq!(served.ask("GET", "/api/v1/overview", &headers, b"").status, 200);
    assert_eq!(served.ask("GET", "/api/v1/overview", &headers[..2], b"").status, 401);
}

#[test]
fn no_path_leads_out_of_the_files() {
    for path in [
        "/assets/../../../Cargo.toml",
        "/assets/%2e%2e/%2e%2e/%2e%2e/Cargo.toml",
        "/assets/..%2f..%2f..%2fCargo.toml",
        "/%2e%2e/%2e%2e/Cargo.toml",
        "//etc/passwd",
        "/api/v1/documents/..%2f..%2fCargo.toml",
    ] {
        let answer = ask("GET", path, &[]);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(!body.contains("[workspace") && !body.contains("root:"), "{path}");
    }
}
