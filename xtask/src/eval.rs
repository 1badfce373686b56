//! `cargo xtask eval`: what is read, against what a careful reader takes from the same reports.

pub(crate) mod score;
pub(crate) mod slots;

use crate::process::root;
use anyhow::{Context as _, bail};
use score::{Gold, Predicted, Score};
use sijill::model::{Claim, Document, Field};
use sijill::{DEFAULT_CONFIDENCE, Knowledge, Options, Tables, extract};
use sijill_io::{Inputs, documents};
use sijill_text::OffsetIndex;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What can be typed after `eval`.
#[derive(Debug, clap::Args)]
pub(crate) struct Eval {
    /// A directory of gold claims, one .jsonl a report [default: tests/gold]
    #[arg(long, value_name = "DIR", requires = "reports")]
    gold: Option<PathBuf>,
    /// The reports, with meta.tsv beside them [default: samples]
    #[arg(long, value_name = "DIR", requires = "gold")]
    reports: Option<PathBuf>,
    /// Print every miss, every wrong slot and every claim too many
    #[arg(long)]
    errors: bool,
    /// Leave out claims below this confidence, 0 to 1
    #[arg(long, value_name = "X", default_value_t = DEFAULT_CONFIDENCE)]
    min_confidence: f64,
    /// Only reports whose name contains this
    filter: Option<String>,
}

/// A report with what was read in it.
struct Read {
    name: String,
    document: Document,
    claims: Vec<Claim>,
}

/// Runs the command.
pub(crate) fn run(args: &Eval) -> anyhow::Result<()> {
    let reports = args.reports.clone().unwrap_or_else(|| root().join("samples"));
    let mut gold = gold(&args.gold.clone().unwrap_or_else(|| root().join("tests/gold")))?;
    gold.retain(|name, _| args.filter.as_ref().is_none_or(|filter| name.contains(&**filter)));
    let mut total = Score::default();
    for read in read(&reports, gold.keys(), args.min_confidence)? {
        let index = OffsetIndex::new(&read.document.text);
        let in_text = read.claims.iter().filter(|claim| claim.evidence.field == Field::Text);
        let predicted: Vec<Predicted<'_>> =
            in_text.map(|claim| Predicted::new(claim, &read.document.text, &index)).collect();
        total.add(&read.name, &gold[&read.name], &predicted);
    }
    if args.errors {
        for error in &total.errors {
            println!("{error}");
        }
    }
    print!("{total}");
    Ok(())
}

/// Reads the gold claims of a folder, by report.
pub(crate) fn gold(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<Gold>>> {
    let mut gold: BTreeMap<String, Vec<Gold>> = BTreeMap::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for (number, line) in (1..).zip(fs::read_to_string(&path)?.lines()) {
            let row: Gold = serde_json::from_str(line)
                .with_context(|| format!("{}:{number}", path.display()))?;
            gold.entry(row.document.clone()).or_default().push(row);
        }
    }
    if gold.is_empty() {
        bail!("no gold claims in {}", folder.display());
    }
    Ok(gold)
}

fn read<'a>(
    folder: &Path,
    names: impl Iterator<Item = &'a String>,
    min_confidence: f64,
) -> anyhow::Result<Vec<Read>> {
    let knowledge = knowledge()?;
    let options = Options { min_confidence };
    let mut read = Vec::new();
    for document in documents(Inputs::new(names.map(|name| folder.join(name)))) {
        let document = document?;
        let name = document.id.rsplit('/').next().unwrap_or_default().to_owned();
        let claims = extract(&document, &knowledge, &options).claims;
        read.push(Read { name, document, claims });
    }
    Ok(read)
}

/// Builds the tables of `data/`.
pub(crate) fn knowledge() -> anyhow::Result<Knowledge> {
    Knowledge::build(&Tables::embedded()).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the tables have faults:\n{}", faults.join("\n"))
    })
}
