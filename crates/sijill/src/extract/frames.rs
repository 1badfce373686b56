//! Frames tried on triggers: which roles the arguments fill and whether that makes a claim.

use super::Reading;
use super::arguments::{Arguments, Governor, Trigger};
use super::clauses::preposition_before;
use super::mentions::{MentionId, PlaceRef};
use super::words::Lex;
use sijill_knowledge::{EntityKind, Need, NounClass, Prep, Rule, RuleId, VerbClass, WordId};
use sijill_model::{ClaimType, Kind};
use sijill_text::TokenKind;
use sijill_text::clitic::Preposition;
use sijill_text::letter::ALEF;
use sijill_text::morph::{Number, Person, Pos};
use std::ops::Range;

/// A rule that fired, with its roles.
#[derive(Clone, Debug)]
pub(crate) struct Fired {
    pub(crate) rule: RuleId,
    pub(crate) trigger: Trigger,
    pub(crate) sentence: usize,
    pub(crate) roles: Filled,
    pub(crate) arguments: Arguments,
    /// The sentence tells its cause or its toll, too.
    pub(crate) linked: bool,
    /// It shares its trigger with the claim before, whose evidence holds it.
    pub(crate) shares_trigger: bool,
}

/// The roles that arguments fill.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filled {
    pub(crate) agent: Vec<MentionId>,
    pub(crate) target: Vec<MentionId>,
    pub(crate) place: Vec<MentionId>,
    /// The adjective behind the trigger names the agent.
    pub(crate) adjective: bool,
    /// An amount that counts the trigger itself: "3829 strikes".
    pub(crate) own_amount: Option<usize>,
}

/// Hears of every rule tried on a trigger, and what came of it.
pub(crate) type Report<'a> = &'a mut dyn FnMut(&Trigger, RuleId, &Verdict);

/// Why a rule did not fire, or that it did.
pub(crate) type Verdict = Result<Filled, &'static str>;

