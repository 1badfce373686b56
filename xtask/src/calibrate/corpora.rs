//! The texts whose claims are known to be right or wrong.

use crate::eval::gold;
use crate::eval::score::{Gold, Predicted};
use anyhow::{Context as _, bail};
use serde::Deserialize;
use sijill::model::{Claim, ClaimType, Document, Field, Modality};
use sijill::{Knowledge, Options, explain};
use sijill_io::{Inputs, documents};
use sijill_text::OffsetIndex;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The types that tell what a corpus of this name codes.
const BUILT_IN: [(&str, &str); 2] = [
    (
        "assault",
        "event/clash,event/assault,event/airstrike,event/shelling,event/bombing,event/execution,\
         event/civilian-attack,event/abduction,toll/killed,toll/injured",
    ),
    ("protest", "event/protest,event/riot"),
];

/// Texts and what is known of them.
#[derive(Default)]
pub(super) struct Corpora {
    pub(super) sets: Vec<Set>,
    /// All texts, those of one set together.
    pub(super) texts: Vec<Text>,
}

/// Texts of one origin.
pub(super) struct Set {
    pub(super) name: String,
    /// The types that count, where sentences are coded; all types, where there are gold claims.
    types: Option<Vec<ClaimType>>,
}

impl Set {
    /// Tells whether gold claims say what is right, not labels.
    pub(super) fn is_gold(&self) -> bool {
        self.types.is_none()
    }
}

/// One text.
pub(super) struct Text {
    /// Index of its set.
    pub(super) set: usize,
    pub(super) document: Document,
    pub(super) answer: Answer,
}

/// What is known of a text.
pub(super) enum Answer {
    /// Whether an event is told in it.
    Coded(bool),
    /// What a careful reader takes from it.
    Gold(Vec<Gold>),
}

/// A claim that was read and what speaks for and against it.
pub(super) struct Told {
    pub(super) claim: Claim,
    pub(super) features: Vec<&'static str>,
}

/// A coded sentence.
#[derive(Deserialize)]
struct Sentence {
    id: String,
    text: String,
    label: String,
}

/// Finds the types that count in coded texts of this name.
pub(super) fn types(name: &str, own: Option<&str>) -> anyhow::Result<Vec<ClaimType>> {
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, types)| *types);
    let Some(types) = own.or(built_in) else {
        bail!("no types for '{name}' (say --coded-types {name}=kind/type,kind/type)");
    };
    types.split(',').map(|name| Ok(name.trim().parse()?)).collect()
}

impl Corpora {
    /// Adds coded sentences.
    pub(super) fn add_coded(
        &mut self,
        name: &str,
        path: &Path,
        types: Vec<ClaimType>,
    ) -> anyhow::Result<()> {
        let set = self.sets.len();
        self.sets.push(Set { name: name.to_owned(), types: Some(types) });
        let text =
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let Sentence { id, text, label } = serde_json::from_str(line)
                .with_context(|| format!("{}:{number}", path.display()))?;
            let document = Document { id, text, ..Document::default() };
            self.texts.push(Text { set, document, answer: Answer::Coded(label == "yes") });
        }
        Ok(())
    }

    /// Adds reports with gold claims.
    pub(super) fn add_gold(&mut self, folder: &Path, reports: &Path) -> anyhow::Result<()> {
        let set = self.sets.len();
        let name = reports.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.sets.push(Set { name, types: None });
        let mut gold: BTreeMap<String, Vec<Gold>> = gold(folder)?;
        let files = Inputs::new(gold.keys().map(|name| reports.join(name)).collect::<Vec<_>>());
        for document in documents(files) {
            let document = document?;
            // Folds go by the name, which must not say where the reports are stored.
            let id = document.id.rsplit('/').next().unwrap_or_default().to_owned();
            let answer = Answer::Gold(gold.remove(&id).unwrap_or_default());
            self.texts.push(Text { set, document: Document { id, ..document }, answer });
        }
        Ok(())
    }

    /// Reads every text; lists the claims that can be judged.
    pub(super) fn read(&self, knowledge: &Knowledge) -> Vec<Vec<Told>> {
        self.texts.iter().map(|text| read(text, &self.sets[text.set], knowledge)).collect()
    }
}

fn read(text: &Text, set: &Set, knowledge: &Knowledge) -> Vec<Told> {
    let explained = explain(&text.document, knowledge, &Options { min_confidence: 0.0 });
    let counts = |claim: &Claim| {
        claim.evidence.field == Field::Text
            && set.types.as_ref().is_none_or(|types| {
                types.contains(&claim.claim_type)
                    && matches!(claim.modality, Modality::Asserted | Modality::Uncertain)
            })
    };
    let told = explained.extraction.claims.into_iter().zip(explained.weighed);
    let told = told.map(|(claim, weighed)| Told { claim, features: weighed.features });
    told.filter(|told| counts(&told.claim)).collect()
}

/// Tells of each claim of a text whether it is right.
///
/// A claim of a coded sentence is as right as the sentence is told; another is right if it finds a
/// gold claim, whether or not a better one finds it too.
pub(super) fn right(text: &Text, told: &[Told]) -> Vec<bool> {
    match &text.answer {
        Answer::Coded(yes) => vec![*yes; told.len()],
        Answer::Gold(gold) => {
            let index = OffsetIndex::new(&text.document.text);
            let predicted = predicted(text, told.iter(), &index);
            let is_right = |claim| gold.iter().any(|gold: &Gold| gold.is_found_by(claim));
            predicted.iter().map(is_right).collect()
        }
    }
}

/// Makes claims ready to be scored.
pub(super) fn predicted<'a>(
    text: &'a Text,
    told: impl Iterator<Item = &'a Told>,
    index: &OffsetIndex<'_>,
) -> Vec<Predicted<'a>> {
    told.map(|told| Predicted::new(&told.claim, &text.document.text, index)).collect()
}
