//! What a document is about: sport and markets are told in the words of war.

use super::parsed::{Parsed, names_armed_actor};
use sijill_knowledge::Register;

/// How many words of sport make a document one about it, and which part of all its words.
const SPORT: (usize, f64) = (4, 0.04);

/// The same for words of trade, which reports of a war use, too.
const MARKET: (usize, f64) = (8, 0.08);

/// What is left of the confidence of a claim in a document about something else: those that win,
/// lose and attack there are clubs and companies.
pub(super) const OFF_TOPIC: f64 = 0.5;

/// Tells whether a document is about sport or markets, and names no party that bears arms.
pub(super) fn is_off(fields: &[Parsed<'_>]) -> bool {
    if fields.iter().any(|field| names_armed_actor(&field.mentions, field.words.knowledge)) {
        return false;
    }
    let (mut words, mut sport, mut market) = (0_usize, 0_usize, 0_usize);
    for field in fields.iter().map(|field| field.words) {
        words += field.all.len();
        for i in 0..field.all.len() {
            let told = |register| {
                field.cuts(i).iter().any(|c| field.knowledge.register(c.word).has(register))
            };
            sport += usize::from(told(Register::Sport));
            market += usize::from(told(Register::Market));
        }
    }
    let fills = |told: usize, (least, share): (usize, f64)| {
        least <= told && share * words as f64 <= told as f64
    };
    fills(sport, SPORT) || fills(market, MARKET)
}
