//! What a file would change, part by part, as lines that people can read: `-` before, `+` after, in the file's spelling.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::directory::Directory;
use super::msg::ConfigMsg;
use super::read::Read;
use super::spelling::{is_nothing, text as quoted, written};
use super::{entries, keys};
use crate::domain::ids::{InboxId, PanelId};
use crate::domain::panel::Style as PanelStyle;
use crate::domain::panel_content::PanelContent;
use crate::domain::server_config::{
    BlockConfig, FIRST_NEW_PANEL, InboxConfig, InboxKey, PanelConfig, ReplyConfig, ServerConfig,
};
use crate::domain::settings::{InboxSettings, Setting, SettingValue, Settings};
use crate::domain::staff::diff;
use crate::domain::text;
use crate::i18n::{self, Locale};
use crate::storage::timers::{self, DELETION};
use crate::storage::{self, Database, inboxes};

/// What would change; nothing, if it is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    sections: Vec<Section>,
}

/// One part of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    heading: ConfigMsg,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    sign: char,
    text: String,
}

/// Where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With Discord's markdown.
    Markdown,
    Plain,
}

impl Comparison {
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    pub fn render(&self, reader: &Locale, style: Style) -> String {
        self.sections.iter().map(|section| section.render(reader, style) + "\n").collect()
    }

    /// As much as fits into so many characters, with Discord's markdown: of what does not fit, the headings.
    pub fn summary(&self, reader: &Locale, most: usize) -> String {
        let mut out = String::new();
        for section in &self.sections {
            let left = most.saturating_sub(text::length(&out));
            let heading = i18n::render(reader, &section.heading);
            let fitting = [section.render(reader, Style::Markdown), heading];
            let Some(part) = fitting.into_iter().find(|part| text::length(part) < left) else {
                out.push('…');
                break;
            };
            out.push_str(&part);
            out.push('\n');
        }
        out
    }
}

impl Section {
    fn render(&self, reader: &Locale, style: Style) -> String {
        let heading = i18n::render(reader, &self.heading);
        let lines: Vec<String> = self.lines.iter().map(Line::render).collect();
        match (style, lines.is_empty()) {
            (Style::Plain, _) => std::iter::once(heading.replace("**", "")).chain(lines).collect::<Vec<_>>().join("\n"),
            (Style::Markdown, true) => heading,
            (Style::Markdown, false) => {
                format!("{heading}\n```diff\n{}\n```", lines.join("\n").replace("```", "'''"))
            }
        }
    }
}

impl Line {
    fn render(&self) -> String {
        let lines: Vec<String> = self.text.lines().map(|line| format!("{} {line}", self.sign)).collect();
        lines.join("\n")
    }
}

/// What a change of inboxes concerns, by inbox; nothing, where a number is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Tickets that are not closed.
    pub open: BTreeMap<InboxId, u64>,
    /// Threads of closed tickets that wait to be deleted.
    pub deletions: BTreeMap<InboxId, u64>,
}

impl Counts {
    /// Counts what a change concerns.
    pub async fn read(db: &Database, current: &ServerConfig, wanted: &ServerConfig) -> storage::Result<Self> {
        let mut counts = Self::default();
        for inbox in current.deleted_in(wanted) {
            counts.open.insert(inbox, inboxes::count_tickets(db, inbox).await?);
        }
        for inbox in Self::concerned(current, wanted) {
            counts.deletions.insert(inbox, timers::count_of_inbox(db, inbox, DELETION).await?);
        }
        Ok(counts)
    }

    /// The inboxes whose threads are to be counted.
    fn concerned(current: &ServerConfig, wanted: &ServerConfig) -> Vec<InboxId> {
        let is_concerned = |inbox: &&InboxConfig| {
            let days = |inbox: &InboxConfig| inbox.settings.closing.delete_days;
            let after = inbox.id.and_then(|id| wanted.inbox(id));
            after.is_none_or(|after| days(after) != days(inbox))
        };
        current.inboxes.iter().filter(is_concerned).filter_map(|inbox| inbox.id).collect()
    }
}

