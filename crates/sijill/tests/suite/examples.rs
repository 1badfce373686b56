//! Every frame file carries sentences that it reads and sentences that it must not read.

use crate::expectation::Expectation;
use crate::{OPTIONS, check, is_wanted, knowledge, report};
use sijill::extract;
use sijill::model::{Date, Document};

/// The day all examples are published, so that relative dates mean something.
const PUBLISHED: Date = Date::constant(2017, 10, 18);

#[test]
fn frame_examples() {
    let (mut cases, mut expectations, mut failures) = (0, 0, Vec::new());
    for example in knowledge().frames.examples() {
        let place = format!("data/{}:{}", example.file, example.line);
        if !is_wanted(&place) {
            continue;
        }
        let document = Document {
            id: place.clone(),
            text: example.text.clone(),
            published: Some(PUBLISHED),
            ..Document::default()
        };
        let negative = example.not.iter().map(|line| format!("not {line}"));
        let lines = example.claims.iter().cloned().chain(negative);
        let parsed: Result<Vec<Expectation>, String> =
            lines.map(|line| Expectation::parse(&line, example.line)).collect();
        let parsed = parsed.unwrap_or_else(|fault| panic!("{place}: {fault}"));
        let claims = extract(&document, knowledge(), &OPTIONS).claims;
        let matches = check::assign(&document, &parsed, &claims);
        cases += 1;
        expectations += parsed.len();
        for (expectation, found) in parsed.iter().zip(matches) {
            if let Some(failure) = check::judge(&document, expectation, found, &claims) {
                failures.push(format!("{place}: {failure}"));
            }
        }
    }
    report("frame examples", cases, expectations, &failures);
}
