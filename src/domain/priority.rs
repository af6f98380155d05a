//! How urgent a ticket is to its staff.

use std::str::FromStr;

/// Shown on cards and in lists only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    Low,
    #[default]
    None,
    High,
    Urgent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a priority")]
pub struct ParsePriorityError;

impl Priority {
    pub const EACH: [Self; 4] = [Self::Low, Self::None, Self::High, Self::Urgent];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::None => "none",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

impl FromStr for Priority {
    type Err = ParsePriorityError;

    fn from_str(text: &str) -> Result<Self, ParsePriorityError> {
        Self::EACH.into_iter().find(|priority| priority.as_str() == text).ok_or(ParsePriorityError)
    }
}
