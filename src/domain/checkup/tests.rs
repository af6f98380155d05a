//! Facts and their findings.

use super::*;
use crate::domain::ids::{GuildId, ThreadId};

const INBOX: ChannelId = ChannelId::new(10);
const TICKETS: ChannelId = ChannelId::new(20);
const ROLE: RoleId = RoleId::new(30);
const USER: UserId = UserId::new(40);

const ALL_NEEDED: Permissions =
    permissions::INVITE.union(permissions::OPTIONAL).union(Permissions::READ_MESSAGE_HISTORY);

fn seen(bot: Permissions) -> Sight {
    Sight::Seen { bot, allows_private_threads: true }
}

fn inbox(id: i64) -> InboxFacts {
    InboxFacts {
        id: InboxId::new(id),
        channel: INBOX,
        destination: TICKETS,
        panel: Panel::Stands,
        is_first_on_panel: true,
        is_panel_stale: false,
        is_emoji_refused: false,
        form_needs: Permissions::NONE,
        staff: vec![StaffMember::Role(ROLE)],
        blind: BTreeSet::new(),
    }
}

/// A guild with one inbox and no findings.
fn fine() -> GuildFacts {
    GuildFacts {
        granted: permissions::INVITE,
        is_timed_out: false,
        lacks_two_factor: false,
        channels: BTreeMap::from([(INBOX, seen(ALL_NEEDED)), (TICKETS, seen(ALL_NEEDED))]),
        roles: BTreeMap::from([(ROLE, false)]),
        large_roles: BTreeSet::new(),
        left: BTreeSet::new(),
        unasked: 0,
        hidden: Vec::new(),
        inboxes: vec![inbox(1)],
    }
}

fn found_in_inbox(change: impl FnOnce(&mut GuildFacts)) -> Vec<Finding> {
    let mut facts = fine();
    change(&mut facts);
    let checkup = check_guild(&facts);
    assert_eq!(checkup.guild, [], "about the guild");
    checkup.inboxes.into_iter().next().expect("an inbox").1
}

fn found_in_guild(change: impl FnOnce(&mut GuildFacts)) -> Vec<Finding> {
    let mut facts = fine();
    change(&mut facts);
    check_guild(&facts).guild
}

#[test]
fn where_nothing_is_wrong_nothing_is_found() {
    assert_eq!(check_guild(&fine()).findings().next(), None);
}

#[test]
fn each_missing_permission_is_a_finding_of_its_own_in_the_channel_that_needs_it() {
    let table = [
        (INBOX, Use::Inbox, Permission::ViewChannel, Severity::Broken),
        (INBOX, Use::Inbox, Permission::SendMessages, Severity::Broken),
        (INBOX, Use::Inbox, Permission::EmbedLinks, Severity::Broken),
        (INBOX, Use::Inbox, Permission::AttachFiles, Severity::Broken),
        (TICKETS, Use::Tickets, Permission::ViewChannel, Severity::Broken),
        (TICKETS, Use::Tickets, Permission::CreatePrivateThreads, Severity::Broken),
        (TICKETS, Use::Tickets, Permission::SendMessagesInThreads, Severity::Broken),
        (TICKETS, Use::Tickets, Permission::ManageThreads, Severity::Note),
    ];
    for (channel, usage, permission, severity) in table {
        let found = found_in_inbox(|facts| {
            facts.channels.insert(channel, seen(ALL_NEEDED & !permission.as_set()));
        });
        assert_eq!(found, [Finding::Lacks { channel, usage, permission }]);
        assert_eq!(found[0].severity(), severity, "{permission:?}");
    }
}

#[test]
fn attach_files_is_missed_where_tickets_go_only_if_a_form_asks_for_a_file() {
    for (kind, is_missed) in [("file", true), ("short", false)] {
        let kind = Kind::new(kind, Vec::new()).expect("a kind");
        let question = Question { key: "q".to_owned(), label: "Q".to_owned(), help: None, required: true, kind };
        let needs = form_needs(std::slice::from_ref(&question));
        let found = found_in_inbox(|facts| {
            facts.inboxes[0].form_needs = needs;
            facts.channels.insert(TICKETS, seen(ALL_NEEDED & !Permissions::ATTACH_FILES));
        });
        let lacks = Finding::Lacks { channel: TICKETS, usage: Use::Form, permission: Permission::AttachFiles };
        assert_eq!(found, if is_missed { vec![lacks] } else { Vec::new() }, "{question:?}");
    }
    let hidden = found_in_inbox(|facts| {
        facts.inboxes[0].form_needs = Permissions::ATTACH_FILES;
        facts.channels.insert(TICKETS, Sight::Hidden);
    });
    assert_eq!(hidden, [super::hidden(TICKETS, Use::Tickets)], "nothing else is known of a hidden channel");
}

