//! The cases of `tests/corroboration`: reports of our own, and what is found between them.

use super::KNOWLEDGE;
use super::reports::{sketch, sketches};
use sijill::model::{Contradiction, Document, Figure, Holder, Incident, Revision, Side};
use sijill::{Corroboration, Sketch, corroborate};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static SAMPLES: LazyLock<Vec<Sketch>> = LazyLock::new(sketches);

/// Reports under one heading, with what is expected of them.
#[derive(Default)]
struct Case {
    name: String,
    reports: Vec<Document>,
    /// The lines of each block but the reports.
    blocks: BTreeMap<String, Vec<String>>,
}

#[test]
fn what_is_told_of_cases_holds() {
    let mut faults = String::new();
    let cases = cases();
    assert!(cases.len() > 5, "{}", cases.len());
    for case in &cases {
        let mut sketches = SAMPLES.clone();
        sketches.extend(case.reports.iter().map(sketch));
        check(case, &corroborate(&sketches, &[], &KNOWLEDGE), &mut faults);
    }
    assert!(faults.is_empty(), "{faults}");
}

fn check(case: &Case, found: &Corroboration, faults: &mut String) {
    for (block, wanted) in &case.blocks {
        let mut lines = match block.as_str() {
            "contradictions" => contradictions(case, &found.contradictions),
            "revisions" => revisions(case, &found.revisions),
            "incidents" => {
                for line in wanted {
                    together(case, line, &found.incidents, faults);
                }
                continue;
            }
            "control" => control(case, found),
            "figures" => figures(case, &found.incidents),
            other => panic!("{}: no block is called '{other}'", case.name),
        };
        lines.sort_unstable();
        let mut wanted = wanted.clone();
        wanted.sort_unstable();
        if lines != wanted {
            let _ = writeln!(faults, "{}\n  {block}", case.name);
            let _ = writeln!(faults, "    wanted {wanted:#?}\n    found {lines:#?}");
        }
    }
}

fn has(case: &Case, document: &str) -> bool {
    case.reports.iter().any(|report| report.id == document)
}

fn side(side: &Side) -> String {
    format!("{} {} {}", side.document, side.origin, side.value)
}

fn contradictions(case: &Case, all: &[Contradiction]) -> Vec<String> {
    let of =
        |one: &&Contradiction| has(case, &one.first.document) || has(case, &one.second.document);
    let line = |one: &Contradiction| {
        format!("{} {} | {}", one.contradiction_type.as_str(), side(&one.first), side(&one.second))
    };
    all.iter().filter(of).map(line).collect()
}

fn revisions(case: &Case, all: &[Revision]) -> Vec<String> {
    let of = |one: &&Revision| has(case, &one.earlier.document) || has(case, &one.later.document);
    let line = |one: &Revision| {
        format!("{} {} | {}", one.contradiction_type.as_str(), side(&one.earlier), side(&one.later))
    };
    all.iter().filter(of).map(line).collect()
}

fn control(case: &Case, found: &Corroboration) -> Vec<String> {
    let own = found.control.iter().filter(|state| has(case, &state.document));
    let line = |state: &sijill::model::ControlState| {
        let holder = match &state.holder {
            Holder::Held { actor, share: None } => format!("held {actor}"),
            Holder::Held { actor, share: Some(share) } => {
                format!("held {actor} {}..{}", share.min(), share.max())
            }
            Holder::Contested { actors } => format!("contested {}", actors.join(",")),
            Holder::Unknown { lost_by } => format!("unknown after {lost_by}"),
        };
        format!("{} {} {} {holder}", state.place, state.since, state.origin)
    };
    own.map(line).collect()
}

fn figures(case: &Case, incidents: &[Incident]) -> Vec<String> {
    let all = incidents.iter().flat_map(|incident| &incident.figures);
    let line = |figure: &Figure| {
        let of = figure.target.join(",");
        let range = |bound: Option<u64>| bound.map_or_else(String::new, |bound| bound.to_string());
        let (min, max) = (range(figure.count.min()), range(figure.count.max()));
        format!("{} {} {} {min}..{max} {of}", figure.document, figure.origin, figure.claim_type)
            .trim_end()
            .to_owned()
    };
    all.filter(|figure| has(case, &figure.document)).map(line).collect()
}

/// Holds a line `a b | c` against the incidents that the reports are in: those on one side share
/// one, those on two sides none.
fn together(case: &Case, line: &str, incidents: &[Incident], faults: &mut String) {
    let sides: Vec<Vec<&str>> =
        line.split('|').map(|side| side.split_whitespace().collect()).collect();
    let share = |one: &str, other: &str| {
        let both = |incident: &&Incident| {
            [one, other].iter().all(|id| incident.documents.iter().any(|found| found == id))
        };
        incidents.iter().any(|incident| both(&incident))
    };
    for (i, side) in sides.iter().enumerate() {
        for one in side {
            for (j, others) in sides.iter().enumerate() {
                for other in others.iter().filter(|other| *other != one) {
                    if share(one, other) != (i == j) {
                        let _ = writeln!(faults, "{}\n  {one} and {other} of '{line}'", case.name);
                    }
                }
            }
        }
    }
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corroboration");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the cases are there")
        .map(|file| file.expect("it can be listed").path())
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    files.sort_unstable();
    files.iter().flat_map(|path| parse(path)).collect()
}

fn parse(path: &Path) -> Vec<Case> {
    let content = fs::read_to_string(path).expect("the cases can be read");
    let file = path.file_name().expect("it is a file").display();
    let mut cases: Vec<Case> = Vec::new();
    let mut lines = content.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { name: format!("{file}: {heading}"), ..Case::default() });
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let body: Vec<String> =
            lines.by_ref().take_while(|line| *line != "```").map(str::to_owned).collect();
        let case = cases.last_mut().expect("a heading stands before a block");
        let (info, title) = info.split_once(" title=").unzip();
        let info = info.unwrap_or(&line[3..]);
        let words: Vec<&str> = info.split(' ').collect();
        match words[..] {
            ["report", id, published, outlet] => case.reports.push(Document {
                id: id.to_owned(),
                text: body.join("\n"),
                published: Some(published.parse().expect("it is a date")),
                outlet: Some(outlet.to_owned()),
                title: title.map(str::to_owned),
                ..Document::default()
            }),
            [block] => drop(case.blocks.insert(block.to_owned(), body)),
            _ => panic!("{}: no block is '{info}'", case.name),
        }
    }
    cases
}
