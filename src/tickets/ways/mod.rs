//! Opening a ticket without a click on a panel: with `/ticket open`, or from the context menus of members
//! and messages.
//!
//! A panel shows its inboxes to whoever sees its channel. These ways name the inbox instead, so each asks first who
//! reaches it (`access`). Everything after that is the same as after a click: the rules of opening (`admit`), and what
//! happens when it is interrupted (`steps::open`).

mod about;
mod access;
mod command;
mod member;
mod msg;

pub use about::ask as open_about;
pub use command::{open, suggest};
pub use member::ask as open_for;
pub use msg::WaysMsg;

pub(super) use about::{ABOUT_BUTTON, ABOUT_MENU, AUTHOR_BUTTON, AUTHOR_MENU};
pub(super) use access::request_again;
pub(super) use member::MENU as MEMBER_MENU;
