//! What a case holds, counted.

use crate::{Case, Error, Summary};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What a case holds, counted in one pass.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Items, documents, claims and the log.
    pub summary: Summary,
    /// Documents by outlet, most first.
    pub outlets: Vec<Counted>,
    /// Claims by kind and type, most first.
    pub types: Vec<Counted>,
    /// Claims by modality, most first.
    pub modalities: Vec<Counted>,
    /// Documents by day of publication, in order.
    pub days: Vec<Counted>,
    /// Claims by the month they begin in, in order.
    pub months: Vec<Counted>,
    /// The places that most claims tell of.
    pub places: Vec<Counted>,
    /// The parties that most claims tell of.
    pub actors: Vec<Counted>,
    /// Everybody whom content is attributed to, and every outlet.
    pub voices: Vec<Voice>,
}

/// Something with how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its id or name.
    pub key: String,
    /// How often.
    pub count: u64,
}

/// A voice or an outlet, and what it did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// The id.
    pub id: String,
    /// The name as it is displayed; empty for an outlet that no claim is attributed to.
    pub name: String,
    /// Documents it printed.
    pub printed: u64,
    /// Claims it is the last known voice of.
    pub originated: u64,
    /// Claims it passed on: in the chain, or as the outlet, of what another originated.
    pub relayed: u64,
    /// Whose claims it passed on, most first.
    pub relays: Vec<Counted>,
}

/// How many places and parties are named.
const MOST: usize = 20;

impl Case {
    /// Counts what the case holds.
    pub fn overview(&self) -> Result<Overview, Error> {
        let current = "document d WHERE d.superseded_by IS NULL";
        let claims = "claim c JOIN document d ON d.reading = c.reading \
                      WHERE d.superseded_by IS NULL";
        let slots = |roles: &str| {
            format!(
                "SELECT n.id, count(DISTINCT s.claim) FROM slot s JOIN name n ON n.no = s.name \
                 WHERE s.role IN ({roles}) AND n.id IS NOT NULL \
                 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}"
            )
        };
        Ok(Overview {
            summary: self.summary()?,
            outlets: self.counted(&format!(
                "SELECT coalesce(d.outlet, ''), count(*) FROM {current} \
                 GROUP BY 1 ORDER BY 2 DESC, 1"
            ))?,
            types: self.counted(&format!(
                "SELECT c.kind || '/' || c.type, count(*) FROM {claims} \
                 GROUP BY 1 ORDER BY 2 DESC, 1"
            ))?,
            modalities: self.counted(&format!(
                "SELECT c.modality, count(*) FROM {claims} GROUP BY 1 ORDER BY 2 DESC, 1"
            ))?,
            months: self.counted(&format!(
                "SELECT substr(c.first_day, 1, 7), count(*) FROM {claims} \
                 AND c.first_day IS NOT NULL GROUP BY 1"
            ))?,
            places: self.counted(&slots("'place'"))?,
            actors: self.counted(&slots("'agent', 'target'"))?,
            voices: self.voices()?,
            days: self.counted(&format!(
                "SELECT d.published, count(*) FROM {current} AND d.published IS NOT NULL GROUP BY 1"
            ))?,
        })
    }

    fn counted(&self, sql: &str) -> Result<Vec<Counted>, Error> {
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map([], |row| {
            Ok(Counted { key: row.get(0)?, count: row.get::<_, i64>(1)?.unsigned_abs() })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Counts what each voice originated and what it passed on, of whom.
    fn voices(&self) -> Result<Vec<Voice>, Error> {
        let mut tally = Tally::default();
        for outlet in self.counted(
            "SELECT d.outlet, count(*) FROM document d \
             WHERE d.superseded_by IS NULL AND d.outlet IS NOT NULL GROUP BY 1",
        )? {
            tally.voice(&outlet.key, "").printed = outlet.count;
        }
        let mut select = self.connection.prepare_cached(
            "SELECT c.no, d.outlet, n.id, n.name FROM claim c \
             JOIN document d ON d.reading = c.reading AND d.superseded_by IS NULL \
             LEFT JOIN slot s ON s.claim = c.no AND s.role = 'voice' \
             LEFT JOIN name n ON n.no = s.name ORDER BY c.no, s.position",
        )?;
        let mut rows = select.query([])?;
        let (mut claim, mut chain) = (None, Vec::<(String, String)>::new());
        while let Some(row) = rows.next()? {
            let no: i64 = row.get(0)?;
            if claim.replace(no) != Some(no) {
                tally.add(&chain);
                chain.clear();
                if let Some(outlet) = row.get::<_, Option<String>>(1)? {
                    chain.push((outlet, String::new()));
                }
            }
            if let (Some(id), Some(name)) = (row.get(2)?, row.get(3)?) {
                chain.push((id, name));
            }
        }
        tally.add(&chain);
        Ok(tally.finish())
    }
}

#[derive(Default)]
struct Tally {
    voices: Vec<Voice>,
    numbers: FxHashMap<String, usize>,
    relays: BTreeMap<(usize, usize), u64>,
}

impl Tally {
    fn number(&mut self, id: &str, name: &str) -> usize {
        let number = match self.numbers.get(id) {
            Some(&number) => number,
            None => {
                self.voices.push(Voice { id: id.to_owned(), ..Voice::default() });
                self.numbers.insert(id.to_owned(), self.voices.len() - 1);
                self.voices.len() - 1
            }
        };
        if self.voices[number].name.is_empty() {
            name.clone_into(&mut self.voices[number].name);
        }
        number
    }

    fn voice(&mut self, id: &str, name: &str) -> &mut Voice {
        let number = self.number(id, name);
        &mut self.voices[number]
    }

    /// Counts a chain: the outlet, then the voices, the origin last.
    fn add(&mut self, chain: &[(String, String)]) {
        let Some(((id, name), before)) = chain.split_last() else { return };
        let origin = self.number(id, name);
        self.voices[origin].originated += 1;
        let mut passed = Vec::new();
        for (id, name) in before {
            let relay = self.number(id, name);
            if relay != origin && !passed.contains(&relay) {
                passed.push(relay);
                self.voices[relay].relayed += 1;
                *self.relays.entry((relay, origin)).or_default() += 1;
            }
        }
    }

    fn finish(mut self) -> Vec<Voice> {
        for ((relay, origin), count) in self.relays {
            let key = self.voices[origin].id.clone();
            self.voices[relay].relays.push(Counted { key, count });
        }
        for voice in &mut self.voices {
            voice.relays.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.key.cmp(&b.key)));
        }
        let said = |voice: &Voice| (voice.originated, voice.relayed, voice.printed);
        self.voices.sort_by(|a, b| said(b).cmp(&said(a)).then_with(|| a.id.cmp(&b.id)));
        self.voices
    }
}
