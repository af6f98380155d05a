//! The page: what one person sees, as HTML. Everything is drawn from the simulator; nothing is remembered here.
//!
//! | part | file |
//! |---|---|
//! | `top`, `places`, `composer`, `people` | `frame`: around the conversation |
//! | `head` | `head`: the place and what can be done with it |
//! | `messages` | `messages`, with `markdown`, `prepare`, `embed`, `components`, `media` |
//! | `form` | `form`: the dialog that the bot opened |
//! | `operator` | `operator`: the bot, the time, Discord's troubles |
//! | `command` | `command`: a slash command's fields and suggestions |
//!
//! A part has an id and is sent to the browser again whenever its HTML has changed.

pub(crate) mod command;
mod components;
mod embed;
mod form;
mod frame;
mod head;
mod icons;
mod markdown;
mod media;
mod messages;
mod operator;
mod prepare;
mod times;

pub(crate) use operator::{PERMISSIONS, deletable_roles};

use std::cell::OnceCell;

use discord_sim::{Actor, Channel, Guild, Thread};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;

use crate::playground::Playground;

/// One person, looking at one place.
pub(crate) struct Sight<'a> {
    pub(crate) playground: &'a Playground,
    pub(crate) guild: &'a Guild,
    pub(crate) me: Actor,
    pub(crate) place: Option<Spot>,
    /// `/as/anna/123`, which actions and links begin with.
    pub(crate) base: String,
    pub(crate) now_ms: i64,
    message_commands: OnceCell<Vec<Value>>,
    member_commands: OnceCell<Vec<Value>>,
}

/// A channel or thread that somebody looks at.
#[derive(Clone)]
pub(crate) enum Spot {
    Channel(Channel),
    Thread(Thread),
}

impl Spot {
    pub(crate) fn id(&self) -> u64 {
        match self {
            Self::Channel(channel) => channel.id(),
            Self::Thread(thread) => thread.id(),
        }
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Self::Channel(channel) => channel.name(),
            Self::Thread(thread) => thread.name(),
        }
    }

    pub(crate) fn thread(&self) -> Option<&Thread> {
        match self {
            Self::Channel(_) => None,
            Self::Thread(thread) => Some(thread),
        }
    }
}

/// A part of the page: its id and its HTML.
pub(crate) type Part = (&'static str, String);

impl<'a> Sight<'a> {
    /// What this person sees there. A place that they do not see is none.
    pub(crate) fn new(playground: &'a Playground, me: Actor, place: Option<u64>) -> Self {
        let guild = &playground.guild;
        let seen = place.filter(|id| me.is_member() && me.sees(id));
        let place = seen.and_then(|id| {
            let channel = guild.channel(id).filter(Channel::exists).map(Spot::Channel);
            channel.or_else(|| guild.thread(id).filter(Thread::exists).map(Spot::Thread))
        });
        let base = match &place {
            Some(place) => format!("/as/{}/{}", me.name(), place.id()),
            None => format!("/as/{}", me.name()),
        };
        Self {
            playground,
            guild,
            me,
            place,
            base,
            now_ms: playground.sim.now_ms(),
            message_commands: OnceCell::new(),
            member_commands: OnceCell::new(),
        }
    }

    /// The commands of the context menus of messages that this person is offered here.
    pub(crate) fn message_commands(&self) -> &[Value] {
        self.message_commands.get_or_init(|| self.commands(3))
    }

    /// Those of members.
    pub(crate) fn member_commands(&self) -> &[Value] {
        self.member_commands.get_or_init(|| self.commands(2))
    }

    fn commands(&self, kind: u64) -> Vec<Value> {
        self.place.as_ref().map_or_else(Vec::new, |place| self.me.commands_at(&place.id(), kind))
    }

    pub(crate) fn is_bot(&self, id: u64) -> bool {
        id == self.playground.sim.bot_id()
    }

    /// The name that others see.
    pub(crate) fn name_of(&self, id: u64) -> String {
        self.guild.actor(id).map_or_else(|| "somebody".to_owned(), |actor| actor.display_name())
    }

    /// Where a link to this place leads.
    pub(crate) fn link_to(&self, id: u64) -> String {
        format!("/as/{}/{id}", self.me.name())
    }

    /// Where an action is sent.
    pub(crate) fn action(&self, verb: &str) -> String {
        format!("{}/do/{verb}", self.base)
    }

    /// Every part of the page. Whoever is shown a place has read it.
    pub(crate) fn parts(&self) -> Vec<Part> {
        if let Some(place) = &self.place
            && let Some(newest) = self.me.messages(&place.id()).last()
        {
            self.playground.page().read.insert((self.me.id(), place.id()), newest.id());
        }
        let parts: [(&'static str, Markup); 8] = [
            ("top", frame::top(self)),
            ("places", frame::places(self)),
            ("head", head::head(self)),
            ("messages", messages::messages(self)),
            ("composer", frame::composer(self)),
            ("people", frame::people(self)),
            ("form", form::form(self)),
            ("operator", operator::operator(self)),
        ];
        parts.into_iter().map(|(id, markup)| (id, markup.into_string())).collect()
    }

    /// The whole page.
    pub(crate) fn page(&self) -> String {
        let parts = self.parts();
        let part = |id: &str| PreEscaped(parts.iter().find(|(known, _)| *known == id).map_or("", |(_, html)| html));
        let title = match &self.place {
            Some(place) => format!("{} · {}", place.name(), self.guild.name()),
            None => self.guild.name(),
        };
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) " · ticketbot playground" }
                    link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                    link rel="stylesheet" href="/assets/page.css";
                    script type="module" src="/assets/page.js" {}
                }
                body data-live=(format!("{}/live", self.base)) {
                    a.skip href="#messages" { "To the messages" }
                    header #top.part { (part("top")) }
                    div.columns {
                        nav #places.part aria-label="Channels" { (part("places")) }
                        main {
                            div #head.part { (part("head")) }
                            // A list that grows: screen readers read what is added.
                            div #messages.part role="log" aria-label="Messages" tabindex="0" { (part("messages")) }
                            div #command {}
                            div #composer.part { (part("composer")) }
                        }
                        aside #people.part aria-label="Members" { (part("people")) }
                        aside #operator.part aria-label="Operator" { (part("operator")) }
                    }
                    div #form.part { (part("form")) }
                    div #say role="status" aria-live="polite" {}
                }
            }
        };
        page.into_string()
    }
}

/// Whether files of this type are shown and not downloaded.
pub(crate) fn is_picture(kind: &str) -> bool {
    media::PICTURES.contains(&kind)
}

/// A page for what cannot be shown or done.
pub(crate) fn notice(heading: &str, text: &str, back: &str) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (heading) }
                link rel="stylesheet" href="/assets/page.css";
            }
            body.notice { main { h1 { (heading) } p { (text) } p { a href=(back) { "Back" } } } }
        }
    }
    .into_string()
}
