//! Reads panels and inboxes: who they are, where they stand, and who handles their tickets.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeValue;

use super::cursor::{Cursor, Table, integer};
use super::{NewMember, Reader};
use crate::domain::form::Values;
use crate::domain::ids::{ChannelId, InboxId, PanelId, RoleId, UserId};
use crate::domain::panel::{MOST_INBOXES as MOST_ON_PANEL, Style};
use crate::domain::server_config::{InboxConfig, MOST_INBOXES, PanelConfig};
use crate::domain::settings::{Group, InboxSettings, SettingGroup as _};
use crate::domain::staff::StaffMember;
use crate::domain::starter::Starter;
use crate::server_config::directory::{Resolved, Unresolved};
use crate::server_config::msg::ConfigProblem;
use crate::server_config::{keys, spelling};

/// Maximum staff of an inbox in a file; a longer list that is stored already stays.
const MOST_STAFF: usize = 100;

impl Reader<'_> {
    /// Panels are what they are on Discord; only their style can be changed. Those that the file does not name stay as they
    /// are.
    pub(super) fn read_panels(&mut self, root: &Table<'_, '_>, panels: &mut [PanelConfig]) {
        let mut seen = BTreeSet::new();
        for table in self.tables(root, keys::PANEL) {
            self.refuse_unknown(&table, &[keys::NUMBER, keys::CHANNEL, keys::STYLE]);
            let Some(number) = self.read_number(&table, keys::NUMBER, true) else { continue };
            if !self.is_own {
                continue;
            }
            let at = table.cursor(keys::NUMBER, table.get(keys::NUMBER));
            let Some(panel) = panels.iter_mut().find(|panel| panel.id == PanelId::new(number)) else {
                self.note(&at, ConfigProblem::NoSuchPanel { number: number.to_string() });
                continue;
            };
            if !seen.insert(number) {
                self.note(&at, ConfigProblem::PanelTwice { number: number.to_string() });
            }
            self.check_panel_channel(&table, panel);
            if let Some(value) = table.get(keys::STYLE) {
                panel.style = value.get_ref().as_str().and_then(|style| style.parse().ok()).unwrap_or_else(|| {
                    let choices = Style::EACH.map(|style| spelling::text(style.as_str())).join(", ");
                    self.note(&table.cursor(keys::STYLE, Some(value)), ConfigProblem::NotChoice { choices });
                    panel.style
                });
            }
        }
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

    /// Adds the inboxes of the file. Returns their places by the numbers that they have in it.
    pub(super) fn read_inboxes(
        &mut self,
        root: &Table<'_, '_>,
        inboxes: &mut Vec<InboxConfig>,
    ) -> BTreeMap<i64, usize> {
        let tables = self.tables(root, keys::INBOX);
        let most = MOST_INBOXES.max(self.bounds.current.inboxes.len());
        if let Some(beyond) = tables.get(most.saturating_sub(inboxes.len())) {
            let at = Cursor { key: keys::INBOX.to_owned(), start: beyond.start };
            self.note(&at, ConfigProblem::TooManyInboxes { limit: MOST_INBOXES as u64 });
            return BTreeMap::new();
        }
        let stay = std::mem::take(inboxes).into_iter().map(|inbox| (inbox, 0, None));
        let mut all: Vec<(InboxConfig, u64, Option<i64>)> = stay.collect();
        let (mut seen, mut on_panels) = (BTreeSet::new(), BTreeMap::new());
        for table in tables {
            let number = self.read_number(&table, keys::NUMBER, false);
            if let Some(twice) = number.filter(|number| !seen.insert(*number)) {
                let at = table.cursor(keys::NUMBER, table.get(keys::NUMBER));
                self.note(&at, ConfigProblem::InboxTwice { number: twice.to_string() });
            }
            let id = number.map(InboxId::new).filter(|_| self.is_own);
            let before = id.and_then(|id| self.bounds.current.inbox(id));
            if let Some(id) = id.filter(|_| before.is_none()) {
                let at = table.cursor(keys::NUMBER, table.get(keys::NUMBER));
                self.note(&at, ConfigProblem::NoSuchInbox { number: id.to_string() });
            }
            let inbox = self.read_inbox(&table, id, before);
            if let Some(panel) = inbox.panel {
                let count = on_panels.entry(panel).or_insert(0_usize);
                *count += 1;
                if *count > MOST_ON_PANEL.max(self.bounds.current.on_panel(panel).count()) {
                    let at = table.cursor(keys::ON_PANEL, table.get(keys::ON_PANEL));
                    self.note(&at, ConfigProblem::PanelFull { limit: MOST_ON_PANEL as u64 });
                }
            }
            all.push((inbox, self.line(table.start), number));
        }
        // As they are stored: by panels, those on none last. The sort keeps the order in which they stand in the file.
        all.sort_by_key(|(inbox, ..)| (inbox.panel.is_none(), inbox.panel));
        let numbers = all.iter().enumerate().filter_map(|(place, (.., number))| Some(((*number)?, place))).collect();
        (*inboxes, self.lines) = all.into_iter().map(|(inbox, line, _)| (inbox, line)).unzip();
        numbers
    }

    fn read_inbox(&mut self, table: &Table<'_, '_>, id: Option<InboxId>, before: Option<&InboxConfig>) -> InboxConfig {
        let panel = self.read_number(table, keys::ON_PANEL, false).map(PanelId::new).filter(|_| self.is_own);
        if let Some(panel) = panel.filter(|panel| self.bounds.current.panel(*panel).is_none()) {
            let at = table.cursor(keys::ON_PANEL, table.get(keys::ON_PANEL));
            self.note(&at, ConfigProblem::NoSuchPanel { number: panel.to_string() });
        }
        let staff = self.read_staff(table, before);
        // The destination is read, or its lack noted.
        let fresh = InboxSettings::new(ChannelId::new(u64::MAX));
        let stored = before.map_or(&fresh, |before| &before.settings);
        let settings = self.read_settings(table, stored, &[keys::NUMBER, keys::ON_PANEL, keys::STAFF]);
        if settings.beginning.starter != stored.beginning.starter && !starter_fits(&settings, &staff) {
            let group = table.get(Group::Beginning.key());
            let at = table.cursor("beginning.starter", group);
            self.note(&at, ConfigProblem::StarterTooLong);
        }
        InboxConfig { id, panel, settings, staff }
    }

    fn read_staff(&mut self, table: &Table<'_, '_>, before: Option<&InboxConfig>) -> Vec<StaffMember> {
        let Some(value) = table.get(keys::STAFF) else { return Vec::new() };
        let at = table.cursor(keys::STAFF, Some(value));
        let DeValue::Array(each) = value.get_ref() else {
            self.note(&at, ConfigProblem::NotList);
            return Vec::new();
        };
        let stored = before.map_or(&[][..], |before| &before.staff);
        if each.len() > MOST_STAFF.max(stored.len()) {
            self.note(&at, ConfigProblem::TooMuchStaff { limit: MOST_STAFF as u64 });
            return Vec::new();
        }
        let mut staff = Vec::new();
        for entry in each {
            let at = table.cursor(keys::STAFF, Some(entry));
            let written = entry.get_ref().as_str().unwrap_or_default();
            let found = match self.bounds.directory.staff(written, self.is_own) {
                Ok(Resolved { value, by_name }) => {
                    if by_name {
                        self.note_name(written, &self.bounds.directory.write_staff(value));
                    }
                    Ok(value)
                }
                // A deleted role that is among them already stays.
                Err(Unresolved::NoSuchId(id)) => {
                    let role = StaffMember::Role(RoleId::new(id));
                    stored.contains(&role).then_some(role).ok_or(Unresolved::NoSuchId(id))
                }
                Err(why) => Err(why),
            };
            match found {
                Ok(StaffMember::Role(role)) if role == self.bounds.guild.everyone() => {
                    self.note(&at, ConfigProblem::Everyone);
                }
                Ok(member) if staff.contains(&member) => self.note(&at, ConfigProblem::StaffTwice),
                Ok(member) => {
                    if let StaffMember::Member(user) = member
                        && !stored.contains(&member)
                    {
                        let at = self.problem(&at, ConfigProblem::NoSuchMember);
                        self.new_members.push(NewMember { user, at });
                    }
                    staff.push(member);
                }
                Err(why) => self.note(&at, why.into()),
            }
        }
        staff
    }

    /// A number of an inbox or a panel.
    pub(super) fn read_number(&mut self, table: &Table<'_, '_>, key: &str, is_required: bool) -> Option<i64> {
        let value = table.get(key);
        let number = value.and_then(|value| integer(value.get_ref())).filter(|number| *number > 0);
        if number.is_none() && (value.is_some() || is_required) {
            let what = if value.is_some() { ConfigProblem::NotNumbered } else { ConfigProblem::Missing };
            self.note(&table.cursor(key, value), what);
        }
        number
    }
}

/// Whether the first message has room for everybody whom it mentions.
fn starter_fits(settings: &InboxSettings, staff: &[StaffMember]) -> bool {
    let template = settings.beginning.starter.as_deref().unwrap_or_default();
    let rendered = Starter::render(template, UserId::new(u64::MAX), staff, None, &Values::NONE);
    !rendered.is_cut && rendered.left_out.is_empty()
}
