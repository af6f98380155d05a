//! Answers to frequent questions that an inbox shows before a ticket is opened, as admins wrote them.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::text;

/// The most answers of an inbox.
pub const MOST: usize = 10;

/// The most characters of a title (Discord: "Component Reference", options) and of a text.
pub const MAX_TITLE: usize = 100;
pub const MAX_TEXT: usize = 1_000;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequent {
    /// The question.
    pub title: String,
    pub text: String,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    TooMany,
    Title,
    TitleTwice,
    Text,
}

/// Refuses what could not be shown.
pub fn check(answers: &[Frequent]) -> Result<(), Wrong> {
    if answers.len() > MOST {
        return Err(Wrong::TooMany);
    }
    let mut titles = HashSet::new();
    for Frequent { title, text } in answers {
        let is_line = text::is_visible(title) && !title.chars().any(char::is_control);
        if !is_line || text::length(title) > MAX_TITLE {
            return Err(Wrong::Title);
        }
        if !titles.insert(title) {
            return Err(Wrong::TitleTwice);
        }
        if !text::is_visible(text) || text::length(text) > MAX_TEXT {
            return Err(Wrong::Text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(title: &str, text: &str) -> Frequent {
        Frequent { title: title.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn answers_that_could_not_be_shown_are_refused() {
        let long = |count: usize| "é".repeat(count);
        let cases = [
            (answer(&long(100), &long(1_000)), Ok(())),
            (answer(&long(101), "a"), Err(Wrong::Title)),
            (answer("", "a"), Err(Wrong::Title)),
            (answer("a\nb", "a"), Err(Wrong::Title)),
            (answer("a", &long(1_001)), Err(Wrong::Text)),
            (answer("a", " \n"), Err(Wrong::Text)),
            (answer("First", "b"), Err(Wrong::TitleTwice)),
        ];
        for (wrong, expected) in cases {
            assert_eq!(check(&[answer("First", "a\nb"), wrong.clone()]), expected, "{wrong:?}");
        }
        let eleven: Vec<_> = (0..11).map(|number| answer(&number.to_string(), "a")).collect();
        assert_eq!((check(&eleven), check(&eleven[1..])), (Err(Wrong::TooMany), Ok(())));
    }
}
