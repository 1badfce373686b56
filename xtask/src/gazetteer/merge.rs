//! One row for one place: merging by id and by name and nearness, and linking rows to what contains them.

use std::collections::{BTreeMap, BTreeSet};

use super::latin;
use super::names;
use super::place::{Kind, Place};

/// Merges rows that carry one id.
pub(super) fn same_ids(places: &mut Vec<Place>) {
    let mut by_id: BTreeMap<String, Place> = BTreeMap::new();
    for place in std::mem::take(places) {
        match by_id.remove(&place.id) {
            None => {
                by_id.insert(place.id.clone(), place);
            }
            Some(held) => {
                let merged = join(held, place);
                by_id.insert(merged.id.clone(), merged);
            }
        }
    }
    *places = by_id.into_values().collect();
}

fn join(left: Place, right: Place) -> Place {
    let (mut keep, other) = if right.rank() > left.rank() { (right, left) } else { (left, right) };
    let latin = keep.latin.first().cloned().unwrap_or_default();
    let settlement = !keep.kind.is_unit();
    let first = keep.names.first().cloned();
    keep.absorb(other);
    keep.names = names::arrange(&keep.names, &latin, settlement);
    if let Some(at) = first.and_then(|first| {
        keep.names.iter().position(|name| names::fold(name) == names::fold(&first))
    }) {
        let name = keep.names.remove(at);
        keep.names.insert(0, name);
    }
    keep.latin = latin::arrange_latin(&keep.latin);
    keep
}

/// Merges rows of one name that lie together and are of a compatible kind.
pub(super) fn duplicates(places: &mut Vec<Place>) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, place) in places.iter().enumerate() {
        for name in &place.names {
            let rows = by_name.entry(names::key(name)).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
    }
    let mut root: Vec<usize> = (0..places.len()).collect();
    for (name, rows) in &by_name {
        for (at, left) in rows.iter().enumerate() {
            for right in &rows[at + 1..] {
                if are_one(&places[*left], &places[*right], name) {
                    let (a, b) = (find(&mut root, *left), find(&mut root, *right));
                    root[a.max(b)] = a.min(b);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<Place>> = BTreeMap::new();
    for (at, place) in std::mem::take(places).into_iter().enumerate() {
        groups.entry(find(&mut root, at)).or_default().push(place);
    }
    places.extend(groups.into_values().filter_map(|mut group| {
        group.sort_by(|left, right| {
            right.rank().cmp(&left.rank()).then_with(|| left.id.cmp(&right.id))
        });
        group.into_iter().reduce(join)
    }));
}

fn are_one(left: &Place, right: &Place, shared: &str) -> bool {
    let canonical =
        |place: &Place| place.names.first().is_some_and(|name| names::key(name) == *shared);
    let apart = left.distance(right.lat, right.lon);
    if left.kind.is_unit() || right.kind.is_unit() {
        let reach = if left.kind == Kind::Region { 100.0 } else { 40.0 };
        return left.kind == right.kind && canonical(left) && canonical(right) && apart < reach;
    }
    if left.kind == Kind::Site || right.kind == Kind::Site {
        return left.kind == right.kind && apart < 8.0;
    }
    let quarters = [left, right].iter().filter(|place| place.kind == Kind::Neighbourhood).count();
    let big = |place: &Place| matches!(place.kind, Kind::City | Kind::Town);
    match quarters {
        0 if big(left)
            && big(right)
            && left.id.starts_with("geonames:")
            && right.id.starts_with("geonames:") =>
        {
            apart < 4.0 && canonical(left) && canonical(right)
        }
        0 => {
            apart < if big(left) || big(right) { 5.0 } else { 4.0 }
                && (canonical(left) || canonical(right))
        }
        1 => apart < 2.0 && canonical(left) && canonical(right) && !(big(left) || big(right)),
        _ => apart < 1.5 && canonical(left) && canonical(right),
    }
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// Turns the keys of containing units into the ids of the rows that are kept.
pub(super) fn link_parents(country: &str, places: &mut [Place]) {
    let mut ids: BTreeMap<String, (String, Kind)> = BTreeMap::new();
    for place in places.iter() {
        for key in place.keys.iter().chain([&place.id]) {
            ids.insert(key.clone(), (place.id.clone(), place.kind));
        }
    }
    for place in places.iter_mut().filter(|place| place.parent.is_none()) {
        let container = place.within.iter().filter_map(|key| ids.get(key)).find(|(id, kind)| {
            *id != place.id
                && (kind.is_unit() && *kind < place.kind
                    || place.kind >= Kind::Neighbourhood && *kind < Kind::Village)
        });
        place.parent =
            Some(container.map_or_else(|| format!("iso:{country}"), |(id, _)| id.clone()));
    }
}

/// Takes from regions the names that belong to a town or to another region: their capitals, mostly.
pub(super) fn drop_capitals(places: &mut [Place]) {
    let canonical = |wanted: fn(Kind) -> bool, places: &[Place]| -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for place in places.iter().filter(|place| wanted(place.kind)) {
            if let Some(name) = place.names.first() {
                out.insert(names::key(name));
            }
        }
        out
    };
    let towns = canonical(|kind| matches!(kind, Kind::City | Kind::Town), places);
    let regions = canonical(|kind| kind == Kind::Region, places);
    for place in places.iter_mut().filter(|place| place.kind == Kind::Region) {
        let own = place.names.first().map(|name| names::key(name));
        place.names.retain(|name| {
            let key = names::key(name);
            Some(&key) == own.as_ref() || !(towns.contains(&key) || regions.contains(&key))
        });
    }
}
