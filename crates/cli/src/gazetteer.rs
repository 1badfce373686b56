//! Places of the user's: a dump of GeoNames, or a table with a header.

use anyhow::{Context as _, bail};
use csv::{Reader, ReaderBuilder, StringRecord};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Seek as _};
use std::path::Path;

/// Where the places stand among the tables.
pub(crate) const TABLE: &str = "places/gazetteer.tsv";

const HEADER: &str = "id\tnames_ar\tname_en\tlat\tlon\tkind\tparent\tcountry\tpopulation\tsource\n";

/// How many faults are told one by one.
const TOLD: usize = 10;

/// One place as the file has it.
#[derive(Default)]
struct Row {
    id: String,
    names: String,
    name_en: String,
    lat: String,
    lon: String,
    kind: String,
    parent: String,
    country: String,
    population: String,
}

/// What came of the rows.
#[derive(Default)]
struct Counts {
    read: usize,
    /// Places without an Arabic name cannot be found in Arabic text.
    without_arabic: usize,
    faulty: usize,
}

/// Reads the file and returns it as a table of places; what is wrong with a row is told and the
/// rest goes on.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let place = || format!("{}: cannot be read", path.display());
    let mut file = BufReader::new(File::open(path).with_context(place)?);
    let mut head = String::new();
    (&mut file).take(1 << 16).read_line(&mut head).with_context(place)?;
    file.rewind().with_context(place)?;
    let is_dump = head.split('\t').count() == 19;
    let delimiter = if head.contains('\t') {
        b'\t'
    } else if head.matches(';').count() > head.matches(',').count() {
        b';'
    } else {
        b','
    };
    let mut reader = ReaderBuilder::new();
    reader.delimiter(delimiter).flexible(true).has_headers(!is_dump).quoting(!is_dump);
    let mut reader = reader.from_reader(file);
    let columns = if is_dump { None } else { Some(Columns::find(&mut reader, path)?) };
    let mut table = HEADER.to_owned();
    let mut counts = Counts::default();
    let mut record = StringRecord::new();
    let mut number = 0;
    loop {
        let line = reader.position().line();
        let row = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                number += 1;
                match &columns {
                    None => geonames(&record),
                    Some(columns) => columns.row(&record, number),
                }
            }
            Err(error) => Err(error.to_string()),
        };
        add(row, &mut table, &mut counts, &format!("{}:{line}", path.display()));
    }
    close(&counts, path)?;
    Ok(table)
}

fn add(row: Result<Row, String>, table: &mut String, counts: &mut Counts, place: &str) {
    match row.and_then(|row| check(&row).map(|()| row)) {
        Ok(row) if row.names.is_empty() => counts.without_arabic += 1,
        Ok(row) => {
            counts.read += 1;
            let Row { id, names, name_en, lat, lon, kind, parent, country, population } = row;
            let _ = writeln!(
                table,
                "{id}\t{names}\t{name_en}\t{lat}\t{lon}\t{kind}\t{parent}\t{country}\t{population}\tuser"
            );
        }
        Err(message) => {
            counts.faulty += 1;
            if counts.faulty <= TOLD {
                eprintln_line(&format!("warning: {place}: {message}"));
            }
        }
    }
}

fn check(row: &Row) -> Result<(), String> {
    let degrees = |value: &str, most: f64| {
        let parsed = value.parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        parsed.map(|_| ()).ok_or_else(|| format!("'{value}' is no number of degrees up to {most}"))
    };
    degrees(&row.lat, 90.0)?;
    degrees(&row.lon, 180.0)?;
    match sijill::model::PlaceKind::parse(&row.kind) {
        Some(_) => Ok(()),
        None => Err(format!(
            "'{}' is no kind of place (country, region, district, subdistrict, city, town, \
             village, neighbourhood, site, water, area)",
            row.kind
        )),
    }
}

/// Tells the totals; a file without any place is an error.
fn close(counts: &Counts, path: &Path) -> anyhow::Result<()> {
    let Counts { read, without_arabic, faulty } = *counts;
    if read == 0 {
        bail!(
            "{}: holds no place with an Arabic name ({without_arabic} without, {faulty} rows at fault)",
            path.display()
        );
    }
    if faulty > 0 {
        let total = read + without_arabic + faulty;
        eprintln_line(&format!(
            "{}: {read} places added, {without_arabic} without an Arabic name and {faulty} rows at \
             fault left out, of {total}",
            path.display()
        ));
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "the one place where this module speaks to a person")]
fn eprintln_line(line: &str) {
    eprintln!("{line}");
}

