//! The formats, and what each of them drops.

use crate::write::{
    Acled, Airwars, Arrow, Brat, Csv, Exporter, Ftm, Ged, GeoJson, Html, Hxl, JsonLd, Jsonl,
    Parquet, Plover, TimeMap, Timesketch,
};
use crate::{Options, Register};
use std::collections::BTreeSet;

/// What a row, feature or entity of a format stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One claim of one document.
    Claim,
    /// One happening, with every claim about it.
    Incident,
}

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`about` says what each is")]
pub enum Format {
    Jsonl,
    Csv,
    GeoJson,
    Parquet,
    Arrow,
    Ftm,
    FtmStatements,
    JsonLd,
    Plover,
    Acled,
    Ged,
    Hxl,
    TimeMap,
    Timesketch,
    Airwars,
    Brat,
    Html,
}

/// What is known of a format.
struct Row {
    format: Format,
    name: &'static str,
    file: &'static str,
    unit: Unit,
    about: &'static str,
    drops: &'static [&'static str],
}

const NO_TEXT: &str = "texts";
const NO_MENTIONS: &str = "mentions";
const NO_OFFSETS: &str = "offsets";
const NO_WIDER: &str = "wider places";
const NOT_HAPPENED: &str = "what is not told as having happened";
const ONE_WORDING: &str = "all but the leading claims' words";
const NO_MODALITY: &str = "modality";
const CHAIN_FLAT: &str = "who gave which number";

/// Every format, in the order in which they are listed.
const FORMATS: [Row; 17] = [
    Row {
        format: Format::Jsonl,
        name: "jsonl",
        file: "claims.jsonl",
        unit: Unit::Claim,
        about: "documents, claims and mentions, one record a line; nothing is lost",
        drops: &[],
    },
    Row {
        format: Format::Csv,
        name: "csv",
        file: "claims.csv",
        unit: Unit::Claim,
        about: "one claim a row, for spreadsheets, R and pandas",
        drops: &[
            NO_TEXT,
            NO_MENTIONS,
            "offsets of slots (those of the evidence are kept)",
            "coordinates of wider places",
            "reporting verbs",
        ],
    },
    Row {
        format: Format::GeoJson,
        name: "geojson",
        file: "claims.geojson",
        unit: Unit::Claim,
        about: "one feature for each claim with a place (RFC 7946)",
        drops: &[
            "claims without a place",
            NO_TEXT,
            NO_MENTIONS,
            NO_OFFSETS,
            NO_WIDER,
            "points of districts, regions and countries (their geometry is null)",
        ],
    },
    Row {
        format: Format::Parquet,
        name: "parquet",
        file: "claims.parquet",
        unit: Unit::Claim,
        about: "one claim a row with nested columns, for Spark, DuckDB, R and pandas",
        drops: &[NO_TEXT, NO_MENTIONS],
    },
    Row {
        format: Format::Arrow,
        name: "arrow",
        file: "claims.arrow",
        unit: Unit::Claim,
        about: "the same as an Arrow IPC file (Feather)",
        drops: &[NO_TEXT, NO_MENTIONS],
    },
    Row {
        format: Format::Ftm,
        name: "ftm",
        file: "ftm.jsonl",
        unit: Unit::Claim,
        about: "entities of FollowTheMoney, one dataset an outlet",
        drops: &[
            "relations, statements and outlooks",
            NO_OFFSETS,
            NO_MENTIONS,
            NO_WIDER,
            "numbers as numbers (they stand in the summary)",
        ],
    },
    Row {
        format: Format::FtmStatements,
        name: "ftm-statements",
        file: "ftm-statements.csv",
        unit: Unit::Claim,
        about: "the same as statements, each with its dataset and the chain to its origin",
        drops: &[
            "relations, statements and outlooks",
            NO_OFFSETS,
            NO_MENTIONS,
            NO_WIDER,
            "numbers as numbers (they stand in the summary)",
        ],
    },
    Row {
        format: Format::JsonLd,
        name: "jsonld",
        file: "claims.jsonld",
        unit: Unit::Claim,
        about: "W3C Web Annotations of the evidence, with PROV-O",
        drops: &[NO_TEXT, NO_MENTIONS, "offsets of slots", NO_WIDER, "shares"],
    },
    Row {
        format: Format::Plover,
        name: "plover",
        file: "plover.jsonl",
        unit: Unit::Claim,
        about: "PLOVER records with the auxiliary modes filled",
        drops: &[
            "control held, relations of parts and leaders, outlooks, other tolls",
            NO_TEXT,
            NO_MENTIONS,
            "offsets of slots",
            "upper bounds and shares",
            NO_WIDER,
        ],
    },
    Row {
        format: Format::Acled,
        name: "acled",
        file: "acled.csv",
        unit: Unit::Incident,
        about: "the 31 columns of ACLED",
        drops: &[
            NOT_HAPPENED,
            "incidents without a date",
            "what ACLED has no event for (control held, aid, tolls without a cause, statements)",
            "injured, displaced, shares",
            CHAIN_FLAT,
            ONE_WORDING,
            NO_OFFSETS,
            NO_MODALITY,
        ],
    },
    Row {
        format: Format::Ged,
        name: "ged",
        file: "ged.csv",
        unit: Unit::Incident,
        about: "the 49 columns of UCDP GED 25.1",
        drops: &[
            NOT_HAPPENED,
            "incidents without a date, without a death or without two sides",
            "injured, displaced, shares",
            CHAIN_FLAT,
            "words of the claims",
            NO_OFFSETS,
            NO_MODALITY,
        ],
    },
    Row {
        format: Format::Hxl,
        name: "hxl",
        file: "hxl.csv",
        unit: Unit::Incident,
        about: "incidents with the hashtags of the Humanitarian Exchange Language",
        drops: &[
            NOT_HAPPENED,
            "what ACLED has no event for",
            "parties beyond the first two",
            CHAIN_FLAT,
            ONE_WORDING,
            NO_OFFSETS,
            NO_MODALITY,
        ],
    },
    Row {
        format: Format::TimeMap,
        name: "timemap",
        file: "timemap.json",
        unit: Unit::Incident,
        about: "events and sources for TimeMap",
        drops: &[
            NOT_HAPPENED,
            "incidents without a day or without a point",
            "parties",
            "numbers",
            ONE_WORDING,
            NO_OFFSETS,
            NO_MODALITY,
        ],
    },
    Row {
        format: Format::Timesketch,
        name: "timesketch",
        file: "timesketch.csv",
        unit: Unit::Claim,
        about: "one claim a row of a timeline",
        drops: &[
            "claims without a day, of reports without one",
            "ends of periods (the date is kept as EDTF)",
            "numbers",
            "coordinates",
            NO_TEXT,
            NO_MENTIONS,
            NO_OFFSETS,
        ],
    },
    Row {
        format: Format::Airwars,
        name: "airwars",
        file: "airwars.jsonl",
        unit: Unit::Incident,
        about: "incidents that harm civilians, with a suggested grade",
        drops: &[NOT_HAPPENED, "incidents without civilians", NO_OFFSETS, NO_MODALITY],
    },
    Row {
        format: Format::Brat,
        name: "brat",
        file: "brat",
        unit: Unit::Claim,
        about: "a folder of texts and standoff annotations, for brat and INCEpTION",
        drops: &[
            "titles and claims in them",
            "metadata of documents",
            "bounds of numbers",
            "names",
        ],
    },
    Row {
        format: Format::Html,
        name: "html",
        file: "html",
        unit: Unit::Incident,
        about: "a folder with a page for each incident, to print",
        drops: &[NO_TEXT, NO_MENTIONS, NO_OFFSETS, NO_WIDER],
    },
];

