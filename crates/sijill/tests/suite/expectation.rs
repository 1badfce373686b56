//! What a line of a `claims` block expects.

use sijill::model::{
    Claim, ClaimType, Count, Document, Field, Kind, Participant, Share, Span, UnknownType,
};
use sijill_text::fold::folded;

/// One line: a claim that must be there, or must not.
#[derive(Clone, Debug)]
pub(crate) struct Expectation {
    /// The line in its file, from 1.
    pub(crate) line: usize,
    /// The types as they are written.
    pub(crate) written: String,
    /// The line begins with `not`.
    pub(crate) negative: bool,
    /// Which types it speaks of; any will do.
    types: Vec<TypePattern>,
    /// The words of the evidence, if the line quotes them.
    pub(crate) quotation: Option<String>,
    /// The slots it states.
    pub(crate) slots: Vec<Slot>,
}

/// `kind/type`, `kind/*` or `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TypePattern {
    One(ClaimType),
    Kind(Kind),
    Any,
}

impl TypePattern {
    fn has(self, claim_type: ClaimType) -> bool {
        match self {
            Self::One(one) => one == claim_type,
            Self::Kind(kind) => kind == claim_type.kind(),
            Self::Any => true,
        }
    }

    fn parse(word: &str) -> Result<Self, String> {
        if word == "*" {
            return Ok(Self::Any);
        }
        if let Some(kind) = word.strip_suffix("/*") {
            let mut all = ClaimType::ALL.iter().map(|claim_type| claim_type.kind());
            let found = all.find(|k| k.as_str() == kind).map(Self::Kind);
            return found.ok_or_else(|| format!("unknown kind '{kind}'"));
        }
        word.parse().map(Self::One).map_err(|fault: UnknownType| fault.to_string())
    }
}

/// A slot with the value it must have.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    pub(crate) name: SlotName,
    pub(crate) value: String,
}

/// The slots a line may state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SlotName {
    Agent,
    Target,
    Place,
    Time,
    Count,
    Share,
    Attribution,
    Modality,
}

impl SlotName {
    pub(crate) const ALL: [Self; 8] = [
        Self::Agent,
        Self::Target,
        Self::Place,
        Self::Count,
        Self::Share,
        Self::Time,
        Self::Attribution,
        Self::Modality,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Target => "target",
            Self::Place => "place",
            Self::Time => "time",
            Self::Count => "count",
            Self::Share => "share",
            Self::Attribution => "attribution",
            Self::Modality => "modality",
        }
    }

    /// Returns what the claim has there, as a line would state it; `-` if nothing.
    pub(crate) fn of(self, claim: &Claim) -> String {
        let list = |items: Vec<&str>, between| match items.len() {
            0 => "-".to_owned(),
            _ => items.join(between),
        };
        let optional = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        match self {
            Self::Agent => list(claim.agent.iter().map(|p| p.id.as_str()).collect(), ","),
            Self::Target => list(claim.target.iter().map(|p| p.id.as_str()).collect(), ","),
            Self::Place => list(claim.place.iter().map(|p| p.name.as_str()).collect(), ","),
            Self::Time => optional(claim.time.map(|slot| slot.edtf.to_string())),
            Self::Count => optional(claim.count.map(|slot| render_count(slot.count))),
            Self::Share => optional(claim.share.map(|slot| render_share(slot.share))),
            Self::Attribution => {
                list(claim.attribution.iter().map(|a| a.id.as_str()).collect(), ">")
            }
            Self::Modality => claim.modality.as_str().to_owned(),
        }
    }
}

impl Slot {
    /// Tells whether the claim has the value.
    pub(crate) fn fits(&self, claim: &Claim, document: &Document) -> bool {
        let ids = |actors: &[Participant]| {
            same_set(&self.value, ",", actors.len(), |i, wanted| actors[i].id == wanted)
        };
        match self.name {
            SlotName::Agent => ids(&claim.agent),
            SlotName::Target => ids(&claim.target),
            SlotName::Place => same_set(&self.value, ",", claim.place.len(), |i, wanted| {
                let (place, wanted) = (&claim.place[i], folded(wanted));
                let words = words_of(document, claim.evidence.field, place.span);
                place.id.as_deref() == Some(wanted.as_str())
                    || [place.name.as_str(), words].iter().any(|name| folded(name) == wanted)
            }),
            SlotName::Attribution => {
                let chain = &claim.attribution;
                let wanted: Vec<&str> = items(&self.value, ">");
                wanted.len() == chain.len()
                    && wanted.iter().zip(chain).all(|(wanted, voice)| {
                        wanted
                            .split('|')
                            .any(|id| voice.id == id || voice.speaker.as_deref() == Some(id))
                    })
            }
            SlotName::Count if !self.value.starts_with('~') => {
                self.value == self.name.of(claim).trim_start_matches('~')
            }
            SlotName::Share if !self.value.starts_with('~') => {
                self.value == self.name.of(claim).trim_start_matches('~')
            }
            SlotName::Time | SlotName::Count | SlotName::Share | SlotName::Modality => {
                let value = self.name.of(claim);
                self.value.split('|').any(|wanted| wanted == value)
            }
        }
    }
}

