//! The two texts of a new ticket that admins can change: the starter message and the thread's name.

use anyhow::{Context as _, anyhow};

use super::{Admin, Changed, settings};
use crate::discord::forms::{self, Field};
use crate::discord::respond::{Answer, Reply};
use crate::domain::form::Values;
use crate::domain::ids::InboxId;
use crate::domain::placeholder::Template;
use crate::domain::settings::{Base, Group};
use crate::domain::starter::{self, Starter};
use crate::domain::text;
use crate::domain::ticket_name::{self, NameFacts, TicketName};
use crate::error::Result;
use crate::i18n;
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::guilds;
use crate::storage::inboxes::{self, Inbox};
use crate::tickets::TicketMsg;

/// The form for the starter's template.
pub(super) const STARTER_FORM: Route =
    Route::form("str", Audience::Person, |request| Box::pin(async move { on_starter(&request).await }));

/// The form for the name's template.
pub(super) const NAME_FORM: Route =
    Route::form("nam", Audience::Person, |request| Box::pin(async move { on_name(&request).await }));

/// A submitted form.
struct Submitted<'a> {
    admin: Admin<'a>,
    inbox: Inbox,
    /// The revision of the settings that the form showed.
    revision: u32,
    template: &'a str,
}

impl<'a> Submitted<'a> {
    async fn read(request: &'a Request) -> Result<Self> {
        let admin = Admin::new(&request.state, &request.caller)?;
        let (inbox, revision) = request.content::<(InboxId, u32)>()?;
        let inbox = admin.inbox(inbox).await?;
        // A field that could not be read is not an empty text, which would reset the setting.
        let template = request.pressed.text(forms::FIELD);
        let template = template.ok_or_else(|| anyhow!("a form came back without its field"))?;
        Ok(Self { admin, inbox, revision, template })
    }
}

/// The form with the current starter message.
pub(super) fn show_starter(admin: &Admin<'_>, inbox: &Inbox) -> Reply {
    let current = inbox
        .settings
        .beginning
        .starter
        .clone()
        .unwrap_or_else(|| i18n::render(&admin.guild_locale, &TicketMsg::DefaultStarter));
    let field = Field {
        label: &InboxMsg::StarterFormLabel,
        placeholder: &InboxMsg::StarterFormPlaceholder,
        value: &current,
        max_length: starter::MAX_LENGTH,
        long: true,
    };
    Reply::Form(forms::one_field(
        &admin.reader,
        admin.id_of(&STARTER_FORM, &(inbox.id, inbox.revisions.of(Group::Beginning))),
        &InboxMsg::StarterFormTitle,
        &field,
    ))
}

/// The form with the current template of the name.
pub(super) fn show_name(admin: &Admin<'_>, inbox: &Inbox) -> Reply {
    let field = Field {
        label: &InboxMsg::NameFormLabel,
        placeholder: &InboxMsg::NameFormPlaceholder,
        value: inbox.settings.beginning.ticket_name.as_deref().unwrap_or(ticket_name::DEFAULT_TEMPLATE),
        max_length: ticket_name::MAX_LENGTH,
        long: false,
    };
    let id = admin.id_of(&NAME_FORM, &(inbox.id, inbox.revisions.of(Group::Beginning)));
    Reply::Form(forms::one_field(&admin.reader, id, &InboxMsg::NameFormTitle, &field))
}

/// A template that can be stored.
pub(super) struct Accepted {
    /// `None`: the default.
    pub own: Option<String>,
    /// How a new ticket of the admin would begin or be called.
    pub preview: String,
    /// What is said once it is stored.
    pub msg: InboxMsg,
}

