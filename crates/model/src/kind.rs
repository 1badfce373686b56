//! The kinds and types of claims.

use std::fmt;
use std::str::FromStr;

/// What sort of thing a claim asserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A happening.
    Event,
    /// Who holds a place.
    Control,
    /// A number of people or attacks.
    Toll,
    /// Something destroyed.
    Damage,
    /// An agreement between parties.
    Agreement,
    /// A lasting relation between parties.
    Relation,
    /// A speech act that is itself the news.
    Statement,
    /// A reading of what may come.
    Outlook,
}

impl Kind {
    /// Every kind there is.
    pub const ALL: &'static [Self] = &[
        Self::Event,
        Self::Control,
        Self::Toll,
        Self::Damage,
        Self::Agreement,
        Self::Relation,
        Self::Statement,
        Self::Outlook,
    ];

    /// Finds a kind by its name on the wire.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
    }

    /// Returns the name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Control => "control",
            Self::Toll => "toll",
            Self::Damage => "damage",
            Self::Agreement => "agreement",
            Self::Relation => "relation",
            Self::Statement => "statement",
            Self::Outlook => "outlook",
        }
    }
}

macro_rules! claim_types {
    ($($variant:ident = $kind:ident / $name:literal),* $(,)?) => {
        /// What a claim asserts, as `kind/type`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each variant is its `kind/type`; SCHEMA.md defines them")]
        pub enum ClaimType { $($variant),* }

        impl ClaimType {
            /// Every type there is.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the kind.
            pub fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind),* }
            }

            /// Returns the name of the type within its kind.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

claim_types! {
    Clash = Event / "clash",
    Assault = Event / "assault",
    Airstrike = Event / "airstrike",
    Shelling = Event / "shelling",
    Bombing = Event / "bombing",
    Execution = Event / "execution",
    CivilianAttack = Event / "civilian-attack",
    Abduction = Event / "abduction",
    Advance = Event / "advance",
    Withdrawal = Event / "withdrawal",
    Deployment = Event / "deployment",
    Siege = Event / "siege",
    Displacement = Event / "displacement",
    Evacuation = Event / "evacuation",
    Arrest = Event / "arrest",
    Release = Event / "release",
    Surrender = Event / "surrender",
    Defection = Event / "defection",
    Protest = Event / "protest",
    Riot = Event / "riot",
    Looting = Event / "looting",
    Infrastructure = Event / "infrastructure",
    Aid = Event / "aid",
    Demining = Event / "demining",
    ArmsTransfer = Event / "arms-transfer",
    Restriction = Event / "restriction",
    Holds = Control / "holds",
    Captures = Control / "captures",
    Loses = Control / "loses",
    Killed = Toll / "killed",
    Injured = Toll / "injured",
    Captured = Toll / "captured",
    Missing = Toll / "missing",
    Displaced = Toll / "displaced",
    Strikes = Toll / "strikes",
    OtherToll = Toll / "other",
    Destruction = Damage / "destruction",
    Truce = Agreement / "truce",
    EvacuationDeal = Agreement / "evacuation",
    SurrenderDeal = Agreement / "surrender",
    OtherAgreement = Agreement / "other",
    Supports = Relation / "supports",
    Leads = Relation / "leads",
    PartOf = Relation / "part-of",
    AlliedWith = Relation / "allied-with",
    Opposes = Relation / "opposes",
    Announce = Statement / "announce",
    Appeal = Statement / "appeal",
    Threat = Statement / "threat",
    Denial = Statement / "denial",
    Accusation = Statement / "accusation",
    Rejection = Statement / "rejection",
    Forecast = Outlook / "forecast",
}

impl fmt::Display for ClaimType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind().as_str(), self.as_str())
    }
}

/// A `kind/type` that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown claim type '{0}' (write kind/type as in 'event/shelling')")]
pub struct UnknownType(pub String);

impl FromStr for ClaimType {
    type Err = UnknownType;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownType(s.to_owned());
        let (kind, name) = s.split_once('/').ok_or_else(unknown)?;
        let found = |t: &&Self| t.kind().as_str() == kind && t.as_str() == name;
        Self::ALL.iter().find(found).copied().ok_or_else(unknown)
    }
}
