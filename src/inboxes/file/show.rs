//! What is said about a file: its problems, or what it would change, with the button that applies it.

use std::sync::Arc;

use poise::serenity_prelude::{CreateActionRow, CreateEmbed};

use super::examine::{Changes, Examined};
use super::{APPLY, CONFIRM, NAME};
use crate::discord::components::{self, Button, Entry};
use crate::discord::respond::{Answer, Drawing, Reply};
use crate::discord::rest::File;
use crate::domain::text;
use crate::i18n;
use crate::inboxes::Admin;
use crate::server_config::{Applied, ConfigMsg, Digest, Read, Style};

/// The most characters of changes and problems in an answer (Discord: "Message", embed limits: 4,096); all of them are in
/// a file then.
const SHOWN: usize = 3_500;

/// The most characters of a message.
const CONTENT: usize = 2_000;

/// The file with all changes.
const ALL: &str = "changes.txt";

/// The file with the numbers of what is new.
const NUMBERS: &str = "numbers.txt";

/// An answer about a file. `said` comes first.
pub(super) fn show(admin: &Admin<'_>, examined: &Examined, bytes: Vec<u8>, said: Option<&ConfigMsg>) -> Reply {
    let say = |msg: &ConfigMsg| i18n::render(&admin.reader, msg);
    let mut said: Vec<String> = said.into_iter().map(say).collect();
    match examined {
        Examined::Nothing => {
            said.push(say(&ConfigMsg::NothingChanges));
            Reply::Document(Drawing { content: said.join("\n"), ..Drawing::default() }, Vec::new())
        }
        Examined::Problems(problems) => {
            said.push(say(&ConfigMsg::Refused { problems: problems.len() as u64 }));
            let mut lines = String::new();
            for (at, problem) in problems.iter().enumerate() {
                let line = problem.render(&admin.reader) + "\n";
                if text::length(&lines) + text::length(&line) > SHOWN {
                    lines.push_str(&say(&ConfigMsg::MoreProblems { count: (problems.len() - at) as u64 }));
                    break;
                }
                lines.push_str(&line);
            }
            Reply::Document(drawing(&said, lines), Vec::new())
        }
        Examined::Changes(changes) => show_changes(admin, changes, bytes, said),
    }
}

/// The menus of an answer, and the entries of each (Discord: "Component Reference", string select, options). One digit of
/// the id says which menus are confirmed.
pub(super) const MENUS: usize = 3;
pub(super) const IN_MENU: usize = 25;

fn show_changes(admin: &Admin<'_>, found: &Changes, bytes: Vec<u8>, said: Vec<String>) -> Reply {
    let (mut drawing, all) = changes(admin, found, Digest::of(&bytes), 0);
    let said = said.into_iter().chain([drawing.content]).collect::<Vec<_>>();
    drawing.content = fit(&said);
    let mut files = vec![File::new(NAME.to_owned(), bytes)];
    files.extend(all.map(|all| File::new(ALL.to_owned(), all.into_bytes())));
    Reply::Document(drawing, files)
}

/// What a file would change, and the whole of it if it is too long. `confirmed`: a bit for each menu.
pub(super) fn changes(admin: &Admin<'_>, found: &Changes, file: Digest, confirmed: u8) -> (Drawing, Option<String>) {
    let say = |msg: &ConfigMsg| i18n::render(&admin.reader, msg);
    let mut said = vec![say(&ConfigMsg::WouldChange)];
    if !found.wanted.is_own {
        said.push(say(&ConfigMsg::OtherServer));
    }
    let mut shown = found.comparison.render(&admin.reader, Style::Markdown);
    let mut all = None;
    if text::length(&shown) > SHOWN {
        said.push(say(&ConfigMsg::AllInFile));
        all = Some(found.comparison.render(&admin.reader, Style::Plain));
        shown = found.comparison.summary(&admin.reader, SHOWN);
    }
    said.extend(found.warnings.iter().cloned());
    let menus = menus(admin, found, file, confirmed);
    let rows = if menus.is_empty() {
        let id = admin.id_of(&APPLY, &(file, found.change));
        components::row([Button::danger(id, say(&ConfigMsg::ApplyButton))])
    } else {
        said.push(say(&ConfigMsg::Confirm { names: found.wanted.by_name.len() as u64 }));
        menus
    };
    let mut drawing = drawing(&said, shown);
    drawing.rows = rows;
    (drawing, all)
}