#[test]
fn a_permission_that_the_other_channel_needs_is_not_missed_in_this_one() {
    for (channel, permission) in [
        (INBOX, Permission::CreatePrivateThreads),
        (INBOX, Permission::ManageThreads),
        (INBOX, Permission::SendMessagesInThreads),
        (TICKETS, Permission::SendMessages),
        (TICKETS, Permission::EmbedLinks),
        (TICKETS, Permission::ReadMessageHistory),
    ] {
        let found = found_in_inbox(|facts| {
            facts.channels.insert(channel, seen(ALL_NEEDED & !permission.as_set()));
        });
        assert_eq!(found, [], "{permission:?}");
    }
}

#[test]
fn what_is_gone_is_told_apart_from_what_nobody_knows() {
    let uncertain = |channel| Finding::Uncertain { channel };
    let table = [
        (INBOX, Sight::Gone, Finding::InboxChannelGone),
        (INBOX, Sight::Unknown, uncertain(INBOX)),
        (TICKETS, Sight::Gone, Finding::DestinationGone),
        (TICKETS, Sight::Unknown, uncertain(TICKETS)),
        (
            TICKETS,
            Sight::Seen { bot: ALL_NEEDED, allows_private_threads: false },
            Finding::NoPrivateThreads { channel: TICKETS },
        ),
    ];
    for (channel, sight, expected) in table {
        let found = found_in_inbox(|facts| {
            facts.channels.insert(channel, sight);
        });
        assert_eq!(found, [expected]);
    }
}

#[test]
fn a_channel_that_the_bot_may_not_view_is_told_as_that_permission_and_never_as_gone() {
    let lacks = |channel, usage| Finding::Lacks { channel, usage, permission: Permission::ViewChannel };
    for (channel, usage) in [(INBOX, Use::Inbox), (TICKETS, Use::Tickets)] {
        let found = found_in_inbox(|facts| {
            facts.channels.insert(channel, Sight::Hidden);
            // The hidden message has the same cause, so it is no finding of its own.
            facts.inboxes[0].panel = if channel == INBOX { Panel::Unknown } else { Panel::Stands };
        });
        assert_eq!(found, [lacks(channel, usage)]);
        assert_eq!(found[0].severity(), Severity::Broken);
    }

    let found = found_in_inbox(|facts| {
        facts.channels.insert(INBOX, Sight::Hidden);
        facts.inboxes[0].panel = Panel::Gone;
    });
    assert_eq!(found, [Finding::PanelGone { channel: INBOX }, lacks(INBOX, Use::Inbox)], "deleted while it was seen");
}

#[test]
fn a_bot_in_time_out_and_one_without_two_factor_authentication_are_found_for_the_whole_server() {
    let found = found_in_guild(|facts| facts.is_timed_out = true);
    assert_eq!(found, [Finding::TimedOut]);
    assert_eq!(found[0].severity(), Severity::Broken);

    let found = found_in_guild(|facts| facts.lacks_two_factor = true);
    assert_eq!(found, [Finding::NoTwoFactor]);
    assert_eq!(found[0].severity(), Severity::Risk);
}

#[test]
fn where_the_bot_may_not_manage_threads_two_factor_authentication_takes_nothing_from_it() {
    let found = found_in_guild(|facts| {
        facts.lacks_two_factor = true;
        for sight in facts.channels.values_mut() {
            *sight = seen(ALL_NEEDED & !Permissions::MANAGE_THREADS);
        }
    });
    assert_eq!(found, []);
}

#[test]
fn an_inbox_whose_message_and_tickets_share_a_lost_channel_is_told_of_it_once() {
    let found = found_in_inbox(|facts| {
        facts.inboxes[0].destination = INBOX;
        facts.channels.insert(INBOX, Sight::Unknown);
    });
    assert_eq!(found, [Finding::Uncertain { channel: INBOX }]);
}

