//! Claims, sources and the timeline of a case, by filters.

use crate::program::*;

fn documents(args: &[&str]) -> Vec<String> {
    let run = done(args);
    let document = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        line["document"].as_str().expect("a claim has its document").to_owned()
    };
    let mut documents: Vec<String> = run.stdout.lines().map(document).collect();
    documents.dedup();
    documents
}

#[test]
fn claims_are_those_that_extract_writes() {
    let case = reports();
    let kept = done(&["claims", case]).stdout;
    let read = done(&["extract", "search.jsonl", "--quiet"]).stdout;
    assert_eq!(kept, read);
    let some = done(&["claims", case, "--limit", "2", "--offset", "1"]).stdout;
    assert_eq!(some.lines().collect::<Vec<_>>(), kept.lines().skip(1).take(2).collect::<Vec<_>>());
}

#[test]
fn every_filter_leaves_out_what_it_should() {
    let case = reports();
    let claims = |args: &[&str]| {
        let mut all = vec!["claims", case];
        all.extend(args);
        documents(&all)
    };
    assert_eq!(claims(&["--place", "Yemen", "--actor", "Houthis"]), ["taiz"]);
    assert_eq!(claims(&["--place", "Raqqa", "--kind", "agreement"]), [""; 0]);
    assert_eq!(claims(&["--origin", "sohr", "--actor", "ISIS", "--actor", "civilians"]), ["tabqa"]);
    assert_eq!(claims(&["--modality", "denied"]), ["khartoum"]);
    assert_eq!(claims(&["--since", "2018-02-10", "--until", "2018-02-10"]), ["taiz"]);
    assert_eq!(claims(&["--type", "toll/injured"]), ["taiz"]);
    assert_eq!(claims(&["--document", "mosul", "--kind", "outlook"]), [""; 0]);
}

#[test]
fn claims_fit_a_spreadsheet() {
    let case = reports();
    let run = done(&["claims", case, "--type", "toll/injured", "--format", "csv"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    assert!(lines[0].starts_with("id,document,published,outlet,url,kind,type,agent_id,"));
    assert!(lines[1].contains(",taiz,2018-02-11,,,toll,injured,"), "{}", lines[1]);
}

#[test]
fn sources_are_told_apart_from_outlets() {
    let case = reports();
    let run = done(&["sources", case, "--document", "tabqa", "--format", "csv"]);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(rows[0], "source,name,claims,documents,outlets,relayed,first,last");
    let source = |id: &str| rows.iter().any(|row| row.starts_with(&format!("{id},")));
    assert!(source("sohr") && source("sana"), "{}", run.stdout);
}

#[test]
fn time_is_not_told_more_finely_than_it_was() {
    let case = reports();
    let run = done(&["timeline", case, "--document", "taiz", "--format", "csv"]);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert!(rows.iter().any(|row| row.starts_with("2018-02-10,")), "{}", run.stdout);
    let run = done(&["timeline", case, "--document", "taiz", "--by", "year", "--format", "csv"]);
    assert!(run.stdout.lines().any(|row| row.starts_with("2018,")), "{}", run.stdout);
    assert!(!run.stdout.contains("2018-02-10"), "{}", run.stdout);
}

#[test]
fn a_name_that_nobody_knows_is_told() {
    let case = reports();
    let run = sijill(&["claims", case, "--place", "Nowhereville"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: no table knows the place 'Nowhereville'\n  hint: "));
}
