//! Choices for an option while it is typed: one line in [`ALL`] for each such option.
//!
//! A choice is a proposal: the command checks rights and value again. Who may not use the command gets no choices.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poise::serenity_prelude::CreateAutocompleteResponse;

use crate::discord::interaction::{Caller, Typing};
use crate::discord::respond::{Choice, InteractionResponder};
use crate::discord::{BotContext, Command, report};
use crate::domain::rights::Action;
use crate::error::Result;
use crate::inboxes::{self, replies};
use crate::tickets::{exporting, reply, suggest, ways};

/// An option with choices.
struct Completion {
    /// The command and its subcommands, as in `ticket reopen`.
    command: &'static str,
    option: &'static str,
    find: Find,
}

/// Finds the choices for a typed text, at most [`Choice::MOST`].
type Find = fn(Arc<BotContext>, Caller, String) -> BoxFuture<'static, Result<Vec<Choice>>>;

/// An option of `/inbox …` that names an inbox.
const fn inbox(command: &'static str, option: &'static str) -> Completion {
    Completion {
        command,
        option,
        find: |state, caller, typed| Box::pin(async move { inboxes::suggest::inboxes(&state, &caller, &typed).await }),
    }
}

const ALL: &[Completion] = &[
    inbox("inbox create", "like"),
    inbox("inbox destination", "inbox"),
    inbox("inbox message", "inbox"),
    inbox("inbox staff", "inbox"),
    inbox("inbox settings", "inbox"),
    inbox("inbox new-tickets starter", "inbox"),
    inbox("inbox new-tickets embeds", "inbox"),
    inbox("inbox new-tickets name", "inbox"),
    inbox("inbox repost", "inbox"),
    inbox("inbox close-tickets", "inbox"),
    inbox("inbox delete", "inbox"),
    Completion {
        command: "inbox create",
        option: "panel",
        find: |state, caller, typed| Box::pin(async move { inboxes::suggest::panels(&state, &caller, &typed).await }),
    },
    Completion {
        command: "ticket move",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { suggest::inboxes(&state, &caller, &typed).await }),
    },
    Completion {
        command: "ticket open",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { ways::suggest(&state, &caller, &typed).await }),
    },
    Completion {
        command: "ticket info",
        option: "ticket",
        find: |state, caller, typed| {
            Box::pin(async move { suggest::tickets(&state, &caller, &typed, Action::Info).await })
        },
    },
    Completion {
        command: "ticket reopen",
        option: "ticket",
        find: |state, caller, typed| {
            Box::pin(async move { suggest::tickets(&state, &caller, &typed, Action::Reopen).await })
        },
    },
    Completion {
        command: "ticket export",
        option: "zone",
        find: |_, _, typed| Box::pin(async move { Ok(exporting::suggest_zones(&typed)) }),
    },
    Completion {
        command: "reply",
        option: "name",
        find: |state, caller, typed| Box::pin(async move { reply::suggest(&state, &caller, &typed).await }),
    },
    Completion {
        command: "replies edit",
        option: "name",
        find: |state, caller, typed| Box::pin(async move { replies::suggest(&state, &caller, &typed).await }),
    },
    Completion {
        command: "replies remove",
        option: "name",
        find: |state, caller, typed| Box::pin(async move { replies::suggest(&state, &caller, &typed).await }),
    },
    Completion {
        command: "replies add",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { replies::suggest_scopes(&state, &caller, &typed).await }),
    },
    Completion {
        command: "replies edit",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { replies::suggest_scopes(&state, &caller, &typed).await }),
    },
    Completion {
        command: "tickets list",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { suggest::listed_inboxes(&state, &caller, &typed).await }),
    },
    Completion {
        command: "block add",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { suggest::blockable(&state, &caller, &typed).await }),
    },
    Completion {
        command: "block remove",
        option: "inbox",
        find: |state, caller, typed| Box::pin(async move { suggest::blockable(&state, &caller, &typed).await }),
    },
    Completion {
        command: "ticket export",
        option: "ticket",
        find: |state, caller, typed| {
            Box::pin(async move { suggest::tickets(&state, &caller, &typed, Action::Export).await })
        },
    },
    Completion {
        command: "ticket delete",
        option: "ticket",
        find: |state, caller, typed| {
            Box::pin(async move { suggest::tickets(&state, &caller, &typed, Action::Delete).await })
        },
    },
];

/// Tells Discord which options have choices.
pub(super) fn apply(commands: &mut [Command]) {
    for completion in ALL {
        let mut path = completion.command.split(' ');
        let mut command = path.next().and_then(|name| commands.iter_mut().find(|command| command.name == name));
        for name in path {
            command = command.and_then(|above| above.subcommands.iter_mut().find(|below| below.name == name));
        }
        let parameters = command.map(|command| &mut command.parameters);
        let option = parameters.and_then(|all| all.iter_mut().find(|option| option.name == completion.option));
        debug_assert!(option.is_some(), "/{} has no option {}", completion.command, completion.option);
        if let Some(option) = option {
            // Only marks the option: `on_completion` answers, because poise would send by serenity's client.
            option.autocomplete_callback = Some(|_, _| Box::pin(async { CreateAutocompleteResponse::new() }));
        }
    }
}

/// Answers somebody who is typing. `None`: what they type could not be read.
pub async fn on_completion(state: &Arc<BotContext>, responder: &InteractionResponder, typed: Option<(Caller, Typing)>) {
    let choices = match typed {
        Some((caller, typing)) => find(state, caller, typing).await,
        None => Vec::new(),
    };
    responder.offer(&state.rest, &choices).await;
}

async fn find(state: &Arc<BotContext>, caller: Caller, typing: Typing) -> Vec<Choice> {
    let is_meant =
        |completion: &&Completion| completion.command == typing.command && completion.option == typing.option;
    let Some(completion) = ALL.iter().find(is_meant) else { return Vec::new() };
    // In its own task, so that a panic is answered too.
    let found = tokio::spawn((completion.find)(Arc::clone(state), caller, typing.text)).await;
    match found {
        Ok(Ok(choices)) => choices,
        Ok(Err(error)) => {
            report::log("find choices", Err(error));
            Vec::new()
        }
        Err(_panic) => {
            tracing::error!("finding choices panicked");
            Vec::new()
        }
    }
}
