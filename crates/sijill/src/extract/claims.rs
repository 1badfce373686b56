//! Claims assembled from what fired.

use super::Reading;
use super::attribution::{Link, Voice, link_of, voice_at};
use super::frames::Fired;
use super::mentions::MentionId;
use sijill_knowledge::{EntityId, Features, NounClass};
use sijill_model::{
    Attribution, Claim, ClaimType, Count, CountSlot, Evidence, Field, Kind, Modality, Participant,
    Share, ShareSlot, Span,
};
use sijill_text::morph::Number;
use sijill_text::numeral::{Amount, Unit};
use std::ops::Range;

impl Reading<'_> {
    /// Makes the claim of a rule that fired.
    pub(crate) fn claim(
        &self,
        fired: &Fired,
        voices: &[Voice],
        field: Field,
        company: usize,
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
        let mut agent: Vec<Participant> =
            fired.roles.agent.iter().filter_map(|&id| self.participant(id, voice)).collect();
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
            fired.roles.target.iter().filter_map(|&id| self.participant(id, voice)).collect();
        distinct(&mut target);
        let (place, carried) = self.places_of(fired, &sentence);
        let mut claim = Claim {
            id: String::new(),
            document: String::new(),
            sentence: fired.sentence as u32,
            claim_type: rule.claim_type,
            evidence: Evidence { span, field },
            agent,
            target,
            place,
            time: self
                .time_of(fired, &sentence)
                .or_else(|| self.time_at_hand(fired, rule.claim_type, modality, &sentence)),
            count: self.count_of(fired, rule.claim_type),
            share: self.share_of(fired, rule.claim_type, &sentence),
            attribution: voice.map(|v| self.attribution(v)).unwrap_or_default(),
            modality,
            confidence: 0.0,
            rule: rule.id.clone(),
        };
        let features = self.features(fired, &claim, carried, voice, company);
        claim.confidence = self.confidence(rule.confidence, features);
        (claim, features)
    }

    /// The words from the first to the last that belong to the claim; an attached "and" stays out.
    fn evidence(&self, fired: &Fired) -> Span {
        let words = &fired.arguments.words;
        let start = words.start.min(fired.trigger.word);
        let mut start = start;
        if let Some(amount) = fired.roles.own_amount {
            start = start.min(self.words.of_tokens(&self.amounts[amount].tokens).start);
        }
        let end = words.end.max(fired.trigger.end);
        let mut span = self.words.span(start..end);
        let conjunction = self.mentions.at(start).map_or_else(
            || {
                self.words.lex(start).iter().any(|lex| lex.proclitics.conjunction.is_some())
                    && self.words.lex(start).iter().all(|lex| lex.proclitics.conjunction.is_some())
            },
            |id| self.mentions.get(id).front.conjunction.is_some(),
        );
        if conjunction {
            let original = self.words.all[start].span.of(self.words.tokens.text);
            let first = sijill_text::fold::original_offset(original, 2);
            span.start += first as u32;
        }
        span
    }

    fn participant(&self, id: MentionId, voice: Option<&Voice>) -> Option<Participant> {
        let mention = self.mentions.get(id);
        if mention.speaker {
            return voice.and_then(|v| self.speaker(v)).or_else(|| self.own_party(mention.span));
        }
        let entities = &self.words.knowledge.entities;
        if let Some(entity) = mention.entity {
            return Some(self.party(entity, mention.span));
        }
        let class = mention.people?;
        if class == NounClass::Civilian {
            let civilians = entities.find("civilians").map(|id| entities.get(id));
            return Some(Participant {
                id: "civilians".to_owned(),
                actor_type: "civilian".to_owned(),
                name: civilians.map_or_else(String::new, |c| c.names[0].clone()),
                name_en: civilians.and_then(|c| c.names_en.first().cloned()),
                span: mention.span,
            });
        }
        let name = mention.span.of(self.words.tokens.text);
        Some(Participant {
            id: format!("unlisted:{}", sijill_text::fold::folded(name)),
            actor_type: "unlisted".to_owned(),
            name: name.to_owned(),
            name_en: None,
            span: mention.span,
        })
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
        let entity = self.words.knowledge.entities.get(link.entity);
        (entity.type_name != "source").then(|| self.party(link.entity, link.span))
    }

    fn attribution(&self, voice: &Voice) -> Vec<Attribution> {
        let entities = &self.words.knowledge.entities;
        let last = voice.chain.len().saturating_sub(1);
        let implied = |link: &Link| {
            self.outlet == Some(link.entity) || entities.is_outlet_itself(link.entity)
        };
        let links = voice.chain.iter().enumerate().filter(|(_, link)| !implied(link));
        links
            .map(|(i, link)| {
                let entity = entities.get(link.entity);
                Attribution {
                    id: entity.id.clone(),
                    name: entity.names[0].clone(),
                    speaker: link.speaker.map(|s| entities.get(s).id.clone()),
                    verb: (i == last).then(|| voice.cue.of(self.words.tokens.text).to_owned()),
                    span: link.span,
                }
            })
            .collect()
    }

    fn count_of(&self, fired: &Fired, claim_type: ClaimType) -> Option<CountSlot> {
        if let Some(amount) = fired.roles.own_amount {
            return self.count(&self.amounts[amount]);
        }
        if claim_type.kind() == Kind::Damage || claim_type.kind() == Kind::Control {
            return None;
        }
        let mut people = fired.roles.target.iter().map(|&id| self.mentions.get(id));
        if let Some(amount) = people.clone().find_map(|m| m.amount) {
            return self.count(&self.amounts[amount]);
        }
        let movers = matches!(
            claim_type,
            ClaimType::Surrender
                | ClaimType::Defection
                | ClaimType::Withdrawal
                | ClaimType::Protest
                | ClaimType::Evacuation
        );
        let mut agents = fired.roles.agent.iter().map(|&id| self.mentions.get(id));
        if movers && let Some(amount) = agents.find_map(|m| m.amount) {
            return self.count(&self.amounts[amount]);
        }
        let own = self.mentions.at(fired.trigger.word).map(|id| self.mentions.get(id));
        if let Some(victims) =
            own.filter(|m| m.people == Some(NounClass::Victim) && m.number == Number::Dual)
        {
            return Some(CountSlot { count: Count::exactly(2), span: victims.span });
        }
        let told = people.find(|m| {
            m.people.is_some() && (m.number == Number::Dual || m.number == Number::Singular)
        })?;
        let countable =
            claim_type.kind() == Kind::Toll || told.number == Number::Dual || !told.definite;
        let n = if told.number == Number::Dual { 2 } else { 1 };
        let individual = told.people.is_some_and(|c| c != NounClass::Official) || n == 2;
        (countable && (individual || claim_type.kind() == Kind::Toll))
            .then(|| CountSlot { count: Count::exactly(n), span: told.span })
    }

    fn count(&self, amount: &Amount) -> Option<CountSlot> {
        if amount.unit != Unit::Plain {
            return None;
        }
        let whole = |x: Option<f64>| x.map(|x| x.round().max(0.0) as u64);
        let count = Count::between(whole(amount.min), whole(amount.max), amount.approximate)?;
        Some(CountSlot { count, span: amount.span })
    }

    fn share_of(
        &self,
        fired: &Fired,
        claim_type: ClaimType,
        sentence: &Range<usize>,
    ) -> Option<ShareSlot> {
        if !matches!(claim_type.kind(), Kind::Control | Kind::Damage) {
            return None;
        }
        let amount = &self.amounts[self.share_in(&fired.arguments, sentence)?];
        let scale = if amount.unit == Unit::Percent { 0.01 } else { 1.0 };
        let min = amount.min.map_or(0.0, |x| x * scale);
        let max = amount.max.map_or(1.0, |x| x * scale);
        let share = Share::between(round(min), round(max), amount.approximate)?;
        Some(ShareSlot { share, span: amount.span })
    }
}

fn round(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
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
