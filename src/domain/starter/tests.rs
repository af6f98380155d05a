use proptest::prelude::*;

use super::*;

const AUTHOR: UserId = UserId::new(111_111_111_111_111_111);
const MENTION: &str = "<@111111111111111111>";

fn role(id: u64) -> StaffMember {
    StaffMember::Role(RoleId::new(id))
}

fn member(id: u64) -> StaffMember {
    StaffMember::Member(UserId::new(id))
}

fn render(template: &str, staff: &[StaffMember]) -> Starter {
    Starter::render(template, AUTHOR, staff, None, &Values::NONE)
}

#[test]
fn author_and_staff_are_mentioned_where_the_template_says() {
    let starter = render("Hi $author, ask ${staff}. It costs $$5, $nobody.", &[role(2), member(3)]);
    assert_eq!(starter.content, format!("Hi {MENTION}, ask <@&2> <@3>. It costs $5, $nobody."));
    assert!(starter.brings_author);
    assert_eq!(starter.users, [AUTHOR, UserId::new(3)]);
    assert_eq!(starter.roles, [RoleId::new(2)]);
    assert_eq!(starter.left_out, []);
}

#[test]
fn a_blank_template_is_replaced() {
    for blank in ["", "  \n", "\u{200b}", "\u{3164}"] {
        assert_eq!(render(blank, &[role(2)]).content, format!("{MENTION} <@&2>"), "{blank:?}");
        let starter = Starter::render(blank, AUTHOR, &[role(2)], Some("Hallo $author"), &Values::NONE);
        assert_eq!(starter.content, format!("Hallo {MENTION}"));
    }
}

#[test]
fn a_template_that_comes_to_nothing_is_replaced() {
    assert_eq!(render("$staff", &[]).content, MENTION);
    assert_eq!(render(" $staff \u{200b}", &[]).content, MENTION);
}

#[test]
fn without_a_placeholder_the_author_is_neither_brought_nor_notified() {
    let starter = render("Hello $staff", &[role(2)]);
    assert!(!starter.brings_author);
    assert_eq!(starter.users, []);
}

#[test]
fn mentions_typed_into_the_template_notify_staff_only() {
    let starter = render("@everyone @here <@&9> <@8> <@&2> <@3> $author", &[role(2), member(3)]);
    assert_eq!(starter.users, [AUTHOR, UserId::new(3)]);
    assert_eq!(starter.roles, [RoleId::new(2)]);
}

#[test]
fn staff_whom_the_template_leaves_out_are_not_notified() {
    let starter = render("Hello $author", &[role(2), member(3)]);
    assert_eq!(starter.users, [AUTHOR]);
    assert_eq!(starter.roles, []);
    assert_eq!(starter.left_out, []);
}

#[test]
fn a_staff_member_with_a_ticket_is_listed_once() {
    let staff = [StaffMember::Member(AUTHOR), role(2), role(2)];
    let starter = render("$author $staff", &staff);
    assert_eq!(starter.content, format!("{MENTION} {MENTION} <@&2>"));
    assert_eq!(starter.users, [AUTHOR]);
    assert_eq!(starter.roles, [RoleId::new(2)]);
}

#[test]
fn only_a_mention_that_discord_will_surely_read_brings_the_author() {
    let table = [
        ("$author", true),
        ("`x` $author", true),
        ("`$author`", false),
        ("```\n$author\n```", false),
        (r"\$author", false),
        ("`$author` $author", true),
        ("$$author", false),
        ("[$author](https://example.org)", false),
        ("[rules](https://example.org/$author)", false),
        ("https://example.org/$author", false),
        ("<$author>", false),
        ("[rules](https://example.org) $author", true),
        ("<#5> $author, see <https://example.org>", true),
        ("[$author]", true),
    ];
    for (template, brings) in table {
        assert_eq!(render(template, &[]).brings_author, brings, "{template:?}");
    }
}

#[test]
fn a_long_text_is_cut_so_that_the_mentions_behind_it_survive() {
    let starter = render(&format!("{} $author bye $staff", "x".repeat(2500)), &[role(2), member(3)]);
    assert!(text::length(&starter.content) <= MAX_LENGTH);
    assert!(starter.content.starts_with("xxx"));
    assert!(starter.content.ends_with(&format!("x… {MENTION} <@&2> <@3>")), "{}", starter.content);
    assert!(starter.brings_author);
}

