//! What sort of sentence a claim stands in: a plain report of what happened, or talk around it.

use super::Reading;
use super::clauses::{Boundary, preposition_at};
use super::frames::Fired;
use super::words::KnownCut;
use sijill_knowledge::{Feature, Features, Prep, Register, Registers};
use sijill_model::{ClaimType, EdtfDate, Kind};
use std::ops::Range;

impl Reading<'_> {
    /// Lists what a sentence and the claims in it say of each of its claims.
    pub(super) fn setting(&self, s: usize, fired: &[Fired]) -> Features {
        let sentence = &self.sentences[s];
        let mut found = self.registers_of(sentence);
        let relatives =
            sentence.clone().filter(|&i| self.clauses.before[i] == Boundary::Relative).count();
        found.add_if(1 < relatives, Feature::Relatives);
        found.add_if(self.tells_year(sentence), Feature::YearTold);
        self.neighbours(s, fired, &mut found);
        found
    }

    /// Finds the registers of the words of a sentence.
    fn registers_of(&self, sentence: &Range<usize>) -> Features {
        let knowledge = self.words.knowledge;
        let of = |words: Range<usize>| {
            let mut registers = Registers::default();
            for i in words {
                let cuts = self.words.cuts(i);
                let whole = |cut: &&KnownCut| {
                    // "All of them" speaks of somebody, "all" in general.
                    cut.cut.proclitics.preposition.is_none()
                        && !cut.cut.proclitics.future
                        && cut.cut.pronoun.is_none()
                };
                // A word that is known as it stands is not taken apart.
                let known = cuts.iter().any(|cut| whole(&cut));
                for cut in cuts.iter().filter(|cut| !known || whole(cut)) {
                    registers.join(knowledge.register(cut.word));
                }
            }
            registers
        };
        let all = of(sentence.clone());
        let opening = of(sentence.start..sentence.end.min(sentence.start + 3));
        let mut found = Features::default();
        found.add_if(all.has(Register::General), Feature::General);
        found.add_if(all.has(Register::Politics), Feature::Politics);
        found.add_if(all.has(Register::Incident), Feature::Incident);
        found.add_if(all.has(Register::Past), Feature::Past);
        found.add_if(opening.has(Register::Roundup), Feature::Roundup);
        found
    }

    /// Tells how a claim is put into its sentence: in a relative clause, or as the backdrop of
    /// something else that is told ("… came after an attack that killed three").
    pub(super) fn embedding(&self, fired: &Fired, sentence: &Range<usize>) -> Features {
        let mut found = Features::default();
        let governor = fired.arguments.governor.filter(|governor| governor.finite);
        let mut anchor = governor.map_or(fired.trigger.word, |governor| governor.word);
        for i in (sentence.start..=anchor).rev() {
            if i < anchor && self.clauses.verb(self.words, i).is_some() {
                // A joined verb stands where the one before it stands.
                if self.clauses.before[anchor] != Boundary::JoinedVerb {
                    break;
                }
                anchor = i;
            }
            if let Some((Prep::Time | Prep::Because, end, _)) = preposition_at(self.words, i)
                && end <= anchor
                && !self.in_time[i]
                && !self.in_time[end]
                && (sentence.start..i).any(|i| self.clauses.verb(self.words, i).is_some())
            {
                found.add(Feature::Backdrop);
                break;
            }
            match self.clauses.before[i] {
                Boundary::Relative => found.add(Feature::InRelative),
                Boundary::None | Boundary::JoinedVerb => {}
                Boundary::Comma | Boundary::Strong | Boundary::That | Boundary::Subordinate => {
                    break;
                }
            }
        }
        found
    }

    /// Tells whether a sentence names a year and nothing finer.
    fn tells_year(&self, sentence: &Range<usize>) -> bool {
        self.times.iter().any(|time| {
            let words = self.words.of_tokens(&time.tokens);
            sentence.contains(&words.start)
                && !time.relative
                && matches!(time.edtf.start(), EdtfDate::Year(_))
        })
    }

    /// What else is told in the sentence.
    fn neighbours(&self, s: usize, fired: &[Fired], found: &mut Features) {
        let frames = &self.words.knowledge.frames;
        let types = fired
            .iter()
            .filter(|other| other.sentence == s)
            .map(|other| frames.rule(other.rule).claim_type);
        let mut violent = 0;
        for claim_type in types {
            violent += usize::from(is_violent(claim_type));
            let relation = matches!(claim_type.kind(), Kind::Relation | Kind::Outlook);
            found.add_if(relation, Feature::BesideRelation);
            let arrest = matches!(claim_type, ClaimType::Arrest | ClaimType::Release);
            found.add_if(arrest, Feature::BesideArrest);
        }
        found.add_if(violent == 1, Feature::OneViolent);
        found.add_if(3 < violent, Feature::ManyViolent);
    }
}

/// Tells whether what is told of a claim's type hangs on its setting: violence, its toll, unrest.
pub(super) fn has_setting(claim_type: ClaimType) -> bool {
    is_violent(claim_type) || matches!(claim_type, ClaimType::Protest | ClaimType::Riot)
}

/// Tells whether a type of claim tells of violence or of its toll.
fn is_violent(claim_type: ClaimType) -> bool {
    matches!(
        claim_type,
        ClaimType::Clash
            | ClaimType::Assault
            | ClaimType::Airstrike
            | ClaimType::Shelling
            | ClaimType::Bombing
            | ClaimType::Execution
            | ClaimType::CivilianAttack
            | ClaimType::Abduction
            | ClaimType::Killed
            | ClaimType::Injured
    )
}
