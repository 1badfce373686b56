//! What must not be published, masked so that no offset changes.

use sijill_model::{Claim, Document, Field, Mention, Participant, Precision, Span};

/// Why something is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A person without a public role or command: a victim, a witness, a child, a source.
    PrivatePerson,
    /// The name of a hospital, shelter, camp or home.
    ProtectedPlace,
    /// Where a hospital, shelter, camp or home is spoken of: the words stay, its coordinates go.
    Coordinates,
}

impl Reason {
    /// Every reason there is.
    pub const ALL: [Self; 3] = [Self::PrivatePerson, Self::ProtectedPlace, Self::Coordinates];

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrivatePerson => "private-person",
            Self::ProtectedPlace => "protected-place",
            Self::Coordinates => "coordinates",
        }
    }

    /// Finds a reason by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// A masked span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// In which part of the document.
    pub field: Field,
    /// Where; the mask is as long as what it hides, in bytes and in characters.
    pub span: Span,
    /// Why.
    pub reason: Reason,
}

/// How much was withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Names and other words of private persons.
    pub private_persons: u64,
    /// Names of protected places.
    pub protected_places: u64,
    /// Coordinates of protected places.
    pub coordinates: u64,
    /// Addresses and file names that hold a name which is withheld.
    pub addresses: u64,
}

impl Tally {
    /// Adds what another report withholds.
    pub fn add(&mut self, other: Self) {
        self.private_persons += other.private_persons;
        self.protected_places += other.protected_places;
        self.coordinates += other.coordinates;
        self.addresses += other.addresses;
    }

    /// Tells whether nothing was withheld.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// What stands for the id and name of what is withheld.
const WITHHELD: &str = "withheld";

/// Masks spans of a document, and takes what stands there out of its claims and mentions.
///
/// A mask has the length of what it hides in bytes, code points and UTF-16 units, so every
/// offset stays what it was, and the evidence is still that very slice of the text.
pub fn withhold(
    document: &mut Document,
    claims: &mut [Claim],
    mentions: &mut Vec<Mention>,
    spans: &[Withheld],
) -> Tally {
    let mut tally = Tally::default();
    let (masks, sites): (Vec<Withheld>, Vec<Withheld>) =
        spans.iter().partition(|withheld| withheld.reason != Reason::Coordinates);
    let names: Vec<String> =
        masks.iter().map(|mask| folded(words(document, mask.field, mask.span))).collect();
    for mask in &masks {
        match mask.reason {
            Reason::PrivatePerson => tally.private_persons += 1,
            Reason::ProtectedPlace | Reason::Coordinates => tally.protected_places += 1,
        }
    }
    mask(document, &masks);
    let hidden = Hidden { masks: &masks, sites: &sites, names: &names };
    for claim in claims.iter_mut() {
        hidden.clear(claim, document, &mut tally);
    }
    let is_open =
        |field, span: Span| !spans.iter().any(|w| w.field == field && w.span.overlaps(span));
    mentions.retain(|mention| is_open(mention.field, mention.span));
    tally.addresses += withhold_addresses(document, claims, &names);
    tally
}

/// Returns the words of a span.
fn words(document: &Document, field: Field, span: Span) -> &str {
    let text = match field {
        Field::Title => document.title.as_deref().unwrap_or_default(),
        Field::Text => &document.text,
    };
    text.get(span.start as usize..span.end as usize).unwrap_or_default()
}

fn mask(document: &mut Document, spans: &[Withheld]) {
    let of_field = |field, text: &mut String| {
        let spans = spans.iter().filter(|w| w.field == field);
        *text = masked(text, spans.map(|w| w.span));
    };
    of_field(Field::Text, &mut document.text);
    if let Some(title) = &mut document.title {
        of_field(Field::Title, title);
    }
}

/// Takes out an address or file name that spells what is masked.
fn withhold_addresses(document: &mut Document, claims: &mut [Claim], hidden: &[String]) -> u64 {
    let spells = |address: &str| holds_name(&percent_decoded(address), hidden);
    let mut count = 0;
    if document.url.as_deref().is_some_and(spells) {
        document.url = None;
        count += 1;
    }
    if spells(&document.id) {
        count += 1;
        document.id = format!("{WITHHELD}:{:016x}", fingerprint(&document.id));
        for claim in claims {
            claim.document.clone_from(&document.id);
        }
    }
    count
}

/// What is hidden in a report.
struct Hidden<'a> {
    masks: &'a [Withheld],
    sites: &'a [Withheld],
    names: &'a [String],
}

