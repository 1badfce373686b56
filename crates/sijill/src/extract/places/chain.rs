//! Places that a text tells together: "the town of … in the western countryside of …".

use super::super::mentions::{Mention, MentionId, Mentions, PlaceRef};
use super::super::words::Words;
use sijill_knowledge::{Gazetteer, Phrase, PlaceId, Prep};
use sijill_model::PlaceKind;
use std::ops::Range;

/// How many words may stand between a place and the one around it.
const REACH: usize = 5;

/// For each mention: the place told right behind it in which, or by which, it lies.
pub(crate) struct Chains {
    around: Vec<Option<MentionId>>,
    within: Vec<Option<MentionId>>,
}

impl Chains {
    pub(super) fn new(mentions: &Mentions, words: &Words<'_>, gazetteer: &Gazetteer) -> Self {
        let count = mentions.all.len();
        let mut chains = Self { around: vec![None; count], within: vec![None; count] };
        for inner in 0..count.saturating_sub(1) {
            let outer = inner + 1;
            let (a, b) = (&mentions.all[inner], &mentions.all[outer]);
            if a.place == PlaceRef::None || b.place == PlaceRef::None || a.rural {
                continue;
            }
            let gap = a.words.end..b.words.start;
            let size = |mention: &Mention| {
                let size = size(mentions, gazetteer, mention.place);
                let told = told_size(words, mention).filter(|_| size < rank(PlaceKind::Country));
                (told.unwrap_or(size), size)
            };
            // "The area of …, which belongs to the villages of": it lies there, whatever they are.
            let described = gap.clone().any(|i| words.has_article(i));
            let wider = b.rural || described || size(a) < size(b);
            if wider
                && b.front.conjunction.is_none()
                && joins(words, gap, b.front.preposition.is_some())
            {
                chains.around[inner] = Some(outer as MentionId);
                chains.within[outer] = Some(inner as MentionId);
            }
        }
        chains
    }

    /// Returns the place told right behind a place, in which it lies.
    pub(crate) fn around(&self, id: MentionId) -> Option<MentionId> {
        self.around[id as usize]
    }

    /// Takes a mention that is no place out of its chain.
    pub(super) fn unlink(&mut self, id: MentionId) {
        if let Some(outer) = self.around[id as usize].take() {
            self.within[outer as usize] = None;
        }
        if let Some(inner) = self.within[id as usize].take() {
            self.around[inner as usize] = None;
        }
    }

    /// Follows a chain from a place around to the most specific one: the town, not its province.
    pub(crate) fn innermost(&self, mut id: MentionId) -> MentionId {
        while let Some(inner) = self.within[id as usize] {
            id = inner;
        }
        id
    }
}

/// Tells whether the words between two places say that one lies in or by the other.
fn joins(words: &Words<'_>, gap: Range<usize>, attached: bool) -> bool {
    if gap.start > gap.end || REACH < gap.len() || gap.clone().any(|i| words.all[i].after_break) {
        return false;
    }
    let mut led = attached;
    let mut at = gap.start;
    while at < gap.end {
        let sign = words.all[at].sign;
        let preposition = words.phrases(at).iter().find(|p| {
            let place = matches!(p.phrase, Phrase::Preposition(Prep::In | Prep::From | Prep::Beh));
            place && p.proclitics.conjunction.is_none() && p.end as usize <= gap.end
        });
        if matches!(sign, '#' | '(' | ')' | '-' | '–' | '/' | '،' | ',' | '«' | '»' | '"') {
            led |= matches!(sign, '(' | '-' | '–' | '/' | '،' | ',');
            at += 1;
        } else if let Some(preposition) = preposition {
            led = true;
            at = preposition.end as usize;
        } else if words.has_article(at) {
            // "… al-Mansoura, which lies in": adjectives and participles of the place.
            at += 1;
        } else {
            return false;
        }
    }
    led || gap.is_empty()
}

/// How large the noun before its name says that a place is; an area is of any size.
fn told_size(words: &Words<'_>, mention: &Mention) -> Option<u8> {
    let types = words.knowledge.place_types.of_lemma(mention.noun?)?;
    let any = [PlaceKind::Area, PlaceKind::Water, PlaceKind::Country];
    types.kinds.first().filter(|kind| !any.contains(kind)).copied().map(rank)
}

/// How large what a mention may refer to is at most: 0 for a site.
fn size(mentions: &Mentions, gazetteer: &Gazetteer, place: PlaceRef) -> u8 {
    match place {
        PlaceRef::Candidates(start, end) => {
            let ids = &mentions.candidates[start as usize..end as usize];
            let town = |&id: &PlaceId| rank_of(gazetteer, id);
            // A name that is a town's and its district's is first of all the town's.
            let settled = ids.iter().map(town).filter(|&rank| rank <= rank_of_city()).max();
            settled.or_else(|| ids.iter().map(town).max()).unwrap_or(0)
        }
        PlaceRef::Unknown(kind, _) => rank(kind),
        PlaceRef::Same(id) => {
            size(mentions, gazetteer, mentions.get(mentions.place_root(id)).place)
        }
        PlaceRef::None => 0,
    }
}

/// "The province of Saada, northern Yemen": an area that is named after its country is larger than
/// its provinces.
fn rank_of(gazetteer: &Gazetteer, id: PlaceId) -> u8 {
    let place = gazetteer.get(id);
    let of_country = || {
        let outer = gazetteer.parent(id).map(|outer| gazetteer.get(outer));
        let country = outer.filter(|outer| outer.kind == PlaceKind::Country);
        country.is_some_and(|country| place.name.ends_with(country.name.as_ref()))
    };
    match place.kind {
        PlaceKind::Area if of_country() => rank(PlaceKind::Region) + 1,
        kind => rank(kind),
    }
}

fn rank_of_city() -> u8 {
    rank(PlaceKind::City)
}

fn rank(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Site => 0,
        PlaceKind::Neighbourhood => 1,
        PlaceKind::Village => 2,
        PlaceKind::Town => 3,
        PlaceKind::City => 4,
        PlaceKind::Subdistrict => 5,
        PlaceKind::District => 6,
        PlaceKind::Water | PlaceKind::Area => 7,
        PlaceKind::Region => 8,
        PlaceKind::Country => 10,
    }
}
