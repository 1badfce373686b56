//! What was read: how much of what, and who says it.

use super::Report;
use super::show::Lines;
use super::told::Told;
use sijill::Knowledge;
use sijill::model::Modality;
use sijill_io::write::isolate;
use std::collections::BTreeMap;

/// How many sources are listed.
const LISTED: usize = 20;

/// Claims of one type.
#[derive(Default)]
struct Tally {
    all: usize,
    denied: usize,
    open: usize,
}

/// What one source is the origin of.
#[derive(Default)]
struct Voice<'a> {
    claims: usize,
    reports: Vec<&'a str>,
    relayed: usize,
}

/// Writes the summary.
pub(super) fn write(
    lines: &mut Lines,
    reports: &[Report],
    told: &[Told<'_>],
    knowledge: &Knowledge,
) {
    let voices = voices(told);
    let oddities: usize = reports.iter().map(|report| report.diagnostics.len()).sum();
    lines.add(format!(
        "{} reports give {} claims by {} sources; oddities of the texts: {oddities}.",
        reports.len(),
        told.len(),
        voices.len(),
    ));
    lines.heading("What is claimed");
    lines.add(format!("{:26} {:>6} {:>7} {:>17}", "", "claims", "denied", "may be, will be"));
    for (name, tally) in tallies(told) {
        let blank = |n: usize| if n == 0 { String::new() } else { n.to_string() };
        let (denied, open) = (blank(tally.denied), blank(tally.open));
        lines.add(format!("{name:26} {:>6} {denied:>7} {open:>17}", tally.all));
    }
    lines.heading("Who says so");
    lines.add(format!("{:26} {:>6} {:>7} {:>10}", "", "claims", "reports", "passed on"));
    let mut order: Vec<(&str, Voice<'_>)> = voices.into_iter().collect();
    order.sort_by(|a, b| b.1.claims.cmp(&a.1.claims).then(a.0.cmp(b.0)));
    for (id, voice) in order.iter().take(LISTED) {
        let name = knowledge.entities.find(id).map(|found| &knowledge.entities.get(found).names[0]);
        let name = isolate(name.map_or("", |name| name));
        let Voice { claims, relayed, reports } = voice;
        lines.add(format!("{id:26} {claims:>6} {:>7} {relayed:>10}  {name}", reports.len()));
    }
    if LISTED < order.len() {
        lines.add(format!("… and {} more", order.len() - LISTED));
    }
    write_oddities(lines, reports);
}

fn write_oddities(lines: &mut Lines, reports: &[Report]) {
    let odd = reports.iter().filter(|report| !report.diagnostics.is_empty());
    for (i, report) in odd.enumerate() {
        if i == 0 {
            lines.heading("Oddities");
        }
        let file = report.document.id.rsplit('/').next().unwrap_or_default();
        for diagnostic in &report.diagnostics {
            let message = isolate(&diagnostic.message);
            lines.add(format!("{} {file}: {message}", diagnostic.code.as_str()));
        }
    }
}

fn tallies(told: &[Told<'_>]) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for told in told {
        let tally = tallies.entry(told.claim.claim_type.to_string()).or_default();
        tally.all += 1;
        match told.claim.modality {
            Modality::Asserted => {}
            Modality::Denied => tally.denied += 1,
            _ => tally.open += 1,
        }
    }
    tallies
}

fn voices<'a>(told: &[Told<'a>]) -> BTreeMap<&'a str, Voice<'a>> {
    let mut voices: BTreeMap<&str, Voice<'_>> = BTreeMap::new();
    for told in told {
        let voice = voices.entry(told.origin()).or_default();
        voice.claims += 1;
        voice.relayed += usize::from(!told.relays().is_empty());
        if !voice.reports.contains(&told.file()) {
            voice.reports.push(told.file());
        }
    }
    voices
}
