//! A case of the samples, served on loopback to a client that knows nothing of us.

use serde_json::Value;
use sijill::search::{Indexer, Terms};
use sijill::{DEFAULT_CONFIDENCE, Knowledge, Options, Tables, extract};
use sijill_io::Inputs;
use sijill_server::{Limits, State, new_token, sealed_password, serve};
use sijill_store::{
    Access, Added, Case, Derived, Found, Packer, Provenance, Reading, Received, Role, User,
    Version, Who,
};
use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use ureq::http::{HeaderMap, StatusCode};

/// The tables, read once for all tests.
static KNOWLEDGE: LazyLock<&'static Knowledge> = LazyLock::new(|| {
    let knowledge = Knowledge::build(&Tables::embedded()).expect("the tables are sound");
    Box::leak(Box::new(knowledge))
});

/// The case of the samples, which no test writes to.
pub(crate) static SERVED: LazyLock<Served> = LazyLock::new(|| Served::new("served"));

/// A case that is served on loopback.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) path: PathBuf,
    tokens: BTreeMap<&'static str, String>,
}

/// The roles, that which may least first; each is the name of a user, too.
pub(crate) const ROLES: [&str; 4] = ["viewer", "reviewer", "editor", "admin"];

/// The password of all of them.
pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) fn who() -> Who {
    Who { user: "tester".to_owned(), program: "test 1".to_owned() }
}

/// Changes a case as somebody with a database program would.
pub(crate) fn change(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).expect("it is a database");
    connection.execute_batch(sql).expect("it can be changed");
}

impl Served {
    /// Makes a case of the samples and serves it.
    pub(crate) fn new(name: &str) -> Self {
        let path = fill(name, *KNOWLEDGE);
        let state = State::open(&path, *KNOWLEDGE).expect("the case can be opened");
        Self::of(path, state.operated_by("tester"), BTreeMap::new())
    }

    /// Makes a case that waits so long for who asks.
    pub(crate) fn waiting(name: &str, limits: Limits) -> Self {
        let path = fill(name, *KNOWLEDGE);
        let state = State::open(&path, *KNOWLEDGE).expect("the case can be opened");
        Self::of(path, state.waiting(limits), BTreeMap::new())
    }

    /// Makes a case with a user of each role.
    pub(crate) fn with_users(name: &str) -> Self {
        let path = fill(name, *KNOWLEDGE);
        let tokens = let_in(&path);
        let state = State::open(&path, *KNOWLEDGE).expect("the case can be opened");
        Self::of(path, state, tokens)
    }

    /// Makes a case that is reached from elsewhere, as `sijill.example`.
    pub(crate) fn elsewhere(name: &str, has_users: bool) -> Self {
        let path = fill(name, *KNOWLEDGE);
        let tokens = if has_users { let_in(&path) } else { BTreeMap::new() };
        let state = State::open(&path, *KNOWLEDGE).expect("the case can be opened");
        Self::of(path, state.reached_by(vec!["sijill.example".to_owned()], true), tokens)
    }

    /// Returns the token of a user.
    pub(crate) fn token(&self, role: &str) -> &str {
        &self.tokens[role]
    }

    fn of(path: PathBuf, state: State, tokens: BTreeMap<&'static str, String>) -> Self {
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = Runtime::new().expect("a runtime can be started");
            runtime.block_on(async {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
                let listener = listener.expect("a free port");
                send.send(listener.local_addr().expect("an address")).expect("a test waits");
                serve(listener, state, std::future::pending()).await.expect("it answers");
            });
        });
        Self { address: receive.recv().expect("it answers"), path, tokens }
    }

    /// Asks with a method, further headers and a body.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .new_agent();
        let uri = format!("http://{}{path}", self.address);
        let mut request = ureq::http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            [] => agent.run(request.body(()).expect("a request")),
            body => agent.run(request.body(body).expect("a request")),
        };
        let mut response = answer.expect("an answer");
        let body = response.body_mut().read_to_vec().expect("a body");
        Answer { status: response.status(), headers: response.headers().clone(), body }
    }

    /// Asks the API, and expects an answer.
    pub(crate) fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", &format!("/api/v1{path}"), &[], b"");
        let told = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {told}");
        answer.json()
    }

    /// Sends JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.ask("POST", &format!("/api/v1{path}"), &headers, body.to_string().as_bytes())
    }

    /// Sends parts of a form: what is said, and files with their names.
    pub(crate) fn upload(&self, parts: &[Part<'_>]) -> Answer {
        self.upload_as(parts, &[])
    }

    /// Does the same with further headers.
    pub(crate) fn upload_as(&self, parts: &[Part<'_>], headers: &[(&str, &str)]) -> Answer {
        let mut body = Vec::new();
        for Part { name, file, content } in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = "--xxBOUNDARYxx\r\ncontent-disposition: form-data; name=";
            body.extend_from_slice(format!("{head}\"{name}\"{file}\r\n\r\n").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--xxBOUNDARYxx--\r\n");
        let mut all = vec![("content-type", "multipart/form-data; boundary=xxBOUNDARYxx")];
        all.extend_from_slice(headers);
        self.ask("POST", "/api/v1/ingest", &all, &body)
    }

    /// Waits until a job is over.
    pub(crate) fn job(&self, answer: &Answer) -> Value {
        let told = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{told}");
        let path = format!("/jobs/{}?limit=500", answer.json()["id"]);
        loop {
            let job = self.get(&path);
            if job["state"] == "done" || job["state"] == "failed" {
                return job;
            }
            std::thread::yield_now();
        }
    }

    /// Sends JSON, and expects that it is taken.
    pub(crate) fn posted(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(path, body);
        let told = String::from_utf8_lossy(&answer.body);
        assert!(answer.status.is_success(), "{path}: {} {told}", answer.status);
        answer.json()
    }
}

/// A part of a form.
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    pub(crate) file: Option<&'a str>,
    pub(crate) content: &'a [u8],
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the answer is JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header of letters"))
    }
}

