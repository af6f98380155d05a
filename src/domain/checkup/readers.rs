//! Who could read a channel in which the bot writes about tickets, besides the staff of the inboxes concerned.

use crate::domain::ids::{GuildId, RoleId, UserId};
use crate::domain::permissions::{self, Holder, Overwrite, Permission, Permissions, Target};
use crate::domain::staff::StaffMember;

/// A channel, and everybody who may be able to read it.
#[derive(Debug, Clone, Copy)]
pub struct ChannelAccess<'a> {
    pub guild: GuildId,
    /// The permissions of @everyone.
    pub everyone: Permissions,
    /// All other roles.
    pub roles: &'a [(RoleId, Permissions)],
    pub overwrites: &'a [Overwrite],
    pub bot: UserId,
    /// The role that Discord made for the bot.
    pub bot_roles: &'a [RoleId],
}

/// What the bot writes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StaffChannel {
    Cards,
    Log,
}

impl StaffChannel {
    /// What the bot needs there.
    pub const fn needs(self) -> Permissions {
        match self {
            Self::Cards => permissions::CARD_NEEDS.union(permissions::DISCUSS_NEEDS),
            Self::Log => permissions::LOG_NEEDS,
        }
    }
}

/// What is wrong with such a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaffChannelTrouble {
    Gone,
    /// The bot needs this permission there.
    Lacks(Permission),
    /// So many lines wait until the bot may write there.
    Waiting(u64),
    ReadByEveryone,
    /// Readers who are not staff, roles first. Who has several roles may be staff all the same.
    ReadByOthers(Vec<StaffMember>),
}

/// Who can read the channel and is not staff; `None`: nobody. Who may change the settings is left out: they decide
/// about it.
pub fn outsiders(access: ChannelAccess<'_>, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
    who_has(Permissions::VIEW_CHANNEL, access, staff)
}

/// The same of the private threads in it: Manage Threads opens all of them (Discord: "Threads", permissions).
pub fn outsiders_in_threads(access: ChannelAccess<'_>, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
    who_has(Permissions::VIEW_CHANNEL | Permissions::MANAGE_THREADS, access, staff)
}

