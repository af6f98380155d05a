//! Reads panels: their style, their text and embeds, and new ones.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Reader;
use super::cursor::{Cursor, Table, nearest};
use crate::domain::embed::{self, Embed};
use crate::domain::ids::{ChannelId, PanelId};
use crate::domain::panel::Style;
use crate::domain::panel_content::{MAX_TEXT, PanelContent, Wrong};
use crate::domain::permissions::{self, INBOX_NEEDS};
use crate::domain::server_config::{FIRST_NEW_PANEL, PanelConfig, ServerConfig};
use crate::domain::text::{self, is_visible};
use crate::i18n::PermissionList;
use crate::server_config::directory::{Resolved, Unresolved};
use crate::server_config::msg::ConfigProblem;
use crate::server_config::problem::{Problem, shown};
use crate::server_config::{entries, keys, spelling};

/// The keys of an embed, for proposals.
const EMBED_KEYS: [&str; 10] =
    ["title", "url", "description", "color", "author", "fields", "image", "thumbnail", "footer", "timestamp"];

impl Reader<'_> {
    /// Adds new panels; those that the file does not name stay as they are. Returns all by what the file calls them: their
    /// numbers, or the names of new ones in quotes.
    pub(super) fn read_panels(
        &mut self,
        root: &Table<'_, '_>,
        panels: &mut Vec<PanelConfig>,
    ) -> BTreeMap<String, PanelId> {
        let own = panels.iter().filter(|_| self.is_own);
        let mut labels: BTreeMap<String, PanelId> = own.map(|panel| (panel.id.to_string(), panel.id)).collect();
        let (mut seen, mut new) = (BTreeSet::new(), FIRST_NEW_PANEL);
        for table in self.tables(root, keys::PANEL) {
            let known = [keys::NUMBER, keys::NAME, keys::CHANNEL, keys::STYLE, keys::TEXT, keys::FILES, keys::EMBEDS];
            self.refuse_unknown(&table, &known);
            let Some((label, is_name, at)) = self.read_label(&table) else { continue };
            if !seen.insert(label.clone()) {
                self.note(&at, ConfigProblem::PanelTwice { number: shown(&label) });
                continue;
            }
            let stored = labels.get(&label).copied().filter(|_| self.is_own);
            match panels.iter_mut().find(|panel| Some(panel.id) == stored) {
                Some(panel) => self.read_known_panel(&table, panel),
                None if self.is_own && !is_name => {
                    self.note(&at, ConfigProblem::NoSuchPanel { number: shown(&label) });
                }
                None if !self.is_own && table.get(keys::TEXT).is_none() && table.get(keys::EMBEDS).is_none() => {}
                None => {
                    let id = PanelId::new(new);
                    new += 1;
                    labels.insert(label, id);
                    self.panel_lines.insert(id, self.line(table.start));
                    panels.extend(self.read_new_panel(&table, id));
                }
            }
        }
        labels
    }

    /// A new panel without an inbox would open nothing.
    pub(super) fn check_new_panels(&mut self, config: &ServerConfig) {
        for panel in config.panels.iter().filter(|panel| config.on_panel(panel.id).next().is_none()) {
            if let Some(line) = self.panel_lines.get(&panel.id) {
                self.problems.push(Problem::new(*line, keys::PANEL, ConfigProblem::PanelWithoutInbox));
            }
        }
    }

    /// What the file calls a panel, whether that is a name, and where it stands.
    fn read_label(&mut self, table: &Table<'_, '_>) -> Option<(String, bool, Cursor)> {
        let named = table.get(keys::NAME).filter(|_| table.get(keys::NUMBER).is_none());
        let Some(value) = named else {
            let number = self.read_number(table, keys::NUMBER, true)?;
            return Some((number.to_string(), false, table.cursor(keys::NUMBER, table.get(keys::NUMBER))));
        };
        let at = table.cursor(keys::NAME, Some(value));
        let name = value.get_ref().as_str().map(text::single_line).filter(|name| is_visible(name));
        if name.is_none() {
            self.note(&at, ConfigProblem::NotAText);
        }
        name.map(|name| (spelling::text(&name), true, at))
    }

    fn read_known_panel(&mut self, table: &Table<'_, '_>, panel: &mut PanelConfig) {
        self.check_panel_channel(table, panel);
        panel.style = self.read_style(table, panel.style);
        let content = self.read_content(table, panel.content.as_ref());
        // A panel without a message shows nothing that could be changed.
        let is_asked = self.bounds.directory.names.is_some() && panel.message.is_some();
        let Some(content) = content.filter(|_| is_asked) else { return };
        let Some(now) = &panel.content else {
            let key = if table.get(keys::TEXT).is_some() { keys::TEXT } else { keys::EMBEDS };
            self.note(&table.cursor(key, table.get(key)), ConfigProblem::PanelUnread);
            return;
        };
        let attached: BTreeSet<&str> = now.pictures().into_iter().chain(now.files.iter().map(String::as_str)).collect();
        for name in content.pictures().difference(&attached) {
            let at = table.cursor(keys::EMBEDS, table.get(keys::EMBEDS));
            self.note(&at, ConfigProblem::NoSuchFile { name: shown(name) });
        }
        panel.content = Some(content);
    }

    /// `None`: problems were noted.
    fn read_new_panel(&mut self, table: &Table<'_, '_>, id: PanelId) -> Option<PanelConfig> {
        let channel = self.read_new_channel(table);
        let style = self.read_style(table, Style::default());
        if table.get(keys::TEXT).is_none() && table.get(keys::EMBEDS).is_none() {
            self.note(&table.cursor(keys::TEXT, None), ConfigProblem::Missing);
            return None;
        }
        let mut content = self.read_content(table, None)?;
        self.left_out.extend(content.leave_files_out());
        if content.check() == Err(Wrong::Nothing) {
            self.note(&table.cursor(keys::TEXT, table.get(keys::TEXT)), ConfigProblem::PanelEmpty);
        }
        Some(PanelConfig { id, channel: channel?, message: None, style, content: Some(content) })
    }

    fn read_new_channel(&mut self, table: &Table<'_, '_>) -> Option<ChannelId> {
        let value = table.get(keys::CHANNEL);
        let at = table.cursor(keys::CHANNEL, value);
        let read = match value {
            None => Err(ConfigProblem::Missing),
            Some(value) => self.read_channel(value.get_ref(), true, None),
        };
        let checked = read.and_then(|channel| {
            let known = channel.and_then(|channel| self.bounds.directory.find_channel(channel));
            let missing = known.map(|known| permissions::missing(INBOX_NEEDS, known.bot)).unwrap_or_default();
            if missing.is_empty() {
                Ok(channel)
            } else {
                Err(ConfigProblem::BotLacks { permissions: PermissionList(missing) })
            }
        });
        checked.map_err(|what| self.note(&at, what)).ok().flatten()
    }

    fn read_style(&mut self, table: &Table<'_, '_>, now: Style) -> Style {
        let Some(value) = table.get(keys::STYLE) else { return now };
        value.get_ref().as_str().and_then(|style| style.parse().ok()).unwrap_or_else(|| {
            let choices = Style::EACH.map(|style| spelling::text(style.as_str())).join(", ");
            self.note(&table.cursor(keys::STYLE, Some(value)), ConfigProblem::NotChoice { choices });
            now
        })
    }

    /// Text and embeds; `None`: there are none, or problems were noted. What stands there already is accepted whatever it is.
    fn read_content(&mut self, table: &Table<'_, '_>, now: Option<&PanelContent>) -> Option<PanelContent> {
        let (text, embeds) = (table.get(keys::TEXT), table.get(keys::EMBEDS));
        if text.is_none() && embeds.is_none() {
            return None;
        }
        let at_text = table.cursor(keys::TEXT, text);
        let text = match text {
            None => String::new(),
            Some(value) => {
                let Some(text) = value.get_ref().as_str() else {
                    self.note(&at_text, ConfigProblem::NotAText);
                    return None;
                };
                text.to_owned()
            }
        };
        let at_embeds = table.cursor(keys::EMBEDS, embeds);
        let (embeds, places) = self.read_embeds(table)?;
        let content = PanelContent { text, embeds, files: now.map(|now| now.files.clone()).unwrap_or_default() };
        if now.is_some_and(|now| now.reads_like(&content)) {
            return Some(content);
        }
        let (at, what) = match content.check() {
            Ok(()) => return Some(content),
            Err(Wrong::Nothing) => (at_text, ConfigProblem::PanelEmpty),
            Err(Wrong::Text) => (at_text, ConfigProblem::TooLong { most: MAX_TEXT as u64 }),
            Err(Wrong::TooManyEmbeds) => (at_embeds, ConfigProblem::TooManyEntries { limit: embed::MOST as u64 }),
            Err(Wrong::Embed(place)) => {
                let start = places.get(place).copied().unwrap_or(at_embeds.start);
                (Cursor { start, ..at_embeds }, ConfigProblem::NotEmbed)
            }
            Err(Wrong::AllEmbeds) => (at_embeds, ConfigProblem::TooLong { most: embed::MAX_TOTAL as u64 }),
        };
        self.note(&at, what);
        None
    }

    /// The embeds with their places. `None`: problems were noted.
    fn read_embeds(&mut self, table: &Table<'_, '_>) -> Option<(Vec<Embed>, Vec<usize>)> {
        let Some(value) = table.get(keys::EMBEDS) else { return Some((Vec::new(), Vec::new())) };
        let at = table.cursor(keys::EMBEDS, Some(value));
        let Some(each) = value.get_ref().as_array() else {
            self.note(&at, ConfigProblem::NotTables { key: at.key.clone() });
            return None;
        };
        let as_embed = |entry: &Value| serde_json::from_value::<Embed>(entry.clone()).ok();
        let (mut embeds, mut places, mut is_sound) = (Vec::new(), Vec::new(), true);
        for entry in each {
            let at = Cursor { key: at.key.clone(), start: entry.span().start };
            let read = entries::read(entry.get_ref()).and_then(|stored| Some((as_embed(&stored)?, stored)));
            let Some((embed, stored)) = read else {
                self.note(&at, ConfigProblem::NotEntry);
                is_sound = false;
                continue;
            };
            for key in entries::unknown_keys(&stored, |entry| as_embed(entry).is_some()) {
                let what = match nearest(&key, &EMBED_KEYS.into_iter().collect()) {
                    Some(near) => ConfigProblem::UnknownKeyNear { near: near.to_owned() },
                    None => ConfigProblem::UnknownKey,
                };
                self.note(&Cursor { key: format!("{}.{}", at.key, shown(&key)), start: at.start }, what);
                is_sound = false;
            }
            embeds.push(embed);
            places.push(at.start);
        }
        is_sound.then_some((embeds, places))
    }

    fn check_panel_channel(&mut self, table: &Table<'_, '_>, panel: &PanelConfig) {
        let Some(value) = table.get(keys::CHANNEL) else { return };
        let at = table.cursor(keys::CHANNEL, Some(value));
        let written = value.get_ref().as_str().unwrap_or_default();
        match self.bounds.directory.channel(written, true) {
            Ok(Resolved { value, .. }) if value == panel.channel => {}
            Err(Unresolved::NoSuchId(id)) if ChannelId::new(id) == panel.channel => {}
            Err(Unresolved::Unreadable) => self.note(&at, ConfigProblem::NotChannel),
            _ => self.note(&at, ConfigProblem::PanelChannel),
        }
    }
}
