//! Who holds which place as of a day, as it was known on a day.

use sijill::Knowledge;
use sijill::model::{Claim, ClaimType, Document, Kind, Modality};
use sijill_casework::reviewed;
use sijill_store::{Acts, Case, Error, Filter};
use std::collections::BTreeMap;

/// One origin's word on who holds a place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// The claim that tells it.
    pub(crate) claim: String,
    pub(crate) document: String,
    pub(crate) origin: String,
    /// The day from which it holds, as it is told; the day of publication if none is.
    pub(crate) since: String,
    /// The day on which it was told.
    pub(crate) known: String,
    /// Who holds it; empty where it is only told who lost it.
    pub(crate) holders: Vec<String>,
    /// Who lost it.
    pub(crate) lost_by: Option<String>,
    /// Which part of it, from and to.
    pub(crate) share: Option<(f64, f64)>,
}

/// A place with what each origin last said of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) name_en: Option<String>,
    pub(crate) point: (f64, f64),
    pub(crate) precision: &'static str,
    pub(crate) words: Vec<Word>,
}

/// Everything that is told of control, by place; words in the order of their days.
pub(crate) fn series(case: &Case, acts: &Acts, knowledge: &Knowledge) -> Result<Vec<Held>, Error> {
    let filter = Filter { kinds: vec![Kind::Control], ..Filter::default() };
    let mut places: BTreeMap<String, Held> = BTreeMap::new();
    case.claims(&filter, |kept, claims| {
        let (claims, _) = reviewed(claims.to_vec(), acts, knowledge);
        for claim in &claims {
            let Some((place, word)) = word(&kept.document, claim) else { continue };
            let held = places.entry(place.id.clone()).or_insert(place);
            held.words.push(word);
        }
        true
    })?;
    let mut places: Vec<Held> = places.into_values().collect();
    for place in &mut places {
        place
            .words
            .sort_by(|a, b| (&a.since, &a.known, &a.claim).cmp(&(&b.since, &b.known, &b.claim)));
    }
    Ok(places)
}

/// Reads who holds what out of a claim; what is not asserted tells nothing of who holds it.
fn word(document: &Document, claim: &Claim) -> Option<(Held, Word)> {
    if claim.modality != Modality::Asserted || claim.claim_type.kind() != Kind::Control {
        return None;
    }
    let slot = claim.place.first()?;
    let (id, point) = (slot.id.clone()?, slot.point?);
    let published = document.published.map(|day| day.to_string());
    let told = claim.time.and_then(|time| time.edtf.start().first()).map(|day| day.to_string());
    let agents: Vec<String> = claim.agent.iter().map(|agent| agent.id.clone()).collect();
    let is_lost = claim.claim_type == ClaimType::Loses;
    let voice = claim.attribution.last().map(|voice| voice.id.clone());
    let word = Word {
        claim: claim.id.clone(),
        document: document.id.clone(),
        origin: voice.or_else(|| document.outlet.clone()).unwrap_or_else(|| document.id.clone()),
        since: told.or_else(|| published.clone())?,
        known: published.unwrap_or_default(),
        lost_by: agents.first().filter(|_| is_lost).cloned(),
        holders: if is_lost { Vec::new() } else { agents },
        share: claim.share.map(|slot| (slot.share.min(), slot.share.max())),
    };
    if word.holders.is_empty() && word.lost_by.is_none() {
        return None;
    }
    let (name, name_en) = (slot.name.clone(), slot.name_en.clone());
    let precision = slot.precision.as_str();
    Some((Held { id, name, name_en, point, precision, words: Vec::new() }, word))
}

/// Keeps of each place the last word of each origin up to `day`, told up to `known`.
pub(crate) fn as_of(places: &[Held], day: &str, known: &str) -> Vec<Held> {
    let each = places.iter().filter_map(|place| {
        let mut last: BTreeMap<&str, &Word> = BTreeMap::new();
        let heard = |word: &&Word| word.since.as_str() <= day && word.known.as_str() <= known;
        for word in place.words.iter().filter(heard) {
            last.insert(&word.origin, word);
        }
        let mut words: Vec<Word> = last.into_values().cloned().collect();
        words.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.origin.cmp(&b.origin)));
        (!words.is_empty()).then(|| Held { words, ..place.clone() })
    });
    each.collect()
}

/// Who holds a place by what is said of it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// All that is said last agrees.
    Held(String),
    /// More than one party is said to hold it, or a part of it.
    Contested(Vec<String>),
    /// It is only told who lost it.
    Lost(String),
}

/// How many days a word of another origin stays beside a newer one.
const BESIDE: i32 = 14;

/// Tells who holds a place: by the newest word, and those of others that are not much older.
pub(crate) fn state(held: &Held) -> State {
    let newest = held.words.iter().map(|word| word.since.as_str()).max().unwrap_or_default();
    let is_near = |word: &&Word| match (day(newest), day(&word.since)) {
        (Some(newest), Some(since)) => newest - since <= BESIDE,
        _ => true,
    };
    let mut holders: Vec<String> = Vec::new();
    let mut is_whole = true;
    for word in held.words.iter().filter(is_near) {
        is_whole &= word.share.is_none_or(|(min, _)| 0.995 <= min);
        for holder in &word.holders {
            if !holders.contains(holder) {
                holders.push(holder.clone());
            }
        }
    }
    match (holders.as_slice(), held.words.first()) {
        ([one], _) if is_whole => State::Held(one.clone()),
        ([], Some(word)) => State::Lost(word.lost_by.clone().unwrap_or_default()),
        _ => State::Contested(holders),
    }
}

/// Numbers a day.
fn day(text: &str) -> Option<i32> {
    let date: sijill::model::Date = text.parse().ok()?;
    Some(date.since(sijill::model::Date::constant(2000, 1, 1)).ok()?.get_days())
}
