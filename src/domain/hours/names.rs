//! The names of days in a language.

/// The days from Monday to Sunday: whole names, which are recognised by their first letters, and short ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayNames {
    pub full: [String; 7],
    pub short: [String; 7],
}

/// The fewest letters of a name: with two, all days of our languages differ.
const LEAST: usize = 2;

impl DayNames {
    pub fn english() -> Self {
        let full = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let short = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        Self { full: full.map(str::to_owned), short: short.map(str::to_owned) }
    }

    /// The day that a word in lower case means, counted from Monday.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let word = word.trim_end_matches('.');
        (word.chars().count() >= LEAST).then(|| self.full.iter().position(|name| name.starts_with(word))).flatten()
    }
}
