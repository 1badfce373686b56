//! What speaks for and against a claim, and how much: `confidence.tsv`.

use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use rustc_hash::FxHashMap;

macro_rules! features {
    ($($variant:ident = $name:literal),* $(,)?) => {
        /// Something that speaks for or against a claim.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "confidence.tsv says what each means")]
        pub enum Feature { $($variant),* }

        impl Feature {
            /// Every feature there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the name used in the table.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

features! {
    MainVerb = "main-verb",
    JoinedVerb = "joined-verb",
    ThatVerb = "that-verb",
    RelativeVerb = "relative-verb",
    SubordinateVerb = "subordinate-verb",
    LightVerb = "light-verb",
    CauseVerb = "cause-verb",
    AspectVerb = "aspect-verb",
    SaidNoun = "said-noun",
    GoverningNoun = "governing-noun",
    OpeningNoun = "opening-noun",
    ObjectNoun = "object-noun",
    AnnexedNoun = "annexed-noun",
    OtherNoun = "other-noun",
    AttachedPreposition = "attached-preposition",
    TimePreposition = "time-preposition",
    BecausePreposition = "because-preposition",
    InPreposition = "in-preposition",
    AboutPreposition = "about-preposition",
    OtherPreposition = "other-preposition",
    Definite = "definite",
    Agent = "agent",
    KnownAgent = "known-agent",
    Target = "target",
    CarriedSubject = "carried-subject",
    Count = "count",
    OwnPlace = "own-place",
    CarriedPlace = "carried-place",
    NoPlace = "no-place",
    Day = "day",
    Month = "month",
    Year = "year",
    Attributed = "attributed",
    NotAsserted = "not-asserted",
    RecentSentence = "dated-sentence",
    LongSentence = "long-sentence",
    VeryLongSentence = "very-long-sentence",
    Present = "present",
    Quoted = "quoted",
    Passive = "passive",
    FirstPerson = "first-person",
    Plural = "plural-noun",
    Hour = "recent-day",
    Weapon = "weapon",
    PersonTarget = "person-target",
    PartyTarget = "party-target",
    Linked = "linked",
    Topic = "topic",
    Alone = "alone",
    Few = "few",
    ArmedActor = "armed-actor",
    Backdrop = "backdrop",
    InRelative = "in-relative",
    ToldEvent = "told-event",
    CountedPlace = "counted-place",
    General = "general",
    Politics = "politics",
    Incident = "incident",
    Roundup = "roundup",
    Past = "past",
    Relatives = "relatives",
    YearTold = "year-told",
    BesideRelation = "beside-relation",
    BesideArrest = "beside-arrest",
    OneViolent = "one-violent",
    ManyViolent = "many-violent",
    Any = "any",
}

/// A set of features.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features(u128);

impl Features {
    /// Adds a feature.
    pub fn add(&mut self, feature: Feature) {
        self.0 |= 1 << feature as u32;
    }

    /// Adds those of another set.
    pub fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Adds a feature if it holds.
    pub fn add_if(&mut self, holds: bool, feature: Feature) {
        if holds {
            self.add(feature);
        }
    }

    /// Tells whether a feature holds.
    pub fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u32) != 0
    }

    /// Lists the features in order.
    pub fn iter(self) -> impl Iterator<Item = Feature> {
        Feature::ALL.iter().copied().filter(move |&feature| self.has(feature))
    }
}

/// The weight of each feature and rule, in logits.
#[derive(Clone, Debug)]
pub struct Weights {
    features: [f64; Feature::ALL.len()],
    rules: FxHashMap<String, f64>,
}

impl Default for Weights {
    fn default() -> Self {
        Self { features: [0.0; Feature::ALL.len()], rules: FxHashMap::default() }
    }
}

impl Weights {
    pub(crate) fn parse(tables: &Tables, errors: &mut Vec<TableError>) -> Self {
        let mut weights = Self::default();
        for (table, text) in tables.below("confidence.tsv") {
            for row in rows(table, text, ["feature", "weight"], errors) {
                let [name, weight] = row.cells;
                let feature = Feature::ALL.iter().find(|f| f.as_str() == name);
                if let (Some(rule), Ok(weight)) = (name.strip_prefix("rule:"), weight.parse()) {
                    weights.rules.insert(rule.to_owned(), weight);
                    continue;
                }
                match (feature, weight.parse::<f64>()) {
                    (Some(&feature), Ok(weight)) if weight.is_finite() => {
                        weights.features[feature as usize] = weight;
                    }
                    (None, _) => errors.push(row.error(format!("unknown feature '{name}'"))),
                    _ => errors.push(row.error(format!("'{weight}' is no weight"))),
                }
            }
        }
        weights
    }

    /// Adds up the weights of the features.
    pub fn sum(&self, features: Features) -> f64 {
        features.iter().map(|feature| self.features[feature as usize]).sum()
    }

    /// Corrects the confidence that a rule's author gave it by what was measured.
    pub(crate) fn of_rule(&self, id: &str, confidence: f64) -> f64 {
        let Some(weight) = self.rules.get(id) else { return confidence };
        let logit = (confidence / (1.0 - confidence)).ln() + weight;
        1.0 / (1.0 + (-logit).exp())
    }
}
