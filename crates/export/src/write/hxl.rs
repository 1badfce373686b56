//! HXL: incidents with hashtags, as HDX tags data of conflicts.

use super::csv::rows;
use super::{Exporter, Gathered, WriteError, acled};
use crate::claim::{chain_names, date_precision, days, degrees, english};
use crate::country::Country;
use crate::gathered::Happening;
use crate::{Options, Register, Report};
use sijill_model::{ClaimType, Precision};

/// Each column with its hashtag.
pub(crate) const COLUMNS: [(&str, &str); 28] = [
    ("event_id", "#event+code"),
    ("date_start", "#date+start"),
    ("date_end", "#date+end"),
    ("date_precision", "#meta+precision+date"),
    ("event_type", "#event+type"),
    ("sub_event_type", "#event+type+sub"),
    ("actor1", "#group+name+first"),
    ("actor1_ar", "#group+name+first+i_ar"),
    ("actor2", "#group+name+second"),
    ("actor2_ar", "#group+name+second+i_ar"),
    ("country", "#country+name"),
    ("iso3", "#country+code"),
    ("admin1", "#adm1+name"),
    ("admin1_code", "#adm1+code"),
    ("admin2", "#adm2+name"),
    ("location", "#loc+name"),
    ("location_ar", "#loc+name+i_ar"),
    ("latitude", "#geo+lat"),
    ("longitude", "#geo+lon"),
    ("geo_precision", "#meta+precision+geo"),
    ("source", "#meta+source"),
    ("notes", "#description+i_ar"),
    ("killed", "#affected+killed"),
    ("killed_min", "#affected+killed+min"),
    ("killed_max", "#affected+killed+max"),
    ("injured_min", "#affected+injured+min"),
    ("injured_max", "#affected+injured+max"),
    ("displaced", "#affected+displaced"),
];

/// The last column says how the numbers came about.
const REMARK: (&str, &str) = ("export", "#meta+export");

/// Writes incidents with hashtags.
pub(crate) struct Hxl<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Hxl<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let columns = || COLUMNS.iter().chain([&REMARK]);
        let names = columns().map(|column| column.0.to_owned()).collect();
        rows(out, [names, columns().map(|column| column.1.to_owned()).collect()])
    }

    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let happenings = gathered.happenings();
        let told = happenings.iter().filter(|happening| happening.has_happened());
        rows(out, told.filter_map(|happening| self.row(happening)))
    }
}

impl Hxl<'_> {
    fn row(&self, happening: &Happening<'_>) -> Option<Vec<String>> {
        let (event_type, sub_event_type) = acled::event(happening)?;
        let time = happening.time();
        let (first, last) = time.map(days).unwrap_or_default();
        let actor = |at: Option<&&sijill_model::Participant>| {
            at.map_or([String::new(), String::new()], |actor| {
                [english(actor).to_owned(), actor.name.clone()]
            })
        };
        let mut cells = vec![
            happening.incident.id.clone(),
            first.unwrap_or_default(),
            last.unwrap_or_default(),
            time.map(|time| date_precision(time).to_string()).unwrap_or_default(),
            event_type.to_owned(),
            sub_event_type.to_owned(),
        ];
        cells.extend(actor(happening.agents.first()));
        cells.extend(actor(happening.targets.first()));
        cells.extend(self.place(happening));
        let mut sources: Vec<String> = Vec::new();
        for told in &happening.told {
            sources.extend(chain_names(told.claim, told.outlet(), self.register));
        }
        sources.sort_unstable();
        sources.dedup();
        cells.push(sources.join("; "));
        let words = happening.leading().first().map(|told| told.evidence()).unwrap_or_default();
        cells.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
        cells.extend(self.numbers(happening));
        cells.push(self.options.remark());
        Some(cells)
    }

    fn place(&self, happening: &Happening<'_>) -> Vec<String> {
        let Some(slot) = happening.place else { return vec![String::new(); 10] };
        let around = slot.id.as_deref().map(|id| self.register.around(id)).unwrap_or_default();
        let unit = |precision| around.iter().rev().find(|unit| unit.kind.precision() == precision);
        let name = |precision| {
            let unit = unit(precision);
            unit.map(|unit| unit.english().to_owned())
        };
        let code = unit(Precision::Region).and_then(|unit| unit.id.strip_prefix("ocha:"));
        let country = around.iter().find_map(|unit| unit.country.as_deref());
        let country = country.and_then(Country::find);
        let degree = |value: f64| degrees(value, slot.precision).to_string();
        vec![
            country.map(|country| country.name).unwrap_or_default().to_owned(),
            country.map(|country| country.alpha3).unwrap_or_default().to_owned(),
            name(Precision::Region).unwrap_or_default(),
            code.unwrap_or_default().to_owned(),
            name(Precision::District).unwrap_or_default(),
            slot.name_en.clone().unwrap_or_else(|| slot.name.clone()),
            slot.name.clone(),
            slot.point.map(|point| degree(point.0)).unwrap_or_default(),
            slot.point.map(|point| degree(point.1)).unwrap_or_default(),
            slot.precision.as_str().to_owned(),
        ]
    }

    fn numbers(&self, happening: &Happening<'_>) -> [String; 6] {
        let number = |claim_type| {
            let figures = happening.incident.figures.iter();
            self.options.figures.choose(figures.filter(move |f| f.claim_type == claim_type))
        };
        let [killed, injured, displaced] =
            [ClaimType::Killed, ClaimType::Injured, ClaimType::Displaced].map(number);
        let text = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
        [
            text(killed.map(|n| n.best)),
            text(killed.map(|n| n.low)),
            text(killed.map(|n| n.high)),
            text(injured.map(|n| n.low)),
            text(injured.map(|n| n.high)),
            text(displaced.map(|n| n.best)),
        ]
    }
}
