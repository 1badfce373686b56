//! What must not be published: the cases of tests/privacy.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use sijill::model::Document;
use sijill::privacy::{Guard, Sort};
use sijill::{Knowledge, Options, Tables};
use std::fs;
use std::path::{Path, PathBuf};

/// A text and what must be masked in it, as `person words` or `site words`.
struct Case {
    text: String,
    withheld: Vec<String>,
}

fn cases(file: &Path) -> Vec<Case> {
    let markdown = fs::read_to_string(file).expect("the cases can be read");
    let blocks: Vec<&str> = markdown.split("```").skip(1).step_by(2).collect();
    let body = |block: &str, name: &str| {
        let body = block.strip_prefix(name).and_then(|rest| rest.strip_prefix('\n'));
        body.unwrap_or_else(|| panic!("a block '{name}' should stand here, not '{block}'"))
            .to_owned()
    };
    let pairs = blocks.chunks(2).map(|pair| Case {
        text: body(pair[0], "text"),
        withheld: body(pair[1], "withheld").lines().map(str::to_owned).collect(),
    });
    pairs.collect()
}

#[test]
fn what_the_cases_withhold_is_withheld_and_no_more() {
    let knowledge = Knowledge::build(&Tables::embedded()).expect("the tables are right");
    let guard = Guard::new(&knowledge);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/privacy");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("it is there").map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        for case in cases(file) {
            let document = Document { text: case.text, ..Document::default() };
            let options = Options { min_confidence: 0.0 };
            let read = sijill::extract(&document, &knowledge, &options);
            let private = guard.private(&document, &read.mentions, &read.claims);
            let named = private.iter().filter_map(|private| {
                let sort = match private.sort {
                    Sort::Person => "person",
                    Sort::Site => "site",
                    Sort::Coordinates => return None,
                };
                Some(format!("{sort} {}", private.span.of(&document.text)))
            });
            let named: Vec<String> = named.collect();
            if named != case.withheld {
                wrong.push(format!(
                    "{}\n  found  {named:?}\n  wanted {:?}",
                    document.text, case.withheld
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(files.len(), 2, "persons and places");
}