/// Where the columns of a table with a header are.
struct Columns {
    name: usize,
    lat: usize,
    lon: usize,
    id: Option<usize>,
    name_en: Option<usize>,
    kind: Option<usize>,
    parent: Option<usize>,
    country: Option<usize>,
    population: Option<usize>,
}

impl Columns {
    fn find<R: Read>(reader: &mut Reader<R>, path: &Path) -> anyhow::Result<Self> {
        let header = reader.headers().with_context(|| format!("{}:1", path.display()))?.clone();
        let find = |names: &[&str]| {
            let is = |cell: &str| {
                let cell = cell.trim().trim_start_matches('\u{feff}').to_ascii_lowercase();
                names.contains(&&*cell)
            };
            header.iter().position(is)
        };
        let must = |names: &[&str]| {
            let columns = header.iter().collect::<Vec<_>>().join(", ");
            find(names).with_context(|| {
                format!(
                    "{}:1: no column '{}' among {columns}; a table needs name, lat and lon, a dump \
                     of GeoNames 19 columns without a header",
                    path.display(),
                    names[0],
                )
            })
        };
        Ok(Self {
            name: must(&["name", "names_ar", "name_ar"])?,
            lat: must(&["lat", "latitude"])?,
            lon: must(&["lon", "lng", "longitude"])?,
            id: find(&["id"]),
            name_en: find(&["name_en"]),
            kind: find(&["kind"]),
            parent: find(&["parent"]),
            country: find(&["country"]),
            population: find(&["population"]),
        })
    }

    fn row(&self, record: &StringRecord, number: usize) -> Result<Row, String> {
        let cell = |at: usize| record.get(at).unwrap_or_default().trim().replace(['\t', '\n'], " ");
        let maybe = |at: Option<usize>| at.map(cell).unwrap_or_default();
        let or =
            |value: String, default: &str| if value.is_empty() { default.into() } else { value };
        Ok(Row {
            id: or(maybe(self.id), &format!("user:{number}")),
            names: cell(self.name),
            name_en: maybe(self.name_en),
            lat: cell(self.lat),
            lon: cell(self.lon),
            kind: or(maybe(self.kind), "village"),
            parent: maybe(self.parent),
            country: maybe(self.country).to_ascii_uppercase(),
            population: maybe(self.population),
        })
    }
}

/// Reads a line of a dump of GeoNames (download.geonames.org/export/dump/readme.txt).
fn geonames(record: &StringRecord) -> Result<Row, String> {
    if record.len() != 19 {
        return Err(format!("{} columns instead of the 19 of GeoNames", record.len()));
    }
    let arabic = |name: &&str| name.chars().any(|c| ('\u{621}'..='\u{64A}').contains(&c));
    let names = record[3].split(',').chain([&record[1]]).filter(arabic);
    let population: u64 = record[14].parse().unwrap_or_default();
    Ok(Row {
        id: format!("geonames:{}", &record[0]),
        names: names.collect::<Vec<_>>().join("|"),
        name_en: record[2].to_owned(),
        lat: record[4].to_owned(),
        lon: record[5].to_owned(),
        kind: kind(&record[6], &record[7], population).to_owned(),
        parent: String::new(),
        country: record[8].to_owned(),
        population: if population > 0 { population.to_string() } else { String::new() },
    })
}

/// Names the kind of a feature class and code of GeoNames (geonames.org/export/codes.html).
fn kind(class: &str, code: &str, population: u64) -> &'static str {
    match (class, code) {
        ("A", "ADM1") => "region",
        ("A", "ADM2") => "district",
        ("A", code) if code.starts_with("PCL") => "country",
        ("A", _) => "subdistrict",
        ("P", "PPLX") => "neighbourhood",
        ("P", "PPLC" | "PPLA") => "city",
        ("P", _) if population >= 100_000 => "city",
        ("P", _) if population >= 10_000 => "town",
        ("P", "PPLA2" | "PPLA3") => "town",
        ("P", _) => "village",
        ("H", _) => "water",
        ("S" | "R", _) => "site",
        _ => "area",
    }
}
