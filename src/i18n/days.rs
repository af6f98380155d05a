//! The names of days in a language.

use super::{Locale, lookup};
use crate::domain::hours::DayNames;

/// The days from Monday to Sunday.
pub fn day_names(locale: &Locale) -> DayNames {
    let english = DayNames::english();
    let name = |key: &str, otherwise: &str| lookup(locale, key).unwrap_or_else(|| otherwise.to_owned());
    let full = std::array::from_fn(|day| name(&format!("weekday-{}", day + 1), &english.full[day]).to_lowercase());
    let short = std::array::from_fn(|day| name(&format!("weekday-{}-short", day + 1), &english.short[day]));
    DayNames { full, short }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hours::{parse, write};

    #[test]
    fn each_day_of_each_language_is_read_back_from_its_short_name() {
        let english = DayNames::english();
        for locale in crate::i18n::locales() {
            let names = day_names(&locale);
            for day in &english.short {
                let hours = parse(&format!("{day} 9-17"), &english).expect("English");
                assert_eq!(parse(&write(&hours, &names), &names), Ok(hours), "{locale}: {day}");
            }
        }
    }
}
