//! Draws the pages of lists and of their entries.

use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

use super::fields::{self, LIMITS, NEW, TEXT};
use super::msg::EntryMsg;
use super::{CHANGE, EDIT, List, PAGE, PREVIEW};
use crate::discord::components::{self, Button, Entry};
use crate::discord::respond::Drawing;
use crate::domain::form::layout::PREFIX;
use crate::domain::form::{KINDS, Kind, Question, Shown};
use crate::domain::settings::SettingGroup as _;
use crate::domain::text;
use crate::i18n::{self, Locale, Message};
use crate::inboxes::Admin;
use crate::inboxes::settings::{self, SettingText};
use crate::storage::inboxes::Inbox;

/// What a page shows.
pub(super) const SHOW: &str = "show";
pub(super) const ADD: &str = "add";
pub(super) const REMOVE: &str = "remove";

/// What a button changes.
pub(super) const REQUIRED: &str = "required";
pub(super) const MENU: &str = "menu";
pub(super) const UP: &str = "up";
pub(super) const DOWN: &str = "down";

/// The most characters of an embed's description (Discord: "Message", embed limits).
const DESCRIPTION: usize = 4_096;

fn say(reader: &Locale, msg: &dyn Message) -> String {
    i18n::render(reader, msg)
}

/// A list with its entries.
pub(super) fn list(admin: &Admin<'_>, inbox: &Inbox, list: List, said: &[String], sent: Option<String>) -> Drawing {
    let reader = &admin.reader;
    let labels: Vec<String> = match list {
        List::Questions => inbox.settings.form.questions.iter().map(|question| question.label.clone()).collect(),
        List::Frequent => inbox.settings.frequent.answers.iter().map(|answer| answer.title.clone()).collect(),
    };
    let lines: Vec<String> = match list {
        _ if labels.is_empty() && list == List::Questions => vec![say(reader, &EntryMsg::NoQuestions)],
        _ if labels.is_empty() => vec![say(reader, &EntryMsg::NoFrequent)],
        List::Questions => {
            let questions = inbox.settings.form.questions.iter().enumerate();
            questions
                .flat_map(|(at, question)| [line(reader, at, question)].into_iter().chain(warning(reader, question)))
                .collect()
        }
        List::Frequent => {
            let titles = inbox.settings.frequent.answers.iter().enumerate();
            titles.map(|(at, answer)| format!("{}. **{}**", at + 1, text::escape(&answer.title))).collect()
        }
    };
    let mut rows = Vec::new();
    if !labels.is_empty() {
        let entries = labels.iter().enumerate().map(|(at, label)| Entry {
            value: at.to_string(),
            label: label.clone(),
            description: None,
            is_chosen: false,
        });
        let id = admin.id_of(&PAGE, &(inbox.id, list.whole(), SHOW.to_owned()));
        rows.push(components::menu(id, &say(reader, &EntryMsg::Choose), entries));
    }
    let add = (labels.len() < list.most()).then(|| {
        let id = match list {
            List::Questions => admin.id_of(&PAGE, &(inbox.id, list.whole(), ADD.to_owned())),
            List::Frequent => admin.id_of(&EDIT, &(inbox.id, list.whole(), TEXT.to_owned())),
        };
        Button::primary(id, say(reader, &EntryMsg::AddButton))
    });
    let preview = (list == List::Questions && !labels.is_empty())
        .then(|| Button::secondary(admin.id_of(&PREVIEW, &(inbox.id,)), say(reader, &EntryMsg::PreviewButton)));
    rows.extend(components::row(add.into_iter().chain(preview).chain([settings::back_to(admin, inbox.id)])));
    drawing(admin, inbox, list, &lines.join("\n"), said, sent, rows)
}

