//! Feeds: RSS 0.9 to 2.0 and Atom. An item is a document; its original is the element.

use super::{Format, date, markup, noted, stated};
use crate::record::item;
use crate::{DateBasis, ErrorKind, Item, Piece, Provenance, ReadError, decode};
use jiff::fmt::rfc2822::DateTimeParser;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};
use sijill_model::{Date, Document};
use std::borrow::Cow;

/// Cuts a feed into its items.
pub(crate) fn pieces(file: &str, bytes: Vec<u8>) -> Result<Vec<Piece>, ReadError> {
    let fail = |kind| ReadError::file(file, kind);
    let mut provenance = Provenance::default();
    let xml = noted(decode::decode_html(bytes, None).map_err(fail)?, &mut provenance);
    provenance.media_type = Some(Format::Feed.media_type().into());
    let Cut { title, elements, .. } = cut(&xml).map_err(fail)?;
    let pieces = elements.into_iter().zip(1..).map(|(Element { xml, broken }, number)| {
        let element = xml.to_owned();
        let (file, outlet) = (file.to_owned(), title.clone());
        let mut provenance = provenance.clone();
        Piece::later(element.len() as u64, move || {
            let location = format!("{file}#{number}");
            if let Some(Broken { line, kind, .. }) = broken {
                let document = Err(ReadError::line(&file, line, kind));
                let original = Some(element.into_bytes().into());
                return Item { location, original, provenance, document };
            }
            let document = entry(&element).and_then(|entry| {
                provenance.published_by = entry.published.map(|_| DateBasis::Field);
                entry.document(&location, outlet)
            });
            item(location, element.into_bytes(), provenance, document)
        })
    });
    Ok(pieces.collect())
}

/// The elements of a feed.
#[derive(Default)]
struct Cut<'x> {
    title: Option<String>,
    elements: Vec<Element<'x>>,
    is_feed: bool,
    is_whole: bool,
}

/// An item, or what stands where one should.
struct Element<'x> {
    xml: &'x str,
    broken: Option<Broken>,
}

/// What begins somewhere and does not end as it should.
struct Broken {
    start: usize,
    line: u64,
    kind: ErrorKind,
}

fn cut(xml: &str) -> Result<Cut<'_>, ErrorKind> {
    let (mut cut, mut at) = (Cut::default(), 0);
    while let Err(broken) = cut.read(xml, at) {
        if !cut.is_feed {
            return Err(broken.kind);
        }
        // The items behind it are read; it is told, and kept as it is.
        at = behind(xml, broken.start);
        let xml = &xml[broken.start..at];
        cut.elements.push(Element { xml, broken: Some(broken) });
    }
    if cut.is_feed { Ok(cut) } else { Err(ErrorKind::NoFeed) }
}

impl<'x> Cut<'x> {
    /// Reads on from a point, up to the end or to what is broken.
    fn read(&mut self, xml: &'x str, from: usize) -> Result<(), Broken> {
        let mut reader = Reader::from_str(&xml[from..]);
        // Behind something broken, what it stands in ends without having begun.
        reader.config_mut().allow_unmatched_ends = true;
        let line = |at: usize| {
            1 + memchr::memchr_iter(b'\n', &xml.as_bytes()[..at.min(xml.len())]).count() as u64
        };
        loop {
            let start = from + reader.buffer_position() as usize;
            match self.element(&mut reader, xml, from, start) {
                Ok(true) => {}
                Ok(false) if self.is_whole || !self.is_feed || xml.len() <= from => return Ok(()),
                Ok(false) => {
                    let (start, kind) = (xml.len(), ErrorKind::Truncated { what: "feed" });
                    return Err(Broken { start, line: line(start), kind });
                }
                Err(error) => {
                    let at = start.max(from + reader.error_position() as usize);
                    let kind = if behind(xml, start) == xml.len() && is_unended(&error) {
                        ErrorKind::Truncated { what: "feed" }
                    } else {
                        malformed(error)
                    };
                    return Err(Broken { start, line: line(at), kind });
                }
            }
        }
    }

    /// Reads one element or what stands between two; `false` at the end.
    fn element(
        &mut self,
        reader: &mut Reader<&'x [u8]>,
        xml: &'x str,
        from: usize,
        start: usize,
    ) -> Result<bool, quick_xml::Error> {
        match reader.read_event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rss" | "feed" | "RDF" => self.is_feed = true,
                "channel" => {}
                "item" | "entry" if self.is_feed => {
                    reader.read_to_end(element.name())?;
                    let xml = &xml[start..from + reader.buffer_position() as usize];
                    self.elements.push(Element { xml, broken: None });
                }
                name => {
                    let span = reader.read_to_end(element.name())?;
                    if name == "title" && self.title.is_none() && self.elements.is_empty() {
                        let inner = &xml[from + span.start as usize..from + span.end as usize];
                        self.title = stated(Some(markup::text(&inner_text(inner))));
                    }
                }
            },
            Event::End(element) => {
                self.is_whole |= matches!(element.local_name().as_ref(), "rss" | "feed" | "RDF");
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }
}

