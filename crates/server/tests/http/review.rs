//! What people decide, and what becomes of it.

use crate::fixture::Served;
use serde_json::{Value, json};
use sijill_store::{Access, Case};

fn ids(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().into_iter().flatten();
    items.filter_map(|item| item["claim"]["id"].as_str()).collect()
}

fn entries(served: &Served) -> u64 {
    served.get("/overview")["entries"].as_u64().expect("a count")
}

/// Checks that the log holds, and that the case says so.
fn verify(served: &Served) {
    let case = Case::open(&served.path, Access::Read).expect("the case can be opened");
    assert_eq!(case.verify(None).expect("it can be checked").faults, []);
}

#[test]
fn a_claim_is_read_by_two_and_settled_by_a_third() {
    let served = Served::new("review");
    let queue = served.get("/review?limit=5&reviewer=a");
    let id = ids(&queue)[0].to_owned();
    let open = queue["progress"]["open"].as_u64().expect("a count");
    let claim = served.get(&format!("/claims/{id}"));
    let before = entries(&served);
    let path = format!("/claims/{id}/reviews");

    let first = served.posted(&path, &json!({ "verdict": "accept", "reviewer": "a" }));
    assert_eq!((&first["state"], &first["act"]["person"]), (&json!("once"), &json!("a")));
    assert!(!ids(&served.get("/review?limit=500")).contains(&id.as_str()));
    assert!(ids(&served.get("/review?list=second&reviewer=a")).is_empty());
    assert_eq!(ids(&served.get("/review?list=second&reviewer=b")), [id.as_str()]);

    let reject = json!({ "verdict": "reject", "reason": "another town", "reviewer": "b" });
    assert_eq!(served.posted(&path, &reject)["state"], "disagreed");
    assert!(ids(&served.get("/review?list=disagreement&reviewer=b")).is_empty());
    let third = served.get("/review?list=disagreement&reviewer=c");
    assert_eq!(ids(&third), [id.as_str()]);
    assert_eq!(third["items"][0]["reviews"].as_array().map(Vec::len), Some(2));

    let count = json!({ "min": 33 });
    let correct = json!({
        "verdict": "correct", "corrections": { "count": count, "time": null },
        "reason": "the number is of the dead", "reviewer": "c"
    });
    let settled = served.posted(&path, &correct);
    assert_eq!(settled["state"], "adjudicated");
    assert_eq!(settled["act"]["corrections"]["count"]["min"], 33);
    let done = served.get("/review?list=done");
    assert_eq!(ids(&done), [id.as_str()]);
    assert_eq!(done["progress"]["open"], open - 1);
    assert_eq!(done["progress"]["adjudicated"], 1);

    assert_eq!(entries(&served), before + 3);
    let after = served.get(&format!("/claims/{id}"));
    assert_eq!(after["claim"], claim["claim"], "a review changed a claim");
    assert_eq!((&claim["review"], &after["review"]["verdict"]), (&Value::Null, &json!("correct")));
    verify(&served);
}

#[test]
fn whatever_was_decided_can_be_taken_back_once() {
    let served = Served::new("undo");
    let queue = served.get("/review?limit=1");
    let id = ids(&queue)[0].to_owned();
    let path = format!("/claims/{id}/reviews");
    let act = served.posted(&path, &json!({ "verdict": "accept" }))["act"].clone();
    let undo = format!("/acts/{}/undo", act["entry"]);
    let undone = served.posted(&undo, &json!({ "reason": "the wrong key" }));
    assert_eq!(undone["undone"]["reason"], "the wrong key");
    assert_eq!(served.post(&undo, &json!({})).status, 409);
    assert_eq!(served.post("/acts/1/undo", &json!({})).status, 404);
    assert_eq!(ids(&served.get("/review?limit=1")), [id.as_str()]);
    let reviews = served.get(&path);
    assert_eq!(
        (&reviews["state"], reviews["acts"].as_array().map(Vec::len)),
        (&json!("open"), Some(1))
    );
    assert_eq!(served.get("/acts")["items"][0]["entry"], act["entry"]);
    verify(&served);
}