/// Compares what is stored with what a file wants.
pub fn compare(current: &ServerConfig, wanted: &Read, directory: &Directory, counts: &Counts) -> Comparison {
    let comparing = Comparing { current, wanted: &wanted.config, directory };
    let mut sections = Vec::new();
    let mut add = |heading, lines: Vec<Line>| sections.push(Section { heading, lines });
    let server = comparing.settings(&current.server, &wanted.config.server);
    if !server.is_empty() {
        add(ConfigMsg::InServer, server);
    }
    for (inbox, line) in wanted.config.inboxes.iter().zip(&wanted.lines) {
        match inbox.id.map(|id| (id, current.inbox(id))) {
            Some((id, Some(before))) => {
                let lines = comparing.inbox(before, inbox);
                if !lines.is_empty() {
                    add(ConfigMsg::InInbox { inbox: id }, lines);
                }
            }
            _ => add(ConfigMsg::NewInbox { line: *line }, comparing.new_inbox(inbox)),
        }
    }
    for panel in &current.panels {
        let lines = wanted.config.panel(panel.id).map(|wanted| panel_lines(Some(panel), wanted)).unwrap_or_default();
        if !lines.is_empty() {
            add(comparing.in_panel(panel), lines);
        }
        if let Some(order) = comparing.order_of(panel.id) {
            add(comparing.panel_order(panel, &order), Vec::new());
        }
    }
    for panel in wanted.config.panels.iter().filter(|panel| panel.is_new()) {
        let line = wanted.panel_lines.get(&panel.id).copied().unwrap_or(0);
        add(ConfigMsg::NewPanel { line, channel: directory.write_channel(panel.channel) }, panel_lines(None, panel));
    }
    if !wanted.left_out.is_empty() {
        let lines = wanted.left_out.iter().map(|name| Line { sign: ' ', text: name.clone() });
        add(ConfigMsg::FilesLeftOut, lines.collect());
    }
    comparing.replies(&mut add);
    let blocks = comparing.blocks();
    if !blocks.is_empty() {
        add(ConfigMsg::InBlocks, blocks);
    }
    for inbox in current.deleted_in(&wanted.config) {
        let tickets = counts.open.get(&inbox).copied().unwrap_or(0);
        add(ConfigMsg::InboxDeleted { inbox, tickets }, Vec::new());
    }
    comparing.threads(counts, &mut add);
    for panel in current.emptied_in(&wanted.config) {
        add(comparing.panel_deleted(panel), Vec::new());
    }
    if !wanted.by_name.is_empty() && !sections.is_empty() {
        let lines =
            wanted.by_name.iter().map(|(written, here)| Line { sign: ' ', text: format!("{written} → {here}") });
        sections.push(Section { heading: ConfigMsg::ByName, lines: lines.collect() });
    }
    Comparison { sections }
}

/// What changes on a panel above its buttons, and their style.
fn panel_lines(before: Option<&PanelConfig>, after: &PanelConfig) -> Vec<Line> {
    let mut lines = Vec::new();
    if before.map(|before| before.style) != Some(after.style) {
        let style =
            |sign, style: PanelStyle| Line { sign, text: format!("{} = {}", keys::STYLE, quoted(style.as_str())) };
        lines.extend(before.map(|before| style('-', before.style)));
        lines.push(style('+', after.style));
    }
    let Some(content) = &after.content else { return lines };
    let none = PanelContent::default();
    let now = before.and_then(|before| before.content.as_ref()).unwrap_or(&none);
    if now.text != content.text {
        let line = |sign, text: &str| {
            (!text.is_empty()).then(|| Line { sign, text: format!("{} = {}", keys::TEXT, quoted(text)) })
        };
        lines.extend(line('-', &now.text).into_iter().chain(line('+', &content.text)));
    }
    let embeds = |content: &PanelContent| content.embeds.iter().map(entries::of).collect::<Vec<_>>();
    lines.extend(entry_lines(keys::EMBEDS, &embeds(now), &embeds(content)));
    lines
}

/// An inbox that a file creates has no number yet.
fn name_of(inbox: InboxKey) -> String {
    match inbox {
        InboxKey::Known(id) => id.to_string(),
        InboxKey::New(_) => "+".to_owned(),
    }
}

/// Neither has a panel.
fn panel_name(panel: PanelId) -> String {
    if panel.get() >= FIRST_NEW_PANEL { "+".to_owned() } else { panel.to_string() }
}

