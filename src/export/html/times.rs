//! Times on the page: short to read, exact in their element.

use maud::{Markup, html};

use crate::domain::clock::Timestamp;
use crate::domain::zone::Zone;
use crate::export::times::{date, minute, moment};

/// A time within a day.
pub(super) fn of_day(zone: &Zone, at: Timestamp) -> Markup {
    html! { time datetime=(at.to_rfc3339()) title={ (moment(at)) " UTC" } { (minute(zone.wall(at))) } }
}

/// A date and time.
pub(super) fn full(zone: &Zone, at: Timestamp) -> Markup {
    html! { time datetime=(at.to_rfc3339()) title={ (moment(at)) " UTC" } { (moment(zone.wall(at))) } }
}

/// A timestamp in a text (Discord: "Message Formatting", timestamp styles). A relative one would be wrong in a file.
pub(super) fn stamp(zone: &Zone, seconds: i64, style: Option<char>) -> Markup {
    let at = Timestamp::from_seconds(seconds);
    let wall = zone.wall(at);
    let shown = match style {
        Some('t' | 'T') => minute(wall),
        Some('d' | 'D') => date(wall),
        _ => moment(wall),
    };
    html! { time datetime=(at.to_rfc3339()) title={ (moment(at)) " UTC" } { (shown) } }
}
