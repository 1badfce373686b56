//! One way to evoke a claim: which forms of its lemmas, what fills its slots, what it needs.

use crate::phrase::Prep;
use crate::vocabulary::WordId;
use sijill_model::ClaimType;
use sijill_text::morph::Pos;

/// The number of a rule.
pub type RuleId = u32;

/// One way to evoke a claim.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `kind.type.name`, printed with each claim.
    pub id: String,
    /// What it claims.
    pub claim_type: ClaimType,
    /// Which grammatical forms of its lemmas evoke it.
    pub forms: Forms,
    /// Role of the subject of a verb.
    pub subject: Roles,
    /// Role of the direct object.
    pub object: Roles,
    /// Role of what a noun is annexed to.
    pub annexed: Roles,
    /// Role of a noun phrase behind a preposition.
    pub prepositions: Vec<(Prep, Roles)>,
    /// Each must be filled; within one, any will do.
    pub needs: Vec<Vec<Need>>,
    /// The word right behind the trigger must be one of these (with the article or without).
    pub next: Vec<WordId>,
    /// One of these must stand in the clause.
    pub with: Vec<WordId>,
    /// None of these may stand beside the trigger (within four words).
    pub without: Vec<WordId>,
    /// A definite noun without its own agent, target or place only refers back: no claim.
    pub anaphoric: bool,
    /// How often a claim of this rule is right, before anything else is known.
    pub confidence: f64,
    /// What the author of the rule thought of that; of two rules that one word evokes for one kind
    /// the surer tells it, so that what is read does not hang on what was fitted.
    pub rank: f64,
}

/// A set of grammatical forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// Conjugated verbs.
    pub verb: bool,
    /// Verbal nouns.
    pub masdar: bool,
    /// Participles of who does.
    pub active: bool,
    /// Participles of what is done to.
    pub passive: bool,
    /// Other nouns.
    pub noun: bool,
}

impl Forms {
    /// Tells whether a part of speech is in the set.
    pub fn has(self, pos: Pos) -> bool {
        match pos {
            Pos::Verb => self.verb,
            Pos::Masdar => self.masdar,
            Pos::ActiveParticiple => self.active,
            Pos::PassiveParticiple => self.passive,
            Pos::Noun | Pos::Adjective => self.noun,
        }
    }
}

/// The slots a phrase may fill; which one, its sort decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Who does it.
    pub agent: bool,
    /// To whom.
    pub target: bool,
    /// Where.
    pub place: bool,
}

/// A slot that must be filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the slots")]
pub enum Need {
    Agent,
    Target,
    /// A place in the same clause.
    Place,
    /// A place that fills the slot itself: the town that fell, not the one where something fell.
    OwnPlace,
    Count,
    Share,
    Time,
    /// A target that is people or a party.
    People,
    /// An agent or a target that is a party of the war.
    Party,
}
