//! A question, and the expression that a full-text engine answers it by.

use super::terms::term;
use super::{Indexer, QueryError, QueryFault, parse};
use rustc_hash::FxHashSet;
use sijill_model::{Date, Field, Mention};
use sijill_text::{Span, TokenKind, Tokens};
use std::fmt::Write as _;

/// The language of questions, in a few lines.
pub const SYNTAX: &str = "\
  word word       both words, each in all its forms and with whatever is attached to it
  name            also by its other names: whoever or whatever bears it, in Arabic or Latin letters
  \"word word\"     these words one after the other
  word*           words that begin so
  a OR b, a | b   either
  -a, NOT a       not this
  ( … )           together
  kind:toll       a claim of this kind; type:killed or type:toll/killed; modality:denied
  actor:isis      a claim whose agent or target this is, by id or name
  place:Raqqa     a claim that is placed there, or in what it contains
  origin:sohr     a claim that this voice is the first known source of
  outlet:sana     printed by this outlet
  named:raqqa     this party, person, source or place is named, also if no claim is about it
  date:2017-10    a claim tells of this day, month or year
  published:2017  published on this day, in this month or year; since:2017-10-01, until:2017-10-31";

/// A question that was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What to look for in the columns `words` and `names`, in the language of SQLite's FTS5;
    /// `None` asks for every report.
    pub expression: Option<String>,
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// The words whose spelling is shown where they stand.
    words: FxHashSet<String>,
    /// Beginnings of words, likewise.
    prefixes: Vec<String>,
    /// Ids that are shown where they are mentioned.
    ids: FxHashSet<String>,
}

/// What a report has to hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    /// One of these stems.
    Forms(Vec<String>),
    /// These stems, one after the other.
    Phrase(Vec<String>),
    /// A stem that begins so.
    Prefix(String),
    /// One of these terms among the names and facets; an asterisk at the end stands for the rest.
    Terms(Vec<String>),
}

impl Question {
    /// Understands a question.
    pub fn parse(question: &str, indexer: &Indexer<'_>) -> Result<Self, QueryError> {
        let parse::Parsed { node, since, until, ids } = parse::parse(question, indexer)?;
        let mut this = Self { since, until, ids, ..Self::default() };
        if let Some(node) = node {
            this.collect(&node);
            let mut expression = String::new();
            render(&node, &mut expression)
                .map_err(|()| QueryError::new(QueryFault::OnlyNot, question.trim()))?;
            this.expression = Some(expression);
        }
        Ok(this)
    }

    /// Finds what was asked for in a text: the words, and who and what was asked for by name.
    pub fn find(&self, text: &str, mentions: &[Mention], indexer: &Indexer<'_>) -> Vec<Span> {
        let tokens = Tokens::new(text);
        let mut spans: Vec<Span> = mentions
            .iter()
            .filter(|mention| mention.field == Field::Text)
            .filter(|mention| mention.resolved.as_ref().is_some_and(|id| self.ids.contains(id)))
            .map(|mention| mention.span)
            .collect();
        for (i, token) in tokens.all.iter().enumerate() {
            if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                let stem = indexer.stem(&tokens, i);
                if self.words.contains(stem) || self.prefixes.iter().any(|p| stem.starts_with(p)) {
                    spans.push(token.span);
                }
            }
        }
        spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup_by(|next, kept| next.start < kept.end);
        spans
    }

    /// Notes what is wanted, so that it can be shown.
    fn collect(&mut self, node: &Node) {
        match node {
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.collect(node)),
            Node::Not(_) | Node::Terms(_) => {}
            Node::Forms(stems) | Node::Phrase(stems) => self.words.extend(stems.iter().cloned()),
            Node::Prefix(stem) => self.prefixes.push(stem.clone()),
        }
    }
}

/// Writes the expression; a node that only excludes has none.
fn render(node: &Node, out: &mut String) -> Result<(), ()> {
    match node {
        Node::Not(_) => return Err(()),
        Node::All(nodes) => {
            let wanted: Vec<&Node> =
                nodes.iter().filter(|node| !matches!(node, Node::Not(_))).collect();
            if wanted.is_empty() {
                return Err(());
            }
            out.push('(');
            join(&wanted, " AND ", out)?;
            for node in nodes {
                if let Node::Not(node) = node {
                    out.push_str(" NOT ");
                    render(node, out)?;
                }
            }
            out.push(')');
        }
        Node::Any(nodes) => {
            out.push('(');
            join(&nodes.iter().collect::<Vec<_>>(), " OR ", out)?;
            out.push(')');
        }
        Node::Forms(stems) => column("words", stems, out),
        Node::Terms(terms) => column("names", terms, out),
        Node::Phrase(stems) => column("words", &[stems.join(" ")], out),
        Node::Prefix(stem) => column("words", &[format!("{stem}*")], out),
    }
    Ok(())
}

fn join(nodes: &[&Node], with: &str, out: &mut String) -> Result<(), ()> {
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            out.push_str(with);
        }
        render(node, out)?;
    }
    Ok(())
}

/// Asks a column for any of these; an asterisk at the end stands for the rest of a term.
fn column(column: &str, terms: &[String], out: &mut String) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{column} : (");
    for (i, term) in terms.iter().enumerate() {
        let or = if i > 0 { " OR " } else { "" };
        let (term, rest) = term.strip_suffix('*').map_or((&**term, ""), |term| (term, " *"));
        let _ = write!(out, "{or}\"{}\"{rest}", term.replace('"', ""));
    }
    out.push(')');
}

/// Spells a facet as it is indexed.
pub(super) fn facet(name: &str, value: &str) -> String {
    format!("{name}:{}", term(value))
}

/// Chooses a part of a text that shows most of what was found: about `width` letters, whole words.
pub fn excerpt(text: &str, found: &[Span], width: usize) -> Span {
    // Arabic letters have two bytes.
    let bytes = 2 * width;
    let within = |from: &Span| {
        let end = from.start as usize + bytes;
        found.iter().filter(|span| from.start <= span.start && span.end as usize <= end).count()
    };
    let best = found.iter().max_by_key(|from| (within(from), std::cmp::Reverse(from.start)));
    let first = best.map_or(0, |span| span.start as usize);
    let lead = if found.is_empty() { 0 } else { bytes / 6 };
    let is_bound = |at: &usize| {
        *at == 0
            || *at == text.len()
            || text.is_char_boundary(*at) && text[..*at].ends_with(char::is_whitespace)
    };
    let start = (0..=first.saturating_sub(lead)).rev().find(is_bound).unwrap_or(0);
    let wanted = (start + bytes).min(text.len());
    let end = (wanted..=text.len()).find(is_bound).unwrap_or(text.len());
    Span::new(start as u32, end as u32)
}
