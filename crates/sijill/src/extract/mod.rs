//! From a text to its claims.
//!
//! The steps, in order: [`words`] looks every token up, [`mentions`] finds who and where is spoken
//! of, [`places`] chooses among the bearers of a name, [`clauses`] finds verbs and boundaries,
//! [`attribution`] finds who speaks, [`frames`] tries rules on triggers with their [`arguments`],
//! [`modality`] judges how firmly, [`claims`] puts it together.

mod arguments;
mod attribution;
mod claims;
mod clauses;
mod composition;
mod confidence;
mod counts;
mod export;
mod frames;
mod identity;
mod mentions;
mod modality;
mod places;
mod roles;
pub(crate) mod time;
mod whens;
mod whereabouts;
mod words;

use crate::{Clause, Explanation, Options, Outcome, Trial, Weighed};
use attribution::Voice;
use clauses::Clauses;
use frames::Fired;
use mentions::Mentions;
use places::Resolved;
use sha2::{Digest, Sha256};
use sijill_knowledge::{EntityId, Feature, Features, Knowledge};
use sijill_model::{Claim, Code, Date, Diagnostic, Document, EdtfDate, Field, Span};
use sijill_text::Tokens;
use sijill_text::numeral::{self, Amount};
use sijill_text::quote::{self, Quotations};
use sijill_text::sentence;
use std::collections::BTreeSet;
use std::ops::Range;
use time::{Dateline, TimeMention};
use words::Words;

/// One text with everything that was read in it so far.
pub(crate) struct Reading<'a> {
    pub(crate) words: &'a Words<'a>,
    pub(crate) sentences: &'a [Range<usize>],
    pub(crate) clauses: &'a Clauses,
    pub(crate) mentions: &'a Mentions,
    pub(crate) amounts: &'a [Amount],
    pub(crate) times: &'a [TimeMention],
    pub(crate) in_time: &'a [bool],
    /// The words at which a date of the last two days is told.
    pub(crate) recent: &'a [usize],
    /// The day that the text tells as its own.
    pub(crate) dateline: Option<Dateline>,
    pub(crate) quotations: &'a Quotations,
    pub(crate) resolved: &'a Resolved,
    pub(crate) outlet: Option<EntityId>,
    /// Some party of a war is named.
    pub(crate) armed: bool,
}

impl Reading<'_> {
    /// Tells whether a word belongs to a date.
    pub(crate) fn time_at(&self, i: usize) -> bool {
        self.in_time[i]
    }
}

/// Reads a document: its title, if it has one, and its text.
pub(crate) fn read(
    document: &Document,
    knowledge: &Knowledge,
    options: &Options,
    explain: bool,
) -> Explanation {
    let mut out = Explanation::default();
    let mut made = Vec::new();
    let title = document.title.as_deref().map(|title| (Field::Title, title));
    for (field, text) in title.into_iter().chain([(Field::Text, document.text.as_str())]) {
        read_field(document, field, text, knowledge, explain, &mut out, &mut made);
    }
    finish(document, options, &mut made);
    if explain {
        out.weighed = made.iter().map(Made::weighed).collect();
    }
    out.extraction.claims = made.into_iter().map(|made| made.claim).collect();
    name_trials(&mut out);
    out
}

fn read_field(
    document: &Document,
    field: Field,
    text: &str,
    knowledge: &Knowledge,
    explain: bool,
    out: &mut Explanation,
    made: &mut Vec<Made>,
) {
    let tokens = Tokens::new(text);
    let words = Words::new(&tokens, knowledge);
    if words.all.is_empty() {
        return;
    }
    let outlet = document.outlet.as_deref().and_then(|id| knowledge.entities.find(id));
    // Diagnostics are about the text; a title is too short to be odd.
    let mut aside = Vec::new();
    let diagnostics = match field {
        Field::Text => &mut out.extraction.diagnostics,
        Field::Title => &mut aside,
    };
    let Dates { times, in_time, recent, dateline } = dates(document, &tokens, &words, diagnostics);
    let amounts = numeral::amounts(&tokens, &knowledge.numerals);
    let amount_at = index_amounts(&words, &amounts, &in_time);
    let sentences: Vec<Range<usize>> = sentence::sentences(&tokens)
        .iter()
        .map(|s| words.of_tokens(&s.tokens))
        .filter(|s| !s.is_empty())
        .collect();
    let clauses = Clauses::new(&words, &sentences, &in_time);
    let mentions = mentions::mentions(&words, &amounts, &amount_at, &in_time, &clauses, outlet);
    let country = outlet.and_then(|o| knowledge.entities.get(o).country.as_deref());
    let resolved = places::resolve(&mentions, &words, country);
    let quotations = quote::quotations(&tokens);
    note_quotations(&quotations, text, diagnostics);
    let reading = Reading {
        words: &words,
        sentences: &sentences,
        clauses: &clauses,
        mentions: &mentions,
        amounts: &amounts,
        times: &times,
        in_time: &in_time,
        recent: &recent,
        dateline,
        quotations: &quotations,
        resolved: &resolved,
        outlet,
        armed: names_armed_actor(&mentions, knowledge),
    };
    let voices = attribution::voices(&reading);
    reading.export_mentions(field, &mut out.extraction.mentions);
    let mut trials = Vec::new();
    let claims = claims_of(&reading, &voices, field, explain.then_some(&mut trials));
    if explain && field == Field::Text {
        describe(&reading, out);
        out.trials = trials;
    }
    made.extend(claims);
}

