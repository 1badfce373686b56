//! Mentions as the façade shows them.

use super::Reading;
use super::mentions::PlaceRef;
use sijill_knowledge::EntityKind;
use sijill_model::{Field, Mention, MentionKind};

impl Reading<'_> {
    /// Appends the mentions of this text in order of position.
    pub(crate) fn export_mentions(&self, field: Field, out: &mut Vec<Mention>) {
        let knowledge = self.words.knowledge;
        let first = out.len();
        for (id, mention) in (0..).zip(&self.mentions.all) {
            let span = mention.span;
            let new =
                |kind, resolved, candidates| Mention { span, field, kind, resolved, candidates };
            if let Some(entity) = mention.entity {
                let kind = match knowledge.entities.get(entity).kind {
                    EntityKind::Actor => MentionKind::Actor,
                    EntityKind::Person => MentionKind::Person,
                    EntityKind::Source | EntityKind::Class => MentionKind::Source,
                };
                out.push(new(kind, Some(knowledge.entities.get(entity).id.clone()), Vec::new()));
            } else if mention.place != PlaceRef::None {
                let chosen = self.resolved.place(self.mentions, id);
                let name = |p| knowledge.gazetteer.get(p).id.to_string();
                let others = match mention.place {
                    PlaceRef::Candidates(start, end) => {
                        let ids = &self.mentions.candidates[start as usize..end as usize];
                        ids.iter().filter(|p| Some(**p) != chosen).map(|&p| name(p)).collect()
                    }
                    _ => Vec::new(),
                };
                out.push(new(MentionKind::Place, chosen.map(name), others));
            } else if mention.people.is_some() {
                out.push(new(MentionKind::Actor, None, Vec::new()));
            }
        }
        for time in self.times {
            out.push(Mention {
                span: time.span,
                field,
                kind: MentionKind::Time,
                resolved: Some(time.edtf.to_string()),
                candidates: Vec::new(),
            });
        }
        for amount in self.amounts {
            let bound = |x: Option<f64>| x.map_or_else(String::new, |x| x.to_string());
            out.push(Mention {
                span: amount.span,
                field,
                kind: MentionKind::Quantity,
                resolved: Some(format!("{}..{}", bound(amount.min), bound(amount.max))),
                candidates: Vec::new(),
            });
        }
        out[first..].sort_by_key(|m| (m.span.start, m.span.end));
    }
}
