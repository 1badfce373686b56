//! A published item.

use jiff::civil::Date;

/// One published item as received; its text never changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The name the user gave it: a file name or the `id` of a record.
    pub id: String,
    /// The headline, if it is kept apart from the text.
    pub title: Option<String>,
    /// The text as stored.
    pub text: String,
    /// The day it was published; the only clock there is.
    pub published: Option<Date>,
    /// The id or name of who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}
