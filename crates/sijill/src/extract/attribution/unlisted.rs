//! Speakers whom no table holds: a name, or the name of a body, behind a verb of saying.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::PlaceRef;
use super::super::words::Lex;
use sijill_knowledge::{NounClass, PrivacyWord};
use sijill_text::TokenKind;
use sijill_text::clitic::strip_article;
use sijill_text::letter::YEH;
use sijill_text::morph::Pos;
use std::ops::Range;

use super::{Link, Voice};

/// The most words that title and name of a speaker have.
const PHRASE: usize = 10;

/// The most words from the beginning of a title to the end of the name behind it.
const TITLE: usize = 14;

/// The most words of a name.
const NAME: usize = 6;

/// The most words that describe a body or an office: "the governor of Arbil".
const DESCRIPTION: usize = 6;

/// Finds who speaks in a noun phrase that begins at a word, if no table holds them.
pub(super) fn unlisted(
    reading: &Reading<'_>,
    from: usize,
    limit: usize,
    voices: &[Voice],
) -> Option<Link> {
    // Most that stands there is what is said.
    let body = |i: usize| reading.words.noun(i, |class| class == NounClass::Group).is_some();
    let heads = |i: usize| is_title(reading, i) || body(i) || is_given(reading, i);
    if limit <= from || !heads(from) {
        return None;
    }
    let phrase = noun_phrase(reading, from, limit);
    if let Some(name) = person(reading, &phrase)
        && (name.start == from || is_title(reading, from))
    {
        return Some(named(reading, name));
    }
    if let Some(link) = again(reading, &phrase, voices) {
        return Some(link);
    }
    let office = description(reading, from, limit);
    let titled = office.is_some() || is_title(reading, from);
    let behind = titled.then(|| name_behind(reading, phrase.end, limit)).flatten();
    let words = behind.or(office).or_else(|| surname(reading, &phrase))?;
    Some(named(reading, words))
}

/// "Al-Issawi said": a name that nobody bore before, and no more of it.
fn surname(reading: &Reading<'_>, phrase: &Range<usize>) -> Option<Range<usize>> {
    let only = phrase.clone().next().filter(|_| phrase.len() == 1)?;
    let unknown = reading.words.lex(only).is_empty() && reading.mentions.at(only).is_none();
    (unknown && is_surname(reading, only)).then(|| phrase.clone())
}

/// Finds who speaks in the words between two, if they are a name, with or without a title.
pub(super) fn unlisted_person(reading: &Reading<'_>, between: Range<usize>) -> Option<Link> {
    let phrase = noun_phrase(reading, between.start, between.end);
    let name = person(reading, &phrase)?;
    let whole = phrase.end == between.end;
    let opens = name.start == between.start || is_title(reading, between.start);
    (whole && opens).then(|| named(reading, name))
}

/// Tells whether a person's name begins at a word.
pub(super) fn names_person(reading: &Reading<'_>, i: usize, limit: usize) -> bool {
    person(reading, &noun_phrase(reading, i, limit)).is_some_and(|name| name.start == i)
}

pub(super) fn named(reading: &Reading<'_>, words: Range<usize>) -> Link {
    Link { entity: None, speaker: None, span: reading.words.span(words) }
}

/// Measures the noun phrase that begins at a word: to a sign, a verb or a preposition.
fn noun_phrase(reading: &Reading<'_>, from: usize, limit: usize) -> Range<usize> {
    let words = reading.words;
    let goes_on = |&i: &usize| {
        words.all[i].kind == TokenKind::Word
            && !(i > from && words.all[i].after_break)
            // "Adil" is also "was equal to", "Falih" also "and so …", "Ali" also "on".
            && (reading.clauses.verb(words, i).is_none()
                && (i == from || reading.clauses.before[i] == Boundary::None)
                && preposition_at(words, i).is_none()
                || is_given(reading, i))
            && !reading.time_at(i)
    };
    let end = from + (from..limit.min(from + PHRASE)).take_while(goes_on).count();
    from..end
}

/// Finds the name of a person: it begins with a given name, or ends the phrase with words that are
/// nothing else.
fn person(reading: &Reading<'_>, phrase: &Range<usize>) -> Option<Range<usize>> {
    let free = |i: usize| {
        let people = |id| reading.mentions.get(id).people.is_some();
        is_free(reading, i) && !reading.mentions.at(i).is_some_and(people)
    };
    let unknown = |i: usize| {
        reading.words.lex(i).is_empty() && reading.words.phrases(i).is_empty() && free(i)
    };
    let begins = |i: usize| free(i) && is_given(reading, i);
    let goes_on = |i: usize| {
        unknown(i) || begins(i) || is_link(reading, i) || free(i) && is_surname(reading, i)
    };
    let run = |start: usize| {
        let most = phrase.end.min(start + NAME);
        start..start + 1 + (start + 1..most).take_while(|&i| goes_on(i)).count()
    };
    let mut given = phrase.clone().filter(|&i| begins(i)).map(run);
    let tail = phrase.clone().rev().take_while(|&i| unknown(i)).last();
    let whole = |name: &Range<usize>| 1 < name.len();
    given.find(whole).or_else(|| tail.map(|start| start..phrase.end).filter(whole))
}

