//! What the rules of opening mean together: rules that refuse everybody, or that contradict each other.

use std::collections::BTreeSet;

use super::Severity;
use crate::domain::clock::Timestamp;
use crate::domain::ids::RoleId;
use crate::domain::settings::{Access, InboxSettings, ServerPause};

/// What is wrong with the rules of an inbox, or good to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleTrouble {
    /// Every required role was deleted: nobody can open a ticket.
    RequiredRolesGone(Vec<RoleId>),
    /// No new tickets for now.
    Paused { until: Option<Timestamp> },
    /// The same in the whole server.
    ServerPaused { until: Option<Timestamp> },
    /// The program no longer knows the time zone of the hours: they are taken as UTC.
    ZoneUnknown,
    /// These roles of a rule were deleted. They neither admit nor refuse anybody.
    RolesGone(Vec<RoleId>),
    /// Every required role that exists is refused: nobody can open a ticket.
    RolesExclude(Vec<RoleId>),
    /// These roles are required and refused: who has one is refused.
    RolesContradict(Vec<RoleId>),
}

impl RuleTrouble {
    pub(super) fn severity(&self) -> Severity {
        match self {
            Self::RequiredRolesGone(_) | Self::RolesExclude(_) => Severity::Broken,
            Self::RolesContradict(_) | Self::ZoneUnknown => Severity::Risk,
            Self::RolesGone(_) | Self::Paused { .. } | Self::ServerPaused { .. } => Severity::Note,
        }
    }
}

/// The troubles of an inbox's rules, the worst first. `gone`: the deleted roles among those that the rules name.
pub fn check_rules(settings: &InboxSettings, gone: &BTreeSet<RoleId>, now: Timestamp) -> Vec<RuleTrouble> {
    let mut found = check_access(&settings.access, gone);
    let (pause, hours) = (&settings.pause, &settings.hours);
    found.extend(pause.lasts(now).then_some(RuleTrouble::Paused { until: pause.until }));
    let is_unknown = hours.week.is_some() && hours.zone.as_ref().is_some_and(|zone| !zone.is_known());
    found.extend(is_unknown.then_some(RuleTrouble::ZoneUnknown));
    found.sort_by_key(RuleTrouble::severity);
    found
}

/// The same for what holds in the whole server.
pub fn check_pause(pause: &ServerPause, now: Timestamp) -> Option<RuleTrouble> {
    pause.lasts(now).then_some(RuleTrouble::ServerPaused { until: pause.until })
}

