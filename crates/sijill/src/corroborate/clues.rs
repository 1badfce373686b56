//! What speaks for and against two episodes being one happening.

use super::episode::Episode;
use super::rarity::{FEW, Rarity};
use super::sketch::Word;
use sijill_knowledge::Clue;
use sijill_model::ClaimType;
use smallvec::SmallVec;

/// The clues that hold, each with its value.
pub(super) type Found = SmallVec<[(Clue, f64); 16]>;

/// Places farther from each other than this, in kilometres, are hardly those of one happening.
const FAR: f64 = 25.0;

/// So far from its main town a province may reach.
const PROVINCE: f64 = 100.0;

/// An episode with what is computed once for it.
pub(super) struct Node<'a> {
    pub(super) episode: &'a Episode,
    /// Words with their rarity, the common ones left out.
    words: Vec<(Word, f64)>,
    length: f64,
}

impl<'a> Node<'a> {
    pub(super) fn new(episode: &'a Episode, rarity: &Rarity) -> Self {
        let words = episode.words.iter().map(|&word| (word, rarity.of_word(word)));
        let words: Vec<_> = words.filter(|&(_, rarity)| rarity > 0.0).collect();
        let length = words.iter().map(|(_, rarity)| rarity * rarity).sum::<f64>().sqrt();
        Self { episode, words, length: length.max(1.0) }
    }
}

/// Lists what speaks for and against two episodes being one happening.
pub(super) fn clues(a: &Node<'_>, b: &Node<'_>, rarity: &Rarity) -> Found {
    let mut found = Found::new();
    found.push((Clue::Any, 1.0));
    dates(a.episode, b.episode, rarity, &mut found);
    places(a.episode, b.episode, rarity, &mut found);
    words(a, b, rarity, &mut found);
    numbers(a.episode, b.episode, &mut found);
    found
}

fn dates(a: &Episode, b: &Episode, rarity: &Rarity, found: &mut Found) {
    let gaps = a.all_days().flat_map(|x| b.all_days().map(move |y| ((x - y).abs(), x, y)));
    if let Some((gap, x, y)) = gaps.min() {
        if gap <= 1 {
            let crowd = rarity.crowd(x).max(rarity.crowd(y));
            if crowd > 0.0 {
                found.push((Clue::CrowdedDay, crowd));
            }
        }
        let clue = match gap {
            0 => Clue::SameDay,
            1 => Clue::NextDay,
            2..=3 => Clue::DaysApart,
            4..=10 => Clue::WeekApart,
            _ => Clue::LongApart,
        };
        found.push((clue, 1.0));
        return;
    }
    if a.weekdays != 0 && b.weekdays != 0 {
        let same = a.weekdays & b.weekdays != 0;
        found.push((if same { Clue::SameWeekday } else { Clue::OtherWeekday }, 1.0));
    }
    if !a.month_days.is_empty() && !b.month_days.is_empty() {
        let same = shares(&a.month_days, &b.month_days);
        found.push((if same { Clue::SameMonthDay } else { Clue::OtherMonthDay }, 1.0));
    }
}

fn places(a: &Episode, b: &Episode, rarity: &Rarity, found: &mut Found) {
    if a.spots.is_empty() || b.spots.is_empty() {
        found.push((Clue::NoPlace, 1.0));
        return;
    }
    if let (Some(x), Some(y)) = (&a.main_spot, &b.main_spot) {
        if x.id == y.id {
            found.push((Clue::SameMainPlace, 1.0));
        } else if kilometres(x.point, y.point) > 10.0 {
            found.push((Clue::OtherMainPlace, 1.0));
        }
    }
    let mut same: Option<f64> = None;
    let mut nearest = f64::INFINITY;
    for x in &a.spots {
        for y in &b.spots {
            if x.id == y.id {
                let rare = rarity.of_place(&x.id);
                same = Some(same.map_or(rare, |best| best.max(rare)));
            } else {
                nearest = nearest.min(kilometres(x.point, y.point));
            }
        }
    }
    match same {
        Some(rare) => found.push((Clue::SamePlace, rare)),
        None if nearest < 5.0 => found.push((Clue::NearPlace, 1.0)),
        None if nearest < 20.0 => found.push((Clue::AroundPlace, 1.0)),
        // A place that no table knows, or knows elsewhere, may be the one of that name.
        None if !shares(&a.toponyms, &b.toponyms) => {
            let nearest = if a.is_wide || b.is_wide { nearest - PROVINCE } else { nearest };
            if nearest > FAR {
                found.push((Clue::FarPlace, (nearest / FAR).ln()));
            }
        }
        None => {}
    }
}

fn words(a: &Node<'_>, b: &Node<'_>, rarity: &Rarity, found: &mut Found) {
    let (mut product, mut rarest, mut rare) = (0.0, 0.0f64, 0);
    let (mut i, mut j) = (0, 0);
    while i < a.words.len() && j < b.words.len() {
        let ((x, weight), (y, _)) = (a.words[i], b.words[j]);
        if x == y {
            product += weight * weight;
            if rarity.reports_with(x) <= FEW {
                rare += 1;
                rarest = rarest.max(weight);
            }
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    if product > 0.0 {
        found.push((Clue::SharedWords, (product / a.length / b.length).sqrt()));
    }
    if rare > 0 {
        found.push((Clue::RareWord, rarest));
    }
    if rare >= 2 {
        found.push((Clue::TwoRareWords, 1.0));
    }
    if rare >= 4 {
        found.push((Clue::ManyRareWords, 1.0));
    }
    let names = common(&a.episode.names, &b.episode.names);
    let names = names.filter(|&&name| rarity.reports_with(name) <= FEW).take(4).count();
    if names > 0 {
        found.push((Clue::SharedNames, names as f64));
    }
}

fn numbers(a: &Episode, b: &Episode, found: &mut Found) {
    if a.events & b.events != 0 {
        found.push((Clue::SameKind, 1.0));
    } else if a.events != 0 && b.events != 0 {
        found.push((Clue::OtherKind, 1.0));
    }
    let from_the_air = |episode: &Episode| episode.events & 1 << ClaimType::Airstrike as u64 != 0;
    if from_the_air(a) != from_the_air(b) {
        found.push((Clue::OtherWeapon, 1.0));
    }
    let figures = [
        (&a.killed, &b.killed, Clue::SameKilled, Clue::OtherKilled),
        (&a.injured, &b.injured, Clue::SameInjured, Clue::OtherInjured),
    ];
    for (x, y, same, other) in figures {
        if common(x, y).any(|&count| count > 2) {
            found.push((same, 1.0));
        } else if !x.is_empty() && !y.is_empty() && !shares(x, y) {
            found.push((other, 1.0));
        }
    }
    if shares(&a.agents, &b.agents) {
        found.push((Clue::SameAgent, 1.0));
    } else if !a.agents.is_empty() && !b.agents.is_empty() {
        found.push((Clue::OtherAgent, 1.0));
    }
}

/// Lists what two sorted lists have in common.
fn common<'a, T: Ord>(a: &'a [T], b: &'a [T]) -> impl Iterator<Item = &'a T> {
    a.iter().filter(|x| b.binary_search(x).is_ok())
}

fn shares<T: Ord>(a: &[T], b: &[T]) -> bool {
    common(a, b).next().is_some()
}

/// Returns the great-circle distance between two points.
pub(super) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    const DIAMETER: f64 = 12_742.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.1 - a.1).to_radians() / 2.0).sin();
    DIAMETER * (half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon).sqrt().asin()
}
