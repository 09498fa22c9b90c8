//! The forms of a report. What a form looks like, the file beside this one knows that makes it.

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// What the operation replies.
    Json,
    /// Lines for a terminal or a mail.
    Text,
    /// A page.
    Html,
    /// Lines for a spreadsheet.
    Csv,
}

impl Form {
    /// Every form and its word.
    pub const ALL: [(&'static str, Form); 4] =
        [("json", Form::Json), ("text", Form::Text), ("html", Form::Html), ("csv", Form::Csv)];
}