#[test]
fn a_message_is_gone_only_when_that_is_known() {
    let table = [
        (Panel::Stands, None),
        (Panel::Unasked, None),
        (Panel::Gone, Some(Finding::PanelGone { channel: INBOX })),
        (Panel::Foreign, Some(Finding::PanelForeign { channel: INBOX })),
        (Panel::Unreadable, Some(Finding::PanelUnreadable { channel: INBOX })),
        (Panel::Unknown, Some(Finding::Uncertain { channel: INBOX })),
    ];
    for (panel, expected) in table {
        let found = found_in_inbox(|facts| facts.inboxes[0].panel = panel);
        assert_eq!(found, Vec::from_iter(expected), "{panel:?}");
    }
}

#[test]
fn staff_who_are_gone_are_named_and_an_inbox_that_nobody_is_left_of_is_broken() {
    let (role, user) = (StaffMember::Role(ROLE), StaffMember::Member(USER));
    let found = found_in_inbox(|facts| {
        facts.inboxes[0].staff = vec![role, user];
        facts.left.insert(USER);
    });
    assert_eq!(found, [Finding::MembersLeft(vec![user])]);

    let found = found_in_inbox(|facts| {
        facts.inboxes[0].staff = vec![role, user];
        facts.roles.clear();
    });
    assert_eq!(found, [Finding::RolesGone(vec![role])]);

    let found = found_in_inbox(|facts| {
        facts.inboxes[0].staff = vec![role, user];
        facts.roles.clear();
        facts.left.insert(USER);
    });
    assert_eq!(found, [Finding::StaffAllGone, Finding::RolesGone(vec![role]), Finding::MembersLeft(vec![user])]);

    assert_eq!(found_in_inbox(|facts| facts.inboxes[0].staff.clear()), [Finding::NoStaff]);
}

#[test]
fn a_role_that_cannot_be_mentioned_or_cannot_see_its_tickets_is_a_risk() {
    let roles = vec![StaffMember::Role(ROLE)];
    let mute = seen(ALL_NEEDED & !Permissions::MENTION_EVERYONE);
    let found = found_in_inbox(|facts| _ = facts.channels.insert(TICKETS, mute));
    assert_eq!(found, [Finding::RolesNotMentionable { channel: TICKETS, roles: roles.clone() }]);

    let mentionable = found_in_inbox(|facts| {
        facts.channels.insert(TICKETS, mute);
        facts.roles.insert(ROLE, true);
    });
    assert_eq!(mentionable, []);

    let blind = found_in_inbox(|facts| _ = facts.inboxes[0].blind.insert(ROLE));
    assert_eq!(blind, [Finding::RolesBlind { channel: TICKETS, roles }]);
}

#[test]
fn a_staff_role_that_is_too_large_to_be_added_is_a_risk_and_other_roles_are_nobodys_concern() {
    let found = found_in_inbox(|facts| facts.large_roles = BTreeSet::from([ROLE, RoleId::new(31)]));
    assert_eq!(found, [Finding::RolesLarge(vec![StaffMember::Role(ROLE)])]);
    assert_eq!(found[0].severity(), Severity::Risk);
}

#[test]
fn inboxes_with_different_staff_in_one_channel_are_named_together() {
    let second =
        |staff: Vec<StaffMember>| move |facts: &mut GuildFacts| facts.inboxes.push(InboxFacts { staff, ..inbox(2) });
    let (role, user) = (StaffMember::Role(ROLE), StaffMember::Member(USER));
    let shared = Finding::SharedChannel { channel: TICKETS, inboxes: vec![InboxId::new(1), InboxId::new(2)] };

    assert_eq!(found_in_guild(second(vec![role, role])), [], "the same staff");
    assert_eq!(found_in_guild(second(vec![user])), std::slice::from_ref(&shared));
    assert_eq!(found_in_guild(second(Vec::new())), [shared]);
    let elsewhere = found_in_guild(|facts| {
        facts.inboxes.push(InboxFacts { staff: vec![user], destination: INBOX, ..inbox(2) });
    });
    assert_eq!(elsewhere, [], "another channel");
}

#[test]
fn permissions_beyond_need_are_named_and_administrator_is_a_risk() {
    let found =
        found_in_guild(|facts| facts.granted = ALL_NEEDED | Permissions::ADMINISTRATOR | Permissions::BAN_MEMBERS);
    assert_eq!(found, [Finding::Administrator]);
    assert_eq!(found[0].severity(), Severity::Risk);

    let found = found_in_guild(|facts| {
        facts.granted = ALL_NEEDED | Permissions::MANAGE_ROLES | Permissions::MANAGE_GUILD | Permissions::from_bits(1);
    });
    assert_eq!(found, [Finding::Excess(vec![Permission::ManageGuild, Permission::ManageRoles])]);
    assert_eq!(found[0].severity(), Severity::Note);
}