impl Format {
    /// Lists every format there is.
    pub fn all() -> impl Iterator<Item = Self> {
        FORMATS.iter().map(|row| row.format)
    }

    /// Finds a format by its name.
    pub fn parse(name: &str) -> Option<Self> {
        FORMATS.iter().find(|row| row.name == name).map(|row| row.format)
    }

    fn row(self) -> &'static Row {
        &FORMATS[self as usize]
    }

    /// Returns the name by which it is asked for.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Says in a line what it is.
    pub fn about(self) -> &'static str {
        self.row().about
    }

    /// Lists what is in a claim or incident and not in this format; nothing of the lossless one.
    pub fn drops(self) -> &'static [&'static str] {
        self.row().drops
    }

    /// Says what a row stands for.
    pub fn unit(self) -> Unit {
        self.row().unit
    }

    /// Returns the name that its file or folder has beside other formats.
    pub fn file_name(self) -> &'static str {
        self.row().file
    }

    /// Tells whether it is bytes, which a terminal cannot show.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Parquet | Self::Arrow)
    }

    /// Tells whether it is a folder of files and not one file.
    pub fn is_folder(self) -> bool {
        matches!(self, Self::Brat | Self::Html)
    }

    /// Makes its writer.
    pub fn exporter<'a>(
        self,
        options: &'a Options,
        register: &'a dyn Register,
    ) -> Box<dyn Exporter + 'a> {
        let ftm =
            |as_statements| Ftm { options, register, as_statements, written: BTreeSet::new() };
        match self {
            Self::Jsonl => Box::new(Jsonl { options }),
            Self::Csv => Box::new(Csv { options, register }),
            Self::GeoJson => Box::new(GeoJson { options, begun: false }),
            Self::Parquet => Box::new(Parquet::new(options)),
            Self::Arrow => Box::new(Arrow::new(options)),
            Self::Ftm => Box::new(ftm(false)),
            Self::FtmStatements => Box::new(ftm(true)),
            Self::JsonLd => Box::new(JsonLd { options, register, begun: false }),
            Self::Plover => Box::new(Plover { options, register }),
            Self::Acled => Box::new(Acled { options, register }),
            Self::Ged => Box::new(Ged { options, register }),
            Self::Hxl => Box::new(Hxl { options, register }),
            Self::TimeMap => Box::new(TimeMap { options }),
            Self::Timesketch => Box::new(Timesketch { options, register }),
            Self::Airwars => Box::new(Airwars { options, register }),
            Self::Brat => Box::new(Brat::default()),
            Self::Html => Box::new(Html { options, register, files: Vec::new() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_its_row() {
        for format in Format::all() {
            assert_eq!(format.row().format, format);
            assert_eq!(Format::parse(format.name()), Some(format));
        }
    }
}
