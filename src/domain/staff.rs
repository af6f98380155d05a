//! The staff of an inbox: members and roles, their mentions, and the difference between two lists.
//!
//! `storage` and `inboxes` store and edit staff; `starter` decides who is mentioned in a ticket.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::ids::{GuildId, RoleId, UserId};
use super::permissions::{Overwrite, Permissions, Target};

/// A role or a member. Roles sort before members, each by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffMember {
    Role(RoleId),
    Member(UserId),
}

/// The text is not `<@1>`, `<@!1>` or `<@&1>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a mention of a member or role")]
pub struct ParseMentionError;

impl fmt::Display for StaffMember {
    /// The mention, as Discord reads it in a message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => write!(f, "<@&{role}>"),
            Self::Member(user) => write!(f, "<@{user}>"),
        }
    }
}

impl FromStr for StaffMember {
    type Err = ParseMentionError;

    fn from_str(text: &str) -> Result<Self, ParseMentionError> {
        let inner = text.strip_prefix("<@").and_then(|rest| rest.strip_suffix('>')).ok_or(ParseMentionError)?;
        if let Some(role) = inner.strip_prefix('&') {
            return role.parse().map(Self::Role).map_err(|_| ParseMentionError);
        }
        // Clients used to write members with a nickname as `<@!1>`; Discord still accepts it.
        inner.strip_prefix('!').unwrap_or(inner).parse().map(Self::Member).map_err(|_| ParseMentionError)
    }
}

/// The difference between two lists of staff.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diff {
    pub added: Vec<StaffMember>,
    pub removed: Vec<StaffMember>,
}

impl Diff {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }
}

/// Compares two lists as sets: order and duplicates do not count.
pub fn diff(old: &[StaffMember], new: &[StaffMember]) -> Diff {
    let old: BTreeSet<_> = old.iter().copied().collect();
    let new: BTreeSet<_> = new.iter().copied().collect();
    Diff { added: new.difference(&old).copied().collect(), removed: old.difference(&new).copied().collect() }
}

