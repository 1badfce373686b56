//! W3C Web Annotation with PROV-O: one graph a line of evidence, and of who said what.

use super::{Exporter, Gathered, WriteError};
use crate::claim::{origin, place};
use crate::report::Indexes;
use crate::{Options, Register, Report};
use serde_json::{Value, json};
use sijill_model::{Claim, Field, Span};

/// How many characters of context a quotation has on either side.
const CONTEXT: usize = 32;

/// What the names of the graph mean: those of the W3C's `anno.jsonld` that are used here, spelled
/// out so that no reader needs the network, and those of PROV-O.
const CONTEXTS: &str = include_str!("context.json");

/// Writes annotations and their provenance.
pub(crate) struct JsonLd<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
    pub(crate) begun: bool,
}

impl Exporter for JsonLd<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let context = CONTEXTS.trim_end();
        out.extend_from_slice(format!("{{\"@context\": {context},\n\"@graph\":[").as_bytes());
        let Options { figures, profile, program, knowledge } = self.options;
        let agent = json!({
            "id": "urn:sijill:program",
            "type": ["prov:SoftwareAgent", "prov:Agent"],
            "schema:name": program,
            "sijill:knowledge": knowledge,
        });
        let export = json!({
            "id": "urn:sijill:export",
            "type": "prov:Activity",
            "wasAssociatedWith": "urn:sijill:program",
            "sijill:figures": figures.to_string(),
            "sijill:profile": profile.name(),
        });
        self.node(out, &agent);
        self.node(out, &export);
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let source = format!("urn:sijill:document:{}", escaped(&report.document.id));
        self.node(out, &document(report, &source));
        let run = format!("{source}#reading");
        let reading = json!({
            "id": run,
            "type": "prov:Activity",
            "used": source,
            "wasAssociatedWith": "urn:sijill:program",
        });
        self.node(out, &reading);
        let indexes = Indexes::new(report);
        for claim in &report.claims {
            let node = self.claim(report, claim, &source, &run);
            self.node(out, &node);
            self.node(out, &annotation(report, claim, &source, &indexes));
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, out: &mut Vec<u8>) -> Result<(), WriteError> {
        out.extend_from_slice(b"\n]}\n");
        Ok(())
    }
}

impl JsonLd<'_> {
    fn node(&mut self, out: &mut Vec<u8>, node: &Value) {
        out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
        self.begun = true;
        out.extend_from_slice(node.to_string().as_bytes());
    }

    /// A claim, as PROV's entity: read by a run, quoted from a document, attributed to its origin.
    fn claim(&self, report: &Report, claim: &Claim, source: &str, run: &str) -> Value {
        let outlet = report.document.outlet.as_deref();
        let voice = |id: &str| format!("urn:sijill:voice:{}", escaped(id));
        let mut chain =
            vec![json!({"voice": voice(outlet.unwrap_or("unknown")), "role": "outlet"})];
        for said in &claim.attribution {
            let kind = self.register.party(&said.id).map(|party| party.kind).unwrap_or_default();
            let role = match kind.as_str() {
                "agency" => "agency",
                "class" => "unnamed",
                _ if said.speaker.is_some() => "spokesperson",
                _ => "source",
            };
            let mut link = json!({"voice": voice(&said.id), "role": role});
            if let Some(verb) = &said.verb {
                link["verb"] = verb.as_str().into();
            }
            chain.push(link);
        }
        let mut node = json!({
            "id": format!("urn:sijill:claim:{}", claim.id),
            "type": ["prov:Entity", "schema:Claim"],
            "wasGeneratedBy": run,
            "wasQuotedFrom": source,
            "wasAttributedTo": voice(origin(claim, outlet)),
            "chain": chain,
            "sijill:type": claim.claim_type.to_string(),
            "sijill:modality": claim.modality.as_str(),
            "sijill:confidence": (claim.confidence * 100.0).round() / 100.0,
            "sijill:rule": claim.rule,
        });
        let ids = |ids: Vec<&str>| -> Value { ids.into() };
        if !claim.agent.is_empty() {
            node["sijill:agent"] = ids(claim.agent.iter().map(|a| a.id.as_str()).collect());
        }
        if !claim.target.is_empty() {
            node["sijill:target"] = ids(claim.target.iter().map(|t| t.id.as_str()).collect());
        }
        if let Some(place) = place(claim) {
            node["sijill:place"] = place.id.as_deref().unwrap_or(&place.name).into();
        }
        if let Some(time) = claim.time {
            node["sijill:time"] = time.edtf.to_string().into();
        }
        if let Some(slot) = claim.count {
            node["sijill:countMin"] = slot.count.min().into();
            node["sijill:countMax"] = slot.count.max().into();
        }
        node
    }
}

fn document(report: &Report, source: &str) -> Value {
    use sha1::{Digest, Sha1};
    let document = &report.document;
    let mut node = json!({"id": source, "type": ["prov:Entity", "schema:NewsArticle"]});
    let mut told = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            node[name] = value.into();
        }
    };
    told("schema:headline", document.title.clone());
    told("schema:datePublished", document.published.map(|day| day.to_string()));
    told("schema:publisher", document.outlet.clone());
    told("schema:url", document.url.clone());
    let digest = Sha1::digest(document.text.as_bytes());
    told("sha1", Some(digest.iter().map(|byte| format!("{byte:02x}")).collect()));
    if !report.withheld.is_empty() {
        node["sijill:withheld"] = report.withheld.len().into();
    }
    node
}

/// The words that assert a claim, by position and by quotation.
fn annotation(report: &Report, claim: &Claim, source: &str, indexes: &Indexes<'_>) -> Value {
    let (field, span) = (claim.evidence.field, claim.evidence.span);
    let (start, end) = indexes.code_points(field, span);
    let (prefix, suffix) = around(report.text(field), span);
    let source = if field == Field::Title { format!("{source}#title") } else { source.to_owned() };
    let mut target = json!({
        "source": source,
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "DataPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": report.words(field, span),
                "prefix": prefix,
                "suffix": suffix,
            },
        ],
    });
    if let Some(day) = report.document.published {
        let day = sijill_model::EdtfDate::Day(day);
        target["state"] = json!({"type": "TimeState", "sourceDate": format!("{day}T00:00:00Z")});
    }
    json!({
        "id": format!("urn:sijill:evidence:{}", claim.id),
        "type": "Annotation",
        "motivation": "identifying",
        "body": format!("urn:sijill:claim:{}", claim.id),
        "target": target,
    })
}

/// The text before and behind a span.
fn around(text: &str, span: Span) -> (&str, &str) {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let behind = text.get(span.end as usize..).unwrap_or_default();
    let first = before.char_indices().rev().take(CONTEXT).last().map_or(before.len(), |(at, _)| at);
    let last = behind.char_indices().nth(CONTEXT).map_or(behind.len(), |(at, _)| at);
    (&before[first..], &behind[..last])
}

/// Writes what may not stand in an IRI as RFC 3986 has it.
fn escaped(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b':' | b'/' => {
                escaped.push(char::from(byte));
            }
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