/// The entries of a list that go and come; all of them, if only their order is another.
fn entry_lines(key: &str, before: &[Value], after: &[Value]) -> Vec<Line> {
    let line = |sign, entry: &Value| Line { sign, text: format!("{key}: {}", entries::inline(entry)) };
    let gone: Vec<&Value> = before.iter().filter(|entry| !after.contains(entry)).collect();
    let new: Vec<&Value> = after.iter().filter(|entry| !before.contains(entry)).collect();
    let (gone, new) = if gone.is_empty() && new.is_empty() && before != after {
        (before.iter().collect(), after.iter().collect())
    } else {
        (gone, new)
    };
    gone.into_iter().map(|entry| line('-', entry)).chain(new.into_iter().map(|entry| line('+', entry))).collect()
}

struct Comparing<'a> {
    current: &'a ServerConfig,
    wanted: &'a ServerConfig,
    directory: &'a Directory,
}

impl Comparing<'_> {
    fn settings<S: Settings>(&self, before: &S, after: &S) -> Vec<Line> {
        let changed = S::EACH.iter().filter(|setting| setting.get(before) != setting.get(after));
        changed.flat_map(|setting| self.setting(setting, Some(before), after)).collect()
    }

    fn setting<S: Settings>(&self, setting: &Setting<S>, before: Option<&S>, after: &S) -> Vec<Line> {
        if let SettingValue::List(entries) = setting.get(after) {
            let before = match before.map(|before| setting.get(before)) {
                Some(SettingValue::List(before)) => before,
                _ => Vec::new(),
            };
            return entry_lines(setting.key, &before, &entries);
        }
        let line = |sign, value: SettingValue| {
            (!is_nothing(&value)).then(|| {
                let value = written(setting.control(), &value, self.directory);
                Line { sign, text: format!("{} = {value}", setting.key) }
            })
        };
        let before = before.and_then(|before| line('-', setting.get(before)));
        before.into_iter().chain(line('+', setting.get(after))).collect()
    }

    fn inbox(&self, before: &InboxConfig, after: &InboxConfig) -> Vec<Line> {
        let mut lines = Vec::new();
        if before.panel != after.panel {
            let line = |sign, panel: Option<PanelId>| {
                panel.map(|panel| Line { sign, text: format!("{} = {}", keys::ON_PANEL, panel_name(panel)) })
            };
            lines.extend(line('-', before.panel).into_iter().chain(line('+', after.panel)));
        }
        lines.extend(self.staff(before, after));
        lines.extend(self.settings(&before.settings, &after.settings));
        lines
    }

    fn staff(&self, before: &InboxConfig, after: &InboxConfig) -> Vec<Line> {
        let line = |sign, who: String| Line { sign, text: format!("{}: {who}", keys::STAFF) };
        let changed = diff(&before.staff, &after.staff);
        if changed.added.is_empty() && changed.removed.is_empty() {
            let all = |staff: &InboxConfig| {
                let each: Vec<String> = staff.staff.iter().map(|member| self.directory.write_staff(*member)).collect();
                each.join(", ")
            };
            return if before.staff == after.staff {
                Vec::new()
            } else {
                vec![line('-', all(before)), line('+', all(after))]
            };
        }
        let removed = changed.removed.iter().map(|member| line('-', self.directory.write_staff(*member)));
        let added = changed.added.iter().map(|member| line('+', self.directory.write_staff(*member)));
        removed.chain(added).collect()
    }

    fn new_inbox(&self, inbox: &InboxConfig) -> Vec<Line> {
        let plus = |text| Line { sign: '+', text };
        let defaults = inbox.settings.defaults();
        let panel = inbox.panel.map(|panel| plus(format!("{} = {}", keys::ON_PANEL, panel_name(panel))));
        let staff = inbox.staff.iter();
        let staff = staff.map(|member| plus(format!("{}: {}", keys::STAFF, self.directory.write_staff(*member))));
        let own = InboxSettings::EACH
            .iter()
            .filter(|setting| setting.is_required() || setting.get(&inbox.settings) != setting.get(&defaults));
        let own = own.flat_map(|setting| self.setting(setting, None, &inbox.settings));
        panel.into_iter().chain(staff).chain(own).collect()
    }

    /// The new order of a panel, if it is not the old one without the inboxes that go and with new ones at its end.
    fn order_of(&self, panel: PanelId) -> Option<Vec<Option<InboxId>>> {
        let before: Vec<InboxId> = self.current.on_panel(panel).filter_map(|(_, inbox)| inbox.id).collect();
        let after: Vec<Option<InboxId>> = self.wanted.on_panel(panel).map(|(_, inbox)| inbox.id).collect();
        let stays = |id: &InboxId| after.contains(&Some(*id));
        let kept = before.iter().copied().filter(stays).map(Some);
        let is_new = |id: &&Option<InboxId>| id.is_none_or(|id| !before.contains(&id));
        let expected: Vec<Option<InboxId>> = kept.chain(after.iter().filter(is_new).copied()).collect();
        (after != expected).then_some(after)
    }

    fn in_panel(&self, panel: &PanelConfig) -> ConfigMsg {
        ConfigMsg::InPanel { number: panel.id.to_string(), channel: self.directory.write_channel(panel.channel) }
    }

    /// How many threads wait to be deleted, and what becomes of them.
    fn threads(&self, counts: &Counts, add: &mut impl FnMut(ConfigMsg, Vec<Line>)) {
        for inbox in Counts::concerned(self.current, self.wanted) {
            let count = counts.deletions.get(&inbox).copied().unwrap_or(0);
            let days =
                |config: &ServerConfig| config.inbox(inbox).map_or(0, |inbox| inbox.settings.closing.delete_days);
            match (days(self.current), days(self.wanted)) {
                (0, 0) => {}
                (0, days) => add(ConfigMsg::ThreadsFromNowOn { inbox, days: days.into() }, Vec::new()),
                (_, 0) => add(ConfigMsg::ThreadsStay { inbox, count }, Vec::new()),
                (_, days) => add(ConfigMsg::ThreadsWait { inbox, count, days: days.into() }, Vec::new()),
            }
        }
    }

    fn replies(&self, add: &mut impl FnMut(ConfigMsg, Vec<Line>)) {
        let lines = |sign, reply: &ReplyConfig| {
            let inbox = reply.inbox.map(|inbox| format!("{} = {}", keys::INBOX, name_of(inbox)));
            let text = format!("{} = {}", keys::TEXT, quoted(&reply.text));
            inbox.into_iter().chain([text]).map(move |text| Line { sign, text }).collect::<Vec<_>>()
        };
        for reply in &self.wanted.replies {
            let name = reply.name.as_str().to_owned();
            match self.current.reply(&reply.name) {
                None => add(ConfigMsg::NewReply { name }, lines('+', reply)),
                Some(before) if before != reply => {
                    add(ConfigMsg::InReply { name }, [lines('-', before), lines('+', reply)].concat());
                }
                Some(_) => {}
            }
        }
        for reply in self.current.replies.iter().filter(|reply| self.wanted.reply(&reply.name).is_none()) {
            add(ConfigMsg::ReplyDeleted { name: reply.name.as_str().to_owned() }, Vec::new());
        }
    }

    fn blocks(&self) -> Vec<Line> {
        let line = |sign, block: &BlockConfig| {
            let inbox = block.inbox.map(|inbox| format!(", {} {}", keys::INBOX, name_of(inbox))).unwrap_or_default();
            let ends = block.ends_at.map(|time| format!(", {} {}", keys::ENDS, time.to_rfc3339())).unwrap_or_default();
            Line { sign, text: format!("{} {}{inbox}{ends}", keys::MEMBER, block.user) }
        };
        let (before, after): (BTreeSet<_>, BTreeSet<_>) =
            (self.current.blocks.iter().collect(), self.wanted.blocks.iter().collect());
        let gone = before.difference(&after).map(|block| line('-', block));
        let new = after.difference(&before).map(|block| line('+', block));
        gone.chain(new).collect()
    }

    fn panel_order(&self, panel: &PanelConfig, order: &[Option<InboxId>]) -> ConfigMsg {
        let each: Vec<String> = order.iter().map(|id| id.map_or_else(|| "+".to_owned(), |id| id.to_string())).collect();
        ConfigMsg::PanelOrder {
            number: panel.id.to_string(),
            channel: self.directory.write_channel(panel.channel),
            order: each.join(", "),
        }
    }

    fn panel_deleted(&self, panel: &PanelConfig) -> ConfigMsg {
        ConfigMsg::PanelDeleted { number: panel.id.to_string(), channel: self.directory.write_channel(panel.channel) }
    }
}
