//! A process is killed in the middle of an ingest or a corroboration: nothing that was kept is lost.

use crate::fixture::*;
use sijill_store::{Case, Finding, Freshness};
use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Names the case to the process that is to be killed.
const CASE: &str = "SIJILL_TEST_CASE";

/// Tells the process to keep findings instead of ingesting.
const FINDINGS: &str = "SIJILL_TEST_FINDINGS";

/// How many items are handed in, in batches of three.
const ITEMS: usize = 60;

/// The points at which a process may be held, and how often each is passed.
const POINTS: [(&str, u64); 3] = [("item", 60), ("commit", 20), ("batch", 20)];

/// Runs only as the process that is to be killed.
#[test]
fn the_process_that_is_killed() {
    let Some(path) = env::var_os(CASE) else { return };
    let mut case = reopen(Path::new(&path));
    if env::var_os(FINDINGS).is_some() {
        keep(&mut case, "second");
    } else {
        fill(&mut case, 0..ITEMS);
    }
}

/// Begins to write into a case, and kills the process at the `count`th point of a name.
fn kill_at(path: &Path, job: &str, name: &str, count: u64) {
    let mut child = Command::new(env::current_exe().expect("the test has a path"))
        .args(["--exact", "killed::the_process_that_is_killed", "--nocapture"])
        .env(CASE, path)
        .env(job, "1")
        .env("SIJILL_HOLD", format!("{name}:{count}"))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the test starts again");
    let stderr = child.stderr.take().expect("its errors are read");
    let held = BufReader::new(stderr).lines().any(|line| line.is_ok_and(|line| line == "holding"));
    assert!(held, "{name}:{count} is passed");
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
}

/// Lists twenty points, by a linear congruence: the same in every run.
fn points(names: &[(&'static str, u64)]) -> Vec<(&'static str, u64)> {
    let mut random = 20_171_018_u64;
    let next = |run: usize| {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (name, times) = names[run % names.len()];
        (name, 1 + (random >> 33) % times)
    };
    (0..20).map(next).collect()
}

#[test]
fn a_process_that_is_killed_at_any_point_leaves_whole_batches() {
    let mut undisturbed = new_case("unkilled");
    fill(&mut undisturbed, 0..ITEMS);
    let wanted = contents(&undisturbed);
    for (name, count) in points(&POINTS) {
        let mut case = new_case("killed");
        let path = case.path().to_owned();
        kill_at(&path, "SIJILL_TEST_ITEMS", name, count);
        let kept: u64 = case.summary().expect("it can be counted").states.iter().map(|s| s.1).sum();
        let before = match name {
            "item" => (count - 1) / 3 * 3,
            "commit" => (count - 1) * 3,
            _ => count * 3,
        };
        assert_eq!(kept, before, "{name}:{count} keeps the batches before it");
        assert_eq!(faults(&case), [""; 0], "{name}:{count}");
        let totals = fill(&mut case, 0..ITEMS);
        assert!(totals.balance() && totals.kept == before, "{name}:{count} {totals:?}");
        assert_eq!(contents(&case), wanted, "{name}:{count}");
        assert_eq!(faults(&case), [""; 0], "{name}:{count}");
    }
}

/// How many findings are kept.
const KEPT: usize = 50;

/// Keeps findings that name the run.
fn keep(case: &mut Case, run: &str) {
    let finding = |number: usize| Finding {
        sort: "incident",
        id: Some(format!("inc_{number}")),
        record: format!("{{\"id\":\"inc_{number}\",\"run\":\"{run}\"}}"),
        claims: vec![format!("clm_{number}"), format!("clm_{}", number + 1)],
    };
    let findings: Vec<Finding> = (0..KEPT).map(finding).collect();
    case.keep_findings(&who(), &version("k1"), &findings).expect("they can be kept");
}

fn found(case: &Case) -> Vec<String> {
    let mut found = Vec::new();
    let each = |record: &str| {
        found.push(record.to_owned());
        true
    };
    case.findings("incident", None, each).expect("findings can be read");
    found
}

#[test]
fn a_corroboration_that_is_killed_at_any_point_leaves_the_one_before() {
    let mut undisturbed = new_case("uncorroborated");
    fill(&mut undisturbed, 0..ITEMS);
    keep(&mut undisturbed, "first");
    let first = found(&undisturbed);
    keep(&mut undisturbed, "second");
    let second = found(&undisturbed);
    assert_ne!(first, second);
    for (name, count) in
        points(&[("finding", KEPT as u64), ("found", 1), ("finding", 50), ("corroborated", 1)])
    {
        let mut case = new_case("corroboration-killed");
        let path = case.path().to_owned();
        fill(&mut case, 0..ITEMS);
        keep(&mut case, "first");
        drop(case);
        kill_at(&path, FINDINGS, name, count);
        let mut case = reopen(&path);
        let wanted = if name == "corroborated" { &second } else { &first };
        assert_eq!(&found(&case), wanted, "{name}:{count}");
        assert_eq!(case.freshness().expect("it is told"), Freshness::Fresh, "{name}:{count}");
        assert_eq!(faults(&case), [""; 0], "{name}:{count}");
        keep(&mut case, "second");
        assert_eq!(found(&case), second, "{name}:{count}");
        assert_eq!(contents(&case), contents(&undisturbed), "{name}:{count}");
        assert_eq!(faults(&case), [""; 0], "{name}:{count}");
    }
}
