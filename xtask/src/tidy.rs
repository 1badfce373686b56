//! `cargo xtask tidy`: what no compiler checks.
//!
//! Each module holds rules of one sort. An exception stands in `tidy/exceptions.tsv` with its
//! reason, and one that is no longer needed is a fault itself.

mod data;
mod documents;
mod gold;
mod graph;
mod text;
mod tree;

use crate::process::root;
use anyhow::bail;
use tree::Tree;

/// What is wrong, and by which rule.
struct Fault {
    rule: &'static str,
    path: String,
    message: String,
}

/// Collects what is wrong.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, rule: &'static str, path: &str, message: impl Into<String>) {
        self.0.push(Fault { rule, path: path.to_owned(), message: message.into() });
    }
}

/// A fault that is accepted.
struct Exception {
    rule: String,
    path: String,
}

/// Checks every rule and tells every fault.
pub(crate) fn run() -> anyhow::Result<()> {
    let tree = Tree::read(&root())?;
    let mut faults = Faults::default();
    graph::check(&tree, &mut faults)?;
    text::check(&tree, &mut faults);
    data::check(&tree, &mut faults)?;
    documents::check(&tree, &mut faults)?;
    gold::check(&tree, &mut faults);
    let mut exceptions = exceptions();
    let mut told = 0;
    for fault in faults.0 {
        let accepted = exceptions
            .iter_mut()
            .find(|(e, _)| e.rule == fault.rule && fault.path.split(':').next() == Some(&e.path));
        match accepted {
            Some((_, used)) => *used = true,
            None => {
                told += 1;
                println!("{}: {} [{}]", fault.path, fault.message, fault.rule);
            }
        }
    }
    for (exception, _) in exceptions.iter().filter(|(_, used)| !used) {
        told += 1;
        println!(
            "xtask/src/tidy/exceptions.tsv: {} of {} is no longer needed",
            exception.rule, exception.path
        );
    }
    match told {
        0 => Ok(()),
        1 => bail!("1 fault"),
        _ => bail!("{told} faults"),
    }
}

/// Reads the accepted faults: rule, path, reason; each with a mark that it was needed.
fn exceptions() -> Vec<(Exception, bool)> {
    let rows = include_str!("tidy/exceptions.tsv").lines().skip(1);
    rows.filter_map(|row| {
        let (rule, rest) = row.split_once('\t')?;
        let (path, _reason) = rest.split_once('\t')?;
        Some((Exception { rule: rule.to_owned(), path: path.to_owned() }, false))
    })
    .collect()
}
