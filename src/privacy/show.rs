//! `/privacy show`: a summary by server, and all data as a file.

use super::Person;
use crate::discord::respond::Reply;
use crate::discord::rest::File;
use crate::domain::ids::{GuildId, InboxId};
use crate::domain::personal::{Held, Stored};
use crate::error::Result;
use crate::i18n::{self, Relative, ThreadLink, TicketState};
use crate::privacy::PrivacyMsg;

/// Maximum characters of the summary (Discord: "Message", embed limits: 4,096), with room for the last line.
const SHOWN: usize = 3_900;

pub async fn show(person: &Person<'_>) -> Result<Reply> {
    let held = person.held().await?;
    if held.is_empty() {
        return Ok(PrivacyMsg::Nothing.into());
    }
    let msg = PrivacyMsg::Held {
        tickets: held.tickets.len() as u64 + held.older_tickets,
        inboxes: held.staff.len() as u64,
        steps: held.pending.len() as u64,
    };
    let json = held.to_json(person.user, person.state.app.now());
    // Indented, because people read it.
    let bytes = serde_json::to_vec_pretty(&json).map_err(anyhow::Error::from)?;
    let file = File { name: format!("ticketbot-{}.json", person.user), description: None, bytes };
    Ok(Reply::File { msg: msg.into(), preview: summary(person, &held), file })
}

/// The servers in turn, as many as fit.
fn summary(person: &Person<'_>, held: &Held) -> String {
    let lines: Vec<PrivacyMsg> = held.guilds().into_iter().flat_map(|guild| describe(held, guild)).collect();
    let mut text = String::new();
    for (position, line) in lines.iter().enumerate() {
        let line = i18n::render(&person.reader, line) + "\n";
        if text.chars().count() + line.chars().count() > SHOWN {
            let left = (lines.len() - position) as u64;
            text.push_str(&i18n::render(&person.reader, &PrivacyMsg::More { left }));
            break;
        }
        text.push_str(&line);
    }
    text
}

fn describe(held: &Held, guild: GuildId) -> Vec<PrivacyMsg> {
    let tickets: Vec<_> = held.tickets.iter().filter(|ticket| ticket.guild == guild).collect();
    let mut lines = vec![PrivacyMsg::Server { server: guild, tickets: tickets.len() as u64 }];
    lines.extend(tickets.iter().filter_map(|ticket| {
        let ThreadLink { guild, thread } = ThreadLink { guild, thread: ticket.thread? };
        let (state, asked) = (TicketState(ticket.state), Relative(ticket.asked_at));
        Some(PrivacyMsg::Ticket { ticket: ThreadLink { guild, thread }, state, asked })
    }));
    let inboxes = held.staff.iter().filter(|staff| staff.guild == guild).filter_map(|staff| {
        let stored = staff.row.0.iter().find(|(column, _)| column == "inbox_id");
        match stored {
            Some((_, Stored::Number(inbox))) => Some(InboxId::new(*inbox)),
            _ => None,
        }
    });
    lines.extend(inboxes.map(|inbox| PrivacyMsg::Staff { inbox }));
    lines
}