fn check_access(access: &Access, gone: &BTreeSet<RoleId>) -> Vec<RuleTrouble> {
    let Access { required_roles: required, refused_roles: refused, .. } = access;
    let named: BTreeSet<RoleId> = required.iter().chain(refused).copied().collect();
    let mut lost: Vec<RoleId> = named.intersection(gone).copied().collect();
    let existing: Vec<RoleId> = required.iter().copied().filter(|role| !gone.contains(role)).collect();
    let both: Vec<RoleId> = existing.iter().copied().filter(|role| refused.contains(role)).collect();
    let mut found = Vec::new();
    if !required.is_empty() && existing.is_empty() {
        lost.retain(|role| !required.contains(role));
        found.push(RuleTrouble::RequiredRolesGone(required.clone()));
    } else if !both.is_empty() {
        let excludes = both.len() == existing.len();
        found.push(if excludes { RuleTrouble::RolesExclude(both) } else { RuleTrouble::RolesContradict(both) });
    }
    if !lost.is_empty() {
        found.push(RuleTrouble::RolesGone(lost));
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::ChannelId;
    use crate::domain::settings::ServerSettings;

    const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

    fn roles(ids: &[u64]) -> Vec<RoleId> {
        ids.iter().copied().map(RoleId::new).collect()
    }

    fn settings(required: &[u64], refused: &[u64]) -> InboxSettings {
        let mut settings = InboxSettings::new(ChannelId::new(1));
        settings.access.required_roles = roles(required);
        settings.access.refused_roles = roles(refused);
        settings
    }

    #[test]
    fn rules_about_roles_that_admit_nobody_or_contradict_are_found() {
        use RuleTrouble as T;
        type Line = (&'static [u64], &'static [u64], &'static [u64], Vec<RuleTrouble>);
        let table: [Line; 9] = [
            // required, refused, deleted, found
            (&[], &[], &[], vec![]),
            (&[1], &[2], &[], vec![]),
            (&[1, 2], &[], &[2], vec![T::RolesGone(roles(&[2]))]),
            (&[1, 2], &[], &[1, 2], vec![T::RequiredRolesGone(roles(&[1, 2]))]),
            (&[1], &[2], &[1, 2], vec![T::RequiredRolesGone(roles(&[1])), T::RolesGone(roles(&[2]))]),
            (&[1], &[1, 2], &[], vec![T::RolesExclude(roles(&[1]))]),
            (&[1, 2], &[1], &[], vec![T::RolesContradict(roles(&[1]))]),
            (&[1, 2], &[1], &[2], vec![T::RolesExclude(roles(&[1])), T::RolesGone(roles(&[2]))]),
            (&[], &[2], &[2], vec![T::RolesGone(roles(&[2]))]),
        ];
        for (required, refused, gone, expected) in table {
            let gone = roles(gone).into_iter().collect();
            let found = check_rules(&settings(required, refused), &gone, NOW);
            assert_eq!(found, expected, "required {required:?}, refused {refused:?}, deleted {gone:?}");
        }
    }

    #[test]
    fn a_pause_is_found_while_it_lasts_and_a_zone_that_is_not_known_while_there_are_hours() {
        let mut paused = settings(&[], &[]);
        paused.pause.on = true;
        let later = Some(NOW + std::time::Duration::from_mins(1));
        for (until, expected) in [(None, true), (later, true), (Some(NOW), false)] {
            paused.pause.until = until;
            let found = check_rules(&paused, &BTreeSet::new(), NOW);
            assert_eq!(found == [RuleTrouble::Paused { until }], expected, "{until:?}");
            let mut server = ServerSettings::default();
            (server.pause.on, server.pause.until) = (true, until);
            let found = check_pause(&server.pause, NOW);
            assert_eq!(found == Some(RuleTrouble::ServerPaused { until }), expected, "{until:?}");
        }
        let stored = serde_json::json!({ "destination": "1", "hours": { "zone": "Atlantis/Capital", "week": "Mon 09:00-17:00" } });
        let lost: InboxSettings = serde_json::from_value(stored).unwrap();
        assert_eq!(check_rules(&lost, &BTreeSet::new(), NOW), [RuleTrouble::ZoneUnknown]);
    }

    proptest! {
        /// What is called broken is broken: no set of existing roles is admitted.
        #[test]
        fn nobody_is_admitted_exactly_if_it_is_found(
            required in prop::collection::btree_set(1..5_u64, 0..4),
            refused in prop::collection::btree_set(1..5_u64, 0..4),
            gone in prop::collection::btree_set(1..5_u64, 0..4),
        ) {
            let (required, refused): (Vec<u64>, Vec<u64>) = (required.into_iter().collect(), refused.into_iter().collect());
            let existing: Vec<u64> = (1..5).filter(|role| !gone.contains(role)).collect();
            let is_admitted = |has: &[u64]| {
                !has.iter().any(|role| refused.contains(role))
                    && (required.is_empty() || has.iter().any(|role| required.contains(role)))
            };
            let somebody = (0..1_u32 << existing.len()).any(|set| {
                let has: Vec<u64> =
                    existing.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0).map(|(_, role)| *role).collect();
                is_admitted(&has)
            });
            let gone = gone.into_iter().map(RoleId::new).collect();
            let found = check_rules(&settings(&required, &refused), &gone, NOW);
            let is_broken = found.iter().any(|trouble| trouble.severity() == Severity::Broken);
            prop_assert_eq!(is_broken, !somebody);
        }
    }
}
