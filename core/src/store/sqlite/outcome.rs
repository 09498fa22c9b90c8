//! An outcome of a line of the journal on its way into the line. How it is noted and taken over, `journal` knows.

/// An outcome that is noted, or could not be, and not taken over yet.
#[derive(Clone)]
pub(super) struct Outcome {
    /// The line's name.
    pub line: String,
    /// The name of the object that the line can be found by from now on; `None`: as before.
    pub subject: Option<String>,
    /// The rest, sealed.
    pub sealed: Vec<u8>,
}
