//! The literate form of a case.

use crate::expectation::Expectation;
use sijill::model::Document;
use std::ops::Range;

/// One text with what is expected of it.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The file below the repository.
    pub(crate) file: String,
    /// The heading it stands under.
    pub(crate) heading: String,
    /// The line of the text's fence, from 1.
    pub(crate) line: usize,
    /// The text, its title and its publication.
    pub(crate) document: Document,
    /// The lines of the `claims` block.
    pub(crate) expectations: Vec<Expectation>,
    /// The block says `nothing else`: a claim that no line expects is a failure.
    pub(crate) nothing_else: bool,
    /// The lines between the fences of the `claims` block, from 0.
    pub(crate) body: Range<usize>,
    /// The lines of the `mentions` block: line, kind, quotation, resolved.
    pub(crate) mentions: Vec<(usize, [String; 3])>,
    /// The lines of the `weighed` block: line, quotation, features.
    pub(crate) weighed: Vec<(usize, String, Vec<String>)>,
    /// The lines of the `diagnostics` block, if there is one: code and quotation.
    pub(crate) diagnostics: Option<Vec<(String, String)>>,
}

impl Case {
    /// Returns what a filter looks at.
    pub(crate) fn name(&self) -> String {
        format!("{}:{} {}", self.file, self.line, self.heading)
    }
}

/// Parses a file; a fault names file and line.
pub(crate) fn parse(file: &str, content: &str) -> Result<Vec<Case>, String> {
    let lines: Vec<&str> = content.split('\n').collect();
    let mut cases: Vec<Case> = Vec::new();
    let mut heading = String::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if let Some(title) = line.strip_prefix('#') {
            heading = title.trim_start_matches('#').trim().to_owned();
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let fault = |line: usize, message: &str| format!("{file}:{line}: {message}");
        let open = at;
        let close = (at..lines.len()).find(|&i| lines[i] == "```");
        let close = close.ok_or_else(|| fault(open, "the block is never closed"))?;
        at = close + 1;
        let body = &lines[open..close];
        let (block, attributes) = info.split_once(' ').unwrap_or((info, ""));
        if block == "text" {
            let mut document = document(attributes).map_err(|message| fault(open, &message))?;
            document.text = unescape(&body.join("\n"));
            document.id = format!("{file}:{open}");
            cases.push(Case {
                file: file.to_owned(),
                heading: heading.clone(),
                line: open,
                document,
                expectations: Vec::new(),
                nothing_else: false,
                body: 0..0,
                mentions: Vec::new(),
                weighed: Vec::new(),
                diagnostics: None,
            });
            continue;
        }
        let case = cases.last_mut().ok_or_else(|| fault(open, "no text block before this one"))?;
        match block {
            "claims" => {
                case.body = open..close;
                claims(case, body, open).map_err(|(line, message)| fault(line, &message))?;
            }
            "mentions" => {
                for (line, text) in (open + 1..).zip(body) {
                    case.mentions.push((line, mention(text).map_err(|m| fault(line, &m))?));
                }
            }
            "weighed" => {
                for (line, text) in (open + 1..).zip(body) {
                    let [_, quotation, names] = mention(text).map_err(|m| fault(line, &m))?;
                    let names = names.split_whitespace().map(str::to_owned).collect();
                    case.weighed.push((line, quotation, names));
                }
            }
            "diagnostics" => {
                let rows = body.iter().map(|text| diagnostic(text)).collect::<Result<_, _>>();
                case.diagnostics = Some(rows.map_err(|message| fault(open, &message))?);
            }
            _ => {
                return Err(fault(
                    open,
                    "blocks are text, claims, mentions, weighed and diagnostics",
                ));
            }
        }
    }
    let unasked =
        |case: &&Case| case.body.start == 0 && case.mentions.is_empty() && case.weighed.is_empty();
    match cases.iter().find(unasked) {
        Some(case) if case.diagnostics.is_none() => {
            Err(format!("{file}:{}: nothing is expected of this text", case.line))
        }
        _ => Ok(cases),
    }
}

fn claims(case: &mut Case, body: &[&str], open: usize) -> Result<(), (usize, String)> {
    for (line, text) in (open + 1..).zip(body) {
        if text.trim() == "nothing else" {
            case.nothing_else = true;
        } else if !text.trim().is_empty() {
            let expectation = Expectation::parse(text, line).map_err(|message| (line, message))?;
            case.expectations.push(expectation);
        }
    }
    Ok(())
}

/// Parses `published=2017-10-18 outlet=afp title=…`; the title goes to the end of the line.
fn document(attributes: &str) -> Result<Document, String> {
    let mut document = Document::default();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or("attributes are name=value")?;
        let (value, after) = match name {
            "title" => (after, ""),
            _ => after.split_once(' ').unwrap_or((after, "")),
        };
        match name {
            "published" => {
                let date = value.parse().map_err(|_| format!("'{value}' is no date"))?;
                document.published = Some(date);
            }
            "outlet" => document.outlet = Some(value.to_owned()),
            "title" => document.title = Some(value.trim_matches('"').to_owned()),
            _ => return Err(format!("unknown attribute '{name}' (published, outlet or title)")),
        }
        rest = after.trim_start();
    }
    Ok(document)
}

/// Turns `\r` and `\u{…}` into what they stand for, so that invisible characters can be seen.
fn unescape(text: &str) -> String {
    let mut out = text.replace("\\r", "\r");
    while let Some(start) = out.find("\\u{") {
        let Some(length) = out[start..].find('}') else { break };
        let code = u32::from_str_radix(&out[start + 3..start + length], 16).ok();
        let c = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
        out.replace_range(start..=start + length, c.encode_utf8(&mut [0; 4]));
    }
    out
}

/// Parses `kind "quotation" resolved`.
fn mention(text: &str) -> Result<[String; 3], String> {
    let parts: Vec<&str> = text.splitn(3, '"').map(str::trim).collect();
    match parts[..] {
        [kind, quotation, resolved] => {
            Ok([kind.to_owned(), unescape(quotation), resolved.to_owned()])
        }
        _ => Err("write kind \"quotation\" resolved".to_owned()),
    }
}

/// Parses `CODE "quotation"`.
fn diagnostic(text: &str) -> Result<(String, String), String> {
    let (code, quotation) = text.split_once(' ').ok_or("write CODE \"quotation\"")?;
    Ok((code.to_owned(), unescape(quotation.trim().trim_matches('"'))))
}
