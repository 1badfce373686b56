//! Who says so: cues, voices and how far they reach.

mod cues;
mod links;
mod speakers;
mod unlisted;

use super::Reading;
pub(crate) use links::link_of;
use sijill_knowledge::EntityId;
use sijill_model::Span;
use std::ops::Range;

/// A run of words that somebody says.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// What is said.
    pub(crate) words: Range<usize>,
    /// From the outermost relay to the origin.
    pub(crate) chain: Vec<Link>,
    /// The cue as written.
    pub(crate) cue: Span,
    /// The source denies what it speaks of.
    pub(crate) denies: bool,
    /// The source is less than sure.
    pub(crate) hedges: bool,
}

/// One voice of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The party, outlet or monitor, or the person if none is known; whoever the span names, if no
    /// table holds them.
    pub(crate) entity: Option<EntityId>,
    /// The person who speaks for it.
    pub(crate) speaker: Option<EntityId>,
    pub(crate) span: Span,
}

impl Link {
    /// Tells whether both name the same one.
    fn is_same(self, other: Self) -> bool {
        self.entity == other.entity && (self.entity.is_some() || self.span == other.span)
    }
}

/// Finds the voices of a text, in order.
pub(crate) fn voices(reading: &Reading<'_>) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for s in 0..reading.sentences.len() {
        let sentence = reading.sentences[s].clone();
        let before = voices.len();
        cues::prepositional_cues(reading, &sentence, &mut voices);
        cues::verbal_cues(reading, &sentence, &mut voices, before);
        if voices.len() == before {
            cues::run_on(reading, s, &mut voices);
        }
    }
    voices
}

/// Finds the voice that speaks at a word: the last cue that reaches it.
pub(crate) fn voice_at(voices: &[Voice], word: usize) -> Option<&Voice> {
    let reaches = |voice: &&Voice| voice.words.contains(&word);
    voices.iter().filter(reaches).min_by_key(|voice| voice.words.len())
}
