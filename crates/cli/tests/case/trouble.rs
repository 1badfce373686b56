//! What goes wrong is told clearly, and nothing is lost by it.

use crate::program::*;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

/// What a case holds, without the log.
fn held(case: &str) -> Vec<String> {
    done(&["case", "show", case]).stdout.lines().take(4).map(str::to_owned).collect()
}

/// A process that is held at a point, and killed there when the test is done with it.
struct Held(Child);

impl Held {
    /// Runs the program until it comes to a point.
    fn at(point: &str, args: &[&str]) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_sijill"))
            .current_dir(data(""))
            .args(args)
            .env("SIJILL_HOLD", point)
            .stderr(Stdio::piped())
            .spawn();
        let mut held = Self(child.expect("the program starts"));
        let stderr = held.0.stderr.take().expect("its errors are read");
        let mut lines = BufReader::new(stderr).lines();
        assert!(lines.any(|line| line.is_ok_and(|line| line == "holding")), "{point} is passed");
        held
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.kill().expect("it can be killed");
        self.0.wait().expect("it ends");
    }
}

#[test]
fn a_killed_ingest_goes_on_and_another_process_waits_its_turn() {
    let case = new_case("killed");
    let ingest = ["ingest", &case, "search.jsonl", "--batch", "2", "--wait", "0"];
    let held_there = Held::at("commit:2", &ingest);
    let other = sijill(&ingest);
    assert_eq!(other.code, Some(2));
    let told = format!("error: {case}: is being written by another process\n  hint: wait until");
    assert!(other.stderr.starts_with(&told), "{}", other.stderr);
    drop(held_there);
    assert!(done(&["case", "show", &case]).stdout.contains("documents    2\n"));
    done(&["verify", &case]);
    let run = done(&ingest);
    assert!(
        run.stderr.contains("5 items: 3 new, 0 revised, 0 duplicate, 2 there before, 0 failed")
    );
    assert_eq!(held(&case), held(reports()));
    done(&["verify", &case]);
}

#[test]
fn a_read_only_case_is_read_and_not_written() {
    let case = new_case("read-only");
    let mut permissions = fs::metadata(&case).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&case, permissions).expect("it can be made read-only");
    let run = sijill(&["ingest", &case, "report.txt"]);
    assert_eq!(run.code, Some(2));
    let told =
        format!("error: {case}: is read-only\n  hint: copy the file, or allow writing to it\n");
    assert_eq!(run.stderr, told);
    done(&["verify", &case]);
}

#[test]
fn a_flipped_byte_in_the_file_is_found_and_named() {
    // Compressed originals begin with the mark of zstd.
    let places: [(&str, &[u8], usize, &str); 2] = [
        ("in-original", b"\x28\xb5\x2f\xfd", 20, "wrong: original of item "),
        ("in-log", b"\"id\":\"tester\"", 7, "wrong: log entry 2: its text does not have the hash"),
    ];
    for (name, word, behind, told) in places {
        let case = scratch(&format!("flipped-{name}.sijill"));
        fs::copy(reports(), &case).expect("a case can be copied");
        let mut bytes = fs::read(&case).expect("it can be read");
        let at = bytes.windows(word.len()).position(|bytes| bytes == word);
        let at = at.unwrap_or_else(|| panic!("{name}: it is kept as it is"));
        bytes[at + behind] ^= 1;
        fs::write(&case, bytes).expect("it can be written");
        let run = sijill(&["verify", &case]);
        assert_eq!(run.code, Some(1), "{name}");
        assert!(run.stdout.starts_with(told), "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_file_that_was_cut_off_is_found() {
    let case = scratch("cut-off.sijill");
    let bytes = fs::read(reports()).expect("it can be read");
    fs::write(&case, &bytes[..bytes.len() / 2]).expect("it can be written");
    let run = sijill(&["verify", &case]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stdout.starts_with("wrong: "), "{}", run.stdout);
}

#[test]
fn what_stands_before_the_end_of_a_broken_warc_is_kept() {
    let case = new_case("broken-warc");
    let record = |id: usize, text: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:{id}>\r\n\
             WARC-Target-URI: http://a.example/{id}\r\nContent-Type: text/plain\r\n\
             Content-Length: {}\r\n\r\n{text}\r\n\r\n",
            text.len()
        )
    };
    let whole = [record(1, "First report."), record(2, "Second report.")].concat();
    let file = scratch("broken.warc");
    fs::write(&file, &whole[..whole.len() - 9]).expect("a file can be written");
    let run = sijill(&["ingest", &case, &file]);
    assert_eq!(run.code, Some(1));
    let told = format!(
        "error: {file}#2: the WARC breaks off in the middle of a record\n  hint: what stands before"
    );
    assert!(run.stderr.starts_with(&told), "{}", run.stderr);
    assert!(
        run.stderr.contains("2 items: 1 new, 0 revised, 0 duplicate, 0 there before, 1 failed")
    );
    fs::write(&file, &whole).expect("a file can be written");
    let run = done(&["ingest", &case, &file]);
    assert!(
        run.stderr.contains("2 items: 1 new, 0 revised, 0 duplicate, 1 there before, 0 failed")
    );
    done(&["verify", &case]);
}

