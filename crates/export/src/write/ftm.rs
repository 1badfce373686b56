//! FollowTheMoney: entities as JSON lines, or statements as CSV, one dataset an outlet.

use super::csv::rows;
use super::{Exporter, Gathered, WriteError, line};
use crate::claim::{chain, chain_names, days, english, place};
use crate::gathered::headline;
use crate::{Options, Register, Report};
use serde_json::{Map, Value, json};
use sha1::{Digest, Sha1};
use sijill_model::{Claim, Kind, Participant};
use std::collections::BTreeSet;

/// The columns of a file of statements, as `ftm` writes and reads them.
const STATEMENTS: [&str; 13] = [
    "id",
    "entity_id",
    "canonical_id",
    "prop",
    "prop_type",
    "schema",
    "value",
    "dataset",
    "lang",
    "original_value",
    "external",
    "first_seen",
    "origin",
];

/// Writes entities or statements.
pub(crate) struct Ftm<'a> {
    pub(crate) options: &'a Options,
    pub(crate) register: &'a dyn Register,
    pub(crate) as_statements: bool,
    /// Entities that were written: a party is told of in many reports.
    pub(crate) written: BTreeSet<String>,
}

/// An entity with its properties, each a list of values.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Vec<(&'static str, &'static str, Vec<String>)>,
}

impl Entity {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: Vec::new() }
    }

    /// Adds the values that there are to a property of a type.
    fn add<V: Into<String>>(
        &mut self,
        name: &'static str,
        sort: &'static str,
        values: impl IntoIterator<Item = V>,
    ) {
        let mut values: Vec<String> =
            values.into_iter().map(Into::into).filter(|value| !value.trim().is_empty()).collect();
        values.dedup();
        if !values.is_empty() {
            self.properties.push((name, sort, values));
        }
    }

    fn to_json(&self, dataset: &str) -> Value {
        let properties: Map<String, Value> = self
            .properties
            .iter()
            .map(|(name, _, values)| ((*name).to_owned(), values.clone().into()))
            .collect();
        json!({
            "id": self.id,
            "schema": self.schema,
            "properties": properties,
            "datasets": [dataset],
        })
    }
}

