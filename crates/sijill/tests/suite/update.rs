//! Rewrites expectations that fail to what was read, for a person to judge the difference.

use crate::case::Case;
use crate::expectation::Expectation;
use crate::{OPTIONS, check, knowledge};
use sijill::extract;
use sijill::model::{Claim, Document};

/// Returns the file with the `claims` blocks of these cases brought up to date.
///
/// A line that holds stays as it is written; a slot that differs takes the value read; a line
/// without a claim goes; under `nothing else`, and in an empty block, every claim read is added.
pub(crate) fn rewrite(content: &str, cases: &[Case]) -> String {
    let mut lines: Vec<String> = content.split('\n').map(str::to_owned).collect();
    for case in cases.iter().rev().filter(|case| 0 < case.body.start) {
        let body: Vec<String> = lines[case.body.clone()].to_vec();
        lines.splice(case.body.clone(), block(case, &body));
    }
    lines.join("\n")
}

fn block(case: &Case, body: &[String]) -> Vec<String> {
    let claims = extract(&case.document, knowledge(), &OPTIONS).claims;
    let matches = check::assign(&case.document, &case.expectations, &claims);
    let mut out = Vec::new();
    for (expectation, found) in case.expectations.iter().zip(&matches) {
        let written = &body[expectation.line - 1 - case.body.start];
        if check::judge(&case.document, expectation, *found, &claims).is_none() {
            out.push(written.clone());
        } else if let Some(found) = found {
            out.push(line(expectation, &claims[*found], &case.document));
        }
    }
    if case.nothing_else || case.expectations.is_empty() {
        let new = (0..claims.len()).filter(|i| !matches.contains(&Some(*i)));
        out.extend(new.map(|i| check::show(&claims[i], &case.document)));
    }
    if case.nothing_else {
        out.push("nothing else".to_owned());
    }
    out
}

fn line(expectation: &Expectation, claim: &Claim, document: &Document) -> String {
    let mut out = claim.claim_type.to_string();
    if let Some(quotation) = &expectation.quotation {
        out += &format!(" \"{}\"", quotation.replace('"', "\\\""));
    }
    for slot in &expectation.slots {
        let fits = slot.fits(claim, document);
        let value = if fits { slot.value.clone() } else { slot.name.of(claim) };
        let quote = if value.contains(' ') { "\"" } else { "" };
        out += &format!(" {}={quote}{value}{quote}", slot.name.as_str());
    }
    out
}
