//! Compares what a case expects with what is read.

use crate::case::Case;
use crate::expectation::{Expectation, SlotName, words_of};
use crate::{OPTIONS, knowledge};
use sijill::model::{Claim, Document, Field, Span};
use sijill::{Extraction, explain, extract};

/// Reads the case's text and returns one line for each expectation that fails.
pub(crate) fn case(case: &Case) -> Vec<String> {
    let extraction = extract(&case.document, knowledge(), &OPTIONS);
    let mut failures = Vec::new();
    let matches = assign(&case.document, &case.expectations, &extraction.claims);
    for (expectation, found) in case.expectations.iter().zip(&matches) {
        if let Some(failure) = judge(&case.document, expectation, *found, &extraction.claims) {
            failures.push(format!("{}:{}: {failure}", case.file, expectation.line));
        }
    }
    if case.nothing_else {
        for (i, claim) in extraction.claims.iter().enumerate() {
            if !matches.contains(&Some(i)) {
                failures.push(format!(
                    "{}:{}: more: {}",
                    case.file,
                    case.line,
                    show(claim, &case.document)
                ));
            }
        }
    }
    failures.extend(mentions(case, &extraction));
    failures.extend(weighed(case));
    failures.extend(diagnostics(case, &extraction));
    failures
}

/// Finds for each expectation the claim that answers it; each claim answers one at most.
pub(crate) fn assign(
    document: &Document,
    expectations: &[Expectation],
    claims: &[Claim],
) -> Vec<Option<usize>> {
    let mut pairs = Vec::new();
    for (e, expectation) in expectations.iter().enumerate().filter(|(_, e)| !e.negative) {
        for (c, claim) in claims.iter().enumerate() {
            if speaks_of(expectation, claim, document) {
                pairs.push((wrong_slots(expectation, claim, document).len(), e, c));
            }
        }
    }
    pairs.sort_unstable();
    let mut matches = vec![None; expectations.len()];
    for (_, e, c) in pairs {
        if matches[e].is_none() && !matches.contains(&Some(c)) {
            matches[e] = Some(c);
        }
    }
    matches
}

/// Returns what is wrong with an expectation, if anything is.
pub(crate) fn judge(
    document: &Document,
    expectation: &Expectation,
    found: Option<usize>,
    claims: &[Claim],
) -> Option<String> {
    let quotation = expectation.quotation.as_deref();
    let said = quotation.map(|q| format!(" \"{q}\"")).unwrap_or_default();
    if let Some(quotation) = quotation
        && place_of(document, quotation).is_none()
    {
        return Some(format!("\"{quotation}\" does not stand in the text"));
    }
    if expectation.negative {
        let wrong = claims.iter().find(|claim| {
            speaks_of(expectation, claim, document)
                && wrong_slots(expectation, claim, document).is_empty()
        })?;
        return Some(format!("unwanted: {}", show(wrong, document)));
    }
    let Some(found) = found else {
        let near: Vec<String> = claims
            .iter()
            .filter(|claim| overlaps(expectation, claim, document))
            .map(|claim| show(claim, document))
            .collect();
        let there = if near.is_empty() { "nothing".to_owned() } else { near.join("; ") };
        return Some(format!("missing {}{said}; there is {there}", expectation.written));
    };
    let wrong = wrong_slots(expectation, &claims[found], document);
    let wrong: Vec<String> = wrong
        .into_iter()
        .map(|(name, wanted, is)| format!("{} is {is}, not {wanted}", name.as_str()))
        .collect();
    (!wrong.is_empty()).then(|| {
        let claim = &claims[found];
        format!("{}{said}: {} ({})", claim.claim_type, wrong.join("; "), claim.rule)
    })
}

/// Renders a claim as a line of a case would state it.
pub(crate) fn show(claim: &Claim, document: &Document) -> String {
    let words = words_of(document, claim.evidence.field, claim.evidence.span);
    let mut out =
        format!("{} \"{}\"", claim.claim_type, words.replace('"', "\\\"").replace('\n', " "));
    for name in SlotName::ALL {
        let value = name.of(claim);
        let plain = value == "-" || name == SlotName::Modality && value == "asserted";
        if !plain {
            let quote = if value.contains(' ') { "\"" } else { "" };
            out += &format!(" {}={quote}{value}{quote}", name.as_str());
        }
    }
    out
}