#[test]
fn nothing_that_the_bot_uses_is_called_harmful() {
    let used = permissions::INVITE | permissions::OPTIONAL | Permissions::READ_MESSAGE_HISTORY;
    assert_eq!(HARMFUL & used, Permissions::NONE);
}

#[test]
fn an_administrator_lacks_nothing() {
    let found = found_in_inbox(|facts| {
        facts.channels.insert(INBOX, seen(Permissions::ADMINISTRATOR));
        facts.channels.insert(TICKETS, seen(Permissions::ADMINISTRATOR));
    });
    assert_eq!(found, []);
}

#[test]
fn the_intents_are_compared_with_what_discord_allows() {
    let portal = |allows_members| PortalFacts {
        has_interactions_endpoint: false,
        requires_code_grant: false,
        allows_members,
        allows_content: false,
    };
    let facts =
        |members, allowed: Option<bool>| IntentFacts { members, guild_messages: true, portal: allowed.map(portal) };
    let table = [
        (facts(true, Some(true)), None),
        (facts(true, None), None),
        (facts(true, Some(false)), Some(Finding::MembersIntentRefused)),
        (facts(false, Some(false)), Some(Finding::MembersIntentOff)),
        (facts(false, Some(true)), Some(Finding::MembersIntentOff)),
    ];
    for (facts, expected) in table {
        assert_eq!(check_intents(facts), Vec::from_iter(expected), "{facts:?}");
    }
    let silent = IntentFacts { guild_messages: false, ..facts(true, Some(true)) };
    assert_eq!(check_intents(silent), [Finding::MessagesIntentOff]);
    let portal = PortalFacts { has_interactions_endpoint: true, requires_code_grant: true, ..portal(true) };
    let unreachable = IntentFacts { portal: Some(portal), ..facts(true, None) };
    assert_eq!(check_intents(unreachable), [Finding::InteractionsEndpoint, Finding::CodeGrant]);
    assert!(check_intents(unreachable).iter().all(|finding| finding.severity() == Severity::Broken));
}

#[test]
fn without_the_content_intent_exports_lack_texts() {
    let portal = |allows_content| PortalFacts {
        has_interactions_endpoint: false,
        requires_code_grant: false,
        allows_members: true,
        allows_content,
    };
    assert_eq!(check_content(Some(portal(false))), Some(Finding::ContentIntentOff));
    assert_eq!(Finding::ContentIntentOff.severity(), Severity::Note);
    assert_eq!(check_content(Some(portal(true))), None);
    assert_eq!(check_content(None), None, "Discord did not say");
}

#[test]
fn the_worst_comes_first_and_everything_is_counted() {
    let mut facts = fine();
    facts.unasked = 3;
    facts.granted = Permissions::ADMINISTRATOR;
    facts.roles.clear();
    facts.channels.insert(TICKETS, seen(ALL_NEEDED & !Permissions::MANAGE_THREADS));
    facts.inboxes[0].panel = Panel::Gone;
    facts.inboxes[0].staff.push(StaffMember::Member(USER));

    let checkup = check_guild(&facts);

    assert_eq!(checkup.guild, [Finding::Administrator, Finding::Unasked(3)]);
    let severities: Vec<_> = checkup.inboxes[0].1.iter().map(Finding::severity).collect();
    assert_eq!(severities, [Severity::Broken, Severity::Risk, Severity::Note]);
    let counts = [Severity::Broken, Severity::Risk, Severity::Note].map(|severity| checkup.count(severity));
    assert_eq!(counts, [1, 2, 2]);
}

#[test]
fn tickets_out_of_sight_are_told_with_their_inbox_and_those_of_deleted_inboxes_with_the_guild() {
    let hidden = |inbox: Option<i64>, thread| HiddenTickets {
        guild: GuildId::new(1),
        inbox: inbox.map(InboxId::new),
        threads: vec![ThreadId::new(thread)],
    };
    let facts = GuildFacts { hidden: vec![hidden(Some(1), 7), hidden(None, 8)], ..fine() };

    let checkup = check_guild(&facts);

    assert_eq!(checkup.guild, [Finding::TicketsHidden(hidden(None, 8))]);
    assert_eq!(checkup.inboxes[0].1, [Finding::TicketsHidden(hidden(Some(1), 7))]);
}
