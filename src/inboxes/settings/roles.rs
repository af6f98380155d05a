//! Roles in settings: those that were deleted are recognised, shown, and taken away with a button. A menu must not offer
//! them, and a menu in which nothing is chosen cannot take the last one away.

use std::collections::BTreeSet;

use super::book::{self, Book, Group, Outcome, Scope};
use super::{SettingsMsg, redraw, say};
use crate::checkup;
use crate::discord::components::Button;
use crate::discord::guild;
use crate::discord::interaction::Selected;
use crate::discord::respond::Answer;
use crate::domain::checkup::{Finding, RuleTrouble, check_rules};
use crate::domain::ids::RoleId;
use crate::domain::settings::SettingValue;
use crate::error::Result;
use crate::i18n::{self, CommonMsg};
use crate::inboxes::Admin;
use crate::router::{Audience, Request, Route};

/// Takes the deleted roles of a group away.
pub(in crate::inboxes) const REMOVE: Route =
    Route::component("srr", Audience::Person, |request| Box::pin(async move { on_remove(&request).await })).redraws();

/// Maximum roles for which Discord is asked whether they were deleted.
const LOOKUPS: usize = 10;

/// Marks the roles of a group that were deleted. Only Discord's answer about the role proves it, not a gap in a list.
pub(super) async fn mark_gone(admin: &Admin<'_>, group: &mut Group) {
    let named: BTreeSet<RoleId> = group.items.iter().flat_map(|item| roles_of(&item.now)).copied().collect();
    if named.is_empty() {
        return;
    }
    let rest = &admin.state.rest;
    let existing = match guild::roles(rest, admin.guild).await {
        Ok(existing) => existing,
        Err(fault) => return tracing::warn!(guild.id = %admin.guild, %fault, "could not list the guild's roles"),
    };
    let mut gone = BTreeSet::new();
    for role in named.into_iter().filter(|role| !existing.contains(role)).take(LOOKUPS) {
        match guild::role_is_gone(rest, admin.guild, role).await {
            Ok(true) => _ = gone.insert(role),
            Ok(false) => {}
            Err(fault) => tracing::warn!(guild.id = %admin.guild, role.id = %role, %fault, "could not read a role"),
        }
    }
    for item in &mut group.items {
        item.gone_roles = roles_of(&item.now).iter().copied().filter(|role| gone.contains(role)).collect();
    }
}

fn roles_of(value: &SettingValue) -> &[RoleId] {
    match value {
        SettingValue::Roles(roles) => roles,
        _ => &[],
    }
}

/// The chosen roles. The menu offers @everyone, which would make a rule of nothing or of everything.
pub(super) fn chosen(admin: &Admin<'_>, values: &[Selected]) -> Option<SettingValue> {
    let role = |selected: &Selected| match selected {
        Selected::Role(role) => Some(*role),
        Selected::Value(value) => value.parse().ok(),
        Selected::Member(_) => None,
    };
    let mut roles: Vec<RoleId> = values.iter().map(role).collect::<Option<_>>()?;
    roles.retain(|role| *role != admin.guild.everyone());
    Some(SettingValue::Roles(roles))
}

/// What the roles of a group mean together.
pub(super) fn remarks(admin: &Admin<'_>, book: &Book, group: &Group) -> Vec<String> {
    let Book::Inbox(inbox) = book else { return Vec::new() };
    if !group.items.iter().any(|item| matches!(item.now, SettingValue::Roles(_))) {
        return Vec::new();
    }
    let gone = group.items.iter().flat_map(|item| item.gone_roles.iter().copied()).collect();
    let found = check_rules(&inbox.settings, &gone, admin.state.app.now()).into_iter();
    let found = found
        .filter(|trouble| !matches!(trouble, RuleTrouble::Paused { .. } | RuleTrouble::ZoneUnknown))
        .map(Finding::Rule);
    found.map(|finding| checkup::with_mark(&admin.reader, &finding)).collect()
}

/// The button, if roles of the group were deleted.
pub(super) fn button(admin: &Admin<'_>, scope: Scope, group: &Group) -> Option<Button> {
    group.items.iter().any(|item| !item.gone_roles.is_empty()).then(|| {
        let id = admin.id_of(&REMOVE, &(scope, group.heading.key.to_owned(), group.revision));
        Button::danger(id, i18n::render(&admin.reader, &SettingsMsg::RemoveRolesButton))
    })
}

async fn on_remove(request: &Request) -> Result<Answer> {
    let admin = Admin::new(&request.state, &request.caller)?;
    let (scope, key, mut revision) = request.content::<(Scope, String, u32)>()?;
    let book = Book::open(&admin, scope).await?;
    let mut group = book.group(&key).ok_or(CommonMsg::OutdatedComponent)?;
    mark_gone(&admin, &mut group).await;
    let item = group.items.first().cloned().ok_or(CommonMsg::OutdatedComponent)?;
    let mut msg = SettingsMsg::Unchanged;
    for item in group.items.iter().filter(|item| !item.gone_roles.is_empty()) {
        let left = roles_of(&item.now).iter().copied().filter(|role| !item.gone_roles.contains(role));
        let (outcome, _) = book::edit(&admin, scope, item, revision, SettingValue::Roles(left.collect())).await?;
        if outcome == Outcome::Stale {
            msg = SettingsMsg::Stale;
            break;
        }
        msg = SettingsMsg::RolesRemoved;
        revision += 1;
    }
    let book = Book::open(&admin, scope).await?;
    redraw(&admin, &book, &item, &[say(&admin, &msg)], None).await
}

/// Roles in words.
pub(super) fn shown(admin: &Admin<'_>, roles: &[RoleId]) -> String {
    if roles.is_empty() {
        return i18n::render(&admin.reader, &SettingsMsg::NoRoles);
    }
    roles.iter().map(|role| format!("<@&{role}>")).collect::<Vec<_>>().join(" ")
}
