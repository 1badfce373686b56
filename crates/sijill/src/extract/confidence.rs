//! How likely a claim is right: what speaks for it and against it, weighed by `confidence.tsv`.
//!
//! The weights are logits, fitted on reports coded by others (see docs/calibration.md); the sum over
//! all features that hold, added to the logit of the rule's own confidence, gives the claim's.

use super::Reading;
use super::attribution::Voice;
use super::clauses::{Boundary, preposition_at};
use super::frames::Fired;
use super::setting::has_setting;
use super::topic::OFF_TOPIC;
use sijill_knowledge::{Feature, Features, NounClass, Phrase, Prep, VerbClass};
use sijill_model::{Claim, EdtfDate, Kind, Modality};
use sijill_text::TokenKind;
use sijill_text::morph::{Number, Person, Pos, Tense};
use std::ops::Range;

/// What stands around a claim.
#[derive(Clone, Copy)]
pub(crate) struct Company {
    /// How many claims the text makes.
    pub(crate) claims: usize,
    /// What its sentence says of it.
    pub(crate) setting: Features,
}

/// What in a sentence shows that it talks of things rather than tells one.
const TALK: [Feature; 5] =
    [Feature::General, Feature::Past, Feature::Politics, Feature::Relatives, Feature::YearTold];

/// Tells whether a trigger that stands so tells its happening rather than speaks of it.
fn is_told(standing: Feature) -> bool {
    matches!(
        standing,
        Feature::MainVerb
            | Feature::ThatVerb
            | Feature::JoinedVerb
            | Feature::SubordinateVerb
            | Feature::LightVerb
            | Feature::CauseVerb
            | Feature::SaidNoun
            | Feature::InPreposition
            | Feature::OpeningNoun
    )
}

/// Tells whether a sentence stands for itself, where its claim has a place: it does not talk of
/// things, and its main verb tells what happened, and to how many of whom.
fn is_whole(claim: &Claim, standing: Feature, setting: Features) -> bool {
    standing == Feature::MainVerb
        && claim.count.is_some()
        && !claim.target.is_empty()
        && !TALK.iter().any(|&talk| setting.has(talk))
}

