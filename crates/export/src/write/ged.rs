//! UCDP GED: 49 columns, one incident with at least one death a row.

use super::csv::rows;
use super::{Exporter, Gathered, WriteError};
use crate::claim::{chain_names, date_precision, days, degrees, english};
use crate::country::Country;
use crate::figures::Number;
use crate::gathered::{Happening, headline, is_killed};
use crate::{Options, Register, Report};
use sijill_model::{Figure, Participant, PlaceKind, Precision};

/// The columns of GED 25.1, in order.
pub(crate) const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// Writes incidents as UCDP codes events.
pub(crate) struct Ged<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
}

impl Exporter for Ged<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        rows(out, [COLUMNS.map(str::to_owned).to_vec()])
    }

    fn report(&mut self, _report: &Report, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }

    fn finish(&mut self, gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let happenings = gathered.happenings();
        let wanted = happenings.iter().filter(|happening| happening.has_happened());
        let rows_of = wanted.filter_map(|happening| Row::new(self, happening));
        rows(out, (1..).zip(rows_of).map(|(number, row)| row.cells(number)))
    }
}

/// What a row is made of.
struct Row<'a> {
    ged: &'a Ged<'a>,
    happening: &'a Happening<'a>,
    deaths: Deaths,
    violence: &'static str,
    first: String,
    last: String,
}

impl<'a> Row<'a> {
    /// `None` of what GED does not code: without a death, a date or two sides.
    fn new(ged: &'a Ged<'a>, happening: &'a Happening<'a>) -> Option<Self> {
        let deaths = Deaths::count(happening, ged.options);
        let (first, last) = days(happening.time()?);
        let (first, last) = (first?, last?);
        let violence = violence(happening)?;
        (0 < deaths.total.high).then_some(Self { ged, happening, deaths, violence, first, last })
    }

    fn cells(&self, number: u64) -> Vec<String> {
        let Self { ged, happening, deaths, .. } = self;
        let side = |actors: &[&Participant]| {
            actors.first().map(|actor| english(actor)).unwrap_or_default().to_owned()
        };
        let (side_a, side_b) = (side(&happening.agents), side(&happening.targets));
        let side_b = if self.violence == "3" { "Civilians".to_owned() } else { side_b };
        let dyad = format!("{side_a} - {side_b}");
        let year = self.first.get(..4).unwrap_or_default().to_owned();
        let gwno = |actors: &[&Participant]| {
            let party = actors.first().and_then(|actor| ged.register.party(&actor.id));
            let country =
                party.filter(|party| party.kind.starts_with("state") || party.kind == "government");
            let country = country.and_then(|party| Country::find(&party.country?));
            country.and_then(|country| country.gwno).map(|gwno| gwno.to_string())
        };
        let none = String::new;
        let mut cells = vec![
            number.to_string(),
            happening.incident.id.clone(),
            year,
            none(),
            ged.options.remark(),
            self.violence.to_owned(),
            none(),
            none(),
            none(),
            none(),
            none(),
            dyad,
            none(),
            none(),
            side_a,
            none(),
            none(),
            side_b,
        ];
        cells.extend(self.sources());
        cells.extend(self.place());
        cells.push(
            if happening.told.len() < 2 && deaths.is_aggregate { "2" } else { "1" }.to_owned(),
        );
        cells.push(happening.time().map(date_precision).unwrap_or(5).to_string());
        cells.extend([&self.first, &self.last].map(|day| format!("{day} 00:00:00.000")));
        let by_side = [deaths.a, deaths.b, deaths.civilians, deaths.unknown];
        cells.extend(by_side.map(|number| number.best.to_string()));
        let Number { low, best, high } = deaths.total;
        cells.extend([best, high, low].map(|number| number.to_string()));
        cells.push(gwno(&happening.agents).unwrap_or_default());
        cells.push(gwno(&happening.targets).unwrap_or_default());
        cells
    }

    /// Number of sources, article, office, date, headline and the chain to the origin.
    fn sources(&self) -> [String; 6] {
        let mut reports: Vec<&Report> = Vec::new();
        let mut chains: Vec<String> = Vec::new();
        for told in &self.happening.told {
            if reports.iter().all(|report| report.document.id != told.report.document.id) {
                reports.push(told.report);
            }
            let chain = chain_names(told.claim, told.outlet(), self.ged.register).join(" < ");
            if !chains.contains(&chain) {
                chains.push(chain);
            }
        }
        let joined = |value: &dyn Fn(&Report) -> String| {
            reports.iter().map(|report| value(report)).collect::<Vec<_>>().join(";")
        };
        let plain = |text: &str| text.replace(';', ",");
        [
            reports.len().to_string(),
            joined(&|report| {
                let document = &report.document;
                plain(document.url.as_deref().unwrap_or(&document.id))
            }),
            joined(&|report| plain(report.document.outlet.as_deref().unwrap_or_default())),
            joined(&|report| {
                report.document.published.map(|day| day.to_string()).unwrap_or_default()
            }),
            joined(&|report| plain(headline(report))),
            chains.join(";"),
        ]
    }

