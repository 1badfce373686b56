//! Claims assembled from what fired.

use super::Reading;
use super::attribution::{Link, Voice, link_of, voice_at};
use super::clauses::{Boundary, preposition_at};
use super::confidence::Company;
use super::frames::Fired;
use super::mentions::{Mention, MentionId};
use super::whereabouts::Whereabouts;
use super::words::Lex;
use sijill_knowledge::{EntityId, Features, NounClass, Prep};
use sijill_model::{
    Attribution, Claim, Evidence, Field, Kind, Modality, Participant, Span, TimeSlot,
};
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use sijill_text::letter::WAW;
use sijill_text::morph::Pos;
use std::ops::Range;

impl Reading<'_> {
    /// Makes the claim of a rule that fired.
    pub(crate) fn claim(
        &self,
        fired: &Fired,
        whereabouts: &Whereabouts,
        time: Option<TimeSlot>,
        voices: &[Voice],
        field: Field,
        company: Company,
    ) -> (Claim, Features) {
        let rule = self.words.knowledge.frames.rule(fired.rule);
        let sentence = self.sentences[fired.sentence].clone();
        let voice = voice_at(voices, fired.trigger.word);
        let span = self.evidence(fired);
        let mut modality = self.modality(&fired.trigger, &fired.arguments, &sentence);
        if modality == Modality::Asserted && rule.claim_type.kind() != Kind::Statement {
            match voice {
                Some(voice) if voice.denies => modality = Modality::Denied,
                Some(voice) if voice.hedges => modality = Modality::Uncertain,
                _ => {}
            }
        }
        let told = self.told_by_first_person(fired, voice, &sentence);
        let voice = voice.or(told.as_ref());
        let kind = rule.claim_type.kind();
        let named = |id, suffers| self.participant(id, voice, kind, suffers);
        let mut agent: Vec<Participant> =
            fired.roles.agent.iter().filter_map(|&id| named(id, false)).collect();
        if fired.roles.adjective
            && let Some((entity, span)) = fired.arguments.adjective
        {
            agent.push(self.party(entity, span));
        }
        if agent.is_empty() && fired.arguments.first_person {
            let span = self.words.all[fired.trigger.word].span;
            agent.extend(voice.and_then(|v| self.speaker(v)).or_else(|| self.own_party(span)));
        }
        distinct(&mut agent);
        let mut target: Vec<Participant> =
            fired.roles.target.iter().filter_map(|&id| named(id, true)).collect();
        distinct(&mut target);
        let place = self.place_slots(whereabouts);
        let mut claim = Claim {
            id: String::new(),
            document: String::new(),
            sentence: fired.sentence as u32,
            claim_type: rule.claim_type,
            evidence: Evidence { span, field },
            agent,
            target,
            place,
            time: time.or_else(|| self.time_at_hand(fired, rule.claim_type, modality)),
            count: self.count_of(fired, rule.claim_type),
            share: self.share_of(fired, rule.claim_type, &sentence),
            attribution: voice.map(|v| self.attribution(v)).unwrap_or_default(),
            modality,
            confidence: 0.0,
            rule: rule.id.clone(),
        };
        let features = self.features(fired, &claim, whereabouts.carried, voice, company);
        claim.confidence = self.confidence(rule.confidence, features);
        (claim, features)
    }

    /// The words from the first to the last that belong to the claim; an attached "and" stays out.
    fn evidence(&self, fired: &Fired) -> Span {
        let words = &fired.arguments.words;
        let mut start = words.start;
        if !fired.shares_trigger {
            start = start.min(fired.trigger.word);
        }
        if let Some(amount) = fired.roles.own_amount {
            start = start.min(self.words.of_tokens(&self.amounts[amount].tokens).start);
        }
        let end = if fired.shares_trigger { words.end } else { words.end.max(fired.trigger.end) };
        let (start, end) = self.with_content(fired, start, end);
        let mut span = self.words.span(start..end);
        let conjunction = self.mentions.at(start).map_or_else(
            || {
                self.words.lex(start).iter().any(|lex| lex.proclitics.conjunction.is_some())
                    && self.words.lex(start).iter().all(|lex| lex.proclitics.conjunction.is_some())
            },
            |id| {
                let whole = |lex: &Lex| lex.proclitics.conjunction.is_none();
                self.mentions.get(id).front.conjunction.is_some()
                    && !self.words.lex(start).iter().any(whole)
            },
        );
        if conjunction {
            let original = self.words.all[start].span.of(self.words.tokens.text);
            let first = sijill_text::fold::original_offset(original, 2);
            span.start += first as u32;
        }
        span
    }

    /// "Experts expect that …", "denied that …": what is expected or denied belongs to the claim.
    fn with_content(&self, fired: &Fired, start: usize, end: usize) -> (usize, usize) {
        let kind = self.words.knowledge.frames.rule(fired.rule).claim_type.kind();
        let sentence = &self.sentences[fired.sentence];
        let before = &self.clauses.before;
        let runs_on = |from: usize| {
            let clause = (from..sentence.end).take_while(|&i| before[i] == Boundary::None);
            clause.last().map_or(from, |last| last + 1)
        };
        // "Seven were killed as shells fell on the town": the cause belongs to the toll.
        if kind == Kind::Toll
            && end < sentence.end
            && before[end] == Boundary::None
            && let Some((Prep::Because, behind, _)) = preposition_at(self.words, end)
        {
            return (start, self.before_signs(end, runs_on(behind)));
        }
        // "The battles which rage in the country": a lone noun and what is told of it.
        if fired.trigger.lex.form.pos != Pos::Verb && end == start + 1 && end < sentence.end {
            let relative = before[end] == Boundary::Relative;
            if relative || self.clauses.verb(self.words, end).is_some() {
                return (start, self.before_signs(start, runs_on(end + 1)));
            }
        }
        if !matches!(kind, Kind::Outlook | Kind::Statement) {
            return (start, end);
        }
        let that = [end - 1, end]
            .into_iter()
            .find(|&i| fired.trigger.word < i && i < sentence.end && before[i] == Boundary::That);
        let Some(that) = that else { return (start, end) };
        let end = runs_on(that + 1);
        let start = if kind == Kind::Outlook { fired.trigger.word } else { start };
        (start, self.before_signs(that, end))
    }

    /// Takes signs off the end of a run of words.
    fn before_signs(&self, start: usize, end: usize) -> usize {
        let word = |&i: &usize| self.words.all[i].kind == TokenKind::Word;
        (start..end).rev().find(word).map_or(end, |last| last + 1)
    }

    /// Names who acts or suffers; nobody where the text does not say who it is.
    fn participant(
        &self,
        id: MentionId,
        voice: Option<&Voice>,
        kind: Kind,
        suffers: bool,
    ) -> Option<Participant> {
        let mention = self.mentions.get(id);
        if mention.speaker {
            return voice.and_then(|v| self.speaker(v)).or_else(|| self.own_party(mention.span));
        }
        let entities = &self.words.knowledge.entities;
        let class = mention.people;
        // Who is led by a party is of it, but where that very thing is told.
        let led =
            mention.owner.filter(|_| class == Some(NounClass::Combatant) && kind != Kind::Relation);
        if let Some(entity) = mention.entity.or(led) {
            return Some(self.party(entities.counts_as(entity), mention.span));
        }
        let class = class?;
        // In doubt a person is a civilian: Additional Protocol I to the Geneva Conventions, article 50.
        if class == NounClass::Civilian || suffers && class == NounClass::Human {
            return entities.find("civilians").map(|id| self.party(id, mention.span));
        }
        // Neither is an official of whom is not told whose.
        let nameless = matches!(class, NounClass::Victim | NounClass::Another)
            || mention.amount.is_some_and(|amount| self.amounts[amount].span == mention.span);
        if nameless {
            return None;
        }
        let span = self.name_of_unlisted(mention);
        let (id, name) = unlisted(span.of(self.words.tokens.text));
        let actor_type = "unlisted".to_owned();
        Some(Participant { id, actor_type, name, name_en: None, span })
    }

    /// What people whom no table knows are called: with the adjectives behind the noun, without what
    /// is attached to its front.
    fn name_of_unlisted(&self, mention: &Mention) -> Span {
        let mut span = mention.span;
        let Some(word) = mention.words.clone().find(|&i| self.words.all[i].span.contains(span))
        else {
            return span;
        };
        let original = self.words.all[word].span.of(self.words.tokens.text);
        if word == mention.words.start && self.words.all[word].span == span {
            let front = mention.front;
            // Behind a lam the article has lost its alef and stays out with it.
            let lam = front.preposition == Some(Preposition::Lam) && front.article;
            let letters = usize::from(front.conjunction.is_some())
                + usize::from(front.preposition.is_some())
                + usize::from(lam);
            let attached = sijill_text::fold::original_offset(original, letters * WAW.len_utf8());
            span.start += attached as u32;
        }
        if !mention.plural {
            return span;
        }
        let definite = self.words.has_article(word) || mention.front.article;
        let describes = |&i: &usize| {
            let class = |class| matches!(class, NounClass::Adjective | NounClass::Combatant);
            let lex = self.words.noun(i, class);
            let plain = lex.is_some_and(|lex| {
                lex.proclitics.conjunction.is_none()
                    && lex.proclitics.preposition.is_none()
                    && lex.proclitics.article == definite
            });
            let adjective = lex.is_none() && self.words.ends_like_adjective(i);
            (plain || adjective && self.words.has_article(i) == definite)
                && !self.words.all[i].after_break
                && self.mentions.at(i).is_none_or(|id| self.mentions.get(id).span == mention.span)
                && self.words.phrases(i).is_empty()
        };
        // "… belonging to": an adjective that a preposition follows is told with what is behind it.
        let complete = |&i: &usize| {
            self.words.all.get(i + 1).is_none_or(|_| {
                let attached = |lex: &Lex| lex.proclitics.preposition.is_some();
                preposition_at(self.words, i + 1).is_none()
                    && !self.words.lex(i + 1).iter().any(attached)
                    && self
                        .mentions
                        .at(i + 1)
                        .is_none_or(|id| self.mentions.get(id).front.preposition.is_none())
            })
        };
        let behind = word + 1..self.words.all.len().min(word + 3);
        let last = behind.take_while(describes).filter(complete).last();
        span.end = last.map_or(span.end, |i| self.words.all[i].span.end.max(span.end));
        span
    }

    /// The party whose organ published the document: "our forces" in its communiqué.
    fn own_party(&self, span: Span) -> Option<Participant> {
        let owner = self.words.knowledge.entities.owner(self.outlet?)?;
        Some(self.party(owner, span))
    }

    fn party(&self, entity: EntityId, span: Span) -> Participant {
        let entity = self.words.knowledge.entities.get(entity);
        Participant {
            id: entity.id.clone(),
            actor_type: entity.type_name.clone(),
            name: entity.names[0].clone(),
            name_en: entity.names_en.first().cloned(),
            span,
        }
    }

    /// A first person without a cue is whoever the sentence names behind the quotation.
    fn told_by_first_person(
        &self,
        fired: &Fired,
        voice: Option<&Voice>,
        sentence: &Range<usize>,
    ) -> Option<Voice> {
        let speakers = fired.roles.agent.iter().chain(&fired.roles.target);
        let first_person = fired.arguments.first_person
            || speakers.into_iter().any(|&id| self.mentions.get(id).speaker);
        let organ = self.outlet.is_some_and(|o| self.words.knowledge.entities.owner(o).is_some());
        if !first_person || voice.is_some() || organ {
            return None;
        }
        let behind = (fired.arguments.words.end..sentence.end).find_map(|i| self.mentions.at(i))?;
        let link = link_of(self, behind)?;
        let cue = link.span;
        let words = sentence.clone();
        Some(Voice { words, chain: vec![link], cue, denies: false, hedges: false })
    }

    /// Who speaks in the first person, if a party.
    fn speaker(&self, voice: &Voice) -> Option<Participant> {
        let link = voice.chain.last()?;
        let id = link.entity?;
        let entity = self.words.knowledge.entities.get(id);
        (entity.type_name != "source").then(|| self.party(id, link.span))
    }

    fn attribution(&self, voice: &Voice) -> Vec<Attribution> {
        let entities = &self.words.knowledge.entities;
        let last = voice.chain.len().saturating_sub(1);
        let implied = |link: &Link| {
            link.entity.is_some_and(|e| self.outlet == Some(e) || entities.is_outlet_itself(e))
        };
        let links = voice.chain.iter().enumerate().filter(|(_, link)| !implied(link));
        links
            .map(|(i, link)| {
                let (id, name) = match link.entity.map(|e| entities.get(e)) {
                    Some(entity) => (entity.id.clone(), entity.names[0].clone()),
                    None => unlisted(link.span.of(self.words.tokens.text)),
                };
                Attribution {
                    id,
                    name,
                    speaker: link.speaker.map(|s| entities.get(s).id.clone()),
                    verb: (i == last).then(|| voice.cue.of(self.words.tokens.text).to_owned()),
                    span: link.span,
                }
            })
            .collect()
    }
}

/// Returns id and name of one whom no table holds.
fn unlisted(name: &str) -> (String, String) {
    (format!("unlisted:{}", sijill_text::fold::folded(name)), name.to_owned())
}

/// Keeps each party once, where it was named first.
fn distinct(participants: &mut Vec<Participant>) {
    let mut seen: Vec<String> = Vec::new();
    participants.retain(|p| {
        let new = !seen.contains(&p.id);
        seen.push(p.id.clone());
        new
    });
}
