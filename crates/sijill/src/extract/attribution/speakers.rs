//! Who speaks: the subject of a verb of saying, also where no table holds it.

use super::super::Reading;
use super::super::arguments::agrees;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{Mention, MentionId};
use super::super::words::Lex;
use sijill_knowledge::{EntityKind, NounClass, Prep};
use sijill_model::Span;
use sijill_text::TokenKind;
use std::ops::Range;

use super::links::{link_of, of_party, party_behind, with_person};
use super::unlisted::{names_person, unlisted, unlisted_person};
use super::{Link, Voice};

/// The class of voices that people of no party are.
const RESIDENTS: &str = "residents";

/// Who a verb of saying has as its subject.
enum Subject {
    Speaker(Link),
    /// Whoever spoke before, so far as that is known: "the source added".
    Again(Option<Vec<Link>>),
    /// Nobody behind the verb.
    Missing,
}

/// Finds who says, as the subject of a verb of saying, from the outermost relay to the origin.
pub(super) fn subject(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    sentence: &Range<usize>,
    content: usize,
    voices: &[Voice],
) -> Option<Vec<Link>> {
    match behind_verb(reading, verb, lex, content, voices) {
        Subject::Speaker(link) => Some(vec![link]),
        Subject::Again(chain) => chain,
        Subject::Missing => before_verb(reading, verb, lex, sentence).map(|link| vec![link]),
    }
}

/// Behind the verb: the first noun phrase without a preposition, before the content.
fn behind_verb(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    content: usize,
    voices: &[Voice],
) -> Subject {
    let aside = |&w: &usize| reading.time_at(w) || reading.words.all[w].kind == TokenKind::Sign;
    let start = verb + 1 + (verb + 1..content).take_while(aside).count();
    let mut i = start;
    let mut prepositional = false;
    let mut official: Option<Span> = None;
    while i < content.min(verb + 16) {
        // A date between commas may stand before who says it; anything else begins anew.
        let anew = i > start && reading.clauses.before[i] == Boundary::Comma && !reading.time_at(i);
        if anew && let Some(link) = unlisted(reading, start, i, voices) {
            return Subject::Speaker(of_apposition(reading, i, content).unwrap_or(link));
        }
        if anew
            || reading.clauses.verb(reading.words, i).is_some()
            || reading.clauses.before[i] == Boundary::Relative
        {
            break;
        }
        if let Some((prep, end, _)) = preposition_at(reading.words, i)
            && reading.mentions.at(i).is_none()
        {
            // "The statement pointed to …": what is said begins here.
            if matches!(prep, Prep::To | Prep::About) {
                break;
            }
            // "a source in the group": the place of the source is who it speaks for.
            prepositional = official.is_none() || !matches!(prep, Prep::In | Prep::From);
            i = end.max(i + 1);
            continue;
        }
        if let Some(id) = reading.mentions.at(i) {
            let mention = reading.mentions.get(id);
            let subject =
                !prepositional && (mention.front.preposition.is_none() || official.is_some());
            if subject {
                if is_same_again(reading, id) && !names_person(reading, mention.words.end, content)
                {
                    return Subject::Again(called_alike(reading, mention, voices));
                }
                if let Some(link) = link_of(reading, id).or_else(|| residents(reading, id)) {
                    let link = of_party(reading, link, mention.words.end, content);
                    let link = with_person(reading, link, mention.words.end, content);
                    return Subject::Speaker(link);
                }
                // "A commander in the movement said"; "the factions accused the government": who
                // speaks is nobody the tables hold, and the next party is not who does.
                if mention.entity.is_none() && mention.people.is_some() {
                    if let Some(party) = party_behind(reading, mention.words.end, content) {
                        let span = mention.span.cover(party.span);
                        return Subject::Speaker(Link { span, ..party });
                    }
                    if mention.people == Some(NounClass::Combatant) && agrees(mention, lex) {
                        return Subject::Again(None);
                    }
                }
            }
            prepositional = false;
            i = mention.words.end.max(i + 1);
            continue;
        }
        let speaker = reading.words.noun(i, |c| {
            matches!(
                c,
                NounClass::Official
                    | NounClass::Person
                    | NounClass::Human
                    | NounClass::Document
                    | NounClass::Group
            )
        });
        if speaker.is_some_and(|l| l.proclitics.preposition.is_none()) {
            official = official.or(Some(reading.words.all[i].span));
        }
        i += 1;
    }
    unlisted(reading, start, content, voices).map_or(Subject::Missing, Subject::Speaker)
}

