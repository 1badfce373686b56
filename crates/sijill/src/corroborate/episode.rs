//! The happenings that one document tells of.

use super::clues::kilometres;
use super::sketch::{Dates, Placed, Word, hashed, month_day, number, single_day};
use sijill_model::{Claim, ClaimType, Field, Kind, Modality, Precision};

/// Claims of one document that may be about one happening, with what they say of it.
///
/// A document without such claims has one episode without claims: it may still tell, in words that
/// are not read, of what others tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Episode {
    /// Indices of the claims.
    pub(super) claims: Vec<u32>,
    /// The days on which it happened, as claims tell them.
    pub(super) days: Vec<i32>,
    /// The day on which it was told, if it is known.
    pub(super) told: Option<i32>,
    /// Days of a month without a year: 100 times the month, and the day.
    pub(super) month_days: Vec<u16>,
    /// Weekdays, as bits.
    pub(super) weekdays: u8,
    /// Where it happened, as exactly as a town; by id.
    pub(super) spots: Vec<Spot>,
    /// The names of the places of its claims, known or not.
    pub(super) toponyms: Vec<Word>,
    /// Some of it is told of a district, a province or an area, and may have been anywhere in it.
    pub(super) is_wide: bool,
    /// Which of the spots most of its claims name first.
    pub(super) main_spot: Option<Spot>,
    /// The stems of its words, each once.
    pub(super) words: Vec<Word>,
    /// Those of its words that belong to names of persons.
    pub(super) names: Vec<Word>,
    /// Which types of events it tells, as bits.
    pub(super) events: u64,
    /// The numbers of dead.
    pub(super) killed: Vec<u64>,
    /// The numbers of wounded.
    pub(super) injured: Vec<u64>,
    /// Who did it.
    pub(super) agents: Vec<String>,
}

/// A town or something more exact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub(super) id: String,
    pub(super) point: (f64, f64),
}

/// Of a report with one episode, so many bytes tell it; what follows is often of other pages.
const OPENING: u32 = 3000;

/// So near each other are the places of one happening that a report tells in one go.
const AROUND_KM: f64 = 30.0;

/// How many bytes around its evidence belong to a claim.
const AROUND: u32 = 270;

/// Groups the claims of a document; there is always at least one episode.
pub(super) fn episodes(claims: &[Claim], placed: &[Placed], dates: &Dates) -> Vec<Episode> {
    let mut episodes = grouped(claims);
    if episodes.len() > 1 {
        for episode in &mut episodes {
            let near = words_around(episode, claims, placed);
            episode.take_words(near.into_iter());
            for &i in &episode.claims.clone() {
                episode.add_numbers(&claims[i as usize]);
                episode.add_places(&claims[i as usize]);
            }
            if episode.days.is_empty() {
                episode.month_days.extend(&dates.month_days);
                episode.told = dates.told;
            }
            episode.weekdays = dates.weekdays;
            episode.find_main_spot(claims);
            episode.tidy();
        }
        return episodes;
    }
    let mut episode = episodes.pop().unwrap_or_default();
    for claim in claims {
        episode.add_numbers(claim);
        episode.add_places(claim);
        episode.spots.extend(claim.place.iter().filter_map(Spot::new));
        if matches!(claim.claim_type.kind(), Kind::Event | Kind::Toll | Kind::Control) {
            episode.add_day(claim);
        }
    }
    let opens = |word: &&Placed| word.field == Field::Title || word.span.end < OPENING;
    episode.take_words(placed.iter().filter(opens));
    episode.month_days.extend(&dates.month_days);
    episode.told = dates.told;
    episode.weekdays = dates.weekdays;
    episode.find_main_spot(claims);
    episode.tidy();
    vec![episode]
}

/// Puts each claim to the first episode that it may belong to, the one before it first.
fn grouped(claims: &[Claim]) -> Vec<Episode> {
    let mut order: Vec<u32> = (0..claims.len() as u32).collect();
    order.retain(|&i| tells_a_happening(&claims[i as usize]));
    // The title tells in short what the text tells.
    order.sort_by_key(|&i| {
        let evidence = claims[i as usize].evidence;
        (evidence.field == Field::Title, evidence.span.start)
    });
    let mut episodes: Vec<Episode> = Vec::new();
    let mut last = None;
    for i in order {
        let claim = &claims[i as usize];
        let spot = claim.place.first().and_then(Spot::new);
        let day = claim.time.and_then(|time| single_day(time.edtf)).map(number);
        let fits = |at: &usize| {
            let episode = &episodes[*at];
            let here = spot.as_ref().is_none_or(|spot| {
                episode.spots.is_empty() || episode.spots.iter().any(|other| other.id == spot.id)
            });
            let now = day.is_none_or(|day| episode.days.is_empty() || episode.days.contains(&day));
            // Two fields between which a bomb went off: told together, of one day, and near.
            let around = last == Some(*at)
                && day.is_some_and(|day| episode.days.contains(&day))
                && spot.as_ref().is_some_and(|spot| {
                    episode.spots.iter().any(|o| kilometres(o.point, spot.point) < AROUND_KM)
                });
            (here || around) && now && (spot.is_some() || last == Some(*at))
        };
        let at = last.into_iter().chain(0..episodes.len()).find(fits).unwrap_or_else(|| {
            episodes.push(Episode::default());
            episodes.len() - 1
        });
        let episode = &mut episodes[at];
        episode.claims.push(i);
        episode.spots.extend(spot);
        episode.add_day(claim);
        last = Some(at);
    }
    episodes
}

