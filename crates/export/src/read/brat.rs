//! brat standoff, also as INCEpTION writes it: what an annotator corrected, as claims.

use super::identity::identify;
use crate::{Register, Report};
use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Document, Evidence, Field, Modality,
    Participant, PlaceSlot, Precision, Share, ShareSlot, Span, TimeSlot,
};
use sijill_text::OffsetIndex;
use std::collections::BTreeMap;

use super::ReadError;

/// Reads a text with its annotations.
///
/// Every claim has the rule `import.brat/1` and an id of its own, also one that the annotator left
/// as it was: it is somebody else's reading now.
pub fn brat(
    id: &str,
    text: &str,
    annotations: &str,
    register: &dyn Register,
) -> (Report, Vec<ReadError>) {
    let document = Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
    let mut page = Page::new(text, register);
    let mut errors = Vec::new();
    for (line, annotation) in (1..).zip(annotations.lines()) {
        if let Err(message) = page.take(annotation) {
            errors.push(ReadError { line, message });
        }
    }
    let mut claims = Vec::new();
    for (line, event) in page.events.clone() {
        match page.claim(&document, &event) {
            Ok(claim) => claims.push(claim),
            Err(message) => errors.push(ReadError { line, message }),
        }
    }
    (Report { document, claims, ..Report::default() }, errors)
}

/// A span with its label.
#[derive(Clone, Debug)]
struct Mark {
    label: String,
    span: Span,
}

/// An event with its arguments, in order.
#[derive(Clone, Debug)]
struct Event {
    id: String,
    label: String,
    trigger: String,
    arguments: Vec<(String, String)>,
}

/// What was read of a file of annotations.
struct Page<'a> {
    text: &'a str,
    index: OffsetIndex<'a>,
    register: &'a dyn Register,
    marks: BTreeMap<String, Mark>,
    events: Vec<(usize, Event)>,
    modality: BTreeMap<String, Modality>,
    notes: BTreeMap<String, String>,
    lines: usize,
}

impl<'a> Page<'a> {
    fn new(text: &'a str, register: &'a dyn Register) -> Self {
        Self {
            text,
            index: OffsetIndex::new(text),
            register,
            marks: BTreeMap::new(),
            events: Vec::new(),
            modality: BTreeMap::new(),
            notes: BTreeMap::new(),
            lines: 0,
        }
    }

    fn take(&mut self, annotation: &str) -> Result<(), String> {
        self.lines += 1;
        let Some((id, rest)) = annotation.split_once('\t') else {
            return if annotation.trim().is_empty() { Ok(()) } else { Err("no tab".to_owned()) };
        };
        match id.chars().next() {
            Some('T') => {
                let mark = self.mark(rest)?;
                self.marks.insert(id.to_owned(), mark);
            }
            Some('E') => {
                let event = event(id, rest)?;
                self.events.push((self.lines, event));
            }
            Some('A' | 'M') => {
                let mut words = rest.split(' ');
                if let (Some("Modality"), Some(of), Some(value)) =
                    (words.next(), words.next(), words.next())
                {
                    let modality = Modality::parse(value);
                    let modality = modality.ok_or_else(|| format!("'{value}' is no modality"))?;
                    self.modality.insert(of.to_owned(), modality);
                }
            }
            Some('#') => {
                let (of, note) = rest.split_once('\t').unwrap_or((rest, ""));
                let of = of.rsplit(' ').next().unwrap_or_default();
                self.notes.insert(of.to_owned(), note.to_owned());
            }
            // Relations, normalisations and equivalences say nothing that a claim holds.
            _ => {}
        }
        Ok(())
    }

