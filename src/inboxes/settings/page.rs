//! Draws the pages: one with all groups, and one for each group, with a control for each setting.
//!
//! A page has at most five rows, of which the last leads elsewhere; a group with more controls continues on another
//! page. Rows are narrow enough for a phone.

use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

use super::book::{Book, Group, Item, Scope};
use super::msg::{SettingText, SettingsMsg};
use super::{CHOOSE, DELETE_DAYS, EDIT, GROUPS, INBOXES, OVERVIEW, PAGE, STAFF, advice, needs_private_threads, roles};
use crate::checkup;
use crate::discord::components::{self, Button, Entry};
use crate::discord::respond::Drawing;
use crate::domain::embed::Place;
use crate::domain::hours;
use crate::domain::settings::{Control, SettingValue};
use crate::domain::text;
use crate::domain::ticket_name;
use crate::domain::zone::Zone;
use crate::error::Result;
use crate::i18n::{self, CommonMsg, Length, Locale, Message};
use crate::inboxes::{Admin, panels};
use crate::storage::inboxes::{self, Inbox};
use crate::tickets::{self, TicketMsg};

/// Most rows with controls.
const ROWS: usize = 4;

/// Most buttons of a row, and most characters of their labels together.
const IN_ROW: usize = 3;
const ROW_WIDTH: usize = 48;

/// Most characters of a value.
const SHOWN: usize = 80;

/// Most characters of an embed's description (Discord: "Message", embed limits: 4,096), and of a message.
const DESCRIPTION: usize = 4_000;
const CONTENT: usize = 2_000;

/// Most entries of a menu.
const ENTRIES: usize = 25;

/// The page with all groups.
pub(super) async fn overview(admin: &Admin<'_>, book: &Book) -> Result<Drawing> {
    let reader = &admin.reader;
    let headings = book.headings();
    let staff = count_staff(admin, book).await?;
    let lines = headings.iter().map(|heading| {
        let (name, help) = (word(reader, heading.name), word(reader, heading.help));
        let msg = match staff.filter(|_| heading.key == STAFF) {
            Some(count) => SettingsMsg::StaffLine { name, help, count },
            None => SettingsMsg::GroupLine { name, help, changed: heading.changed },
        };
        i18n::render(reader, &msg)
    });
    let mut lines: Vec<String> = lines.collect();
    lines.extend(advice::pauses(admin, book).await?.iter().map(|msg| i18n::render(reader, msg)));
    let entries = headings.iter().map(|heading| Entry {
        value: heading.key.to_owned(),
        label: word(reader, heading.name),
        description: Some(word(reader, heading.help)),
        is_chosen: false,
    });
    let scope = book.scope();
    let mut rows = vec![components::menu(
        admin.id_of(&PAGE, &(scope, GROUPS.to_owned(), 0_u32)),
        &i18n::render(reader, &SettingsMsg::ChooseGroup),
        entries,
    )];
    let title = match book {
        Book::Inbox(inbox) => {
            lines.insert(0, i18n::render(reader, &checkup::heading(inbox)) + "\n");
            let label = i18n::render(reader, &SettingsMsg::ServerButton);
            let id = admin.id_of(&PAGE, &(Scope::Server, OVERVIEW.to_owned(), 0_u32));
            rows.extend(components::row([Button::secondary(id, label)]));
            SettingsMsg::InboxOverview { inbox: inbox.id, label: label_of(admin, inbox) }
        }
        Book::Server { .. } => {
            let left = inbox_menu(admin, &mut rows).await?;
            lines.extend((left > 0).then(|| i18n::render(reader, &SettingsMsg::MoreInboxes { left })));
            SettingsMsg::ServerOverview
        }
    };
    Ok(drawing(&i18n::render(reader, &title), &lines.join("\n"), &[], rows))
}

/// How many are staff of the inbox; `None`: a server.
async fn count_staff(admin: &Admin<'_>, book: &Book) -> Result<Option<u64>> {
    use anyhow::Context as _;

    let Book::Inbox(inbox) = book else { return Ok(None) };
    let staff = inboxes::list_staff(&admin.state.app.db, inbox.id).await.context("list staff")?;
    Ok(Some(staff.len() as u64))
}

