//! Lines for a terminal, safe for two directions.

use super::told::Told;
use sijill::model::Modality;
use sijill_io::write::isolate;
use std::fmt::Write as _;

/// How many letters of the evidence are shown.
const SHOWN: usize = 90;

/// The lines to be printed.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a line.
    pub(super) fn add(&mut self, line: impl AsRef<str>) {
        self.0.push_str(line.as_ref().trim_end());
        self.0.push('\n');
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, heading: &str) {
        self.add("");
        self.add(heading);
        self.add("─".repeat(heading.chars().count()));
    }

    /// Returns everything.
    pub(super) fn text(self) -> String {
        self.0
    }
}

/// Adds a claim with all its slots.
pub(super) fn claim(lines: &mut Lines, told: &Told<'_>) {
    let claim = told.claim;
    let mut line = format!("{}  {}", told.file(), claim.claim_type);
    let ids = |actors: &[sijill::model::Participant]| {
        actors.iter().map(|actor| isolate(&actor.id).into_owned()).collect::<Vec<_>>().join(", ")
    };
    let mut slot = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(line, "  {name} {value}");
        }
    };
    slot("agent", ids(&claim.agent));
    slot("target", ids(&claim.target));
    slot("place", told.place().map(|place| isolate(place.1).into_owned()).unwrap_or_default());
    slot("time", claim.time.map(|time| time.edtf.to_string()).unwrap_or_default());
    slot("figure", figure(told));
    slot("says", source(told));
    lines.add(line);
    lines.add(format!("    {}", words(told)));
}

/// Names the origin and through whom it was passed on.
pub(super) fn source(told: &Told<'_>) -> String {
    let mut source = told.origin().to_owned();
    let relays = told.relays();
    if !relays.is_empty() {
        source += &format!(" (through {})", relays.join(", "));
    }
    isolate(&source).into_owned()
}

/// Renders the count or the share, and the modality where it is not asserted.
pub(super) fn figure(told: &Told<'_>) -> String {
    let mut out = match (told.claim.count, told.claim.share) {
        (Some(slot), _) => {
            let about = if slot.count.approximate { "about " } else { "" };
            match (slot.count.min(), slot.count.max()) {
                (Some(min), Some(max)) if min == max => format!("{about}{min}"),
                (Some(min), Some(max)) => format!("{min} to {max}"),
                (Some(min), None) => format!("at least {min}"),
                (None, Some(max)) => format!("at most {max}"),
                (None, None) => String::new(),
            }
        }
        (None, Some(slot)) => {
            let percent = |share: f64| (share * 1000.0).round() / 10.0;
            let about = if slot.share.approximate { "about " } else { "" };
            match (percent(slot.share.min()), percent(slot.share.max())) {
                (min, max) if min == max => format!("{about}{min} %"),
                (min, 100.0) => format!("at least {min} %"),
                (min, max) => format!("{min} to {max} %"),
            }
        }
        (None, None) => String::new(),
    };
    if told.claim.modality != Modality::Asserted {
        out = format!("{out} {}", told.claim.modality.as_str()).trim_start().to_owned();
    }
    out
}

/// Quotes the evidence, cut at a word.
pub(super) fn words(told: &Told<'_>) -> String {
    let mut shown = String::new();
    for word in told.words().split_whitespace() {
        if SHOWN < shown.chars().count() + word.chars().count() {
            shown.push('…');
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    isolate(&shown).into_owned()
}
