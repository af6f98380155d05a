//! Clicks on components, and forms that come back.

use std::sync::Arc;

use anyhow::anyhow;
use poise::serenity_prelude as serenity;
use serenity::{ComponentInteraction, GuildId, Member, ModalInteraction};

use crate::discord::respond::{Reply, Unanswered};
use crate::discord::{State, components, convert, forms, report};
use crate::domain::custom_id::{CustomId, still_holds};
use crate::domain::permissions::{self, Permissions};
use crate::error::{Error, Result};
use crate::i18n::{Locale, Msg};
use crate::inboxes::{self, Admin};
use crate::privacy::{self, Person};
use crate::tickets::open::{open_ticket, promise};

/// A click on a button, or a choice in a menu.
pub(super) async fn component(state: &Arc<State>, component: ComponentInteraction) {
    let unanswered = Unanswered::component(&component);
    let worker = tokio::spawn(act(Arc::clone(state), component));
    let promise = promise(&state.app, unanswered.id);
    unanswered.answer_after(&state.app, &state.rest, told(state, &unanswered, worker), promise).await;
}

/// A form that was filled in.
pub(super) async fn form(state: &Arc<State>, form: ModalInteraction) {
    let unanswered = Unanswered::form(&form);
    let worker = tokio::spawn(take_in(Arc::clone(state), form));
    unanswered.answer(&state.app, &state.rest, told(state, &unanswered, worker)).await;
}

/// The outcome of work on a task of its own, so that the person gets an answer even if it panics.
async fn told(state: &State, unanswered: &Unanswered, worker: tokio::task::JoinHandle<Result<Reply>>) -> Reply {
    let outcome =
        worker.await.unwrap_or_else(|_panic| Err(Error::Internal(anyhow!("the work behind an interaction panicked"))));
    outcome.unwrap_or_else(|error| report::explain(&state.app, unanswered.id, error).into())
}

async fn act(state: Arc<State>, used: ComponentInteraction) -> Result<Reply> {
    let text = &used.data.custom_id;
    if CustomId::parse(text) == Some(CustomId::CreateTicket) {
        let told = open_ticket(&state.app, &state.rest, &convert::click(&used)?).await?;
        return Ok(told.map_or(Reply::Nothing, Reply::from));
    }
    // Not sealed: it works for the person it names alone, who needs no right and no server for it.
    if let Some(CustomId::ForgetPerson { user }) = CustomId::parse(text) {
        return privacy::on_confirm(&person(&state, &used), user).await;
    }
    let admin = admin(&state, used.guild_id, used.member.as_ref(), used.guild_locale.as_deref(), &used.locale)?;
    match opened(&admin, text, used.member.as_ref())? {
        CustomId::EditStaff { inbox, revision } => {
            inboxes::staff::on_select(&admin, inbox, revision, &components::chosen(&used)).await
        }
        CustomId::DeleteInbox { inbox } => inboxes::delete::on_confirm(&admin, inbox).await,
        CustomId::CreateTicket
        | CustomId::EditStarter { .. }
        | CustomId::EditName { .. }
        | CustomId::ForgetPerson { .. } => Err(Msg::OutdatedComponent.into()),
    }
}

/// In a server as in a direct message: who clicked, and nobody else.
fn person<'a>(state: &'a State, used: &ComponentInteraction) -> Person<'a> {
    Person { state, user: used.user.id.into(), reader: Locale::from_discord(&used.locale) }
}

async fn take_in(state: Arc<State>, form: ModalInteraction) -> Result<Reply> {
    let admin = admin(&state, form.guild_id, form.member.as_ref(), form.guild_locale.as_deref(), &form.locale)?;
    match opened(&admin, &form.data.custom_id, form.member.as_ref())? {
        CustomId::EditStarter { inbox, revision } => {
            inboxes::templates::on_starter(&admin, inbox, revision, &forms::written(&form)).await
        }
        CustomId::EditName { inbox, revision } => {
            inboxes::templates::on_name(&admin, inbox, revision, &forms::written(&form)).await
        }
        CustomId::CreateTicket
        | CustomId::EditStaff { .. }
        | CustomId::DeleteInbox { .. }
        | CustomId::ForgetPerson { .. } => Err(Msg::OutdatedComponent.into()),
    }
}

/// What a menu, a confirmation or a form stands for, for the one person who was shown it. Discord says who uses it; that
/// it was shown to them, and not made up or shown to somebody else, is in its seal.
fn opened(admin: &Admin<'_>, text: &str, member: Option<&Member>) -> Result<CustomId> {
    let app = &admin.state.app;
    let Some((id, made_at)) = admin.open(text) else {
        // Not louder: whoever makes ids up could fill the log with it.
        tracing::debug!(guild.id = %admin.guild, "a component or form was used that was not made for its user");
        return Err(Msg::OutdatedComponent.into());
    };
    let permissions = member.and_then(|member| member.permissions).map(Permissions::from).unwrap_or_default();
    let manages_guild = permissions::missing(Permissions::MANAGE_GUILD, permissions).is_empty();
    if still_holds(made_at, app.now(), manages_guild) { Ok(id) } else { Err(Msg::ComponentExpired.into()) }
}

/// Who uses a component or a form.
fn admin<'a>(
    state: &'a State,
    guild: Option<GuildId>,
    member: Option<&Member>,
    guild_locale: Option<&str>,
    locale: &str,
) -> Result<Admin<'a>> {
    let (Some(guild), Some(member)) = (guild, member) else { return Err(Msg::GuildOnly.into()) };
    Ok(Admin {
        state,
        guild: guild.into(),
        guild_locale: guild_locale.map(Locale::from_discord).unwrap_or_default(),
        user: member.user.id.into(),
        display_name: member.display_name().to_owned(),
        reader: Locale::from_discord(locale),
    })
}
