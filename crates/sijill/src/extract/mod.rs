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
mod parsed;
mod places;
mod roles;
mod setting;
mod spots;
mod steps;
pub(crate) mod time;
mod topic;
mod victims;
mod whens;
mod whereabouts;
pub(crate) mod words;

use crate::{Clause, Explanation, Options, Outcome, Steps, Trial, Weighed};
use attribution::Voice;
use clauses::Clauses;
use confidence::Company;
use frames::Fired;
use mentions::Mentions;
use parsed::Parsed;
use places::Resolved;
use sha2::{Digest, Sha256};
use sijill_knowledge::{EntityId, Feature, Features, Knowledge};
use sijill_model::{Claim, Date, Document, Field, Span};
use sijill_text::Tokens;
use sijill_text::numeral::Amount;
use sijill_text::quote::Quotations;
use spots::Spot;
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
    /// The day from which relative dates count.
    pub(crate) day: Option<Date>,
    /// The day that the text tells as its own.
    pub(crate) dateline: Option<Dateline>,
    pub(crate) quotations: &'a Quotations,
    pub(crate) resolved: &'a Resolved,
    pub(crate) outlet: Option<EntityId>,
    /// Some party of a war is named.
    pub(crate) armed: bool,
    /// The document is about sport or markets.
    pub(crate) off_topic: bool,
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
    let outlet = document.outlet.as_deref().and_then(|id| knowledge.entities.find(id));
    let title = document.title.as_deref().map(|title| (Field::Title, title));
    let fields = title.into_iter().chain([(Field::Text, document.text.as_str())]);
    let tokens: Vec<_> = fields.map(|(field, text)| (field, Tokens::new(text))).collect();
    let words: Vec<_> = tokens.iter().map(|(_, tokens)| Words::new(tokens, knowledge)).collect();
    let mut fields: Vec<Parsed<'_>> = Vec::new();
    for ((field, tokens), words) in tokens.iter().zip(&words).filter(|(_, w)| !w.all.is_empty()) {
        let diagnostics = &mut out.extraction.diagnostics;
        fields.push(Parsed::new(document, *field, tokens, words, outlet, diagnostics));
    }
    let country = outlet.and_then(|o| knowledge.entities.get(o).country.as_deref());
    let named: Vec<_> = fields.iter().map(|field| (&field.mentions, field.words)).collect();
    let mut resolved = places::resolve(&named, knowledge, country);
    for (field, resolved) in fields.iter_mut().zip(&mut resolved) {
        resolved.prune(&mut field.mentions);
    }
    let off_topic = topic::is_off(&fields);
    let readings: Vec<Reading<'_>> = fields
        .iter()
        .zip(&resolved)
        .map(|(field, resolved)| field.reading(resolved, outlet, off_topic))
        .collect();
    let mut made = Vec::new();
    let mut spots = None;
    for (reading, field) in readings.iter().zip(&fields) {
        reading.export_mentions(field.field, &mut out.extraction.mentions);
    }
    // The text first: its title tells the same in short.
    for (reading, field) in readings.iter().zip(&fields).rev() {
        made.extend(read_claims(reading, field.field, explain, &mut spots, &mut out));
    }
    finish(document, options, &mut made);
    if explain {
        out.weighed = made.iter().map(Made::weighed).collect();
    }
    out.extraction.claims = made.into_iter().map(|made| made.claim).collect();
    name_trials(&mut out);
    out
}

fn read_claims(
    reading: &Reading<'_>,
    field: Field,
    explain: bool,
    spots: &mut Option<Vec<Spot>>,
    out: &mut Explanation,
) -> Vec<Made> {
    let voices = attribution::voices(reading);
    let mut trials = Vec::new();
    let claims = claims_of(reading, &voices, field, spots, explain.then_some(&mut trials));
    if explain && field == Field::Text {
        describe(reading, out);
        out.trials = trials;
    }
    claims
}

fn claims_of(
    reading: &Reading<'_>,
    voices: &[Voice],
    field: Field,
    spots: &mut Option<Vec<Spot>>,
    trials: Option<&mut Vec<Trial>>,
) -> Vec<Made> {
    let explain = trials.is_some();
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
    reading.share_victims(&mut fired);
    let whereabouts = reading.whereabouts(&fired, voices, spots.as_deref());
    *spots = Some(reading.spots(&fired, &whereabouts));
    let times = reading.times_of(&fired);
    let mut settings: Vec<Option<Features>> = vec![None; reading.sentences.len()];
    let made = fired.iter().zip(&whereabouts).zip(times).map(|((one, whereabouts), time)| {
        let setting = &mut settings[one.sentence];
        let setting = *setting.get_or_insert_with(|| reading.setting(one.sentence, &fired));
        let company = Company { claims: fired.len(), setting };
        let (claim, features) = reading.claim(one, whereabouts, time, voices, field, company);
        let steps = explain.then(|| reading.steps(one, voices));
        (one, Made { claim, features, steps })
    });
    merge(made.collect())
}

/// A claim and what speaks for and against it.
struct Made {
    claim: Claim,
    features: Features,
    /// Kept for people only.
    steps: Option<Steps>,
}

impl Made {
    fn weighed(&self) -> Weighed {
        let features = self.features.iter().map(Feature::as_str).collect();
        let steps = self.steps.clone().unwrap_or_default();
        Weighed { claim: self.claim.id.clone(), features, steps }
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
