//! The steps that led to a claim, for people who ask why.

use super::Reading;
use super::attribution::{Voice, voice_at};
use super::frames::Fired;
use super::mentions::MentionId;
use crate::Steps;
use sijill_model::Span;

impl Reading<'_> {
    /// Tells where a claim stands, what makes it less than firm, who says it, and who is meant.
    pub(super) fn steps(&self, fired: &Fired, voices: &[Voice]) -> Steps {
        let sentence = &self.sentences[fired.sentence];
        let clauses = self.clauses.of(sentence.clone());
        let clause = clauses.into_iter().find(|(words, _)| words.contains(&fired.trigger.word));
        let (_, cue) = self.firmness(&fired.trigger, &fired.arguments, sentence);
        let roles = &fired.roles;
        let meant = roles.agent.iter().chain(&roles.target).chain(&roles.place);
        Steps {
            trigger: self.words.all[fired.trigger.word].span,
            clause: clause.map(|(words, boundary)| (self.words.span(words), boundary.name())),
            firmness: cue.map(|words| self.words.span(words)),
            voice: voice_at(voices, fired.trigger.word).map(|v| self.words.span(v.words.clone())),
            references: meant.filter_map(|&id| self.referred(id)).collect(),
        }
    }

    /// Finds what a mention that was looked back for refers to: the nearest that says it by itself.
    fn referred(&self, id: MentionId) -> Option<(Span, Option<Span>)> {
        let mention = self.mentions.get(id);
        if !mention.anaphoric {
            return None;
        }
        let place = self.resolved.place(self.mentions, id);
        let named = self.mentions.all.iter().zip(0..).filter(|(other, other_id)| {
            let same_party = mention.entity.is_some() && other.entity == mention.entity;
            let same_place =
                || place.is_some() && self.resolved.place(self.mentions, *other_id) == place;
            !other.anaphoric && (same_party || same_place())
        });
        let distance =
            |span: Span| (mention.span.start < span.start, mention.span.start.abs_diff(span.start));
        let nearest = named.map(|(other, _)| other.span).min_by_key(|&span| distance(span));
        Some((mention.span, nearest))
    }
}
