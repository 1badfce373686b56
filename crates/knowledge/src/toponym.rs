//! The places that a name in either script may mean, for people and for joining tables.

use crate::trie::folded_name;
use crate::{Knowledge, PlaceId};
use sijill_model::PlaceKind;
use sijill_text::skeleton::skeleton;

/// A place that a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Bearer {
    /// The place.
    pub id: PlaceId,
    /// How well it fits; only to be compared.
    pub score: f64,
    /// What speaks for it, in a few words each.
    pub reasons: Vec<String>,
}

/// How many consonants a name needs before one of them may be another.
const TELLING: usize = 3;

/// What is known besides the name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// A place that contains it or lies near it.
    pub near: Option<PlaceId>,
    /// The country, as its ISO 3166 code: others are left out.
    pub country: Option<&'a str>,
}

impl Knowledge {
    /// Lists the places that bear a name, the likeliest first: by this spelling or by one that
    /// sounds like it. A word for the sort of place may stand in the name ("Tabqa town"), and
    /// several names with a slash between them.
    pub fn places_named(&self, name: &str, hints: Hints<'_>) -> Vec<Bearer> {
        let mut bearers: Vec<Bearer> = Vec::new();
        for name in name.split('/') {
            let (bare, kinds) = self.bare(name);
            let bones = skeleton(&bare);
            let mut ids = self.named_places(&bare);
            ids.extend(self.gazetteer.alike(&bones).filter(|_| !bones.is_empty()));
            // A Latin spelling of one bearer's name is one of its namesakes', too.
            for id in ids.clone() {
                ids.extend(self.named_places(&folded_name(&self.gazetteer.get(id).name)));
            }
            ids.sort_unstable();
            ids.dedup();
            for id in ids {
                if let Some(bearer) = self.bearer(id, &bare, &kinds, hints)
                    && !bearers.iter().any(|other| other.id == id)
                {
                    bearers.push(bearer);
                }
            }
        }
        if let Some(near) = hints.near {
            self.spelt_nearly_so(name, near, hints, &mut bearers);
        }
        bearers.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        bearers
    }

    /// Folds a name, and takes the words for a sort of place off it.
    fn bare(&self, name: &str) -> (String, Vec<PlaceKind>) {
        let folded = folded_name(name);
        self.gazetteer.strip_types(&folded).unwrap_or((folded, Vec::new()))
    }

    /// Adds the places within a unit whose consonants differ from those of the name by one.
    fn spelt_nearly_so(
        &self,
        name: &str,
        near: PlaceId,
        hints: Hints<'_>,
        bearers: &mut Vec<Bearer>,
    ) {
        for name in name.split('/') {
            let (bare, kinds) = self.bare(name);
            let bones = skeleton(&bare);
            if bones.len() < TELLING {
                continue;
            }
            let inside = (0..).zip(self.gazetteer.iter());
            for (id, place) in inside.filter(|&(id, _)| self.gazetteer.contains(near, id)) {
                let mut names = std::iter::once(&place.name).chain(&place.name_en);
                let close = names.any(|name| differ_by_one(&bones, &skeleton(&folded_name(name))));
                if close
                    && !bearers.iter().any(|other| other.id == id)
                    && let Some(mut bearer) = self.bearer(id, &bare, &kinds, hints)
                {
                    bearer.score -= 1.5;
                    bearer.reasons[0] = "is spelt nearly so".to_owned();
                    bearers.push(bearer);
                }
            }
        }
    }

    fn bearer(
        &self,
        id: PlaceId,
        name: &str,
        kinds: &[PlaceKind],
        hints: Hints<'_>,
    ) -> Option<Bearer> {
        let gazetteer = &self.gazetteer;
        let place = gazetteer.get(id);
        if hints.country.is_some() && hints.country != place.country.as_deref() {
            return None;
        }
        let mut bearer = Bearer { id, score: gazetteer.prominence(id), reasons: Vec::new() };
        let mut say = |score: f64, reason: String| {
            bearer.score += score;
            bearer.reasons.push(reason);
        };
        let names = std::iter::once(&place.name).chain(&place.name_en);
        if self.named_places(name).contains(&id)
            || names.into_iter().any(|n| folded_name(n) == name)
        {
            say(4.0, "bears this name".to_owned());
        } else {
            say(0.0, "sounds like it".to_owned());
        }
        if kinds.contains(&place.kind) {
            say(3.0, format!("is a {}", place.kind.as_str()));
        }
        if let Some(near) = hints.near.filter(|&near| near != id) {
            let around = &gazetteer.get(near).name;
            if gazetteer.contains(near, id) {
                say(6.0, format!("lies in {around}"));
            } else {
                let distance = gazetteer.kilometres(near, id);
                say(5.0 * (-distance / 50.0).exp(), format!("{distance:.0} km from {around}"));
            }
        }
        if place.population > 0 {
            say(0.0, format!("{} people", place.population));
        }
        Some(bearer)
    }
}

/// Tells whether one text becomes the other by adding, leaving out or changing one byte.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let before = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[before..], &b[before..]);
    let rest = |text: &[u8]| text.get(1..).unwrap_or_default().to_vec();
    a.len().abs_diff(b.len()) < 2 && (a == rest(b) || rest(a) == b || rest(a) == rest(b))
}

#[cfg(test)]
mod tests {
    use super::differ_by_one;

    #[test]
    fn one_letter_may_differ() {
        assert!(
            differ_by_one("sbx", "sbk") && differ_by_one("sbx", "sb") && differ_by_one("a", "a")
        );
        assert!(!differ_by_one("sbx", "sxb") && !differ_by_one("sbx", "s"));
    }
}
