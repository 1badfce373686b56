//! Claims that cannot all be true, side by side.
//!
//! Claims are compared where they speak of the same thing: the same type, place and party or
//! people, within a few days. It is a first look at what corroboration will do with care.

use super::show::{self, Lines};
use super::told::{Figure, Told};
use sijill::Knowledge;
use sijill::model::{ClaimType, Kind, Modality};
use sijill_io::write::isolate;
use std::collections::BTreeMap;

/// Claims further apart than this are about different days of a war.
const WINDOW: i32 = 5;

/// How many groups of each sort are shown.
const SHOWN: usize = 12;

/// Claims about the same thing that disagree.
struct Group<'a> {
    about: String,
    told: Vec<Told<'a>>,
}

/// Writes what contradicts what.
pub(super) fn write(lines: &mut Lines, told: &[Told<'_>], knowledge: &Knowledge) {
    let tolls = told.iter().copied().filter(|told| told.claim.claim_type.kind() == Kind::Toll);
    let tolls = groups(
        tolls,
        |told| told.count().is_some().then(|| people(told)),
        |group| disagree(group, |told| told.count()),
    );
    section(lines, "Different figures", tolls);
    let shares = told.iter().copied().filter(|told| is_holding(told.claim.claim_type));
    let shares = groups(
        shares,
        |told| told.share().and(holder(told)),
        |group| disagree(group, |told| told.share()),
    );
    section(lines, "Different shares of a place", shares);
    let holders = told.iter().copied().filter(|told| is_holding(told.claim.claim_type));
    let one_name = |_: &Told<'_>| Some("control".to_owned());
    let holders = groups(holders, one_name, |group| has_two_holders(group, knowledge));
    section(lines, "Different holders of a place", holders);
    let events =
        told.iter().copied().filter(|told| told.claim.claim_type.kind() != Kind::Statement);
    let denied = groups(
        events,
        |told| Some(told.claim.claim_type.to_string()),
        |group| {
            let denies = |told: &Told<'_>| told.claim.modality == Modality::Denied;
            group.iter().any(denies) && group.iter().any(is_asserted)
        },
    );
    section(lines, "Told and denied", denied);
    denials(lines, told);
}

fn section(lines: &mut Lines, heading: &str, mut groups: Vec<Group<'_>>) {
    if groups.is_empty() {
        return;
    }
    lines.heading(&format!("{heading}: {}", groups.len()));
    groups.sort_by_key(|group| std::cmp::Reverse(group.told.len()));
    for group in groups.iter().take(SHOWN) {
        write_group(lines, group);
    }
    if SHOWN < groups.len() {
        lines.add(format!("… and {} more", groups.len() - SHOWN));
    }
}

/// Writes one line for each figure of each origin, with every report that carries it.
fn write_group(lines: &mut Lines, group: &Group<'_>) {
    let days: Vec<_> = group.told.iter().filter_map(Told::day).collect();
    let dates = match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    lines.add(format!("{}{dates}", group.about));
    let mut sides: BTreeMap<(String, String, &str), Vec<&Told<'_>>> = BTreeMap::new();
    for told in &group.told {
        let agents: Vec<&str> = told.claim.agent.iter().map(|agent| agent.id.as_str()).collect();
        let agents = isolate(&agents.join(", ")).into_owned();
        sides.entry((show::figure(told), agents, told.origin())).or_default().push(told);
    }
    let mut sides: Vec<_> = sides.into_iter().collect();
    sides.sort_by(|a, b| lowest(a.1[0]).total_cmp(&lowest(b.1[0])));
    for ((figure, agents, _), told) in sides {
        let says = show::source(told[0]);
        let side = match (figure.is_empty(), agents.is_empty()) {
            (true, true) => "told".to_owned(),
            (true, false) => format!("by {agents}"),
            (false, true) => figure,
            (false, false) => format!("{figure} by {agents}"),
        };
        let mut files: Vec<&str> = told.iter().map(|told| told.file()).collect();
        files.dedup();
        lines.add(format!("  {side:24} {says}: {}", files.join(", ")));
        lines.add(format!("  {:24} {}", "", show::words(told[0])));
    }
}

fn lowest(told: &Told<'_>) -> f64 {
    told.count().or(told.share()).map_or(0.0, |figure| figure.min)
}

/// Groups by what `sort` says, by place and by days that lie close; keeps groups that disagree.
fn groups<'a>(
    told: impl Iterator<Item = Told<'a>>,
    sort: impl Fn(&Told<'a>) -> Option<String>,
    disagrees: impl Fn(&[Told<'a>]) -> bool,
) -> Vec<Group<'a>> {
    let mut by_place: BTreeMap<(String, &str), Vec<Told<'a>>> = BTreeMap::new();
    for told in told {
        if let (Some(sort), Some((id, _))) = (sort(&told), told.place()) {
            by_place.entry((sort, id)).or_default().push(told);
        }
    }
    let mut groups = Vec::new();
    for ((sort, _), mut told) in by_place {
        told.retain(|told| told.day().is_some());
        told.sort_by_key(Told::day);
        let far = |a: &Told<'a>, b: &Told<'a>| match (a.day(), b.day()) {
            (Some(a), Some(b)) => WINDOW < (b - a).get_days(),
            _ => true,
        };
        for group in told.chunk_by(|a, b| !far(a, b)).filter(|group| disagrees(group)) {
            let about = format!("{sort} · {}", place(&group[0]));
            groups.push(Group { about, told: group.to_vec() });
        }
    }
    groups
}

/// Tells whether two reports give figures that cannot both be true.
fn disagree<'a>(group: &[Told<'a>], figure: impl Fn(&Told<'a>) -> Option<Figure>) -> bool {
    let asserted = group.iter().filter(|told| is_asserted(told));
    let figures: Vec<(&str, Figure)> =
        asserted.filter_map(|told| Some((told.file(), figure(told)?))).collect();
    let apart = |(a, x): (&str, Figure), (b, y): (&str, Figure)| a != b && !x.agrees(y);
    figures.iter().any(|&a| figures.iter().any(|&b| apart(a, b)))
}

/// Names the place, in English as well where that is known.
fn place(told: &Told<'_>) -> String {
    let Some(place) = told.claim.place.first() else { return String::new() };
    let english = place.name_en.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    format!("{}{english}", isolate(&place.name))
}

fn has_two_holders(group: &[Told<'_>], knowledge: &Knowledge) -> bool {
    let asserted = group.iter().filter(|told| is_asserted(told));
    let holders: Vec<&str> =
        asserted.filter_map(|told| Some(told.claim.agent.first()?.id.as_str())).collect();
    let is_part = |a: &str, b: &str| {
        let owner = knowledge.entities.find(a).and_then(|id| knowledge.entities.owner(id));
        a == b || owner.is_some_and(|owner| knowledge.entities.get(owner).id == b)
    };
    holders.iter().any(|a| holders.iter().any(|b| !is_part(a, b) && !is_part(b, a)))
}

fn is_asserted(told: &Told<'_>) -> bool {
    told.claim.modality == Modality::Asserted
}

fn is_holding(claim_type: ClaimType) -> bool {
    matches!(claim_type, ClaimType::Holds | ClaimType::Captures)
}

/// Says of whom a toll is: a party, or people.
fn people(told: &Told<'_>) -> String {
    let fighters = ["armed-group", "state-forces", "coalition", "state", "government"];
    let target = told.claim.target.iter().find(|target| fighters.contains(&&*target.actor_type));
    match target {
        Some(target) => format!("{} of {}", told.claim.claim_type, target.id),
        None => told.claim.claim_type.to_string(),
    }
}

fn holder(told: &Told<'_>) -> Option<String> {
    Some(format!("held by {}", told.claim.agent.first()?.id))
}

/// Lists denials that name no place to compare at.
fn denials(lines: &mut Lines, told: &[Told<'_>]) {
    let said: Vec<&Told<'_>> =
        told.iter().filter(|told| told.claim.claim_type == ClaimType::Denial).collect();
    if said.is_empty() {
        return;
    }
    lines.heading(&format!("Denials: {}", said.len()));
    for told in said.iter().take(SHOWN) {
        let who = told.claim.agent.first().map_or(told.origin(), |agent| &agent.id);
        lines.add(format!("  {:22} {}: {}", isolate(who), told.file(), show::words(told)));
    }
    if SHOWN < said.len() {
        lines.add(format!("… and {} more", said.len() - SHOWN));
    }
}
