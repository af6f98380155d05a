//! Shows and changes an inbox's staff with a menu of members and roles.
//!
//! The menu's id holds the inbox and the revision of its staff: it survives a restart, and a menu from before another
//! change is detected and never overwrites that change.

use anyhow::{Context as _, anyhow};

use super::{Admin, channels, settings};
use crate::discord::interaction::Selected;
use crate::discord::respond::{Answer, Reply};
use crate::discord::{components, guild};
use crate::domain::ids::InboxId;
use crate::domain::settings::{Base, Group};
use crate::domain::staff::{StaffMember, diff};
use crate::domain::text;
use crate::error::Result;
use crate::i18n::MentionList;
use crate::inboxes::InboxMsg;
use crate::router::{Audience, Request, Route};
use crate::storage::inboxes::{self, Inbox};
use crate::storage::{inbox_facts, inbox_settings};
use crate::tickets::claimers;

/// Maximum members and roles in a menu (Discord: "Component Reference", select menus).
const IN_MENU: usize = 25;

/// Maximum mentions, of up to 24 characters each, listed below a message, and maximum characters there (Discord:
/// "Message", embed limits: 4,096).
const FURTHER: usize = 160;
const MAX_BELOW: usize = 4_096;

/// The staff and a menu to change it.
pub(super) async fn show(admin: &Admin<'_>, inbox: &Inbox) -> Result<Reply> {
    let db = &admin.state.app.db;
    // A menu must not offer a deleted role; only Discord's own answer proves it, not a gap in a list.
    let roles = guild::roles(&admin.state.rest, admin.guild).await;
    let roles = roles.map_err(|fault| channels::explain(fault, "list the guild's roles"))?;
    for role in inbox_facts::staff_roles(db, admin.guild).await.context("list the staff's roles")? {
        if roles.contains(&role) {
            continue;
        }
        match guild::role_is_gone(&admin.state.rest, admin.guild, role).await {
            Ok(true) => {
                let gone = StaffMember::Role(role);
                inbox_facts::forget_staff(db, admin.guild, gone).await.context("drop a deleted role")?;
            }
            Ok(false) => {}
            Err(fault) => tracing::warn!(guild.id = %admin.guild, role.id = %role, %fault, "could not read a role"),
        }
    }
    // The revision is read before the staff: a change in between makes the menu stale, never wrong.
    let inbox = admin.inbox(inbox.id).await?;
    let staff = inboxes::list_staff(db, inbox.id).await.context("list staff")?;
    Ok(card(admin, inbox.id, inbox.revisions.of(Group::Staff), &staff, |staff, beyond| InboxMsg::StaffShown {
        staff,
        beyond,
    }))
}

/// The menu with an inbox's staff, as of this revision; a later one makes the menu stale.
pub(super) const MENU: Route =
    Route::component("stf", Audience::Person, |request| Box::pin(async move { on_select(&request).await }));

async fn on_select(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (inbox, revision) = request.content::<(InboxId, u32)>()?;
    // Nobody is dropped because Discord did not return an id's kind.
    let selected: Option<Vec<_>> = request.pressed.values.iter().map(Selected::staff).collect();
    let selected = selected.ok_or_else(|| anyhow!("a menu of members and roles came back with something else"))?;
    Ok(change(&admin, inbox, revision, &selected).await?.into())
}

async fn change(admin: &Admin<'_>, inbox: InboxId, revision: u32, selected: &[StaffMember]) -> Result<Reply> {
    let db = &admin.state.app.db;
    let mut tx = db.begin_write().await.context("begin a change of staff")?;
    let found = inboxes::load(&mut tx, inbox).await.context("load an inbox")?;
    let found = found.filter(|found| found.guild == admin.guild).ok_or(InboxMsg::InboxGone)?;
    let stored = inboxes::staff(&mut tx, inbox).await.context("list staff")?;
    if found.revisions.check(Base { group: Group::Staff, revision }).is_err() {
        return Ok(card(admin, inbox, found.revisions.of(Group::Staff), &stored, |staff, beyond| {
            InboxMsg::StaffMenuStale { staff, beyond }
        }));
    }
    // The menu showed the first of them; those beyond it stay.
    let (shown, beyond) = stored.split_at(stored.len().min(IN_MENU));
    // The menu offers @everyone, but everyone would be notified of each ticket.
    let everyone = StaffMember::Role(admin.guild.everyone());
    let selected: Vec<StaffMember> = selected.iter().copied().filter(|member| *member != everyone).collect();
    let change = diff(shown, &selected);
    if change.is_empty() {
        return Ok(card(admin, inbox, revision, &stored, |staff, beyond| InboxMsg::StaffUnchanged { staff, beyond }));
    }
    let kept = shown.iter().filter(|member| !change.removed.contains(member));
    let added = change.added.iter().filter(|member| !beyond.contains(member));
    let staff: Vec<StaffMember> = kept.chain(beyond).chain(added).copied().collect();
    inbox_settings::replace_staff(&mut tx, inbox, &staff).await.context("store staff")?;
    tx.commit().await.context("commit a change of staff")?;
    if !change.removed.is_empty() {
        claimers::on_staff_changed(admin.state, inbox).await?;
    }
    tracing::info!(inbox.id = %inbox, added = change.added.len(), removed = change.removed.len(), "staff changed");
    let advice = settings::advise_on_staff(admin, &found).await;
    let said = |staff, beyond| InboxMsg::StaffChanged { staff, beyond };
    Ok(card_with(admin, inbox, revision + 1, &staff, &advice, said))
}

/// The whole list as text, as much as fits into the menu, and how many are not in the menu. Mentions that do not fit
/// the message continue below it.
fn card(
    admin: &Admin<'_>,
    inbox: InboxId,
    revision: u32,
    staff: &[StaffMember],
    msg: impl FnOnce(MentionList, u64) -> InboxMsg,
) -> Reply {
    card_with(admin, inbox, revision, staff, &[], msg)
}

/// The same with sentences below it.
fn card_with(
    admin: &Admin<'_>,
    inbox: InboxId,
    revision: u32,
    staff: &[StaffMember],
    advice: &[String],
    msg: impl FnOnce(MentionList, u64) -> InboxMsg,
) -> Reply {
    let id = admin.id_of(&MENU, &(inbox, revision));
    let shown = &staff[..staff.len().min(IN_MENU)];
    let beyond = (staff.len() - shown.len()) as u64;
    let further: Vec<_> = staff.iter().skip(MentionList::SHOWN).take(FURTHER).map(ToString::to_string).collect();
    let further = Some(further.join(" ")).filter(|further| !further.is_empty());
    let below: Vec<&str> = advice.iter().chain(&further).map(String::as_str).collect();
    let back = components::row([settings::back_to(admin, inbox)]);
    Reply::Card {
        msg: msg(MentionList(staff.to_vec()), beyond).into(),
        preview: (!below.is_empty()).then(|| text::cut(&below.join("\n"), MAX_BELOW).to_owned()),
        rows: std::iter::once(components::staff_menu(id, shown, IN_MENU)).chain(back).collect(),
        in_place: true,
    }
}
