//! Words and phrases that build clauses and mark attribution and modality: `grammar.tsv`, `cues.tsv`.

use crate::tables::{TableError, Tables};
use crate::tsv::rows;
use sijill_model::Modality;
use sijill_text::clitic::Preposition as Attached;
use sijill_text::letter::{BEH, LAM};

/// What a word or phrase does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Governs a noun phrase.
    Preposition(Prep),
    /// Opens a relative clause.
    Relative,
    /// Opens a that-clause.
    That,
    /// Opens a subordinate clause.
    Subordinator,
    /// Points: this, those.
    Demonstrative,
    /// Stands for a noun.
    Pronoun,
    /// Stands before a noun without changing what it refers to: all, some, part of.
    Determiner,
    /// Joins.
    Conjunction,
    /// Stands behind a noun and describes it: unmanned, long-range.
    Epithet,
    /// Stands behind a noun for forces and says that they are those of the state.
    Ruling,
    /// Says that those who act do it to each other.
    Reciprocal,
    /// Says that who acts does it to himself.
    Reflexive,
    /// Stands behind those of one side of a fight: on the one side, on the other side.
    Side,
    /// Makes what follows less or more than a fact.
    Modality(ModalityCue),
    /// An adjective that says how firmly the happening before it is told: "a possible attack".
    Quality(Modality),
    /// Attributes the clause to the noun phrase behind it.
    According,
    /// Attributes the clause to the subject of the verb of saying behind it: "as … said".
    AsSaid,
    /// Hands on from the noun phrase behind it.
    Relay,
    /// Says that something is no more than that: merely, only.
    Only,
    /// Names the medium of a statement; adds no voice.
    Medium,
    /// Makes the happening behind it a topic that is spoken of, not told: a case, a charge.
    Topic,
}

/// How a cue changes the firmness of what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModalityCue {
    /// The modality; `None` for a question.
    pub modality: Option<Modality>,
    /// The next word must have this attached.
    pub then: Option<Attached>,
}

/// A preposition by what it marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the words of grammar.tsv")]
pub enum Prep {
    In,
    On,
    From,
    To,
    For,
    By,
    With,
    Against,
    Between,
    Time,
    Because,
    About,
    Beh,
    Like,
    Except,
    Despite,
    Including,
}

impl Prep {
    /// Reads the name used in the tables.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "in" => Self::In,
            "on" => Self::On,
            "from" => Self::From,
            "to" => Self::To,
            "for" => Self::For,
            "by" => Self::By,
            "with" => Self::With,
            "against" => Self::Against,
            "between" => Self::Between,
            "time" => Self::Time,
            "because" => Self::Because,
            "about" => Self::About,
            "beh" => Self::Beh,
            "like" => Self::Like,
            "except" => Self::Except,
            "despite" => Self::Despite,
            "including" => Self::Including,
            _ => return None,
        })
    }
}

/// Reads both tables and calls `phrase` with each row.
pub(crate) fn parse<'t>(
    tables: &'t Tables,
    errors: &mut Vec<TableError>,
    mut phrase: impl FnMut(&'t str, Phrase),
) {
    for (table, text) in tables.below("grammar.tsv") {
        for row in rows(table, text, ["phrase", "class", "value"], errors) {
            let [words, class, value] = row.cells;
            let found = match class {
                "preposition" => Prep::parse(value).map(Phrase::Preposition),
                "relative" => Some(Phrase::Relative),
                "that" => Some(Phrase::That),
                "subordinator" => Some(Phrase::Subordinator),
                "demonstrative" => Some(Phrase::Demonstrative),
                "pronoun" => Some(Phrase::Pronoun),
                "determiner" => Some(Phrase::Determiner),
                "conjunction" => Some(Phrase::Conjunction),
                "epithet" => Some(Phrase::Epithet),
                "reciprocal" => Some(Phrase::Reciprocal),
                "ruling" => Some(Phrase::Ruling),
                "side" => Some(Phrase::Side),
                "reflexive" => Some(Phrase::Reflexive),
                _ => None,
            };
            match found {
                Some(found) => phrase(words, found),
                None => errors.push(row.error(format!("unknown class '{class}' '{value}'"))),
            }
        }
    }
    for (table, text) in tables.below("cues.tsv") {
        for row in rows(table, text, ["phrase", "cue", "value"], errors) {
            let [words, cue, value] = row.cells;
            let found = match (cue, value) {
                ("modality", value) => modality(value).map(|modality| {
                    let (_, then) = split_tail(words);
                    Phrase::Modality(ModalityCue { modality, then })
                }),
                ("quality", value) => modality(value).flatten().map(Phrase::Quality),
                ("attribution", "according") => Some(Phrase::According),
                ("attribution", "as-said") => Some(Phrase::AsSaid),
                ("attribution", "relay") => Some(Phrase::Relay),
                ("attribution", "medium") => Some(Phrase::Medium),
                ("standing", "topic") => Some(Phrase::Topic),
                ("standing", "only") => Some(Phrase::Only),
                _ => None,
            };
            match found {
                Some(found) => phrase(split_tail(words).0, found),
                None => errors.push(row.error(format!("unknown cue '{cue}' '{value}'"))),
            }
        }
    }
}

/// Splits a lone preposition letter off the end: it is attached to the word that follows.
fn split_tail(words: &str) -> (&str, Option<Attached>) {
    match words.rsplit_once(' ') {
        Some((head, tail)) if tail.chars().eq([LAM]) => (head, Some(Attached::Lam)),
        Some((head, tail)) if tail.chars().eq([BEH]) => (head, Some(Attached::Beh)),
        _ => (words, None),
    }
}

fn modality(value: &str) -> Option<Option<Modality>> {
    Some(Some(match value {
        "asserted" => Modality::Asserted,
        "denied" => Modality::Denied,
        "uncertain" => Modality::Uncertain,
        "possible" => Modality::Possible,
        "planned" => Modality::Planned,
        "predicted" => Modality::Predicted,
        "conditional" => Modality::Conditional,
        "question" => return Some(None),
        _ => return None,
    }))
}