fn tells_a_happening(claim: &Claim) -> bool {
    let kind = matches!(
        claim.claim_type.kind(),
        Kind::Event | Kind::Toll | Kind::Damage | Kind::Control | Kind::Agreement
    );
    kind && matches!(claim.modality, Modality::Asserted | Modality::Uncertain | Modality::Denied)
}

fn words_around<'p>(episode: &Episode, claims: &[Claim], placed: &'p [Placed]) -> Vec<&'p Placed> {
    let mut words = Vec::new();
    for &i in &episode.claims {
        let evidence = claims[i as usize].evidence;
        let from = (evidence.field, evidence.span.start.saturating_sub(AROUND));
        let until = (evidence.field, evidence.span.end + AROUND);
        let first = placed.partition_point(|word| (word.field, word.span.start) < from);
        words.extend(placed[first..].iter().take_while(|w| (w.field, w.span.end) <= until));
    }
    words
}

impl Spot {
    pub(super) fn new(place: &sijill_model::PlaceSlot) -> Option<Self> {
        let fine = place.precision <= Precision::Town;
        let (id, point) = place.id.as_ref().zip(place.point).filter(|_| fine)?;
        Some(Self { id: id.clone(), point })
    }
}

impl Episode {
    fn take_words<'p>(&mut self, placed: impl Iterator<Item = &'p Placed>) {
        for placed in placed {
            self.words.push(placed.word);
            if placed.is_name {
                self.names.push(placed.word);
            }
        }
        for list in [&mut self.words, &mut self.names] {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
    }

    fn add_day(&mut self, claim: &Claim) {
        if let Some(day) = claim.time.and_then(|time| single_day(time.edtf)) {
            self.days.push(number(day));
            self.month_days.push(month_day(day));
        }
    }

    fn add_numbers(&mut self, claim: &Claim) {
        let count = claim.count.and_then(|slot| slot.count.min());
        match claim.claim_type {
            ClaimType::Killed => self.killed.extend(count),
            ClaimType::Injured => self.injured.extend(count),
            event if event.kind() == Kind::Event => self.events |= 1 << event as u64,
            _ => {}
        }
        if matches!(claim.claim_type.kind(), Kind::Event | Kind::Toll) {
            let parties = claim.agent.iter();
            let parties =
                parties.filter(|a| !matches!(a.actor_type.as_str(), "person" | "civilian"));
            self.agents.extend(parties.map(|agent| agent.id.clone()));
        }
    }

    fn add_places(&mut self, claim: &Claim) {
        self.toponyms.extend(claim.place.iter().map(|slot| hashed(&slot.name)));
        self.is_wide |= claim.place.first().is_some_and(|slot| slot.precision > Precision::Town);
    }

    /// Finds the spot that most of its claims name first; of equal ones the one named first.
    fn find_main_spot(&mut self, claims: &[Claim]) {
        let mut votes: Vec<(Spot, u32)> = Vec::new();
        for &i in &self.claims {
            let Some(spot) = claims[i as usize].place.first().and_then(Spot::new) else { continue };
            match votes.iter_mut().find(|(other, _)| other.id == spot.id) {
                Some((_, votes)) => *votes += 1,
                None => votes.push((spot, 1)),
            }
        }
        self.main_spot = votes.into_iter().rev().max_by_key(|(_, votes)| *votes).map(|(s, _)| s);
    }

    fn tidy(&mut self) {
        for list in [&mut self.killed, &mut self.injured] {
            list.sort_unstable();
            list.dedup();
        }
        self.days.sort_unstable();
        self.days.dedup();
        self.month_days.sort_unstable();
        self.month_days.dedup();
        self.toponyms.sort_unstable();
        self.toponyms.dedup();
        self.agents.sort_unstable();
        self.agents.dedup();
        self.spots.sort_by(|a, b| a.id.cmp(&b.id));
        self.spots.dedup_by(|a, b| a.id == b.id);
    }

    /// Lists the days by which it is compared: those of its claims and the day it was told.
    pub(super) fn all_days(&self) -> impl Iterator<Item = i32> {
        self.days.iter().copied().chain(self.told)
    }
}