/// The kinds of a new question. Buttons, because a menu sends nothing when the same entry is chosen again.
pub(super) fn add(admin: &Admin<'_>, inbox: &Inbox) -> Drawing {
    let list = List::Questions;
    let kinds = KINDS.map(|kind| {
        let id = admin.id_of(&EDIT, &(inbox.id, list.whole(), format!("{NEW}{kind}")));
        Button::secondary(id, kind_name(&admin.reader, kind))
    });
    let rows = kinds.chunks(5).flat_map(|row| components::row(row.to_vec()));
    let rows = rows.chain(components::row([all(admin, inbox, list)])).collect();
    drawing(admin, inbox, list, &say(&admin.reader, &EntryMsg::AddAsk), &[], None, rows)
}

/// An entry with its buttons.
pub(super) fn entry(
    admin: &Admin<'_>,
    inbox: &Inbox,
    list: List,
    index: usize,
    said: &[String],
    sent: Option<String>,
) -> Drawing {
    let reader = &admin.reader;
    let revision = inbox.revisions.of(list.group());
    let edit = |part: &str, msg: EntryMsg| {
        Button::primary(admin.id_of(&EDIT, &(inbox.id, list.at(index), part.to_owned())), say(reader, &msg))
    };
    let change = |what: &str| admin.id_of(&CHANGE, &(inbox.id, list.at(index), what.to_owned(), revision));
    let mut buttons = vec![edit(TEXT, EntryMsg::TextButton)];
    let description = match list {
        List::Questions => {
            let Some(question) = inbox.settings.form.questions.get(index) else {
                return self::list(admin, inbox, list, said, sent);
            };
            buttons.extend(fields::has_limits(&question.kind).then(|| edit(LIMITS, EntryMsg::LimitsButton)));
            let is_consent = matches!(question.kind, Kind::Consent { .. });
            let switch = |is_on: bool, what: &str, msg: EntryMsg| {
                let button = if is_on { Button::success } else { Button::secondary };
                button(change(what), say(reader, &msg))
            };
            buttons.extend((!is_consent).then(|| switch(question.required, REQUIRED, EntryMsg::RequiredButton)));
            let shown = question.kind.shown();
            buttons.extend(shown.map(|shown| switch(shown == Shown::Menu, MENU, EntryMsg::MenuButton)));
            details(reader, index, question)
        }
        List::Frequent => {
            let Some(answer) = inbox.settings.frequent.answers.get(index) else {
                return self::list(admin, inbox, list, said, sent);
            };
            format!("**{}**\n{}", text::escape(&answer.title), answer.text)
        }
    };
    let up = (index > 0).then(|| Button::secondary(change(UP), say(reader, &EntryMsg::UpButton)));
    let down =
        (index + 1 < list.count(inbox)).then(|| Button::secondary(change(DOWN), say(reader, &EntryMsg::DownButton)));
    let remove = admin.id_of(&PAGE, &(inbox.id, list.at(index), REMOVE.to_owned()));
    let remove = Button::danger(remove, say(reader, &EntryMsg::RemoveButton));
    let mut rows = components::row(buttons);
    rows.extend(components::row(up.into_iter().chain(down).chain([remove])));
    rows.extend(components::row([all(admin, inbox, list)]));
    drawing(admin, inbox, list, &description, said, sent, rows)
}

/// Asks whether an entry is to be removed.
pub(super) fn remove(admin: &Admin<'_>, inbox: &Inbox, list: List, index: usize) -> Drawing {
    let reader = &admin.reader;
    let label = match list {
        List::Questions => inbox.settings.form.questions.get(index).map(|question| &question.label),
        List::Frequent => inbox.settings.frequent.answers.get(index).map(|answer| &answer.title),
    };
    let label = label.map(|label| text::escape(label)).unwrap_or_default();
    let revision = inbox.revisions.of(list.group());
    let yes = admin.id_of(&CHANGE, &(inbox.id, list.at(index), REMOVE.to_owned(), revision));
    let no = admin.id_of(&PAGE, &(inbox.id, list.at(index), SHOW.to_owned()));
    let rows = components::row([
        Button::danger(yes, say(reader, &EntryMsg::RemoveYesButton)),
        Button::secondary(no, say(reader, &EntryMsg::RemoveNoButton)),
    ]);
    drawing(admin, inbox, list, &say(reader, &EntryMsg::RemoveAsk { label }), &[], None, rows)
}

