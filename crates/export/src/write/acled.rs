//! ACLED: 31 columns, one incident a row, one integer for the dead.

use super::csv::rows;
use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain_names, date_precision, degrees, english};
use crate::country::Country;
use crate::gathered::{Happening, is_killed};
use crate::{Options, Register, Report};
use sijill_model::{ClaimType, EdtfDate, Kind, Participant, Precision};

/// The columns of files of ACLED since March 2023, in order.
pub(crate) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Writes incidents as ACLED codes events.
pub(crate) struct Acled<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Acled<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, [COLUMNS.map(str::to_owned).to_vec()])
    }

    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, gathered.happenings().iter().filter_map(|happening| self.row(happening)))
    }
}

impl Acled<'_> {
    /// Makes a row; `None` of what ACLED does not code, has no date, or did not happen.
    fn row(&self, happening: &Happening<'_>) -> Option<Vec<String>> {
        let (event_type, sub_event_type) = event(happening)?;
        let time = happening.time().filter(|_| happening.has_happened())?;
        let date = middle(time.start(), time.end()?)?;
        let place = self.place(happening);
        let actor1 = happening.agents.first().copied();
        let actor2 = happening.targets.first().copied();
        let inter = |actor: Option<&Participant>| {
            actor.map_or("", |actor| self.inter(actor, event_type, place.country))
        };
        let (inter1, inter2) = (inter(actor1), inter(actor2));
        let names = |actors: &[&Participant]| {
            let rest = actors.iter().skip(1).map(|actor| english(actor));
            rest.collect::<Vec<_>>().join("; ")
        };
        let name = |actor: Option<&Participant>| actor.map(english).unwrap_or_default().to_owned();
        Some(vec![
            happening.incident.id.clone(),
            EdtfDate::Day(date).to_string(),
            date.year().to_string(),
            match date_precision(time) {
                1 => "1",
                2 | 3 => "2",
                _ => "3",
            }
            .to_owned(),
            disorder(event_type, happening).to_owned(),
            event_type.to_owned(),
            sub_event_type.to_owned(),
            name(actor1),
            names(&happening.agents),
            inter1.to_owned(),
            name(actor2),
            names(&happening.targets),
            inter2.to_owned(),
            interaction(inter1, inter2),
            if inter2 == CIVILIANS { "Civilian targeting" } else { "" }.to_owned(),
            place.country.map(|country| country.numeric.to_string()).unwrap_or_default(),
            place.country.map(|country| country.acled_region).unwrap_or_default().to_owned(),
            place.country.map(|country| country.name).unwrap_or_default().to_owned(),
            place.admin1,
            place.admin2,
            place.admin3,
            place.location,
            place.latitude,
            place.longitude,
            place.precision.to_owned(),
            self.sources(happening),
            String::new(),
            self.notes(happening),
            self.fatalities(happening).to_string(),
            String::new(),
            String::new(),
        ])
    }

    fn place(&self, happening: &Happening<'_>) -> Place {
        let Some(slot) = happening.place else { return Place::default() };
        let around = slot.id.as_deref().map(|id| self.register.around(id)).unwrap_or_default();
        let named = |precision: &[Precision], skip: usize| {
            let units = around.iter().filter(|unit| precision.contains(&unit.kind.precision()));
            let unit = units.rev().nth(skip);
            unit.map(|unit| unit.english().to_owned())
        };
        let country = around.iter().find_map(|unit| unit.country.as_deref());
        let degree = |value: f64| degrees(value, slot.precision).to_string();
        Place {
            country: country.and_then(Country::find),
            admin1: named(&[Precision::Region], 0).unwrap_or_default(),
            admin2: named(&[Precision::District], 0).unwrap_or_default(),
            admin3: named(&[Precision::District], 1).unwrap_or_default(),
            location: slot.name_en.clone().unwrap_or_else(|| slot.name.clone()),
            latitude: slot.point.map(|point| degree(point.0)).unwrap_or_default(),
            longitude: slot.point.map(|point| degree(point.1)).unwrap_or_default(),
            precision: match slot.precision {
                Precision::Site
                | Precision::Neighbourhood
                | Precision::Village
                | Precision::Town => "1",
                Precision::District => "2",
                Precision::Region | Precision::Country | Precision::Area => "3",
            },
        }
    }

    /// What sort of actor it is, as files since 2023 spell it.
    fn inter(
        &self,
        actor: &Participant,
        event_type: &str,
        country: Option<&Country>,
    ) -> &'static str {
        let home = self.register.party(&actor.id).and_then(|party| party.country);
        let is_foreign = match (&home, country) {
            (Some(home), Some(country)) => !country.alpha2.eq_ignore_ascii_case(home),
            _ => false,
        };
        match actor.actor_type.as_str() {
            "civilian" | "person" => match event_type {
                "Protests" => "Protesters",
                "Riots" => "Rioters",
                _ => CIVILIANS,
            },
            "state" | "state-forces" | "government" if is_foreign => EXTERNAL,
            "state" | "state-forces" | "government" => "State forces",
            "coalition" => EXTERNAL,
            "armed-group" => "Rebel group",
            _ => "",
        }
    }

    fn sources(&self, happening: &Happening<'_>) -> String {
        let mut sources: Vec<String> = Vec::new();
        for told in &happening.told {
            for name in chain_names(told.claim, told.outlet(), self.register) {
                if !sources.contains(&name) {
                    sources.push(name);
                }
            }
        }
        sources.join("; ")
    }

    /// The words of the claims, whether they disagree about the dead, and the rule.
    fn notes(&self, happening: &Happening<'_>) -> String {
        let mut notes: Vec<String> = Vec::new();
        for told in happening.leading().iter().take(3) {
            notes.push(told.evidence().split_whitespace().collect::<Vec<_>>().join(" "));
        }
        let killed = killed(happening);
        if let Some(number) = self.options.figures.choose(killed.clone())
            && number.low < number.high
        {
            let told = killed.map(|figure| {
                let count = figure.count.min().or(figure.count.max()).unwrap_or_default();
                format!("{} by {}", count, figure.origin)
            });
            let told: Vec<String> = told.collect();
            notes.push(format!(
                "Figures disagree ({}): {}.",
                self.options.figures,
                told.join(", ")
            ));
        }
        notes.push(format!("[{}]", self.options.remark()));
        notes.join(" … ")
    }

    fn fatalities(&self, happening: &Happening<'_>) -> u64 {
        self.options.figures.choose(killed(happening)).map_or(0, |number| number.best)
    }
}

