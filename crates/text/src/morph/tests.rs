//! Whole paradigms, read from `paradigms.tsv`: a line with a lemma, then a line for each group of
//! its forms. An asterisk marks a spelling before a pronoun, a slash one in annexation.

use super::{
    Form, NounEntry, Number, Person, Pos, Tense, VerbEntry, Voice, is_conjugable, noun_forms,
    verb_forms,
};

const TABLE: &str = include_str!("paradigms.tsv");

/// The groups of a verb in the order of the table.
const VERB_GROUPS: [&str; 7] = [
    "past active",
    "past passive",
    "present active",
    "present passive",
    "active participle",
    "passive participle",
    "masdar",
];
const NOUN_GROUPS: [&str; 3] = ["singular", "dual", "plural"];

fn verb_groups(form: &Form) -> &'static [&'static str] {
    match (form.pos, form.tense, form.voice) {
        (Pos::Verb, Some(Tense::Past), Voice::Active) => &VERB_GROUPS[0..1],
        (Pos::Verb, Some(Tense::Past), Voice::Passive) => &VERB_GROUPS[1..2],
        (Pos::Verb, Some(Tense::Past), Voice::Either) => &VERB_GROUPS[0..2],
        (Pos::Verb, _, Voice::Active) => &VERB_GROUPS[2..3],
        (Pos::Verb, _, Voice::Passive) => &VERB_GROUPS[3..4],
        (Pos::Verb, _, Voice::Either) => &VERB_GROUPS[2..4],
        (Pos::ActiveParticiple, ..) => &VERB_GROUPS[4..5],
        (Pos::PassiveParticiple, ..) => &VERB_GROUPS[5..6],
        _ => &VERB_GROUPS[6..7],
    }
}

fn noun_groups(form: &Form) -> &'static [&'static str] {
    match form.number {
        Number::Singular => &NOUN_GROUPS[0..1],
        Number::Dual => &NOUN_GROUPS[1..2],
        Number::Plural => &NOUN_GROUPS[2..3],
    }
}

fn mark(spelling: &str, form: &Form) -> String {
    let mark = match (form.before_pronoun, form.construct) {
        (true, _) => "*",
        (_, true) => "/",
        _ => "",
    };
    format!("{spelling}{mark}")
}

/// The forms of one lemma as the table writes them.
fn render(lemma: &str) -> String {
    let fields: Vec<&str> = lemma.split('\t').collect();
    let mut forms: Vec<(String, Form)> = Vec::new();
    let mut keep = |spelling: &str, form: Form| forms.push((mark(spelling, &form), form));
    let verb = fields[0] == "verb";
    if verb {
        let [_, past, present, root, form, masdars, governs] = fields[..] else {
            panic!("a verb line has seven fields: {lemma}");
        };
        verb_forms(&VerbEntry { past, present, root, form, masdars, governs }, &mut keep);
    } else {
        let [kind, singular, plurals, gender] = fields[..] else {
            panic!("a noun line has four fields: {lemma}");
        };
        let adjective = kind == "adjective";
        noun_forms(&NounEntry { singular, plurals, gender, adjective }, &mut keep);
    }
    let names: &[&str] = if verb { &VERB_GROUPS } else { &NOUN_GROUPS };
    let groups = if verb { verb_groups } else { noun_groups };
    let mut lines = String::new();
    for name in names {
        let mut words: Vec<&str> = Vec::new();
        for (word, form) in &forms {
            if groups(form).contains(name) && !words.contains(&word.as_str()) {
                words.push(word);
            }
        }
        if !words.is_empty() {
            lines.push_str(&format!("{name}\t{}\n", words.join(" ")));
        }
    }
    lines
}

#[test]
fn paradigms_are_as_listed() {
    let blocks: Vec<&str> = TABLE.split("\n\n").filter(|block| !block.starts_with('#')).collect();
    assert!(30 < blocks.len());
    for block in blocks {
        let (lemma, expected) = block.split_once('\n').unwrap();
        assert_eq!(render(lemma).trim_end(), expected.trim_end(), "paradigm of {lemma}");
    }
}

/// The verbs of the table.
fn verbs() -> impl Iterator<Item = VerbEntry<'static>> {
    TABLE.lines().filter(|line| line.starts_with("verb\t")).map(|line| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, past, present, root, form, masdars, governs] = fields[..] else {
            panic!("a verb line has seven fields: {line}");
        };
        VerbEntry { past, present, root, form, masdars, governs }
    })
}

#[test]
fn a_verb_without_a_present_is_not_conjugable() {
    for verb in verbs() {
        assert!(is_conjugable(&verb));
        let entry = VerbEntry { present: "", masdars: "", ..verb };
        assert!(!is_conjugable(&entry));
        verb_forms(&entry, &mut |spelling, _| panic!("unexpected {spelling}"));
    }
}

#[test]
fn truncated_entries_never_panic_nor_emit_an_empty_spelling() {
    let cuts = |word: &'static str| word.char_indices().map(move |(end, _)| &word[..end]);
    let mut emit = |spelling: &str, _: Form| assert!(!spelling.is_empty());
    for verb in verbs() {
        cuts(verb.past).for_each(|past| verb_forms(&VerbEntry { past, ..verb }, &mut emit));
        cuts(verb.present)
            .for_each(|present| verb_forms(&VerbEntry { present, ..verb }, &mut emit));
        cuts(verb.root).for_each(|root| verb_forms(&VerbEntry { root, ..verb }, &mut emit));
        for singular in cuts(verb.past) {
            let noun = NounEntry { singular, plurals: "+|f:|=|!|", gender: "mf", adjective: true };
            noun_forms(&noun, &mut emit);
        }
    }
}

#[test]
fn one_spelling_is_emitted_for_each_person_it_can_be() {
    let verb = verbs().next().unwrap();
    let mut persons = Vec::new();
    verb_forms(&verb, &mut |_, form| {
        if form.tense == Some(Tense::Past) && form.number == Number::Singular {
            persons.extend(form.person);
        }
    });
    assert_eq!(persons, [Person::Third, Person::Third, Person::Second, Person::First]);
}

#[test]
fn a_barred_spelling_is_not_emitted() {
    let verb = verbs().next().unwrap();
    let mut first = String::new();
    verb_forms(&verb, &mut |spelling, _| {
        if first.is_empty() {
            first.push_str(spelling);
        }
    });
    let masdars = format!("!{first}");
    let entry = VerbEntry { masdars: &masdars, ..verb };
    verb_forms(&entry, &mut |spelling, _| assert_ne!(spelling, first));
}
