//! Files of random configurations, of hostile texts, and of people who mistype.

mod again;
mod random;
mod reading;
mod storing;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::*;
use crate::domain::clock::Timestamp;
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, PanelId, RoleId, UserId};
use crate::domain::panel::Style as PanelStyle;
use crate::domain::permissions::Permissions;
use crate::domain::server_config::{InboxConfig, PanelConfig, ServerConfig};
use crate::domain::settings::InboxSettings;
use crate::domain::staff::StaffMember;
use crate::i18n::Locale;

const TOWN: GuildId = GuildId::new(1_000);
const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// The content of a file that a first message shows.
static FILES: LazyLock<BTreeSet<String>> = LazyLock::new(|| [digest()].into());

fn digest() -> String {
    "0a".repeat(32)
}

/// Channels 1 to 9 and roles 11 to 19 of a server whose ids begin there.
fn directory(first: u64) -> Directory {
    let channels = (1..10).map(|number| {
        let (bot, allows_private_threads) = match number {
            7 => (Permissions::VIEW_CHANNEL, true),
            8 => (Permissions::ALL, false),
            _ => (Permissions::ALL, true),
        };
        let name = format!("channel-{number}");
        (ChannelId::new(first + number), Channel { name, bot, allows_private_threads })
    });
    let roles = (11..20).map(|number| (RoleId::new(first + number), format!("Role {number}")));
    Directory { names: Some(Names::new(channels, roles)) }
}

/// Inbox 1 and 2 on panel 1, inbox 3 on none.
fn town() -> ServerConfig {
    let channel = |number: u64| ChannelId::new(1_000 + number);
    let inbox = |number, panel: Option<i64>| InboxConfig {
        id: Some(InboxId::new(number)),
        panel: panel.map(PanelId::new),
        settings: InboxSettings::new(channel(1)),
        staff: vec![StaffMember::Role(RoleId::new(1_011)), StaffMember::Member(UserId::new(77))],
    };
    ServerConfig {
        panels: vec![PanelConfig {
            id: PanelId::new(1),
            channel: channel(1),
            message: Some(MessageId::new(5)),
            style: PanelStyle::Buttons,
            content: None,
        }],
        inboxes: vec![inbox(1, Some(1)), inbox(2, Some(1)), inbox(3, None)],
        ..ServerConfig::default()
    }
}

fn bounds<'a>(current: &'a ServerConfig, directory: &'a Directory) -> Bounds<'a> {
    Bounds { guild: TOWN, current, directory, records_days: 90, files: &FILES, now: NOW }
}

fn write(config: &ServerConfig, directory: &Directory) -> String {
    Export { guild: TOWN, locale: &Locale::default(), config, directory }.write()
}

fn compared(current: &ServerConfig, text: &str) -> Result<String, Vec<String>> {
    let directory = directory(1_000);
    let reader = Locale::default();
    match read(text.as_bytes(), bounds(current, &directory)) {
        Ok(found) => {
            let counts = Counts { open: [(InboxId::new(3), 2)].into(), deletions: [(InboxId::new(1), 4)].into() };
            Ok(compare(current, &found, &directory, &reader, &counts).render(&reader, Style::Plain))
        }
        Err(problems) => Err(problems.iter().map(|problem| problem.render(&reader)).collect()),
    }
}