#[test]
fn a_corroboration_that_is_killed_leaves_the_one_before() {
    let case = new_case("corroboration-killed");
    done(&["ingest", &case, "same.jsonl"]);
    done(&["corroborate", &case]);
    let before = done(&["incidents", &case]).stdout;
    done(&["ingest", &case, "search.jsonl"]);
    for point in ["finding:1", "finding:4", "found:1"] {
        let held_there = Held::at(point, &["corroborate", &case]);
        let other = sijill(&["corroborate", &case, "--wait", "0"]);
        assert!(other.stderr.contains("is being written by another process"), "{}", other.stderr);
        drop(held_there);
        assert_eq!(done(&["incidents", &case]).stdout, before, "{point}");
        done(&["verify", &case]);
    }
    done(&["corroborate", &case]);
    assert!(done(&["incidents", &case]).stdout.lines().count() > before.lines().count());
    done(&["verify", &case]);
}

#[test]
fn what_unpacks_without_end_is_told_and_the_rest_is_kept() {
    let case = new_case("bomb");
    let folder = scratch("bomb");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let page = vec![b'a'; 100 << 20];
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&page).expect("memory can be written");
    let body = packed.finish().expect("memory can be written");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let mut warc = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n\
         WARC-Target-URI: http://a.example/1\r\nContent-Type: application/http\r\n\
         Content-Length: {}\r\n\r\n{head}",
        head.len() + body.len()
    )
    .into_bytes();
    warc.extend(body);
    warc.extend(b"\r\n\r\n");
    fs::write(format!("{folder}/page.warc"), warc).expect("a file can be written");
    fs::copy(data("report.txt"), format!("{folder}/report.txt")).expect("a file can be copied");
    let run = sijill(&["ingest", &case, &folder]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("is larger than the 64 MB that one document may have"));
    assert!(
        run.stderr.contains("2 items: 1 new, 0 revised, 0 duplicate, 0 there before, 1 failed")
    );
    done(&["verify", &case]);
}

/// A disk of its own that is too small, then has room; in a name space, so that nothing of it stays.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_without_room_keeps_what_was_written_before() {
    let may_mount = Command::new("unshare").args(["-rm", "true"]).status();
    if !may_mount.is_ok_and(|status| status.success()) {
        // The store tests the same by a limit of the database.
        return;
    }
    let folder = scratch("small-disk");
    fs::create_dir_all(&folder).expect("a folder can be made");
    let script = "mount -t tmpfs -o size=600k tmpfs \"$1\" && cd \"$1\" && \
        $0 case new a && $0 ingest a \"$2\" --batch 5 -q; echo \"ingest $?\"; \
        $0 verify a > /dev/null; echo \"verify $?\"; $0 case show a | head -1; \
        mount -o remount,size=64m \"$1\"; \
        $0 ingest a \"$2\" --batch 5 -q; echo \"again $?\"; $0 verify a > /dev/null; \
        echo \"verify $?\"; $0 case show a | head -1";
    let run = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_sijill"), &folder, &samples()])
        .output()
        .expect("a shell starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let (told, errors) = (text(run.stdout), text(run.stderr));
    assert!(
        errors.contains("error: a: the disk is full\n  hint: what was written before is kept"),
        "{errors}"
    );
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 6, "{told}{errors}");
    let steps = [lines[0], lines[1], lines[3], lines[4]];
    assert_eq!(steps, ["ingest 2", "verify 0", "again 0", "verify 0"], "{told}{errors}");
    assert!(!lines[2].ends_with(" 50: 50 new, 0 revised, 0 duplicate, 0 failed"), "{told}");
    assert!(lines[5].ends_with(" 50: 50 new, 0 revised, 0 duplicate, 0 failed"), "{told}");
}
