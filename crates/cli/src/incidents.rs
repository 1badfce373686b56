//! `sijill incidents`: reports in, happenings out.

use crate::args::{Color, Format, Incidents, Publication, View};
use crate::report::{Complaint, Counts, Report};
use crate::style::{FAINT, HEADING, Paint};
use crate::{Outcome, case, knowledge};
use anyhow::Context as _;
use sijill::model::{Document, Figure, Incident};
use sijill::{Corroboration, Knowledge, Options, Sketch};
use sijill_casework::ordered;
use sijill_io::write::isolate;
use sijill_io::{Inputs, Piece, ReadError, write};
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Runs the command.
pub(crate) fn run(args: &Incidents, color: Color) -> anyhow::Result<Outcome> {
    if let [path] = args.inputs.as_slice()
        && sijill_store::Case::is_at(path)
    {
        return case::incidents(path, args.view, args.format, color);
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
    match (args.view, args.format) {
        (View::Incidents, Format::Jsonl) => write::incidents(&mut out, &found.incidents),
        (View::Incidents, Format::Table) => table(&mut out, &found.incidents, color)?,
        (View::Contradictions, _) => {
            write::contradictions(&mut out, &found.contradictions, &found.revisions);
        }
        (View::Origins, _) => write::origin_groups(&mut out, &found.origin_groups),
        (View::Copies, _) => write::reuses(&mut out, &found.reuses),
        (View::Control, _) => write::control(&mut out, &found.control),
        (View::Compared, _) => {}
    }
    let mut stdout = io::stdout().lock();
    stdout.write_all(&out).and_then(|()| stdout.flush()).context("cannot write the output")?;
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

/// Lists what more than one report tells first, then the rest.
fn table(out: &mut Vec<u8>, incidents: &[Incident], color: Color) -> io::Result<()> {
    let paint = Paint::new(color, &io::stdout());
    let mut sorted: Vec<&Incident> = incidents.iter().collect();
    sorted.sort_by_key(|incident| incident.documents.len() < 2);
    for incident in sorted {
        let place = incident.place.as_ref().map_or("", |place| &place.name);
        let time = incident.time.map(|time| time.to_string()).unwrap_or_default();
        let claim_type = incident.claim_type;
        let head = paint.paint(HEADING, claim_type);
        writeln!(out, "{head}  {}  {time}  {}", isolate(place), paint.paint(FAINT, &incident.id))?;
        for figure in &incident.figures {
            let (what, of) = (figure.claim_type.as_str(), figure.target.join(", "));
            let number = number(figure);
            let told = paint.paint(FAINT, format!("{} in {}", figure.origin, figure.document));
            writeln!(out, "  {what:9} {number:>9} {of:20} {told}")?;
        }
        writeln!(out, "  {}", paint.paint(FAINT, incident.documents.join(" ")))?;
    }
    Ok(())
}

fn number(figure: &Figure) -> String {
    let about = if figure.count.approximate { "~" } else { "" };
    match (figure.count.min(), figure.count.max()) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}"),
        (Some(min), Some(max)) => format!("{about}{min}–{max}"),
        (Some(min), None) => format!("{about}≥{min}"),
        (None, Some(max)) => format!("{about}≤{max}"),
        (None, None) => String::new(),
    }
}
