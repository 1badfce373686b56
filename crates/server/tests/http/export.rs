//! The case in the formats of the field.

use crate::fixture::{ask, get};
use sijill_export::Format;
use std::io::{Cursor, Read as _};
use ureq::http::StatusCode;

/// What the reports of the fixture tell of a child, a witness and a hospital; all are invented.
fn private_words() -> Vec<String> {
    let text = include_str!("../../../cli/tests/data/private-words.txt");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn every_format_comes_with_what_was_withheld() {
    let claims = get("/claims?limit=1")["total"].as_u64().expect("a number");
    for format in Format::all() {
        let name = format.name();
        let answer = ask("GET", &format!("/api/v1/export?format={name}&figures=range"), &[]);
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(answer.header("sijill-withheld").starts_with("private-persons="), "{name}");
        assert!(answer.header("content-disposition").contains(format.file_name()), "{name}");
        if format.is_folder() {
            let mut archive = zip::ZipArchive::new(Cursor::new(answer.body)).expect("a ZIP file");
            assert!(archive.len() > 10, "{name}");
            let mut text = String::new();
            let mut first = archive.by_index(0).expect("a file");
            first.read_to_string(&mut text).expect("it is text");
            assert!(!text.is_empty());
            continue;
        }
        let text = String::from_utf8_lossy(&answer.body);
        assert!(!text.is_empty(), "{name}");
        match name {
            "csv" => assert!(text.contains("figures=range/1; profile=publishing")),
            "jsonl" => {
                let count = text.lines().filter(|line| line.starts_with("{\"record\":\"claim\""));
                assert_eq!(count.count() as u64, claims);
            }
            _ => {}
        }
    }
}

#[test]
fn no_format_contains_a_child_a_witness_or_a_hospital() {
    for format in Format::all().filter(|format| !format.is_binary() && !format.is_folder()) {
        let answer = ask("GET", &format!("/api/v1/export?format={}", format.name()), &[]);
        let text = String::from_utf8_lossy(&answer.body);
        for word in private_words() {
            assert!(!text.contains(&word), "{} contains {word}", format.name());
        }
    }
}

#[test]
fn a_format_that_is_none_is_told_with_those_there_are() {
    let answer = ask("GET", "/api/v1/export?format=xlsx", &[]);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["title"], "there is no format 'xlsx'");
    assert!(answer.json()["hint"].as_str().is_some_and(|hint| hint.contains("geojson")));
    let answer = ask("GET", "/api/v1/export?format=csv&figures=guess", &[]);
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
