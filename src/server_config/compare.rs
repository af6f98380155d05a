//! What a file would change, part by part, as lines that people can read: `-` before, `+` after, in the file's spelling.

use std::collections::BTreeSet;

use serde_json::Value;

use super::comparison::{Comparison, Heading, Line};
use super::counts::Counts;
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
use crate::i18n::Locale;
use crate::tickets::label;

/// Compares what is stored with what a file wants. `locale`: the server's language, in which inboxes are called what their
/// buttons say.
pub fn compare(
    current: &ServerConfig,
    wanted: &Read,
    directory: &Directory,
    locale: &Locale,
    counts: &Counts,
) -> Comparison {
    let comparing = Comparing { current, wanted: &wanted.config, directory, locale };
    let mut comparison = Comparison::default();
    let mut add = |heading: Heading, lines: Vec<Line>| comparison.add(heading, lines);
    let server = comparing.settings(&current.server, &wanted.config.server);
    if !server.is_empty() {
        add(ConfigMsg::InServer.into(), server);
    }
    for (inbox, line) in wanted.config.inboxes.iter().zip(&wanted.lines) {
        match inbox.id.map(|id| (id, current.inbox(id))) {
            Some((id, Some(before))) => {
                let lines = comparing.inbox(before, inbox);
                if !lines.is_empty() {
                    add(comparing.naming(id, |inbox| ConfigMsg::InInbox { inbox }), lines);
                }
            }
            _ => add(ConfigMsg::NewInbox { line: *line }.into(), comparing.new_inbox(inbox)),
        }
    }
    for panel in &current.panels {
        let lines = wanted.config.panel(panel.id).map(|wanted| panel_lines(Some(panel), wanted)).unwrap_or_default();
        if !lines.is_empty() {
            add(comparing.in_panel(panel).into(), lines);
        }
        if let Some(order) = comparing.order_of(panel.id) {
            add(comparing.panel_order(panel, &order), Vec::new());
        }
    }
    for panel in wanted.config.panels.iter().filter(|panel| panel.is_new()) {
        let line = wanted.panel_lines.get(&panel.id).copied().unwrap_or(0);
        let msg = ConfigMsg::NewPanel { line, channel: directory.write_channel(panel.channel) };
        add(msg.into(), panel_lines(None, panel));
    }
    if !wanted.left_out.is_empty() {
        let lines = wanted.left_out.iter().map(|name| Line { sign: ' ', text: name.clone() });
        add(ConfigMsg::FilesLeftOut.into(), lines.collect());
    }
    comparing.replies(&mut add);
    let blocks = comparing.blocks();
    if !blocks.is_empty() {
        add(ConfigMsg::InBlocks.into(), blocks);
    }
    for inbox in current.deleted_in(&wanted.config) {
        let tickets = counts.open.get(&inbox).copied().unwrap_or(0);
        add(comparing.naming(inbox, |inbox| ConfigMsg::InboxDeleted { inbox, tickets }), Vec::new());
    }
    comparing.threads(counts, &mut add);
    for panel in current.emptied_in(&wanted.config) {
        add(comparing.panel_deleted(panel).into(), Vec::new());
    }
    if current.is_replaced_in(&wanted.config) {
        add(ConfigMsg::Replaces.into(), Vec::new());
    }
    if !wanted.by_name.is_empty() && !comparison.is_empty() {
        let lines =
            wanted.by_name.iter().map(|(written, here)| Line { sign: ' ', text: format!("{written} → {here}") });
        comparison.add(ConfigMsg::ByName, lines.collect());
    }
    comparison
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

/// Stands for the number that an inbox or a panel of a file is to get.
const NEW: &str = "+";

fn panel_name(panel: PanelId) -> String {
    if panel.get() >= FIRST_NEW_PANEL { NEW.to_owned() } else { panel.to_string() }
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
    locale: &'a Locale,
}

impl Comparing<'_> {
    /// The number of an inbox, and what its button says.
    fn name_of(&self, inbox: InboxKey) -> (String, Option<String>) {
        let (number, found) = match inbox {
            InboxKey::Known(id) => (id.to_string(), self.current.inbox(id).or_else(|| self.wanted.inbox(id))),
            InboxKey::New(place) => (NEW.to_owned(), self.wanted.inboxes.get(place)),
        };
        (number, found.map(|inbox| label(&inbox.settings.panel, self.locale)))
    }

    /// Both in one. `write`: how a name is written.
    fn full_name(&self, inbox: InboxKey, write: &dyn Fn(&str) -> String) -> String {
        match self.name_of(inbox) {
            (number, Some(label)) => format!("{number} ({})", write(&label)),
            (number, None) => number,
        }
    }

    /// A heading that names an inbox.
    fn naming(&self, inbox: InboxId, msg: impl Fn(String) -> ConfigMsg) -> Heading {
        Heading::naming(|write| msg(self.full_name(InboxKey::Known(inbox), write)))
    }

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
    fn order_of(&self, panel: PanelId) -> Option<Vec<InboxKey>> {
        let key = |(place, inbox): (usize, &InboxConfig)| inbox.id.map_or(InboxKey::New(place), InboxKey::Known);
        let before: Vec<InboxKey> = self.current.on_panel(panel).map(key).collect();
        let after: Vec<InboxKey> = self.wanted.on_panel(panel).map(key).collect();
        let kept = before.iter().filter(|inbox| after.contains(inbox));
        let expected: Vec<InboxKey> =
            kept.chain(after.iter().filter(|inbox| !before.contains(inbox))).copied().collect();
        (after != expected).then_some(after)
    }

    fn in_panel(&self, panel: &PanelConfig) -> ConfigMsg {
        ConfigMsg::InPanel { number: panel.id.to_string(), channel: self.directory.write_channel(panel.channel) }
    }

    /// How many threads wait to be deleted, and what becomes of them.
    fn threads(&self, counts: &Counts, add: &mut impl FnMut(Heading, Vec<Line>)) {
        for id in Counts::concerned(self.current, self.wanted) {
            let count = counts.deletions.get(&id).copied().unwrap_or(0);
            let days = |config: &ServerConfig| config.inbox(id).map_or(0, |inbox| inbox.settings.closing.delete_days);
            let (before, after) = (days(self.current), days(self.wanted));
            if (before, after) != (0, 0) {
                let days = after.into();
                let heading = self.naming(id, |inbox| match (before, after) {
                    (0, _) => ConfigMsg::ThreadsFromNowOn { inbox, days },
                    (_, 0) => ConfigMsg::ThreadsStay { inbox, count },
                    _ => ConfigMsg::ThreadsWait { inbox, count, days },
                });
                add(heading, Vec::new());
            }
        }
    }

    fn replies(&self, add: &mut impl FnMut(Heading, Vec<Line>)) {
        let lines = |sign, reply: &ReplyConfig| {
            let inbox = reply.inbox.map(|inbox| match self.name_of(inbox) {
                (number, Some(label)) => format!("{} = {number} # {label}", keys::INBOX),
                (number, None) => format!("{} = {number}", keys::INBOX),
            });
            let text = format!("{} = {}", keys::TEXT, quoted(&reply.text));
            inbox.into_iter().chain([text]).map(move |text| Line { sign, text }).collect::<Vec<_>>()
        };
        for reply in &self.wanted.replies {
            let name = reply.name.as_str();
            match self.current.reply(&reply.name) {
                None => {
                    add(Heading::naming(|write| ConfigMsg::NewReply { name: write(name) }), lines('+', reply));
                }
                Some(before) if before != reply => {
                    let both = [lines('-', before), lines('+', reply)].concat();
                    add(Heading::naming(|write| ConfigMsg::InReply { name: write(name) }), both);
                }
                Some(_) => {}
            }
        }
        for reply in self.current.replies.iter().filter(|reply| self.wanted.reply(&reply.name).is_none()) {
            let name = reply.name.as_str();
            add(Heading::naming(|write| ConfigMsg::ReplyDeleted { name: write(name) }), Vec::new());
        }
    }

    fn blocks(&self) -> Vec<Line> {
        let line = |sign, block: &BlockConfig| {
            let inbox = block.inbox.map(|inbox| self.full_name(inbox, &str::to_owned));
            let inbox = inbox.map(|inbox| format!(", {} {inbox}", keys::INBOX)).unwrap_or_default();
            let ends = block.ends_at.map(|time| format!(", {} {}", keys::ENDS, time.to_rfc3339())).unwrap_or_default();
            Line { sign, text: format!("{} {}{inbox}{ends}", keys::MEMBER, block.user) }
        };
        let (before, after): (BTreeSet<_>, BTreeSet<_>) =
            (self.current.blocks.iter().collect(), self.wanted.blocks.iter().collect());
        let gone = before.difference(&after).map(|block| line('-', block));
        let new = after.difference(&before).map(|block| line('+', block));
        gone.chain(new).collect()
    }

    fn panel_order(&self, panel: &PanelConfig, order: &[InboxKey]) -> Heading {
        Heading::naming(|write| {
            let each: Vec<String> = order.iter().map(|inbox| self.full_name(*inbox, write)).collect();
            ConfigMsg::PanelOrder {
                number: panel.id.to_string(),
                channel: self.directory.write_channel(panel.channel),
                order: each.join(", "),
            }
        })
    }

    fn panel_deleted(&self, panel: &PanelConfig) -> ConfigMsg {
        ConfigMsg::PanelDeleted { number: panel.id.to_string(), channel: self.directory.write_channel(panel.channel) }
    }
}
