//! Resolution of place names over a whole document.
//!
//! Each name is scored against what the document says as a whole: the countries and regions it
//! names, the places that have one bearer only, prominence; and against the place that is told
//! right behind it, in which it lies. Deterministic; ties go to the lower id.

mod chain;
mod score;

use super::mentions::{MentionId, Mentions, PlaceRef};
use super::words::Words;
pub(crate) use chain::Chains;
use score::{Around, Context};
use sijill_knowledge::{Gazetteer, PlaceId};
use sijill_model::{PlaceKind, Span};
use sijill_text::skeleton::skeleton;

/// How many consonants tell names apart.
const TELLING: usize = 3;

/// How far a place with another spelling may lie from the place it is told with, in kilometres.
const VICINITY: f64 = 40.0;

/// The place chosen for each mention; `None` where there is none or the name is unknown.
pub(crate) struct Resolved {
    chosen: Vec<Option<PlaceId>>,
    /// Which places are told together.
    pub(crate) chains: Chains,
}

impl Resolved {
    /// Returns the place a mention refers to.
    pub(crate) fn place(&self, mentions: &Mentions, id: MentionId) -> Option<PlaceId> {
        self.chosen[mentions.place_root(id) as usize]
    }
}

/// Chooses a place for every mention that has candidates.
pub(crate) fn resolve(mentions: &Mentions, words: &Words<'_>, country: Option<&str>) -> Resolved {
    let gazetteer = &words.knowledge.gazetteer;
    let mut resolver = Resolver {
        mentions,
        words,
        gazetteer,
        context: Context::new(mentions, gazetteer, country),
        resolved: Resolved {
            chosen: vec![None; mentions.all.len()],
            chains: Chains::new(mentions, words, gazetteer),
        },
    };
    // From the end, so that the place around is known before the place in it.
    for _ in 0..2 {
        for id in (0..mentions.all.len() as MentionId).rev() {
            resolver.resolved.chosen[id as usize] = resolver.choose(id);
        }
        // What is certain now says more of the rest.
        resolver.context.anchor(resolver.certain());
    }
    resolver.resolved
}

struct Resolver<'a> {
    mentions: &'a Mentions,
    words: &'a Words<'a>,
    gazetteer: &'a Gazetteer,
    context: Context<'a>,
    resolved: Resolved,
}

impl Resolver<'_> {
    fn choose(&self, id: MentionId) -> Option<PlaceId> {
        let mention = self.mentions.get(id);
        let around = self.around(id);
        match mention.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                let best = self.context.best(ids, mention.rural, around.as_ref());
                let settled = |id: PlaceId| is_settled(self.gazetteer.get(id).kind);
                if around.is_none() || best.is_some_and(|best| !settled(best)) {
                    return best;
                }
                // A village with another spelling may fit the words better than its namesake afar.
                let mut ids = ids.to_vec();
                ids.extend(self.other_spellings(mention.span, PlaceKind::Village, around.as_ref()));
                self.context.best(&ids, mention.rural, around.as_ref())
            }
            PlaceRef::Unknown(kind, name) => {
                let name = self.words.span(name as usize..mention.words.end);
                let ids = self.other_spellings(name, kind, around.as_ref());
                self.context.best(&ids, false, around.as_ref())
            }
            _ => None,
        }
    }

    /// Describes the place that is told behind a place, if it is known.
    fn around(&self, id: MentionId) -> Option<Around> {
        let outer = self.resolved.chains.around(id)?;
        let place = self.resolved.place(self.mentions, outer)?;
        let outer = self.mentions.get(outer);
        let centre = match outer.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                let town = |&&id: &&PlaceId| {
                    matches!(self.gazetteer.get(id).kind, PlaceKind::City | PlaceKind::Town)
                        && (self.gazetteer.contains(place, id) || place == id)
                };
                ids.iter().find(town).copied().unwrap_or(place)
            }
            _ => place,
        };
        let gap = self.mentions.get(id).words.end..outer.words.end + 2;
        Some(Around { place, centre, bearing: self.words.bearing(gap) })
    }

    /// Lists the places that sound like a name, in or near the place around.
    fn other_spellings(
        &self,
        name: Span,
        kind: PlaceKind,
        around: Option<&Around>,
    ) -> Vec<PlaceId> {
        let Some(around) = around else { return Vec::new() };
        let folded = sijill_text::fold::folded(name.of(self.words.tokens.text));
        let bones = skeleton(&folded);
        if bones.len() < TELLING {
            return Vec::new();
        }
        let near = |&place: &PlaceId| {
            let found = self.gazetteer.get(place);
            (found.kind == kind || is_settled(found.kind) && is_settled(kind))
                && (self.gazetteer.contains(around.place, place)
                    || self.gazetteer.kilometres(around.centre, place) < VICINITY)
        };
        self.gazetteer.alike(&bones).filter(near).collect()
    }

    /// Lists the places that have one bearer only, or that lie in the place told behind them.
    fn certain(&self) -> Vec<PlaceId> {
        let chosen = (0..).zip(&self.resolved.chosen);
        chosen
            .filter_map(|(id, place)| {
                let place = (*place)?;
                let around = self.resolved.chains.around(id)?;
                let around = self.resolved.place(self.mentions, around)?;
                self.gazetteer.contains(around, place).then_some(place)
            })
            .collect()
    }
}

fn is_settled(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Village | PlaceKind::Town)
}