impl Reading<'_> {
    /// Tries every frame on every word of a sentence.
    pub(crate) fn fire(&self, s: usize, fired: &mut Vec<Fired>, mut report: Option<Report<'_>>) {
        let sentence = self.sentences[s].clone();
        for i in sentence.clone() {
            if self.words.all[i].kind != TokenKind::Word || self.in_time[i] || self.is_named(i) {
                continue;
            }
            let finite = self.clauses.verb(self.words, i).copied();
            let mut tried: Vec<(u32, Pos)> = Vec::new();
            let lex = self.words.lex(i);
            for lex in lex.iter().chain(&finite) {
                let rules = self.words.knowledge.frames.evoked_by(lex.lemma);
                // "Claimed" is spelled like "I am called": who reports does not speak of himself.
                let other_verb = finite.is_some_and(|f| {
                    let first = |lex: &Lex| lex.form.person == Some(Person::First);
                    f.lemma != lex.lemma && (lex.form.shortened || first(lex) && !first(&f))
                });
                if rules.is_empty() || other_verb || lex.is_finite() != finite.is_some() {
                    continue;
                }
                if tried.contains(&(lex.lemma, lex.form.pos)) || self.describes(i, lex, &sentence) {
                    continue;
                }
                tried.push((lex.lemma, lex.form.pos));
                let mut trigger = Trigger { word: i, end: i + 1, lex: *lex };
                if lex.is_finite()
                    && let Some(finite) = finite.filter(|f| f.lemma == lex.lemma)
                {
                    trigger.lex = finite;
                }
                self.try_rules(&trigger, rules, s, fired, &mut report);
            }
        }
    }

    /// "The attacking force": a word that can be a participle is one behind a noun with the article.
    fn describes(&self, i: usize, lex: &Lex, sentence: &Range<usize>) -> bool {
        let participle = |other: &Lex| {
            other.form.pos == Pos::ActiveParticiple
                && other.lemma == lex.lemma
                && other.proclitics.article
        };
        lex.form.pos == Pos::Masdar
            && lex.proclitics.article
            && lex.proclitics.preposition.is_none()
            && lex.proclitics.conjunction.is_none()
            && sentence.start < i
            && self.words.has_article(i - 1)
            && self.words.lex(i).iter().any(participle)
    }

    /// Words inside a name evoke nothing, but nouns for victims do.
    fn is_named(&self, i: usize) -> bool {
        self.mentions.at(i).is_some_and(|id| {
            let mention = self.mentions.get(id);
            // "Led by": what a body does for its party is told by the noun in front.
            let by =
                mention.words.start == i && mention.front.preposition == Some(Preposition::Beh);
            let name = mention.entity.is_some() && mention.people.is_none() && !by;
            name || mention.place != PlaceRef::None && !mention.anaphoric
        })
    }

    fn try_rules(
        &self,
        trigger: &Trigger,
        rules: &[RuleId],
        s: usize,
        fired: &mut Vec<Fired>,
        report: &mut Option<Report<'_>>,
    ) {
        let frames = &self.words.knowledge.frames;
        let sentence = &self.sentences[s];
        let mut arguments: Vec<(usize, Arguments)> = Vec::new();
        let mut best: Vec<(Kind, Fired)> = Vec::new();
        for &id in rules {
            let rule = frames.rule(id);
            if !rule.forms.has(trigger.lex.form.pos) {
                continue;
            }
            let Some(end) = self.lexically_fits(rule, trigger, sentence) else { continue };
            let trigger = Trigger { end, ..*trigger };
            let known = arguments.iter().position(|(e, _)| *e == end);
            let known = known.unwrap_or_else(|| {
                arguments.push((end, self.arguments(&trigger, sentence)));
                arguments.len() - 1
            });
            let found = &arguments[known].1;
            let verdict = self.judge(rule, &trigger, found, sentence);
            if let Some(report) = report {
                report(&trigger, id, &verdict);
            }
            let Ok(roles) = verdict else { continue };
            let kind = rule.claim_type.kind();
            let new = Fired {
                rule: id,
                trigger,
                sentence: s,
                roles,
                arguments: found.clone(),
                linked: false,
                shares_trigger: false,
            };
            match best.iter_mut().find(|(k, _)| *k == kind) {
                Some((_, old)) if frames.rule(old.rule).rank < rule.rank => *old = new,
                Some(_) => {}
                None => best.push((kind, new)),
            }
        }
        fired.extend(best.into_iter().map(|(_, fired)| fired));
    }

    /// Checks the words that a rule wants or does not want around its trigger.
    fn lexically_fits(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        sentence: &Range<usize>,
    ) -> Option<usize> {
        let mut end = trigger.end;
        if !rule.next.is_empty() {
            let mut next = end;
            while next < sentence.end && self.words.all[next].kind == TokenKind::Sign {
                next += 1;
            }
            if next >= sentence.end || !self.is_one_of(next, &rule.next) {
                return None;
            }
            end = next + 1;
        }
        let around = |reach: usize| {
            trigger.word.saturating_sub(reach).max(sentence.start)
                ..(trigger.word + reach + 1).min(sentence.end)
        };
        let wide = || self.words_around(trigger.word, 8, sentence);
        if !rule.with.is_empty() && !wide().any(|i| self.is_one_of(i, &rule.with)) {
            return None;
        }
        let literal = !matches!(rule.claim_type.kind(), Kind::Event | Kind::Toll | Kind::Damage);
        let figure =
            |i| self.words.cuts(i).iter().any(|c| self.words.knowledge.is_figurative(c.word));
        if !literal && around(4).any(|i| i != trigger.word && figure(i)) {
            return None;
        }
        let unwanted = |i| {
            i != trigger.word
                && self.is_one_of(i, &rule.without)
                && !self.names_fighters(i, trigger)
        };
        if around(4).any(unwanted) {
            return None;
        }
        Some(end)
    }

    /// Lists the nearest words on both sides of a word; signs and dates are not counted.
    fn words_around(
        &self,
        word: usize,
        reach: usize,
        sentence: &Range<usize>,
    ) -> impl Iterator<Item = usize> {
        let is_word = |i: &usize| self.words.all[*i].kind == TokenKind::Word && !self.time_at(*i);
        let before = (sentence.start..word).rev().filter(is_word).take(reach);
        before.chain((word..sentence.end).filter(is_word).take(reach + 1))
    }

    /// Tells whether a word tells whose an armed party beside the trigger is: "government" in "the
    /// government's forces withdrew" speaks of no cabinet.
    fn names_fighters(&self, i: usize, trigger: &Trigger) -> bool {
        self.mentions.at(i).is_some_and(|id| {
            let mention = self.mentions.get(id);
            let armed = mention.entity.is_some_and(|e| {
                let name = self.words.knowledge.entities.get(e).type_name.as_str();
                matches!(name, "armed-group" | "state-forces" | "coalition")
            });
            armed && mention.words.start < i && !mention.words.contains(&trigger.word)
        })
    }

    fn is_one_of(&self, i: usize, list: &[WordId]) -> bool {
        if list.is_empty() {
            return false;
        }
        let bare = || {
            // The accusative adds an alef.
            let word = self.words.folded(i).strip_suffix(ALEF)?;
            self.words.knowledge.vocabulary.get(word)
        };
        self.words.cuts(i).iter().any(|c| list.contains(&c.word))
            || bare().is_some_and(|word| list.contains(&word))
    }

    /// Fills the roles of a rule and checks what it needs.
    fn judge(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> Verdict {
        let filled = self.fill(rule, trigger, arguments);
        if self.refers_back(rule, trigger, arguments, &filled) {
            return Err("a definite noun that only refers back");
        }
        let party = |list: &[MentionId]| match list {
            [one] => self.mentions.get(*one).entity,
            _ => None,
        };
        let related = rule.claim_type.kind() == Kind::Relation;
        if related && party(&filled.agent).is_some_and(|p| party(&filled.target) == Some(p)) {
            return Err("no party is related to itself");
        }
        if rule.claim_type == ClaimType::Strikes && !self.tells_number(&filled) {
            return Err("no number");
        }
        for need in &rule.needs {
            if !need.iter().any(|&need| self.has(need, &filled, trigger, arguments, sentence)) {
                return Err(match need[..] {
                    [Need::Agent] => "no agent",
                    [Need::Target] => "no target",
                    [Need::Place | Need::OwnPlace] => "no place",
                    [Need::Count] => "no count",
                    [Need::Share] => "no share",
                    [Need::Time] => "no time",
                    [Need::People] => "nobody it is done to",
                    [Need::Party] => "no party",
                    _ => "none of the slots it needs",
                });
            }
        }
        Ok(filled)
    }

    /// A definite noun without anything of its own points to what was told before.
    fn refers_back(
        &self,
        rule: &Rule,
        trigger: &Trigger,
        arguments: &Arguments,
        filled: &Filled,
    ) -> bool {
        let nominal = trigger.lex.form.pos != Pos::Verb && trigger.lex.proclitics.article;
        if !rule.anaphoric || !nominal {
            return false;
        }
        // "Forced to withdraw": what somebody is made to do has happened.
        let forced = |g: Governor| {
            let on = preposition_before(self.words, trigger.word) == Some(Prep::On);
            g.finite && g.class == VerbClass::Cause && on
        };
        let asserted = arguments.struck
            || arguments.governor.is_some_and(forced)
            || arguments.governor.is_some_and(|g| {
                matches!(
                    g.class,
                    VerbClass::Light | VerbClass::Able | VerbClass::Aspect | VerbClass::Receive
                )
            });
        let own = filled.agent.iter().chain(&filled.target).chain(&filled.place).any(|&id| {
            arguments.annexed.contains(&id)
                || arguments.object.contains(&id)
                || arguments.prepositional.iter().any(|(_, other)| *other == id)
                || arguments.subject.contains(&id) && !arguments.subject_carried
        });
        !asserted && !own
    }

    /// "The attack left a dead and two wounded": a singular and a dual count behind such a verb, and
    /// where they open a headline.
    fn leaves_victims(
        &self,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> bool {
        let left = arguments.governor.is_some_and(|governor| {
            governor.class == VerbClass::Cause
                || self
                    .clauses
                    .verb(self.words, governor.word)
                    .is_some_and(|lex| self.words.verb_has(lex, VerbClass::Hit))
        });
        let opens = trigger.word == sentence.start
            || self.words.all[trigger.word].after_break
            || self.words.all[trigger.word - 1].kind == TokenKind::Sign;
        let own = self.mentions.at(trigger.word).map(|id| self.mentions.get(id));
        (left || opens)
            && own.is_some_and(|m| {
                m.people == Some(NounClass::Victim) && m.number != Number::Plural && !m.definite
            })
    }

    fn has(
        &self,
        need: Need,
        filled: &Filled,
        trigger: &Trigger,
        arguments: &Arguments,
        sentence: &Range<usize>,
    ) -> bool {
        let mention = |id: &MentionId| self.mentions.get(*id);
        match need {
            Need::Agent => {
                !filled.agent.is_empty() || arguments.first_person || arguments.adjective.is_some()
            }
            Need::Target => !filled.target.is_empty(),
            Need::Place => {
                let facility = |i| self.words.noun(i, |c| c == NounClass::Facility).is_some();
                !filled.place.is_empty()
                    || self.place_in(&arguments.words).is_some()
                    || arguments.words.clone().any(facility)
            }
            Need::OwnPlace => !filled.place.is_empty(),
            Need::Count => {
                filled.own_amount.is_some()
                    || filled.target.iter().any(|id| mention(id).amount.is_some())
                    || self.leaves_victims(trigger, arguments, sentence)
            }
            Need::Share => self.share_in(arguments, sentence).is_some(),
            Need::Time => self.times.iter().any(|t| {
                let words = self.words.of_tokens(&t.tokens);
                arguments.words.start <= words.start && words.end <= arguments.words.end
            }),
            // "Someone was killed": a name that no table holds.
            Need::People => {
                arguments.passive && arguments.unknown_first
                    || filled.target.iter().any(|id| {
                        let m = mention(id);
                        m.people.is_some() || m.entity.is_some() || m.amount.is_some()
                    })
            }
            Need::Party => {
                filled.adjective
                    || filled.agent.iter().chain(&filled.target).any(|id| {
                        let m = mention(id);
                        m.entity.is_some_and(|e| {
                            let entity = self.words.knowledge.entities.get(e);
                            entity.kind != EntityKind::Source && entity.type_name != "civilian"
                        }) || m.people.is_some_and(|c| c == NounClass::Combatant)
                    })
            }
        }
    }
}
