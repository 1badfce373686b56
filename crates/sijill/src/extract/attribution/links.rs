//! Links: which party, outlet or person a cue names, and through whom it was handed on.

use super::super::Reading;
use super::super::arguments::agrees;
use super::super::clauses::{Boundary, preposition_at};
use super::super::mentions::{MentionId, nationality};
use super::super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, NounClass, Prep, VerbClass};
use sijill_model::Span;
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use std::ops::Range;

use super::Link;

/// The class of voices that people of no party are.
const RESIDENTS: &str = "residents";

/// Finds who says, as the subject of a verb of saying.
pub(super) fn subject_link(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    sentence: &Range<usize>,
    content: usize,
) -> Option<Link> {
    // Behind the verb: the first noun phrase without a preposition, before the content.
    let mut i = verb + 1;
    let mut prepositional = false;
    let mut official: Option<Span> = None;
    while i < content.min(verb + 16) {
        // A date between commas may stand before who says it; anything else begins anew.
        let anew = reading.clauses.before[i] == Boundary::Comma
            && !reading.time_at(i)
            && !(verb + 1..i)
                .all(|w| reading.time_at(w) || reading.words.all[w].kind == TokenKind::Sign);
        if anew && official.is_none() && is_unknown_name(reading, verb + 1..i) {
            return of_apposition(reading, i, content);
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
            // "a source in the group": the place of the source is who it speaks for.
            prepositional = official.is_none() || !matches!(prep, Prep::In | Prep::From);
            i = end.max(i + 1);
            continue;
        }
        if let Some(id) = reading.mentions.at(i) {
            let mention = reading.mentions.get(id);
            let attached = mention.front.preposition.is_some() && official.is_none();
            if !prepositional && !attached && is_same_again(reading, id) {
                return None;
            }
            if !prepositional
                && !attached
                && let Some(link) = link_of(reading, id).or_else(|| residents(reading, id))
            {
                let link = of_party(reading, link, mention.words.end, content);
                return Some(with_person(reading, link, mention.words.end, content));
            }
            // "The factions accused the government": who speaks is nobody the tables hold, and the
            // next party is not who does.
            let unlisted = mention.entity.is_none()
                && mention.people == Some(NounClass::Combatant)
                && agrees(mention, lex);
            if unlisted && !prepositional && !attached {
                return None;
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
    // In front of the verb: "the Observatory confirmed".
    let mut start = reading.clauses.start_of(verb, sentence);
    if lex.proclitics.conjunction.is_some() {
        start = verb;
    }
    let front = reading
        .mentions
        .before(verb)
        .take_while(|(_, m)| m.words.start >= start)
        .filter(|(_, m)| m.front.preposition.is_none() && agrees(m, lex));
    let before = front.filter_map(|(id, _)| link_of(reading, id)).last();
    if before.is_some() {
        return before;
    }
    // "… , who said that": the relative clause speaks of the noun phrase before it.
    let clause = reading.clauses.start_of(verb, sentence);
    if reading.clauses.before[clause] == Boundary::Relative {
        let antecedent = reading.mentions.before(clause).next()?;
        return link_of(reading, antecedent.0);
    }
    None
}

/// Tells whether words are the name of somebody whom no table holds: none of them is anything else.
fn is_unknown_name(reading: &Reading<'_>, words: Range<usize>) -> bool {
    let name = |i: usize| {
        let unknown = reading.words.lex(i).is_empty() || reading.mentions.at(i).is_none();
        reading.words.all[i].kind == TokenKind::Word
            && reading.words.phrases(i).is_empty()
            && unknown
            && !reading.time_at(i)
    };
    let names = words.clone().filter(|&i| name(i)).count();
    let signs = words.clone().filter(|&i| reading.words.all[i].kind == TokenKind::Sign).count();
    2 <= names && names + signs == words.len()
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
    Some(Link { entity, speaker: None, span: mention.span })
}

/// "The source added": a definite class of voices without a party is the voice heard before.
pub(super) fn is_same_again(reading: &Reading<'_>, id: MentionId) -> bool {
    let entities = &reading.words.knowledge.entities;
    let mention = reading.mentions.get(id);
    mention
        .entity
        .is_some_and(|e| entities.get(e).kind == EntityKind::Class && entities.owner(e).is_none())
        && mention.words.len() == 1
        && reading.words.cuts(mention.words.start).iter().any(|c| c.cut.proclitics.article)
}

/// "A source in the ministry" speaks for the ministry.
pub(super) fn of_party(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
    let entities = &reading.words.knowledge.entities;
    let vague =
        |e: EntityId| entities.get(e).kind == EntityKind::Class && !entities.is_outlet_itself(e);
    if !vague(link.entity) {
        return link;
    }
    let inside = (end..content.min(end + 4)).any(|i| {
        preposition_at(reading.words, i)
            .is_some_and(|(prep, ..)| matches!(prep, Prep::In | Prep::From))
    });
    let party = (end..content.min(end + 7)).find_map(|i| {
        let id = reading.mentions.at(i)?;
        let found = link_of(reading, id)?;
        (!vague(found.entity) && found.entity != link.entity).then_some(found)
    });
    match party {
        Some(party) if inside => Link { span: link.span.cover(party.span), ..party },
        _ => link,
    }
}

/// Adds the person named right behind the office: "the director of the Observatory, …".
pub(super) fn with_person(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
    if link.speaker.is_some() {
        return link;
    }
    let entities = &reading.words.knowledge.entities;
    let person = (end..content.min(end + 8)).find_map(|i| {
        let id = reading.mentions.at(i)?;
        let mention = reading.mentions.get(id);
        let entity = mention.entity.filter(|_| mention.front.preposition.is_none())?;
        (entities.get(entity).kind == EntityKind::Person).then_some(entity)
    });
    match person {
        Some(person) if entities.owner(person).is_none_or(|owner| owner == link.entity) => {
            Link { speaker: Some(person), ..link }
        }
        _ => link,
    }
}

/// Reads relays: "told the agency", "the channel quoted … as saying".
pub(super) fn relays(
    reading: &Reading<'_>,
    verb: usize,
    lex: &Lex,
    sentence: &Range<usize>,
    content: usize,
    chain: &mut Vec<Link>,
) {
    let entities = &reading.words.knowledge.entities;
    let hands_on = reading.words.verb_has(lex, VerbClass::Relay);
    for i in verb + 1..content.min(verb + 24).min(sentence.end) {
        let Some(id) = reading.mentions.at(i) else { continue };
        let mention = reading.mentions.get(id);
        if mention.words.start != i {
            continue;
        }
        let Some(link) = link_of(reading, id) else { continue };
        let medium = entities.get(link.entity).kind == EntityKind::Source;
        let told = mention.front.preposition == Some(Preposition::Lam) && medium;
        if told && chain.iter().all(|l| l.entity != link.entity) {
            chain.insert(0, link);
            continue;
        }
        let from =
            i > 0 && preposition_at(reading.words, i - 1).is_some_and(|(p, ..)| p == Prep::About);
        let of_source = (i.saturating_sub(4)..i)
            .any(|w| preposition_at(reading.words, w).is_some_and(|(p, ..)| p == Prep::About));
        if hands_on && (from || of_source) && chain.iter().all(|l| l.entity != link.entity) {
            chain.push(link);
            return;
        }
    }
}

/// Reads the voice that begins at or right behind a word.
pub(super) fn link_from(
    reading: &Reading<'_>,
    from: usize,
    sentence: &Range<usize>,
) -> Option<(Link, usize)> {
    for i in from..sentence.end.min(from + 6) {
        if reading.clauses.verb(reading.words, i).is_some() && reading.mentions.at(i).is_none() {
            // "as the agency reported": the verb belongs to the cue.
            if i > from + 1 {
                return None;
            }
            continue;
        }
        if let Some(id) = reading.mentions.at(i) {
            let mention = reading.mentions.get(id);
            if let Some(link) = link_of(reading, id) {
                let link = with_person(reading, link, mention.words.end, sentence.end);
                return Some((link, mention.words.end));
            }
        } else if let Some(entity) = nationality(reading.words, i) {
            // "According to American estimates".
            let span = reading.words.all[i].span;
            return Some((Link { entity, speaker: None, span }, i + 1));
        }
        if matches!(reading.words.all[i].sign, '،' | '.') {
            return None;
        }
    }
    None
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
            Some(owner) => Link { entity: owner, speaker: Some(entity), span },
            None => Link { entity, speaker: None, span },
        });
    }
    if entities.get(entity).kind == EntityKind::Class {
        // "a source in the group" speaks for the group.
        let entity = entities.owner(entity).unwrap_or(entity);
        return Some(Link { entity, speaker: None, span });
    }
    let civilian = entities.get(entity).type_name == "civilian";
    (!civilian).then_some(Link { entity, speaker: None, span })
}

/// "… issued a statement, pointing to": who acts in the sentence speaks in the participle.
pub(super) fn own_link(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> Option<Link> {
    let verb = (sentence.start..i).find(|&w| reading.clauses.verb(reading.words, w).is_some())?;
    let lex = reading.clauses.verb(reading.words, verb)?;
    link_of(reading, reading.own_subject(verb, lex, sentence)?)
}