fn all(admin: &Admin<'_>, inbox: &Inbox, list: List) -> Button {
    let id = admin.id_of(&PAGE, &(inbox.id, list.whole(), SHOW.to_owned()));
    Button::secondary(id, say(&admin.reader, &EntryMsg::AllButton))
}

fn kind_name(reader: &Locale, kind: &str) -> String {
    say(reader, &EntryMsg::Kind { kind: kind.to_owned() })
}

fn line(reader: &Locale, at: usize, question: &Question) -> String {
    let kind = kind_name(reader, question.kind.name());
    let must = say(reader, if question.is_required() { &EntryMsg::Required } else { &EntryMsg::Optional });
    format!("{}. **{}** · {kind}, {must} · `${PREFIX}{}`", at + 1, text::escape(&question.label), question.key)
}

/// It asks for a secret.
pub(super) fn warning(reader: &Locale, question: &Question) -> Option<String> {
    let label = text::escape(&question.label);
    question.asks_for_secret().then(|| say(reader, &EntryMsg::Secret { label }))
}

fn details(reader: &Locale, at: usize, question: &Question) -> String {
    let mut lines = vec![line(reader, at, question)];
    lines.extend(question.help.as_deref().map(text::escape));
    let bound = |bound: Option<i64>| bound.map_or_else(|| "none".to_owned(), |bound| bound.to_string());
    let limits = match &question.kind {
        Kind::Short { least, most } | Kind::Long { least, most } => {
            let least = (*least).max(question.is_required().into());
            Some(EntryMsg::LimitsText { least: least.into(), most: (*most).into() })
        }
        Kind::Number { least: None, most: None } | Kind::YesNo | Kind::One { .. } | Kind::Consent { .. } => None,
        Kind::Number { least, most } => Some(EntryMsg::LimitsNumber { least: bound(*least), most: bound(*most) }),
        Kind::Several { least, .. } => {
            Some(EntryMsg::LimitsCount { least: (*least).into(), most: question.kind.most() as u64 })
        }
        Kind::Member { most } | Kind::File { most } => Some(EntryMsg::LimitsCount { least: 1, most: (*most).into() }),
    };
    lines.extend(limits.map(|msg| say(reader, &msg)));
    match &question.kind {
        Kind::One { options, .. } | Kind::Several { options, .. } => {
            lines.extend(options.iter().map(|option| match &option.description {
                Some(description) => format!("- {}: {}", text::escape(&option.label), text::escape(description)),
                None => format!("- {}", text::escape(&option.label)),
            }));
        }
        Kind::Consent { text } => lines.push(format!("- {}", text::escape(text))),
        _ => {}
    }
    lines.extend(warning(reader, question));
    lines.join("\n")
}

fn drawing(
    admin: &Admin<'_>,
    inbox: &Inbox,
    list: List,
    description: &str,
    said: &[String],
    sent: Option<String>,
    rows: Vec<CreateActionRow>,
) -> Drawing {
    let group = say(&admin.reader, &SettingText::new(list.group().name()));
    let title = settings::title(admin, inbox, group);
    let shown = text::cut(description, DESCRIPTION);
    let mut embeds = vec![CreateEmbed::new().title(title).description(shown)];
    // Both together must stay below 6,000 characters (Discord: "Message", embed limits).
    let left = 5_900_usize.saturating_sub(text::length(shown));
    embeds.extend(sent.map(|sent| CreateEmbed::new().description(text::cut(&sent, left.min(DESCRIPTION)))));
    Drawing { content: text::cut(&said.join("\n"), 2_000).to_owned(), embeds, rows }
}