/// Of a file of another server: each channel and role that was found by its name is confirmed.
fn menus(admin: &Admin<'_>, found: &Changes, file: Digest, confirmed: u8) -> Vec<CreateActionRow> {
    if found.wanted.is_own {
        return Vec::new();
    }
    let names: Vec<Entry> = found
        .wanted
        .by_name
        .iter()
        .enumerate()
        .map(|(place, (written, here))| Entry {
            value: place.to_string(),
            label: format!("{written} → {here}"),
            description: None,
            is_chosen: false,
        })
        .collect();
    let menus = names.chunks(IN_MENU).enumerate().filter(|(menu, _)| confirmed & (1 << menu) == 0);
    menus
        .map(|(menu, entries)| {
            let id = admin.id_of(&CONFIRM, &(file, found.change, confirmed | 1 << menu));
            let placeholder = ConfigMsg::ConfirmMenu { names: entries.len() as u64 };
            components::menu_of_all(id, &i18n::render(&admin.reader, &placeholder), entries)
        })
        .collect()
}

/// The answer after a file was applied: with the numbers of what is new, in a file beside it if they do not fit.
pub(super) fn applied(admin: &Admin<'_>, changes: &Changes, applied: &Applied) -> Answer {
    let say = |msg: &ConfigMsg| i18n::render(&admin.reader, msg);
    let done = say(&ConfigMsg::Applied);
    let numbers = numbers(&changes.wanted, applied).iter().map(say).collect::<Vec<_>>().join("\n");
    let whole = format!("{done}\n{numbers}");
    if text::length(&whole) <= CONTENT {
        return Reply::Redraw(Drawing { content: whole.trim_end().to_owned(), ..Drawing::default() }).into();
    }
    let file = File::new(NUMBERS.to_owned(), numbers.into_bytes());
    let (all, state) = (say(&ConfigMsg::NumbersInFile), Arc::clone(admin.state));
    Answer::continued(Reply::Redraw(Drawing { content: done, ..Drawing::default() }), |responder| async move {
        let beside = Reply::Document(Drawing { content: all, ..Drawing::default() }, vec![file]);
        if let Err(fault) = responder.add(&state.rest, beside).await {
            tracing::warn!(%fault, "could not tell the numbers of new inboxes");
        }
    })
}

/// The numbers of new panels and inboxes, by the lines in which they stand.
fn numbers(wanted: &Read, applied: &Applied) -> Vec<ConfigMsg> {
    let panels = applied.panels.iter().map(|(panel, number)| {
        let line = wanted.panel_lines.get(panel).copied().unwrap_or(0);
        ConfigMsg::NewPanelNumber { line, panel: number.to_string() }
    });
    let inboxes = wanted.config.inboxes.iter().zip(&applied.inboxes).zip(&wanted.lines);
    let new = inboxes.filter(|((inbox, _), _)| inbox.id.is_none());
    panels.chain(new.map(|((_, number), line)| ConfigMsg::NewNumber { line: *line, inbox: *number })).collect()
}

fn drawing(said: &[String], below: String) -> Drawing {
    let embeds = vec![CreateEmbed::new().description(below)];
    Drawing { content: fit(said), embeds, ..Drawing::default() }
}

fn fit(said: &[String]) -> String {
    let whole = said.join("\n");
    let kept = text::cut(&whole, CONTENT - 1);
    if kept.len() < whole.len() { format!("{kept}…") } else { whole }
}
