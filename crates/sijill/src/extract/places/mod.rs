//! Resolution of place names over a whole document.
//!
//! Each name is scored against what the document says as a whole: the countries and regions it
//! names, the places that have one bearer only, prominence; and against the place that is told
//! right behind it, in which it lies. Deterministic; ties go to the lower id.

mod chain;
mod countries;
mod fit;
mod ground;
mod offset;
mod score;
mod slot;

use super::mentions::{Mention, MentionId, Mentions, PlaceRef};
use super::words::Words;
pub(crate) use chain::Chains;
pub(crate) use ground::told_bearing;
use score::{Around, Context};
use sijill_knowledge::{Gazetteer, Knowledge, PlaceId};
use sijill_model::{PlaceKind, Span};
use sijill_text::{clitic, skeleton::skeleton};

/// How many consonants tell names apart.
const TELLING: usize = 3;

/// How many letters of a short name another spelling of it may change, and up to which length.
const EDITS: (usize, usize) = (1, 5);

/// How far a place with another spelling may lie from the place it is told with, in kilometres.
const VICINITY: f64 = 40.0;

/// Within how many words a quarter is told with its town.
const TOLD_WITH: usize = 8;

/// How often the places of a document are chosen, each time knowing the choices before.
const PASSES: usize = 3;

/// What came of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// No bearer that anybody knows can be meant.
    Nowhere,
    /// Two bearers fit as well.
    Undecided,
    Place(PlaceId),
}

impl Choice {
    fn place(self) -> Option<PlaceId> {
        match self {
            Self::Place(id) => Some(id),
            Self::Nowhere | Self::Undecided => None,
        }
    }
}

/// The place chosen for each mention.
pub(crate) struct Resolved {
    chosen: Vec<Choice>,
    /// Which places are told together.
    pub(crate) chains: Chains,
}

impl Resolved {
    /// Returns the place a mention refers to.
    pub(crate) fn place(&self, mentions: &Mentions, id: MentionId) -> Option<PlaceId> {
        self.chosen[mentions.place_root(id) as usize].place()
    }

    /// Forgets the names without a type noun whose bearers cannot be meant: they are no places here.
    pub(crate) fn prune(&mut self, mentions: &mut Mentions) {
        for id in 0..mentions.all.len() as MentionId {
            let root = mentions.get(mentions.place_root(id));
            let nowhere = self.chosen[mentions.place_root(id) as usize] == Choice::Nowhere;
            let gone = matches!(root.place, PlaceRef::Candidates(..)) && nowhere;
            if root.place == PlaceRef::None || gone && root.noun.is_none() {
                self.chains.unlink(id);
                mentions.all[id as usize].place = PlaceRef::None;
            }
        }
    }
}

