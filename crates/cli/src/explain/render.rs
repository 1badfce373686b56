//! A story as lines for a terminal.
//!
//! Latin keys come first and Arabic last on a line, each run of Arabic in an isolate of its own, so
//! that no line reads differently from how it was written. There are no carets below words: they
//! would point elsewhere under right-to-left text. A word is shown instead.

use super::story::{Chapter, Story};
use crate::style::{BAD, FAINT, GOOD, HEADING, Paint, WORDS};
use sijill::model::{Attribution, Claim, Document, Field, Mention, Participant, PlaceSlot, Span};
use sijill::{Outcome, Steps, Trial, Weighed};
use sijill_io::write::isolate;
use std::fmt::Display;

/// Writes stories of one document.
pub(crate) struct Renderer<'a> {
    document: &'a Document,
    paint: Paint,
    lines: String,
}

impl<'a> Renderer<'a> {
    pub(crate) fn new(document: &'a Document, paint: Paint) -> Self {
        Self { document, paint, lines: String::new() }
    }

    /// Renders everything.
    pub(crate) fn story(mut self, story: &Story) -> String {
        let id = self.paint.paint(HEADING, isolate(&self.document.id));
        let published =
            self.document.published.map_or("not known".to_owned(), |date| date.to_string());
        let outlet = self.document.outlet.as_deref().unwrap_or("not known");
        self.line(0, format!("{id} · {} claims", story.claims));
        self.line(0, format!("published {published}, outlet {}", isolate(outlet)));
        for chapter in &story.chapters {
            self.chapter(chapter, story.weighed);
        }
        self.lines.push('\n');
        self.lines
    }

    fn chapter(&mut self, chapter: &Chapter, weighed: &[Weighed]) {
        let heading = match chapter.sentence {
            Some(i) => format!("sentence {i}"),
            None => "title".to_owned(),
        };
        self.lines.push('\n');
        self.line(0, self.paint.paint(HEADING, heading));
        let text: Vec<&str> = chapter.text.split_whitespace().collect();
        self.line(2, self.paint.paint(WORDS, isolate(&text.join(" "))));
        self.section("clauses", &chapter.clauses, |this, clause| {
            this.entry(clause.kind, this.words(clause.span));
        });
        self.section("mentions", &chapter.mentions, |this, mention| this.mention(mention));
        self.section("frames tried", &chapter.trials, |this, trial| this.trial(trial));
        self.section("claims", &chapter.claims, |this, claim| {
            let weighed = weighed.iter().find(|weighed| weighed.claim == claim.id);
            this.claim(claim, weighed.map(|weighed| &weighed.steps));
        });
        self.section("notes", &chapter.diagnostics, |this, note| {
            let code = this.paint.paint(BAD, note.code.as_str());
            this.line(4, format!("{code} {}", isolate(&note.message)));
            if let Some(hint) = &note.hint {
                this.line(6, format!("{} {}", this.paint.paint(FAINT, "hint:"), isolate(hint)));
            }
        });
    }