impl Hidden<'_> {
    /// Takes names, ids and coordinates of what is hidden out of a claim.
    fn clear(&self, claim: &mut Claim, document: &Document, tally: &mut Tally) {
        let field = claim.evidence.field;
        let reason = |among: &[Withheld], span: Span| {
            among.iter().find(|w| w.field == field && w.span.overlaps(span)).map(|w| w.reason)
        };
        let clear = |participant: &mut Participant| {
            if let Some(reason) = reason(self.masks, participant.span) {
                participant.id = format!("{WITHHELD}:{}", reason.as_str());
                WITHHELD.clone_into(&mut participant.name);
                participant.name_en = None;
            }
        };
        claim.agent.iter_mut().chain(&mut claim.target).for_each(clear);
        for voice in &mut claim.attribution {
            // The verb is a copy of the text, and may hold more than the verb.
            voice.verb = voice.verb.take().filter(|verb| !holds_name(verb, self.names));
            if let Some(reason) = reason(self.masks, voice.span) {
                voice.id = format!("{WITHHELD}:{}", reason.as_str());
                WITHHELD.clone_into(&mut voice.name);
                voice.speaker = None;
            }
        }
        for place in &mut claim.place {
            let is_site = place.precision <= Precision::Neighbourhood;
            if reason(self.masks, place.span).is_some()
                || is_site && reason(self.sites, place.span).is_some()
            {
                tally.coordinates += u64::from(place.point.take().is_some());
                place.id = None;
                words(document, field, place.span).clone_into(&mut place.name);
                place.name_en = None;
                place.precision = Precision::Site;
            }
        }
    }
}

/// Tells whether a text holds a word of a hidden name.
fn holds_name(text: &str, hidden: &[String]) -> bool {
    let text = folded(text);
    let words = hidden.iter().flat_map(|name| name.split(' '));
    words.filter(|word| 2 < word.chars().count()).any(|word| text.contains(word))
}

/// Replaces every character of the spans by one of the same length in UTF-8 and UTF-16.
fn masked(text: &str, spans: impl Iterator<Item = Span>) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(before), Some(hidden)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        masked.push_str(before);
        masked.extend(hidden.chars().map(|c| ['*', '×', '█', '🞬'][c.len_utf8() - 1]));
        at = end;
    }
    masked.push_str(&text[at..]);
    masked
}

fn folded(text: &str) -> String {
    let folded = sijill_text::fold::folded(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads `%D8%A7` as the letters it stands for.
fn percent_decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let (mut decoded, mut i) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(i) {
        let digits = (byte == b'%').then(|| address.get(i + 1..i + 3)).flatten();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                i += 3;
            }
            None => {
                decoded.push(byte);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// Digests a name with FNV-1a, so that records of one document stay together.
fn fingerprint(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_keeps_every_offset() {
        let text = "a\u{627}b\u{20ac}\u{1f600}c";
        let masked = masked(text, [Span { start: 1, end: 11 }].into_iter());
        assert_eq!(masked, "a×*█🞬c");
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.encode_utf16().count(), text.encode_utf16().count());
    }

    #[test]
    fn an_address_is_read_as_its_reader_sees_it() {
        assert_eq!(percent_decoded("a%D8%A7%zz%"), "a\u{627}%zz%");
    }
}