fn wrong_slots(
    expectation: &Expectation,
    claim: &Claim,
    document: &Document,
) -> Vec<(SlotName, String, String)> {
    let slots = expectation.slots.iter().filter(|slot| !slot.fits(claim, document));
    slots.map(|slot| (slot.name, slot.value.clone(), slot.name.of(claim))).collect()
}

fn speaks_of(expectation: &Expectation, claim: &Claim, document: &Document) -> bool {
    expectation.has_type(claim.claim_type) && overlaps(expectation, claim, document)
}

/// Tells whether the quotation and the claim's evidence share half of the shorter one.
fn overlaps(expectation: &Expectation, claim: &Claim, document: &Document) -> bool {
    let Some(quotation) = &expectation.quotation else { return true };
    let Some((field, quoted)) = place_of(document, quotation) else { return false };
    let evidence = claim.evidence.span;
    let shared = quoted.end.min(evidence.end).saturating_sub(quoted.start.max(evidence.start));
    field == claim.evidence.field && 0 < shared && quoted.len().min(evidence.len()) <= shared * 2
}

fn place_of(document: &Document, quotation: &str) -> Option<(Field, Span)> {
    let find = |text: &str| {
        let start = text.find(quotation)? as u32;
        Some(Span::new(start, start + quotation.len() as u32))
    };
    let in_text = find(&document.text).map(|span| (Field::Text, span));
    in_text.or_else(|| Some((Field::Title, find(document.title.as_deref()?)?)))
}

fn mentions(case: &Case, extraction: &Extraction) -> Vec<String> {
    let mut failures = Vec::new();
    for (line, [kind, quotation, resolved]) in &case.mentions {
        let Some((field, span)) = place_of(&case.document, quotation) else {
            failures
                .push(format!("{}:{line}: \"{quotation}\" does not stand in the text", case.file));
            continue;
        };
        let there =
            extraction.mentions.iter().filter(|m| m.field == field && m.span.overlaps(span));
        let there: Vec<(&str, &str)> =
            there.map(|m| (m.kind.as_str(), m.resolved.as_deref().unwrap_or("-"))).collect();
        let fits = |&(k, r): &(&str, &str)| k == kind && resolved.split('|').any(|id| id == r);
        if !there.iter().any(fits) {
            failures.push(format!(
                "{}:{line}: {kind} \"{quotation}\" is {there:?}, not {resolved}",
                case.file
            ));
        }
    }
    failures
}

/// Checks what speaks for and against claims: `feature` holds for the one quoted, `-feature` not.
fn weighed(case: &Case) -> Vec<String> {
    if case.weighed.is_empty() {
        return Vec::new();
    }
    let explanation = explain(&case.document, knowledge(), &OPTIONS);
    let fault = |(line, quotation, names): &(usize, String, Vec<String>)| {
        let span = place_of(&case.document, quotation).map(|(_, span)| span);
        let claims = &explanation.extraction.claims;
        let within = |claim: &&Claim| span.is_some_and(|span| claim.evidence.span.contains(span));
        let claim = claims.iter().find(within);
        let weighed = explanation.weighed.iter().find(|w| claim.is_some_and(|c| c.id == w.claim));
        let Some(weighed) = weighed else {
            return Some(format!("{}:{line}: no claim tells \"{quotation}\"", case.file));
        };
        let fits = |name: &String| match name.strip_prefix('-') {
            Some(name) => !weighed.features.contains(&name),
            None => weighed.features.contains(&name.as_str()),
        };
        let unfit = names.iter().find(|name| !fits(name))?;
        Some(format!("{}:{line}: {unfit} does not hold: {:?}", case.file, weighed.features))
    };
    case.weighed.iter().filter_map(fault).collect()
}

fn diagnostics(case: &Case, extraction: &Extraction) -> Vec<String> {
    let Some(expected) = &case.diagnostics else { return Vec::new() };
    let told: Vec<(String, String)> = extraction
        .diagnostics
        .iter()
        .map(|d| {
            let words = words_of(&case.document, Field::Text, d.span);
            (d.code.as_str().to_owned(), words.to_owned())
        })
        .collect();
    if told == *expected {
        return Vec::new();
    }
    vec![format!("{}:{}: diagnostics are {told:?}, not {expected:?}", case.file, case.line)]
}
