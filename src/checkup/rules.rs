//! Adds what is wrong with the rules of opening to a check, and words it.

use std::collections::BTreeMap;

use super::CheckMsg;
use crate::domain::checkup::{Checkup, Finding, RuleTrouble, check_pause, check_rules};
use crate::domain::clock::Timestamp;
use crate::domain::ids::RoleId;
use crate::domain::settings::ServerPause;
use crate::domain::staff::StaffMember;
use crate::i18n::{MentionList, PointInTime};
use crate::storage::inboxes::Inbox;

/// The roles that the rules of an inbox name.
pub(super) fn roles(inbox: &Inbox) -> impl Iterator<Item = RoleId> {
    let access = &inbox.settings.access;
    access.required_roles.iter().chain(&access.refused_roles).copied()
}

/// `existing`: the roles of the guild, and those that are not known to be deleted.
pub(super) fn add(
    inboxes: &[(Inbox, Vec<StaffMember>)],
    pause: &ServerPause,
    existing: &BTreeMap<RoleId, bool>,
    now: Timestamp,
    found: &mut Checkup,
) {
    found.guild.extend(check_pause(pause, now).map(Finding::Rule));
    found.guild.sort_by_key(Finding::severity);
    for ((_, findings), (inbox, _)) in found.inboxes.iter_mut().zip(inboxes) {
        let gone = roles(inbox).filter(|role| !existing.contains_key(role)).collect();
        findings.extend(check_rules(&inbox.settings, &gone, now).into_iter().map(Finding::Rule));
        findings.sort_by_key(Finding::severity);
    }
}

pub(super) fn word(trouble: RuleTrouble) -> CheckMsg {
    let list = |roles: Vec<RoleId>| MentionList(roles.into_iter().map(StaffMember::Role).collect());
    match trouble {
        RuleTrouble::Paused { until: None } => CheckMsg::Paused,
        RuleTrouble::Paused { until: Some(until) } => CheckMsg::PausedUntil { until: PointInTime(until) },
        RuleTrouble::ServerPaused { until: None } => CheckMsg::ServerPaused,
        RuleTrouble::ServerPaused { until: Some(until) } => CheckMsg::ServerPausedUntil { until: PointInTime(until) },
        RuleTrouble::ZoneUnknown => CheckMsg::ZoneUnknown,
        RuleTrouble::RequiredRolesGone(roles) => CheckMsg::RequiredRolesGone { roles: list(roles) },
        RuleTrouble::RolesGone(roles) => CheckMsg::RuleRolesGone { roles: list(roles) },
        RuleTrouble::RolesExclude(roles) => CheckMsg::RolesExclude { roles: list(roles) },
        RuleTrouble::RolesContradict(roles) => CheckMsg::RolesContradict { roles: list(roles) },
    }
}