impl Reading<'_> {
    /// Returns the confidence of a claim with these features, made by a rule of confidence `base`.
    pub(crate) fn confidence(&self, base: f64, features: Features) -> f64 {
        let logit = (base / (1.0 - base)).ln() + self.words.knowledge.weights.sum(features);
        let topic = if self.off_topic { OFF_TOPIC } else { 1.0 };
        let confidence = topic / (1.0 + (-logit).exp());
        (confidence * 100.0).round() / 100.0
    }

    /// Lists what speaks for and against a claim.
    pub(crate) fn features(
        &self,
        fired: &Fired,
        claim: &Claim,
        carried_place: bool,
        voice: Option<&Voice>,
        company: Company,
    ) -> Features {
        let mut found = Features::default();
        let sentence = &self.sentences[fired.sentence];
        found.add(Feature::Any);
        let standing = self.standing(fired, sentence);
        found.add(standing);
        let settled = has_setting(claim.claim_type);
        let own_place = !claim.place.is_empty() && !carried_place;
        let torn = self.day.is_none() && !(own_place && is_whole(claim, standing, company.setting));
        if settled && torn {
            found.join(company.setting);
            found.add_if(company.claims == 1, Feature::Alone);
            found.add_if(matches!(company.claims, 2 | 3), Feature::Few);
            found.join(self.embedding(fired, sentence));
            let event = claim.claim_type.kind() == Kind::Event;
            found.add_if(event && is_told(standing), Feature::ToldEvent);
        }
        let nominal = fired.trigger.lex.form.pos != Pos::Verb;
        found.add_if(nominal && fired.trigger.lex.proclitics.article, Feature::Definite);
        found.add_if(!claim.agent.is_empty(), Feature::Agent);
        found.add_if(claim.agent.iter().any(|a| a.actor_type != "unlisted"), Feature::KnownAgent);
        found.add_if(!claim.target.is_empty(), Feature::Target);
        found.add_if(fired.arguments.subject_carried, Feature::CarriedSubject);
        found.add_if(claim.count.is_some(), Feature::Count);
        found.add_if(own_place, Feature::OwnPlace);
        found.add_if(settled && own_place && claim.count.is_some(), Feature::CountedPlace);
        found.add_if(carried_place, Feature::CarriedPlace);
        found.add_if(claim.place.is_empty(), Feature::NoPlace);
        match claim.time.map(|t| t.edtf.start()) {
            Some(EdtfDate::Day(_)) => found.add(Feature::Day),
            Some(EdtfDate::Month(..)) => found.add(Feature::Month),
            Some(EdtfDate::Year(_)) => found.add(Feature::Year),
            None => {}
        }
        found.add_if(voice.is_some(), Feature::Attributed);
        found.add_if(claim.modality != Modality::Asserted, Feature::NotAsserted);
        found.add_if(self.tells_recent_time(sentence), Feature::RecentSentence);
        let length = sentence.len();
        found.add_if(25 < length, Feature::LongSentence);
        found.add_if(50 < length, Feature::VeryLongSentence);
        let form = fired.trigger.lex.form;
        found.add_if(form.tense == Some(Tense::Present), Feature::Present);
        found.add_if(nominal && form.number == Number::Plural, Feature::Plural);
        found.add_if(fired.arguments.passive, Feature::Passive);
        let token = self.words.all[fired.trigger.word].token as usize;
        found.add_if(self.quotations.innermost(token).is_some(), Feature::Quoted);
        found.add_if(self.speaks_in_first_person(sentence), Feature::FirstPerson);
        found.add_if(self.names_recent_day(sentence), Feature::Hour);
        found.add_if(self.names_weapon(fired, sentence), Feature::Weapon);
        let target = |test: &dyn Fn(&str) -> bool| claim.target.iter().any(|t| test(&t.actor_type));
        found.add_if(target(&|t| t == "person"), Feature::PersonTarget);
        found.add_if(
            target(&|t| matches!(t, "armed-group" | "state-forces" | "coalition" | "government")),
            Feature::PartyTarget,
        );
        found.add_if(nominal && self.is_topic(fired, sentence), Feature::Topic);
        found.add_if(fired.linked, Feature::Linked);
        found.add_if(self.armed, Feature::ArmedActor);
        found
    }

    /// Tells whether a noun shortly before the trigger makes it a topic: "the case of the killing of".
    pub(super) fn is_topic(&self, fired: &Fired, sentence: &Range<usize>) -> bool {
        let word = fired.trigger.word;
        let start = sentence.start.max(word.saturating_sub(5));
        (start..word)
            .rev()
            .take_while(|&i| self.clauses.before[i + 1] == Boundary::None || i + 1 == word)
            .any(|i| {
                self.words
                    .phrases(i)
                    .iter()
                    .any(|p| p.phrase == Phrase::Topic && p.end as usize <= word)
            })
    }

    /// Tells whether a sentence holds a date of day precision or a word like "yesterday".
    fn tells_recent_time(&self, sentence: &Range<usize>) -> bool {
        sentence.clone().any(|i| self.in_time[i])
    }

    /// Tells whether a verb or pronoun of the first person stands in the sentence.
    fn speaks_in_first_person(&self, sentence: &Range<usize>) -> bool {
        sentence.clone().any(|i| {
            self.clauses
                .verb(self.words, i)
                .is_some_and(|lex| lex.form.person == Some(Person::First))
        })
    }

    /// Tells whether a date of the day of publication or the day before stands in the sentence.
    fn names_recent_day(&self, sentence: &Range<usize>) -> bool {
        self.recent.iter().any(|&word| sentence.contains(&word))
    }

    /// Tells whether a weapon or a military vehicle is named near the trigger.
    fn names_weapon(&self, fired: &Fired, sentence: &Range<usize>) -> bool {
        let word = fired.trigger.word;
        let near = word.saturating_sub(6).max(sentence.start)..sentence.end.min(word + 10);
        near.into_iter().any(|i| {
            let arms = [NounClass::Weapon, NounClass::Vehicle, NounClass::Platform];
            self.words.noun(i, |c| arms.contains(&c)).is_some()
        })
    }

    /// Finds how the trigger stands in its sentence: told, or only spoken of.
    fn standing(&self, fired: &Fired, sentence: &Range<usize>) -> Feature {
        let word = fired.trigger.word;
        if fired.trigger.lex.form.pos == Pos::Verb {
            let clause = self.clauses.start_of(word, sentence);
            return match self.clauses.before[clause] {
                Boundary::Relative => Feature::RelativeVerb,
                Boundary::Subordinate => Feature::SubordinateVerb,
                Boundary::That => Feature::ThatVerb,
                Boundary::JoinedVerb => Feature::JoinedVerb,
                _ => Feature::MainVerb,
            };
        }
        if let Some(governor) = fired.arguments.governor {
            if governor.finite {
                return match governor.class {
                    VerbClass::Light | VerbClass::Receive => Feature::LightVerb,
                    VerbClass::Cause => Feature::CauseVerb,
                    VerbClass::Say => Feature::SaidNoun,
                    _ => Feature::AspectVerb,
                };
            }
            return Feature::GoverningNoun;
        }
        let before = self.before_noun(fired, sentence);
        let Some(before) = before else { return Feature::OpeningNoun };
        if fired.trigger.lex.proclitics.preposition.is_some() {
            return Feature::AttachedPreposition;
        }
        for start in (before.saturating_sub(2)..=before).rev() {
            if let Some((prep, end, _)) = preposition_at(self.words, start)
                && end == before + 1
            {
                return match prep {
                    Prep::Time => Feature::TimePreposition,
                    Prep::Because => Feature::BecausePreposition,
                    Prep::In => Feature::InPreposition,
                    Prep::About | Prep::On => Feature::AboutPreposition,
                    _ => Feature::OtherPreposition,
                };
            }
        }
        if self.words.all[before].kind == TokenKind::Sign {
            return Feature::OpeningNoun;
        }
        if self.clauses.verb(self.words, before).is_some() {
            return Feature::ObjectNoun;
        }
        let noun = self.words.noun(before, |class| class != NounClass::Adjective).is_some()
            || self.words.lex(before).iter().any(|lex| !lex.is_finite());
        if noun { Feature::AnnexedNoun } else { Feature::OtherNoun }
    }

    /// Returns the word before the noun phrase that the trigger heads; determiners are skipped.
    fn before_noun(&self, fired: &Fired, sentence: &Range<usize>) -> Option<usize> {
        let mut at = fired.trigger.word;
        if let Some(amount) = fired.roles.own_amount {
            at = at.min(self.words.of_tokens(&self.amounts[amount].tokens).start);
        }
        while at > sentence.start {
            at -= 1;
            let word = &self.words.all[at];
            let skip = matches!(word.sign, '«' | '"' | '“' | '”')
                || self.words.phrases(at).iter().any(|p| {
                    p.end as usize == at + 1
                        && matches!(p.phrase, Phrase::Determiner | Phrase::Demonstrative)
                });
            if !skip {
                return Some(at);
            }
        }
        None
    }
}
