//! The command line as its users meet it.
//!
//! Inputs are files below `data/`. Recorded output below `snapshots/` is rewritten by `UPDATE=1`.

use assert_cmd::Command;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// What a run gave.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn command(args: &[&str]) -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("sijill");
    command.current_dir(data("")).args(args).env_remove("NO_COLOR").env("TERM", "xterm");
    command
}

fn run(args: &[&str]) -> Run {
    finish(command(args))
}

fn run_with_stdin(args: &[&str], stdin: Vec<u8>) -> Run {
    let mut command = command(args);
    command.write_stdin(stdin);
    finish(command)
}

fn finish(mut command: Command) -> Run {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(data(name)).expect("the input is there")
}

/// A path for output; nothing is there.
fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    let _ = fs::remove_dir_all(&path);
    path
}

/// Compares with the record of that name, in which no line ends in a space.
fn recorded(name: &str, text: &str) {
    let text: String = text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).expect("the record can be written");
    }
    let record = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, record, "{name} differs from its record; run with UPDATE=1 if it is meant");
}

/// The last line, without the numbers that depend on what the engine reads.
fn inputs(run: &Run) -> &str {
    let line = run.stderr.lines().last().expect("there is a summary");
    line.split(';').next().unwrap_or_default()
}

/// A corpus of several runs of lines; with faults, one line of every hundred is bad.
fn corpus(name: &str, with_faults: bool) -> PathBuf {
    let record = String::from_utf8(bytes("good.jsonl")).expect("it is UTF-8");
    let record = record.lines().next().expect("it has a line");
    let mut corpus = String::new();
    for i in 0..1500 {
        let line = record.replacen("good-1", &format!("document-{i}"), 1);
        let line = if with_faults && i % 100 == 99 { &line[..20] } else { &line };
        writeln!(corpus, "{line}").expect("a string takes everything");
    }
    let path = scratch(name);
    fs::write(&path, corpus).expect("the corpus can be written");
    path
}

