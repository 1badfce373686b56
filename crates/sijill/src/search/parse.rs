//! From what was typed to what a report has to hold.

use super::question::{Node, facet};
use super::terms::term;
use super::{Indexer, QueryError, QueryFault};
use rustc_hash::FxHashSet;
use sijill_model::{ClaimType, Date, Kind, Modality};
use sijill_text::{TokenKind, Tokens};

/// A question, taken apart.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) node: Option<Node>,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    /// Ids that are asked for by name.
    pub(super) ids: FxHashSet<String>,
}

/// Takes a question apart.
pub(super) fn parse(question: &str, indexer: &Indexer<'_>) -> Result<Parsed, QueryError> {
    let signs = cut(question)?;
    let mut parser = Parser { signs: &signs, at: 0, indexer, parsed: Parsed::default() };
    let node = parser.either()?;
    if let Some(sign) = parser.signs.get(parser.at) {
        return Err(QueryError::new(QueryFault::Bracket, sign.written()));
    }
    let Parsed { since, until, ids, .. } = parser.parsed;
    Ok(Parsed { node, since, until, ids })
}

/// A sign or a word of the language.
#[derive(Clone, Debug, PartialEq)]
enum Sign {
    Open,
    Close,
    Or,
    And,
    Not(String),
    Quote(String),
    Word(String),
    Field(String, String),
}

impl Sign {
    fn written(&self) -> String {
        match self {
            Self::Open => "(".to_owned(),
            Self::Close => ")".to_owned(),
            Self::Or => "OR".to_owned(),
            Self::And => "AND".to_owned(),
            Self::Not(sign) | Self::Quote(sign) | Self::Word(sign) => sign.clone(),
            Self::Field(name, value) => format!("{name}:{value}"),
        }
    }
}