    /// From `where_prec` to `region`.
    fn place(&self) -> Vec<String> {
        let Some(slot) = self.happening.place else {
            return vec![String::new(); 12];
        };
        let around = slot.id.as_deref().map(|id| self.ged.register.around(id)).unwrap_or_default();
        let unit = |kind: PlaceKind| {
            let unit = around.iter().find(|place| place.kind == kind);
            unit.map(|unit| unit.english().to_owned())
        };
        let country = around.iter().find_map(|place| place.country.as_deref());
        let country = country.and_then(Country::find);
        let degree = |value: f64| degrees(value, slot.precision);
        let point = slot.point.map(|(lat, lon)| (degree(lat), degree(lon)));
        let text = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let name = slot.name_en.clone().unwrap_or_else(|| slot.name.clone());
        vec![
            where_prec(slot.precision).to_owned(),
            name.clone(),
            slot.name.clone(),
            unit(PlaceKind::Region).unwrap_or_default(),
            unit(PlaceKind::District).unwrap_or_default(),
            text(point.map(|point| point.0)),
            text(point.map(|point| point.1)),
            point.map(|(lat, lon)| format!("POINT ({lon} {lat})")).unwrap_or_default(),
            point.map(|(lat, lon)| priogrid(lat, lon).to_string()).unwrap_or_default(),
            country.map(|country| country.name).unwrap_or_default().to_owned(),
            country
                .and_then(|country| country.gwno)
                .map(|gwno| gwno.to_string())
                .unwrap_or_default(),
            country.map(|country| country.ucdp_region).unwrap_or_default().to_owned(),
        ]
    }
}

/// The dead of each side, and all of them.
#[derive(Default)]
struct Deaths {
    a: Number,
    b: Number,
    civilians: Number,
    unknown: Number,
    total: Number,
    /// Numbers that cover more than the incident are all there are.
    is_aggregate: bool,
}

impl Deaths {
    fn count(happening: &Happening<'_>, options: &Options) -> Self {
        let killed = happening.incident.figures.iter().filter(|f| is_killed(f.claim_type));
        let is_named = |figure: &Figure, actors: &[&Participant]| {
            figure.target.iter().any(|target| actors.iter().any(|actor| &actor.id == target))
        };
        let civilian = |figure: &Figure| {
            let all = happening.told.iter().flat_map(|told| &told.claim.target);
            let kind =
                all.filter(|slot| figure.target.contains(&slot.id)).map(|slot| &slot.actor_type);
            kind.into_iter().any(|kind| kind == "civilian" || kind == "person")
        };
        let group = |figure: &Figure| match () {
            () if civilian(figure) => 2,
            () if is_named(figure, &happening.agents) => 0,
            () if is_named(figure, &happening.targets) => 1,
            () => 3,
        };
        let number = |wanted: u8| {
            let of_group = killed.clone().filter(|figure| group(figure) == wanted);
            options.figures.choose(of_group).unwrap_or_default()
        };
        let (a, b, civilians, all) = (number(0), number(1), number(2), number(3));
        let mut known = a;
        known.add(b);
        known.add(civilians);
        // A number of people without a side may well be that of all of them.
        let rest = |all: u64, known: u64| all.saturating_sub(known);
        let unknown = Number {
            low: rest(all.low, known.low),
            best: rest(all.best, known.best),
            high: rest(all.high, known.high),
        };
        let mut total = known;
        total.add(unknown);
        let is_aggregate = killed.clone().all(|figure| figure.is_cumulative);
        Self { a, b, civilians, unknown, total, is_aggregate }
    }
}

/// 1 state-based, 2 non-state, 3 one-sided; `None` where nobody is told to have done it.
fn violence(happening: &Happening<'_>) -> Option<&'static str> {
    let kind = |actors: &[&Participant]| actors.first().map(|actor| actor.actor_type.clone());
    let is_state =
        |kind: &str| matches!(kind, "state" | "state-forces" | "government" | "coalition");
    let (a, b) = (kind(&happening.agents)?, kind(&happening.targets));
    Some(match b.as_deref() {
        Some("civilian" | "person") => "3",
        Some(b) if is_state(&a) || is_state(b) => "1",
        Some("armed-group") => "2",
        _ => return None,
    })
}

/// 1 exact, 2 near a known point, 3 district, 4 province, 5 vague, 6 country.
fn where_prec(precision: Precision) -> &'static str {
    match precision {
        Precision::Site | Precision::Neighbourhood | Precision::Village | Precision::Town => "1",
        Precision::District => "3",
        Precision::Region => "4",
        Precision::Area => "5",
        Precision::Country => "6",
    }
}

/// The cell of PRIO-GRID: half a degree, counted from the south-west.
fn priogrid(lat: f64, lon: f64) -> u32 {
    let row = ((lat + 90.0) / 0.5).floor().clamp(0.0, 359.0);
    let column = ((lon + 180.0) / 0.5).floor().clamp(0.0, 719.0);
    row as u32 * 720 + column as u32 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_the_grid_are_those_that_prio_numbers() {
        assert_eq!(priogrid(-90.0, -180.0), 1);
        assert_eq!(priogrid(35.95, 39.01), 251 * 720 + 438 + 1);
        assert_eq!(priogrid(90.0, 180.0), 360 * 720);
    }
}
