//! Dates inside of a quotation, which count from the day on which it was said.

use super::super::clauses::Clauses;
use super::super::time::TimeMention;
use super::super::words::Words;
use sijill_knowledge::VerbClass;
use sijill_model::{Date, EdtfDate};
use sijill_text::quote::Quotations;
use std::ops::Range;

/// Moves the days counted from today inside of quotations to the day on which they were said.
pub(crate) fn count_from_saying(
    words: &Words<'_>,
    clauses: &Clauses,
    sentences: &[Range<usize>],
    quotations: &Quotations,
    published: Date,
    times: &mut [TimeMention],
) {
    for i in 0..times.len() {
        if !times[i].counted {
            continue;
        }
        let Some(quotation) = quotations.innermost(times[i].tokens.start) else { continue };
        let opened = words.of_tokens(&quotation.tokens).start;
        let Some(sentence) = sentences.iter().find(|s| s.contains(&opened)) else { continue };
        let says = |range: Range<usize>| {
            range.into_iter().any(|w| {
                clauses.verb(words, w).is_some_and(|lex| words.verb_has(lex, VerbClass::Say))
            })
        };
        if !says(sentence.start..opened) {
            continue;
        }
        let said = times[..i].iter().rev().find_map(|time| {
            let at = words.of_tokens(&time.tokens);
            let before = sentence.start <= at.start && at.end <= opened;
            match (time.edtf.start(), time.edtf.end()) {
                (EdtfDate::Day(day), Some(end)) if before && end == EdtfDate::Day(day) => Some(day),
                _ => None,
            }
        });
        if let Some(said) = said.filter(|&said| said < published)
            && let Some(moved) = times[i].edtf.moved(published, said)
        {
            times[i].edtf = moved;
        }
    }
}
