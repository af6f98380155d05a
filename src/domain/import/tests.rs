use super::*;

const GUILD: i64 = 1_323_984_066_969_600_001;
const CHANNEL: i64 = 1_325_071_230_566_400_001;
const MESSAGE: i64 = 1_327_607_945_625_600_001;
const THREAD: i64 = 1_331_231_824_281_600_001;
const OWNER: i64 = 1_325_433_618_432_000_003;

fn inbox() -> SourceInbox {
    SourceInbox { message: MESSAGE, channel: Some(CHANNEL), guild: Some(GUILD), limit: 1, ..SourceInbox::default() }
}

fn ticket() -> SourceTicket {
    SourceTicket { thread: THREAD, guild: Some(GUILD), inbox: Some(MESSAGE), owner: Some(OWNER) }
}

fn plan_of(inboxes: Vec<SourceInbox>, tickets: Vec<SourceTicket>) -> Plan {
    plan(&Found { schema: NEWEST_SCHEMA, inboxes, tickets, ghosts: 0 })
}

fn troubles(plan: &Plan) -> Vec<Trouble> {
    plan.remarks.iter().map(|remark| remark.what).collect()
}

#[test]
fn an_inbox_and_its_ticket_come_over_with_what_theticketbot_means_by_empty() {
    let plan = plan_of(vec![inbox()], vec![ticket()]);

    let [inbox] = &plan.inboxes[..] else { panic!("{plan:?}") };
    assert_eq!(inbox.settings.destination, inbox.channel);
    assert_eq!(inbox.settings.beginning.starter.as_deref(), Some("$author $staff"));
    assert_eq!(inbox.settings.beginning.ticket_name, None);
    assert_eq!((inbox.counter, inbox.settings.opening.member_limit), (0, 1));
    let [ticket] = &plan.tickets[..] else { panic!("{plan:?}") };
    assert_eq!((ticket.inbox, ticket.parent), (Some(inbox.message), inbox.settings.destination));
    assert_eq!(plan.remarks, []);
}

#[test]
fn texts_numbers_and_staff_come_over_as_they_are() {
    let found = SourceInbox {
        destination: Some(7),
        starter: "Hello $author".to_owned(),
        ticket_name: "#$counter".to_owned(),
        counter: 12,
        limit: 3,
        staff: ["<@&9>", "<@8>", "<@!8>", "<@7>"].map(str::to_owned).to_vec(),
        ..inbox()
    };

    let plan = plan_of(vec![found], vec![]);

    let inbox = &plan.inboxes[0];
    assert_eq!(inbox.settings.destination, ChannelId::new(7));
    let beginning = &inbox.settings.beginning;
    assert_eq!(
        (beginning.starter.as_deref(), beginning.ticket_name.as_deref()),
        (Some("Hello $author"), Some("#$counter"))
    );
    assert_eq!((inbox.counter, inbox.settings.opening.member_limit), (12, 3));
    let staff: Vec<String> = inbox.staff.iter().map(ToString::to_string).collect();
    assert_eq!(staff, ["<@&9>", "<@8>", "<@7>"]);
}

#[test]
fn before_schema_4_a_name_says_author_otherwise() {
    let table = [
        (3, "$name", "$author"),
        (3, "${name}s $names", "${author}s $names"),
        (3, "$$name costs 5$", "$$name costs 5$$"),
        (4, "$name", "$name"),
    ];
    for (schema, before, after) in table {
        let inboxes = vec![SourceInbox { ticket_name: before.to_owned(), ..inbox() }];
        let plan = plan(&Found { schema, inboxes, ..Found::default() });
        assert_eq!(
            plan.inboxes[0].settings.beginning.ticket_name.as_deref(),
            Some(after),
            "{before:?} of schema {schema}"
        );
    }
}

#[test]
fn everyone_and_what_is_no_mention_do_not_become_staff() {
    let staff = vec![format!("<@&{GUILD}>"), "@everyone".to_owned(), format!("<@{GUILD}>")];

    let plan = plan_of(vec![SourceInbox { staff, ..inbox() }], vec![]);

    assert_eq!(plan.inboxes[0].staff, [StaffMember::Member(UserId::new(GUILD.unsigned_abs()))]);
    assert_eq!(troubles(&plan), [Trouble::Everyone, Trouble::NoMention]);
}

#[test]
fn what_cannot_be_used_is_left_out_with_its_reason() {
    for (found, why) in [
        (SourceInbox { message: 0, ..inbox() }, Trouble::NoId),
        (SourceInbox { message: -5, ..inbox() }, Trouble::NoId),
        (SourceInbox { channel: None, ..inbox() }, Trouble::NoPlace),
        (SourceInbox { guild: None, ..inbox() }, Trouble::NoPlace),
        (SourceInbox { guild: Some(0), ..inbox() }, Trouble::NoPlace),
    ] {
        let plan = plan_of(vec![found.clone()], vec![]);
        assert_eq!((plan.inboxes.len(), troubles(&plan)), (0, vec![why]), "{found:?}");
        assert!(why.leaves_out());
    }
    for (found, why) in [
        (SourceTicket { thread: 0, ..ticket() }, Trouble::NoId),
        (SourceTicket { owner: None, ..ticket() }, Trouble::NoOwner),
        (SourceTicket { guild: None, inbox: None, ..ticket() }, Trouble::NoPlace),
    ] {
        let plan = plan_of(vec![inbox()], vec![found.clone()]);
        assert_eq!((plan.tickets.len(), troubles(&plan)), (0, vec![why]), "{found:?}");
    }
}

#[test]
fn a_ticket_without_its_inbox_comes_over_without_one() {
    let elsewhere = SourceInbox { guild: Some(GUILD + 1), ..inbox() };
    for (inboxes, inbox) in [(vec![], None), (vec![], Some(MESSAGE)), (vec![elsewhere], Some(MESSAGE))] {
        let plan = plan_of(inboxes, vec![SourceTicket { inbox, ..ticket() }]);

        let [ticket] = &plan.tickets[..] else { panic!("{plan:?}") };
        assert_eq!((ticket.inbox, ticket.parent), (None, ticket.thread.as_channel()));
        assert_eq!(troubles(&plan), [Trouble::NoInbox]);
        assert!(!Trouble::NoInbox.leaves_out());
    }
}

#[test]
fn a_ticket_whose_server_is_not_recorded_belongs_to_that_of_its_inbox() {
    let plan = plan_of(vec![inbox()], vec![SourceTicket { guild: None, ..ticket() }]);

    assert_eq!(plan.tickets[0].guild, plan.inboxes[0].guild);
    assert_eq!(plan.remarks, []);
}

#[test]
fn numbers_that_somebody_typed_are_brought_into_range() {
    let found = SourceInbox { counter: -1, limit: i64::MAX, ..inbox() };

    let plan = plan_of(vec![found], vec![]);

    assert_eq!((plan.inboxes[0].counter, plan.inboxes[0].settings.opening.member_limit), (0, u32::MAX));
}

#[test]
fn texts_beyond_discords_limits_are_cut_and_told() {
    let found = SourceInbox { starter: "x".repeat(2001), ticket_name: " ".repeat(101), ..inbox() };

    let plan = plan_of(vec![found], vec![]);

    assert_eq!(plan.inboxes[0].settings.beginning.starter.as_ref().map(String::len), Some(2000));
    assert_eq!(plan.inboxes[0].settings.beginning.ticket_name, None);
    assert_eq!(troubles(&plan), [Trouble::TextCut]);
}
