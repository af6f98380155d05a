//! Spans of time in words.

use fluent_templates::fluent_bundle::FluentValue;

use super::args::Arg;
use super::{Locale, lookup};

/// A span of time in whole seconds, shown with its two largest units: "3 d 4 h".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length(u64);

impl Length {
    pub const fn seconds(seconds: u64) -> Self {
        Self(seconds)
    }
}

impl Length {
    /// In words of the language.
    pub fn shown(self, locale: &Locale) -> String {
        let (minutes, hours, days) = (self.0 / 60, self.0 / 3_600, self.0 / 86_400);
        let two = match (days, hours, minutes) {
            (0, 0, 0) => [Some((self.0, "unit-seconds")), None],
            (0, 0, _) => [Some((minutes, "unit-minutes")), None],
            (0, ..) => [Some((hours, "unit-hours")), Some((minutes % 60, "unit-minutes"))],
            _ => [Some((days, "unit-days")), Some((hours % 24, "unit-hours"))],
        };
        let mut shown = Vec::new();
        for (place, (count, unit)) in two.into_iter().flatten().enumerate() {
            if place == 0 || count > 0 {
                // A number and its unit stay on one line.
                shown.push(format!("{count}\u{a0}{}", lookup(locale, unit).unwrap_or_else(|| unit.to_owned())));
            }
        }
        shown.join(" ")
    }
}

impl Arg for Length {
    fn value(&self, locale: &Locale) -> FluentValue<'static> {
        self.shown(locale).into()
    }
    fn sample() -> Self {
        Self(3 * 86_400 + 4 * 3_600)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_time_has_its_two_largest_units() {
        let table = [
            (0, "0\u{a0}s"),
            (59, "59\u{a0}s"),
            (60, "1\u{a0}min"),
            (3_599, "59\u{a0}min"),
            (3_600, "1\u{a0}h"),
            (3_660, "1\u{a0}h 1\u{a0}min"),
            (86_399, "23\u{a0}h 59\u{a0}min"),
            (86_400, "1\u{a0}d"),
            (90 * 86_400 + 7_300, "90\u{a0}d 2\u{a0}h"),
        ];
        for (seconds, expected) in table {
            assert_eq!(Length::seconds(seconds).value(&Locale::default()), FluentValue::from(expected), "{seconds}");
        }
    }
}
