//! Threads and channels: <https://docs.discord.com/developers/resources/channel#start-thread-without-message>.

use super::field::{Field, Found};
use super::message;

/// "1-100 character channel name", of threads too.
pub(super) const NAME: usize = 100;
/// 1024 for most channels, 4096 for forums; the body does not name the type.
const TOPIC: usize = 4096;
const SLOWMODE_SECONDS: i64 = 21_600;
const ARCHIVE_MINUTES: [i64; 4] = [60, 1440, 4320, 10_080];
const TAGS: usize = 5;
/// Announcement, public and private thread.
const THREAD_TYPES: [i64; 3] = [10, 11, 12];

/// Checks the start of a thread, with or without a message, or of a forum post.
pub(super) fn check_start(thread: &Field<'_>, found: &mut Found) {
    thread.required("name", found);
    thread.one_of("type", &THREAD_TYPES, found);
    check_channel(thread, found);
    if let Some(post) = thread.get("message") {
        message::check(&post, message::Kind::Create, found);
    }
}

/// Checks a new channel of a guild.
pub(super) fn check_create_channel(channel: &Field<'_>, found: &mut Found) {
    channel.required("name", found);
    check_channel(channel, found);
}

/// Checks the fields that channels and threads share, and edits of either.
pub(super) fn check_channel(channel: &Field<'_>, found: &mut Found) {
    channel.chars("name", 1..=NAME, found);
    channel.max_chars("topic", TOPIC, found);
    channel.int("rate_limit_per_user", 0..=SLOWMODE_SECONDS, found);
    channel.int("default_thread_rate_limit_per_user", 0..=SLOWMODE_SECONDS, found);
    channel.one_of("auto_archive_duration", &ARCHIVE_MINUTES, found);
    channel.one_of("default_auto_archive_duration", &ARCHIVE_MINUTES, found);
    channel.max_items("applied_tags", TAGS, found);
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::check::limits::tests::{assert_faults, long};

    #[test]
    fn a_thread_keeps_to_its_limits() {
        let cases: [(Value, &[&str]); 10] = [
            (json!({ "name": long(100), "type": 12, "invitable": false, "auto_archive_duration": 10080 }), &[]),
            (json!({ "name": long(101) }), &["name BASE_TYPE_BAD_LENGTH"]),
            (json!({ "name": "" }), &["name BASE_TYPE_BAD_LENGTH"]),
            (json!({}), &["name BASE_TYPE_REQUIRED"]),
            (json!({ "name": "n", "type": 0 }), &["type BASE_TYPE_CHOICES"]),
            (json!({ "name": "n", "auto_archive_duration": 0 }), &["auto_archive_duration BASE_TYPE_CHOICES"]),
            (json!({ "name": "n", "rate_limit_per_user": 21600 }), &[]),
            (json!({ "name": "n", "rate_limit_per_user": 21601 }), &["rate_limit_per_user NUMBER_TYPE_MAX"]),
            (
                json!({ "name": "n", "applied_tags": ["1", "2", "3", "4", "5", "6"] }),
                &["applied_tags BASE_TYPE_MAX_LENGTH"],
            ),
            (json!({ "name": "n", "message": { "content": long(2001) } }), &["message.content BASE_TYPE_MAX_LENGTH"]),
        ];
        for (thread, expected) in cases {
            let mut found = Found::new();
            check_start(&Field::root(&thread), &mut found);
            assert_faults(&found, expected);
        }
    }

    #[test]
    fn an_edit_names_only_what_it_changes() {
        let cases: [(Value, &[&str]); 3] = [
            (json!({ "archived": true, "locked": true }), &[]),
            (json!({ "name": long(101) }), &["name BASE_TYPE_BAD_LENGTH"]),
            (json!({ "rate_limit_per_user": -1 }), &["rate_limit_per_user NUMBER_TYPE_MIN"]),
        ];
        for (edit, expected) in cases {
            let mut found = Found::new();
            check_channel(&Field::root(&edit), &mut found);
            assert_faults(&found, expected);
        }
    }
}
