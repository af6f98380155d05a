//! What a card shows: facts of the ticket, in the language of the server. Of texts of people only what the button of
//! the inbox says, and the thread's name as a mention of the thread, which clients show to those who may see it.

use super::super::{TicketMsg, exporting, label};
use super::CardMsg;
use super::buttons::{CLAIM, CLOSE, DISCUSS, JOIN, REOPEN};
use crate::discord::components::Button;
use crate::discord::layout::Layout;
use crate::domain::ids::ThreadId;
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::staff::StaffMember;
use crate::domain::text;
use crate::export::ExportMsg;
use crate::i18n::{self, InboxLink, Locale, Mention, MentionList, PriorityName, Relative, ThreadLink};
use crate::storage::inboxes::Inbox;
use crate::storage::lifecycle::Record;

/// A card, ready to send.
pub(super) struct Content {
    pub layout: Layout,
    /// Whom posting it notifies. Editing notifies nobody.
    pub notified: Vec<StaffMember>,
}

/// The colours of a card's edge.
const GREEN: u32 = 0x57_F2_87;
const YELLOW: u32 = 0xFE_E7_5C;
const ORANGE: u32 = 0xE6_7E_22;
const RED: u32 = 0xED_42_45;
const GREY: u32 = 0x80_84_8E;

pub(super) fn render(
    record: &Record,
    thread: ThreadId,
    inbox: Option<&Inbox>,
    staff: Vec<StaffMember>,
    earlier_discussion: Option<ThreadId>,
    locale: &Locale,
) -> Content {
    let say = |msg: CardMsg| i18n::render(locale, &msg);
    let link = ThreadLink { guild: record.guild, thread };
    let to_thread = Button::link(link.to_string(), say(CardMsg::ThreadButton));
    let mentions = inbox.is_some_and(|inbox| inbox.settings.work.mention_on_card);
    let notified = if mentions { staff } else { Vec::new() };
    let discussed = earlier_discussion.map(|thread| CardMsg::Discussed { thread });
    let lines: Vec<String> = facts(record, inbox, locale).into_iter().chain(discussed).map(say).collect();
    let mut layout = Layout::new(color(record)).section(say(title(record, thread)), to_thread).text(lines.join("\n"));
    if !notified.is_empty() {
        layout = layout.above(say(CardMsg::Staff { staff: MentionList(notified.clone()) }));
    }
    Content { layout: layout.separator().buttons(buttons(record, locale)), notified }
}

fn title(record: &Record, thread: ThreadId) -> CardMsg {
    match record.number {
        0 => CardMsg::TitleUnnumbered { thread },
        number => CardMsg::Title { number: number.into(), thread },
    }
}

/// The facts, one a line. Whom the ticket waits for and whether it is on hold come here, too.
fn facts(record: &Record, inbox: Option<&Inbox>, locale: &Locale) -> Vec<CardMsg> {
    let mut facts = vec![state(record), CardMsg::Owner { owner: Mention(record.owner) }];
    facts.extend(inbox.map(|inbox| {
        let label = text::escape(&label(&inbox.settings.panel, locale));
        match inbox.panel.and_then(|panel| Some((panel.channel, panel.message?))) {
            Some((channel, message)) => {
                let link = InboxLink { guild: inbox.guild, channel, message };
                CardMsg::Inbox { inbox: inbox.id, label, link }
            }
            None => CardMsg::InboxDetached { inbox: inbox.id, label },
        }
    }));
    facts.push(match record.claim {
        Some(claim) => CardMsg::Claimed { by: Mention(claim.by), since: Relative(claim.at) },
        None => CardMsg::Unclaimed,
    });
    if record.priority != Priority::None {
        facts.push(CardMsg::Priority { priority: PriorityName(record.priority) });
    }
    facts
}

fn state(record: &Record) -> CardMsg {
    let opened = Relative(record.opened_at.unwrap_or(record.reserved_at));
    match record.state {
        State::Opening | State::Open => CardMsg::Open { since: opened },
        State::Dormant => CardMsg::Dormant { since: opened },
        State::Closed => {
            let since = record.closed_at.map_or(opened, Relative);
            match record.closed_by {
                Some(by) => CardMsg::ClosedBy { by: Mention(by), since },
                None => CardMsg::Closed { since },
            }
        }
    }
}

fn color(record: &Record) -> u32 {
    match (record.state, record.priority) {
        (State::Closed, _) => GREY,
        (_, Priority::Urgent) => RED,
        (_, Priority::High) => ORANGE,
        (State::Dormant, _) => YELLOW,
        (State::Opening | State::Open, _) => GREEN,
    }
}

/// The buttons.
fn buttons(record: &Record, locale: &Locale) -> Vec<Button> {
    let id = &(record.ticket,);
    let mut buttons = Vec::new();
    if record.state == State::Closed {
        buttons.push(Button::secondary(REOPEN.id(id), i18n::render(locale, &CardMsg::ReopenButton)));
    } else {
        buttons.push(Button::secondary(JOIN.id(id), i18n::render(locale, &CardMsg::JoinButton)));
        buttons.push(Button::secondary(CLAIM.id(id), i18n::render(locale, &TicketMsg::ClaimButton)));
        buttons.push(Button::danger(CLOSE.id(id), i18n::render(locale, &TicketMsg::CloseButton)));
    }
    buttons.push(Button::secondary(DISCUSS.id(id), i18n::render(locale, &CardMsg::DiscussButton)));
    buttons.push(Button::secondary(exporting::BUTTON.id(id), i18n::render(locale, &ExportMsg::Button)));
    buttons
}
