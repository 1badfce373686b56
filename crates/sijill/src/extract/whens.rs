//! When a claim happened: its own date, or the day that the text tells as its own.

use super::Reading;
use super::frames::Fired;
use sijill_model::{ClaimType, Kind, Modality, TimeSlot};
use std::ops::Range;

/// How many sentences of a text are its news; what follows may be its background.
const NEWS: usize = 8;

impl Reading<'_> {
    pub(super) fn time_of(&self, fired: &Fired, sentence: &Range<usize>) -> Option<TimeSlot> {
        let kind = self.words.knowledge.frames.rule(fired.rule).claim_type.kind();
        let words = &fired.arguments.words;
        let clause = self.clauses.start_of(words.start, sentence);
        let ranges = self.times.iter().map(|t| (t, self.words.of_tokens(&t.tokens)));
        let mut best: Option<(usize, TimeSlot)> = None;
        for (time, at) in ranges {
            if at.start < sentence.start || sentence.end < at.end {
                continue;
            }
            // "Within 72 hours" tells when what was counted happened, not how long a march took.
            if time.within && kind != Kind::Toll {
                continue;
            }
            let slot = TimeSlot { edtf: time.edtf, span: time.span };
            let inside = words.start <= at.start && at.end <= words.end;
            let rank = if inside {
                0
            } else if clause <= at.start && at.end <= words.end + 8 {
                100 + at.start.abs_diff(fired.trigger.word)
            } else if at.end <= fired.trigger.word {
                300 + fired.trigger.word - at.end
            } else {
                1000 + at.start - fired.trigger.word
            };
            if best.as_ref().is_none_or(|(old, _)| rank < *old) {
                best = Some((rank, slot));
            }
        }
        best.filter(|(rank, _)| *rank < 340).map(|(_, slot)| slot)
    }

    /// The day of the text, for an act that it tells as its news: no other date stands in the
    /// sentence, and the sentence is one of the first.
    pub(super) fn time_at_hand(
        &self,
        fired: &Fired,
        claim_type: ClaimType,
        modality: Modality,
        sentence: &Range<usize>,
    ) -> Option<TimeSlot> {
        let dateline = self.dateline?;
        let happens = matches!(claim_type.kind(), Kind::Event | Kind::Toll | Kind::Damage)
            || matches!(claim_type, ClaimType::Captures | ClaimType::Loses);
        let told = matches!(modality, Modality::Asserted | Modality::Uncertain);
        let dated = sentence.clone().any(|i| self.in_time[i])
            && !self.recent.iter().any(|word| sentence.contains(word));
        let news = fired.sentence < NEWS;
        (happens && told && news && !dated)
            .then(|| TimeSlot { edtf: dateline.edtf(), span: dateline.span })
    }
}
