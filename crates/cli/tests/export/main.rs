//! `sijill export` as its users meet it.

#[path = "../case/program.rs"]
mod program;

use program::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Every format, as the help lists them.
fn formats() -> Vec<String> {
    let help = done(&["export", "--help"]).stdout;
    let drops = help.split_once("What a format drops:\n").expect("it lists what is dropped").1;
    let names = drops.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(' '));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Exports into a folder of its own and returns every file with its bytes, lossily as text.
fn exported(name: &str, to: &[String], more: &[&str]) -> Vec<(String, String)> {
    // Two formats at least, so that the output is always a folder.
    let (folder, to) = (scratch(name), format!("{},csv", to.join(",")));
    done(&[&["export", "private.jsonl", "--to", &to, "--output", &folder], more].concat());
    let mut files = Vec::new();
    collect(Path::new(&folder), &mut files);
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("it is a folder").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = fs::read(&path).expect("it was written");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
}

/// The lossless export alone.
fn lossless(name: &str, more: &[&str]) -> String {
    let files = exported(name, &["jsonl".to_owned()], more);
    files.into_iter().find(|(name, _)| name == "claims.jsonl").expect("it is there").1
}

#[test]
fn no_format_for_publishing_contains_a_child_a_witness_or_a_hospital() {
    let words = fs::read_to_string(data("private-words.txt")).expect("it is there");
    let files = exported("publishing", &formats(), &[]);
    assert!(formats().len() <= files.len());
    for (name, text) in files {
        let found: Vec<&str> =
            words.lines().filter(|word| text.contains(word) || name.contains(word)).collect();
        assert!(found.is_empty(), "{name} contains {found:?}");
    }
    // The words are there, and are found where nothing is withheld.
    let text = lossless("internal", &["--profile", "internal", "--reason", "test"]);
    assert!(words.lines().all(|word| text.contains(word)));
    assert!(text.contains("\"reason\":\"test\""));
}

#[test]
fn a_mask_changes_no_offset() {
    let offsets = |more: &[&str]| {
        let text = lossless("offsets", more);
        let of = |line: &str, name: &str| {
            let rest = line.split_once(&format!("\"{name}\":")).map(|(_, rest)| rest.to_owned());
            rest.and_then(|rest| rest.split([',', '}']).next().map(str::to_owned))
        };
        let claims = text.lines().filter(|line| line.starts_with("{\"record\":\"claim\""));
        let places: Vec<_> = claims.map(|line| (of(line, "start"), of(line, "end"))).collect();
        places
    };
    let published = offsets(&[]);
    assert_eq!(published, offsets(&["--profile", "internal", "--reason", "offsets"]));
    assert!(3 < published.len());
}

#[test]
fn an_internal_export_of_a_case_is_in_its_log() {
    let case = new_case("internal-export");
    done(&["ingest", &case, "private.jsonl"]);
    let refused = sijill(&["export", &case, "--to", "csv", "--profile", "internal"]);
    assert_eq!(refused.code, Some(2), "no reason was given");
    let entries = || done(&["case", "log", &case]).stdout;
    let before = entries().lines().count();
    done(&["export", &case, "--to", "csv"]);
    assert_eq!(entries().lines().count(), before, "what is published is not logged");
    let internal = ["--profile", "internal", "--reason", "hand-over"];
    done(&[&["export", &case, "--to", "csv"][..], &internal].concat());
    let log = entries();
    let last = log.lines().last().expect("there is a log");
    assert!(last.contains("\"action\":\"export\"") && last.contains("\"reason\":\"hand-over\""));
    done(&["verify", &case]);
}

#[test]
fn a_case_and_its_reports_give_the_same_rows() {
    let case = new_case("same-rows");
    done(&["ingest", &case, &samples()]);
    let of_case = done(&["export", &case, "--to", "csv"]).stdout;
    let of_files = done(&["export", &samples(), "--to", "csv", "--threads", "1"]).stdout;
    assert_eq!(of_case, of_files);
    assert!(400 < of_case.lines().count());
}

#[test]
fn the_same_command_gives_the_same_bytes() {
    let files =
        |threads: &str| exported(&format!("same-{threads}"), &formats(), &["--threads", threads]);
    for (one, three) in files("1").iter().zip(&files("3")) {
        assert!(one == three, "{} differs from run to run", one.0);
    }
}

#[test]
fn rows_that_others_coded_are_claims_of_their_outlet() {
    let claims = |from: &str| {
        let run = done(&["export", &format!("{from}.csv"), "--from", from, "--to", "csv"]);
        run.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let acled = claims("acled");
    assert_eq!(acled.len(), 2, "the event and its dead: {acled:?}");
    assert!(acled[0].contains(",acled,") && acled[0].contains(",airstrike,"));
    assert!(acled[0].contains(",us-coalition,") && acled[0].contains(",2017-06-12,"));
    assert!(acled[1].contains(",killed,") && acled[1].contains(",12,12,"));
    let ged = claims("ged");
    assert_eq!(ged.len(), 3, "the event, the dead of a side, and all: {ged:?}");
    assert!(ged.iter().all(|row| row.contains(",ucdp-ged,") && row.contains("import.ucdp-ged/1")));
    assert!(ged[2].contains(",5,9,"));
}

#[test]
fn a_row_with_a_fault_is_told_and_the_others_go_on() {
    let run = sijill(&["export", "acled-faults.csv", "--from", "acled", "--to", "csv"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("line 2: event_date '12 June' is no date"), "{}", run.stderr);
    assert!(run.stderr.contains("line 3: unknown sub_event_type 'Skirmish'"), "{}", run.stderr);
    assert_eq!(run.stdout.lines().count(), 2);
}

#[test]
fn annotations_come_back_as_they_went() {
    let folder = scratch("annotated");
    let internal = ["--profile", "internal", "--reason", "annotation"];
    done(
        &[&["export", "private.jsonl", "--to", "brat", "--output", &folder][..], &internal]
            .concat(),
    );
    let to_csv = [&["--to", "csv"][..], &internal].concat();
    let before = done(&[&["export", "private.jsonl"][..], &to_csv].concat()).stdout;
    let after = done(&[&["export", &folder, "--from", "brat"][..], &to_csv].concat()).stdout;
    // From kind to evidence, parties and time: what an annotator sees and may change.
    let seen = |text: &str| {
        let rows = text.lines().skip(1).filter(|row| !row.contains(",title,event"));
        let mut rows: Vec<String> =
            rows.map(|row| row.split(',').skip(8).take(8).collect::<Vec<_>>().join(",")).collect();
        rows.sort();
        rows
    };
    let (before, after) = (seen(&before), seen(&after));
    assert!(!after.is_empty());
    for row in &after {
        assert!(before.contains(row), "{row} is not among {before:?}");
    }
}

#[test]
fn an_export_for_publishing_leaves_a_case_as_it_is() {
    let bytes = || fs::read(reports()).expect("the case is a file");
    let before = bytes();
    let rows = done(&["export", reports(), "--to", "hxl"]).stdout;
    assert!(rows.lines().nth(1).is_some_and(|tags| tags.starts_with("#event+code,#date+start")));
    assert!(before == bytes());
}
