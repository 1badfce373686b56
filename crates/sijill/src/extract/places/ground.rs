//! Bearings and distances over the ground.

use super::super::words::Words;
use sijill_knowledge::{Gazetteer, PlaceId};
use std::ops::Range;

/// A degree of latitude.
const KILOMETRES: f64 = 111.2;

/// The bearing of one place from another, in degrees from north by east.
pub(super) fn bearing(gazetteer: &Gazetteer, from: PlaceId, to: PlaceId) -> f64 {
    let (a, b) = (gazetteer.get(from), gazetteer.get(to));
    let east = (b.lon - a.lon) * ((a.lat + b.lat) / 2.0).to_radians().cos();
    east.atan2(b.lat - a.lat).to_degrees()
}

/// The bearing that the words of a range tell together: "in the western countryside".
pub(crate) fn told_bearing(words: &Words<'_>, range: Range<usize>) -> Option<f64> {
    let (mut north, mut east) = (0.0, 0.0);
    for i in range.start..range.end.min(words.all.len()) {
        let told = words.cuts(i).iter().find_map(|cut| words.knowledge.bearing(cut.word));
        if let Some(degrees) = told {
            north += degrees.to_radians().cos();
            east += degrees.to_radians().sin();
        }
    }
    (f64::hypot(north, east) > 0.5).then(|| f64::atan2(east, north).to_degrees())
}

/// The point that lies so far from another in a direction, on a sphere of 6,371 km.
pub(super) fn away((lat, lon): (f64, f64), kilometres: f64, bearing: f64) -> (f64, f64) {
    let north = kilometres * bearing.to_radians().cos() / KILOMETRES;
    let east = kilometres * bearing.to_radians().sin() / (KILOMETRES * lat.to_radians().cos());
    let rounded = |degrees: f64| (degrees * 1000.0).round() / 1000.0;
    (rounded(lat + north), rounded(lon + east))
}

#[cfg(test)]
mod tests {
    use super::away;

    #[test]
    fn a_degree_of_longitude_is_shorter_than_one_of_latitude() {
        assert_eq!(away((60.0, 10.0), 111.2, 0.0), (61.0, 10.0));
        assert_eq!(away((60.0, 10.0), 55.6, 90.0), (60.0, 11.0));
    }
}
