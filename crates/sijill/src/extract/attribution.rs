//! Who says so: cues, voices and how far they reach.

use super::Reading;
use super::arguments::agrees;
use super::clauses::{Boundary, preposition_at};
use super::mentions::MentionId;
use super::words::Lex;
use sijill_knowledge::{EntityId, EntityKind, NounClass, Phrase, Prep, VerbClass};
use sijill_model::Span;
use sijill_text::clitic::Preposition;
use sijill_text::letter::{ALEF, HEH};
use sijill_text::morph::Pos;
use std::ops::Range;

/// A run of words that somebody says.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    /// What is said.
    pub(crate) words: Range<usize>,
    /// From the outermost relay to the origin.
    pub(crate) chain: Vec<Link>,
    /// The cue as written.
    pub(crate) cue: Span,
    /// The source denies what it speaks of.
    pub(crate) denies: bool,
    /// The source is less than sure.
    pub(crate) hedges: bool,
}

/// One voice of a chain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Link {
    /// The party, outlet or monitor; the person if none is known.
    pub(crate) entity: EntityId,
    /// The person who speaks for it.
    pub(crate) speaker: Option<EntityId>,
    pub(crate) span: Span,
}

/// Finds the voices of a text, in order.
pub(crate) fn voices(reading: &Reading<'_>) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for s in 0..reading.sentences.len() {
        let sentence = reading.sentences[s].clone();
        let before = voices.len();
        prepositional_cues(reading, &sentence, &mut voices);
        verbal_cues(reading, &sentence, &mut voices, before);
        if voices.len() == before {
            run_on(reading, s, &mut voices);
        }
    }
    voices
}

/// Finds the voice that speaks at a word: the last cue that reaches it.
pub(crate) fn voice_at(voices: &[Voice], word: usize) -> Option<&Voice> {
    let reaches = |voice: &&Voice| voice.words.contains(&word);
    voices.iter().filter(reaches).min_by_key(|voice| voice.words.len())
}

/// Reads "according to …", "quoting …": the whole sentence around is said by the noun phrase behind.
fn prepositional_cues(reading: &Reading<'_>, sentence: &Range<usize>, voices: &mut Vec<Voice>) {
    for phrase in reading.words.all_phrases() {
        let start = phrase.start as usize;
        if !sentence.contains(&start) || !matches!(phrase.phrase, Phrase::According | Phrase::Relay)
        {
            continue;
        }
        let Some((link, end)) = link_from(reading, phrase.end as usize, sentence) else { continue };
        let opens = start <= sentence.start + 3;
        let scope = if opens {
            start..sentence.end
        } else {
            clause_back(reading, start, sentence)..sentence.end.min(end + 1)
        };
        // In the middle of a sentence it speaks for what stands before it, to the last cue.
        voices.push(Voice {
            words: scope,
            chain: vec![link],
            cue: reading.words.span(start..phrase.end as usize),
            denies: false,
            hedges: false,
        });
    }
}

fn clause_back(reading: &Reading<'_>, at: usize, sentence: &Range<usize>) -> usize {
    let hard =
        |&i: &usize| i < at && reading.clauses.before[i] == Boundary::Strong && i > sentence.start;
    sentence.clone().rev().find(hard).unwrap_or(sentence.start)
}

/// Reads verbs of saying, and verbal nouns of saying, with who says.
fn verbal_cues(
    reading: &Reading<'_>,
    sentence: &Range<usize>,
    voices: &mut Vec<Voice>,
    first_of_sentence: usize,
) {
    for i in sentence.clone() {
        let Some((lex, finite)) = saying(reading, i) else { continue };
        let words = reading.words;
        let content = content_start(reading, i, sentence);
        let link = if finite {
            subject_link(reading, i, &lex, sentence, content)
        } else if lex.form.pos == Pos::Masdar && lex.pronoun.is_none() {
            link_from(reading, i + 1, sentence).map(|(link, _)| link)
        } else {
            None
        };
        let denies = words.verb_has(&lex, VerbClass::Deny);
        let hedges = words.verb_has(&lex, VerbClass::Hedge);
        let known = link.is_some();
        let mut chain = Vec::new();
        match link {
            Some(link) => {
                // "the agency quoted a commander, who said": the chain is known already.
                let same = |v: &&Voice| v.chain.last().is_some_and(|l| l.entity == link.entity);
                match voices[first_of_sentence..].iter().rev().find(same) {
                    Some(earlier) => chain.clone_from(&earlier.chain),
                    None => chain.push(link),
                }
            }
            None => {
                // Nobody new is named: whoever spoke last goes on.
                let within = voices[first_of_sentence..].last();
                let bare = finite && opens_sentence(reading, i, sentence)
                    || lex.form.pos == Pos::ActiveParticiple;
                let previous = within
                    .or_else(|| voices.last().filter(|_| bare && near(reading, voices, sentence)));
                let Some(previous) = previous.filter(|_| chain.is_empty()) else {
                    if chain.is_empty() {
                        continue;
                    }
                    voices.push(Voice {
                        words: i + 1..sentence.end,
                        chain,
                        cue: words.all[i].span,
                        denies,
                        hedges,
                    });
                    continue;
                };
                if previous.words.end < sentence.start && !words.verb_has(&lex, VerbClass::BareSay)
                {
                    continue;
                }
                chain.clone_from(&previous.chain);
            }
        }
        if known && finite {
            relays(reading, i, &lex, sentence, content, &mut chain);
        }
        if chain.is_empty() {
            continue;
        }
        let start = i + 1;
        let voice =
            Voice { words: start..sentence.end, chain, cue: words.all[i].span, denies, hedges };
        // A new voice ends the one before it.
        if known {
            for earlier in &mut voices[first_of_sentence..] {
                let ends = clause_start_before(reading, i, sentence);
                if earlier.words.end > ends && earlier.words.start < ends {
                    earlier.words.end = ends;
                }
            }
        }
        voices.push(voice);
    }
}