/// Chooses a place for every mention that has candidates, field by field of one document: what the
/// text tells of places holds for its title too.
pub(crate) fn resolve(
    fields: &[(&Mentions, &Words<'_>)],
    knowledge: &Knowledge,
    country: Option<&str>,
) -> Vec<Resolved> {
    let gazetteer = &knowledge.gazetteer;
    let mut context = Context::new(fields, knowledge, country);
    let resolved = fields.iter().map(|&(mentions, words)| Resolved {
        chosen: vec![Choice::Nowhere; mentions.all.len()],
        chains: Chains::new(mentions, words, gazetteer),
    });
    let mut resolved: Vec<Resolved> = resolved.collect();
    for _ in 0..PASSES {
        for (&(mentions, words), resolved) in fields.iter().zip(&mut resolved) {
            let resolver = Resolver { mentions, words, gazetteer, context: &context, resolved };
            // From the end, so that the place around is known before the place in it.
            for id in (0..mentions.all.len() as MentionId).rev() {
                let chosen = resolver.choose(id);
                resolver.resolved.chosen[id as usize] = chosen;
            }
        }
        // What is certain now says more of the rest.
        for (&(mentions, words), resolved) in fields.iter().zip(&mut resolved) {
            let resolver = Resolver { mentions, words, gazetteer, context: &context, resolved };
            let certain: Vec<_> = resolver.certain().collect();
            for (id, place) in certain {
                context.tell(place, mentions.bearers(id));
            }
        }
        context.settle(
            resolved
                .iter()
                .flat_map(|resolved| resolved.chosen.iter().filter_map(|choice| choice.place())),
        );
    }
    resolved
}

struct Resolver<'a, 'c> {
    mentions: &'a Mentions,
    words: &'a Words<'a>,
    gazetteer: &'a Gazetteer,
    context: &'a Context<'c>,
    resolved: &'a mut Resolved,
}

impl Resolver<'_, '_> {
    fn choose(&self, id: MentionId) -> Choice {
        let around = self.around(id);
        let choice = self.choose_in(id, around.as_ref());
        let referred = |outer| matches!(self.mentions.get(outer).place, PlaceRef::Same(_));
        let chained = self.resolved.chains.around(id);
        if choice == Choice::Nowhere && around.is_some() && chained.is_none_or(referred) {
            // "The city", told behind it, may be another one; so may what the adjective describes.
            return self.choose_in(id, None);
        }
        choice
    }

    fn choose_in(&self, id: MentionId, around: Option<&Around>) -> Choice {
        let mention = self.mentions.get(id);
        match mention.place {
            PlaceRef::Candidates(start, end) => {
                let ids = &self.mentions.candidates[start as usize..end as usize];
                if around.is_none() && ids.iter().all(|&id| self.is_of_other_town(id, mention)) {
                    return Choice::Nowhere;
                }
                let best = self.context.best(ids, ids.len(), mention, around);
                let settled = |id: PlaceId| is_settled(self.gazetteer.get(id).kind);
                let lost = best == Choice::Nowhere && mention.noun.is_some();
                let country = |&id: &PlaceId| self.gazetteer.get(id).kind == PlaceKind::Country;
                if around.is_none()
                    && mention.noun.is_none()
                    && let Some(told) = best.place().and_then(|best| self.context.told(ids, best))
                {
                    return Choice::Place(told);
                }
                if around.is_none() && !lost
                    || best.place().is_some_and(|best| !settled(best))
                    || ids.iter().any(country)
                    || self.is_unsettled(mention)
                {
                    return best;
                }
                // A village with another spelling may fit the words better than its namesake afar.
                let name = mention.span;
                self.best_alike(ids, name, PlaceKind::Village, mention, around)
            }
            PlaceRef::Unknown(kind, name) => {
                let words = name as usize..mention.words.end;
                // "The Cairo hospital" is called as Cairo is, and no village that sounds so.
                if self.words.names_place(&words) {
                    return Choice::Nowhere;
                }
                self.best_alike(&[], self.words.span(words), kind, mention, around)
            }
            _ => Choice::Nowhere,
        }
    }

    /// Tells whether the noun before a name says that it is a bridge or a valley, and no village.
    fn is_unsettled(&self, mention: &Mention) -> bool {
        let types = &self.words.knowledge.place_types;
        let types = mention.noun.and_then(|noun| types.of_lemma(noun));
        types.is_some_and(|types| {
            matches!(
                types.kinds[..],
                [PlaceKind::Site, ..] | [PlaceKind::Water] | [PlaceKind::Area]
            )
        })
    }

    /// Tells whether a quarter or a square is of another town than the one told just before.
    fn is_of_other_town(&self, id: PlaceId, mention: &Mention) -> bool {
        let kind = |id: PlaceId| self.gazetteer.get(id).kind;
        let of_town = self.gazetteer.parent(id).is_some_and(|unit| is_town(kind(unit)));
        if !of_town || !matches!(kind(id), PlaceKind::Neighbourhood | PlaceKind::Site) {
            return false;
        }
        let start = mention.words.start;
        let near = self.mentions.before(start).take_while(|(_, m)| start < m.words.end + TOLD_WITH);
        let mut towns = near.filter_map(|(other, _)| self.resolved.place(self.mentions, other));
        towns.find(|&town| is_town(kind(town))).is_some_and(|town| {
            self.gazetteer.parent(id) != Some(town)
                && VICINITY / 2.0 < self.gazetteer.kilometres(town, id)
        })
    }

    /// Chooses among the bearers of a name and those of names that sound alike.
    fn best_alike(
        &self,
        ids: &[PlaceId],
        name: Span,
        kind: PlaceKind,
        mention: &Mention,
        around: Option<&Around>,
    ) -> Choice {
        let exact = ids.len();
        let mut ids = ids.to_vec();
        ids.extend(self.other_spellings(name, kind, around));
        self.context.best(&ids, exact, mention, around)
    }

    /// Describes the place that is told behind a place, if it is known.
    fn around(&self, id: MentionId) -> Option<Around> {
        // "The village of … in the district of … in …": the next one says it where one is not known.
        let Some(mut outer) = self.resolved.chains.around(id) else {
            let place = nation(self.words, self.mentions.get(id))?;
            return Some(Around { place, centre: place, bearing: None });
        };
        let place = loop {
            match self.resolved.place(self.mentions, outer) {
                Some(place) => break place,
                None => outer = self.resolved.chains.around(outer)?,
            }
        };
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
        Some(Around { place, centre, bearing: told_bearing(self.words, gap) })
    }

    /// Lists the places that sound like a name, in or near the place around.
    fn other_spellings(
        &self,
        name: Span,
        kind: PlaceKind,
        around: Option<&Around>,
    ) -> Vec<PlaceId> {
        let folded = sijill_text::fold::folded(name.of(self.words.tokens.text));
        let bones = skeleton(&folded);
        if bones.len() < TELLING || self.words.knowledge.is_ordinary(&folded) {
            return Vec::new();
        }
        let near = |&place: &PlaceId| {
            let found = self.gazetteer.get(place);
            let near = match around {
                Some(around) => {
                    self.gazetteer.contains(around.place, place)
                        || self.gazetteer.kilometres(around.centre, place) < VICINITY
                }
                None => self.context.is_at_hand(place),
            };
            near && (found.kind == kind || is_settled(found.kind) && is_settled(kind))
        };
        let like = |place: PlaceId, begins: bool| {
            let name = sijill_text::fold::folded(&self.gazetteer.get(place).name);
            let name = name.split(' ').next().filter(|_| begins).unwrap_or(&name);
            let (a, b) = (clitic::strip_article(&folded).1, clitic::strip_article(name).1);
            let length = a.chars().count();
            let most = if length <= EDITS.1 { EDITS.0 } else { usize::max(2, length / 4) };
            strsim::osa_distance(a, b) <= most
        };
        let alike = self.gazetteer.alike(&bones).filter(near);
        let mut found: Vec<PlaceId> = alike.filter(|&place| like(place, false)).collect();
        if found.is_empty() && around.is_some() {
            let begun = self.gazetteer.beginning_with(&bones).filter(near);
            found.extend(begun.filter(|&place| like(place, true)));
        }
        found
    }

    /// Lists the places that lie in or by the place told behind them.
    fn certain(&self) -> impl Iterator<Item = (MentionId, PlaceId)> {
        (0..).zip(&self.resolved.chosen).filter_map(|(id, place)| {
            let place = place.place()?;
            let around = self.resolved.chains.around(id)?;
            let around = self.resolved.place(self.mentions, around)?;
            let by = self.gazetteer.contains(around, place)
                || around != place && self.gazetteer.kilometres(around, place) < VICINITY;
            by.then_some((id, place))
        })
    }
}

fn is_town(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::City | PlaceKind::Town)
}

fn is_settled(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Village | PlaceKind::Town)
}

/// "The Syrian town of": the country of which the adjective behind a place says it is.
fn nation(words: &Words<'_>, mention: &Mention) -> Option<PlaceId> {
    let behind = mention.words.end;
    if words.all.get(behind)?.after_break || !words.has_article(behind) {
        return None;
    }
    let nationalities = &words.knowledge.nationalities;
    words.cuts(behind).iter().find_map(|cut| nationalities.country(cut.word))
}
