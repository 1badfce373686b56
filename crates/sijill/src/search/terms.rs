//! Under which words and names a report is found.

use super::stem::stem;
use crate::Extraction;
use rustc_hash::{FxHashMap, FxHashSet};
use sijill_knowledge::{Knowledge, LemmaId, PlaceId};
use sijill_model::{Claim, Document, Edtf, MentionKind};
use sijill_text::{TokenKind, Tokens};

/// Under which words and names a report is found; each is a list with single spaces between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// The stem of every word of title and text, in order.
    pub words: String,
    /// The ids of everybody and every place named, behind `in:` of the units around the places, and
    /// the days of publication and of the claims.
    pub names: String,
    /// What it can be counted under: `outlet:sana`, `kind:toll`, `actor:sdf`, `origin:sohr` …
    pub facets: String,
}

/// Finds the terms of reports.
pub struct Indexer<'k> {
    pub(super) knowledge: &'k Knowledge,
    pub(super) places: FxHashMap<&'k str, PlaceId>,
}

impl<'k> Indexer<'k> {
    /// Prepares to look ids up.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let places = knowledge.gazetteer.iter().zip(0..);
        Self { knowledge, places: places.map(|(place, id)| (&*place.id, id)).collect() }
    }

    /// Finds the terms of a report.
    pub fn terms(&self, document: &Document, extraction: &Extraction) -> Terms {
        let mut terms =
            Terms { words: String::with_capacity(document.text.len()), ..Terms::default() };
        for text in document.title.as_deref().into_iter().chain([document.text.as_str()]) {
            self.words(text, &mut terms.words);
        }
        terms.names = self.names(extraction);
        days(document, &extraction.claims, &mut terms.names);
        terms.facets = self.facets(document, &extraction.claims);
        terms
    }

    /// Appends the stem of every word.
    pub(super) fn words(&self, text: &str, out: &mut String) {
        let tokens = Tokens::new(text);
        for (i, token) in tokens.all.iter().enumerate() {
            let stem = match token.kind {
                TokenKind::Word | TokenKind::Number => self.stem(&tokens, i),
                _ => continue,
            };
            push(out, stem);
        }
    }

    /// Returns the stem of a word or number.
    pub(super) fn stem<'t>(&self, tokens: &'t Tokens<'_>, i: usize) -> &'t str {
        match tokens.all[i].kind {
            TokenKind::Word => stem(tokens.folded(i), tokens.original(i), self.knowledge).0,
            _ => tokens.folded(i),
        }
    }

    /// Lists every form of the words that a stem may be of, and the stem itself.
    pub(super) fn forms(&self, stem: &str) -> Vec<String> {
        let Knowledge { vocabulary, lexicon, .. } = self.knowledge;
        let mut forms = vec![stem.to_owned()];
        if let Some(word) = vocabulary.get(stem) {
            let mut lemmas: Vec<LemmaId> = lexicon.readings(word).iter().map(|r| r.lemma).collect();
            lemmas.sort_unstable();
            lemmas.dedup();
            let others = lexicon.forms(&lemmas).filter(|&form| form != word);
            forms.extend(others.map(|form| vocabulary.spelling(form).to_owned()));
        }
        forms
    }

    fn names(&self, extraction: &Extraction) -> String {
        let mut names = String::new();
        let (mut seen, mut units) = (FxHashSet::default(), FxHashSet::default());
        for mention in &extraction.mentions {
            let named = matches!(
                mention.kind,
                MentionKind::Actor | MentionKind::Person | MentionKind::Source | MentionKind::Place
            );
            let Some(id) = mention.resolved.as_deref().filter(|_| named) else { continue };
            if seen.insert(id) {
                push(&mut names, &term(id));
                for unit in self.around(id) {
                    push_new(&mut names, &mut units, format!("in:{}", term(unit)));
                }
            }
        }
        names
    }

    /// Lists the units that contain a place, the smallest first.
    fn around(&self, id: &str) -> impl Iterator<Item = &'k str> {
        let gazetteer = &self.knowledge.gazetteer;
        let first = self.places.get(id).and_then(|&id| gazetteer.parent(id));
        std::iter::successors(first, |&unit| gazetteer.parent(unit))
            .take(8)
            .map(|unit| &*gazetteer.get(unit).id)
    }

    /// Lists what a document and its claims can be counted under, each once.
    fn facets(&self, document: &Document, claims: &[Claim]) -> String {
        let mut facets = String::new();
        let mut seen = FxHashSet::default();
        let mut add = |facet: &str, value: &str| {
            if !value.is_empty() {
                push_new(&mut facets, &mut seen, format!("{facet}:{}", term(value)));
            }
        };
        add("outlet", document.outlet.as_deref().unwrap_or_default());
        let published = document.published.map(|day| day.to_string()).unwrap_or_default();
        add("published", month(&published));
        for claim in claims {
            add("kind", claim.claim_type.kind().as_str());
            add("type", &claim.claim_type.to_string());
            add("modality", claim.modality.as_str());
            for slot in claim.agent.iter().chain(&claim.target) {
                add("actor", &slot.id);
            }
            if let Some(id) = claim.place.first().and_then(|slot| slot.id.as_deref()) {
                add("place", id);
                self.around(id).for_each(|unit| add("place", unit));
            }
            if let Some(time) = claim.time {
                add("date", month(&time_term(time.edtf)));
            }
            let origin = claim.attribution.last().map(|voice| voice.id.as_str());
            add("origin", origin.or(document.outlet.as_deref()).unwrap_or_default());
        }
        facets
    }
}

/// Lists the days on which it was published and of which its claims tell, each once; they can be
/// asked for, and are counted by the month.
fn days(document: &Document, claims: &[Claim], out: &mut String) {
    let mut seen = FxHashSet::default();
    if let Some(day) = document.published {
        push_new(out, &mut seen, format!("published:{day}"));
    }
    for time in claims.iter().filter_map(|claim| claim.time) {
        let term = time_term(time.edtf);
        if term.len() == DAY {
            push_new(out, &mut seen, format!("date:{term}"));
        }
    }
}

/// How many bytes a day has.
const DAY: usize = 10;

/// Names the month of a day; a year stays what it is.
fn month(term: &str) -> &str {
    &term[..term.len().min(7)]
}

/// Names the day, month or year that holds a time; longer times have no term.
fn time_term(edtf: Edtf) -> String {
    let (Some(first), Some(last)) = (edtf.start().first(), edtf.end().and_then(|end| end.last()))
    else {
        return String::new();
    };
    let (first, last) = (first.to_string(), last.to_string());
    let length = [DAY, 7, 4].into_iter().find(|&length| first.get(..length) == last.get(..length));
    length.map_or(String::new(), |length| first[..length].to_owned())
}

fn push_new(out: &mut String, seen: &mut FxHashSet<String>, term: String) {
    if !seen.contains(&term) {
        push(out, &term);
        seen.insert(term);
    }
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
