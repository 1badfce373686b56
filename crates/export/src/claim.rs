//! What several formats ask of a claim.

use crate::{Party, Register};
use sijill_model::{Claim, Edtf, EdtfDate, Participant, PlaceSlot, Precision};

/// What is said of who says something when nobody else is named.
const UNKNOWN_OUTLET: &str = "unknown";

/// The ids of the voices of a claim, from the outlet to the origin.
pub(crate) fn chain<'a>(claim: &'a Claim, outlet: Option<&'a str>) -> Vec<&'a str> {
    let mut voices = vec![outlet.unwrap_or(UNKNOWN_OUTLET)];
    voices.extend(claim.attribution.iter().map(|voice| voice.id.as_str()));
    voices.dedup();
    voices
}

/// The id of the first knowable source of a claim.
pub(crate) fn origin<'a>(claim: &'a Claim, outlet: Option<&'a str>) -> &'a str {
    chain(claim, outlet).last().copied().unwrap_or(UNKNOWN_OUTLET)
}

/// The chain as people write it: the outlet, then through whom, then the origin.
pub(crate) fn chain_names(
    claim: &Claim,
    outlet: Option<&str>,
    register: &dyn Register,
) -> Vec<String> {
    let name = |id: &str, own: Option<&str>| {
        let party = register.party(id);
        let listed = party.and_then(|Party { name, name_en, .. }| name_en.or(Some(name)));
        listed.or_else(|| own.map(str::to_owned)).unwrap_or_else(|| id.to_owned())
    };
    let mut names = vec![name(outlet.unwrap_or(UNKNOWN_OUTLET), None)];
    for voice in &claim.attribution {
        let mut said = name(&voice.id, Some(&voice.name));
        if let Some(speaker) = &voice.speaker {
            said = format!("{said} ({})", name(speaker, None));
        }
        names.push(said);
    }
    names.dedup();
    names
}

/// The name in English, or in Arabic if no table knows it.
pub(crate) fn english(participant: &Participant) -> &str {
    participant.name_en.as_deref().unwrap_or(&participant.name)
}

/// The most specific place.
pub(crate) fn place(claim: &Claim) -> Option<&PlaceSlot> {
    claim.place.first()
}

/// The first and the last day, as ISO dates; an open interval has no last day.
pub(crate) fn days(edtf: Edtf) -> (Option<String>, Option<String>) {
    let first = edtf.start().first().map(|day| EdtfDate::Day(day).to_string());
    let last = edtf.end().and_then(EdtfDate::last).map(|day| EdtfDate::Day(day).to_string());
    (first, last)
}

/// How exactly a date is known, as UCDP codes it: 1 day, 2 up to six days, 3 week, 4 month, 5 year.
pub(crate) fn date_precision(edtf: Edtf) -> u8 {
    let (Some(first), Some(last)) = (edtf.start().first(), edtf.end().and_then(EdtfDate::last))
    else {
        return 5;
    };
    let hedged = u8::from(edtf.approximate || edtf.uncertain);
    match first.until(last).map_or(366, |span| span.get_days()) {
        0 => 1 + hedged,
        1..=5 => 2,
        6 => 3,
        7..=30 => 4,
        _ => 5,
    }
}

/// How many metres the point of a place may be off; `None` if it has none that can be drawn.
pub(crate) fn metres(precision: Precision) -> Option<u32> {
    match precision {
        Precision::Site => Some(250),
        Precision::Neighbourhood => Some(1_000),
        Precision::Village => Some(2_000),
        Precision::Town => Some(5_000),
        Precision::District | Precision::Region | Precision::Country | Precision::Area => None,
    }
}

/// Rounds degrees to the decimals that the precision bears: 0.001° is about 100 m.
pub(crate) fn degrees(value: f64, precision: Precision) -> f64 {
    let decimals = match precision {
        Precision::Site => 4,
        Precision::Neighbourhood | Precision::Village => 3,
        Precision::Town => 2,
        Precision::District | Precision::Region | Precision::Country | Precision::Area => 1,
    };
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_its_words() {
        let coded = [
            ("2017-10-17", 1),
            ("2017-10-17?", 2),
            ("2017-10-15/2017-10-17", 2),
            ("2017-10-11/2017-10-17", 3),
            ("2017-10", 4),
            ("2017", 5),
            ("2017-10-17/..", 5),
        ];
        for (edtf, precision) in coded {
            assert_eq!(date_precision(edtf.parse().expect("it is a date")), precision, "{edtf}");
        }
    }

    #[test]
    fn decimals_do_not_promise_what_is_not_known() {
        assert_eq!(degrees(35.951_23, Precision::Town), 35.95);
        assert_eq!(degrees(35.951_23, Precision::Region), 36.0);
    }
}
