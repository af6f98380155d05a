//! What is said about a file: its problems, or what it would change, with the button that applies it.

use poise::serenity_prelude::CreateEmbed;

use super::examine::{Changes, Examined};
use super::{APPLY, NAME};
use crate::discord::components::{self, Button};
use crate::discord::respond::{Drawing, Reply};
use crate::discord::rest::File;
use crate::domain::ids::InboxId;
use crate::domain::text;
use crate::i18n;
use crate::inboxes::Admin;
use crate::server_config::{ConfigMsg, Digest, Style};

/// The most characters of changes and problems in an answer (Discord: "Message", embed limits: 4,096); all of them are in
/// a file then.
const SHOWN: usize = 3_500;

/// The most characters of a message.
const CONTENT: usize = 2_000;

/// The file with all changes.
const ALL: &str = "changes.txt";

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

fn show_changes(admin: &Admin<'_>, changes: &Changes, bytes: Vec<u8>, mut said: Vec<String>) -> Reply {
    let say = |msg: &ConfigMsg| i18n::render(&admin.reader, msg);
    let id = admin.id_of(&APPLY, &(Digest::of(&bytes), changes.change));
    let mut files = vec![File::new(NAME.to_owned(), bytes)];
    said.push(say(&ConfigMsg::WouldChange));
    if !changes.wanted.is_own {
        said.push(say(&ConfigMsg::OtherServer));
    }
    let mut shown = changes.comparison.render(&admin.reader, Style::Markdown);
    if text::length(&shown) > SHOWN {
        said.push(say(&ConfigMsg::AllInFile));
        let all = changes.comparison.render(&admin.reader, Style::Plain);
        files.push(File::new(ALL.to_owned(), all.into_bytes()));
        shown = changes.comparison.summary(&admin.reader, SHOWN);
    }
    said.extend(changes.warnings.iter().cloned());
    let label = say(&ConfigMsg::ApplyButton);
    let mut drawing = drawing(&said, shown);
    drawing.rows = components::row([Button::danger(id, label)]);
    Reply::Document(drawing, files)
}

/// The answer after a file was applied. `numbers`: those of its inboxes.
pub(super) fn applied(admin: &Admin<'_>, changes: &Changes, numbers: &[InboxId]) -> Drawing {
    let say = |msg: &ConfigMsg| i18n::render(&admin.reader, msg);
    let mut said = vec![say(&ConfigMsg::Applied)];
    let inboxes = changes.wanted.config.inboxes.iter().zip(numbers).zip(&changes.wanted.lines);
    let new = inboxes.filter(|((inbox, _), _)| inbox.id.is_none());
    said.extend(new.map(|((_, number), line)| say(&ConfigMsg::NewNumber { line: *line, inbox: *number })));
    Drawing { content: fit(&said), ..Drawing::default() }
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
