//! Under which words and names a report is found.

use super::stem::stem;
use crate::Extraction;
use rustc_hash::{FxHashMap, FxHashSet};
use sijill_knowledge::{Knowledge, PlaceId};
use sijill_model::{Claim, Document, MentionKind};
use sijill_text::{TokenKind, Tokens};

/// Under which words and names a report is found; each is a list with single spaces between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The stem of every word of title and text, in order.
    pub words: String,
    /// The ids of everybody and every place named, and of the units around the places.
    pub names: String,
    /// What its claims can be counted under: `kind:toll`, `actor:sdf`, `origin:sohr` …
    pub facets: String,
}

/// Finds the terms of reports.
pub struct Indexer<'k> {
    knowledge: &'k Knowledge,
    places: FxHashMap<&'k str, PlaceId>,
}

impl<'k> Indexer<'k> {
    /// Prepares to look ids up.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let places = knowledge.gazetteer.iter().zip(0..);
        Self { knowledge, places: places.map(|(place, id)| (place.id.as_str(), id)).collect() }
    }

    /// Finds the terms of a report.
    pub fn terms(&self, document: &Document, extraction: &Extraction) -> Terms {
        let mut terms =
            Terms { words: String::with_capacity(document.text.len()), ..Terms::default() };
        for text in document.title.as_deref().into_iter().chain([document.text.as_str()]) {
            self.words(text, &mut terms.words);
        }
        terms.names = self.names(extraction);
        terms.facets = facets(document, &extraction.claims);
        terms
    }

    /// Appends the stem of every word.
    pub(super) fn words(&self, text: &str, out: &mut String) {
        let tokens = Tokens::new(text);
        for (i, token) in tokens.all.iter().enumerate() {
            let stem = match token.kind {
                TokenKind::Word => stem(tokens.folded(i), tokens.original(i), self.knowledge),
                TokenKind::Number => tokens.folded(i),
                _ => continue,
            };
            push(out, stem);
        }
    }

    fn names(&self, extraction: &Extraction) -> String {
        let mut names = String::new();
        let mut seen = FxHashSet::default();
        for mention in &extraction.mentions {
            let named = matches!(
                mention.kind,
                MentionKind::Actor | MentionKind::Person | MentionKind::Source | MentionKind::Place
            );
            let Some(id) = mention.resolved.as_deref().filter(|_| named) else { continue };
            if seen.insert(id) {
                push(&mut names, &term(id));
                let mut around = self.places.get(id).copied();
                while let Some(unit) = around.and_then(|id| self.knowledge.gazetteer.parent(id)) {
                    let id = self.knowledge.gazetteer.get(unit).id.as_str();
                    if !seen.insert(id) {
                        break;
                    }
                    push(&mut names, &term(id));
                    around = Some(unit);
                }
            }
        }
        names
    }
}

/// Lists what the claims of a document can be counted under, each once.
fn facets(document: &Document, claims: &[Claim]) -> String {
    let mut facets = String::new();
    let mut seen = FxHashSet::default();
    let mut add = |facet: &str, value: &str| {
        let facet = format!("{facet}:{}", term(value));
        if !value.is_empty() && !seen.contains(&facet) {
            push(&mut facets, &facet);
            seen.insert(facet);
        }
    };
    for claim in claims {
        add("kind", claim.claim_type.kind().as_str());
        add("type", &claim.claim_type.to_string());
        add("modality", claim.modality.as_str());
        for slot in claim.agent.iter().chain(&claim.target) {
            add("actor", &slot.id);
        }
        if let Some(slot) = claim.place.first() {
            add("place", slot.id.as_deref().unwrap_or_default());
        }
        let origin = claim.attribution.last().map(|voice| voice.id.as_str());
        add("origin", origin.or(document.outlet.as_deref()).unwrap_or_default());
    }
    facets
}

/// Spells an id as one term: letters, digits and the signs that ids are made of.
pub(super) fn term(id: &str) -> String {
    let sign = |c: char| matches!(c, ':' | '-' | '.' | '_' | '/' | '~' | '@');
    let fits =
        |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !c.is_whitespace() || sign(c);
    id.chars().map(|c| if fits(c) { c.to_ascii_lowercase() } else { '_' }).collect()
}

fn push(out: &mut String, term: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(term);
}
