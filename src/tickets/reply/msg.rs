//! Texts of canned replies, for the staff who send them.

use crate::i18n::Mention;
use crate::i18n::messages;

messages! {
    ReplyMsg;

    Sent = "reply-sent";
    SentWithoutSome = "reply-sent-without-some";
    TooLong = "reply-too-long";
    Unknown = "reply-unknown";
    Empty = "reply-empty";
    FormTitle = "reply-form-title";
    FormLabel = "reply-form-label";
    FormPlaceholder = "reply-form-placeholder";
    Heading { by: Mention } = "reply-heading";
    Nobody = "reply-nobody";
    LineNotPosted { by: Mention } = "line-reply-not-posted";
}
