//! What the words beside a claim say of its day and its number, and the claim itself does not hold.

use crate::Knowledge;
use sijill_knowledge::{Name, Phrase, Prep, trie};
use sijill_model::{Claim, Field, Kind, Span};
use sijill_text::{TokenKind, Tokens};

/// So many bytes from a date stands a word that tells its part of the day.
const BESIDE: u32 = 16;

/// So many words before a number stands what makes it a part of another.
const BEFORE: usize = 10;

/// What begins with a number goes on for so many bytes, unless the people it counts tell all.
const BEHIND: u32 = 40;

/// Words beside the claims of a report.
#[derive(Debug, Default)]
pub(super) struct Asides {
    /// Those that tell of a night.
    nights: Vec<(Field, Span)>,
    /// The numbers of claims that count some of those told before: "among them".
    parts: Vec<(Field, Span)>,
}

impl Asides {
    /// Reads a field.
    pub(super) fn read(
        &mut self,
        tokens: &Tokens<'_>,
        field: Field,
        claims: &[Claim],
        knowledge: &Knowledge,
    ) {
        let nights = &knowledge.calendars.nights;
        for (i, token) in tokens.all.iter().enumerate() {
            if token.kind == TokenKind::Word && nights.begins(tokens.folded(i)) {
                self.nights.push((field, token.span));
            }
        }
        let here = claims.iter().filter(|claim| claim.evidence.field == field);
        for claim in here.filter(|claim| claim.claim_type.kind() == Kind::Toll) {
            let Some(count) = claim.count else { continue };
            if counts_a_part(claim, count.span, tokens, knowledge) {
                self.parts.push((field, count.span));
            }
        }
    }

    /// Tells whether a night is told in or beside the date of a claim: it belongs to two days.
    pub(super) fn is_by_night(&self, claim: &Claim) -> bool {
        claim.time.is_some_and(|time| {
            let beside = |&(field, night): &(Field, Span)| {
                field == claim.evidence.field
                    && night.end + BESIDE >= time.span.start
                    && night.start <= time.span.end + BESIDE
            };
            self.nights.iter().any(beside)
        })
    }

    /// Tells whether a claim counts some of those told before.
    pub(super) fn is_part(&self, claim: &Claim) -> bool {
        let part = |count| self.parts.contains(&(claim.evidence.field, count));
        claim.count.is_some_and(|count| part(count.span))
    }
}

/// Tells whether a number stands behind "among them", with nothing that happens between.
///
/// What happens stands in the evidence, so nothing before it is looked at, unless the evidence
/// begins with the number: then what happens stands behind it.
fn counts_a_part(claim: &Claim, count: Span, tokens: &Tokens<'_>, knowledge: &Knowledge) -> bool {
    let evidence = claim.evidence.span;
    let is_first = evidence.start >= count.start;
    if is_first && evidence.end < count.end + BEHIND {
        return false;
    }
    let at = tokens.all.partition_point(|token| token.span.start < count.start);
    let before = (0..at).rev().take_while(|&i| {
        let ends = tokens.original(i).starts_with(['.', '!', '?', ':']);
        let inside = is_first || tokens.all[i].span.start >= evidence.start;
        tokens.all[i].kind != TokenKind::Break && !ends && inside
    });
    let mut words = before.filter(|&i| tokens.all[i].kind == TokenKind::Word).take(BEFORE);
    words.any(|i| is_including(tokens, i, knowledge))
}

/// Tells whether "among them" begins at a word.
fn is_including(tokens: &Tokens<'_>, at: usize, knowledge: &Knowledge) -> bool {
    let including = |name: &Name| *name == Name::Phrase(Phrase::Preposition(Prep::Including));
    let words = (at..tokens.all.len()).filter(|&i| tokens.all[i].kind == TokenKind::Word);
    let mut node = 0;
    for i in words {
        let key = trie::whole_key(tokens.folded(i), &knowledge.vocabulary);
        let Some(next) = key.and_then(|key| knowledge.names.step(node, key)) else { return false };
        node = next.node;
        if knowledge.names.values(node).iter().any(including) {
            return true;
        }
    }
    false
}