/// A menu of the server's inboxes, which leads to their pages. Returns how many it has no room for.
async fn inbox_menu(admin: &Admin<'_>, rows: &mut Vec<CreateActionRow>) -> Result<u64> {
    use anyhow::Context as _;

    let inboxes = inboxes::list(&admin.state.app.db, admin.guild).await.context("list inboxes")?;
    if inboxes.is_empty() {
        return Ok(0);
    }
    let entries = inboxes.iter().take(ENTRIES).map(|inbox| Entry {
        value: inbox.id.to_string(),
        label: panels::name_of(admin, inbox),
        description: None,
        is_chosen: false,
    });
    rows.push(components::menu(
        admin.id_of(&PAGE, &(Scope::Server, INBOXES.to_owned(), 0_u32)),
        &i18n::render(&admin.reader, &SettingsMsg::ChooseInbox),
        entries,
    ));
    Ok(inboxes.len().saturating_sub(ENTRIES) as u64)
}

/// What a page shows of a group.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    Number(u32),
    /// The one with this setting.
    With(&'a str),
}

/// The page of a group, with sentences above it and a text set off below them.
pub(super) fn group(
    admin: &Admin<'_>,
    book: &Book,
    group: &Group,
    part: Part<'_>,
    said: &[String],
    preview: Option<String>,
) -> Drawing {
    let reader = &admin.reader;
    let parts = parts(reader, &group.items);
    let at = match part {
        Part::Number(number) => number as usize,
        Part::With(key) => parts.iter().position(|part| part.iter().flatten().any(|item| item.key == key)).unwrap_or(0),
    };
    let at = at % parts.len().max(1);
    let shown: &[Vec<&Item>] = parts.get(at).map_or(&[], Vec::as_slice);
    let mut lines: Vec<String> = group
        .items
        .iter()
        .filter(|item| shown.iter().flatten().any(|shown| shown.key == item.key))
        .map(|item| line(admin, item))
        .collect();
    let gone = group.items.iter().filter(|item| item.is_gone).filter_map(advice::gone);
    lines.extend(gone.map(|finding| checkup::with_mark(reader, &finding)));
    lines.extend(roles::remarks(admin, book, group));
    let remarks = advice::remarks(admin, book, group.heading.key);
    lines.extend(group.server_pause.iter().chain(&remarks).map(|msg| i18n::render(reader, msg)));
    let mut rows: Vec<CreateActionRow> =
        shown.iter().flat_map(|row| controls(admin, book.scope(), group, row)).collect();
    rows.extend(navigation(admin, book, group, at, parts.len()));
    let name = word(reader, group.heading.name);
    let title = match book {
        Book::Inbox(inbox) => title(admin, inbox, name),
        Book::Server { .. } => i18n::render(reader, &SettingsMsg::ServerGroup { group: name }),
    };
    let mut drawing = drawing(&title, &lines.join("\n"), said, rows);
    // Above the settings, where the sentence announces it.
    drawing.embeds.splice(0..0, preview.map(|text| CreateEmbed::new().description(text)));
    drawing
}

/// The title of a page about a group of an inbox.
pub(in crate::inboxes) fn title(admin: &Admin<'_>, inbox: &Inbox, group: String) -> String {
    let title = SettingsMsg::InboxGroup { inbox: inbox.id, label: label_of(admin, inbox), group };
    text::cut(&i18n::render(&admin.reader, &title), Place::Title.limit()).to_owned()
}

/// What the inbox's button says, as a part of a text.
fn label_of(admin: &Admin<'_>, inbox: &Inbox) -> String {
    text::escape(&text::single_line(&tickets::label(&inbox.settings.panel, &admin.guild_locale)))
}

fn drawing(title: &str, description: &str, said: &[String], rows: Vec<CreateActionRow>) -> Drawing {
    let embed = CreateEmbed::new().title(title).description(text::cut(description, DESCRIPTION));
    let mut content = String::new();
    for sentence in said {
        let left = CONTENT.saturating_sub(text::length(&content) + 1);
        if text::length(sentence) <= left {
            content.push_str(sentence);
        } else {
            content.push_str(text::cut(sentence, left.saturating_sub(1)));
            content.push('…');
            break;
        }
        content.push('\n');
    }
    Drawing { content: content.trim_end().to_owned(), embeds: vec![embed], rows }
}

/// The settings by rows of controls, and the rows by pages. A menu takes a row; buttons share one.
fn parts<'a>(reader: &Locale, items: &'a [Item]) -> Vec<Vec<Vec<&'a Item>>> {
    let is_menu = |item: &&Item| is_menu(item);
    let mut rows: Vec<Vec<&Item>> = items.iter().filter(is_menu).map(|item| vec![item]).collect();
    let mut row: Vec<&Item> = Vec::new();
    let mut width = 0;
    for item in items.iter().filter(|item| !is_menu(item)) {
        let label = text::length(&word(reader, item.name));
        if row.len() == IN_ROW || (!row.is_empty() && width + label > ROW_WIDTH) {
            rows.push(std::mem::take(&mut row));
            width = 0;
        }
        width += label;
        row.push(item);
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows.chunks(ROWS).map(<[_]>::to_vec).collect()
}

