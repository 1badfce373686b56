//! A claim with the report that tells it.

use super::Report;
use sijill::model::{Claim, Field, Participant};
use sijill_text::fold::folded;

/// A claim with the report that tells it.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) report: &'a Report,
    pub(super) claim: &'a Claim,
}

impl<'a> Told<'a> {
    /// Returns the id of who is the first known to say so: the origin, or the outlet itself.
    pub(super) fn origin(&self) -> &'a str {
        match self.claim.attribution.last() {
            Some(voice) => &voice.id,
            None => self.outlet(),
        }
    }

    /// Returns who passed it on, from the origin to the outlet, neither of them included twice.
    pub(super) fn relays(&self) -> Vec<&'a str> {
        let mut relays: Vec<&str> =
            self.claim.attribution.iter().rev().skip(1).map(|voice| voice.id.as_str()).collect();
        if !self.claim.attribution.is_empty() {
            relays.push(self.outlet());
        }
        relays.dedup();
        relays.retain(|relay| *relay != self.origin());
        relays
    }

    /// Returns the id of the outlet.
    pub(super) fn outlet(&self) -> &'a str {
        self.report.document.outlet.as_deref().unwrap_or("unknown outlet")
    }

    /// Returns the id and name of the place.
    pub(super) fn place(&self) -> Option<(&'a str, &'a str)> {
        let place = self.claim.place.first()?;
        Some((place.id.as_deref().unwrap_or(&place.name), &place.name))
    }

    /// Returns the words that assert it.
    pub(super) fn words(&self) -> &'a str {
        let document = &self.report.document;
        let text = match self.claim.evidence.field {
            Field::Title => document.title.as_deref().unwrap_or_default(),
            Field::Text => &document.text,
        };
        self.claim.evidence.span.of(text)
    }

    /// Returns the name of the report's file.
    pub(super) fn file(&self) -> &'a str {
        self.report.document.id.rsplit('/').next().unwrap_or_default()
    }

    /// Tells whether a word names its report, its place, one of its parties or sources, or stands
    /// in its evidence.
    pub(super) fn is_about(&self, word: &str) -> bool {
        let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        if is_number {
            return self.file().split('-').next() == Some(&format!("{word:0>2}"));
        }
        let folded_word = folded(word);
        let has = |text: &str| text == word || folded(text).contains(&folded_word);
        let actors = || self.claim.agent.iter().chain(&self.claim.target);
        let named = |actor: &Participant| actor.id == word || has(&actor.name);
        actors().any(named)
            || self.claim.place.iter().any(|place| {
                has(&place.name) || place.name_en.as_ref().is_some_and(|name| has(name))
            })
            || self.claim.attribution.iter().any(|voice| voice.id == word || has(&voice.name))
            || self.outlet() == word
            || has(self.words())
    }
}
