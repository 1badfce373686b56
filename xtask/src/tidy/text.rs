//! Rules for all text and for Rust.

use super::tree::File;
use super::{Faults, Tree};

/// The longest Rust file, in lines.
const MAX_LINES: usize = 400;

pub(super) fn check(tree: &Tree, faults: &mut Faults) {
    for file in &tree.files {
        check_paths(file, faults);
        let is_ours = ["rs", "toml", "tsv", "md", "yml"].iter().any(|extension| file.is(extension));
        // Samples and test data are inputs: they may be as odd as inputs are.
        if is_ours && !file.path.contains("/tests/data/") {
            check_spaces(file, faults);
        }
        if file.is("rs") {
            check_length(file, faults);
            check_vocabulary(file, faults);
            check_attributes(file, faults);
        }
    }
}

fn check_spaces(file: &File, faults: &mut Faults) {
    for (number, line) in file.lines() {
        let place = format!("{}:{number}", file.path);
        if line.ends_with([' ', '\r']) || line.ends_with('\t') && !file.is("tsv") {
            faults.add("spaces", &place, "the line ends in a space");
        }
        if line.contains('\t') && !file.is("tsv") {
            faults.add("spaces", &place, "write spaces instead of tabs");
        }
    }
    if !file.text.is_empty() && (!file.text.ends_with('\n') || file.text.ends_with("\n\n")) {
        faults.add("spaces", &file.path, "the file must end in one line end");
    }
}

/// A path of one machine says nothing to another.
fn check_paths(file: &File, faults: &mut Faults) {
    let folders = ["home", "Users", "root", "work"];
    let starts = [' ', '"', '\'', '`', '(', '=', '\n'];
    for (number, line) in file.lines() {
        for (at, _) in line.match_indices('/') {
            let begins = at == 0 || line[..at].ends_with(starts);
            let first = line[at + 1..].split('/').next().unwrap_or_default();
            let is_deep = line[at + 1 + first.len()..].len() > 1;
            if begins && is_deep && folders.contains(&first) {
                let place = format!("{}:{number}", file.path);
                faults.add("paths", &place, format!("'/{first}/…' is a path of one machine"));
            }
        }
    }
}

fn check_length(file: &File, faults: &mut Faults) {
    let lines = file.text.lines().count();
    if MAX_LINES < lines {
        let message = format!("{lines} lines; split it by what it is about (at most {MAX_LINES})");
        faults.add("length", &file.path, message);
    }
}

/// Arabic vocabulary lives in `data/`; Rust holds single letters by name.
fn check_vocabulary(file: &File, faults: &mut Faults) {
    let is_letter = |c: char| ('\u{621}'..='\u{64a}').contains(&c);
    let has_word = |(_, line): &(usize, &str)| {
        let code = line.split("//").next().unwrap_or_default();
        code.chars().zip(code.chars().skip(1)).any(|(a, b)| is_letter(a) && is_letter(b))
    };
    let lines: Vec<usize> = file.lines().filter(has_word).map(|(number, _)| number).collect();
    if let Some(first) = lines.first() {
        let message = format!("Arabic words in {} lines; put them into data/", lines.len());
        faults.add("vocabulary", &format!("{}:{first}", file.path), message);
    }
}

/// `#[expect(.., reason)]` fails when it is no longer needed; `#[allow]` stays for ever.
fn check_attributes(file: &File, faults: &mut Faults) {
    for opening in ["#[", "#!["] {
        for (attribute, needs_reason) in [("allow(", false), ("expect(", true)] {
            let start = format!("{opening}{attribute}");
            for (at, _) in file.text.match_indices(&start) {
                let line = file.text[..at].matches('\n').count() + 1;
                let place = format!("{}:{line}", file.path);
                let body = file.text[at..].split(")]").next().unwrap_or_default();
                if !needs_reason && is_code(&file.text[..at]) {
                    faults.add("attributes", &place, "write #[expect(…, reason = …)] instead");
                } else if needs_reason && is_code(&file.text[..at]) && !body.contains("reason") {
                    faults.add("attributes", &place, "give the reason");
                }
            }
        }
    }
}

/// Tells whether what follows begins its line, as an attribute does.
fn is_code(before: &str) -> bool {
    before.rsplit('\n').next().unwrap_or_default().trim().is_empty()
}
