//! Questions to a case, and what is found.

use crate::program::*;
use sijill::search::{Indexer, Question};
use sijill::{Knowledge, Tables};
use sijill_store::{Access, Case, Hit, Order, Wanted};
use std::fs;
use std::path::Path;

fn found(case: &str, question: &str, more: &[&str]) -> String {
    let mut args = vec!["search", case, question, "--format", "jsonl"];
    args.extend(more);
    let run = done(&args);
    let id = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        line["document"].as_str().expect("a hit has its document").to_owned()
    };
    run.stdout.lines().map(id).collect::<Vec<_>>().join(" ")
}

#[test]
fn questions_find_what_they_should() {
    let path = reports();
    let case = Case::open(Path::new(path), Access::Read).expect("the case can be opened");
    let knowledge = Knowledge::build(&Tables::embedded()).expect("the tables are sound");
    let indexer = Indexer::new(&knowledge);
    let table = fs::read_to_string(data("search.tsv")).expect("the table is there");
    let mut wrong = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let (question, wanted) = (columns.next().unwrap(), columns.next().unwrap());
        let mut documents: Vec<&str> = wanted.split(' ').filter(|id| !id.is_empty()).collect();
        documents.sort_unstable();
        let found = Question::parse(question, &indexer).expect("it can be understood");
        let Question { expression, since, until, .. } = found;
        let (limit, offset, values, order) = (9, 0, 0, Order::Relevance);
        let wanted = Wanted { expression, since, until, order, limit, offset, values };
        let hits = case.search(&wanted).expect("it can be answered").hits;
        let id = |hit: &Hit| case.document_at(hit.document).expect("it is there").document.id;
        let mut found: Vec<String> = hits.iter().map(id).collect();
        found.sort_unstable();
        if found != documents {
            wrong.push(format!("{line}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn reports_come_in_the_order_that_is_wanted() {
    let case = reports();
    let all = "since:2017-01-01";
    assert_eq!(found(case, all, &["--order", "newest", "--limit", "2"]), "khartoum weather");
    assert_eq!(found(case, all, &["--order", "oldest", "--offset", "4"]), "khartoum");
}

#[test]
fn what_fits_best_comes_first_and_what_nothing_tells_apart_as_it_came() {
    let case = new_case("fitting");
    let file = scratch("fitting.jsonl");
    let report =
        |(number, text): (usize, &str)| format!("{{\"id\":\"r{number}\",\"text\":\"{text}\"}}\n");
    let texts = ["alpha beta gamma delta", "alpha", "beta gamma", "alpha alpha alpha", "gamma"];
    let lines: String = texts.into_iter().enumerate().map(report).collect();
    fs::write(&file, lines).expect("a file can be written");
    done(&["ingest", &case, &file, "--outlet", "rbss", "--published", "2017-03-05"]);
    assert_eq!(found(&case, "alpha", &[]), "r3 r1 r0");
    assert_eq!(found(&case, "alpha since:2017-01-01", &[]), "r3 r1 r0");
    assert_eq!(found(&case, "alpha", &["--order", "oldest"]), "r0 r1 r3");
    assert_eq!(found(&case, "outlet:rbss", &[]), "r4 r3 r2 r1 r0");
    assert_eq!(found(&case, "since:2017-01-01", &["--limit", "2"]), "r4 r3");
}

#[test]
fn facets_count_reports() {
    let case = reports();
    let run = done(&["search", case, "since:2017-01-01", "--limit", "0"]);
    let facet = |name: &str| {
        let line = run.stdout.lines().find(|line| line.starts_with(name));
        line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(facet("published"), "published 2018-02 2; 2017-03 1; 2017-06 1; 2023-08 1;");
    assert!(facet("modality").contains("denied 1;"), "{}", run.stdout);
    assert!(facet("kind").contains("toll 3;"), "{}", run.stdout);
    assert!(run.stderr.starts_with("sijill: 5 reports in "), "{}", run.stderr);
}

#[test]
fn what_cannot_be_understood_is_told_with_a_hint() {
    let knowledge = Knowledge::build(&Tables::embedded()).expect("the tables are sound");
    let indexer = Indexer::new(&knowledge);
    for (question, told) in [
        ("-Raqqa", "'-Raqqa' only says what is not wanted\n  hint: add a word"),
        ("place:Nowhereville", "no table knows the name 'Nowhereville'\n  hint: "),
        ("sort:toll", "there is no field 'sort'\n  hint: the fields are kind, type"),
        ("kind:death", "there is no 'kind:death'\n  hint: "),
        ("since:yesterday", "'yesterday' is no day, month or year\n  hint: write year"),
        ("(Raqqa", "the bracket '(' stands alone\n  hint: "),
        ("\"Raqqa", "the quotation '\"Raqqa' does not end\n  hint: "),
        ("r*", "'r*' is the beginning of too many words\n  hint: write the first two letters"),
        ("Raqqa OR", "nothing follows 'OR'\n  hint: "),
    ] {
        let error = Question::parse(question, &indexer).expect_err("it cannot be understood");
        let all = format!("{error}\n  hint: {}", error.hint());
        assert!(all.starts_with(told), "{question}: {all}");
    }
    let case = reports();
    let run = sijill(&["search", case, "kind:death"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: there is no 'kind:death'\n  hint: "), "{}", run.stderr);
}