impl Expectation {
    /// Tells whether it speaks of claims of this type.
    pub(crate) fn has_type(&self, claim_type: ClaimType) -> bool {
        self.types.iter().any(|types| types.has(claim_type))
    }

    /// Parses `[not] kind/type ["quotation"] slot=value …`; types may be `a/b|c/d`.
    pub(crate) fn parse(text: &str, line: usize) -> Result<Self, String> {
        let mut words = lex(text)?.into_iter().peekable();
        let negative = words.next_if(|word| !word.quoted && word.text == "not").is_some();
        let Some(first) = words.next() else { return Err("no kind/type".to_owned()) };
        let types = first.text.split('|').map(TypePattern::parse).collect::<Result<_, _>>()?;
        let quotation = words.next_if(|word| word.quoted).map(|word| word.text);
        let mut slots: Vec<Slot> = Vec::new();
        for word in words {
            if let Some((name, value)) = word.text.split_once('=')
                && let Some(&name) = SlotName::ALL.iter().find(|slot| slot.as_str() == name)
            {
                slots.push(Slot { name, value: value.to_owned() });
            } else if let Some(slot) = slots.last_mut() {
                // A name of two words need not be quoted.
                slot.value.push(' ');
                slot.value.push_str(&word.text);
            } else {
                return Err(format!("'{}' is no slot=value", word.text));
            }
        }
        Ok(Self { line, written: first.text, negative, types, quotation, slots })
    }
}

struct Word {
    text: String,
    quoted: bool,
}

/// Splits at spaces that stand outside of `"…"`.
fn lex(text: &str) -> Result<Vec<Word>, String> {
    let mut words: Vec<Word> = Vec::new();
    let (mut inside, mut begun) = (false, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '"' {
            if !begun {
                words.push(Word { text: String::new(), quoted: true });
            }
            (inside, begun) = (!inside, true);
        } else if c.is_whitespace() && !inside {
            begun = false;
        } else {
            if !begun {
                words.push(Word { text: String::new(), quoted: false });
                begun = true;
            }
            let c = if c == '\\' { chars.next().unwrap_or(c) } else { c };
            words.last_mut().expect("a word has begun").text.push(c);
        }
    }
    if inside { Err("a quotation is never closed".to_owned()) } else { Ok(words) }
}

/// Returns the words of a span in a part of the document.
pub(crate) fn words_of(document: &Document, field: Field, span: Span) -> &str {
    match field {
        Field::Title => span.of(document.title.as_deref().unwrap_or_default()),
        Field::Text => span.of(&document.text),
    }
}

fn items<'a>(value: &'a str, between: &str) -> Vec<&'a str> {
    if value == "-" { Vec::new() } else { value.split(between).map(str::trim).collect() }
}

/// Tells whether each item of `value` (`a|b` takes either) is one of `len`, and none is left over.
fn same_set(value: &str, between: &str, len: usize, is: impl Fn(usize, &str) -> bool) -> bool {
    let wanted = items(value, between);
    let found = |item: &&str| (0..len).any(|i| item.split('|').any(|id| is(i, id)));
    let asked = |i: usize| wanted.iter().any(|item| item.split('|').any(|id| is(i, id)));
    wanted.iter().all(found) && (0..len).all(asked)
}

fn render_count(count: Count) -> String {
    let about = if count.approximate { "~" } else { "" };
    match (count.min(), count.max()) {
        (Some(min), Some(max)) if min == max => format!("{about}{min}"),
        (min, max) => {
            let bound = |bound: Option<u64>| bound.map(|n| n.to_string()).unwrap_or_default();
            format!("{about}{}..{}", bound(min), bound(max))
        }
    }
}

fn render_share(share: Share) -> String {
    let about = if share.approximate { "~" } else { "" };
    let round = |x: f64| (x * 1000.0).round() / 1000.0;
    let (min, max) = (round(share.min()), round(share.max()));
    if min == max { format!("{about}{min}") } else { format!("{about}{min}..{max}") }
}
