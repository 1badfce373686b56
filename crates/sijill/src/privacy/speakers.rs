//! Who speaks in a report and is in no table.

use sijill_knowledge::NounClass;
use sijill_model::Claim;

use super::{Page, Private, Sort};

impl Page<'_> {
    /// Who speaks and is in no table is a person, unless an office or a body is all that is told.
    pub(super) fn speakers(&self, claims: &[Claim], found: &mut Vec<Private>) {
        let of_field = claims.iter().filter(|claim| claim.evidence.field == self.field);
        let voices = of_field.flat_map(|claim| &claim.attribution);
        for voice in voices.filter(|voice| voice.id.starts_with("unlisted:")) {
            let first = self.words.all.partition_point(|w| w.span.end <= voice.span.start);
            let office =
                |class| matches!(class, NounClass::Group | NounClass::Official | NounClass::Person);
            let named = |i: usize| self.words.noun(i, office).is_none() && !self.is_public(i);
            if first < self.words.all.len() && named(first) {
                found.push(Private { field: self.field, span: voice.span, sort: Sort::Person });
            }
        }
    }
}