/// Finds where the clause of a later cue begins, so that an earlier voice ends there.
fn clause_start_before(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> usize {
    reading.clauses.start_of(i, sentence)
}

fn near(reading: &Reading<'_>, voices: &[Voice], sentence: &Range<usize>) -> bool {
    let last = voices.last().map_or(0, |v| v.words.end);
    let between = reading.sentences.iter().filter(|s| last <= s.start && s.end <= sentence.start);
    between.count() <= 1
}

fn opens_sentence(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> bool {
    let signs =
        (sentence.start..i).all(|w| reading.words.all[w].sign != '\0' || i - sentence.start <= 2);
    signs && i <= sentence.start + 3
}

/// Returns the reading of a word as saying something: a finite verb, a participle or a verbal noun.
fn saying(reading: &Reading<'_>, i: usize) -> Option<(Lex, bool)> {
    let words = reading.words;
    let counts = |id| reading.mentions.get(id).amount.is_some();
    if reading.mentions.at(i).is_some_and(counts) {
        // "no less than": the verb belongs to the number.
        return None;
    }
    if let Some(lex) = reading.clauses.verb(words, i) {
        if words.verb_has(lex, VerbClass::Say) {
            return Some((*lex, true));
        }
        // Another verb of this spelling may say something, if a that-clause follows.
        let that = (i + 1..reading.words.all.len().min(i + 14))
            .any(|w| reading.clauses.before[w] == Boundary::That);
        return words
            .lex(i)
            .iter()
            .find(|lex| that && lex.is_finite() && words.verb_has(lex, VerbClass::Say))
            .map(|lex| (*lex, true));
    }
    let nominal = words.lex(i).iter().find(|lex| {
        words.verb_has(lex, VerbClass::Say)
            && !lex.proclitics.article
            && matches!(lex.form.pos, Pos::ActiveParticiple | Pos::Masdar)
    })?;
    let participle = nominal.form.pos == Pos::ActiveParticiple;
    let accusative = words.folded(i).ends_with([ALEF, HEH]);
    let announced =
        nominal.form.pos == Pos::Masdar && nominal.proclitics.preposition == Some(Preposition::Beh);
    let free = reading.mentions.at(i).is_none();
    (participle && accusative && free || announced).then_some((*nominal, false))
}

/// Finds where the content begins: behind "that", a colon or a quotation mark.
fn content_start(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> usize {
    let limit = sentence.end.min(i + 30);
    (i + 1..limit)
        .find(|&w| reading.clauses.before[w] == Boundary::That || reading.words.all[w].sign == ':')
        .unwrap_or(limit)
}

/// Finds who says, as the subject of a verb of saying.
fn subject_link(
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
        if reading.clauses.verb(reading.words, i).is_some()
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
                && let Some(link) = link_of(reading, id)
            {
                let link = of_party(reading, link, mention.words.end, content);
                return Some(with_person(reading, link, mention.words.end, content));
            }
            prepositional = false;
            i = mention.words.end.max(i + 1);
            continue;
        }
        let speaker = reading.words.noun(i, |c| {
            matches!(
                c,
                NounClass::Official | NounClass::Person | NounClass::Document | NounClass::Group
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

/// "The source added": a definite class of voices without a party is the voice heard before.
fn is_same_again(reading: &Reading<'_>, id: MentionId) -> bool {
    let entities = &reading.words.knowledge.entities;
    let mention = reading.mentions.get(id);
    mention
        .entity
        .is_some_and(|e| entities.get(e).kind == EntityKind::Class && entities.owner(e).is_none())
        && mention.words.len() == 1
        && reading.words.cuts(mention.words.start).iter().any(|c| c.cut.proclitics.article)
}

/// "A source in the ministry" speaks for the ministry.
fn of_party(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
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
fn with_person(reading: &Reading<'_>, link: Link, end: usize, content: usize) -> Link {
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
fn relays(
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
fn link_from(reading: &Reading<'_>, from: usize, sentence: &Range<usize>) -> Option<(Link, usize)> {
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

/// Carries a voice on: a quotation that is still open, or a sentence inside one.
fn run_on(reading: &Reading<'_>, s: usize, voices: &mut Vec<Voice>) {
    let sentence = &reading.sentences[s];
    let token = reading.words.all[sentence.start].token as usize;
    let Some(quotation) = reading.quotations.innermost(token) else { return };
    let opened = reading.words.of_tokens(&quotation.tokens).start;
    // The voice that reaches the opening of the quotation, or ends right before it.
    let speaks = |voice: &&Voice| {
        voice.words.contains(&opened) || voice.words.end <= opened && opened <= voice.words.end + 2
    };
    let voice = voices.iter().rev().take(12).find(speaks);
    if opened < sentence.start
        && let Some(voice) = voice
    {
        let carried = Voice { words: sentence.clone(), ..voice.clone() };
        voices.push(carried);
    }
}

/// "… issued a statement, pointing to": who acts in the sentence speaks in the participle.
fn own_link(reading: &Reading<'_>, i: usize, sentence: &Range<usize>) -> Option<Link> {
    let verb = (sentence.start..i).find(|&w| reading.clauses.verb(reading.words, w).is_some())?;
    let lex = reading.clauses.verb(reading.words, verb)?;
    link_of(reading, reading.own_subject(verb, lex, sentence)?)
}
