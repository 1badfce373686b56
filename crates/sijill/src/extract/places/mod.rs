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
use score::{Context, kilometres};
use sijill_knowledge::{Gazetteer, PlaceId};
use sijill_model::PlaceKind;

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
        let around = self.resolved.chains.around(id);
        let around = around.and_then(|around| self.resolved.place(self.mentions, around));
        match mention.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                self.context.best(ids, mention.rural, around)
            }
            PlaceRef::Unknown(kind, name) => {
                let name = self.words.span(name as usize..mention.words.end);
                self.other_spelling(name.of(self.words.tokens.text), kind, around)
            }
            _ => None,
        }
    }

    /// Finds a place that sounds like a name which no table holds, in or near the place around.
    fn other_spelling(
        &self,
        name: &str,
        kind: PlaceKind,
        around: Option<PlaceId>,
    ) -> Option<PlaceId> {
        let around = around?;
        let folded = sijill_text::fold::folded(name);
        let is_settled = |kind| matches!(kind, PlaceKind::Village | PlaceKind::Town);
        let near = |&place: &PlaceId| {
            let found = self.gazetteer.get(place);
            (found.kind == kind || is_settled(found.kind) && is_settled(kind))
                && (self.gazetteer.contains(around, place)
                    || kilometres(self.gazetteer, around, place) < VICINITY)
        };
        let ids: Vec<PlaceId> = self.gazetteer.alike(&folded).filter(near).collect();
        self.context.best(&ids, false, Some(around))
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
