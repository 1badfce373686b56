//! What must hold of everything that is read, whatever the text; shared with the fuzz target.

use sijill::Extraction;
use sijill::model::{Claim, Document, Field, Kind, Span};
use sijill_text::OffsetIndex;
use std::collections::BTreeSet;

/// Panics if something that was read does not hold.
pub(crate) fn hold(document: &Document, extraction: &Extraction) {
    let title = Source::new(document.title.as_deref().unwrap_or_default());
    let text = Source::new(&document.text);
    let of = |field| match field {
        Field::Title => &title,
        Field::Text => &text,
    };
    for mention in &extraction.mentions {
        of(mention.field).quotes(mention.span);
    }
    for diagnostic in &extraction.diagnostics {
        assert!(!diagnostic.message.is_empty(), "a diagnostic says something");
    }
    let mut ids = BTreeSet::new();
    for claim in &extraction.claims {
        assert!(ids.insert(&claim.id), "id {} is taken twice", claim.id);
        let source = of(claim.evidence.field);
        let evidence = source.quotes(claim.evidence.span);
        assert!(!evidence.trim().is_empty(), "evidence of {} is empty", claim.rule);
        spans(claim).for_each(|span| {
            source.quotes(span);
        });
        assert_eq!(claim.document, document.id, "a claim names its document");
        assert!((0.0..=1.0).contains(&claim.confidence), "confidence {}", claim.confidence);
        deed(claim);
    }
}

/// Who tells is never who does.
fn deed(claim: &Claim) {
    let kind = claim.claim_type.kind();
    let is_deed = matches!(kind, Kind::Event | Kind::Control | Kind::Toll);
    let medium = claim.agent.iter().find(|agent| agent.actor_type == "source");
    assert!(!is_deed || medium.is_none(), "{} is done by {medium:?}", claim.rule);
}

/// Lists the spans of all slots.
fn spans(claim: &Claim) -> impl Iterator<Item = Span> + '_ {
    let actors = claim.agent.iter().chain(&claim.target).map(|actor| actor.span);
    let places = claim.place.iter().map(|place| place.span);
    let voices = claim.attribution.iter().map(|voice| voice.span);
    let numbers = claim.count.map(|slot| slot.span).into_iter();
    let numbers = numbers.chain(claim.share.map(|slot| slot.span));
    actors.chain(places).chain(voices).chain(numbers).chain(claim.time.map(|slot| slot.span))
}

/// A text with all its code points.
struct Source<'a> {
    text: &'a str,
    chars: Vec<char>,
    index: OffsetIndex<'a>,
}

impl<'a> Source<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, chars: text.chars().collect(), index: OffsetIndex::new(text) }
    }

    /// Checks that a span stands in the text and means the same in code points; returns its words.
    fn quotes(&self, span: Span) -> &'a str {
        assert!(span.start < span.end, "{span:?} is empty");
        let words = self.text.get(span.range());
        let words = words.unwrap_or_else(|| panic!("{span:?} does not stand in {:?}", self.text));
        let (start, end) = self.index.span_code_points(span);
        let points: String = self.chars[start as usize..end as usize].iter().collect();
        assert_eq!(points, words, "code points {start}..{end} quote the same as bytes {span:?}");
        words
    }
}