/// "Al-Issawi added": part of the name of somebody who spoke before.
fn again(reading: &Reading<'_>, phrase: &Range<usize>, voices: &[Voice]) -> Option<Link> {
    let words = reading.words;
    let part = |i: usize| strip_article(words.folded(i)).1;
    let name = phrase.clone().next().filter(|&i| {
        let unknown = words.lex(i).is_empty() && words.phrases(i).is_empty();
        reading.mentions.at(i).is_none() && (unknown || is_given(reading, i))
    })?;
    let names = |link: &&Link| {
        let start = words.all.partition_point(|word| word.span.end <= link.span.start);
        (start..name.min(start + TITLE)).any(|i| part(i) == part(name))
    };
    voices.iter().rev().filter_map(|voice| voice.chain.last()).find(names).copied()
}

/// "The joint command", "the governor of Arbil": a body or an office that is told apart by its own
/// words, up to the word with the article or the name that ends the annexation.
pub(super) fn description(
    reading: &Reading<'_>,
    from: usize,
    limit: usize,
) -> Option<Range<usize>> {
    let words = reading.words;
    let phrase = noun_phrase(reading, from, limit);
    let group = |class| class == NounClass::Group;
    let office = |class| matches!(class, NounClass::Official | NounClass::Person);
    let start = phrase.clone().next()?;
    let head = words.noun(start, |class| group(class) || office(class))?;
    if head.proclitics.preposition.is_some() {
        return None;
    }
    let ends = |i: usize| {
        words.has_article(i)
            || reading
                .mentions
                .at(i)
                .is_some_and(|id| reading.mentions.get(id).place != PlaceRef::None)
    };
    let unknown = phrase
        .clone()
        .all(|i| reading.mentions.at(i).is_none_or(|id| reading.mentions.get(id).entity.is_none()));
    let closed = phrase.clone().find(|&i| ends(i))?;
    let closed =
        reading.mentions.at(closed).map_or(closed, |id| reading.mentions.get(id).words.end - 1);
    let describes =
        |lex: &Lex| matches!(lex.form.pos, Pos::ActiveParticiple | Pos::PassiveParticiple);
    let adjective = |&i: &usize| {
        words.has_article(i) && (words.ends_like_adjective(i) || words.lex(i).iter().any(describes))
    };
    let end = closed + 1 + (closed + 1..phrase.end).take_while(adjective).count();
    // "The source", "the security official" is whoever spoke before.
    let definite = closed == start;
    let told_apart = !definite || end - start > 1 && words.noun(start, group).is_some();
    (unknown && told_apart && end - start <= DESCRIPTION).then_some(start..end)
}

/// "A member of the council in the city, …": the name behind an office and what belongs to it; what
/// is said begins right behind it.
fn name_behind(reading: &Reading<'_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let most = limit.min(from + PHRASE);
    let mut starts = (from..most).filter(|&i| is_given(reading, i));
    let name = starts.find_map(|i| person(reading, &noun_phrase(reading, i, limit)))?;
    let ends = name.end == limit
        || reading.words.all[name.end].kind == TokenKind::Sign
        || preposition_at(reading.words, name.end).is_some();
    ends.then_some(name)
}

/// Tells whether a word belongs to no mention of anybody or any place that is known.
fn is_free(reading: &Reading<'_>, i: usize) -> bool {
    reading.mentions.at(i).is_none_or(|id| {
        let mention = reading.mentions.get(id);
        mention.entity.is_none() && mention.place == PlaceRef::None
    })
}

/// Tells whether a word may be the title or office of a speaker: "the mayor of … , …". That of a
/// major general is also "the brigade".
fn is_title(reading: &Reading<'_>, i: usize) -> bool {
    let words = reading.words;
    let person = |class| {
        matches!(class, NounClass::Official | NounClass::Person | NounClass::Human)
            || class == NounClass::Group && words.has_article(i)
    };
    words.lex(i).is_empty() || words.noun(i, person).is_some()
}

fn is_given(reading: &Reading<'_>, i: usize) -> bool {
    let words = reading.words;
    // The spelling of a preposition is that of a name but for its last letter.
    let is_word = words.phrases(i).is_empty() || words.original(i).ends_with(YEH);
    is_privacy_word(reading, i, PrivacyWord::Kunya)
        || is_word
            && words.cuts(i).iter().any(|c| {
                let front = c.cut.proclitics;
                let bare = !front.article && front.conjunction.is_none() && c.cut.pronoun.is_none();
                bare && front.preposition.is_none() && words.knowledge.is_given_name(c.word)
            })
}

fn is_link(reading: &Reading<'_>, i: usize) -> bool {
    is_privacy_word(reading, i, PrivacyWord::Link)
}

/// "Al-Dulaimi": it has the article and ends as an adjective of origin does.
fn is_surname(reading: &Reading<'_>, i: usize) -> bool {
    let words = reading.words;
    words.has_article(i) && words.ends_like_adjective(i) && words.phrases(i).is_empty()
}

fn is_privacy_word(reading: &Reading<'_>, i: usize, sort: PrivacyWord) -> bool {
    reading.words.knowledge.privacy(reading.words.folded(i)) == Some(sort)
}
