//! The document with all settings, `docs/settings.md`, made from their definition.

use std::fmt::Write as _;

use super::keys;
use super::spelling::{self, About, name_in_group};
use crate::domain::ids::ChannelId;
use crate::domain::settings::{InboxSettings, ServerSettings, Setting, SettingGroup, Settings};
use crate::i18n::Locale;

const HEAD: &str = "\
# Settings

All settings of an inbox and of a server, with their names in [the file](configuration.md) of a server's configuration. In
Discord they are on the pages of `/inbox settings`. This document is made from their definition: `cargo run --example
settings > docs/settings.md`.
";

/// The whole document.
pub fn document() -> String {
    let mut out = HEAD.to_owned();
    // Writing to a String cannot fail.
    let _ = write!(out, "\n## Of an inbox: `[[{}]]`\n", keys::INBOX);
    write_groups(&mut out, keys::INBOX, &InboxSettings::new(ChannelId::new(1)));
    let _ = write!(out, "\n## Of the server: `[{}]`\n", keys::SERVER);
    write_groups(&mut out, keys::SERVER, &ServerSettings::default());
    out
}

fn write_groups<S: Settings>(out: &mut String, scope: &str, settings: &S) {
    let defaults = settings.defaults();
    for group in S::Group::EACH {
        let mut of_group = S::EACH.iter().filter(|setting| setting.group == *group).peekable();
        let (name, help) = spelling::about_group(*group);
        if of_group.peek().is_none() {
            let _ = write!(out, "\n### {name}: `{scope}.{}`\n\n{help}.\n", group.key());
            continue;
        }
        let _ = write!(out, "\n### {name}: `[{scope}.{}]`\n\n{help}.\n\n", group.key());
        out.push_str("| key | name | meaning | default | allowed |\n|---|---|---|---|---|\n");
        for setting in of_group {
            write_row(out, setting, &defaults);
        }
    }
}

fn write_row<S: Settings>(out: &mut String, setting: &Setting<S>, defaults: &S) {
    let about = About::setting(setting, defaults, &Locale::default());
    let default = about.default_in_words();
    let default = default.strip_prefix("default: ").unwrap_or(&default);
    let cells = [&format!("`{}`", name_in_group(setting)), &about.name, &about.help, default, &about.allowed];
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