    fn section<T>(&mut self, name: &str, items: &[&T], mut each: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            return;
        }
        self.line(2, self.paint.paint(FAINT, name));
        for item in items {
            each(self, item);
        }
    }

    fn mention(&mut self, mention: &Mention) {
        let words = self.words(mention.span);
        let resolved = match &mention.resolved {
            Some(id) => isolate(id).into_owned(),
            None => self.paint.paint(BAD, "unresolved"),
        };
        let others: Vec<_> = mention.candidates.iter().map(|id| isolate(id)).collect();
        let others = match others.as_slice() {
            [] => String::new(),
            others => self.paint.paint(FAINT, format!(" (or {})", others.join(", "))),
        };
        self.entry(mention.kind.as_str(), format!("{words} → {resolved}{others}"));
    }

    fn trial(&mut self, trial: &Trial) {
        let lemma = if trial.lemma.is_empty() {
            String::new()
        } else {
            format!(" of {}", isolate(&trial.lemma))
        };
        let place = format!("on {}{lemma}", self.words(trial.trigger));
        match &trial.outcome {
            Outcome::Fired(claim) => {
                let mark = self.paint.paint(GOOD, format!("✓ {}", trial.rule));
                self.line(4, format!("{mark} {place} → {claim}"));
            }
            Outcome::Rejected(reason) => {
                let mark = self.paint.paint(FAINT, format!("✗ {}", trial.rule));
                let reason = self.paint.paint(BAD, isolate(reason));
                self.line(4, format!("{mark} {place}: {reason}"));
            }
        }
    }

    fn claim(&mut self, claim: &Claim, steps: Option<&Steps>) {
        let field = claim.evidence.field;
        let kind = self.paint.paint(GOOD, claim.claim_type);
        let (modality, confidence) = (claim.modality.as_str(), claim.confidence);
        self.line(4, format!("{kind} {modality}, confidence {confidence:.2}, {}", claim.id));
        self.slot("rule", isolate(&claim.rule));
        self.slot("evidence", self.words_in(field, claim.evidence.span));
        for slot in &claim.agent {
            self.slot("agent", self.participant(slot, field));
        }
        for slot in &claim.target {
            self.slot("target", self.participant(slot, field));
        }
        for slot in &claim.place {
            self.slot("place", self.place(slot, field));
        }
        if let Some(slot) = &claim.time {
            self.slot("time", format!("{} {}", slot.edtf, self.words_in(field, slot.span)));
        }
        if let Some(slot) = &claim.count {
            let (min, max) = (bound(slot.count.min()), bound(slot.count.max()));
            self.slot("count", format!("{min} to {max} {}", self.words_in(field, slot.span)));
        }
        if let Some(slot) = &claim.share {
            let (min, max) = (slot.share.min(), slot.share.max());
            self.slot("share", format!("{min} to {max} {}", self.words_in(field, slot.span)));
        }
        for voice in &claim.attribution {
            self.slot("said by", self.voice(voice, field));
        }
        if let Some(steps) = steps {
            self.steps(claim, steps);
        }
    }

    fn steps(&mut self, claim: &Claim, steps: &Steps) {
        let field = claim.evidence.field;
        if let Some((span, kind)) = steps.clause {
            let trigger = self.words_in(field, steps.trigger);
            self.slot("clause", format!("{kind}, {trigger} in {}", self.words_in(field, span)));
        }
        for &(span, meant) in &steps.references {
            let meant = meant.map(|span| self.words_in(field, span));
            let meant = meant.unwrap_or_else(|| "what is told before".to_owned());
            self.slot("refers", format!("{} → {meant}", self.words_in(field, span)));
        }
        if let Some(span) = steps.voice {
            self.slot("scope", self.words_in(field, span));
        }
        let cue = steps.firmness.map(|span| format!(" by {}", self.words_in(field, span)));
        let cue = cue.unwrap_or_else(|| match claim.modality.as_str() {
            "asserted" => ", no cue reaches it".to_owned(),
            _ => " by its source".to_owned(),
        });
        self.slot("modality", format!("{}{cue}", claim.modality.as_str()));
    }

    fn participant(&self, slot: &Participant, field: Field) -> String {
        let words = self.words_in(field, slot.span);
        format!("{} ({}) {words}", isolate(&slot.id), slot.actor_type)
    }

    fn place(&self, slot: &PlaceSlot, field: Field) -> String {
        let id = slot.id.as_deref().unwrap_or("unresolved");
        let point = match slot.point {
            Some((lat, lon)) => format!(" at {lat:.3}, {lon:.3}"),
            None => String::new(),
        };
        let words = self.words_in(field, slot.span);
        format!("{id} ({}){point} {} {words}", slot.precision.as_str(), isolate(&slot.name))
    }

    fn voice(&self, voice: &Attribution, field: Field) -> String {
        let speaker = voice.speaker.as_ref().map(|id| format!(" through {}", isolate(id)));
        let verb = voice.verb.as_ref().map(|verb| format!(" by {}", isolate(verb)));
        let words = self.words_in(field, voice.span);
        let (speaker, verb) = (speaker.unwrap_or_default(), verb.unwrap_or_default());
        format!("{}{speaker} {words}{verb}", isolate(&voice.id))
    }

    fn words(&self, span: Span) -> String {
        self.words_in(Field::Text, span)
    }

    fn words_in(&self, field: Field, span: Span) -> String {
        let text = match field {
            Field::Title => self.document.title.as_deref().unwrap_or_default(),
            Field::Text => &self.document.text,
        };
        let words: Vec<&str> =
            text.get(span.range()).unwrap_or_default().split_whitespace().collect();
        self.paint.paint(WORDS, isolate(&words.join(" ")))
    }

    fn entry(&mut self, label: &str, value: impl Display) {
        self.line(4, format!("{label:10} {value}"));
    }

    fn slot(&mut self, label: &str, value: impl Display) {
        self.line(6, format!("{} {value}", self.paint.paint(FAINT, format!("{label:8}"))));
    }

    fn line(&mut self, indent: usize, line: impl Display) {
        self.lines.push_str(&" ".repeat(indent));
        self.lines.push_str(&line.to_string());
        self.lines.push('\n');
    }
}

fn bound(bound: Option<u64>) -> String {
    bound.map_or("unknown".to_owned(), |n| n.to_string())
}