const CIVILIANS: &str = "Civilians";
const EXTERNAL: &str = "External/Other forces";

/// Where it happened, as ACLED names it.
#[derive(Default)]
struct Place {
    country: Option<&'static Country>,
    admin1: String,
    admin2: String,
    admin3: String,
    location: String,
    latitude: String,
    longitude: String,
    precision: &'static str,
}

fn killed<'a>(
    happening: &'a Happening<'_>,
) -> impl Iterator<Item = &'a sijill_model::Figure> + Clone {
    happening.incident.figures.iter().filter(|figure| is_killed(figure.claim_type))
}

fn interaction(inter1: &str, inter2: &str) -> String {
    match (inter1, inter2) {
        ("", "") => String::new(),
        (one, "") | ("", one) => format!("{one} only"),
        (one, two) => format!("{one}-{two}"),
    }
}

fn disorder(event_type: &str, happening: &Happening<'_>) -> &'static str {
    match event_type {
        "Protests" | "Riots" if happening.incident.claim_type == ClaimType::Protest => {
            "Demonstrations"
        }
        "Riots" => "Political violence; Demonstrations",
        "Strategic developments" => "Strategic developments",
        _ => "Political violence",
    }
}

/// The middle of a period, as ACLED dates what is known to the week or month only.
fn middle(first: EdtfDate, last: EdtfDate) -> Option<sijill_model::Date> {
    let (first, last) = (first.first()?, last.last()?);
    let days = first.until(last).ok()?.get_days();
    let middle = (0..days / 2).try_fold(first, |day, _| day.tomorrow().ok());
    middle.or(Some(first))
}

/// The type and sub-type; `None` of what ACLED does not code.
pub(crate) fn event(happening: &Happening<'_>) -> Option<(&'static str, &'static str)> {
    const BATTLES: &str = "Battles";
    const REMOTE: &str = "Explosions/Remote violence";
    const CIVILIANS: &str = "Violence against civilians";
    const STRATEGIC: &str = "Strategic developments";
    let is = |actors: &[&Participant], kinds: &[&str]| {
        actors.first().is_some_and(|actor| kinds.contains(&actor.actor_type.as_str()))
    };
    let against_civilians = is(&happening.targets, &["civilian", "person"]);
    let by_state = is(&happening.agents, &["state", "state-forces", "government"]);
    let suicide = happening.told.iter().any(|told| told.claim.rule.contains("suicide"));
    Some(match happening.incident.claim_type {
        ClaimType::Clash | ClaimType::Assault if against_civilians => (CIVILIANS, "Attack"),
        ClaimType::Clash | ClaimType::Assault => (BATTLES, "Armed clash"),
        ClaimType::Captures if by_state => (BATTLES, "Government regains territory"),
        ClaimType::Captures => (BATTLES, "Non-state actor overtakes territory"),
        ClaimType::Airstrike | ClaimType::Strikes => (REMOTE, "Air/drone strike"),
        ClaimType::Shelling => (REMOTE, "Shelling/artillery/missile attack"),
        ClaimType::Bombing if suicide => (REMOTE, "Suicide bomb"),
        ClaimType::Bombing => (REMOTE, "Remote explosive/landmine/IED"),
        ClaimType::Execution | ClaimType::CivilianAttack => (CIVILIANS, "Attack"),
        ClaimType::Abduction => (CIVILIANS, "Abduction/forced disappearance"),
        ClaimType::Killed | ClaimType::Injured
            if against_civilians && !happening.agents.is_empty() =>
        {
            (CIVILIANS, "Attack")
        }
        ClaimType::Protest => ("Protests", "Peaceful protest"),
        ClaimType::Riot => ("Riots", "Violent demonstration"),
        ClaimType::Arrest => (STRATEGIC, "Arrests"),
        ClaimType::Demining => (STRATEGIC, "Disrupted weapons use"),
        ClaimType::Looting | ClaimType::Destruction => (STRATEGIC, "Looting/property destruction"),
        ClaimType::Advance
        | ClaimType::Withdrawal
        | ClaimType::Deployment
        | ClaimType::Surrender
        | ClaimType::Defection => (STRATEGIC, "Change to group/activity"),
        ClaimType::Siege
        | ClaimType::Displacement
        | ClaimType::Evacuation
        | ClaimType::Release
        | ClaimType::Infrastructure
        | ClaimType::ArmsTransfer
        | ClaimType::Restriction => (STRATEGIC, "Other"),
        found if found.kind() == Kind::Agreement => (STRATEGIC, "Agreement"),
        _ => return None,
    })
}