    /// Reads `Actor 3 9` or `Actor 3 9;10 14`; the words behind it must be those of the text.
    fn mark(&self, rest: &str) -> Result<Mark, String> {
        let (head, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let (label, spans) = head.split_once(' ').ok_or("a span needs a label and offsets")?;
        let mut offsets = spans.split([' ', ';']).map(str::parse::<u32>);
        let (Some(Ok(start)), Some(Ok(end))) = (offsets.next(), offsets.next_back()) else {
            return Err(format!("'{spans}' are no offsets"));
        };
        let byte = |point| self.index.byte_of_code_point(point);
        let (Some(first), Some(last)) = (byte(start), byte(end)) else {
            return Err(format!("{start} to {end} lies outside of the text"));
        };
        let span = Span::new(first.min(last), last);
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && plain(span.of(self.text)) != plain(words) {
            return Err(format!("'{words}' does not stand at {start}"));
        }
        Ok(Mark { label: label.to_owned(), span })
    }

    fn claim(&self, document: &Document, event: &Event) -> Result<Claim, String> {
        let trigger = self.found(&event.trigger)?;
        let label = event.label.replacen('-', "/", 1);
        let claim_type: ClaimType = label.parse().map_err(|error| format!("{error}"))?;
        let mut claim = Claim {
            id: String::new(),
            document: document.id.clone(),
            sentence: 0,
            claim_type,
            evidence: Evidence { span: trigger.span, field: Field::Text },
            agent: Vec::new(),
            target: Vec::new(),
            place: Vec::new(),
            time: None,
            count: None,
            share: None,
            attribution: Vec::new(),
            modality: self.modality.get(&event.id).copied().unwrap_or_default(),
            confidence: 1.0,
            rule: "import.brat/1".to_owned(),
        };
        for (role, id) in &event.arguments {
            let span = self.found(id)?.span;
            let note = self.notes.get(id).map(String::as_str);
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Agent" => claim.agent.push(self.participant(span, note)),
                "Target" => claim.target.push(self.participant(span, note)),
                "Place" => claim.place.push(self.place(span, note)),
                "Source" => claim.attribution.push(self.voice(span, note)),
                "Time" => {
                    let edtf = note.unwrap_or_default().parse();
                    let edtf =
                        edtf.map_err(|error| format!("{id}: {error}; write it as its note"))?;
                    claim.time = Some(TimeSlot { edtf, span });
                }
                "Count" => {
                    let (note, approximate) = about(note.unwrap_or_default());
                    let (min, max) = bounds(note);
                    let count = Count::between(min, max, approximate);
                    claim.count = count.map(|count| CountSlot { count, span });
                }
                "Share" => {
                    let (note, approximate) = about(note.unwrap_or_default());
                    let (min, max) = bounds(note);
                    let share = min.zip(max);
                    let share = share.and_then(|(min, max)| Share::between(min, max, approximate));
                    claim.share = share.map(|share| ShareSlot { share, span });
                }
                other => return Err(format!("unknown role '{other}'")),
            }
        }
        claim.id = identify(&claim);
        Ok(claim)
    }

    fn found(&self, id: &str) -> Result<&Mark, String> {
        let mark = self.marks.get(id).ok_or_else(|| format!("'{id}' is not in the file"))?;
        debug_assert!(!mark.label.is_empty(), "a mark has a label");
        Ok(mark)
    }

    fn participant(&self, span: Span, note: Option<&str>) -> Participant {
        let words = span.of(self.text);
        let party = note.and_then(|id| self.register.party(id));
        let unlisted = || format!("unlisted:{}", sijill_text::fold::folded(words));
        Participant {
            id: note.map_or_else(unlisted, str::to_owned),
            actor_type: party.as_ref().map_or("unlisted", |party| &party.kind).to_owned(),
            name: party.as_ref().map_or(words, |party| &party.name).to_owned(),
            name_en: party.and_then(|party| party.name_en),
            span,
        }
    }

    fn place(&self, span: Span, note: Option<&str>) -> PlaceSlot {
        let words = span.of(self.text);
        let place = note.and_then(|id| self.register.place(id));
        PlaceSlot {
            id: note.map(str::to_owned),
            name: place.as_ref().map_or(words, |place| &place.name).to_owned(),
            name_en: place.as_ref().and_then(|place| place.name_en.as_deref().map(str::to_owned)),
            point: place.as_ref().map(|place| (place.lat, place.lon)),
            precision: place.map_or(Precision::Area, |place| place.kind.precision()),
            span,
        }
    }

    fn voice(&self, span: Span, note: Option<&str>) -> Attribution {
        let words = span.of(self.text);
        let party = note.and_then(|id| self.register.party(id));
        let unlisted = || format!("unlisted:{}", sijill_text::fold::folded(words));
        Attribution {
            id: note.map_or_else(unlisted, str::to_owned),
            name: party.map_or_else(|| words.to_owned(), |party| party.name),
            speaker: None,
            verb: None,
            span,
        }
    }
}

/// Reads `event-shelling:T1 Agent:T2 …`.
fn event(id: &str, rest: &str) -> Result<Event, String> {
    let mut parts = rest.split_whitespace().map(|part| part.split_once(':'));
    let Some(Some((label, trigger))) = parts.next() else {
        return Err("an event needs a type and a trigger".to_owned());
    };
    let arguments = parts.map(|part| {
        let (role, mark) = part.ok_or("an argument is written as Role:T1")?;
        Ok((role.to_owned(), mark.to_owned()))
    });
    Ok(Event {
        id: id.to_owned(),
        label: label.to_owned(),
        trigger: trigger.to_owned(),
        arguments: arguments.collect::<Result<_, String>>()?,
    })
}

/// Takes the mark of "about" off.
fn about(note: &str) -> (&str, bool) {
    note.strip_prefix('~').map_or((note, false), |rest| (rest, true))
}

/// Reads `20..99`, `80..`, `..5` or `12`.
fn bounds<T: std::str::FromStr + Copy>(note: &str) -> (Option<T>, Option<T>) {
    match note.split_once("..") {
        Some((min, max)) => (min.parse().ok(), max.parse().ok()),
        None => {
            let number = note.parse().ok();
            (number, number)
        }
    }
}