/// Asks with a method and further headers.
pub(crate) fn ask(method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    SERVED.ask(method, path, headers, b"")
}

/// Asks the API, and expects an answer.
pub(crate) fn get(path: &str) -> Value {
    SERVED.get(path)
}

/// Lets a user of each role in, with a token for each.
fn let_in(path: &Path) -> BTreeMap<&'static str, String> {
    let access = Access::Write { wait: Duration::ZERO };
    let mut case = Case::open(path, access).expect("the case can be opened");
    let password = sealed_password(PASSWORD).expect("a password can be sealed");
    let mut tokens = BTreeMap::new();
    for role in ROLES {
        let user = User { role: Role::parse(role).expect("a role"), password: password.clone() };
        case.set_user(&who(), role, &user).expect("it is written");
        let (token, hash) = new_token().expect("a token can be made");
        assert!(case.add_token(&who(), role, "test", &hash).expect("it is written"));
        tokens.insert(role, token);
    }
    tokens
}

/// Makes a case of the samples, of reports of private persons and of one item that failed.
fn fill(name: &str, knowledge: &Knowledge) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.sijill"));
    for end in ["", "-wal", "-shm"] {
        let mut path = path.clone().into_os_string();
        path.push(end);
        let _ = fs::remove_file(path);
    }
    let who = Who { user: "tester".to_owned(), program: "test 1".to_owned() };
    Case::create(&path, &who, None).expect("a case can be made");
    let access = Access::Write { wait: Duration::ZERO };
    let mut case = Case::open(&path, access).expect("the case can be opened");
    let version = Version {
        program: "test 1".to_owned(),
        knowledge: knowledge.hash().to_owned(),
        min_confidence: DEFAULT_CONFIDENCE,
    };
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let reports = [crates.join("../samples"), crates.join("cli/tests/data/private.jsonl")];
    let indexer = Indexer::new(knowledge);
    let mut packer = Packer::new().expect("zstd is there");
    let mut ingest = case.ingest(&who, version).expect("ingest can begin");
    for piece in Inputs::new(reports) {
        piece.items(&mut |item| {
            let document = item.document.expect("a sample can be read");
            let original = packer.pack(&item.original.expect("bytes")).expect("they are packed");
            let extraction =
                extract(&document, knowledge, &Options { min_confidence: DEFAULT_CONFIDENCE });
            let Terms { words, names, facets } = indexer.terms(&document, &extraction);
            let found = Found { words, names, facets };
            let (claims, mentions) = (extraction.claims, extraction.mentions);
            let derived = Derived {
                document: document.clone(),
                text: packer.pack(document.text.as_bytes()).expect("a text is packed"),
                reading: Reading::new(claims, &mentions, &extraction.diagnostics, found),
            };
            let (location, provenance) = (item.location, Provenance::default());
            let received = Received::unread(location, Some(original), provenance, document);
            let added = ingest.add(&received.read(derived)).expect("it is kept");
            assert!(!matches!(added, Added::Read(_)));
        });
    }
    let reason = "is no text: it looks like binary data".to_owned();
    let failed = "reports/<img src=x onerror=alert(1)>.bin".to_owned();
    let failed = Received::failed(failed, None, Provenance::default(), reason, None);
    ingest.add(&failed).expect("it is kept");
    ingest.finish().expect("the last batch is written");
    path
}