fn is_menu(item: &Item) -> bool {
    matches!(item.control, Control::Channel { .. } | Control::Choice(_) | Control::Roles { .. })
}

/// One row.
fn controls(admin: &Admin<'_>, scope: Scope, group: &Group, row: &[&Item]) -> Vec<CreateActionRow> {
    let reader = &admin.reader;
    let change = |item: &Item| admin.id_of(&CHOOSE, &(scope, item.key.to_owned(), group.revision));
    let [item, ..] = row else { return Vec::new() };
    match (item.control, &item.now) {
        (Control::Channel { is_required }, SettingValue::Channel(now)) => {
            let now = now.filter(|_| !item.is_gone);
            let for_tickets = needs_private_threads(item.key);
            vec![components::channel_menu(change(item), &word(reader, item.name), now, is_required, for_tickets)]
        }
        (Control::Roles { most }, SettingValue::Roles(now)) => {
            let existing: Vec<_> = now.iter().copied().filter(|role| !item.gone_roles.contains(role)).collect();
            vec![components::role_menu(change(item), &word(reader, item.name), &existing, most)]
        }
        (Control::Choice(each), now) => {
            let name = word(reader, item.name);
            let entries = each.iter().map(|choice| {
                let value = SettingValue::Choice(choice);
                let words = i18n::render(reader, &SettingText::of_value(item.value, value.clone()));
                // The value alone does not say what it is of.
                let label = format!("{name}: {words}");
                Entry { value: (*choice).to_owned(), label, description: None, is_chosen: value == *now }
            });
            vec![components::menu(change(item), &name, entries)]
        }
        _ => components::row(row.iter().map(|item| {
            let label = word(reader, item.name);
            match item.now {
                SettingValue::Switch(true) => Button::success(change(item), label),
                SettingValue::Switch(false) => Button::secondary(change(item), label),
                SettingValue::List(_) => {
                    let id = admin.id_of(&PAGE, &(scope, group.heading.key.to_owned(), 0_u32));
                    Button::primary(id, format!("{label} …"))
                }
                _ => Button::primary(admin.id_of(&EDIT, &(scope, item.key.to_owned())), format!("{label} …")),
            }
        })),
    }
}

fn navigation(admin: &Admin<'_>, book: &Book, group: &Group, at: usize, parts: usize) -> Vec<CreateActionRow> {
    let scope = book.scope();
    let more = (parts > 1).then(|| {
        let next = u32::try_from((at + 1) % parts).unwrap_or(0);
        let id = admin.id_of(&PAGE, &(scope, group.heading.key.to_owned(), next));
        Button::secondary(id, i18n::render(&admin.reader, &SettingsMsg::MoreButton))
    });
    let panel = match book {
        Book::Inbox(inbox) if group.heading.key == super::PANEL => {
            inbox.panel.map(|panel| panels::page::button_to(admin, panel.id, inbox.id))
        }
        _ => None,
    };
    let own = roles::button(admin, scope, group).into_iter().chain(panel).chain(exports(admin, scope, group));
    components::row([back(admin, scope)].into_iter().chain(more).chain(own))
}

/// Where threads are deleted: the button to the page that has their exports posted before.
fn exports(admin: &Admin<'_>, scope: Scope, group: &Group) -> Option<Button> {
    let deletes = |item: &Item| item.key == DELETE_DAYS && item.now != SettingValue::Number(0);
    group.items.iter().any(deletes).then(|| {
        let id = admin.id_of(&PAGE, &(scope, "log".to_owned(), 0_u32));
        Button::secondary(id, i18n::render(&admin.reader, &SettingsMsg::ExportsButton))
    })
}

/// The button to the page with all groups.
pub(super) fn back(admin: &Admin<'_>, scope: Scope) -> Button {
    let id = admin.id_of(&PAGE, &(scope, OVERVIEW.to_owned(), 0_u32));
    Button::secondary(id, i18n::render(&admin.reader, &SettingsMsg::BackButton))
}

