//! `sijill incidents`: reports in, happenings out.

use crate::args::findings::{Incidents, View};
use crate::args::{Color, Publication};
use crate::report::{Complaint, Counts, Report};
use crate::{Outcome, case, knowledge};
use anyhow::{Context as _, bail};
use sijill::model::Document;
use sijill::{Corroboration, Knowledge, Options, Sketch};
use sijill_casework::ordered;
use sijill_io::{Inputs, Piece, ReadError, write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Runs the command.
pub(crate) fn run(args: &Incidents, color: Color) -> anyhow::Result<Outcome> {
    if let [path] = args.inputs.as_slice()
        && sijill_store::Case::is_at(path)
    {
        return case::incidents(path, args, color);
    }
    if !args.wanted.is_all() {
        bail!(
            "filters are for a case\n  hint: make one with 'sijill case new', 'sijill ingest' and \
             'sijill corroborate'"
        );
    }
    let knowledge = knowledge::load(&args.knowledge)?;
    let reader = Reader {
        knowledge: &knowledge,
        options: Options { min_confidence: args.min_confidence },
        publication: &args.publication,
    };
    let inputs = Inputs::new(&args.inputs);
    let mut report = Report::new(color, args.quiet);
    report.show_progress(|| inputs.total_size());
    let (mut sketches, mut counts) = (Vec::new(), Counts::default());
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    ordered::map(
        inputs,
        threads.map_or(1, Into::into),
        |piece| reader.read(piece),
        |batch| {
            counts += batch.counts;
            batch.complaints.iter().for_each(|complaint| report.complain(complaint));
            sketches.extend(batch.sketches);
            report.advance(batch.size, || format!("{} claims", counts.claims));
            ControlFlow::Continue(())
        },
    );
    let mut out = Vec::new();
    let mut corroboration = Corroboration::default();
    if args.view == View::Compared {
        write::compared(&mut out, &sijill::compare(&sketches, &knowledge));
    } else {
        corroboration = sijill::corroborate(&sketches, &[], &knowledge);
    }
    let found = &corroboration;
    match args.view {
        View::Incidents => write::incidents(&mut out, &found.incidents),
        View::Contradictions => {
            write::contradictions(&mut out, &found.contradictions, &found.revisions);
        }
        View::Origins => write::origin_groups(&mut out, &found.origin_groups),
        View::Copies => write::reuses(&mut out, &found.reuses),
        View::Control => write::control(&mut out, &found.control),
        View::Compared => {}
    }
    let mut records = case::Records::new(args.view, args.format, color);
    let lines = String::from_utf8(out).context("a record is no text")?;
    lines.lines().try_for_each(|record| records.add(record))?;
    records.finish()?;
    report.close(&format!("{counts}; {} incidents", corroboration.incidents.len()));
    Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// What a worker needs to make sketches of a piece.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    options: Options,
    publication: &'a Publication,
}

/// What came of a piece.
#[derive(Default)]
struct Batch {
    sketches: Vec<Sketch>,
    complaints: Vec<Complaint>,
    counts: Counts,
    size: u64,
}

impl Reader<'_> {
    fn read(&self, piece: Piece) -> Batch {
        let mut batch = Batch { size: piece.size(), ..Batch::default() };
        piece.read(&mut |document| self.document(document, &mut batch));
        batch
    }

    fn document(&self, document: Result<Document, ReadError>, batch: &mut Batch) {
        let mut document = match document {
            Ok(document) => document,
            Err(error) => return batch.fail(error.into()),
        };
        self.publication.apply(&mut document);
        // A fault of ours in one report must not cost the user the rest of the corpus.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let extraction = sijill::extract(&document, self.knowledge, &self.options);
            (Sketch::new(&document, &extraction, self.knowledge), extraction.diagnostics.len())
        }));
        match read {
            Ok((sketch, diagnostics)) => {
                batch.counts += Counts {
                    documents: 1,
                    claims: sketch.claims().len() as u64,
                    diagnostics: diagnostics as u64,
                    ..Counts::default()
                };
                batch.sketches.push(sketch);
            }
            Err(_) => batch.fail(Complaint {
                message: format!("{}: internal error while reading this document", document.id),
                hint: Some("please report it, with the document if you may share it".to_owned()),
            }),
        }
    }
}

impl Batch {
    fn fail(&mut self, complaint: Complaint) {
        self.counts.failed += 1;
        self.complaints.push(complaint);
    }
}
