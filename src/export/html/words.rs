//! The words that stand with many messages, looked up once.

use super::super::msg::ExportMsg;
use crate::i18n::{self, Locale};

pub(super) struct Words {
    pub app: String,
    pub owner: String,
    pub edited: String,
    pub pinned: String,
    pub forwarded: String,
    pub replied_gone: String,
    pub replied_empty: String,
    pub unreadable: String,
    pub spoiler: String,
    pub poll: String,
    pub poll_result: String,
    pub picture: String,
    pub file: String,
    pub menu: String,
}

impl Words {
    pub(super) fn new(locale: &Locale) -> Self {
        let say = |msg: ExportMsg| i18n::render(locale, &msg);
        Self {
            app: say(ExportMsg::App),
            owner: say(ExportMsg::OwnerMark),
            edited: say(ExportMsg::Edited),
            pinned: say(ExportMsg::Pinned),
            forwarded: say(ExportMsg::Forwarded),
            replied_gone: say(ExportMsg::RepliedGone),
            replied_empty: say(ExportMsg::RepliedEmpty),
            unreadable: say(ExportMsg::Unreadable),
            spoiler: say(ExportMsg::Spoiler),
            poll: say(ExportMsg::Poll),
            poll_result: say(ExportMsg::PollResult),
            picture: say(ExportMsg::Picture),
            file: say(ExportMsg::File),
            menu: say(ExportMsg::Menu),
        }
    }
}
