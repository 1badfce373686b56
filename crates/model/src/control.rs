//! Who holds a place.

use crate::{Date, Share};

/// Who holds a place from a day on, as one origin tells it.
///
/// The states of a place and origin make a series over time; what was known on a day are those
/// with `known` up to that day.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlState {
    /// The gazetteer's id of the place.
    pub place: String,
    /// Its name.
    pub name: String,
    /// The day from which it holds.
    pub since: Date,
    /// The day on which it was told; `None` if that is not known.
    pub known: Option<Date>,
    /// Who tells it.
    pub origin: String,
    /// Who holds it.
    pub holder: Holder,
    /// The claim.
    pub claim: String,
    /// Its document.
    pub document: String,
}

/// Who holds a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    /// A party holds it, or a share of it.
    Held {
        /// The party's id.
        actor: String,
        /// Which part; `None` if it is not told.
        share: Option<Share>,
    },
    /// More than one party holds it, or they fight for it.
    Contested {
        /// The parties' ids.
        actors: Vec<String>,
    },
    /// It is told who lost it, not who holds it.
    Unknown {
        /// Who lost it.
        lost_by: String,
    },
}
