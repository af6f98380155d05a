//! The bot's commands: one file per group, one line here for each; the entries of context menus are in `menus`.

mod block;
mod complete;
mod inbox;
mod localize;
mod menus;
mod owner;
mod privacy;
mod replies;
mod reply;
mod ticket;
mod tickets;

pub use complete::on_completion;
pub use menus::on_menu;
pub use owner::OwnerMsg;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::anyhow;
use poise::serenity_prelude::CreateCommand;

use crate::discord::interaction::{
    Caller, FileArgument, GivenFile, MemberArgument, Person, SelectedAttachment, SlashCommand,
};
use crate::discord::respond::{Answer, InteractionResponder};
use crate::discord::{BotContext, Command, Context, report};
use crate::error::{Error, Result};
use crate::i18n::{CommonMsg, Msg};
use crate::inboxes::Admin;
use crate::tickets::open;

/// Every slash command, with names and descriptions from the catalog.
pub fn all() -> Vec<Command> {
    let mut commands = vec![
        inbox::inbox(),
        ticket::ticket(),
        tickets::tickets(),
        reply::reply(),
        replies::replies(),
        block::block(),
        privacy::privacy(),
        owner::sync(),
        owner::reload_config(),
    ];
    localize::apply(&mut commands);
    complete::apply(&mut commands);
    commands
}

/// The registration for Discord: commands and context menu entries.
pub fn registration(commands: &[Command]) -> Vec<CreateCommand> {
    let mut wanted: Vec<_> = commands.iter().filter_map(Command::create_as_slash_command).collect();
    wanted.extend(menus::registration());
    wanted
}

/// What our commands need from poise: who asks, about whom, and how to answer.
#[derive(Debug)]
pub struct Invocation {
    responder: InteractionResponder,
    caller: Caller,
    people: Vec<Person>,
    files: Vec<GivenFile>,
    is_answered: AtomicBool,
}

impl Invocation {
    pub fn new(responder: InteractionResponder, caller: Caller, command: &SlashCommand) -> Self {
        let (people, files) = (command.people.clone(), command.files.clone());
        Self { responder, caller, people, files, is_answered: AtomicBool::new(false) }
    }

    /// A file of an option. `None`: Discord does not describe it.
    fn file(&self, FileArgument(id): FileArgument) -> Option<SelectedAttachment> {
        self.files.iter().find(|given| given.id == id)?.file.clone()
    }

    /// What is known of a member in an option.
    fn person(&self, MemberArgument(user): MemberArgument) -> Person {
        let found = self.people.iter().find(|person| person.user == user).cloned();
        found.unwrap_or(Person::unknown(user))
    }

    /// Whether one of our commands was found and ran.
    pub fn is_answered(&self) -> bool {
        self.is_answered.load(Ordering::Relaxed)
    }
}

fn invocation(ctx: Context<'_>) -> Result<Arc<Invocation>> {
    let given = ctx.invocation_data.try_lock().ok();
    let given = given.and_then(|given| given.downcast_ref::<Arc<Invocation>>().cloned());
    Ok(given.ok_or_else(|| anyhow!("a command was run without saying who asks"))?)
}

/// Runs the command and shows the outcome privately, whatever it is. The work is boxed at once: it is large.
fn answer<'a, R: Into<Answer> + 'a>(
    ctx: Context<'a>,
    work: impl Future<Output = Result<R>> + Send + 'a,
) -> impl Future<Output = Result<()>> + Send + 'a {
    answer_after(ctx, Box::pin(work), false)
}

/// The same for a command that opens a ticket: whoever sees the bot at work is owed it.
fn answer_opening<'a>(
    ctx: Context<'a>,
    work: impl Future<Output = Result<Answer>> + Send + 'a,
) -> impl Future<Output = Result<()>> + Send + 'a {
    answer_after(ctx, Box::pin(work), true)
}

async fn answer_after<R: Into<Answer>>(
    ctx: Context<'_>,
    work: impl Future<Output = Result<R>> + Send,
    is_opening: bool,
) -> Result<()> {
    let state = ctx.data();
    let Invocation { responder, is_answered, .. } = &*invocation(ctx)?;
    is_answered.store(true, Ordering::Relaxed);
    let told =
        async { work.await.map_or_else(|error| report::explain(&state.app, responder.id, error).into(), Into::into) };
    let before_waiting = async {
        if is_opening {
            open::promise(&state.app, responder.id).await;
        }
    };
    responder.answer_after(&state.app, &state.rest, told, before_waiting).await;
    Ok(())
}

/// The user of an inbox command; these commands exist only in guilds.
fn admin(ctx: Context<'_>) -> Result<Admin<'_>> {
    Admin::new(ctx.data(), &invocation(ctx)?.caller)
}

/// Answers the person when the framework could not run a command.
pub async fn on_framework_error(error: poise::FrameworkError<'_, Arc<BotContext>, Error>) {
    use poise::FrameworkError as E;

    // Text commands are for owners; nobody else learns that they exist.
    if matches!(error, E::NotAnOwner { .. } | E::UnknownCommand { .. }) {
        return;
    }
    let Some(poise::Context::Application(ctx)) = error.ctx() else {
        tracing::error!(kind = kind(&error), "the framework could not handle an event");
        return;
    };
    let outcome: Result<Msg> = match &error {
        E::GuildOnly { .. } => Err(CommonMsg::GuildOnly.into()),
        E::ArgumentParse { .. } | E::CommandStructureMismatch { .. } | E::SubcommandRequired { .. } => {
            Err(CommonMsg::OutdatedCommand.into())
        }
        _ => Err(Error::Internal(anyhow!("the framework reported: {}", kind(&error)))),
    };
    // A panic's message may quote private data: it is omitted here and in the panic hook.
    let _answered = answer(ctx, async { outcome }).await;
}

fn kind<U, E>(error: &poise::FrameworkError<'_, U, E>) -> &'static str {
    use poise::FrameworkError as E;

    match error {
        E::Setup { .. } => "setup failed",
        E::EventHandler { .. } => "an event handler failed",
        E::Command { .. } => "a command failed",
        E::CommandPanic { .. } => "a command panicked",
        E::ArgumentParse { .. } => "an argument could not be read",
        E::CommandStructureMismatch { .. } => "Discord knows another version of the command",
        _ => "another refusal",
    }
}
