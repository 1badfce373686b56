//! Codes of countries: ISO 3166-1, and the numbers of Gleditsch and Ward that UCDP uses.

/// A country as the formats name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    /// Two letters.
    pub(crate) alpha2: &'static str,
    /// Three letters.
    pub(crate) alpha3: &'static str,
    /// The numeric code.
    pub(crate) numeric: u16,
    /// The number of Gleditsch and Ward; `None` if they list no such state.
    pub(crate) gwno: Option<u16>,
    /// The English name.
    pub(crate) name: &'static str,
    /// The region as ACLED divides the world.
    pub(crate) acled_region: &'static str,
    /// The region as UCDP divides the world.
    pub(crate) ucdp_region: &'static str,
}

impl Country {
    /// Finds a country by its two letters.
    pub(crate) fn find(alpha2: &str) -> Option<&'static Self> {
        COUNTRIES.iter().find(|country| country.alpha2.eq_ignore_ascii_case(alpha2))
    }
}

const fn country(
    codes: (&'static str, &'static str, u16, Option<u16>),
    name: &'static str,
    acled_region: &'static str,
    ucdp_region: &'static str,
) -> Country {
    let (alpha2, alpha3, numeric, gwno) = codes;
    Country { alpha2, alpha3, numeric, gwno, name, acled_region, ucdp_region }
}

const MIDDLE_EAST: &str = "Middle East";
const NORTH: &str = "Northern Africa";
const EAST: &str = "Eastern Africa";
const AFRICA: &str = "Africa";
const ASIA: &str = "Asia";
const EUROPE: &str = "Europe";

/// The countries of the gazetteer, and those whose forces act there.
const COUNTRIES: [Country; 39] = [
    country(("AE", "ARE", 784, Some(696)), "United Arab Emirates", MIDDLE_EAST, MIDDLE_EAST),
    country(("AF", "AFG", 4, Some(700)), "Afghanistan", "South Asia", ASIA),
    country(("BH", "BHR", 48, Some(692)), "Bahrain", MIDDLE_EAST, MIDDLE_EAST),
    country(("DJ", "DJI", 262, Some(522)), "Djibouti", EAST, AFRICA),
    country(("DZ", "DZA", 12, Some(615)), "Algeria", NORTH, AFRICA),
    country(("EG", "EGY", 818, Some(651)), "Egypt", NORTH, MIDDLE_EAST),
    country(("ER", "ERI", 232, Some(531)), "Eritrea", EAST, AFRICA),
    country(("ET", "ETH", 231, Some(530)), "Ethiopia", EAST, AFRICA),
    country(("FR", "FRA", 250, Some(220)), "France", EUROPE, EUROPE),
    country(("GB", "GBR", 826, Some(200)), "United Kingdom", EUROPE, EUROPE),
    country(("IL", "ISR", 376, Some(666)), "Israel", MIDDLE_EAST, MIDDLE_EAST),
    country(("IQ", "IRQ", 368, Some(645)), "Iraq", MIDDLE_EAST, MIDDLE_EAST),
    country(("IR", "IRN", 364, Some(630)), "Iran", MIDDLE_EAST, MIDDLE_EAST),
    country(("JO", "JOR", 400, Some(663)), "Jordan", MIDDLE_EAST, MIDDLE_EAST),
    country(("KM", "COM", 174, Some(581)), "Comoros", EAST, AFRICA),
    country(("KW", "KWT", 414, Some(690)), "Kuwait", MIDDLE_EAST, MIDDLE_EAST),
    country(("LB", "LBN", 422, Some(660)), "Lebanon", MIDDLE_EAST, MIDDLE_EAST),
    country(("LY", "LBY", 434, Some(620)), "Libya", NORTH, AFRICA),
    country(("MA", "MAR", 504, Some(600)), "Morocco", NORTH, AFRICA),
    country(("ML", "MLI", 466, Some(432)), "Mali", "Western Africa", AFRICA),
    country(("MR", "MRT", 478, Some(435)), "Mauritania", "Western Africa", AFRICA),
    country(("NE", "NER", 562, Some(436)), "Niger", "Western Africa", AFRICA),
    country(("NG", "NGA", 566, Some(475)), "Nigeria", "Western Africa", AFRICA),
    country(("OM", "OMN", 512, Some(698)), "Oman", MIDDLE_EAST, MIDDLE_EAST),
    country(("PK", "PAK", 586, Some(770)), "Pakistan", "South Asia", ASIA),
    country(("PS", "PSE", 275, None), "Palestine", MIDDLE_EAST, MIDDLE_EAST),
    country(("QA", "QAT", 634, Some(694)), "Qatar", MIDDLE_EAST, MIDDLE_EAST),
    country(("RU", "RUS", 643, Some(365)), "Russia", EUROPE, EUROPE),
    country(("SA", "SAU", 682, Some(670)), "Saudi Arabia", MIDDLE_EAST, MIDDLE_EAST),
    country(("SD", "SDN", 729, Some(625)), "Sudan", NORTH, AFRICA),
    country(("SO", "SOM", 706, Some(520)), "Somalia", EAST, AFRICA),
    country(("SS", "SSD", 728, Some(626)), "South Sudan", EAST, AFRICA),
    country(("SY", "SYR", 760, Some(652)), "Syria", MIDDLE_EAST, MIDDLE_EAST),
    country(("TD", "TCD", 148, Some(483)), "Chad", "Middle Africa", AFRICA),
    country(("TN", "TUN", 788, Some(616)), "Tunisia", NORTH, AFRICA),
    country(("TR", "TUR", 792, Some(640)), "Turkey", MIDDLE_EAST, EUROPE),
    country(("UA", "UKR", 804, Some(369)), "Ukraine", EUROPE, EUROPE),
    country(("US", "USA", 840, Some(2)), "United States", "North America", "Americas"),
    country(("YE", "YEM", 887, Some(678)), "Yemen", MIDDLE_EAST, MIDDLE_EAST),
];
