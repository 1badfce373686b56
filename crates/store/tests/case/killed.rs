//! A process is killed in the middle of an ingest: nothing that was kept is lost.

use crate::fixture::*;
use std::env;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// Names the case to the process that is to be killed.
const CASE: &str = "SIJILL_TEST_CASE";

/// How many items are handed in, in batches of three.
const ITEMS: usize = 60;

/// The points at which a process may be held, and how often each is passed.
const POINTS: [(&str, u64); 3] = [("item", 60), ("commit", 20), ("batch", 20)];

/// Runs only as the process that is to be killed.
#[test]
fn the_process_that_is_killed() {
    if let Some(path) = env::var_os(CASE) {
        fill(&mut reopen(Path::new(&path)), 0..ITEMS);
    }
}

/// Begins to fill a case, and kills the process at the `count`th point of a name.
fn kill_at(path: &Path, name: &str, count: u64) {
    let mut child = Command::new(env::current_exe().expect("the test has a path"))
        .args(["--exact", "killed::the_process_that_is_killed", "--nocapture"])
        .env(CASE, path)
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

#[test]
fn a_process_that_is_killed_at_any_point_leaves_whole_batches() {
    let mut undisturbed = new_case("unkilled");
    fill(&mut undisturbed, 0..ITEMS);
    let wanted = contents(&undisturbed);
    // A linear congruence: twenty points that are the same in every run.
    let mut random = 20_171_018_u64;
    for run in 0..20 {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (name, times) = POINTS[run % POINTS.len()];
        let count = 1 + (random >> 33) % times;
        let mut case = new_case("killed");
        let path = case.path().to_owned();
        kill_at(&path, name, count);
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
