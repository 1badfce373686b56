//! One document with what was read in it.

use crate::Withheld;
use sijill_model::{Claim, Document, Field, Mention, Span};
use sijill_text::OffsetIndex;

/// One document with what was read in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was published.
    pub document: Document,
    /// What it claims, in order.
    pub claims: Vec<Claim>,
    /// What it refers to.
    pub mentions: Vec<Mention>,
    /// What is masked in it, in order.
    pub withheld: Vec<Withheld>,
}

impl Report {
    /// Returns the title or the text.
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Title => self.document.title.as_deref().unwrap_or_default(),
            Field::Text => &self.document.text,
        }
    }

    /// Returns the words of a span.
    pub(crate) fn words(&self, field: Field, span: Span) -> &str {
        self.text(field).get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

/// The indexes that count the code points of a report.
pub(crate) struct Indexes<'a> {
    title: OffsetIndex<'a>,
    text: OffsetIndex<'a>,
}

impl<'a> Indexes<'a> {
    pub(crate) fn new(report: &'a Report) -> Self {
        let index = |field| OffsetIndex::new(report.text(field));
        Self { title: index(Field::Title), text: index(Field::Text) }
    }

    /// Converts a span to code points, as `(start, end)`.
    pub(crate) fn code_points(&self, field: Field, span: Span) -> (u32, u32) {
        match field {
            Field::Title => self.title.span_code_points(span),
            Field::Text => self.text.span_code_points(span),
        }
    }
}
