//! One message on the page: who, when, what it refers to; its body is in `body`.

use maud::{Markup, html};

use super::markdown::plain;
use super::{Html, body, times};
use crate::domain::clock::Timestamp;
use crate::domain::history::{Command, Message, Person, Reply};
use crate::domain::text;
use crate::export::msg::ExportMsg;
use crate::export::names::{Names, shown};
use crate::export::sentences::{by_discord, excerpt, used};
use crate::export::times::both;

/// The colours of avatars.
const COLORS: u64 = 10;

impl Html {
    /// A message that somebody wrote: what stands before its files, and after them.
    pub(super) fn written(
        &self,
        message: &Message,
        names: &Names,
        is_first: bool,
        has_files: bool,
    ) -> (String, String) {
        let class = if is_first { "message" } else { "message more" };
        let mut open = format!("<article class=\"{class}\" id=\"m{}\">", message.id);
        let head = html! {
            @if is_first {
                @if let Some(reply) = &message.reply_to { (self.reply(reply, names)) }
                @if let Some(command) = &message.command { (self.command(command, names)) }
                (avatar(&message.author, names))
                header {
                    (self.author(&message.author, names))
                    " " a.at href={ "#m" (message.id) } { (times::of_day(&self.zone, message.at())) }
                }
            } @else {
                a.at href={ "#m" (message.id) } { (times::of_day(&self.zone, message.at())) }
            }
        };
        open += &head.0;
        open += "<div class=\"said\">";
        open += &self.said(message, names).0;
        if has_files {
            open += "<div class=\"files\">";
        }
        let foot = html! {
            @if !message.reactions.is_empty() {
                ul.reactions { @for reaction in &message.reactions {
                    li { (shown(&reaction.emoji)) " " (reaction.count) }
                } }
            }
        };
        let mut close = String::new();
        if has_files {
            close += "</div>";
        }
        close += &foot.0;
        close += "</div></article>\n";
        (open, close)
    }

    fn said(&self, message: &Message, names: &Names) -> Markup {
        let reader = self.reader(names);
        html! {
            @if message.is_unreadable() { p.unread { (self.words.unreadable) } }
            (body::render(reader, &message.body, &self.words, &self.locale))
            @for forwarded in &message.forwards {
                div.forwarded {
                    p.label {
                        (self.words.forwarded)
                        @if let Some(at) = forwarded.at { " · " (times::full(&self.zone, at)) }
                    }
                    (body::render(reader, &forwarded.body, &self.words, &self.locale))
                    @if let Some(at) = forwarded.edited_at { (self.edited(at)) }
                }
            }
            @if let Some(at) = message.edited_at { (self.edited(at)) }
            @if message.is_pinned { span.mark { (self.words.pinned) } }
        }
    }

    fn edited(&self, at: Timestamp) -> Markup {
        let title = self.say(&ExportMsg::EditedAt { at: both(&self.zone, at) });
        html! { span.mark title=(title) { (self.words.edited) } }
    }

    fn author(&self, author: &Person, names: &Names) -> Markup {
        let known = names.person(author.id).filter(|_| !author.is_webhook);
        html! {
            b.name title={ @if let Some(known) = known { "@" (known.username) " · " } (author.id) } { bdi { (names.of(author)) } }
            @if author.id == self.owner { " " span.tag { (self.words.owner) } }
            @if author.is_app { " " span.tag.app { (self.words.app) } }
        }
    }

    fn reply(&self, reply: &Reply, names: &Names) -> Markup {
        let Some((author, said)) = &reply.shown else {
            return html! { p.reply { (self.words.replied_gone) } };
        };
        let said = excerpt(&plain(&self.zone, names, said));
        let content = html! {
            b { bdi { (names.of(author)) } } " "
            @if said.is_empty() { i { (self.words.replied_empty) } } @else { bdi { (said) } }
        };
        html! {
            p.reply {
                @if self.shown.contains(&reply.message) {
                    a href={ "#m" (reply.message) } { (content) }
                } @else { (content) }
            }
        }
    }

    fn command(&self, command: &Command, names: &Names) -> Markup {
        html! { p.reply { (self.say(&used(command, names))) } }
    }

    /// A line that Discord wrote.
    pub(super) fn system(&self, message: &Message, names: &Names) -> Markup {
        html! {
            p.system id={ "m" (message.id) } {
                (self.say(&by_discord(message, names))) " " a.at href={ "#m" (message.id) } { (times::of_day(&self.zone, message.at())) }
            }
        }
    }
}

/// The first letters of the first two words, on a colour of the person's own.
fn avatar(author: &Person, names: &Names) -> Markup {
    // The low bits of an id count within a millisecond.
    let color = (author.id.get() >> 22) % COLORS;
    html! { div class={ "avatar c" (color) } aria-hidden="true" { (initials(&names.of(author))) } }
}

fn initials(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let first: String = words.take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    if first.is_empty() { text::cut(name, 2).to_owned() } else { first }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_those_of_the_first_two_words() {
        let table = [
            ("anna", "A"),
            ("Anna Maria Berg", "AM"),
            ("mona_k", "MK"),
            ("☃", "☃"),
            ("山田", "山"),
            ("", ""),
            ("ß", "SS"),
            ("42", "4"),
        ];
        for (name, expected) in table {
            assert_eq!(initials(name), expected, "{name}");
        }
    }
}
