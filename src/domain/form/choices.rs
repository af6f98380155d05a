//! The entries of a list as admins write them in a form: one a line, as in "Shop | Orders and invoices".

use super::{Choice, Kind, MAX_TEXT};
use crate::domain::text;

/// Between an entry and its description.
const BETWEEN: &str = " | ";

/// Reads entries; lines without a visible text are left out.
pub fn read_choices(text: &str) -> Vec<Choice> {
    let lines = text.lines().map(text::single_line).filter(|line| text::is_visible(line));
    let entries = lines.map(|line| match line.split_once(BETWEEN) {
        Some((label, description)) => {
            let description = Some(description.trim().to_owned()).filter(|text| !text.is_empty());
            Choice { label: label.trim().to_owned(), description }
        }
        None => Choice { label: line, description: None },
    });
    entries.collect()
}

/// Writes entries, to be read back. Not all can be: see [`Kind::is_writable`].
pub fn write_choices(choices: &[Choice]) -> String {
    let line = |choice: &Choice| match &choice.description {
        Some(description) => format!("{}{BETWEEN}{description}", choice.label),
        None => choice.label.clone(),
    };
    choices.iter().map(line).collect::<Vec<_>>().join("\n")
}

impl Kind {
    /// Whether a form can show its entries, and reads them back as the same. A file can hold longer lists than a text
    /// input, and labels that a line would split.
    pub fn is_writable(&self) -> bool {
        match self {
            Self::One { options, .. } | Self::Several { options, .. } => {
                let written = write_choices(options);
                written.chars().count() <= MAX_TEXT.into() && read_choices(&written) == *options
            }
            _ => true,
        }
    }
}
