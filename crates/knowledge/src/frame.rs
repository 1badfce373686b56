//! Frames: which words evoke which kind of claim, and what fills its slots: `frames/**.toml`.

use crate::lexicon::{LemmaId, Lexicon};
use crate::phrase::Prep;
use crate::rule::{Forms, Need, Roles, Rule, RuleId};
use crate::tables::{TableError, TablePath, Tables};
use crate::trie::folded_name;
use crate::vocabulary::{Vocabulary, WordId};
use crate::weight::Weights;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use sijill_model::ClaimType;
use sijill_text::morph::Pos;
use std::collections::BTreeMap;
use toml::Spanned;

/// How sure a rule is whose author does not say.
const DEFAULT_CONFIDENCE: f64 = 0.7;

/// All rules by the lemma that evokes them.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    rules: Vec<Rule>,
    by_lemma: FxHashMap<LemmaId, Vec<RuleId>>,
    examples: Vec<Example>,
}

/// An example of a frame file: a sentence and the claims it gives, or gives not.
#[derive(Clone, Debug)]
pub struct Example {
    /// The frame file.
    pub file: String,
    /// The line of the text.
    pub line: usize,
    /// Our own sentence.
    pub text: String,
    /// What must be claimed, as `kind/type slot=value …`.
    pub claims: Vec<String>,
    /// Which types must not be claimed.
    pub not: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "type")]
    claim_type: Spanned<String>,
    #[expect(dead_code, reason = "for the reader of the file")]
    about: String,
    rule: Vec<RuleRow>,
    #[serde(default)]
    example: Vec<ExampleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    name: String,
    lemmas: Vec<Spanned<String>>,
    forms: Option<Vec<Spanned<String>>>,
    subject: Option<Spanned<String>>,
    object: Option<Spanned<String>>,
    annexed: Option<Spanned<String>>,
    #[serde(default)]
    prepositions: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    #[serde(default)]
    next: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default = "yes")]
    anaphoric: bool,
    confidence: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleRow {
    text: Spanned<String>,
    #[serde(default)]
    claims: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Frames {
    pub(crate) fn parse(
        tables: &Tables,
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) -> Self {
        let mut frames = Self::default();
        for (table, text) in tables.below("frames") {
            match toml::from_str::<File>(text) {
                Ok(file) => frames.add(&file, table, text, lexicon, vocabulary, errors),
                Err(fault) => {
                    let line = fault.span().map_or(1, |span| line_of(text, span.start));
                    errors.push(table.error(line, fault.message().replace('\n', "; ")));
                }
            }
        }
        frames
    }

    fn add(
        &mut self,
        file: &File,
        table: TablePath<'_>,
        text: &str,
        lexicon: &Lexicon,
        vocabulary: &mut Vocabulary,
        errors: &mut Vec<TableError>,
    ) {
        let claim_type: ClaimType = match file.claim_type.get_ref().parse() {
            Ok(claim_type) => claim_type,
            Err(fault) => {
                let fault: sijill_model::UnknownType = fault;
                errors.push(
                    table.error(line_of(text, file.claim_type.span().start), fault.to_string()),
                );
                return;
            }
        };
        let mut reader = Reader { table, text, errors };
        for row in &file.rule {
            let number = self.rules.len() as RuleId;
            for lemma in &row.lemmas {
                match lexicon.find(lemma.get_ref()) {
                    Some(id) => self.by_lemma.entry(id).or_default().push(number),
                    None => reader.fault(lemma, "no lemma", "add it to lexicon/"),
                }
            }
            let kind = claim_type.kind().as_str();
            let id = format!("{kind}.{}.{}", claim_type.as_str(), row.name);
            self.rules.push(reader.rule(row, id, claim_type, vocabulary));
        }
        self.examples.extend(file.example.iter().map(|row| Example {
            file: table.path.to_owned(),
            line: line_of(text, row.text.span().start),
            text: row.text.get_ref().clone(),
            claims: row.claims.clone(),
            not: row.not.clone(),
        }));
    }

    /// Corrects the confidence of each rule by what was measured.
    pub(crate) fn calibrate(&mut self, weights: &Weights) {
        for rule in &mut self.rules {
            rule.confidence = weights.of_rule(&rule.id, rule.confidence);
        }
    }

    /// Tells whether a verb has a place, and nothing else, for its object: "they retook …".
    pub fn governs_place(&self, lemma: LemmaId) -> bool {
        let takes = |rule: &Rule| rule.forms.verb && rule.object.place && !rule.object.target;
        self.evoked_by(lemma).iter().any(|&id| takes(self.rule(id)))
    }

    /// Tells whether a verb may have a place for its object: "they besiege …".
    pub fn takes_place(&self, lemma: LemmaId) -> bool {
        let takes = |rule: &Rule| rule.forms.verb && rule.object.place;
        self.evoked_by(lemma).iter().any(|&id| takes(self.rule(id)))
    }

    /// Tells whether a noun is annexed to a place: "the shelling of …".
    pub fn annexes_place(&self, lemma: LemmaId, pos: Pos) -> bool {
        let takes = |rule: &Rule| rule.forms.has(pos) && rule.annexed.place;
        pos != Pos::Verb && self.evoked_by(lemma).iter().any(|&id| takes(self.rule(id)))
    }

    /// Returns the rules a lemma evokes.
    pub fn evoked_by(&self, lemma: LemmaId) -> &[RuleId] {
        self.by_lemma.get(&lemma).map_or(&[], Vec::as_slice)
    }

    /// Returns a rule.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.rules[id as usize]
    }

    /// Lists all rules.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// Lists the examples of all files.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }
}

