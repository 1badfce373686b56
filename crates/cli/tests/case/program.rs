//! Runs the program on cases of a test's own.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn sijill(args: &[&str]) -> Run {
    let mut command: Command = assert_cmd::cargo::cargo_bin_cmd!("sijill");
    command.current_dir(data("")).args(args).env_remove("NO_COLOR").env("USER", "tester");
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs what must succeed.
pub(crate) fn done(args: &[&str]) -> Run {
    let run = sijill(args);
    assert_eq!(run.code, Some(0), "{args:?}\n{}{}", run.stdout, run.stderr);
    run
}

pub(crate) fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The sample reports.
pub(crate) fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").display().to_string()
}

/// A path at which nothing is, for a case or a folder.
pub(crate) fn scratch(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    for end in ["", "-wal", "-shm"] {
        let mut file = path.clone().into_os_string();
        file.push(end);
        let _ = fs::remove_file(file);
    }
    path.display().to_string()
}

/// A case of the reports in `search.jsonl`, made once, to be read only.
pub(crate) fn reports() -> &'static str {
    static CASE: LazyLock<String> = LazyLock::new(|| {
        let case = new_case("reports");
        done(&["ingest", &case, "search.jsonl"]);
        case
    });
    &CASE
}

/// A new case.
pub(crate) fn new_case(name: &str) -> String {
    let path = scratch(&format!("{name}.sijill"));
    done(&["case", "new", &path]);
    path
}