fn who_has(needed: Permissions, access: ChannelAccess<'_>, staff: &[StaffMember]) -> Option<StaffChannelTrouble> {
    let sees = |roles: &[(RoleId, Permissions)], user| {
        let holder =
            Holder { guild: access.guild, user, is_owner: false, timed_out: false, everyone: access.everyone, roles };
        permissions::effective(&holder, access.overwrites).contains(needed)
    };
    // No member has this id: only the overwrites of roles count.
    let nobody = UserId::new(0);
    if sees(&[], nobody) {
        return Some(StaffChannelTrouble::ReadByEveryone);
    }
    let is_outside = |member: &StaffMember| !staff.contains(member);
    let roles = access.roles.iter().filter(|(role, granted)| {
        *role != access.guild.everyone()
            && !access.bot_roles.contains(role)
            && !granted.contains(Permissions::ADMINISTRATOR)
            && !granted.contains(Permissions::MANAGE_GUILD)
            && sees(&[(*role, *granted)], nobody)
    });
    let roles = roles.map(|(role, _)| StaffMember::Role(*role)).filter(is_outside);
    let members = access.overwrites.iter().filter_map(|overwrite| match overwrite.target {
        Target::Member(user) if user != access.bot && sees(&[], user) => Some(StaffMember::Member(user)),
        _ => None,
    });
    let found: Vec<_> = roles.chain(members.filter(is_outside)).collect();
    if found.is_empty() { None } else { Some(StaffChannelTrouble::ReadByOthers(found)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: GuildId = GuildId::new(1);
    const BOT: UserId = UserId::new(2);
    const BOT_ROLE: RoleId = RoleId::new(3);
    const STAFF: RoleId = RoleId::new(4);
    const OTHERS: RoleId = RoleId::new(5);
    const ADMINS: RoleId = RoleId::new(6);
    const MANAGERS: RoleId = RoleId::new(9);
    const VIEW: Permissions = Permissions::VIEW_CHANNEL;

    fn allow(target: Target) -> Overwrite {
        Overwrite { target, allow: VIEW, deny: Permissions::NONE }
    }

    fn hide_from_everyone() -> Overwrite {
        Overwrite { target: Target::Role(GUILD.everyone()), allow: Permissions::NONE, deny: VIEW }
    }

    #[test]
    fn who_reads_a_channel_without_being_staff() {
        let staff_role = StaffMember::Role(STAFF);
        let (mona, anna) = (UserId::new(7), UserId::new(8));
        let staff = [staff_role, StaffMember::Member(mona)];
        let roles = [
            (GUILD.everyone(), VIEW),
            (STAFF, Permissions::NONE),
            (OTHERS, Permissions::NONE),
            (BOT_ROLE, Permissions::NONE),
            (ADMINS, Permissions::ADMINISTRATOR),
            (MANAGERS, Permissions::MANAGE_GUILD),
        ];
        let role = |role| allow(Target::Role(role));
        let member = |user| allow(Target::Member(user));
        let hidden = hide_from_everyone();
        let others = |found: &[StaffMember]| Some(StaffChannelTrouble::ReadByOthers(found.to_vec()));
        let table: [(&str, Vec<Overwrite>, Option<StaffChannelTrouble>); 9] = [
            ("an ordinary channel", vec![], Some(StaffChannelTrouble::ReadByEveryone)),
            ("hidden", vec![hidden], None),
            ("for everyone by an overwrite", vec![role(GUILD.everyone())], Some(StaffChannelTrouble::ReadByEveryone)),
            ("for the staff", vec![hidden, role(STAFF), member(mona)], None),
            ("for those who manage the server", vec![hidden, role(STAFF), role(MANAGERS)], None),
            ("for the bot", vec![hidden, role(BOT_ROLE), member(BOT)], None),
            ("for another role", vec![hidden, role(STAFF), role(OTHERS)], others(&[StaffMember::Role(OTHERS)])),
            ("for a member", vec![hidden, role(STAFF), member(anna)], others(&[StaffMember::Member(anna)])),
            (
                "for both",
                vec![member(anna), role(OTHERS), hidden],
                others(&[StaffMember::Role(OTHERS), StaffMember::Member(anna)]),
            ),
        ];
        for (what, overwrites, expected) in table {
            let access = ChannelAccess {
                guild: GUILD,
                everyone: VIEW,
                roles: &roles,
                overwrites: &overwrites,
                bot: BOT,
                bot_roles: &[BOT_ROLE],
            };
            assert_eq!(outsiders(access, &staff), expected, "{what}");
        }
    }

    #[test]
    fn who_reads_private_threads_without_being_staff() {
        let manage = Permissions::MANAGE_THREADS;
        let roles = [(STAFF, manage), (OTHERS, manage), (MANAGERS, manage | Permissions::MANAGE_GUILD)];
        let overwrite = |target, allow, deny| Overwrite { target, allow, deny };
        let anna = Target::Member(UserId::new(8));
        let none = Permissions::NONE;
        let others = |found: &[StaffMember]| Some(StaffChannelTrouble::ReadByOthers(found.to_vec()));
        let role = StaffMember::Role(OTHERS);
        let table: [(Vec<Overwrite>, Option<StaffChannelTrouble>); 5] = [
            (vec![], others(&[role])),
            (vec![overwrite(Target::Role(OTHERS), none, manage)], None),
            (vec![overwrite(Target::Role(OTHERS), none, VIEW)], None),
            (vec![overwrite(anna, manage, none)], others(&[role, StaffMember::Member(UserId::new(8))])),
            (vec![overwrite(Target::Role(GUILD.everyone()), manage, none)], Some(StaffChannelTrouble::ReadByEveryone)),
        ];
        for (overwrites, expected) in table {
            let access = ChannelAccess {
                guild: GUILD,
                everyone: VIEW,
                roles: &roles,
                overwrites: &overwrites,
                bot: BOT,
                bot_roles: &[],
            };
            assert_eq!(outsiders_in_threads(access, &[StaffMember::Role(STAFF)]), expected, "{overwrites:?}");
        }
    }

    #[test]
    fn in_a_server_that_hides_its_channels_a_role_that_sees_all_of_them_is_named() {
        let roles = [(OTHERS, VIEW), (STAFF, VIEW)];
        let access = ChannelAccess {
            guild: GUILD,
            everyone: Permissions::NONE,
            roles: &roles,
            overwrites: &[],
            bot: BOT,
            bot_roles: &[],
        };
        let found = outsiders(access, &[StaffMember::Role(STAFF)]);
        assert_eq!(found, Some(StaffChannelTrouble::ReadByOthers(vec![StaffMember::Role(OTHERS)])));
        assert_eq!(outsiders(access, &[StaffMember::Role(STAFF), StaffMember::Role(OTHERS)]), None);
    }
}
