//! The one error of these commands: a sentence for the person at the terminal.

use std::fmt;

/// Why a command stopped, in one clear sentence that says what to do about it where something can be done.
#[derive(Debug)]
pub struct Failure(String);

/// What every step of a command answers.
pub type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    /// A failure that prints as `sentence`.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Turns the error of a file operation into a failure that names the file.
pub trait AtPath<T> {
    /// Says which `path` the operation `verb` was about, e.g. `at("read", path)`.
    fn at(self, verb: &str, path: &std::path::Path) -> Outcome<T>;
}

impl<T> AtPath<T> for std::io::Result<T> {
    fn at(self, verb: &str, path: &std::path::Path) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("Could not {verb} {}: {error}.", path.display())))
    }
}
