//! Cases of our own writing, and any text at all.

use super::*;
use proptest::prelude::*;
use sijill_model::Code;
use std::{fmt::Write, sync::LazyLock};

static CALENDARS: LazyLock<Calendars> = LazyLock::new(|| {
    Calendars::parse(&[
        ("months", include_str!("../../../../../data/calendars/months.tsv")),
        ("weekdays", include_str!("../../../../../data/calendars/weekdays.tsv")),
        ("words", include_str!("../../../../../data/calendars/words.tsv")),
        ("links", include_str!("../../../../../data/calendars/links.tsv")),
    ])
    .expect("valid tables")
});
static NUMERALS: LazyLock<NumeralTable> = LazyLock::new(|| {
    NumeralTable::parse(include_str!("../../../../../data/numerals.tsv")).expect("a table")
});

fn read(text: &str, published: Option<Date>) -> (Vec<TimeMention>, Vec<Diagnostic>) {
    let mut notes = Vec::new();
    let found = times(&Tokens::new(text), &CALENDARS, &NUMERALS, published, &mut notes);
    (found, notes)
}

#[test]
fn cases() {
    let mut failed = String::new();
    for line in include_str!("cases.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let mut column = || columns.next().unwrap_or_default();
        let (published, text, expected) = (column(), column(), column());
        let (found, notes) = read(text, published.parse().ok());
        let mentions = found.iter().map(|m| format!("{}={}", m.span.of(text), m.edtf));
        let notes = notes.iter().map(|note| format!("!{}", note.code.as_str()));
        let found = mentions.chain(notes).collect::<Vec<_>>().join(" ; ");
        if found != expected {
            writeln!(failed, "{published} {text}\n  wanted {expected}\n  found  {found}")
                .expect("a string");
        }
    }
    assert!(failed.is_empty(), "\n{failed}");
}

fn check(text: &str) {
    for published in [None, Some(Date::constant(2017, 10, 18)), Some(Date::MIN), Some(Date::MAX)] {
        let tokens = Tokens::new(text);
        let (found, notes) = read(text, published);
        let mut end = 0;
        for mention in found {
            assert!(mention.tokens.start >= end && !mention.tokens.is_empty(), "{text}");
            end = mention.tokens.end;
            assert!(!mention.span.of(text).is_empty());
            assert!(
                tokens.all[end - 1]
                    .span
                    .contains(Span::new(mention.span.end - 1, mention.span.end))
            );
            assert!(!mention.relative || published.is_some());
        }
        assert!(notes.iter().filter(|note| note.code == Code::NoAnchor).count() <= 1);
        for note in notes {
            assert!(!note.span.of(text).is_empty());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,80}|[\u{620}-\u{64a} 0-9./()-]{0,80}") {
        check(&text);
    }

    #[test]
    fn any_words_of_the_tables_are_read(
        picks in prop::collection::vec((0usize..1000, 0usize..8), 0..16)
    ) {
        let tables = [
            include_str!("../../../../../data/calendars/months.tsv"),
            include_str!("../../../../../data/calendars/weekdays.tsv"),
            include_str!("../../../../../data/calendars/words.tsv"),
            include_str!("../../../../../data/calendars/words.tsv"),
            include_str!("../../../../../data/calendars/links.tsv"),
            include_str!("../../../../../data/numerals.tsv"),
        ];
        let words: Vec<&str> = tables
            .iter()
            .flat_map(|table| table.lines().skip(1))
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split('\t').next())
            .collect();
        let glue = [" ", " ", " ", " \u{648}", "-", " 20 ", " 2014 ", "/"];
        let text: String =
            picks.iter().flat_map(|&(w, g)| [words[w % words.len()], glue[g]]).collect();
        check(&text);
    }
}
