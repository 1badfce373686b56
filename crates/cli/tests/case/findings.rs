//! Incidents, contradictions and control of a case, by filters and for eyes.

use crate::program::*;
use serde_json::Value;
use std::sync::LazyLock;

/// A case of the samples, corroborated once, to be read only.
fn corroborated() -> &'static str {
    static CASE: LazyLock<String> = LazyLock::new(|| {
        let case = new_case("corroborated");
        done(&["ingest", &case, &samples()]);
        done(&["corroborate", &case]);
        case
    });
    &CASE
}

fn lines(args: &[&str]) -> Vec<Value> {
    let run = done(args);
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn asked(command: &str, more: &[&str]) -> Vec<Value> {
    let mut args = vec![command, corroborated(), "--format", "jsonl"];
    args.extend(more);
    lines(&args)
}

#[test]
fn incidents_are_those_about_the_claims_that_are_wanted() {
    let all = asked("incidents", &[]);
    for filter in [
        ["--place", "Raqqa"],
        ["--actor", "sdf"],
        ["--origin", "sohr"],
        ["--kind", "toll"],
        ["--type", "event/airstrike"],
        ["--modality", "denied"],
        ["--since", "2017-10-01"],
        ["--until", "2017-03-31"],
    ] {
        let mut claims: Vec<String> = Vec::new();
        for claim in lines(&[&["claims", corroborated()][..], &filter].concat()) {
            claims.push(claim["id"].as_str().expect("a claim has an id").to_owned());
        }
        let has = |incident: &Value| {
            let members = incident["claims"].as_array().expect("it has claims").iter();
            members
                .filter_map(|member| member["id"].as_str())
                .any(|id| claims.iter().any(|c| c == id))
        };
        let wanted: Vec<&Value> = all.iter().filter(|incident| has(incident)).collect();
        let found = asked("incidents", &filter);
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{filter:?}");
        assert!(!found.is_empty() && found.len() < all.len(), "{filter:?} {}", found.len());
    }
}

#[test]
fn findings_fit_a_spreadsheet() {
    for (command, first) in [
        ("incidents", "id,kind,type,place,"),
        ("contradictions", "relation,type,place,place_name,first_value,"),
        ("control", "place,name,since,known,origin,state,holder,share,document"),
    ] {
        let run = done(&[command, corroborated(), "--format", "csv"]);
        let mut rows = run.stdout.lines();
        assert!(rows.next().is_some_and(|header| header.starts_with(first)), "{}", run.stdout);
        assert_eq!(rows.count(), asked(command, &[]).len(), "{command}");
    }
    for view in ["origins", "copies"] {
        let run = done(&["incidents", corroborated(), "--view", view, "--format", "csv"]);
        assert!(run.stdout.lines().count() > 1, "{view}");
    }
}

#[test]
fn contradictions_are_told_apart_from_revisions() {
    let relation = |found: &Value| found["relation"].as_str().map(str::to_owned);
    let only = asked("contradictions", &["--only", "revision"]);
    assert!(only.iter().all(|found| relation(found).as_deref() == Some("revision")));
    assert!(!only.is_empty());
    let denials = asked("contradictions", &["--about", "denial"]);
    assert!(denials.iter().all(|found| found["type"] == "denial") && !denials.is_empty());
    let table = done(&["contradictions", corroborated(), "--about", "control"]).stdout;
    assert!(table.contains("syrian-government  sana"), "{table}");
}

#[test]
fn control_is_told_as_of_a_day_and_as_known_on_a_day() {
    let place = ["--place", "Raqqa", "--origin", "sdf"];
    let series = asked("control", &place);
    let day = |state: &Value, name: &str| state[name].as_str().unwrap_or_default().to_owned();
    assert!(series.len() > 1, "{series:?}");
    let sorted = series.windows(2).all(|pair| {
        day(&pair[0], "place") != day(&pair[1], "place")
            || day(&pair[0], "since") <= day(&pair[1], "since")
    });
    assert!(sorted, "{series:?}");
    let as_of = asked("control", &[&place[..], &["--as-of", "2017-06-30"]].concat());
    assert!(as_of.iter().all(|state| day(state, "since").as_str() <= "2017-06-30"), "{as_of:?}");
    assert!(as_of.len() < series.len() && !as_of.is_empty());
    let known = asked("control", &["--as-of", "2017-12-31", "--known-on", "2017-04-01"]);
    assert!(known.iter().all(|state| day(state, "known").as_str() <= "2017-04-01"), "{known:?}");
    assert!(!known.is_empty());
}

#[test]
fn one_incident_is_shown_with_every_figure_side_by_side() {
    let told = done(&["incident", corroborated()]).stdout;
    assert!(told.contains("reports, from separate origins\n"), "{told}");
    // The way of a figure: from the origin through the wire; of a copy, from what it copies.
    assert!(told.contains("    ≥20  sohr ← afp  ") && told.contains("rbss ← furat-post"), "{told}");
    assert!(told.contains("\nContradictions\n  number\n  20+ "), "{told}");
    assert!(told.contains("Why they are one happening\n"), "{told}");
    // Arabic stands on the right: in an isolate that ends at the margin.
    let arabic = told.lines().filter(|line| line.ends_with('\u{2069}'));
    assert!(arabic.clone().count() > 10 && arabic.clone().all(|line| line.contains('\u{2068}')));
    let id = told.lines().nth(1).and_then(|line| line.split(' ').next()).expect("it has an id");
    assert_eq!(done(&["incident", corroborated(), &id[..12]]).stdout, told);
    let claim = asked("incidents", &[]);
    let claim = claim.iter().find(|incident| incident["id"] == id).expect("it is there");
    let claim = claim["claims"][0]["id"].as_str().expect("a claim has an id").to_owned();
    assert_eq!(done(&["incident", corroborated(), &claim]).stdout, told);
    let none = sijill(&["incident", corroborated(), "inc_none"]);
    assert_eq!(none.code, Some(2));
    assert!(
        none.stderr
            .starts_with("error: no incident and no claim of one has the id 'inc_none'\n  hint: ")
    );
    let many = sijill(&["incident", corroborated(), "inc_"]);
    assert!(
        many.stderr.contains("incidents or claims begin with 'inc_'\n  hint: write more of it")
    );
}

#[test]
fn filters_need_a_case() {
    let run = sijill(&["incidents", "same.jsonl", "--place", "Idlib"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: filters are for a case\n  hint: "), "{}", run.stderr);
}

#[test]
fn what_title_and_text_tell_stands_once_in_an_incident() {
    let case = new_case("titled");
    done(&["ingest", &case, "titled.jsonl"]);
    assert_eq!(done(&["claims", &case, "--type", "toll/killed"]).stdout.lines().count(), 2);
    assert_eq!(done(&["claims", &case, "--type", "event/airstrike"]).stdout.lines().count(), 2);
    done(&["corroborate", &case]);
    let told = done(&["incident", &case]).stdout;
    assert_eq!(told.lines().filter(|line| line.contains(" 23 ")).count(), 1, "{told}");
    assert_eq!(told.matches("  event/airstrike  by us-coalition\n").count(), 1, "{told}");
    assert!(!told.contains("  event/airstrike\n"), "{told}");
    let table = done(&["incidents", &case, "--format", "table"]).stdout;
    assert_eq!(table.lines().filter(|line| line.starts_with("  killed ")).count(), 1, "{table}");
}