#[test]
fn an_unknown_file_is_named_and_the_rest_goes_on() {
    let alone = run(&["extract", "report.txt"]);
    let run = run(&["extract", "gone.txt", "report.txt"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stdout, alone.stdout);
    assert!(run.stderr.starts_with("error: gone.txt: cannot be read: no such file or directory\n"));
    assert_eq!(inputs(&run), "sijill: 2 inputs: 1 read, 1 failed");
    assert_eq!((alone.code, inputs(&alone)), (Some(0), "sijill: 1 input: 1 read, 0 failed"));
}

#[test]
fn bad_lines_are_named_with_a_hint_and_the_rest_goes_on() {
    let run = run(&["extract", "batch.jsonl"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(inputs(&run), "sijill: 7 inputs: 3 read, 4 failed");
    let errors: Vec<&str> =
        run.stderr.lines().filter(|line| !line.starts_with("sijill:")).collect();
    recorded("bad-lines.txt", &errors.join("\n"));
}

#[test]
fn a_mixed_batch_goes_on_after_each_fault() {
    let run = run(&["extract", "reports", "page.html", "bad-meta", "gone", "batch.jsonl"]);
    assert_eq!(run.code, Some(1));
    // Three reports, a page, one of two with a bad date in its sidecar, nothing, three of seven.
    assert_eq!(inputs(&run), "sijill: 14 inputs: 8 read, 6 failed");
    assert!(
        run.stderr.contains("error: bad-meta/meta.tsv:2: published '5 July 2017' is not a date")
    );
}

#[test]
fn every_encoding_gives_the_same_claims() {
    let expected = run_with_stdin(&["extract", "-"], bytes("report.txt"));
    for name in ["windows-1256.txt", "utf-16le.txt", "utf-16be-bom.txt"] {
        let run = run_with_stdin(&["extract", "-"], bytes(name));
        assert_eq!((run.code, run.stderr), (Some(0), expected.stderr.clone()), "{name}");
        assert_eq!(run.stdout, expected.stdout, "{name}");
    }
    let explained = |name| run_with_stdin(&["explain", "-"], bytes(name)).stdout;
    assert_eq!(explained("windows-1256.txt"), explained("report.txt"));
}

#[test]
fn standard_input_may_be_of_any_format() {
    let summary = |name| {
        let run = run_with_stdin(&["extract", "-"], bytes(name));
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        inputs(&run).to_owned()
    };
    assert_eq!(summary("good.jsonl"), "sijill: 2 inputs: 2 read, 0 failed");
    assert_eq!(summary("report.txt"), "sijill: 1 input: 1 read, 0 failed");
    assert_eq!(summary("page.html"), "sijill: 1 input: 1 read, 0 failed");
    assert_eq!(summary("empty.txt"), "sijill: 0 inputs: 0 read, 0 failed");
    let page = run_with_stdin(&["explain", "-"], bytes("page.html"));
    assert!(page.stdout.contains("published 2017-09-12"));
}

#[test]
fn an_empty_file_is_a_document_without_claims() {
    let run = run(&["extract", "empty.txt"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(inputs(&run), "sijill: 1 input: 1 read, 0 failed");
}

#[test]
fn quiet_is_quiet_but_for_errors() {
    assert_eq!(run(&["extract", "report.txt", "--quiet"]).stderr, "");
    assert!(run(&["extract", "gone.txt", "-q"]).stderr.starts_with("error: gone.txt"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let corpus = corpus("threads.jsonl", true);
    let corpus = corpus.to_str().expect("the path is UTF-8");
    let notes = scratch("threads-notes.jsonl");
    let with = |threads: &str, format: &str| {
        let path = notes.to_str().expect("the path is UTF-8");
        let mut args = vec!["extract", corpus, "reports", "--threads", threads];
        args.extend(["--format", format, "--diagnostics", path]);
        let run = run(&args);
        assert_eq!(run.code, Some(1));
        assert_eq!(inputs(&run), "sijill: 1503 inputs: 1488 read, 15 failed");
        (run.stdout, run.stderr, fs::read_to_string(&notes).expect("there are notes"))
    };
    for format in ["jsonl", "table"] {
        let expected = with("1", format);
        for threads in ["2", "4"] {
            assert!(with(threads, format) == expected, "{threads} threads, {format}");
        }
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let corpus = corpus("pipe.jsonl", false);
    for threads in ["1", "3"] {
        let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin!("sijill"))
            .args(["extract", "--format", "table", "--quiet", "--threads", threads])
            .args([&data("reports"), &corpus])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut some = [0; 64];
        let mut stdout = child.stdout.take().expect("there is a pipe");
        stdout.read_exact(&mut some).expect("the program writes");
        drop(stdout);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}

#[test]
fn output_goes_to_a_file_and_never_comes_back_as_input() {
    let directory = scratch("own-output");
    fs::create_dir_all(&directory).expect("a directory can be made");
    fs::copy(data("report.txt"), directory.join("report.txt")).expect("the input can be copied");
    let output = directory.join("claims.jsonl");
    for _ in 0..2 {
        let mut command = command(&["extract"]);
        command.arg(&directory).arg("--output").arg(&output);
        let run = finish(command);
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
        assert_eq!(inputs(&run), "sijill: 1 input: 1 read, 0 failed");
    }
    let mut command = command(&["extract"]);
    command.args([&output, Path::new("--output"), &output]);
    let run = finish(command);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.ends_with("is both input and output\n"), "{}", run.stderr);
}

#[test]
fn a_table_keeps_directions_apart() {
    let run = run(&["extract", "--format", "table", "report.txt", "page.html"]);
    let mut lines = run.stdout.lines();
    assert!(lines.next().is_some_and(|header| header.starts_with("document ")));
    for line in lines {
        let count = |mark: char| line.chars().filter(|&c| c == mark).count();
        assert_eq!(count('\u{2068}'), count('\u{2069}'), "{line}");
    }
    assert!(!run.stdout.contains('\u{1b}'), "no colour without a terminal");
}

#[test]
fn what_was_typed_of_the_publication_stands_above_the_rest() {
    let typed = ["--published", "2017-11-03", "--outlet", "afp"];
    let told = run(&[&["explain", "page.html"][..], &typed].concat());
    assert!(told.stdout.contains("published 2017-11-03, outlet afp"), "{}", told.stdout);
    let told = run(&["explain", "reports/a.txt"]);
    assert!(told.stdout.contains("published 2017-07-03, outlet local-page"), "{}", told.stdout);
}

#[test]
fn explain_is_plain_unless_asked() {
    assert!(!run(&["explain", "report.txt"]).stdout.contains('\u{1b}'));
    assert!(run(&["explain", "report.txt", "--color", "always"]).stdout.contains('\u{1b}'));
    let run = run(&["explain", "report.txt", "--claim", "nonsense"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("no claim of 'report.txt' has an id that begins with 'nonsense'"));
}

#[test]
fn wrong_usage_is_two() {
    let wrong: &[&[&str]] = &[
        &[],
        &["extract"],
        &["extract", "report.txt", "--published", "yesterday"],
        &["extract", "report.txt", "--min-confidence", "2"],
        &["extract", "report.txt", "--threads", "0"],
        &["extract", "report.txt", "--format", "xml"],
        &["extract", "report.txt", "--output", "gone/claims.jsonl"],
        &["extract", "report.txt", "--knowledge", "no-tables"],
        &["extract", "report.txt", "--knowledge", "gone"],
        &["knowledge"],
    ];
    for args in wrong {
        let run = run(args);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{args:?}");
        assert!(!run.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn table_faults_are_told_with_file_and_line() {
    let sound = run(&["knowledge", "check"]);
    assert_eq!(sound.code, Some(0), "{}", sound.stderr);
    let check = run(&["knowledge", "check", "tables"]);
    assert_eq!(check.code, Some(1), "{}", check.stdout);
    assert!(check.stderr.starts_with("error: tables/frames/broken.toml:"), "{}", check.stderr);
    let extract = run(&["extract", "report.txt", "--knowledge", "tables"]);
    assert_eq!((extract.code, extract.stdout.as_str()), (Some(2), ""));
    assert_eq!(extract.stderr, check.stderr);
}

#[test]
fn names_are_looked_up() {
    let known = run(&["knowledge", "show", "sdf"]);
    assert_eq!(known.code, Some(0), "{}", known.stderr);
    assert!(known.stdout.starts_with("sdf "), "{}", known.stdout);
    let unknown = run(&["knowledge", "show", "nobody-of-this-name"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
}

#[test]
fn help_is_as_recorded() {
    let commands: &[(&str, &[&str])] = &[
        ("help.txt", &[]),
        ("help-extract.txt", &["extract"]),
        ("help-explain.txt", &["explain"]),
        ("help-incidents.txt", &["incidents"]),
        ("help-export.txt", &["export"]),
        ("help-case.txt", &["case"]),
        ("help-case-new.txt", &["case", "new"]),
        ("help-case-show.txt", &["case", "show"]),
        ("help-case-log.txt", &["case", "log"]),
        ("help-ingest.txt", &["ingest"]),
        ("help-search.txt", &["search"]),
        ("help-claims.txt", &["claims"]),
        ("help-sources.txt", &["sources"]),
        ("help-timeline.txt", &["timeline"]),
        ("help-corroborate.txt", &["corroborate"]),
        ("help-incident.txt", &["incident"]),
        ("help-contradictions.txt", &["contradictions"]),
        ("help-control.txt", &["control"]),
        ("help-judge.txt", &["judge"]),
        ("help-judgements.txt", &["judgements"]),
        ("help-verify.txt", &["verify"]),
        ("help-serve.txt", &["serve"]),
        ("help-user.txt", &["user"]),
        ("help-user-add.txt", &["user", "add"]),
        ("help-place.txt", &["place"]),
        ("help-knowledge.txt", &["knowledge"]),
        ("help-knowledge-check.txt", &["knowledge", "check"]),
        ("help-knowledge-show.txt", &["knowledge", "show"]),
        ("help-completions.txt", &["completions"]),
        ("help-man.txt", &["man"]),
    ];
    for (name, args) in commands {
        let run = run(&[args, &["--help"][..]].concat());
        assert_eq!(run.code, Some(0));
        recorded(name, &run.stdout);
    }
    assert_eq!(run(&["--version"]).stdout, concat!("sijill ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn completions_and_manual_are_generated() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = run(&["completions", shell]);
        assert!(run.code == Some(0) && run.stdout.contains("extract"), "{shell}");
    }
    let manual = run(&["man"]).stdout;
    assert!(manual.starts_with(".ie") && manual.contains("Exit codes"), "{manual}");
    let directory = scratch("man");
    let path = directory.to_str().expect("the path is UTF-8");
    assert_eq!(run(&["man", "--directory", path]).code, Some(0));
    assert!(directory.join("sijill-extract.1").is_file());
}

#[test]
fn place_shows_the_likeliest_first_and_why() {
    let run = run(&["place", "Khatuniyah village", "--near", "Raqqa", "--limit", "1"]);
    assert_eq!(run.code, Some(0));
    recorded("place.txt", &run.stdout);
}

#[test]
fn place_that_no_table_knows_is_told() {
    let run = run(&["place", "Nowhereville"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert!(run.stderr.contains("no table knows the place Nowhereville"), "{}", run.stderr);
}

#[test]
fn a_gazetteer_adds_places_and_tells_what_is_wrong() {
    let path = data("places.csv").display().to_string();
    let run = run(&["place", "Exampleville", "--gazetteer", &path, "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains(r#""lat":35.1,"lon":38.2"#), "{}", run.stdout);
    assert!(run.stderr.contains("places.csv:3: 'x' is no number of degrees"), "{}", run.stderr);
    assert!(run.stderr.contains("1 places added, 0 without an Arabic name and 1 rows"));
}
