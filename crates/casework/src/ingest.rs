//! Reports into a case, read on many threads, written by one.

use crate::ordered;
use sijill::model::{Date, Document};
use sijill::search::{Indexer, Terms};
use sijill::{Knowledge, Options};
use sijill_io::{DateBasis, EncodingBasis, Inputs, Item, Piece, ReadError};
use sijill_store::{
    Added, Case, Derived, Error, Found, Ingest, Lookup, Packed, Packer, Provenance, Reading,
    Received, State, Totals, Version, Who,
};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Job<'a> {
    /// The tables.
    pub knowledge: &'a Knowledge,
    /// The program, with its version.
    pub program: &'a str,
    /// Claims below this confidence are left out.
    pub min_confidence: f64,
    /// The day of publication of all inputs; it stands above what they say themselves.
    pub published: Option<Date>,
    /// The outlet of all inputs; it stands above what they say themselves.
    pub outlet: Option<String>,
    /// How many threads read.
    pub threads: usize,
    /// After how many items the case is written, if not after those that it chooses.
    pub batch: Option<usize>,
}

impl Job<'_> {
    fn apply(&self, document: &mut Document) {
        if self.published.is_some() {
            document.published = self.published;
        }
        if self.outlet.is_some() {
            document.outlet.clone_from(&self.outlet);
        }
    }
}

/// An error of one input, and what to do about it.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// What is wrong with which input.
    pub message: String,
    /// What may be done.
    pub hint: Option<String>,
}

impl From<ReadError> for Complaint {
    fn from(error: ReadError) -> Self {
        Self { message: error.to_string(), hint: error.hint() }
    }
}

/// What became of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// The file, with the line or record if it is one of many.
    pub location: String,
    /// What it is in the case; `None` if it was received before, from the same place.
    pub state: Option<State>,
    /// Why it failed.
    pub reason: Option<String>,
    /// What may be done about that.
    pub hint: Option<String>,
    /// How many claims were read in it.
    pub claims: u64,
}

/// A piece of the input that was dealt with.
#[derive(Debug)]
pub struct Step {
    /// What was wrong with its items.
    pub complaints: Vec<Complaint>,
    /// What became of them.
    pub items: Vec<Became>,
    /// How many bytes of the input it stands for.
    pub size: u64,
    /// What became of all items so far.
    pub totals: Totals,
}

/// After how many items others may write, where there are others.
const TURN: u64 = 50;

/// Reads inputs into a case; `watch` sees each piece in the order of the input.
///
/// With `pause`, what was read is written every now and then, and others may write in it.
pub fn ingest(
    case: &mut Case,
    who: &Who,
    job: &Job<'_>,
    inputs: Inputs,
    mut watch: impl FnMut(Step),
    pause: Option<&dyn Fn()>,
) -> Result<Totals, Error> {
    let lookup = case.lookup()?;
    let reader = Reader { indexer: Indexer::new(job.knowledge), job, lookup: &lookup };
    let version = Version {
        program: job.program.to_owned(),
        knowledge: job.knowledge.hash().to_owned(),
        min_confidence: job.min_confidence,
    };
    let mut ingest = case.ingest(who, version)?;
    if let Some(batch) = job.batch {
        ingest = ingest.in_batches_of(batch);
    }
    let (mut outcome, mut turn) = (Ok(()), 0);
    ordered::map(
        inputs,
        job.threads,
        |piece| reader.read(piece),
        |batch| {
            let Batch { received, complaints, size } = batch;
            let kept = reader.keep(received, &mut ingest).and_then(|items| {
                let received = ingest.totals().received;
                if let Some(pause) = pause.filter(|_| turn + TURN <= received) {
                    turn = received;
                    ingest.flush()?;
                    pause();
                }
                Ok(items)
            });
            let (items, done) = match kept {
                Ok(items) => (items, Ok(())),
                Err(error) => (Vec::new(), Err(error)),
            };
            outcome = done;
            watch(Step { complaints, items, size, totals: ingest.totals() });
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    outcome.and_then(|()| ingest.finish())
}

/// What a worker needs to make ready what the case keeps.
struct Reader<'a> {
    indexer: Indexer<'a>,
    job: &'a Job<'a>,
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
        self.job.apply(&mut document);
        if self.job.published.is_some() {
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
        let options = Options { min_confidence: self.job.min_confidence };
        let read = catch_unwind(AssertUnwindSafe(|| {
            let extraction = sijill::extract(document, self.job.knowledge, &options);
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

    /// Puts what came of a piece into the case, and says what became of each item.
    fn keep(
        &self,
        received: Result<Vec<Received>, Error>,
        ingest: &mut Ingest<'_>,
    ) -> Result<Vec<Became>, Error> {
        let mut became = Vec::new();
        for mut received in received? {
            let claims = ingest.totals().claims;
            // What the case knows of the same bytes may call for another reading.
            let state = loop {
                match ingest.add(&received)? {
                    Added::As(state) => break Some(state),
                    Added::Kept => break None,
                    Added::Read(document) => {
                        let derived = self.derive(&document, &mut Packer::new()?)?;
                        received = match derived {
                            Some(derived) => received.read(derived),
                            None => {
                                let reason = "internal error while reading again".to_owned();
                                received.fail(reason, None)
                            }
                        };
                    }
                }
            };
            let failure = received.failure();
            became.push(Became {
                location: received.location().to_owned(),
                state,
                reason: failure.map(|(reason, _)| reason.to_owned()),
                hint: failure.and_then(|(_, hint)| hint.map(str::to_owned)),
                claims: ingest.totals().claims - claims,
            });
        }
        Ok(became)
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