impl Exporter for Ftm<'_> {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<(), WriteError> {
        if self.as_statements {
            rows(out, [STATEMENTS.map(str::to_owned).to_vec()])?;
        }
        Ok(())
    }

    fn report(&mut self, report: &Report, out: &mut Vec<u8>) -> Result<(), WriteError> {
        let dataset = dataset(report);
        let article = format!("doc-{}", digest(&[&report.document.id]));
        self.write(out, &self.article(report, &article), &dataset, "")?;
        for claim in &report.claims {
            let outlet = report.document.outlet.as_deref();
            let origin = chain(claim, outlet).join("<");
            for participant in claim.agent.iter().chain(&claim.target) {
                let party = self.party(participant);
                self.write(out, &party, &dataset, &origin)?;
            }
            if let Some(address) = self.address(claim) {
                self.write(out, &address, &dataset, &origin)?;
            }
            if let Some(event) = self.event(report, claim, &article) {
                self.write(out, &event, &dataset, &origin)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _gathered: &Gathered, _out: &mut Vec<u8>) -> Result<(), WriteError> {
        Ok(())
    }
}

impl Ftm<'_> {
    /// Writes an entity once for each dataset that tells of it.
    fn write(
        &mut self,
        out: &mut Vec<u8>,
        entity: &Entity,
        dataset: &str,
        origin: &str,
    ) -> Result<(), WriteError> {
        if !self.written.insert(format!("{dataset}\n{}", entity.id)) {
            return Ok(());
        }
        if !self.as_statements {
            line(out, &entity.to_json(dataset));
            return Ok(());
        }
        let statement = |name: &str, sort: &str, value: &str| {
            let id = digest(&[dataset, &entity.id, name, value]);
            let arabic = value.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
            let original = if arabic { value } else { "" };
            [
                id.as_str(),
                &entity.id,
                &entity.id,
                name,
                sort,
                entity.schema,
                value,
                dataset,
                if arabic { "ara" } else { "" },
                original,
                "f",
                "",
                origin,
            ]
            .map(str::to_owned)
            .to_vec()
        };
        let properties = entity.properties.iter().flat_map(|(name, sort, values)| {
            values.iter().map(|value| statement(name, sort, value)).collect::<Vec<_>>()
        });
        // The statement by which a reader knows that the entity is there.
        let checksum = digest(&[&entity.id, entity.schema]);
        rows(out, properties.chain([statement("id", "checksum", &checksum)]))
    }

    fn article(&self, report: &Report, id: &str) -> Entity {
        let document = &report.document;
        let mut article = Entity::new(id.to_owned(), "Article");
        article.add("fileName", "string", [document.id.as_str()]);
        article.add("title", "string", [headline(report)]);
        article.add("language", "language", ["ara"]);
        article.add("publishedAt", "date", document.published.map(|day| day.to_string()));
        let publisher = document.outlet.as_deref().map(|id| self.name(id));
        article.add("publisher", "string", publisher);
        article.add("sourceUrl", "url", document.url.clone());
        article.add("bodyText", "text", [document.text.as_str()]);
        if report.withheld.is_empty() {
            article.add("contentHash", "checksum", [hex(&Sha1::digest(document.text.as_bytes()))]);
        } else {
            article.add(
                "notes",
                "text",
                [format!("{} passages are withheld", report.withheld.len())],
            );
        }
        article
    }

    fn party(&self, participant: &Participant) -> Entity {
        let schema = match participant.actor_type.as_str() {
            "person" => "Person",
            "state" | "government" | "state-forces" => "PublicBody",
            "armed-group" | "coalition" | "source" => "Organization",
            _ => "LegalEntity",
        };
        let mut party = Entity::new(format!("act-{}", digest(&[&participant.id])), schema);
        let known = self.register.party(&participant.id).unwrap_or_default();
        party.add("name", "name", [english(participant)]);
        if participant.name_en.is_some() {
            party.add("alias", "name", [participant.name.as_str()]);
        }
        if matches!(participant.actor_type.as_str(), "state-forces" | "armed-group" | "coalition") {
            party.add("topics", "topic", ["mil"]);
        }
        party.add("country", "country", known.country.map(|code| code.to_ascii_lowercase()));
        party
    }

    fn address(&self, claim: &Claim) -> Option<Entity> {
        let place = place(claim)?;
        let around = place.id.as_deref().map(|id| self.register.around(id)).unwrap_or_default();
        let country = around.iter().find_map(|unit| unit.country.as_deref());
        let name = place.name_en.clone().unwrap_or_else(|| place.name.clone());
        let mut address = Entity::new(address_id(claim)?, "Address");
        address.add("full", "address", [name.as_str()]);
        address.add("remarks", "string", [format!("precision: {}", place.precision.as_str())]);
        if let Some((lat, lon)) = place.point {
            let degree = |value: f64| crate::claim::degrees(value, place.precision).to_string();
            address.add("latitude", "number", [degree(lat)]);
            address.add("longitude", "number", [degree(lon)]);
        }
        address.add("country", "country", country.map(str::to_ascii_lowercase));
        Some(address)
    }

    /// A claim of something that happens; others have no schema.
    fn event(&self, report: &Report, claim: &Claim, article: &str) -> Option<Entity> {
        let kind = claim.claim_type.kind();
        if !matches!(
            kind,
            Kind::Event | Kind::Control | Kind::Toll | Kind::Damage | Kind::Agreement
        ) {
            return None;
        }
        let outlet = report.document.outlet.as_deref();
        let where_to = place(claim).map(|place| place.name_en.as_deref().unwrap_or(&place.name));
        let mut event = Entity::new(format!("evt-{}", digest(&[&claim.id])), "Event");
        let named = where_to.map(|place| format!(" in {place}")).unwrap_or_default();
        event.add("name", "name", [format!("{}{named}", claim.claim_type)]);
        if let Some(time) = claim.time {
            let (first, last) = days(time.edtf);
            if first == last {
                event.add("date", "date", first);
            } else {
                event.add("startDate", "date", first);
                event.add("endDate", "date", last);
            }
        }
        event.add("location", "string", where_to);
        event.add("addressEntity", "entity", address_id(claim));
        let involved = claim.agent.iter().chain(&claim.target);
        event.add("involved", "entity", involved.map(|p| format!("act-{}", digest(&[&p.id]))));
        event.add("proof", "entity", [article]);
        event.add("publisher", "string", outlet.map(|id| self.name(id)));
        event.add("sourceUrl", "url", report.document.url.clone());
        let words = report.words(claim.evidence.field, claim.evidence.span);
        let chain = chain_names(claim, outlet, self.register).join(" < ");
        let mut summary =
            format!("{} ({}): «{words}» — {chain}", claim.claim_type, claim.modality.as_str());
        if let Some(slot) = claim.count {
            let bound =
                |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_else(|| "?".to_owned());
            summary.push_str(&format!(
                "; count {}–{}",
                bound(slot.count.min()),
                bound(slot.count.max())
            ));
        }
        event.add("summary", "text", [summary]);
        event.add("notes", "text", [self.options.remark()]);
        Some(event)
    }

    fn name(&self, id: &str) -> String {
        let party = self.register.party(id);
        party.and_then(|party| party.name_en.or(Some(party.name))).unwrap_or_else(|| id.to_owned())
    }
}

fn address_id(claim: &Claim) -> Option<String> {
    let place = place(claim)?;
    let id = place.id.as_deref().unwrap_or(&place.name);
    Some(format!("adr-{}", digest(&[id, place.precision.as_str()])))
}

/// The outlet, as the name of a dataset may be spelled.
fn dataset(report: &Report) -> String {
    let outlet = report.document.outlet.as_deref().unwrap_or("unknown_outlet").to_ascii_lowercase();
    let name: String =
        outlet.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    name.split('_').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// Digests words into a name of 40 hexadecimal digits.
fn digest(parts: &[&str]) -> String {
    let mut digest = Sha1::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
