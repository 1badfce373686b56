//! What must not be published, masked so that no offset changes.

use crate::Report;
pub use sijill_io::{Reason, Tally, Withheld};

impl Report {
    /// Masks spans, and takes what stands there out of the claims and mentions.
    pub fn withhold(mut self, spans: &[Withheld]) -> (Self, Tally) {
        let Self { document, claims, mentions, .. } = &mut self;
        let tally = sijill_io::withhold(document, claims, mentions, spans);
        self.withheld.extend_from_slice(spans);
        self.withheld.sort_by_key(|w| (w.reason == Reason::Coordinates, w.field, w.span.start));
        (self, tally)
    }
}
