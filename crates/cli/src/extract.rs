//! `sijill extract`: reports in, claims out.

use crate::args::{Color, Extract, Format, Publication};
use crate::report::{Complaint, Counts, Report};
use crate::style::Paint;
use crate::{Outcome, knowledge};
use anyhow::{Context as _, bail};
use sijill::model::Document;
use sijill::{Extraction, Knowledge, Options};
use sijill_casework::ordered;
use sijill_io::write::{self, Table};
use sijill_io::{Inputs, Piece, ReadError};
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

/// The width of a table that does not go to a terminal.
const TABLE_WIDTH: usize = 160;

/// Runs the command.
pub(crate) fn run(args: &Extract, color: Color) -> anyhow::Result<Outcome> {
    refuse_to_overwrite(args)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let reader = Reader {
        knowledge: &knowledge,
        options: Options { min_confidence: args.min_confidence },
        publication: &args.publication,
        table: (args.format == Format::Table).then(|| table(args, color)),
    };
    let mut output = Output::open(args)?;
    let mut inputs = Inputs::new(&args.inputs);
    for path in [&args.output, &args.diagnostics].into_iter().flatten() {
        inputs = inputs.without(path);
    }
    let mut report = Report::new(color, args.quiet);
    if !output.is_on_screen {
        report.show_progress(|| inputs.total_size());
    }
    if let Some(table) = &reader.table {
        output.header(table)?;
    }
    let mut counts = Counts::default();
    let mut outcome = Ok(());
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    ordered::map(
        inputs,
        threads.map_or(1, Into::into),
        |piece| reader.read(piece),
        |batch| {
            counts += batch.counts;
            batch.complaints.iter().for_each(|complaint| report.complain(complaint));
            outcome = output.write(&batch);
            report.advance(batch.size, || format!("{} claims", counts.claims));
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    outcome.and_then(|()| output.finish()).context("cannot write the output")?;
    report.close(&counts.to_string());
    Ok(if counts.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// What a worker needs to make claims of a piece.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    options: Options,
    publication: &'a Publication,
    table: Option<Table>,
}

/// What came of a piece, ready to be written.
#[derive(Default)]
struct Batch {
    claims: Vec<u8>,
    diagnostics: Vec<u8>,
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
        let (claims, diagnostics) = (batch.claims.len(), batch.diagnostics.len());
        // A fault of ours in one report must not cost the user the rest of the corpus.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let extraction = sijill::extract(&document, self.knowledge, &self.options);
            self.write(&document, &extraction, batch);
        }));
        if read.is_err() {
            batch.claims.truncate(claims);
            batch.diagnostics.truncate(diagnostics);
            batch.fail(Complaint {
                message: format!("{}: internal error while reading this document", document.id),
                hint: Some("please report it, with the document if you may share it".to_owned()),
            });
        }
    }

    fn write(&self, document: &Document, extraction: &Extraction, batch: &mut Batch) {
        match &self.table {
            Some(table) => table.rows(&mut batch.claims, document, &extraction.claims),
            None => write::claims(&mut batch.claims, document, &extraction.claims),
        }
        write::diagnostics(&mut batch.diagnostics, document, &extraction.diagnostics);
        batch.counts += Counts {
            documents: 1,
            claims: extraction.claims.len() as u64,
            diagnostics: extraction.diagnostics.len() as u64,
            ..Counts::default()
        };
    }
}

impl Batch {
    fn fail(&mut self, complaint: Complaint) {
        self.counts.failed += 1;
        self.complaints.push(complaint);
    }
}

/// Where claims and diagnostics go.
struct Output {
    claims: BufWriter<Box<dyn Write>>,
    diagnostics: Option<BufWriter<File>>,
    is_on_screen: bool,
}

impl Output {
    fn open(args: &Extract) -> anyhow::Result<Self> {
        let claims: Box<dyn Write> = match &args.output {
            Some(path) => Box::new(create(path)?),
            None => Box::new(io::stdout().lock()),
        };
        let diagnostics = args.diagnostics.as_deref().map(create).transpose()?.map(BufWriter::new);
        let is_on_screen = args.output.is_none() && io::stdout().is_terminal();
        Ok(Self { claims: BufWriter::new(claims), diagnostics, is_on_screen })
    }

    fn header(&mut self, table: &Table) -> io::Result<()> {
        let mut header = Vec::new();
        table.header(&mut header);
        self.claims.write_all(&header)
    }

    fn write(&mut self, batch: &Batch) -> io::Result<()> {
        self.claims.write_all(&batch.claims)?;
        if let Some(diagnostics) = &mut self.diagnostics {
            diagnostics.write_all(&batch.diagnostics)?;
        }
        if self.is_on_screen { self.claims.flush() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.claims.flush()?;
        self.diagnostics.as_mut().map_or(Ok(()), Write::flush)
    }
}

fn create(path: &Path) -> anyhow::Result<File> {
    File::create(path).with_context(|| format!("{}: cannot be written", path.display()))
}

/// An output file that is also an input would be emptied before it is read.
fn refuse_to_overwrite(args: &Extract) -> anyhow::Result<()> {
    for output in [&args.output, &args.diagnostics].into_iter().flatten() {
        let Ok(output) = fs::canonicalize(output) else { continue };
        for input in &args.inputs {
            if output.is_file() && fs::canonicalize(input).is_ok_and(|input| input == output) {
                bail!("'{}' is both input and output", input.display());
            }
        }
    }
    Ok(())
}

fn table(args: &Extract, color: Color) -> Table {
    let stdout = io::stdout();
    if args.output.is_some() || !stdout.is_terminal() {
        return Table::new(
            TABLE_WIDTH,
            args.output.is_none() && Paint::new(color, &stdout).is_on(),
        );
    }
    let width =
        console::Term::stdout().size_checked().map_or(TABLE_WIDTH, |(_, columns)| columns.into());
    Table::new(width, Paint::new(color, &stdout).is_on())
}