/// Reads the starter's template; an empty text restores the default.
pub(super) async fn accept_starter(admin: &Admin<'_>, inbox: &Inbox, template: &str) -> Result<Accepted> {
    let default = i18n::render(&admin.guild_locale, &TicketMsg::DefaultStarter);
    let own = Some(template.trim()).filter(|template| text::is_visible(template) && *template != default);
    let staff = inboxes::list_staff(&admin.state.app.db, inbox.id).await.context("list staff")?;
    let form = Values::sample(&inbox.settings.form.questions);
    let preview = Starter::render(own.unwrap_or_default(), admin.user, &staff, Some(&default), &form);
    if preview.is_cut || !preview.left_out.is_empty() {
        return Err(InboxMsg::StarterTooLong.into());
    }
    let without_staff = !staff.is_empty() && !Template::parse(own.unwrap_or(&default)).mentions("staff");
    let msg = match own {
        Some(_) if without_staff => InboxMsg::StarterSavedWithoutStaff,
        Some(_) => InboxMsg::StarterSaved,
        None => InboxMsg::StarterReset,
    };
    Ok(Accepted { own: own.map(str::to_owned), preview: preview.content, msg })
}

/// Reads the name's template; an empty text restores the default.
pub(super) async fn accept_name(admin: &Admin<'_>, inbox: &Inbox, template: &str) -> Result<Accepted> {
    let app = &admin.state.app;
    let own = Some(template.trim())
        .filter(|template| text::is_visible(template) && *template != ticket_name::DEFAULT_TEMPLATE);
    let counter = guilds::ticket_counter(&app.db, admin.guild).await.context("count a guild's tickets")?;
    let form = Values::sample(&inbox.settings.form.questions);
    let facts = NameFacts {
        at: app.now(),
        author: &admin.display_name,
        counter: inbox.counter.saturating_add(1),
        number: counter.saturating_add(1),
        form: &form,
    };
    let preview = TicketName::render(own.unwrap_or_default(), &facts);
    let msg = if own.is_some() { InboxMsg::NameSaved } else { InboxMsg::NameReset };
    Ok(Accepted { own: own.map(str::to_owned), preview: text::escape(preview.as_str()), msg })
}

async fn on_starter(request: &Request) -> Result<Answer> {
    let Submitted { admin, inbox, revision, template } = Submitted::read(request).await?;
    let accepted = accept_starter(&admin, &inbox, template).await?;
    let base = Base { group: Group::Beginning, revision };
    let own = accepted.own.clone();
    let changed = admin.change_settings(inbox.id, Some(base), |settings| settings.beginning.starter = own).await?;
    if let Changed::Stale(now) = changed {
        let default = || i18n::render(&admin.guild_locale, &TicketMsg::DefaultStarter);
        let stored = now.settings.beginning.starter.unwrap_or_else(default);
        return Ok(stale(InboxMsg::StarterFormStale, &stored, template).into());
    }
    accepted.show(&admin, inbox.id, settings::STARTER).await
}

async fn on_name(request: &Request) -> Result<Answer> {
    let Submitted { admin, inbox, revision, template } = Submitted::read(request).await?;
    let accepted = accept_name(&admin, &inbox, template).await?;
    let base = Base { group: Group::Beginning, revision };
    let own = accepted.own.clone();
    let changed = admin.change_settings(inbox.id, Some(base), |settings| settings.beginning.ticket_name = own).await?;
    if let Changed::Stale(now) = changed {
        let stored = now.settings.beginning.ticket_name;
        let stored = stored.as_deref().unwrap_or(ticket_name::DEFAULT_TEMPLATE);
        return Ok(stale(InboxMsg::NameFormStale, stored, template).into());
    }
    accepted.show(&admin, inbox.id, settings::TICKET_NAME).await
}

impl Accepted {
    /// The page with the setting, on which it was not changed.
    async fn show(self, admin: &Admin<'_>, inbox: InboxId, key: &str) -> Result<Answer> {
        let Self { preview, msg, .. } = self;
        Ok(settings::page_after(admin, inbox, key, &msg, Some(preview)).await?.into())
    }
}

/// Somebody else has changed the settings since the form was shown. Shows the current value above the sent one, so that
/// neither is lost; both as templates.
fn stale(msg: InboxMsg, stored: &str, sent: &str) -> Reply {
    // Two texts of 2,000 characters fit into an embed (Discord: "Message", embed limits: 4,096).
    let preview = format!("{stored}\n\n⎯⎯⎯⎯⎯⎯\n\n{sent}");
    Reply::Card { msg: msg.into(), preview: Some(preview), rows: Vec::new(), in_place: false }
}