fn cut(question: &str) -> Result<Vec<Sign>, QueryError> {
    let mut signs = Vec::new();
    let mut rest = question.trim_start();
    while let Some(first) = rest.chars().next() {
        let one = match first {
            '(' => Some(Sign::Open),
            ')' => Some(Sign::Close),
            '|' => Some(Sign::Or),
            '-' => Some(Sign::Not("-".to_owned())),
            _ => None,
        };
        if let Some(sign) = one {
            signs.push(sign);
            rest = rest[first.len_utf8()..].trim_start();
            continue;
        }
        if is_quote(first) {
            let (quote, after) = quotation(rest)?;
            signs.push(Sign::Quote(quote));
            rest = after.trim_start();
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|') || is_quote(c))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        rest = after;
        match word.split_once(':') {
            Some((name, "")) if rest.starts_with(is_quote) => {
                let (quote, after) = quotation(rest)?;
                signs.push(Sign::Field(name.to_owned(), quote));
                rest = after;
            }
            Some((name, "")) => {
                return Err(QueryError::new(QueryFault::Nothing, format!("{name}:")));
            }
            Some((name, value)) => signs.push(Sign::Field(name.to_owned(), value.to_owned())),
            None => signs.push(match word {
                "OR" => Sign::Or,
                "AND" => Sign::And,
                "NOT" => Sign::Not(word.to_owned()),
                _ => Sign::Word(word.to_owned()),
            }),
        }
        rest = rest.trim_start();
    }
    Ok(signs)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»')
}

/// Reads a quotation; it ends with any mark of quotation.
fn quotation(rest: &str) -> Result<(String, &str), QueryError> {
    let mark = rest.chars().next().map_or(0, char::len_utf8);
    let inner = &rest[mark..];
    match inner.char_indices().find(|&(_, c)| is_quote(c)) {
        Some((end, c)) => Ok((inner[..end].to_owned(), &inner[end + c.len_utf8()..])),
        None => Err(QueryError::new(QueryFault::Quote, rest)),
    }
}

struct Parser<'a, 'k> {
    signs: &'a [Sign],
    at: usize,
    indexer: &'a Indexer<'k>,
    parsed: Parsed,
}

impl Parser<'_, '_> {
    fn next(&mut self) -> Option<&Sign> {
        let sign = self.signs.get(self.at);
        self.at += usize::from(sign.is_some());
        sign
    }

    /// `a OR b`
    fn either(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes: Vec<Node> = self.all()?.into_iter().collect();
        while self.signs.get(self.at) == Some(&Sign::Or) {
            self.at += 1;
            match (self.all()?, nodes.is_empty()) {
                (Some(node), false) => nodes.push(node),
                _ => return Err(QueryError::new(QueryFault::Nothing, "OR")),
            }
        }
        Ok(if nodes.len() > 1 { Some(Node::Any(nodes)) } else { nodes.pop() })
    }

    /// `a b`
    fn all(&mut self) -> Result<Option<Node>, QueryError> {
        let mut nodes = Vec::new();
        while let Some(sign) = self.signs.get(self.at) {
            match sign {
                Sign::Close | Sign::Or => break,
                Sign::And => self.at += 1,
                Sign::Word(_) => self.run(&mut nodes)?,
                _ => nodes.extend(self.one()?),
            }
        }
        let is_not = |node: &Node| matches!(node, Node::Not(_));
        let single = nodes.len() == 1 && !nodes.iter().all(is_not);
        Ok(match nodes.len() {
            0 => None,
            _ if single => nodes.pop(),
            _ => Some(Node::All(nodes)),
        })
    }

    fn one(&mut self) -> Result<Option<Node>, QueryError> {
        let Some(sign) = self.next().cloned() else { return Ok(None) };
        match sign {
            Sign::Open => {
                let inner = self.either()?;
                match self.next() {
                    Some(Sign::Close) => Ok(inner),
                    _ => Err(QueryError::new(QueryFault::Bracket, "(")),
                }
            }
            Sign::Not(written) => {
                let inner = match self.signs.get(self.at) {
                    Some(Sign::Word(_)) => {
                        // Only the word itself, not the words behind it.
                        let mut nodes = Vec::new();
                        let word = std::slice::from_ref(&self.signs[self.at]);
                        self.words(word, &mut nodes)?;
                        self.at += 1;
                        nodes.pop()
                    }
                    Some(Sign::Close | Sign::Or | Sign::And) | None => None,
                    Some(_) => self.one()?,
                };
                let inner = inner.ok_or_else(|| QueryError::new(QueryFault::Nothing, written))?;
                Ok(Some(match inner {
                    Node::Not(inner) => *inner,
                    inner => Node::Not(Box::new(inner)),
                }))
            }
            Sign::Quote(quote) => Ok(self.phrase(&quote)),
            Sign::Field(name, value) => self.field(&name, &value),
            sign => Err(QueryError::new(QueryFault::Bracket, sign.written())),
        }
    }

    fn phrase(&mut self, quote: &str) -> Option<Node> {
        let mut stems = String::new();
        self.indexer.words(quote, &mut stems);
        let stems: Vec<String> =
            stems.split(' ').filter(|stem| !stem.is_empty()).map(str::to_owned).collect();
        (!stems.is_empty()).then_some(Node::Phrase(stems))
    }

    /// Reads words that stand side by side: the longest names first, then single words.
    fn run(&mut self, nodes: &mut Vec<Node>) -> Result<(), QueryError> {
        let rest = &self.signs[self.at..];
        let length = rest.iter().take_while(|sign| matches!(sign, Sign::Word(_))).count();
        self.words(&rest[..length], nodes)?;
        self.at += length;
        Ok(())
    }

    fn words(&mut self, signs: &[Sign], nodes: &mut Vec<Node>) -> Result<(), QueryError> {
        let text = signs.iter().map(Sign::written).collect::<Vec<_>>().join(" ");
        let tokens = Tokens::new(&text);
        let is_word = |i: &usize| {
            matches!(tokens.all[*i].kind, TokenKind::Word | TokenKind::Number)
                && !tokens.folded(*i).is_empty()
        };
        let all: Vec<usize> = (0..tokens.all.len()).filter(is_word).collect();
        let folded: Vec<&str> = all.iter().map(|&i| tokens.folded(i)).collect();
        let mut at = 0;
        while at < all.len() {
            let token = all[at];
            let end = tokens.all[token].span.end as usize;
            if text[end..].starts_with('*') {
                if folded[at].chars().nth(1).is_none() {
                    return Err(QueryError::new(QueryFault::Short, format!("{}*", folded[at])));
                }
                nodes.push(Node::Prefix(folded[at].to_owned()));
                at += 1;
                continue;
            }
            let stem = |at: usize| self.indexer.stem(&tokens, all[at]).to_owned();
            match self.indexer.longest(&folded[at..]) {
                Some((length, ids)) => {
                    let terms = ids.iter().map(|id| term(id)).collect();
                    let spelled = if length == 1 {
                        Node::Forms(self.indexer.forms(&stem(at)))
                    } else {
                        Node::Phrase((at..at + length).map(stem).collect())
                    };
                    nodes.push(Node::Any(vec![Node::Terms(terms), spelled]));
                    self.parsed.ids.extend(ids);
                    at += length;
                }
                None => {
                    nodes.push(Node::Forms(self.indexer.forms(&stem(at))));
                    at += 1;
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, name: &str, value: &str) -> Result<Option<Node>, QueryError> {
        let unknown = |fault| QueryError::new(fault, format!("{name}:{value}"));
        let one = |value: &str| Ok(Some(Node::Terms(vec![facet(name, value)])));
        match name {
            "kind" => match Kind::parse(value) {
                Some(kind) => one(kind.as_str()),
                None => Err(unknown(QueryFault::Value)),
            },
            "type" => {
                let fits = |t: &&ClaimType| t.as_str() == value || t.to_string() == value;
                let types: Vec<String> = ClaimType::ALL
                    .iter()
                    .filter(fits)
                    .map(|claim_type| facet(name, &claim_type.to_string()))
                    .collect();
                let found = (!types.is_empty()).then_some(Node::Terms(types));
                found.map(Some).ok_or_else(|| unknown(QueryFault::Value))
            }
            "modality" => match Modality::parse(value) {
                Some(modality) => one(modality.as_str()),
                None => Err(unknown(QueryFault::Value)),
            },
            "actor" | "origin" | "outlet" | "place" | "named" => Ok(Some(self.named(name, value)?)),
            "date" | "published" => {
                let day = match value.len() {
                    10 => value.parse::<Date>().is_ok().then(|| value.to_owned()),
                    7 => format!("{value}-01").parse::<Date>().is_ok().then(|| format!("{value}*")),
                    4 => format!("{value}-01-01")
                        .parse::<Date>()
                        .is_ok()
                        .then(|| format!("{value}*")),
                    _ => None,
                };
                let day = day.ok_or_else(|| QueryError::new(QueryFault::Day, value))?;
                Ok(Some(Node::Terms(vec![format!("{name}:{day}")])))
            }
            "since" | "until" => {
                let day = value.parse().map_err(|_| QueryError::new(QueryFault::Day, value))?;
                match name {
                    "since" => self.parsed.since = Some(day),
                    _ => self.parsed.until = Some(day),
                }
                Ok(None)
            }
            _ => Err(QueryError::new(QueryFault::Field, name)),
        }
    }

    /// Finds who or what a field names: by id, by any name, or as it stands.
    fn named(&mut self, name: &str, value: &str) -> Result<Node, QueryError> {
        let indexer = self.indexer;
        let mut ids = if name == "place" { Vec::new() } else { indexer.actors(value) };
        if matches!(name, "place" | "named") {
            ids.extend(indexer.places(value));
        }
        if ids.is_empty() {
            // Groups that no table lists, and outlets by their own name.
            if !value.contains(':') && name != "outlet" {
                return Err(QueryError::new(QueryFault::Name, value));
            }
            ids.push(value.to_owned());
        }
        self.parsed.ids.extend(ids.iter().cloned());
        Ok(Node::Terms(match name {
            "named" => ids.iter().flat_map(|id| [term(id), facet("in", id)]).collect(),
            "outlet" => ids.iter().map(|id| facet(name, id)).chain([facet(name, value)]).collect(),
            _ => ids.iter().map(|id| facet(name, id)).collect(),
        }))
    }
}
