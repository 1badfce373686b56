//! Files that others hand over with claims in them: exports, coded tables, annotations.

use super::{Job, Take};
use crate::args::export::From;
use crate::report::{Complaint, Report as Progress};
use anyhow::Context as _;
use sijill::Extraction;
use sijill_export::read::{self, Coded, ReadError};
use sijill_export::{Register, Report};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// How many bytes tell an export.
const HEAD: u64 = 64 << 10;

/// Tells by its head whether a file is an export.
pub(super) fn is_export(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && read::is_export(&head)
}

/// Hands the reports of every input to `take`; returns how many records failed.
pub(super) fn reports(
    from: From,
    job: &Job<'_>,
    progress: &mut Progress,
    take: &mut Take<'_>,
) -> anyhow::Result<u64> {
    let mut failed = 0;
    for path in &job.args.inputs {
        let name = path.display().to_string();
        let mut complain = |errors: Vec<ReadError>| {
            failed += errors.len() as u64;
            for error in errors {
                progress.complain(&Complaint { message: format!("{name}: {error}"), hint: None });
            }
        };
        if from == From::Brat {
            for annotations in annotations(path)? {
                let (report, errors) = annotated(&annotations, job.register)?;
                complain(errors);
                pass(report, job, false, take)?;
            }
            continue;
        }
        let bytes = contents(path)?;
        let (reports, errors, is_masked) = match from {
            From::Jsonl => {
                let text = String::from_utf8_lossy(&bytes);
                let (header, reports, errors) = read::jsonl(&text);
                let is_masked =
                    header.profile == "publishing" && header.knowledge == job.knowledge.hash();
                (reports, errors, is_masked)
            }
            From::Acled | From::Brat => {
                let (reports, errors) = Coded::Acled.read(&bytes, job.register);
                (reports, errors, false)
            }
            From::Ged => {
                let (reports, errors) = Coded::Ged.read(&bytes, job.register);
                (reports, errors, false)
            }
        };
        complain(errors);
        for report in reports {
            pass(report, job, is_masked, take)?;
        }
    }
    Ok(failed)
}

fn pass(report: Report, job: &Job<'_>, is_masked: bool, take: &mut Take<'_>) -> anyhow::Result<()> {
    let Report { mut document, claims, mentions, withheld } = report;
    job.args.publication.apply(&mut document);
    let extraction = Extraction { claims, mentions, ..Extraction::default() };
    take(job.censor.pass(document, extraction, withheld, is_masked))
}

fn contents(path: &Path) -> anyhow::Result<Vec<u8>> {
    let cannot_read = || format!("{}: cannot be read", path.display());
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).with_context(cannot_read)?;
        return Ok(bytes);
    }
    fs::read(path).with_context(cannot_read)
}

/// Lists the `.ann` files of a folder, or the one that is named.
fn annotations(path: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries =
        fs::read_dir(path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ann"));
    paths.sort();
    Ok(paths)
}

fn annotated(
    annotations: &Path,
    register: &dyn Register,
) -> anyhow::Result<(Report, Vec<ReadError>)> {
    let read = |path: &Path| {
        fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
    };
    let text = annotations.with_extension("txt");
    let id = text.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(read::brat(&id, &read(&text)?, &read(annotations)?, register))
}