fn claims_of(
    reading: &Reading<'_>,
    voices: &[Voice],
    field: Field,
    trials: Option<&mut Vec<Trial>>,
) -> Vec<Made> {
    let mut fired: Vec<Fired> = Vec::new();
    let knowledge = reading.words.knowledge;
    match trials {
        None => (0..reading.sentences.len()).for_each(|s| reading.fire(s, &mut fired, None)),
        Some(trials) => {
            let mut report = |trigger: &arguments::Trigger, rule, verdict: &frames::Verdict| {
                trials.push(Trial {
                    trigger: reading.words.all[trigger.word].span,
                    lemma: knowledge.lexicon.lemma(trigger.lex.lemma).id.clone(),
                    rule: knowledge.frames.rule(rule).id.clone(),
                    outcome: match verdict {
                        Ok(_) => Outcome::Fired(String::new()),
                        Err(why) => Outcome::Rejected((*why).to_owned()),
                    },
                });
            };
            for s in 0..reading.sentences.len() {
                reading.fire(s, &mut fired, Some(&mut report));
            }
        }
    }
    reading.share_agents(&mut fired);
    reading.split_tolls(&mut fired);
    let fired_count = fired.len();
    let made = fired.iter().map(|fired| {
        let (claim, features) = reading.claim(fired, voices, field, fired_count);
        (fired, Made { claim, features })
    });
    merge(made.collect())
}

/// A claim and what speaks for and against it.
struct Made {
    claim: Claim,
    features: Features,
}

impl Made {
    fn weighed(&self) -> Weighed {
        let features = self.features.iter().map(Feature::as_str).collect();
        Weighed { claim: self.claim.id.clone(), features }
    }
}

/// Drops a claim that tells the same as a stronger one with nearly the same words.
fn merge(made: Vec<(&Fired, Made)>) -> Vec<Made> {
    let mut kept: Vec<(&Fired, Made)> = Vec::with_capacity(made.len());
    for (fired, new) in made {
        let claim = &new.claim;
        let twin = kept.iter().position(|(other, Made { claim: old, .. })| {
            old.claim_type == claim.claim_type
                && old.sentence == claim.sentence
                && covers_mostly(old.evidence.span, claim.evidence.span)
                && (other.trigger.word.abs_diff(fired.trigger.word) < 3
                    || other.arguments.governor.is_some_and(|g| g.word == fired.trigger.word)
                    || fired.arguments.governor.is_some_and(|g| g.word == other.trigger.word))
        });
        match twin {
            Some(i) if weight(&kept[i].1.claim) < weight(claim) => kept[i] = (fired, new),
            Some(_) => {}
            None => kept.push((fired, new)),
        }
    }
    kept.into_iter().map(|(_, made)| made).collect()
}

fn covers_mostly(a: Span, b: Span) -> bool {
    let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    shared * 10 > a.len().min(b.len()) * 7
}

fn weight(claim: &Claim) -> usize {
    claim.agent.len().min(2)
        + claim.target.len().min(2)
        + claim.place.len().min(1)
        + usize::from(claim.count.is_some())
        + usize::from(claim.share.is_some())
}

/// Tells each trial that fired which claim it made; one that was merged made none of its own.
fn name_trials(out: &mut Explanation) {
    for trial in &mut out.trials {
        let Outcome::Fired(id) = &mut trial.outcome else { continue };
        let made = out.extraction.claims.iter().find(|claim| {
            claim.evidence.field == Field::Text
                && claim.rule == trial.rule
                && claim.evidence.span.contains(trial.trigger)
        });
        match made {
            Some(claim) => id.clone_from(&claim.id),
            None => trial.outcome = Outcome::Rejected("a stronger claim says the same".to_owned()),
        }
    }
}

/// Names the claims, orders them and leaves out what is too weak.
fn finish(document: &Document, options: &Options, made: &mut Vec<Made>) {
    let mut hasher = Sha256::new();
    hasher.update(document.title.as_deref().unwrap_or_default());
    hasher.update([0]);
    hasher.update(&document.text);
    let hash = hasher.finalize();
    made.retain(|made| options.min_confidence <= made.claim.confidence);
    for Made { claim, .. } in made.iter_mut() {
        claim.document.clone_from(&document.id);
        identity::identify(claim, &hash);
    }
    made.sort_by(|a, b| {
        let key = |made: &Made| {
            let claim = &made.claim;
            (claim.evidence.field, claim.evidence.span, claim.claim_type)
        };
        key(a).cmp(&key(b))
    });
    let mut seen = BTreeSet::new();
    made.retain(|made| seen.insert(made.claim.id.clone()));
}

