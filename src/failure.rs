//! The message that an operator reads before the program ends: a paragraph with what happened, why, and what to do
//! next; one for each error of a configuration.
//!
//! Not for people on Discord (see `crate::error`), and never a backtrace or a debug dump.

use std::fmt;

/// Why the program stops, in words for the person who runs it.
///
/// Built up as sentences: `Failure::runtime("The log folder /x could not be created").cause(error).help("…")`.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure {
    kind: Kind,
    happened: String,
    cause: Option<String>,
    help: Option<String>,
    /// Further errors.
    more: Vec<Self>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Config,
    /// Not a configuration error, but a restart cannot help until it is fixed.
    Lasting,
    Runtime,
}

impl Failure {
    /// The command line or the configuration is wrong: exit code 2; a restart without a change cannot help.
    pub fn config(happened: impl Into<String>) -> Self {
        Self::new(Kind::Config, happened.into())
    }

    /// Anything else: exit code 1.
    pub fn runtime(happened: impl Into<String>) -> Self {
        Self::new(Kind::Runtime, happened.into())
    }

    fn new(kind: Kind, happened: String) -> Self {
        Self { kind, happened, cause: None, help: None, more: Vec::new() }
    }

    /// Adds the cause. It must be public: never a token, nor an error that quotes its input.
    #[must_use]
    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Adds what to do next, as whole sentences.
    #[must_use]
    pub fn help(mut self, step: impl Into<String>) -> Self {
        self.help = Some(step.into());
        self
    }

    /// The same with exit code 2: a restart cannot help until it is fixed.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.kind = Kind::Lasting;
        self
    }

    /// Combines several failures, one line each, in this order. `None` if empty.
    pub fn all(failures: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut failures = failures.into_iter();
        let mut first = failures.next()?;
        first.more.extend(failures);
        Some(first)
    }

    /// 2 for wrong usage or configuration and anything else that blocks every start, 1 otherwise.
    pub fn code(&self) -> u8 {
        match self.kind {
            Kind::Config | Kind::Lasting => 2,
            Kind::Runtime => 1,
        }
    }

    /// Adds a sentence after what to do next.
    #[must_use]
    pub fn also(mut self, sentence: impl fmt::Display) -> Self {
        self.help = Some(self.help.map_or_else(|| sentence.to_string(), |help| format!("{help} {sentence}")));
        self
    }

    /// Whether the command line or the configuration is the cause.
    pub fn is_config(&self) -> bool {
        self.kind == Kind::Config
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_plain(f, self.happened.trim_end_matches('.'))?;
        if let Some(cause) = &self.cause {
            f.write_str(": ")?;
            write_plain(f, cause.trim_end_matches('.'))?;
        }
        f.write_str(".")?;
        if let Some(help) = &self.help {
            f.write_str(" ")?;
            write_plain(f, help)?;
        }
        self.more.iter().try_for_each(|further| write!(f, "\n{further}"))
    }
}

/// The same paragraph: a `Failure` in `unwrap` or returned from `main` stays readable.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Failure {}

/// Writes `text` on one line. File names may hold line breaks and escape sequences, which must not reach the terminal.
fn write_plain(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;
    for character in text.chars() {
        if character.is_control() {
            write!(f, "{}", character.escape_default())?;
        } else {
            f.write_char(character)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_reads_as_one_paragraph() {
        let failure = Failure::config("The file could not be read").cause("it is a directory.").help("Name a file.");

        assert_eq!(failure.to_string(), "The file could not be read: it is a directory. Name a file.");
        assert_eq!(format!("{failure:?}"), failure.to_string());
    }

    #[test]
    fn several_failures_read_as_a_line_each_and_end_as_the_first() {
        let failures = [Failure::config("One").help("Do this."), Failure::runtime("Two").cause("a\nb")];

        let all = Failure::all(failures).unwrap();

        assert_eq!((all.to_string().as_str(), all.code()), ("One. Do this.\nTwo: a\\nb.", 2));
        assert!(Failure::all([]).is_none());
    }

    #[test]
    fn usage_and_configuration_end_with_2_and_everything_else_with_1() {
        assert_eq!(Failure::config("x").code(), 2);
        assert_eq!(Failure::runtime("x").code(), 1);
        let lasting = Failure::runtime("x").permanent();
        assert_eq!((lasting.code(), lasting.is_config()), (2, false));
    }

    #[test]
    fn control_characters_in_a_file_name_do_not_reach_the_terminal() {
        let failure = Failure::config("The file /tmp/a\u{1b}[2J\nb is missing");

        assert_eq!(failure.to_string(), r"The file /tmp/a\u{1b}[2J\nb is missing.");
    }
}