/// The staff of a new inbox: everyone to whom an overwrite of the destination grants Manage Threads; roles first, each
/// by id, independent of Discord's order.
///
/// Never the bot itself, one of `bot_roles` (its managed role has Manage Threads because the invite asks for it) or
/// @everyone, who would be mentioned in each ticket.
pub fn default_staff(overwrites: &[Overwrite], guild: GuildId, bot: UserId, bot_roles: &[RoleId]) -> Vec<StaffMember> {
    let staff: BTreeSet<_> = overwrites
        .iter()
        .filter(|overwrite| overwrite.allow.contains(Permissions::MANAGE_THREADS))
        .filter_map(|overwrite| match overwrite.target {
            Target::Role(role) if role == guild.everyone() || bot_roles.contains(&role) => None,
            Target::Role(role) => Some(StaffMember::Role(role)),
            Target::Member(user) if user == bot => None,
            Target::Member(user) => Some(StaffMember::Member(user)),
        })
        .collect();
    staff.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn role(id: u64) -> StaffMember {
        StaffMember::Role(RoleId::new(id))
    }

    fn member(id: u64) -> StaffMember {
        StaffMember::Member(UserId::new(id))
    }

    fn any_staff() -> impl Strategy<Value = StaffMember> {
        prop_oneof![(1..20_u64).prop_map(role), (1..20_u64).prop_map(member)]
    }

    #[test]
    fn mentions_are_read_in_all_their_spellings() {
        let table = [
            ("<@1>", Ok(member(1))),
            ("<@!1>", Ok(member(1))),
            ("<@&1>", Ok(role(1))),
            ("<@>", Err(ParseMentionError)),
            ("<@&!1>", Err(ParseMentionError)),
            ("<@!!1>", Err(ParseMentionError)),
            ("<@0>", Err(ParseMentionError)),
            ("<@-1>", Err(ParseMentionError)),
            ("<@1", Err(ParseMentionError)),
            ("<#1>", Err(ParseMentionError)),
            (" <@1>", Err(ParseMentionError)),
            ("@everyone", Err(ParseMentionError)),
        ];
        for (text, parsed) in table {
            assert_eq!(text.parse::<StaffMember>(), parsed, "{text:?}");
        }
    }

    #[test]
    fn default_staff_are_those_with_an_explicit_manage_threads() {
        let (guild, bot, bot_role) = (GuildId::new(1), UserId::new(9), RoleId::new(8));
        let allow = |target| Overwrite { target, allow: Permissions::MANAGE_THREADS, deny: Permissions::NONE };
        let deny = |target| Overwrite { target, allow: Permissions::NONE, deny: Permissions::MANAGE_THREADS };
        let overwrites = [
            allow(Target::Member(UserId::new(5))),
            allow(Target::Role(RoleId::new(4))),
            allow(Target::Role(guild.everyone())),
            allow(Target::Role(bot_role)),
            allow(Target::Member(bot)),
            deny(Target::Role(RoleId::new(6))),
            // A member is not a role, even with the same id.
            allow(Target::Member(UserId::new(8))),
            allow(Target::Role(RoleId::new(3))),
            allow(Target::Role(RoleId::new(3))),
        ];
        let staff = default_staff(&overwrites, guild, bot, &[bot_role]);
        assert_eq!(staff, [role(3), role(4), member(5), member(8)]);
    }

    proptest! {
        #[test]
        fn a_mention_reads_back_as_it_is_shown(id in 1..=u64::MAX) {
            prop_assert_eq!(role(id).to_string().parse(), Ok(role(id)));
            prop_assert_eq!(member(id).to_string().parse(), Ok(member(id)));
        }

        #[test]
        fn any_text_is_a_mention_or_none_and_names_one_id(text in r"<?@?[!&]?(\PC{0,30}|[0-9]{1,21})>?|(?s).{0,20}") {
            if let Ok(member) = text.parse::<StaffMember>() {
                prop_assert_eq!(member.to_string().parse(), Ok(member));
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let number: u64 = digits.parse().unwrap();
                prop_assert!(member == role(number) || member == super::tests::member(number));
            }
        }

        #[test]
        fn default_staff_are_few_sorted_and_never_the_bot_or_everybody(
            overwrites in prop::collection::vec((any::<bool>(), 1..8_u64, any::<u64>(), any::<u64>()), 0..12),
        ) {
            let (guild, bot, bot_role) = (GuildId::new(1), UserId::new(2), RoleId::new(3));
            let overwrites: Vec<_> = overwrites.into_iter().map(|(is_role, id, allow, deny)| Overwrite {
                target: if is_role { Target::Role(RoleId::new(id)) } else { Target::Member(UserId::new(id)) },
                allow: Permissions::from_bits(allow),
                deny: Permissions::from_bits(deny),
            }).collect();
            let staff = default_staff(&overwrites, guild, bot, &[bot_role]);
            let reversed: Vec<_> = overwrites.iter().rev().copied().collect();
            prop_assert_eq!(&staff, &default_staff(&reversed, guild, bot, &[bot_role]));
            prop_assert!(staff.is_sorted() && staff.windows(2).all(|two| two[0] != two[1]));
            for never in [role(1), role(3), super::tests::member(2)] {
                prop_assert!(!staff.contains(&never));
            }
            for one in &staff {
                let grants = overwrites.iter().any(|overwrite| {
                    let is_theirs = match overwrite.target {
                        Target::Role(id) => StaffMember::Role(id) == *one,
                        Target::Member(id) => StaffMember::Member(id) == *one,
                    };
                    is_theirs && overwrite.allow.contains(Permissions::MANAGE_THREADS)
                });
                prop_assert!(grants, "{} was not granted it", one);
            }
        }

        #[test]
        fn a_diff_turns_the_old_list_into_the_new(
            old in prop::collection::vec(any_staff(), 0..12),
            new in prop::collection::vec(any_staff(), 0..12),
        ) {
            let Diff { added, removed } = diff(&old, &new);
            let mut result: BTreeSet<_> = old.iter().copied().collect();
            for gone in &removed {
                prop_assert!(result.remove(gone));
            }
            for come in &added {
                prop_assert!(result.insert(*come));
            }
            prop_assert_eq!(result, new.iter().copied().collect::<BTreeSet<_>>());
            let back = diff(&new, &old);
            prop_assert_eq!((back.added, back.removed), (removed, added));
            prop_assert!(diff(&old, &old).is_empty());
        }
    }
}