#[test]
fn a_text_that_just_fits_is_not_cut() {
    let text = "x".repeat(MAX_LENGTH - MENTION.len() - 1);
    assert_eq!(render(&format!("$author {text}  "), &[]).content, format!("{MENTION} {text}"));
    let longer = render(&format!("$author {text}y"), &[]).content;
    assert!(longer.ends_with("x…") && text::length(&longer) <= MAX_LENGTH);
}

#[test]
fn a_mention_or_emoji_typed_into_the_template_is_never_cut_in_two() {
    for cut_at in 1990..2010 {
        let template = format!("{}<@&123456789012345678>{}", "x".repeat(cut_at - 30), "y".repeat(100));
        let content = render(&template, &[]).content;
        let whole = content.matches("<@&123456789012345678>").count();
        assert_eq!(content.matches('<').count(), whole, "{content}");
    }
}

#[test]
fn an_angle_bracket_that_opens_nothing_is_only_text() {
    let content = render(&format!("1 < 2 {}> {}", "x ".repeat(900), "y".repeat(500)), &[]).content;
    assert!(text::length(&content) >= MAX_LENGTH - 1, "{}", text::length(&content));
}

#[test]
fn staff_who_do_not_fit_are_left_out_whole_and_reported() {
    let staff: Vec<_> = (0..99).map(|n| role(1_000_000_000_000_000_000 + n)).collect();
    let starter = render("Welcome! $staff $author", &staff);
    assert!(text::length(&starter.content) <= MAX_LENGTH);
    assert!(starter.brings_author);
    let count = starter.roles.len();
    assert!(count > 80);
    assert_eq!(starter.left_out, staff[count..]);
}

#[test]
fn no_more_than_a_hundred_of_a_kind_are_mentioned() {
    let staff: Vec<_> = (1..=120).map(member).collect();
    let starter = render("$author $staff", &staff);
    assert_eq!(starter.users.len(), 100);
    assert_eq!(starter.left_out, staff[99..]);
    assert!(!starter.content.contains("<@100>"));
}

#[test]
fn a_mention_that_is_repeated_without_end_stays_once() {
    let starter = render(&"$staff ".repeat(1000), &[role(2), member(3)]);
    assert!(text::length(&starter.content) <= MAX_LENGTH);
    assert_eq!((starter.users, starter.roles), (vec![UserId::new(3)], vec![RoleId::new(2)]));
}

fn any_staff() -> impl Strategy<Value = Vec<StaffMember>> {
    let id = 1..=u64::MAX;
    let member = prop_oneof![id.clone().prop_map(role), id.prop_map(member)];
    prop::collection::vec(member, 0..130)
}

fn any_template() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("$author".to_owned()),
        Just("${staff}".to_owned()),
        Just(" ".to_owned()),
        Just("<@&77>".to_owned()),
        Just("👩‍🚀".to_owned()),
        r"\PC{0,30}",
        (0..2200_usize).prop_map(|count| "x".repeat(count)),
        (0..700_usize).prop_map(|count| "👍🏽".repeat(count)),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_starter_fits_and_mentions_whom_it_says(template in any_template(), staff in any_staff()) {
        let starter = render(&template, &staff);
        prop_assert!((1..=MAX_LENGTH).contains(&text::length(&starter.content)));
        prop_assert!(text::is_visible(&starter.content));
        prop_assert!(!starter.brings_author || starter.content.contains(MENTION));
        prop_assert!(starter.users.len() <= MAX_ALLOWED && starter.roles.len() <= MAX_ALLOWED);

        let listed: HashSet<_> = starter.users.iter().map(|user| StaffMember::Member(*user))
            .chain(starter.roles.iter().map(|role| StaffMember::Role(*role)))
            .collect();
        prop_assert_eq!(listed.len(), starter.users.len() + starter.roles.len());
        for one in &listed {
            prop_assert!(*one == StaffMember::Member(AUTHOR) || staff.contains(one));
            prop_assert!(starter.content.contains(&one.to_string()));
        }

        let parsed = Template::parse(&template);
        if parsed.mentions("author") {
            prop_assert!(starter.content.contains(MENTION));
        }
        if parsed.mentions("staff") {
            // All of them are mentioned or reported as left out.
            for one in &staff {
                prop_assert!(listed.contains(one) != starter.left_out.contains(one), "{}", one);
            }
        }
    }
}
