//! The entries of context menus: one line in [`ALL`] for each. `crate::inboxes` and `crate::tickets` implement them.
//!
//! They bypass poise, which requires complete messages and members in serenity's shape.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poise::serenity_prelude::{CommandType, CreateCommand, InteractionContext, Permissions};

use super::localize;
use crate::discord::interaction::{Caller, Menu, MenuTarget, Person, SelectedMessage};
use crate::discord::respond::{Answer, InteractionResponder};
use crate::discord::{BotContext, report};
use crate::domain::ids::InteractionId;
use crate::error::Result;
use crate::i18n::CommonMsg;
use crate::inboxes::Admin;
use crate::tickets::blocks::{self, BlockMsg};
use crate::tickets::{open, ways};

/// An entry of a context menu.
struct Entry {
    /// The English name, by which Discord identifies it.
    name: &'static str,
    /// Its key in the catalog.
    key: &'static str,
    /// Whom Discord shows it to, until an admin of the server decides otherwise; `None`: everybody.
    needs: Option<Permissions>,
    run: Run,
}

enum Run {
    OnMessage(fn(Use, Box<SelectedMessage>) -> BoxFuture<'static, Result<Answer>>),
    OnMember(fn(Use, Person) -> BoxFuture<'static, Result<Answer>>),
}

/// Who uses an entry.
struct Use {
    state: Arc<BotContext>,
    caller: Caller,
    interaction: InteractionId,
}

const ALL: &[Entry] = &[
    // Continues an admin's command.
    Entry {
        name: "Select this message",
        key: "command-select-this-message",
        needs: Some(Permissions::MANAGE_GUILD),
        run: Run::OnMessage(|by, message| {
            Box::pin(async move { Admin::new(&by.state, &by.caller)?.select(&message).await })
        }),
    },
    // Discord cannot show it to the staff of an inbox only.
    Entry {
        name: "Open a ticket for…",
        key: "command-open-a-ticket-for",
        needs: None,
        run: Run::OnMember(|by, member| {
            Box::pin(async move { ways::open_for(&by.state, &by.caller, by.interaction, &member).await })
        }),
    },
    Entry {
        name: "Block from tickets…",
        key: "command-block-from-tickets",
        needs: Some(Permissions::MODERATE_MEMBERS),
        run: Run::OnMember(|by, member| Box::pin(async move { block(&by, &member).await })),
    },
    Entry {
        name: "Open a ticket about this",
        key: "command-open-a-ticket-about-this",
        needs: None,
        run: Run::OnMessage(|by, message| {
            Box::pin(async move { ways::open_about(&by.state, &by.caller, &message).await })
        }),
    },
];

async fn block(by: &Use, member: &Person) -> Result<Answer> {
    if member.is_bot {
        return Err(BlockMsg::IsBot.into());
    }
    Ok(blocks::ask(&by.state, &by.caller, member.user).await?.into())
}

/// Their registration for Discord.
pub(super) fn registration() -> impl Iterator<Item = CreateCommand> {
    ALL.iter().map(|entry| {
        let kind = match entry.run {
            Run::OnMessage(_) => CommandType::Message,
            Run::OnMember(_) => CommandType::User,
        };
        let command = CreateCommand::new(entry.name).kind(kind).contexts(vec![InteractionContext::Guild]);
        let command = entry.needs.into_iter().fold(command, CreateCommand::default_member_permissions);
        let names = localize::menu_names(entry.key).into_iter();
        names.fold(command, |command, (locale, name)| command.name_localized(locale, name))
    })
}

/// Runs an entry.
pub async fn on_menu(state: &Arc<BotContext>, responder: &InteractionResponder, caller: Caller, menu: Menu) {
    let by = Use { state: Arc::clone(state), caller, interaction: responder.id };
    // On its own task, so that the person gets an answer even if it panics.
    let worker = tokio::spawn(choose(by, menu));
    let outcome = report::outcome(&state.app, responder.id, worker);
    // Some open tickets; for the others it does nothing.
    let before_waiting = open::promise(&state.app, responder.id);
    responder.answer_after(&state.app, &state.rest, outcome, before_waiting).await;
}

async fn choose(by: Use, Menu { name, target }: Menu) -> Result<Answer> {
    let entry = ALL.iter().find(|entry| entry.name == name);
    match (entry.map(|entry| &entry.run), target) {
        (Some(Run::OnMessage(run)), MenuTarget::Message(message)) => run(by, message).await,
        (Some(Run::OnMember(run)), MenuTarget::Member(member)) => run(by, member).await,
        _ => Err(CommonMsg::OutdatedCommand.into()),
    }
}
