//! Sijill reads Arabic reporting on armed conflict and keeps what is claimed, who claims it,
//! through whom, in which words and how firmly.
//!
//! [`extract`] is the product: a pure function from a [`Document`] to its [`Extraction`].
//! [`corroborate()`] lays the claims of many documents side by side.

mod corroborate;
mod extract;
pub mod privacy;
pub mod search;

pub use corroborate::{Corroboration, Sketch, compare, corroborate, distributed};
pub use sijill_knowledge::{Bearer, Hints, Knowledge, TableError, Tables};
pub use sijill_model as model;
use sijill_model::{Claim, Diagnostic, Document, Mention, Span};

/// The confidence below which claims are left out unless the reader asks for them: there precision
/// and recall balance on reports coded by others (docs/calibration.md).
pub const DEFAULT_CONFIDENCE: f64 = 0.45;

/// What a reader may choose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Claims below this confidence are left out, 0 to 1.
    pub min_confidence: f64,
}

/// What one document gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extraction {
    /// The spans that refer to something.
    pub mentions: Vec<Mention>,
    /// What is claimed.
    pub claims: Vec<Claim>,
    /// Oddities of the content.
    pub diagnostics: Vec<Diagnostic>,
}

/// How the claims of a document came about, for people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explanation {
    /// What came out.
    pub extraction: Extraction,
    /// The sentences in order (of the text; the title is read on its own).
    pub sentences: Vec<Span>,
    /// The clauses, each within one sentence.
    pub clauses: Vec<Clause>,
    /// Every frame tried, in reading order.
    pub trials: Vec<Trial>,
    /// What spoke for and against each claim.
    pub weighed: Vec<Weighed>,
}

/// What spoke for and against a claim, by the names of `confidence.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The claim's id.
    pub claim: String,
    /// The features that hold.
    pub features: Vec<&'static str>,
    /// How it was read, beyond its slots.
    pub steps: Steps,
}

/// How a claim was read; spans are in the field of its evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    /// The word that evoked it.
    pub trigger: Span,
    /// The clause of that word, and what sort it is.
    pub clause: Option<(Span, &'static str)>,
    /// The words that make it denied, uncertain, planned, …
    pub firmness: Option<Span>,
    /// The words that its source is taken to say.
    pub voice: Option<Span>,
    /// What was looked back for, and what it was found to mean.
    pub references: Vec<(Span, Option<Span>)>,
}

/// A clause as the reader cut it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Index of its sentence.
    pub sentence: u32,
    /// Where it stands.
    pub span: Span,
    /// What sort of clause: verbal, nominal, relative, …
    pub kind: &'static str,
}

/// One frame tried on one trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The trigger word.
    pub trigger: Span,
    /// Its lemma.
    pub lemma: String,
    /// The rule tried, such as `event.shelling.verb`.
    pub rule: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It made the claim with this id.
    Fired(String),
    /// It did not, and why not.
    Rejected(String),
}

/// Reads one document.
pub fn extract(document: &Document, knowledge: &Knowledge, options: &Options) -> Extraction {
    extract::read(document, knowledge, options, false).extraction
}

/// Reads one document and keeps how each claim came about.
pub fn explain(document: &Document, knowledge: &Knowledge, options: &Options) -> Explanation {
    extract::read(document, knowledge, options, true)
}
