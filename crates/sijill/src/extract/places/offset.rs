//! Places told by their distance: "50 kilometres west of Raqqa".

use super::super::Reading;
use super::super::mentions::{Mention, MentionId};
use super::ground::{away, told_bearing};
use sijill_knowledge::{Phrase, PlaceId};
use sijill_model::{PlaceSlot, Precision, Span};
use sijill_text::TokenKind;
use sijill_text::numeral::Amount;

/// How many words may stand between the distance and the place it counts from.
const REACH: usize = 7;

/// A distance without a direction below which the place itself will do, in kilometres.
const BESIDE: f64 = 20.0;

/// "West" may mean any direction nearer to west than to its neighbours on an eight-point compass:
/// the sine of half of that.
const SECTOR: f64 = 0.383;

/// How far and in which direction from a place.
pub(super) struct Offset {
    kilometres: f64,
    bearing: Option<f64>,
    span: Span,
}

impl Offset {
    /// How far the place may lie from the point, in kilometres: the direction and the round number.
    fn doubt(&self) -> f64 {
        self.kilometres * (SECTOR + 0.1)
    }

    fn precision(&self) -> Precision {
        match self.doubt() {
            ..=2.0 => Precision::Village,
            ..=5.0 => Precision::Town,
            ..=25.0 => Precision::District,
            _ => Precision::Region,
        }
    }
}

impl Reading<'_> {
    /// A place that is told by its distance from a known one: a point if the direction is told.
    pub(super) fn offset_slot(&self, id: MentionId, place: PlaceId) -> Option<PlaceSlot> {
        let offset = self.offset(self.mentions.get(id))?;
        let from = self.words.knowledge.gazetteer.get(place);
        let point = offset.bearing.map(|b| away((from.lat, from.lon), offset.kilometres, b));
        Some(PlaceSlot {
            id: None,
            name: offset.span.of(self.words.tokens.text).to_owned(),
            name_en: None,
            point,
            precision: point.map_or(Precision::Area, |_| offset.precision()),
            span: offset.span,
        })
    }

    /// Reads the distance before the name of a place.
    fn offset(&self, mention: &Mention) -> Option<Offset> {
        let words = self.words;
        let name =
            mention.words.clone().find(|&i| mention.span.start <= words.all[i].span.start)?;
        let from = name.saturating_sub(REACH);
        let unit = (from..name).rev().take_while(|&i| !words.all[i].after_break).find_map(|i| {
            words.cuts(i).iter().find_map(|cut| words.knowledge.metres(cut.word)).map(|m| (i, m))
        });
        let (unit, metres) = unit?;
        let leads = |i: usize| {
            told_bearing(words, i..i + 1).is_some()
                || words.cuts(i).iter().any(|cut| words.knowledge.metres(cut.word).is_some())
                || words.phrases(i).iter().any(|p| matches!(p.phrase, Phrase::Preposition(_)))
                || mention.words.contains(&i)
        };
        if words.all[name].after_break || !(unit + 1..name).all(leads) {
            return None;
        }
        let counts = |amount: &&Amount| words.of_tokens(&amount.tokens).end == unit;
        let amount = self.amounts.iter().find(counts)?;
        let kilometres = amount.min.or(amount.max)? * metres / 1000.0;
        let bearing = told_bearing(words, unit + 1..name);
        if kilometres == 0.0 || bearing.is_none() && kilometres <= BESIDE {
            return None;
        }
        let span = Span::new(amount.span.start, mention.span.end);
        (words.all[unit].kind == TokenKind::Word).then_some(Offset { kilometres, bearing, span })
    }
}
