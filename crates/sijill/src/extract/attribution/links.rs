//! Links: which party, outlet or person a cue names, and through whom it was handed on.

use super::super::Reading;
use super::super::clauses::{Boundary, preposition_at, preposition_before};
use super::super::mentions::{MentionId, nationality};
use super::super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, Prep, VerbClass};
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use std::ops::Range;

use super::unlisted::{description, named, unlisted};
use super::{Link, Voice};

/// "A source in the ministry", "the media of the group" speaks for whom it belongs to.
pub(super) fn of_party(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
    let entities = &reading.words.knowledge.entities;
    let outlet = |e: EntityId| entities.is_outlet_itself(e);
    if !link.entity.is_some_and(|e| is_vague(reading, e) && !outlet(e)) {
        return link;
    }
    match party_behind(reading, end, content) {
        Some(party) if party.entity != link.entity => {
            Link { span: link.span.cover(party.span), ..party }
        }
        _ => link,
    }
}

/// Finds the party to which a noun phrase that ends before a word belongs: "a leader in the movement".
pub(super) fn party_behind(reading: &Reading<'_>, end: usize, content: usize) -> Option<Link> {
    let id = (end..content.min(end + 7)).find_map(|i| reading.mentions.at(i))?;
    let mention = reading.mentions.get(id);
    let belongs = match preposition_before(reading.words, mention.words.start) {
        Some(prep) => matches!(prep, Prep::In | Prep::From),
        None => {
            let joined = matches!(mention.front.preposition, None | Some(Preposition::Lam));
            let signs = |w: usize| reading.words.all[w].kind == TokenKind::Sign;
            joined && (end..mention.words.start).all(signs)
        }
    };
    let speaks =
        |link: &Link| link.entity.is_some_and(|e| !is_vague(reading, e) && !is_medium(reading, e));
    link_of(reading, id).filter(|link| belongs && speaks(link))
}

/// Tells whether somebody publishes what others tell: an agency, not an office or a class of voices.
fn is_medium(reading: &Reading<'_>, entity: EntityId) -> bool {
    let entity = reading.words.knowledge.entities.get(entity);
    entity.kind == EntityKind::Source && !matches!(entity.role.as_str(), "office" | "class")
}

/// Tells whether somebody is a class of voices: sources, activists.
pub(super) fn is_vague(reading: &Reading<'_>, entity: EntityId) -> bool {
    reading.words.knowledge.entities.get(entity).kind == EntityKind::Class
}

/// Adds the person named right behind the office: "the director of the Observatory, …". Behind a
/// word for anybody, such as "the secretary", the person is who speaks.
pub(super) fn with_person(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
    if link.speaker.is_some() {
        return link;
    }
    let entities = &reading.words.knowledge.entities;
    let found = (end..content.min(end + 8)).find_map(|i| {
        let id = reading.mentions.at(i)?;
        let mention = reading.mentions.get(id);
        let entity = mention.entity.filter(|_| mention.front.preposition.is_none())?;
        (entities.get(entity).kind == EntityKind::Person).then_some((id, entity))
    });
    let Some((id, person)) = found else { return link };
    if link.entity.is_some_and(|e| is_vague(reading, e)) {
        return link_of(reading, id).unwrap_or(link);
    }
    let is_its = entities.owner(person).is_none_or(|owner| Some(owner) == link.entity);
    Link { speaker: is_its.then_some(person), ..link }
}

/// Reads relays: "told the agency", "the channel quoted … as saying".
pub(super) fn relays(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    sentence: &Range<usize>,
    content: usize,
    voices: &[Voice],
    chain: &mut Vec<Link>,
) {
    let hands_on = reading.words.verb_has(lex, VerbClass::Relay);
    let about = |w: usize| preposition_at(reading.words, w).is_some_and(|(p, ..)| p == Prep::About);
    let limit = content.min(verb + 24).min(sentence.end);
    for i in verb + 1..limit {
        let heard = hands_on && i > verb + 1 && about(i - 1);
        let Some(id) = reading.mentions.at(i) else {
            if heard && let Some(link) = unlisted(reading, i, limit, voices) {
                chain.push(link);
                return;
            }
            continue;
        };
        let mention = reading.mentions.get(id);
        if mention.words.start != i {
            continue;
        }
        let Some(link) = link_of(reading, id) else { continue };
        if chain.iter().any(|l| l.entity == link.entity) {
            continue;
        }
        if hears(reading, id) {
            chain.insert(0, link);
            continue;
        }
        let of_source = (i.saturating_sub(4)..i).any(about);
        if hands_on && of_source {
            chain.push(of_party(reading, link, mention.words.end, content));
            return;
        }
    }
}

