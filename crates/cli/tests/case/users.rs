//! Who may use a case that is served.

use crate::program::{done, new_case, sijill};
use assert_cmd::Command;

/// Lets somebody in with the password on standard input; returns exit code and complaint.
fn let_in(args: &[&str], password: &str) -> (Option<i32>, String) {
    let mut command: Command = assert_cmd::cargo::cargo_bin_cmd!("sijill");
    let output = command.args(args).env("USER", "tester").write_stdin(password).output();
    let output = output.expect("the program starts");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn users_come_and_go_and_their_secrets_stay_out_of_the_log() {
    let case = new_case("users");
    let add = ["user", "add", &case, "amal", "--role", "reviewer"];
    let (code, told) = let_in(&add, "short\n");
    assert_eq!(code, Some(2), "{told}");
    assert!(told.contains("too short"), "{told}");
    assert_eq!(let_in(&add, "a long enough password\n").0, Some(0));
    let token = done(&["user", "token", &case, "amal", "--label", "nightly"]).stdout;
    assert!(token.starts_with("sijill_") && 40 < token.len());
    let listed = done(&["user", "list", &case]).stdout;
    assert_eq!(listed, "reviewer  amal  tokens: nightly\n");
    let log = done(&["case", "log", &case]).stdout;
    assert!(log.contains("let-in") && log.contains("give-token"));
    assert!(!log.contains("password") && !log.contains(token.trim()) && !log.contains("argon2"));
    done(&["verify", &case]);
    done(&["user", "remove", &case, "amal"]);
    assert_eq!(done(&["user", "list", &case]).stdout, "");
    for args in [
        ["user", "remove", &case, "amal"],
        ["user", "token", &case, "amal"],
        ["user", "remove", &case, "nobody"],
    ] {
        assert_eq!(sijill(&args).code, Some(2), "{args:?}");
    }
    let odd = ["user", "add", &case, "a\u{202e}b", "--role", "viewer"];
    assert_eq!(let_in(&odd, "a long enough password\n").0, Some(2));
    done(&["verify", &case]);
}

#[test]
fn a_case_without_users_is_served_to_this_machine_only() {
    let case = new_case("elsewhere");
    let proxied = sijill(&["serve", &case, "--port", "0", "--behind-tls"]);
    assert_eq!(proxied.code, Some(2), "{}", proxied.stdout);
    let run = sijill(&["serve", &case, "--listen", "0.0.0.0", "--port", "0"]);
    assert_eq!(run.code, Some(2), "{}", run.stdout);
    assert!(run.stderr.contains("without users") && run.stderr.contains("sijill user add"));
}
