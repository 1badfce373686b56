//! Bearings over the ground.

use sijill_knowledge::{Gazetteer, PlaceId};

/// The bearing of one place from another, in degrees from north by east.
pub(super) fn bearing(gazetteer: &Gazetteer, from: PlaceId, to: PlaceId) -> f64 {
    let (a, b) = (gazetteer.get(from), gazetteer.get(to));
    let east = (b.lon - a.lon) * ((a.lat + b.lat) / 2.0).to_radians().cos();
    east.atan2(b.lat - a.lat).to_degrees()
}
