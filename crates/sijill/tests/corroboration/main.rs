//! What the samples say together.

#![expect(clippy::disallowed_methods, reason = "the tests read the samples")]

mod cases;
mod distributed;
mod planted;
mod reports;

use reports::{incident_of, sketches};
use sijill::model::Judgement;
use sijill::{Knowledge, Tables, corroborate};
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| Knowledge::build(&Tables::embedded()).expect("the tables have no fault"));

#[test]
fn reports_of_one_happening_come_together() {
    let found = corroborate(&sketches(), &[], &KNOWLEDGE);
    let school = incident_of(&found, "01-mansoura-school-local.txt");
    for other in ["02-mansoura-school-telegram.txt", "03-mansoura-school-monitor.txt"] {
        assert!(school.documents.iter().any(|document| document == other), "{other}: {school:#?}");
    }
}

#[test]
fn the_order_of_reports_does_not_matter() {
    let mut sketches = sketches();
    let once = corroborate(&sketches, &[], &KNOWLEDGE);
    sketches.reverse();
    assert_eq!(once, corroborate(&sketches, &[], &KNOWLEDGE));
}

#[test]
fn judgements_outlive_a_new_clustering() {
    let sketches = sketches();
    let ids = |incident: &sijill::model::Incident| -> Vec<String> {
        incident.members.iter().map(|member| member.claim.clone()).collect()
    };
    let found = corroborate(&sketches, &[], &KNOWLEDGE);
    let school = ids(incident_of(&found, "01-mansoura-school-local.txt"));
    let falls = ids(incident_of(&found, "41-raqqa-falls-wire.txt"));
    let together = school.iter().chain(&falls).cloned().collect();
    let merged = [Judgement::Same { claims: together }];
    let found = corroborate(&sketches, &merged, &KNOWLEDGE);
    let both = incident_of(&found, "01-mansoura-school-local.txt");
    assert!(both.documents.iter().any(|document| document == "41-raqqa-falls-wire.txt"));

    let claims_of = |document: &str| -> Vec<String> {
        let all = sketches.iter().find(|sketch| sketch.document() == document);
        all.expect("it is a sample").claims().iter().map(|claim| claim.id.clone()).collect()
    };
    let split = [
        merged[0].clone(),
        Judgement::Different {
            claims: claims_of("01-mansoura-school-local.txt"),
            others: claims_of("02-mansoura-school-telegram.txt"),
        },
    ];
    let found = corroborate(&sketches, &split, &KNOWLEDGE);
    for incident in &found.incidents {
        let has = |name: &str| incident.documents.iter().any(|document| document == name);
        let apart =
            !(has("01-mansoura-school-local.txt") && has("02-mansoura-school-telegram.txt"));
        assert!(apart, "{incident:#?}");
    }
}

#[test]
fn a_judgement_reaches_every_print_of_a_text() {
    let document = |id: &str, outlet: &str| sijill::model::Document {
        id: id.to_owned(),
        outlet: Some(outlet.to_owned()),
        ..reports::document("03-mansoura-school-monitor.txt")
    };
    let mut sketches = sketches();
    sketches.push(reports::sketch(&document("first-print", "baladi-news")));
    sketches.push(reports::sketch(&document("second-print", "smart")));
    let ids = |id: &str| -> Vec<String> {
        let sketch = sketches.iter().find(|sketch| sketch.document() == id);
        sketch.expect("it is there").claims().iter().map(|claim| claim.id.clone()).collect()
    };
    assert_eq!(ids("first-print"), ids("second-print"));
    let found = corroborate(&sketches, &[], &KNOWLEDGE);
    let mut known: Vec<&str> = found.incidents.iter().map(|one| one.id.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), found.incidents.len(), "each incident has an id of its own");
    let with = |found: &sijill::Corroboration, id: &str| {
        let school = incident_of(found, "01-mansoura-school-local.txt");
        school.documents.iter().any(|document| document == id)
    };
    assert!(with(&found, "first-print") && with(&found, "second-print"));
    let apart = Judgement::Different {
        claims: ids("01-mansoura-school-local.txt"),
        others: ids("first-print"),
    };
    let found = corroborate(&sketches, &[apart], &KNOWLEDGE);
    assert!(!with(&found, "first-print") && !with(&found, "second-print"));
}
