//! Where the reports of an export come from: a case, or inputs that are read for it.

use super::{Censor, Job, Passed, Take, handed};
use crate::args::export::{Export, From};
use crate::case::{open_case, open_to_write, told};
use crate::report::{Complaint, Report as Progress};
use sijill::model::{Document, Judgement};
use sijill::{Extraction, Options as Reading};
use sijill_casework::{ordered, reviewed};
use sijill_export::{Options, Profile};
use sijill_io::{Inputs, Piece, ReadError};
use sijill_store::{Access, Case, Who};
use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

/// How a SQLite file begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Where the reports come from.
pub(super) enum Source {
    /// A case, with what was read when they were put into it.
    Case(Box<Case>),
    /// Files with claims in them.
    Handed(From),
    /// Files that are read now.
    Inputs,
}

impl Source {
    /// Tells by the first bytes what was named.
    pub(super) fn open(args: &Export) -> anyhow::Result<Self> {
        if let Some(from) = args.from {
            return Ok(Self::Handed(from));
        }
        match args.inputs.as_slice() {
            [path] if handed::is_export(path) => Ok(Self::Handed(From::Jsonl)),
            [path] if is_case(path) => Ok(Self::Case(Box::new(open_case(path, Access::Read)?))),
            _ => Ok(Self::Inputs),
        }
    }

    /// Notes in the log of a case that it is exported without withholding anything, and why.
    pub(super) fn note(&self, who: &Who, args: &Export, options: &Options) -> anyhow::Result<()> {
        let (Self::Case(_), Profile::Internal { reason }) = (self, &options.profile) else {
            return Ok(());
        };
        let [path] = args.inputs.as_slice() else { return Ok(()) };
        let mut case = open_to_write(path, &args.who)?;
        let formats: Vec<&str> = args.to.iter().map(|format| format.name()).collect();
        let noted = case.note_export(who, &formats.join(", "), options.profile.name(), reason);
        noted.map_err(|error| told(path, &error))
    }

    /// Returns what people decided on the claims of a case.
    pub(super) fn judgements(&self) -> anyhow::Result<Vec<Judgement>> {
        match self {
            Self::Case(case) => case.judgements().map_err(|error| told(case.path(), &error)),
            Self::Handed(_) | Self::Inputs => Ok(Vec::new()),
        }
    }

    /// Hands every report to `take`; returns how many inputs failed.
    pub(super) fn reports(
        self,
        job: &Job<'_>,
        progress: &mut Progress,
        take: &mut Take<'_>,
    ) -> anyhow::Result<u64> {
        match self {
            Self::Case(case) => kept(&case, &job.args.inputs[0], &job.censor, take).map(|()| 0),
            Self::Handed(from) => handed::reports(from, job, progress, take),
            Self::Inputs => read(job, progress, take),
        }
    }
}

fn is_case(path: &Path) -> bool {
    let mut head = [0; SQLITE.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && head == SQLITE
}

fn kept(case: &Case, path: &Path, censor: &Censor<'_>, take: &mut Take<'_>) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    let acts = case.acts().map_err(|error| told(path, &error))?;
    let walked = case.documents(|kept| {
        if outcome.is_ok() {
            let (claims, _) = reviewed(case.claims_of(kept.reading)?, &acts, censor.knowledge);
            let mentions = case.mentions_of(kept.reading)?;
            let extraction = Extraction { claims, mentions, ..Extraction::default() };
            outcome = take(censor.pass(kept.document, extraction, Vec::new(), false));
        }
        Ok(())
    });
    walked.map_err(|error| told(path, &error))?;
    outcome
}

/// What came of a piece of the input.
#[derive(Default)]
struct Batch {
    reports: Vec<Passed>,
    complaints: Vec<Complaint>,
    size: u64,
}

fn read(job: &Job<'_>, progress: &mut Progress, take: &mut Take<'_>) -> anyhow::Result<u64> {
    let args = job.args;
    let mut inputs = Inputs::new(&args.inputs);
    if let Some(output) = &args.output {
        inputs = inputs.without(output);
        progress.show_progress(|| inputs.total_size());
    }
    let reading = Reading { min_confidence: args.min_confidence };
    let work = |piece: Piece| {
        let mut batch = Batch { size: piece.size(), ..Batch::default() };
        piece.read(&mut |document| match report(document, job, &reading) {
            Ok(report) => batch.reports.push(report),
            Err(complaint) => batch.complaints.push(complaint),
        });
        batch
    };
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let (mut failed, mut outcome) = (0, Ok(()));
    ordered::map(inputs, threads.map_or(1, Into::into), work, |batch| {
        failed += batch.complaints.len() as u64;
        batch.complaints.iter().for_each(|complaint| progress.complain(complaint));
        outcome = batch.reports.into_iter().try_for_each(&mut *take);
        progress.advance(batch.size, String::new);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome.map(|()| failed)
}

/// Reads a document and withholds what must be.
fn report(
    document: Result<Document, ReadError>,
    job: &Job<'_>,
    reading: &Reading,
) -> Result<Passed, Complaint> {
    let mut document = document?;
    job.args.publication.apply(&mut document);
    let read = catch_unwind(AssertUnwindSafe(|| {
        let extraction = sijill::extract(&document, job.knowledge, reading);
        job.censor.pass(document.clone(), extraction, Vec::new(), false)
    }));
    read.map_err(|_| Complaint {
        message: format!("{}: internal error while reading this document", document.id),
        hint: Some("please report it, with the document if you may share it".to_owned()),
    })
}