/// Tells whether a mention is a medium to which something is told.
pub(super) fn hears(reading: &Reading<'_>, id: MentionId) -> bool {
    let mention = reading.mentions.get(id);
    let to = mention.front.preposition == Some(Preposition::Lam)
        || preposition_before(reading.words, mention.words.start) == Some(Prep::For);
    to && mention.entity.is_some_and(|e| is_medium(reading, e))
}

/// Reads the voice that begins at or right behind a word.
pub(super) fn link_from(
    reading: &Reading<'_>,
    from: usize,
    sentence: &Range<usize>,
) -> Option<(Link, usize)> {
    let limit = sentence.end.min(from + 6);
    let mut described = None;
    for i in from..limit {
        if reading.clauses.verb(reading.words, i).is_some() && reading.mentions.at(i).is_none() {
            // "as the agency reported": the verb belongs to the cue.
            if i > from + 1 {
                break;
            }
            continue;
        }
        let begins = described.is_none() && reading.words.noun(i, |_| true).is_some();
        if begins {
            described = Some(description(reading, i, sentence.end).unwrap_or(i..i));
        }
        if let Some(id) = reading.mentions.at(i) {
            let mention = reading.mentions.get(id);
            // "According to the governor of the province, the army …".
            if described.as_ref().is_some_and(|words| !words.is_empty() && words.end < i) {
                break;
            }
            if let Some(link) = link_of(reading, id) {
                let link = of_party(reading, link, mention.words.end, sentence.end);
                let link = with_person(reading, link, mention.words.end, sentence.end);
                return Some((link, mention.words.end));
            }
        } else if let Some(entity) = nationality(reading.words, i) {
            // "According to American estimates".
            let span = reading.words.all[i].span;
            return Some((Link { entity: Some(entity), speaker: None, span }, i + 1));
        }
        // "According to the statement, that …": who is named in what is said does not say it.
        if matches!(reading.words.all[i].sign, '،' | '.')
            || reading.clauses.before[i] == Boundary::That
        {
            break;
        }
    }
    let words = described.filter(|words| !words.is_empty())?;
    let end = words.end;
    Some((named(reading, words), end))
}

/// Makes a voice of a mention, if it can speak.
pub(crate) fn link_of(reading: &Reading<'_>, id: MentionId) -> Option<Link> {
    let entities = &reading.words.knowledge.entities;
    let mention = reading.mentions.get(id);
    let entity = mention.entity?;
    let span = mention.span;
    if entities.get(entity).kind == EntityKind::Person {
        let owner = mention.owner.or_else(|| entities.owner(entity));
        return Some(match owner {
            Some(owner) => Link { entity: Some(owner), speaker: Some(entity), span },
            None => Link { entity: Some(entity), speaker: None, span },
        });
    }
    if entities.get(entity).kind == EntityKind::Class {
        // "a source in the group" speaks for the group.
        let entity = entities.owner(entity).unwrap_or(entity);
        return Some(Link { entity: Some(entity), speaker: None, span });
    }
    let civilian = entities.get(entity).type_name == "civilian";
    (!civilian).then_some(Link { entity: Some(entity), speaker: None, span })
}

/// "… issued a statement, pointing to": who acts in the sentence speaks in the participle.
pub(super) fn own_link(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> Option<Link> {
    let verb = (sentence.start..i).find(|&w| reading.clauses.verb(reading.words, w).is_some())?;
    let lex = reading.clauses.verb(reading.words, verb)?;
    link_of(reading, reading.own_subject(verb, lex, sentence)?)
}