#[test]
fn incidents_are_split_merged_and_put_back() {
    let served = Served::new("judgements");
    let incident = served.get("/incidents?documents=2&limit=1")["items"][0].clone();
    let view = served.get(&format!("/incidents/{}", incident["id"].as_str().expect("an id")));
    let report = |claim: &Value| claim["report"]["id"].clone();
    let claims = view["claims"].as_array().expect("claims");
    let last = report(claims.last().expect("a claim"));
    let taken: Vec<&Value> =
        claims.iter().filter(|it| report(it) == last).map(|it| &it["claim"]["id"]).collect();
    let tells = |claim: &Value| -> Vec<Value> {
        let page = served.get("/incidents?limit=500");
        let incidents = page["items"].as_array().expect("incidents").clone();
        let mut found = incidents.into_iter().filter(|one| {
            let view = served.get(&format!("/incidents/{}", one["id"].as_str().expect("an id")));
            let claims = view["claims"].as_array().into_iter().flatten();
            claims.clone().any(|it| it["claim"]["id"] == *claim)
        });
        found.next().expect("an incident")["documents"].as_array().cloned().unwrap_or_default()
    };
    let together = tells(taken[0]);
    assert!(1 < together.len());
    let split = json!({ "different": taken, "from": [incident["id"]], "reason": "a day later" });
    let act = served.posted("/judgements", &split);
    let apart = tells(taken[0]);
    assert!(together.iter().any(|document| !apart.contains(document)), "nothing was split");
    served.posted(&format!("/acts/{}/undo", act["entry"]), &json!({}));
    assert_eq!(tells(taken[0]), together);
    verify(&served);
}

#[test]
fn decisions_that_make_no_sense_are_refused_and_leave_nothing() {
    let served = Served::new("refused");
    let queue = served.get("/review?limit=2");
    let id = ids(&queue)[0];
    let path = format!("/claims/{id}/reviews");
    let before = entries(&served);
    let wrong = |slot: &str, value: Value| {
        let mut corrections = json!({});
        corrections[slot] = value;
        json!({ "verdict": "correct", "corrections": corrections, "reason": "x" })
    };
    for body in [
        json!({ "verdict": "reject" }),
        json!({ "verdict": "reject", "reason": " " }),
        json!({ "verdict": "maybe", "reason": "x" }),
        json!({ "verdict": "correct", "reason": "x" }),
        json!({ "verdict": "accept", "corrections": { "time": null } }),
        json!({ "verdict": "reject", "reason": "x".repeat(3000) }),
        json!({ "verdict": "accept", "reviewer": "a\u{0}b" }),
        wrong("rule", json!("x")),
        wrong("time", json!("yesterday")),
        wrong("count", json!({ "min": 5, "max": 4 })),
        wrong("share", json!({ "min": 0.5, "max": 2 })),
        wrong("modality", json!("sure")),
        wrong("type", json!("toll/eaten")),
        wrong("agent", json!([{ "id": "nobody-knows" }])),
        wrong("place", json!("x")),
    ] {
        let answer = served.post(&path, &body);
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{body}");
    }
    assert_eq!(served.post(&path, &json!({ "decision": "accept" })).status, 422);
    assert_eq!(
        served.post("/claims/clm_none/reviews", &json!({ "verdict": "accept" })).status,
        404
    );
    for body in [
        json!({ "same": [id], "reason": "x" }),
        json!({ "same": [id, ids(&queue)[1]] }),
        json!({ "same": [id], "different": [id], "reason": "x" }),
        json!({ "different": [id], "from": [id], "reason": "x" }),
        json!({ "reason": "x" }),
    ] {
        assert_eq!(served.post("/judgements", &body).status, 400, "{body}");
    }
    let unknown = json!({ "same": [id, "inc_none"], "reason": "x" });
    assert_eq!(served.post("/judgements", &unknown).status, 404);
    assert_eq!(entries(&served), before);
}