/// Tells whether the text names a party that bears arms.
fn names_armed_actor(mentions: &Mentions, knowledge: &Knowledge) -> bool {
    mentions.all.iter().filter_map(|m| m.entity).any(|e| {
        let name = knowledge.entities.get(e).type_name.as_str();
        matches!(name, "armed-group" | "state-forces" | "coalition")
    })
}

/// The dates of a text.
struct Dates {
    times: Vec<TimeMention>,
    /// For each word: it belongs to a date.
    in_time: Vec<bool>,
    /// The words at which a date of the last two days is told.
    recent: Vec<usize>,
    dateline: Option<Dateline>,
}

/// Finds dates, and which words belong to one. Relative dates count from the day of publication, or
/// from the day that the text prints as its own; without either they stand for nothing, but their
/// words still are no quantities.
fn dates(
    document: &Document,
    tokens: &Tokens<'_>,
    words: &Words<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dates {
    let knowledge = words.knowledge;
    let (calendars, numerals) = (&knowledge.calendars, &knowledge.numerals);
    let mut anchor = document.published.unwrap_or(Date::constant(2000, 1, 1));
    let noted = diagnostics.len();
    let mut times = time::times(tokens, calendars, numerals, Some(anchor), diagnostics);
    let dateline = time::dateline(tokens, calendars, numerals, &times, document.published);
    if document.published.is_none()
        && let Some(dateline) = dateline
    {
        anchor = dateline.day;
        diagnostics.truncate(noted);
        times = time::times(tokens, calendars, numerals, Some(anchor), diagnostics);
        diagnostics.push(Diagnostic {
            code: Code::AnchorInText,
            span: dateline.span,
            message: format!("dates count from {anchor}, which the text prints as its own day"),
            hint: Some("give the day with --published or in meta.tsv if it is another".to_owned()),
        });
    }
    let in_time = mark_times(words, &times);
    let eve = anchor.yesterday().unwrap_or(anchor);
    let recent = times
        .iter()
        .filter(|t| t.relative && matches!(t.edtf.start(), EdtfDate::Day(day) if eve <= day))
        .map(|t| words.of_tokens(&t.tokens).start)
        .collect();
    if document.published.is_none() && dateline.is_none() {
        if let Some(relative) = times.iter().find(|t| t.relative) {
            diagnostics.push(Diagnostic {
                code: Code::NoAnchor,
                span: relative.span,
                message: "a relative date in a document without a date of publication".to_owned(),
                hint: Some("give the date with --published or in meta.tsv".to_owned()),
            });
        }
        times.retain(|t| !t.relative);
    }
    Dates { times, in_time, recent, dateline }
}

fn mark_times(words: &Words<'_>, times: &[TimeMention]) -> Vec<bool> {
    let mut marked = vec![false; words.all.len()];
    for time in times {
        marked[words.of_tokens(&time.tokens)].fill(true);
    }
    marked
}

fn index_amounts(words: &Words<'_>, amounts: &[Amount], in_time: &[bool]) -> Vec<u32> {
    let mut at = vec![0; words.all.len()];
    for (i, amount) in amounts.iter().enumerate() {
        let range = words.of_tokens(&amount.tokens);
        if !in_time[range.start] {
            at[range.start] = i as u32 + 1;
        }
    }
    at
}

fn note_quotations(quotations: &Quotations, text: &str, diagnostics: &mut Vec<Diagnostic>) {
    for quotation in quotations.all.iter().filter(|q| !q.closed) {
        let mark = quotation.span.of(text).chars().next().map_or(0, char::len_utf8) as u32;
        diagnostics.push(Diagnostic {
            code: Code::OpenQuotation,
            span: Span::new(quotation.span.start, quotation.span.start + mark),
            message: "quotation mark is never closed".to_owned(),
            hint: Some("it is read to the end of its paragraph".to_owned()),
        });
    }
}

/// Keeps sentences and clauses for people.
fn describe(reading: &Reading<'_>, out: &mut Explanation) {
    for (s, sentence) in reading.sentences.iter().enumerate() {
        out.sentences.push(reading.words.span(sentence.clone()));
        for (clause, boundary) in reading.clauses.of(sentence.clone()) {
            let verbal = clause.clone().any(|i| reading.clauses.verb(reading.words, i).is_some());
            let kind = if verbal || boundary != clauses::Boundary::Strong {
                boundary.name()
            } else {
                "nominal"
            };
            out.clauses.push(Clause { sentence: s as u32, span: reading.words.span(clause), kind });
        }
    }
}