/// A setting with its value, its default and what it means.
fn line(admin: &Admin<'_>, item: &Item) -> String {
    let (name, help) = (word(&admin.reader, item.name), word(&admin.reader, item.help));
    let value = value(admin, item, &item.now);
    let msg = match item.control {
        Control::Channel { is_required: true } => SettingsMsg::LineRequired { name, value },
        _ if item.now == item.default => SettingsMsg::LineDefault { name, value },
        _ => SettingsMsg::Line { name, value, default: self::value(admin, item, &item.default) },
    };
    format!("{}\n{help}", i18n::render(&admin.reader, &msg))
}

/// A value in words, shortened.
pub(super) fn value(admin: &Admin<'_>, item: &Item, value: &SettingValue) -> String {
    let say = |msg: &dyn Message| i18n::render(&admin.reader, msg);
    match value {
        SettingValue::Number(0) if matches!(item.control, Control::Delay { .. }) => say(&SettingsMsg::NoDelay),
        SettingValue::Number(seconds) if matches!(item.control, Control::Delay { .. }) => {
            Length::seconds((*seconds).into()).shown(&admin.reader)
        }
        SettingValue::Zone(zone) => zone.as_ref().map_or_else(|| Zone::utc().to_string(), Zone::to_string),
        SettingValue::Hours(None) => say(&SettingsMsg::AlwaysOpen),
        SettingValue::Hours(Some(week)) => hours::write(week, &i18n::day_names(&admin.reader)),
        SettingValue::Until(None) => say(&SettingsMsg::NoEnd),
        SettingValue::Until(Some(until)) => format!("<t:{}:f>", until.seconds()),
        SettingValue::Roles(roles) => roles::shown(admin, roles),
        SettingValue::Switch(true) => say(&SettingsMsg::On),
        SettingValue::Switch(false) => say(&SettingsMsg::Off),
        SettingValue::Number(_) | SettingValue::Choice(_) | SettingValue::List(_) => {
            say(&SettingText::of_value(item.value, value.clone()))
        }
        SettingValue::Channel(None) => say(&SettingsMsg::NoChannel),
        SettingValue::Channel(Some(channel)) => format!("<#{channel}>"),
        // What is stored is an emoji, and nothing to escape.
        SettingValue::Text(Some(own)) if matches!(item.control, Control::Emoji { .. }) => own.clone(),
        SettingValue::Text(None) if matches!(item.control, Control::Emoji { .. }) => say(&SettingsMsg::NoEmoji),
        SettingValue::Text(None) if item.key == super::DESCRIPTION => say(&SettingsMsg::NoText),
        SettingValue::Text(own) => {
            let whole = own.clone().unwrap_or_else(|| default_text(&admin.guild_locale, item.key));
            let line = text::single_line(&whole);
            let short = text::cut(&line, SHOWN).trim_end();
            let end = if short.len() < line.len() { "…" } else { "" };
            text::escape(short) + end
        }
    }
}

/// The text that applies when an admin has set none.
pub(crate) fn default_text(guild_locale: &Locale, key: &str) -> String {
    match key {
        super::STARTER => i18n::render(guild_locale, &TicketMsg::DefaultStarter),
        super::TICKET_NAME => ticket_name::DEFAULT_TEMPLATE.to_owned(),
        super::LABEL => i18n::render(guild_locale, &CommonMsg::CreateTicketButton),
        _ => String::new(),
    }
}

pub(super) fn word(reader: &Locale, key: &'static str) -> String {
    i18n::render(reader, &SettingText::new(key))
}

#[cfg(test)]
mod tests {
    use super::super::book::groups_of;
    use super::*;
    use crate::domain::ids::ChannelId;
    use crate::domain::settings::{InboxSettings, ServerSettings};

    #[test]
    fn every_setting_has_a_control_on_a_page_that_fits() {
        for locale in i18n::locales() {
            let inbox = groups_of(&InboxSettings::new(ChannelId::new(1)));
            for group in inbox.into_iter().chain(groups_of(&ServerSettings::default())) {
                let parts = parts(&locale, &group.items);
                let mut shown: Vec<&str> = parts.iter().flatten().flatten().map(|item| item.key).collect();
                let mut all: Vec<&str> = group.items.iter().map(|item| item.key).collect();
                shown.sort_unstable();
                all.sort_unstable();
                assert_eq!(shown, all, "{locale}: {}", group.heading.key);
                assert!(parts.len() <= 2, "{locale}: {} has {} pages", group.heading.key, parts.len());
                for row in parts.iter().flatten() {
                    assert!(row.len() <= if is_menu(row[0]) { 1 } else { IN_ROW });
                }
                assert!(parts.iter().all(|part| part.len() <= ROWS));
            }
        }
    }
}