/// In front of the verb: "the Observatory confirmed".
fn before_verb(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    sentence: &Range<usize>,
) -> Option<Link> {
    let clause = reading.clauses.start_of(verb, sentence);
    let start = if lex.proclitics.conjunction.is_some() { verb } else { clause };
    let front = reading
        .mentions
        .before(verb)
        .take_while(|(_, m)| m.words.start >= start)
        .filter(|(_, m)| m.front.preposition.is_none() && agrees(m, lex));
    let before = front.filter_map(|(id, _)| link_of(reading, id)).last();
    // "But Major General so-and-so said": the particle that opens the clause is no part of the name.
    let named = |from| (from < verb).then(|| unlisted_person(reading, from..verb)).flatten();
    if let Some(link) = before.or_else(|| named(start)).or_else(|| named(start + 1)) {
        return Some(link);
    }
    // "… , who said that": the relative clause speaks of the noun phrase before it.
    if reading.clauses.before[clause] == Boundary::Relative {
        let (antecedent, mention) = reading.mentions.before(clause).next()?;
        let mut between = mention.words.end..clause;
        let adjacent = between.all(|w| reading.words.all[w].kind == TokenKind::Sign);
        return link_of(reading, antecedent).filter(|_| adjacent);
    }
    None
}

/// "So-and-so, of the information office of the operation, said": whom the apposition names speaks.
fn of_apposition(reading: &Reading<'_>, from: usize, content: usize) -> Option<Link> {
    let comma = |&i: &usize| matches!(reading.words.all[i].sign, '،' | ',');
    let end = (from..content.min(from + 14)).find(comma).unwrap_or(content.min(from + 14));
    (from..end).find_map(|i| link_of(reading, reading.mentions.at(i)?))
}

/// "Residents said": people of no party speak as the residents of the place.
fn residents(reading: &Reading<'_>, id: MentionId) -> Option<Link> {
    let entities = &reading.words.knowledge.entities;
    let mention = reading.mentions.get(id);
    let civilian = mention.people == Some(NounClass::Civilian)
        && mention.entity.is_none_or(|e| !entities.is_thing(e));
    let entity = entities.find(RESIDENTS).filter(|_| civilian && mention.plural)?;
    Some(Link { entity: Some(entity), speaker: None, span: mention.span })
}

/// "The source added": a definite class of voices without a party is the voice heard before.
fn is_same_again(reading: &Reading<'_>, id: MentionId) -> bool {
    let entities = &reading.words.knowledge.entities;
    let mention = reading.mentions.get(id);
    // "The sources themselves".
    let themselves = |i: usize| reading.words.cuts(i).iter().any(|c| c.cut.pronoun.is_some());
    let mut words = mention.words.clone();
    let article = |i| reading.words.cuts(i).iter().any(|c| c.cut.proclitics.article);
    let class = mention
        .entity
        .is_some_and(|e| entities.get(e).kind == EntityKind::Class && entities.owner(e).is_none());
    class && words.next().is_some_and(article) && words.all(themselves)
}

/// Finds who was last called by the same noun: of the sources and the minister, the sources.
fn called_alike(reading: &Reading<'_>, mention: &Mention, voices: &[Voice]) -> Option<Vec<Link>> {
    let words = reading.words;
    let nouns = words.lex(mention.words.start);
    let same = |i: usize| words.lex(i).iter().any(|a| nouns.iter().any(|b| a.lemma == b.lemma));
    let called = |voice: &&Voice| {
        voice.chain.last().is_some_and(|link| {
            let start = words.all.partition_point(|word| word.span.end <= link.span.start);
            let end = words.all.partition_point(|word| word.span.start < link.span.end);
            (start..end).any(same)
        })
    };
    voices.iter().rev().find(called).map(|voice| voice.chain.clone())
}
