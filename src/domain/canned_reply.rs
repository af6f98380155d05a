//! Canned replies: texts that admins write once, and that staff post in tickets.
//!
//! A reply is posted under a line with the name of whoever sends it. It notifies the owner of the ticket at most, and only
//! where its text mentions them.

use super::form::Values;
use super::ids::UserId;
use super::placeholder::{Template, Token};
use super::staff::StaffMember;
use super::starter::{MAX_LENGTH, Starter};
use super::text;

/// The most characters of a name.
pub const MAX_NAME: usize = 50;

/// The most characters of a text: there is room below it for mentions instead of placeholders.
pub const MAX_TEXT: usize = 1_500;

/// The most replies of a server.
pub const MOST: u64 = 100;

/// The name of a reply. Two names that differ in case only are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    shown: String,
    key: String,
}

impl Name {
    /// One line of at most [`MAX_NAME`] characters with something to read; `None` otherwise.
    pub fn parse(written: &str) -> Option<Self> {
        let shown = text::single_line(written);
        let key = shown.to_lowercase();
        (text::is_visible(&shown) && text::length(&shown) <= MAX_NAME).then_some(Self { shown, key })
    }

    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// As names are compared.
    pub fn key(&self) -> &str {
        &self.key
    }
}

/// What placeholders stand for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub owner: UserId,
    pub staff: &'a [StaffMember],
    pub claimer: Option<UserId>,
    /// In place of a claimer, if there is none.
    pub nobody: &'a str,
    /// What its inbox is called.
    pub inbox: &'a str,
}

/// A reply as it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    pub content: String,
    pub mentions_owner: bool,
    /// The text was cut for lack of room.
    pub is_cut: bool,
    /// False: there was no room for some of the staff.
    pub has_all_staff: bool,
}

impl Composed {
    /// Nothing was left out for lack of room.
    pub const fn is_whole(&self) -> bool {
        !self.is_cut && self.has_all_staff
    }
}

/// Room for the mentions of owner and claimer.
const BESIDE_STAFF: usize = 60;

/// Puts a text below a heading, with its placeholders replaced: those of a first message, `$claimer` and `$inbox`. Staff
/// for whom there is no room beside the text are left out, and the whole is cut where a first message would be.
pub fn compose(heading: &str, template: &str, facts: Facts<'_>) -> Composed {
    let literal = |text: &str| text.replace('$', "$$");
    let mut whole = format!("{}\n", literal(heading));
    let template = Template::parse(template.trim());
    let staff = fitting(facts.staff, text::length(heading) + text::length(&template.render(|_| None)));
    for token in template.tokens() {
        let Token::Placeholder { name, .. } = token else {
            whole.push_str(&literal(&token.written()));
            continue;
        };
        match (name.as_str(), facts.claimer) {
            ("author" | "staff", _) => whole.extend(["${", name, "}"]),
            ("claimer", Some(claimer)) => whole.push_str(&StaffMember::Member(claimer).to_string()),
            ("claimer", None) => whole.push_str(&literal(facts.nobody)),
            ("inbox", _) => whole.push_str(&literal(facts.inbox)),
            _ => whole.push_str(&literal(&token.written())),
        }
    }
    let Starter { content, users, left_out, is_cut, .. } =
        Starter::render(&whole, facts.owner, staff, None, &Values::NONE);
    let has_all_staff = left_out.is_empty() && (staff.len() == facts.staff.len() || !template.mentions("staff"));
    Composed { mentions_owner: users.contains(&facts.owner), is_cut, has_all_staff, content }
}

/// The first of the staff whose mentions fit beside so many characters.
fn fitting(staff: &[StaffMember], beside: usize) -> &[StaffMember] {
    let mut room = MAX_LENGTH.saturating_sub(beside + BESIDE_STAFF);
    let count = staff.iter().take_while(|member| {
        let needed = text::length(&member.to_string()) + 1;
        let fits = needed <= room;
        room = room.saturating_sub(needed);
        fits
    });
    &staff[..count.count()]
}

/// Whether a posted text is this one. Discord may change spaces at the ends of lines.
pub fn is_same(posted: &str, content: &str) -> bool {
    posted.split_whitespace().eq(content.split_whitespace())
}

/// The names that contain what is typed, those that begin with it first; at most so many.
pub fn matching<'n>(names: impl Iterator<Item = &'n str>, typed: &str, most: usize) -> Vec<&'n str> {
    let typed = text::single_line(typed).to_lowercase();
    let (mut first, mut then) = (Vec::new(), Vec::new());
    for name in names {
        let key = name.to_lowercase();
        if key.starts_with(&typed) {
            first.push(name);
        } else if key.contains(&typed) {
            then.push(name);
        }
    }
    first.append(&mut then);
    first.truncate(most);
    first
}

