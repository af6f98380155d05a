//! One router for buttons, menus and forms: an id names a *route*, and a route defines its audience and handler.
//!
//! A feature defines its button, menu or form in its own file only:
//!
//! ```text
//! /// The menu with an inbox's staff.
//! pub(super) const MENU: Route = Route::component("stf", Audience::Person, |request| Box::pin(on_select(request)));
//!
//! // When drawn: the id holds the component's context, so it works after a restart.
//! components::staff_menu(admin.id_of(&MENU, &(inbox, revision)), …)
//!
//! // When used: the router has checked the audience; the handler checks everything else.
//! async fn on_select(request: Request) -> Result<Answer> {
//!     let admin = Admin::of(&request)?;
//!     let (inbox, revision) = request.content::<(InboxId, u32)>()?;
//!     …
//! }
//! ```
//!
//! and adds it to its room's list (`inboxes::ROUTES`); `events::interactions` joins the lists of all rooms. A name has
//! three characters and is never reused, because posted components stay. The tests in `events` check that names are
//! unique and that each route is reachable.
//!
//! | audience | the id is | who may use it |
//! |---|---|---|
//! | [`Audience::Everybody`] | open, for public messages | everybody who sees it: the handler checks rights |
//! | [`Audience::Person`] | sealed, for one person in a guild | only they, in that guild; for a quarter of an hour, or as long as they have Manage Server |
//! | [`Audience::Addressee`] | the same | only they, in that guild, at any time: the handler checks everything again |
//! | [`Audience::Oneself`] | open, with the person's id | only they, about themselves, also in direct messages |
//!
//! The handler returns an [`Answer`]: a private sentence or card, a form as the first answer, the message redrawn
//! ([`Reply::Redraw`]), or unchanged beside a private sentence ([`Reply::Reset`]). A route that redraws its message
//! uses [`Route::redraws`], so that a deferral shows no message of its own.
//!
//! [`Reply::Redraw`]: crate::discord::respond::Reply::Redraw
//! [`Reply::Reset`]: crate::discord::respond::Reply::Reset

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::discord::BotContext;
use crate::discord::interaction::{Caller, Pressed};
use crate::discord::respond::{Answer, Waiting};
use crate::discord::seal::Holder;
use crate::domain::custom_id::{self, Content, is_valid};
use crate::domain::ids::{InteractionId, MessageId, UserId};
use crate::domain::permissions::{self, Permissions};
use crate::error::Result;
use crate::i18n::CommonMsg;

/// Handles a used route.
type Handler = fn(Request) -> BoxFuture<'static, Result<Answer>>;

/// Runs before a deferral, with the message of the component.
pub type BeforeWaiting = fn(Arc<BotContext>, InteractionId, Option<MessageId>) -> BoxFuture<'static, ()>;

/// A button's, menu's or form's purpose.
#[derive(Clone, Copy)]
pub struct Route {
    pub name: &'static str,
    pub kind: Kind,
    audience: Audience,
    pub waiting: Waiting,
    on: Handler,
    before_waiting: Option<BeforeWaiting>,
}

/// A route's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A button or a menu.
    Component,
    Form,
}

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    Everybody,
    Person,
    Addressee,
    Oneself,
}

/// A use of a route by its audience.
pub struct Request {
    pub state: Arc<BotContext>,
    pub interaction: InteractionId,
    pub caller: Caller,
    /// Chosen or written values.
    pub pressed: Pressed,
    content: String,
}

impl Route {
    /// A button or a menu.
    pub const fn component(name: &'static str, audience: Audience, on: Handler) -> Self {
        Self { name, kind: Kind::Component, audience, waiting: Waiting::Privately, on, before_waiting: None }
    }

    /// A form.
    pub const fn form(name: &'static str, audience: Audience, on: Handler) -> Self {
        Self { kind: Kind::Form, ..Self::component(name, audience, on) }
    }

    /// Redraws its message.
    #[must_use]
    pub const fn redraws(self) -> Self {
        Self { waiting: Waiting::InPlace, ..self }
    }

    /// Runs before a deferral.
    #[must_use]
    pub const fn before_waiting(self, before: BeforeWaiting) -> Self {
        Self { before_waiting: Some(before), ..self }
    }

    /// An id for everybody.
    pub fn id(&self, content: &impl Content) -> String {
        debug_assert_eq!(self.audience, Audience::Everybody, "{}", self.name);
        custom_id::open(self.name, &content.write())
    }

    /// An id for actions of users about themselves.
    pub fn id_of_oneself(&self, user: UserId) -> String {
        debug_assert_eq!(self.audience, Audience::Oneself, "{}", self.name);
        custom_id::open(self.name, &(user,).write())
    }

    /// An id for the person who sees it.
    pub fn id_for(&self, state: &BotContext, holder: Holder, content: &impl Content) -> String {
        debug_assert!(matches!(self.audience, Audience::Person | Audience::Addressee), "{}", self.name);
        state.seals.seal(self.name, &content.write(), holder, state.app.now())
    }

    /// Runs the handler, if the caller may use the route.
    pub async fn follow(
        &self,
        state: Arc<BotContext>,
        interaction: InteractionId,
        caller: Caller,
        pressed: Pressed,
    ) -> Result<Answer> {
        let content = self.check(&state, &caller, &pressed.custom_id)?;
        (self.on)(Request { state, interaction, caller, pressed, content }).await
    }

    pub async fn prepare_waiting(
        &self,
        state: &Arc<BotContext>,
        interaction: InteractionId,
        message: Option<MessageId>,
    ) {
        if let Some(before) = self.before_waiting {
            before(Arc::clone(state), interaction, message).await;
        }
    }

    /// The content of an id that the caller may use.
    fn check(&self, state: &BotContext, caller: &Caller, id: &str) -> Result<String> {
        let (_, behind) = custom_id::split(id);
        match self.audience {
            Audience::Everybody => Ok(behind.to_owned()),
            Audience::Oneself => match <(UserId,)>::read(behind) {
                Some((user,)) if user == caller.user => Ok(String::new()),
                _ => Err(CommonMsg::OutdatedComponent.into()),
            },
            Audience::Person | Audience::Addressee => {
                let holder = Holder { guild: caller.guild.ok_or(CommonMsg::GuildOnly)?, user: caller.user };
                let Some((content, made_at)) = state.seals.open(id, holder) else {
                    // Debug level: forged ids could fill the log.
                    tracing::debug!(guild.id = %holder.guild, "a component or form was used that was not made for its user");
                    return Err(CommonMsg::OutdatedComponent.into());
                };
                let missing = permissions::missing(Permissions::MANAGE_GUILD, caller.permissions.unwrap_or_default());
                if self.audience == Audience::Addressee || is_valid(made_at, state.app.now(), missing.is_empty()) {
                    Ok(content.to_owned())
                } else {
                    Err(CommonMsg::ComponentExpired.into())
                }
            }
        }
    }
}

impl Request {
    /// Parses the id's content. A forged or foreign version's id has none.
    pub fn content<C: Content>(&self) -> Result<C> {
        Ok(C::read(&self.content).ok_or(CommonMsg::OutdatedComponent)?)
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route").field("name", &self.name).field("audience", &self.audience).finish_non_exhaustive()
    }
}
