//! Notes about content.

use crate::Span;

/// A note about the content of a document, with a stable code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which oddity it is.
    pub code: Code,
    /// Where in the text.
    pub span: Span,
    /// What is odd, in lower case, with the offending value.
    pub message: String,
    /// What a reader may do about it.
    pub hint: Option<String>,
}

/// The stable codes of diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A weekday does not fit the date beside it.
    WeekdayMismatch,
    /// A day or month that does not exist.
    ImpossibleDate,
    /// A relative date in a document without a date of publication.
    NoAnchor,
    /// Dates count from a day that the text prints as its own, as none was given.
    AnchorInText,
    /// A Hijri date that is not the Gregorian date set beside it.
    CalendarMismatch,
    /// The text prints another day as its own than the one that was given.
    OtherAnchor,
    /// A quotation mark that is never closed.
    OpenQuotation,
    /// A text in which no Arabic stands.
    NoArabic,
}

impl Code {
    /// Returns the code as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WeekdayMismatch => "DATE03",
            Self::ImpossibleDate => "DATE01",
            Self::NoAnchor => "DATE02",
            Self::AnchorInText => "DATE04",
            Self::CalendarMismatch => "DATE05",
            Self::OtherAnchor => "DATE06",
            Self::OpenQuotation => "TEXT01",
            Self::NoArabic => "TEXT02",
        }
    }
}
