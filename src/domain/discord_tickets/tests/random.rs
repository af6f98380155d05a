//! Rows of any content.

use proptest::prelude::*;

use super::*;
use crate::domain::form;
use crate::domain::settings::Settings as _;

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        r"(\PC|[\n\r\t$]|\{name\}|\{num\}){0,20}",
        Just("x".repeat(5_000)),
        Just("🎫".to_owned()),
        Just(String::new()),
        any::<String>(),
    ]
}

fn any_list() -> impl Strategy<Value = String> {
    prop_oneof![
        any_text(),
        prop::collection::vec(prop_oneof!["[0-9]{1,25}", Just(SERVER.to_owned())], 0..40)
            .prop_map(|ids| serde_json::to_string(&ids).unwrap()),
    ]
}

fn any_number() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![Just(None), (-5..5_000_i64).prop_map(Some), any::<i64>().prop_map(Some)]
}

prop_compose! {
    fn any_question()(
        kind in prop_oneof![Just("TEXT".to_owned()), Just("MENU".to_owned()), any_text()],
        [label, placeholder, value] in [any_text(), any_text(), any_text()],
        [style, least, most] in [any_number(), any_number(), any_number()],
        labels in prop::collection::vec(any_text(), 0..40),
        required: bool,
    ) -> SourceQuestion {
        let options: Vec<Value> = labels.into_iter().map(|label| serde_json::json!({ "label": label })).collect();
        let options = Value::from(options).to_string();
        SourceQuestion { kind, label, placeholder, value, required, style, least, most, options }
    }
}

prop_compose! {
    fn any_category()(
        [name, description, emoji, image] in [any_text(), any_text(), any_text(), any_text()],
        [opening_message, channel_name, topic_question] in [any_text(), any_text(), any_text()],
        [staff_roles, ping_roles, required_roles] in [any_list(), any_list(), any_list()],
        [member_limit, total_limit, cooldown, slow_mode] in [any_number(), any_number(), any_number(), any_number()],
        [claiming, feedback, asks_topic] in any::<[bool; 3]>(),
        questions in prop::collection::vec(any_question(), 0..8),
    ) -> SourceCategory {
        SourceCategory {
            name, description, emoji, image, opening_message, channel_name, staff_roles, ping_roles, required_roles,
            member_limit, total_limit, cooldown, slow_mode, claiming, feedback, asks_topic, topic_question, questions,
            ..category()
        }
    }
}

proptest! {
    #[test]
    fn whatever_the_rows_hold_each_setting_is_within_its_limits(
        category in any_category(),
        blocklist in any_list(),
        working_hours in any_text(),
        name in any_text(),
        content in any_text(),
    ) {
        let server = SourceServer { blocklist, working_hours, ..server() };
        let plan = planned(vec![server], vec![category], vec![tag(&name, &content)]);
        let inbox = &plan.servers[0].inboxes[0];
        let before = InboxSettings::new(inbox.settings.destination);
        prop_assert_eq!(inbox.settings.check_change(&before), Ok(()));
        prop_assert_eq!(form::check(&inbox.settings.form.questions), Ok(()));
        prop_assert!(inbox.staff.len() <= 25 && plan.servers[0].replies.iter().all(|reply| !reply.text.is_empty()));
    }
}
