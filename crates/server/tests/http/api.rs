//! What the API answers.

use crate::fixture::{ask, get};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn items(page: &Value) -> &[Value] {
    page["items"].as_array().map_or(&[], Vec::as_slice)
}

/// Follows a list to its end.
fn all(path: &str, limit: usize) -> Vec<Value> {
    let joint = if path.contains('?') { '&' } else { '?' };
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = get(&format!("{path}{joint}limit={limit}{cursor}"));
        assert!(items(&page).len() <= limit);
        found.extend_from_slice(items(&page));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[test]
fn the_overview_counts_what_the_lists_hold() {
    let overview = get("/overview");
    let documents = all("/documents", 7);
    assert_eq!(overview["documents"], documents.len());
    assert_eq!(overview["claims"], get("/claims?limit=1")["total"]);
    let claims: u64 = documents.iter().filter_map(|document| document["claims"].as_u64()).sum();
    assert_eq!(overview["claims"], claims);
    assert_eq!(overview["names"]["sohr"]["type"], "source");
    let failed = get("/items?state=failed");
    assert_eq!(items(&failed).len(), 1);
    assert!(items(&failed)[0]["reason"].as_str().is_some_and(|reason| reason.contains("binary")));
}

#[test]
fn pages_hold_everything_once_and_in_order() {
    let days = |found: &[Value]| -> Vec<String> {
        found.iter().map(|one| one["published"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let documents = all("/documents", 7);
    let mut sorted = days(&documents);
    sorted.sort_by(|a, b| b.cmp(a));
    assert_eq!(days(&documents), sorted);
    let mut ids: Vec<&str> = documents.iter().filter_map(|one| one["id"].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), documents.len());
    let ids = |found: &[Value]| -> Vec<String> {
        found.iter().map(|one| one["claim"]["id"].to_string()).collect()
    };
    assert_eq!(ids(&all("/claims?kind=toll", 20)), ids(&all("/claims?kind=toll", 500)));
    assert_eq!(all("/audit", 1), all("/audit", 50));
}

#[test]
fn a_report_says_what_its_spans_say() {
    let listed = all("/documents", 500);
    let mut ids = listed.iter().filter_map(|one| one["id"].as_str());
    let id = ids.find(|id| id.ends_with("01-mansoura-school-local.txt")).expect("a sample");
    let document = get(&format!("/documents/{}", id.replace('/', "%2F")));
    let text: Vec<char> = document["text"].as_str().expect("a text").chars().collect();
    let claims = document["claims"].as_array().expect("claims");
    assert!(!claims.is_empty());
    for claim in claims {
        let evidence = &claim["evidence"];
        let (start, end) = (evidence["start"].as_u64(), evidence["end"].as_u64());
        let (start, end) = (start.expect("a start") as usize, end.expect("an end") as usize);
        let words: String = text[start..end].iter().collect();
        assert_eq!(evidence["exact"], words);
    }
    let mentions = document["mentions"].as_array().expect("mentions");
    let inside = |end: &Value| end.as_u64().is_some_and(|end| end as usize <= text.len());
    assert!(!mentions.is_empty() && mentions.iter().all(|mention| inside(&mention["end"])));
    assert_eq!(document["names"]["rbss"]["type"], "source");
    assert_eq!(document["items"][0]["state"], "new");
}

#[test]
fn claims_are_those_that_are_asked_for() {
    let tolls = all("/claims?kind=toll&origin=sohr", 500);
    assert!(!tolls.is_empty());
    for found in &tolls {
        assert_eq!(found["claim"]["kind"], "toll");
        let chain = found["claim"]["attribution"].as_array();
        let last = chain.and_then(|chain| chain.last()).map(|voice| &voice["id"]);
        assert_eq!(last.unwrap_or(&found["report"]["outlet"]), "sohr");
    }
    assert!(tolls.len() < all("/claims?kind=toll", 500).len());
    let id = tolls[0]["claim"]["id"].as_str().expect("an id");
    let one = get(&format!("/claims/{id}"));
    assert_eq!(one["claim"], tolls[0]["claim"]);
    let why = get(&format!("/claims/{id}/why"));
    assert_eq!(why["is_stale"], false);
    let made = |trial: &Value| trial["claim"] == id && trial["rule"] == why["rule"];
    assert!(why["trials"].as_array().is_some_and(|trials| trials.iter().any(made)));
}

#[test]
fn a_search_finds_names_in_other_words_and_counts() {
    let by_name = get("/search?q=SDF");
    let total = by_name["total"].as_u64().expect("a total");
    assert!(total > 5);
    let facet = |name: &str| {
        let facets = by_name["facets"].as_array().into_iter().flatten();
        facets.clone().find(|facet| facet["facet"] == name).expect("a facet").clone()
    };
    let first = &facet("origin")["values"][0];
    let origin = first["key"].as_str().expect("an id");
    let within = get(&format!("/search?q=SDF&within=origin:{origin}"));
    assert_eq!(within["total"], first["count"]);
    let excerpt = &within["items"][0]["excerpt"];
    let marks = excerpt["marks"].as_array().expect("marks");
    let length = excerpt["text"].as_str().map_or(0, |text| text.chars().count());
    let inside = |mark: &Value| mark["end"].as_u64().is_some_and(|end| end as usize <= length);
    assert!(!marks.is_empty() && marks.iter().all(inside));
    assert_eq!(get("/search")["total"], get("/overview")["documents"]);
    assert_eq!(get("/search?q=qqqq")["total"], 0);
}

#[test]
fn sources_tell_what_is_their_own_and_what_is_passed_on() {
    let sources = all("/sources", 10);
    let originated: u64 = sources.iter().filter_map(|one| one["originated"].as_u64()).sum();
    assert!(originated <= get("/overview")["claims"].as_u64().expect("a count"));
    let relays = sources.iter().find(|one| one["relayed"].as_u64() > Some(0)).expect("a relay");
    assert!(relays["relays"][0]["count"].as_u64() > Some(0));
    // Asked before, so that the reports lie side by side.
    let incidents = get("/incidents?limit=1")["total"].as_u64();
    let sources = all("/sources", 10);
    let sum = |field: &str| -> u64 { sources.iter().filter_map(|one| one[field].as_u64()).sum() };
    assert!(0 < sum("alone") && Some(sum("alone")) <= incidents);
    assert!(0 < sum("revised") && 0 < sum("disputed"));
    let months = get("/timeline?step=month");
    let periods = months["periods"].as_array().expect("periods");
    assert!(periods.iter().any(|period| period["period"] == "2017-10"));
}

#[test]
fn questions_that_make_no_sense_are_told_so() {
    for (path, status) in [
        ("/documents?limit=0", 400),
        ("/documents?limit=many", 400),
        ("/documents?cursor=x", 400),
        ("/claims?since=yesterday", 400),
        ("/claims?kind=war", 400),
        ("/claims?type=toll", 400),
        ("/items?state=lost", 400),
        ("/search?q=%28", 400),
        ("/documents/none.txt", 404),
        ("/claims/clm_none", 404),
        ("/claims/clm_none/why", 404),
        ("/none", 404),
    ] {
        let answer = ask("GET", &format!("/api/v1{path}"), &[]);
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["code"].is_string() && problem["title"].is_string(), "{path}");
    }
}

#[test]
fn the_description_is_the_recorded_one_and_lists_every_address() {
    let described = get("/openapi.json");
    assert_eq!(described["openapi"], "3.1.0");
    let record = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let now = serde_json::to_string_pretty(&described).expect("JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&record, &now).expect("it can be written");
    }
    let recorded = fs::read_to_string(&record).unwrap_or_default();
    assert!(recorded == now, "docs/openapi.json is not what is served: run with UPDATE=1");
    for path in ["/api/v1/overview", "/api/v1/claims/{id}/why", "/api/v1/audit"] {
        assert!(described["paths"][path]["get"].is_object(), "{path}");
    }
    let methods = described["paths"].as_object().into_iter().flatten();
    let methods = methods.flat_map(|(_, path)| path.as_object().into_iter().flatten());
    let mut ids: Vec<String> = methods.map(|(_, it)| it["operationId"].to_string()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "operations share an id: {ids:?}");
    let page = ask("GET", "/api/v1/docs", &[]);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let page = String::from_utf8_lossy(&page.body).into_owned();
    for path in described["paths"].as_object().expect("paths").keys() {
        assert!(page.contains(path.as_str()), "{path} is not on the page");
    }
    assert!(!page.contains("<script") && !page.contains("style="));
    let known = &described["components"]["schemas"];
    let text = described.to_string();
    for name in text.split("#/components/schemas/").skip(1) {
        let name = name.split('"').next().unwrap_or_default();
        assert!(known[name].is_object(), "the schema '{name}' is missing");
    }
}

#[test]
fn incidents_hold_claims_of_many_reports() {
    let incidents = all("/incidents?documents=2", 500);
    assert!(!incidents.is_empty());
    let first = &incidents[0];
    assert!(incidents.iter().all(|one| one["documents"].as_array().is_some_and(|d| d.len() > 1)));
    let id = first["id"].as_str().expect("an id");
    let view = get(&format!("/incidents/{id}"));
    assert_eq!(view["incident"], *first);
    assert_eq!(
        view["claims"].as_array().map(Vec::len),
        first["claims"].as_u64().map(|n| n as usize)
    );
    let documents = first["documents"].as_array().expect("documents");
    let is_of_it = |claim: &Value| documents.contains(&claim["report"]["id"]);
    assert!(view["claims"].as_array().is_some_and(|claims| claims.iter().all(is_of_it)));
    assert!(all("/incidents", 50).len() > incidents.len());
}

#[test]
fn control_is_as_of_a_day_and_as_known_on_one() {
    let place = |control: &Value, name: &str| {
        let places = control["places"].as_array().into_iter().flatten();
        places.clone().find(|place| place["name_en"] == name).cloned().unwrap_or_default()
    };
    let after = get("/control?as_of=2017-10-25");
    assert!(place(&after, "Raqqa")["words"].is_array());
    let before = get("/control?as_of=2017-05-01");
    assert!(before["places"].as_array().map(Vec::len) < after["places"].as_array().map(Vec::len));
    // What was told later was not known yet.
    let known = get("/control?as_of=2017-10-25&known_on=2017-05-01");
    let words = known["places"].as_array().into_iter().flatten();
    let mut words = words.flat_map(|place| place["words"].as_array().into_iter().flatten());
    assert!(words.all(|word| word["known"].as_str() <= Some("2017-05-01")));
    let contested = |place: &Value| {
        place["state"] != "contested"
            || place["parties"].as_array().is_some_and(|parties| parties.len() > 1)
            || place["words"].as_array().into_iter().flatten().any(|word| word["share"].is_array())
    };
    assert!(after["places"].as_array().is_some_and(|places| places.iter().all(contested)));
}

#[test]
fn places_are_counted_by_what_is_told_of_them() {
    let sum = |places: &Value| -> u64 {
        let places = places["places"].as_array().into_iter().flatten();
        places.filter_map(|place| place["claims"].as_u64()).sum()
    };
    let (all, tolls) = (get("/places"), get("/places?kind=toll"));
    assert!(0 < sum(&tolls) && sum(&tolls) < sum(&all));
    assert!(sum(&all) <= get("/overview")["claims"].as_u64().expect("a count"));
}
