//! Times on the page: short to read, exact in their element.

use maud::{Markup, html};

use crate::domain::clock::Timestamp;
use crate::export::times::{date, minute, moment};

/// A time within a day.
pub(super) fn of_day(at: Timestamp) -> Markup {
    html! { time datetime=(at.to_rfc3339()) title={ (moment(at)) " UTC" } { (minute(at)) } }
}

/// A date and time.
pub(super) fn full(at: Timestamp) -> Markup {
    html! { time datetime=(at.to_rfc3339()) { (moment(at)) } }
}

/// A timestamp in a text (Discord: "Message Formatting", timestamp styles). A relative one would be wrong in a file.
pub(super) fn stamp(seconds: i64, style: Option<char>) -> Markup {
    let at = Timestamp::from_seconds(seconds);
    let shown = match style {
        Some('t' | 'T') => minute(at),
        Some('d' | 'D') => date(at),
        _ => moment(at),
    };
    html! { time datetime=(at.to_rfc3339()) title={ (moment(at)) " UTC" } { (shown) } }
}