/// Finds where to go on behind something broken: behind its end, or where the next item begins.
fn behind(xml: &str, start: usize) -> usize {
    let rest = &xml.as_bytes()[start..];
    let tags = memchr::memchr_iter(b'<', rest).skip(1).find_map(|at| {
        let tag = &rest[at..];
        let name = |name: &[u8]| {
            let after = tag.strip_prefix(b"<").map(|tag| tag.strip_prefix(b"/").unwrap_or(tag));
            let after = after.and_then(|tag| tag.strip_prefix(name));
            after.is_some_and(|rest| rest.first().is_none_or(|c| !c.is_ascii_alphanumeric()))
        };
        if !name(b"item") && !name(b"entry") {
            return None;
        }
        let ends = tag.starts_with(b"</");
        Some(if ends {
            at + memchr::memchr(b'>', tag).map_or(tag.len(), |end| end + 1)
        } else {
            at
        })
    });
    tags.map_or(xml.len(), |at| start + at)
}

fn malformed(error: quick_xml::Error) -> ErrorKind {
    ErrorKind::Malformed { what: "item of a feed", message: error.to_string() }
}

/// Tells whether something is wrong only because nothing follows.
fn is_unended(error: &quick_xml::Error) -> bool {
    use quick_xml::Error::{IllFormed, Syntax};
    use quick_xml::errors::IllFormedError::MissingEndTag;
    matches!(error, IllFormed(MissingEndTag(_)) | Syntax(_))
}

/// What an element says.
#[derive(Default)]
struct Entry {
    id: Option<String>,
    title: Option<String>,
    content: Option<String>,
    summary: Option<String>,
    published: Option<Date>,
    updated: Option<Date>,
    url: Option<String>,
}

impl Entry {
    fn document(self, location: &str, outlet: Option<String>) -> Result<Document, ErrorKind> {
        let text = self.content.or(self.summary).filter(|text| !text.is_empty());
        let Some(text) = text.or_else(|| self.title.clone()) else { return Err(ErrorKind::Empty) };
        let is_address = |id: &String| id.starts_with("http");
        let url = self.url.or_else(|| self.id.clone().filter(is_address));
        Ok(Document {
            id: self.id.or_else(|| url.clone()).unwrap_or_else(|| location.to_owned()),
            title: self.title.filter(|title| *title != text),
            text,
            published: self.published.or(self.updated),
            outlet,
            url,
        })
    }
}

fn entry(element: &str) -> Result<Entry, ErrorKind> {
    let mut reader = Reader::from_str(element);
    let mut entry = Entry::default();
    let mut inside = false;
    loop {
        match reader.read_event().map_err(malformed)? {
            // The element itself.
            Event::Start(_) if !inside => inside = true,
            Event::Start(start) => {
                let span = reader.read_to_end(start.name()).map_err(malformed)?;
                field(&mut entry, &start, &element[span.start as usize..span.end as usize]);
            }
            Event::Empty(start) => field(&mut entry, &start, ""),
            Event::Eof => return Ok(entry),
            _ => {}
        }
    }
}

fn field(entry: &mut Entry, start: &BytesStart<'_>, inner: &str) {
    let name = start.name();
    // Pictures have titles and descriptions of their own.
    if name
        .prefix()
        .is_some_and(|prefix| !matches!(prefix.as_ref(), "content" | "dc" | "atom" | "dcterms"))
    {
        return;
    }
    let inner = inner_text(inner);
    let stated = |text: &str| stated(Some(text.trim().to_owned()));
    match name.local_name().as_ref() {
        "title" => entry.title = entry.title.take().or_else(|| stated(&markup::text(&inner))),
        "encoded" | "content" => entry.content = stated(&markup::text(&inner)),
        "description" | "summary" => entry.summary = stated(&markup::text(&inner)),
        "guid" | "id" | "identifier" => entry.id = entry.id.take().or_else(|| stated(&inner)),
        "pubDate" | "published" | "date" | "issued" => {
            entry.published = entry.published.or_else(|| day(&inner));
        }
        "updated" | "modified" => entry.updated = day(&inner),
        "link" => {
            let attribute = |name: &str| {
                let found = start.try_get_attribute(name).ok().flatten()?;
                Some(found.value.replace("&amp;", "&"))
            };
            let is_own = attribute("rel").is_none_or(|rel| rel == "alternate");
            let url = attribute("href").or_else(|| stated(&inner));
            entry.url = entry.url.take().or(url.filter(|_| is_own));
        }
        _ => {}
    }
}

/// Returns what an element holds: characters that were escaped, and sections that were not.
fn inner_text(inner: &str) -> String {
    const OPEN: &str = "<![CDATA[";
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    loop {
        let (escaped, section) = rest.split_once(OPEN).unwrap_or((rest, ""));
        out.push_str(&escape::unescape(escaped).unwrap_or(Cow::Borrowed(escaped)));
        if section.is_empty() {
            return out;
        }
        let (section, after) = section.split_once("]]>").unwrap_or((section, ""));
        out.push_str(section);
        rest = after;
    }
}

/// Reads a day as RSS or as Atom writes it: the day at the outlet's own place.
fn day(value: &str) -> Option<Date> {
    let value = value.trim();
    let timed = || Some(DateTimeParser::new().parse_zoned(value).ok()?.date());
    date(value).or_else(timed).or_else(|| Date::strptime("%d %b %Y", bare_day(value)).ok())
}

/// Takes off the weekday and the time, which need not be there: "Wed, 3 May 2017 10:00 EEST".
fn bare_day(value: &str) -> &str {
    let day = value.split_once(',').map_or(value, |(_, day)| day).trim_start();
    let end = day.match_indices(' ').nth(2).map_or(day.len(), |(at, _)| at);
    &day[..end]
}
