//! Discord's timestamps in words, in UTC and English.

use maud::{Markup, html};
use time::OffsetDateTime;
use time::macros::format_description;

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

fn full(seconds: i64) -> String {
    let format = format_description!("[weekday], [day padding:none] [month repr:long] [year], [hour]:[minute] UTC");
    at(seconds).format(format).unwrap_or_default()
}

/// `14:05`, for the time beside a message.
pub(super) fn clock(ms: i64) -> Markup {
    let seconds = ms.div_euclid(1000);
    let short = at(seconds).format(format_description!("[hour]:[minute]")).unwrap_or_default();
    html! { time title=(full(seconds)) { (short) } }
}

/// `12 June 2026, 14:05`.
pub(super) fn day_and_clock(ms: i64) -> String {
    let format = format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute]");
    at(ms.div_euclid(1000)).format(format).unwrap_or_default()
}

/// `<t:seconds:style>`.
pub(super) fn stamp(seconds: i64, style: Option<char>, now_ms: i64) -> Markup {
    let moment = at(seconds);
    let text = match style {
        Some('t') => moment.format(format_description!("[hour]:[minute]")),
        Some('T') => moment.format(format_description!("[hour]:[minute]:[second]")),
        Some('d') => moment.format(format_description!("[day]/[month]/[year]")),
        Some('D') => moment.format(format_description!("[day padding:none] [month repr:long] [year]")),
        Some('F') => {
            moment.format(format_description!("[weekday], [day padding:none] [month repr:long] [year] [hour]:[minute]"))
        }
        Some('R') => Ok(relative(seconds, now_ms.div_euclid(1000))),
        _ => moment.format(format_description!("[day padding:none] [month repr:long] [year] [hour]:[minute]")),
    };
    html! { time.stamp title=(full(seconds)) { (text.unwrap_or_default()) } }
}

/// `in 2 hours`, `3 days ago`.
pub(super) fn relative(seconds: i64, now: i64) -> String {
    let away = (seconds - now).abs();
    let in_units_of = |length: i64| (away + length / 2) / length;
    let (count, unit) = match away {
        0..45 => (away, "second"),
        45..2_700 => (in_units_of(60), "minute"),
        2_700..79_200 => (in_units_of(3_600), "hour"),
        79_200..2_246_400 => (in_units_of(86_400), "day"),
        2_246_400..27_648_000 => (in_units_of(2_592_000), "month"),
        _ => (in_units_of(31_536_000), "year"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds >= now { format!("in {count} {unit}{plural}") } else { format!("{count} {unit}{plural} ago") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_from_now() {
        for (seconds, expected) in [
            (1_040, "in 40 seconds"),
            (1_179, "in 3 minutes"),
            (999, "1 second ago"),
            (1_000 + 7_300, "in 2 hours"),
            (1_000 - 90_000, "1 day ago"),
        ] {
            assert_eq!(relative(seconds, 1_000), expected);
        }
    }

    #[test]
    fn each_style_has_its_form() {
        let text = |style| stamp(1_780_000_000, Some(style), 0).into_string();
        assert!(text('t').contains(">20:26<"), "{}", text('t'));
        assert!(text('D').contains(">28 May 2026<"), "{}", text('D'));
        assert!(text('F').contains("Thursday"), "{}", text('F'));
    }
}
