//! A problem of a file, with its place.

use super::msg::{ConfigMsg, ConfigProblem};
use crate::domain::text;
use crate::i18n::{self, Locale};

/// The most characters of a key or a name that are repeated in an answer.
const SHOWN: usize = 60;

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Counted from 1.
    pub line: u64,
    /// The whole key, such as `inbox.opening.cooldown`; empty if the place has none.
    pub key: String,
    pub what: ConfigProblem,
}

impl Problem {
    pub(super) fn new(line: u64, key: &str, what: ConfigProblem) -> Self {
        Self { line, key: shown(key), what }
    }

    /// Not of one place.
    pub fn of_whole(what: ConfigProblem) -> Self {
        Self::new(1, "", what)
    }

    /// In one line.
    pub fn render(&self, reader: &Locale) -> String {
        let Self { line, key, what } = self;
        let what = i18n::render(reader, what);
        let msg = match key.as_str() {
            "" => ConfigMsg::ProblemInLine { line: *line, what },
            key => ConfigMsg::ProblemAt { line: *line, key: key.to_owned(), what },
        };
        i18n::render(reader, &msg)
    }
}

/// What somebody wrote, to be repeated between backticks: in one line, shortened.
pub(super) fn shown(written: &str) -> String {
    let line = text::single_line(written).replace('`', "'");
    let short = text::cut(&line, SHOWN);
    if short.len() < line.len() { format!("{short}…") } else { line }
}
