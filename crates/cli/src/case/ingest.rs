//! `sijill ingest`: reports into a case, read on all cores, written by one.

use super::{PROGRAM, open_to_write, told, who};
use crate::args::case::Ingest as IngestArgs;
use crate::args::{Color, Publication};
use crate::report::{Complaint, Report};
use crate::{Outcome, knowledge, ordered};
use anyhow::bail;
use sijill::model::Document;
use sijill::search::{Indexer, Terms};
use sijill::{Knowledge, Options};
use sijill_io::{DateBasis, EncodingBasis, Inputs, Item, Piece};
use sijill_store::{
    Added, Derived, Error, Found, Ingest, Lookup, Packed, Packer, Provenance, Reading, Received,
    Totals, Version,
};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, color: Color) -> anyhow::Result<Outcome> {
    let fail = |error: Error| told(&args.case, &error);
    let mut case = open_to_write(&args.case, &args.who)?;
    let knowledge = knowledge::load(&args.knowledge)?;
    let lookup = case.lookup().map_err(fail)?;
    let reader = Reader {
        knowledge: &knowledge,
        indexer: Indexer::new(&knowledge),
        options: Options { min_confidence: args.min_confidence },
        publication: &args.publication,
        lookup: &lookup,
    };
    let version = Version {
        program: PROGRAM.to_owned(),
        knowledge: knowledge.hash().to_owned(),
        min_confidence: args.min_confidence,
    };
    let mut ingest = case.ingest(&who(&args.who), version).map_err(fail)?;
    if let Some(batch) = args.batch {
        ingest = ingest.in_batches_of(batch.get());
    }
    let inputs = Inputs::new(&args.inputs).without(&args.case);
    let mut report = Report::new(color, args.quiet);
    report.show_progress(|| inputs.total_size());
    let threads = args.threads.or_else(|| thread::available_parallelism().ok());
    let mut outcome = Ok(());
    ordered::map(
        inputs,
        threads.map_or(1, Into::into),
        |piece| reader.read(piece),
        |batch| {
            batch.complaints.iter().for_each(|complaint| report.complain(complaint));
            outcome = reader.keep(batch.received, &mut ingest);
            report.advance(batch.size, || counted(&ingest.totals()));
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    let totals = outcome.and_then(|()| ingest.finish()).map_err(fail)?;
    report.close(&counted(&totals));
    if !totals.balance() {
        bail!("internal error: {} items were received, and not as many kept", totals.received);
    }
    Ok(if totals.failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// Says what became of how many items.
fn counted(totals: &Totals) -> String {
    let Totals { received, new, revised, duplicate, kept, failed, claims } = totals;
    format!(
        "{received} items: {new} new, {revised} revised, {duplicate} duplicate, {kept} there \
         before, {failed} failed; {claims} claims"
    )
}

/// What a worker needs to make ready what the case keeps.
struct Reader<'a> {
    knowledge: &'a Knowledge,
    indexer: Indexer<'a>,
    options: Options,
    publication: &'a Publication,
    lookup: &'a Lookup,
}

/// What came of a piece.
struct Batch {
    received: Result<Vec<Received>, Error>,
    complaints: Vec<Complaint>,
    size: u64,
}

impl Reader<'_> {
    fn read(&self, piece: Piece) -> Batch {
        let size = piece.size();
        let mut complaints = Vec::new();
        let read = || {
            let mut packer = Packer::new()?;
            let mut received = Vec::new();
            let mut outcome = Ok(());
            piece.items(&mut |item| {
                if outcome.is_ok() {
                    match self.item(item, &mut packer, &mut complaints) {
                        Ok(item) => received.push(item),
                        Err(error) => outcome = Err(error),
                    }
                }
            });
            outcome.map(|()| received)
        };
        let received = read();
        Batch { received, complaints, size }
    }

    fn item(
        &self,
        item: Item<'_>,
        packer: &mut Packer,
        complaints: &mut Vec<Complaint>,
    ) -> Result<Received, Error> {
        let original = item.original.as_ref().map(|bytes| packer.pack(bytes)).transpose()?;
        let mut provenance = provenance(&item);
        let location = item.location;
        let mut document = match item.document {
            Ok(document) => document,
            Err(error) => {
                let (reason, hint) = (error.kind.to_string(), error.hint());
                complaints.push(error.into());
                return Ok(Received::failed(location, original, provenance, reason, hint));
            }
        };
        self.publication.apply(&mut document);
        if self.publication.published.is_some() {
            provenance.published_by = Some(DateBasis::Given.as_str().to_owned());
        }
        let received = Received::unread(location, original, provenance, document);
        let document = received.document().expect("it was made of one");
        if self.lookup.has(&received, document)? {
            return Ok(received);
        }
        match self.derive(document, packer)? {
            Some(derived) => Ok(received.read(derived)),
            None => {
                let hint = "please report it, with the document if you may share it".to_owned();
                let reason = "internal error while reading this document".to_owned();
                let message = format!("{}: {reason}", document.id);
                complaints.push(Complaint { message, hint: Some(hint.clone()) });
                Ok(received.fail(reason, Some(hint)))
            }
        }
    }

    /// Reads a document; `None` is a fault of ours, which must not cost the user the rest.
    fn derive(&self, document: &Document, packer: &mut Packer) -> Result<Option<Derived>, Error> {
        let read = catch_unwind(AssertUnwindSafe(|| {
            let extraction = sijill::extract(document, self.knowledge, &self.options);
            let Terms { words, names, facets } = self.indexer.terms(document, &extraction);
            Reading::new(
                extraction.claims,
                &extraction.mentions,
                &extraction.diagnostics,
                Found { words, names, facets },
            )
        }));
        let Ok(reading) = read else { return Ok(None) };
        let text: Packed = packer.pack(document.text.as_bytes())?;
        Ok(Some(Derived { document: document.clone(), text, reading }))
    }

    /// Puts what came of a piece into the case.
    fn keep(
        &self,
        received: Result<Vec<Received>, Error>,
        ingest: &mut Ingest<'_>,
    ) -> Result<(), Error> {
        for mut received in received? {
            // What the case knows of the same bytes may call for another reading.
            while let Added::Read(document) = ingest.add(&received)? {
                let derived = self.derive(&document, &mut Packer::new()?)?;
                received = match derived {
                    Some(derived) => received.read(derived),
                    None => received.fail("internal error while reading again".to_owned(), None),
                };
            }
        }
        Ok(())
    }
}

/// Takes over what is known of the bytes.
fn provenance(item: &Item<'_>) -> Provenance {
    let known = &item.provenance;
    Provenance {
        collected_at: known.collected_at.clone(),
        tool: known.tool.clone(),
        source_url: known.source_url.clone(),
        media_type: known.media_type.as_deref().map(str::to_owned),
        encoding: known.encoding.map(str::to_owned),
        encoding_by: known.encoding_by.map(EncodingBasis::as_str).map(str::to_owned),
        published_by: known.published_by.map(DateBasis::as_str).map(str::to_owned),
        http_status: known.http_status,
        warc_record_id: known.warc_record_id.clone(),
        notes: known.notes.clone(),
    }
}
