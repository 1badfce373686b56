//! The suite: literate cases in `tests/suite/**.md`, and the examples that every frame carries.
//!
//! A case is a `text` block followed by a `claims` block; `tests/suite/README.md` has the format.
//! `SIJILL_SUITE_FILTER` keeps the cases whose file or heading contains it, `SIJILL_SUITE_UPDATE`
//! rewrites expectations that fail to what was read. `cargo xtask suite` sets both.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "the runner reads its cases from the repository and tells what fails"
)]

mod case;
mod check;
mod examples;
mod expectation;
mod update;

use case::Case;
use sijill::{Knowledge, Options, Tables};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{env, fs};

/// Reads everything: a case is about what a construction says, not about how sure that is.
pub(crate) const OPTIONS: Options = Options { min_confidence: 0.0 };

/// Builds the tables of `data/` once for all tests.
pub(crate) fn knowledge() -> &'static Knowledge {
    static KNOWLEDGE: OnceLock<Knowledge> = OnceLock::new();
    KNOWLEDGE.get_or_init(|| {
        Knowledge::build(&Tables::embedded()).unwrap_or_else(|faults| {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("the tables have faults:\n{}", faults.join("\n"))
        })
    })
}

/// Tells whether what goes by this name is asked for.
pub(crate) fn is_wanted(name: &str) -> bool {
    env::var("SIJILL_SUITE_FILTER").map_or(true, |filter| name.contains(&filter))
}

/// Prints the failures and a line of counts; panics if there are failures.
pub(crate) fn report(what: &str, cases: usize, expectations: usize, failures: &[String]) {
    for failure in failures {
        println!("{failure}");
    }
    println!("{what}: {cases} cases, {expectations} expectations, {} failures", failures.len());
    assert!(failures.is_empty(), "{} failures, listed above", failures.len());
}

#[test]
fn cases() {
    let root = root();
    let mut files = Vec::new();
    collect(&root.join("tests/suite"), &mut files);
    files.sort();
    let (mut cases, mut expectations, mut failures) = (0, 0, Vec::new());
    for path in &files {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let content = fs::read_to_string(path).expect("a case file is UTF-8");
        let parsed = case::parse(&name, &content).unwrap_or_else(|fault| panic!("{fault}"));
        let wanted: Vec<Case> = parsed.into_iter().filter(|case| is_wanted(&case.name())).collect();
        let before = failures.len();
        for case in &wanted {
            cases += 1;
            expectations += case.expectations.len();
            failures.extend(check::case(case));
        }
        if before < failures.len() && env::var_os("SIJILL_SUITE_UPDATE").is_some() {
            fs::write(path, update::rewrite(&content, &wanted)).expect("a case file is writable");
        }
    }
    report("suite", cases, expectations, &failures);
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the crate lies in the repository")
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of cases is readable") {
        let path = entry.expect("its entries are readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md") {
            files.push(path);
        }
    }
}