/// In the place of an inbox's label, if there is none.
pub const NO_INBOX: &str = "–";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::RoleId;

    const OWNER: UserId = UserId::new(1);
    const HEADING: &str = "<@2>:";

    fn facts(staff: &[StaffMember]) -> Facts<'_> {
        Facts { owner: OWNER, staff, claimer: Some(UserId::new(3)), nobody: "nobody", inbox: "7" }
    }

    #[test]
    fn placeholders_are_replaced_and_only_the_owner_can_be_mentioned() {
        let staff = [StaffMember::Role(RoleId::new(5))];
        let table = [
            ("Hello $author!", "Hello <@1>!", true),
            ("Ask ${claimer}.", "Ask <@3>.", false),
            ("$staff of inbox ${inbox}2", "<@&5> of inbox 72", false),
            ("$nobody knows $$author, ${unknown} or 5$", "$nobody knows $author, ${unknown} or 5$", false),
            ("$author${inbox}", "<@1>7", true),
            ("<@1> is mentioned, too", "<@1> is mentioned, too", true),
            ("@everyone <@9> <@&9>", "@everyone <@9> <@&9>", false),
            ("  two\nlines  ", "two\nlines", false),
        ];
        for (template, expected, mentions_owner) in table {
            let composed = compose(HEADING, template, facts(&staff));
            let content = format!("{HEADING}\n{expected}");
            let expected = Composed { content, mentions_owner, is_cut: false, has_all_staff: true };
            assert_eq!(composed, expected, "{template:?}");
        }
        let unclaimed = Facts { claimer: None, nobody: "no$body", ..facts(&[]) };
        assert_eq!(compose(HEADING, "Ask $claimer.", unclaimed).content, "<@2>:\nAsk no$body.");
    }

    #[test]
    fn staff_for_whom_there_is_no_room_are_left_out_and_the_text_is_kept() {
        let staff: Vec<_> = (1..=90).map(|id| StaffMember::Member(UserId::new(u64::MAX - id))).collect();
        let text = "x".repeat(MAX_TEXT - 7);
        let composed = compose(HEADING, &format!("{text}\n$staff"), facts(&staff));
        assert!(!composed.is_whole() && !composed.is_cut, "{composed:?}");
        assert!(composed.content.starts_with(&format!("{HEADING}\n{text}\n<@")));
        assert!(compose(HEADING, &text, facts(&staff)).is_whole(), "nobody is mentioned");
    }

    #[test]
    fn a_text_that_grows_too_long_by_its_placeholders_is_known_to_be_cut() {
        let someone = UserId::new(u64::MAX);
        let long = Facts { owner: someone, claimer: Some(someone), inbox: &"x".repeat(80), ..facts(&[]) };
        for text in ["$author ".repeat(180), "${inbox}.".repeat(160), format!("$claimer{}", "$author".repeat(200))] {
            let composed = compose(HEADING, &text, long);
            assert!(text::length(&text) <= MAX_TEXT && composed.is_cut && composed.has_all_staff, "{text}");
        }
    }

    #[test]
    fn names_are_one_line_and_compared_without_case() {
        let key = |written: &str| Name::parse(written).map(|name| (name.as_str().to_owned(), name.key().to_owned()));
        let name = |shown: &str, key: &str| Some((shown.to_owned(), key.to_owned()));
        assert_eq!(key("  Password\n reset "), name("Password reset", "password reset"));
        assert_eq!(key("ÄRGER"), name("ÄRGER", "ärger"));
        assert_eq!(key("a\u{202e}b"), name("ab", "ab"));
        assert_eq!(key(&"x".repeat(MAX_NAME)), name(&"x".repeat(MAX_NAME), &"x".repeat(MAX_NAME)));
        for written in [String::new(), " \u{200b} ".to_owned(), "x".repeat(MAX_NAME + 1)] {
            assert_eq!(Name::parse(&written), None, "{written:?}");
        }
    }

    #[test]
    fn what_begins_with_the_typed_text_is_offered_before_what_contains_it() {
        let names = ["Closing", "How to close", "Hello", "close now"];
        let offered = |typed, most| matching(names.into_iter(), typed, most);
        assert_eq!(offered("CLOS", 9), ["Closing", "close now", "How to close"]);
        assert_eq!(offered("clos", 2), ["Closing", "close now"]);
        assert_eq!(offered("", 9), names);
        assert!(offered("x", 9).is_empty());
    }

    #[test]
    fn a_posted_reply_is_recognised_as_a_whole() {
        assert!(is_same("<@2>:\nHello  \nthere", "<@2>:\nHello\nthere"));
        assert!(!is_same("<@2>:\nHello", "<@2>:\nHello\nthere"));
    }

    proptest! {
        #[test]
        fn a_reply_always_fits_into_a_message_below_its_heading(
            template in r"(\$(author|staff|claimer|inbox|x)|\PC|\n){0,300}", staff in prop::collection::vec(1..u64::MAX, 0..120),
        ) {
            let staff: Vec<_> = staff.into_iter().map(|id| StaffMember::Member(UserId::new(id))).collect();
            let composed = compose(HEADING, &template, facts(&staff));
            prop_assert!(text::length(&composed.content) <= MAX_LENGTH);
            prop_assert!(composed.content.starts_with(HEADING));
        }

        #[test]
        fn a_text_within_its_limit_is_posted_whole(template in r"[a-z\n ]{1,1500}") {
            let composed = compose(HEADING, &template, facts(&[]));
            prop_assert!(composed.is_whole());
            let expected = format!("{HEADING}\n{}", template.trim());
            prop_assert_eq!(composed.content.trim_end(), expected.trim_end());
        }

        #[test]
        fn no_name_breaks_it(written: String) {
            if let Some(name) = Name::parse(&written) {
                prop_assert_eq!(Name::parse(name.as_str()), Some(name.clone()));
                prop_assert!(text::length(name.as_str()) <= MAX_NAME);
            }
        }
    }
}