struct Reader<'a, 'e> {
    table: TablePath<'a>,
    text: &'a str,
    errors: &'e mut Vec<TableError>,
}

impl Reader<'_, '_> {
    fn fault(&mut self, value: &Spanned<String>, what: &str, hint: &str) {
        let line = line_of(self.text, value.span().start);
        let message = format!("{what} '{}'", value.get_ref());
        self.errors.push(self.table.error(line, message).hint(hint));
    }

    fn rule(
        &mut self,
        row: &RuleRow,
        id: String,
        claim_type: ClaimType,
        vocabulary: &mut Vocabulary,
    ) -> Rule {
        let all = Forms { verb: true, masdar: true, active: false, passive: false, noun: true };
        let mut words = |list: &[String]| {
            list.iter().map(|word| vocabulary.intern(&folded_name(word))).collect::<Vec<WordId>>()
        };
        let (next, with, without) = (words(&row.next), words(&row.with), words(&row.without));
        let mut prepositions = vec![
            (Prep::In, Roles { place: true, ..Roles::default() }),
            (Prep::By, Roles { agent: true, ..Roles::default() }),
        ];
        for (name, roles) in &row.prepositions {
            match Prep::parse(name) {
                Some(prep) => {
                    prepositions.retain(|(p, _)| *p != prep);
                    prepositions.push((prep, self.roles(roles)));
                }
                None => self.fault(
                    roles,
                    &format!("unknown preposition '{name}' with"),
                    "see grammar.tsv",
                ),
            }
        }
        let role = |this: &mut Self, cell: &Option<Spanned<String>>, default: &str| match cell {
            Some(cell) => this.roles(cell),
            None => roles_of(default).unwrap_or_default(),
        };
        Rule {
            id,
            claim_type,
            forms: row.forms.as_ref().map_or(all, |forms| self.forms(forms)),
            subject: role(self, &row.subject, "agent"),
            object: role(self, &row.object, "target place"),
            annexed: role(self, &row.annexed, "agent"),
            prepositions,
            needs: row.needs.iter().map(|need| self.need(need)).collect(),
            next,
            with,
            without,
            anaphoric: row.anaphoric,
            confidence: row.confidence.unwrap_or(DEFAULT_CONFIDENCE),
            rank: row.confidence.unwrap_or(DEFAULT_CONFIDENCE),
        }
    }

    fn roles(&mut self, cell: &Spanned<String>) -> Roles {
        roles_of(cell.get_ref()).unwrap_or_else(|| {
            self.fault(cell, "unknown role", "agent, target, place or none");
            Roles::default()
        })
    }

    fn forms(&mut self, list: &[Spanned<String>]) -> Forms {
        let mut forms = Forms::default();
        for form in list {
            match form.get_ref().as_str() {
                "verb" => forms.verb = true,
                "masdar" => forms.masdar = true,
                "active" => forms.active = true,
                "passive" => forms.passive = true,
                "noun" => forms.noun = true,
                _ => self.fault(form, "unknown form", "verb, masdar, active, passive or noun"),
            }
        }
        forms
    }

    fn need(&mut self, cell: &Spanned<String>) -> Vec<Need> {
        let mut needs = Vec::new();
        for word in cell.get_ref().split('|') {
            needs.push(match word.trim() {
                "agent" => Need::Agent,
                "target" => Need::Target,
                "place" => Need::Place,
                "own-place" => Need::OwnPlace,
                "count" => Need::Count,
                "share" => Need::Share,
                "time" => Need::Time,
                "people" => Need::People,
                "party" => Need::Party,
                _ => {
                    self.fault(
                        cell,
                        "unknown slot in",
                        "agent, target, place, own-place, count, share, time, people or party",
                    );
                    continue;
                }
            });
        }
        needs
    }
}

fn roles_of(cell: &str) -> Option<Roles> {
    let mut roles = Roles::default();
    for word in cell.split_whitespace() {
        match word {
            "agent" => roles.agent = true,
            "target" => roles.target = true,
            "place" => roles.place = true,
            "none" => {}
            _ => return None,
        }
    }
    Some(roles)
}

fn line_of(text: &str, byte: usize) -> usize {
    text[..byte.min(text.len())].matches('\n').count() + 1
}
