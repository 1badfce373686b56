//! What was planted in the samples: every copy, relay, contradiction and revision that is read is
//! found, and none is invented.

use super::KNOWLEDGE;
use super::reports::{incident_of, sketches};
use sijill::model::{Holder, IndependentOrigins, OriginBasis, Side};
use sijill::{Corroboration, corroborate};
use std::sync::LazyLock;

static FOUND: LazyLock<Corroboration> = LazyLock::new(|| corroborate(&sketches(), &[], &KNOWLEDGE));

/// What contradicts what: in what, then report, origin and value of either side.
const CONTRADICTIONS: &[&str] = &[
    // The school at al-Mansoura.
    "number 04 sohr 20+ | 06 asharq-al-awsat 17",
    "denial 01 rbss asserted | 06 us-coalition denied",
    // Who hit the dam.
    "denial 08 sana asserted | 07 sdf denied",
    "denial 08 sana asserted | 10 us-coalition denied",
    // Whether there are talks on leaving Tabqa.
    "denial 11 asharq-al-awsat asserted | 11 sdf denied",
    // A third of Raqqa, or 30 %.
    "number 19 us-coalition 33% | 20 sohr 30%",
    // The dead of one day in August.
    "number 22 rbss 27 | 24 sohr 42",
    // Who holds Marrat, also as the one side quotes the other.
    "control 31 sana syrian-government | 32 sdf deir-ez-zor-military-council",
    "control 32 syrian-government syrian-government | 32 sdf deir-ez-zor-military-council",
    // The strike on the industrial zone.
    "denial 32 sdf asserted | 33 russian-defence-ministry denied",
    // How many civilians died in Raqqa.
    "denial 43 rbss asserted | 43 us-coalition denied",
];

const REVISIONS: &[&str] = &["number 46 deir-ezzor24 20 | 46 deir-ezzor24 75+"];

fn side(side: &Side) -> String {
    format!("{} {} {}", &side.document[..2], side.origin, side.value)
}

fn assert_same(mut found: Vec<String>, planted: &[&str]) {
    let mut planted: Vec<&str> = planted.to_vec();
    planted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, planted);
}

#[test]
fn contradictions_are_found_and_none_is_invented() {
    let line = |found: &sijill::model::Contradiction| {
        let found_in = found.contradiction_type.as_str();
        format!("{found_in} {} | {}", side(&found.first), side(&found.second))
    };
    assert_same(FOUND.contradictions.iter().map(line).collect(), CONTRADICTIONS);
}

#[test]
fn a_revision_is_no_contradiction() {
    let line = |found: &sijill::model::Revision| {
        let found_in = found.contradiction_type.as_str();
        format!("{found_in} {} | {}", side(&found.earlier), side(&found.later))
    };
    assert_same(FOUND.revisions.iter().map(line).collect(), REVISIONS);
}

#[test]
fn copies_are_found_and_none_is_invented() {
    let line = |reuse: &sijill::model::Reuse| {
        format!("{} of {}", &reuse.copy.document[..2], &reuse.original.document[..2])
    };
    assert_same(FOUND.reuses.iter().map(line).collect(), &["02 of 01", "06 of 04"]);
}

#[test]
fn a_copy_has_the_origin_of_what_it_copies() {
    let local = FOUND.origin_groups.iter().find(|group| group.origin == "rbss");
    let local = local.expect("the local page is an origin");
    assert!(local.basis.contains(&OriginBasis::TextReuse), "{local:#?}");
    assert!(local.documents.iter().any(|document| document.starts_with("02")), "{local:#?}");
}

#[test]
fn a_relay_has_the_origin_that_it_names() {
    let relays = [
        ("sohr", ["04", "06", "10", "16", "24", "41", "48"].as_slice()),
        ("syrian-government", &["32", "37", "45", "47"]),
        ("russian-defence-ministry", &["28", "33"]),
        ("us-coalition", &["06", "10", "38", "40", "41"]),
    ];
    for (origin, documents) in relays {
        let group = FOUND.origin_groups.iter().find(|group| group.origin == origin);
        let group = group.unwrap_or_else(|| panic!("{origin} is an origin"));
        for start in documents {
            let told = group.documents.iter().any(|document| document.starts_with(start));
            assert!(told, "{start} relays {origin}: {:?}", group.documents);
        }
    }
}

#[test]
fn reports_of_many_origins_are_separate() {
    let school = incident_of(&FOUND, "01-mansoura-school-local.txt");
    assert_eq!(school.independent_origins, IndependentOrigins::Separate);
}

#[test]
fn a_place_has_a_series_by_origin() {
    const MARRAT: &str = "geonames:167199";
    let holders = |place: &str| -> Vec<(String, String)> {
        let states = FOUND.control.iter().filter(|state| state.place == place);
        let held = states.filter_map(|state| match &state.holder {
            Holder::Held { actor, .. } => Some((state.origin.clone(), actor.clone())),
            _ => None,
        });
        held.collect()
    };
    let of = |origin: &str, actor: &str| (origin.to_owned(), actor.to_owned());
    let village = holders(MARRAT);
    assert!(village.contains(&of("sana", "syrian-government")), "{village:?}");
    assert!(village.contains(&of("sdf", "deir-ez-zor-military-council")), "{village:?}");
}