#[test]
fn the_queue_holds_every_claim_once_the_most_valuable_first() {
    let served = &crate::fixture::SERVED;
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = served.get(&format!("/review?limit=97{cursor}"));
        let items = page["items"].as_array().expect("items");
        found.extend(items.iter().map(|it| (it["value"].as_f64(), it["claim"]["id"].to_string())));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert!(found.is_sorted_by(|a, b| a.0 >= b.0));
    let (first, total) = (served.get("/review?limit=1"), found.len());
    assert_eq!(first["total"], total);
    let mut ids: Vec<String> = found.into_iter().map(|(_, id)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), total);
    let reasons = first["items"][0]["reasons"].as_array().expect("reasons");
    assert!(reasons.contains(&json!("disputed")));
    assert!(!first["items"][0]["contradictions"].as_array().expect("disputes").is_empty());
    let tolls = served.get("/review?kind=toll&limit=500");
    assert!(tolls["items"].as_array().is_some_and(|all| {
        !all.is_empty() && all.iter().all(|it| it["claim"]["kind"] == "toll")
    }));
}

/// What is told of a claim: in the list, in its report, in its incident.
fn told(served: &Served, id: &str, report: &str, incident: &str) -> [Value; 3] {
    let review = |page: Value, list: &str| {
        let items = page[list].as_array().cloned().unwrap_or_default();
        let found = items.into_iter().find(|item| item["claim"]["id"] == *id);
        found.expect("the claim is there")["review"]["verdict"].clone()
    };
    let report = report.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let list = served.get(&format!("/claims?document={report}&limit=500"));
    let document = served.get(&format!("/documents/{report}"));
    let incident = served.get(&format!("/incidents/{incident}"));
    let in_report = document["reviews"][id]["verdict"].clone();
    [review(list, "items"), in_report, review(incident, "claims")]
}

#[test]
fn what_was_found_is_told_wherever_the_claim_is() {
    let served = Served::new("reflected");
    let queue = served.get("/review?limit=200");
    let items = queue["items"].as_array().expect("claims");
    let item = items.iter().find(|item| item["incident"].is_string()).expect("an incident");
    let text = |value: &Value| value.as_str().expect("an id").to_owned();
    let (id, report) = (text(&item["claim"]["id"]), text(&item["report"]["id"]));
    let incident = text(&item["incident"]);
    let told = || told(&served, &id, &report, &incident);
    let exported = || {
        let answer = served.ask("GET", "/api/v1/export?format=jsonl", &[], b"");
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        (body.contains(&id), answer.header("sijill-reviewed").to_owned())
    };
    assert_eq!(told(), [Value::Null, Value::Null, Value::Null]);
    assert_eq!(exported(), (true, "rejected=0, corrected=0".to_owned()));

    let path = format!("/claims/{id}/reviews");
    let reject = json!({ "verdict": "reject", "reason": "another town", "reviewer": "a" });
    let act = served.posted(&path, &reject)["act"]["entry"].clone();
    assert_eq!(told(), ["reject", "reject", "reject"].map(Value::from));
    assert_eq!(exported(), (false, "rejected=1, corrected=0".to_owned()));

    // Two who disagree decide nothing; when the one takes it back, the other's word counts.
    let correct = json!({
        "verdict": "correct", "corrections": { "modality": "denied" },
        "reason": "it is denied", "reviewer": "b"
    });
    served.posted(&path, &correct);
    assert_eq!(told(), [Value::Null, Value::Null, Value::Null]);
    assert_eq!(exported(), (true, "rejected=0, corrected=0".to_owned()));
    served.posted(&format!("/acts/{act}/undo"), &json!({}));
    assert_eq!(told(), ["correct", "correct", "correct"].map(Value::from));
    let answer = served.ask("GET", "/api/v1/export?format=jsonl", &[], b"");
    assert_eq!(answer.header("sijill-reviewed"), "rejected=0, corrected=1");
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    let line = body.lines().find(|line| line.contains(&id)).expect("the claim is there");
    assert!(line.contains("\"denied\""), "{line}");
}
