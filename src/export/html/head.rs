//! The beginning of the page: its policy, its style, what it is about, and what is missing from it.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use ring::digest::{SHA256, digest};

use super::{Html, markdown, times};
use crate::domain::lifecycle::State;
use crate::export::cover::{Author, Cover, Fact, Facts};
use crate::export::msg::ExportMsg;
use crate::export::names::shown;
use crate::export::times::{moment, note};
use crate::i18n::TicketState;

const STYLE: &str = include_str!("page.css");

/// Nothing but the style sheet of the page, and files that it holds itself.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(digest(&SHA256, STYLE.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; media-src data:; base-uri 'none'; \
         form-action 'none'"
    )
});

/// The most people who are named with the number of their messages.
const MOST_PEOPLE: usize = 40;

/// The most bytes of the answers of a form.
const MOST_ANSWERS: usize = 60_000;

pub(super) fn render(page: &Html, cover: &Cover<'_>) -> String {
    let facts = cover.facts;
    let title = page.say(&ExportMsg::Title { number: facts.name() });
    let thread = shown(&facts.thread_name);
    let whole = html! {
        (DOCTYPE)
        html lang=(page.locale) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY.as_str());
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="robots" content="noindex, nofollow";
                meta name="color-scheme" content="light dark";
                title { (title) @if !thread.is_empty() { " · " (thread) } }
                style { (PreEscaped(STYLE)) }
            }
            (PreEscaped("<body>"))
            div.cover {
                p.server { bdi { (shown(&facts.guild_name)) } }
                h1 { (title) " " (state(page, facts)) }
                @if !thread.is_empty() { p.thread { bdi { (thread) } } }
                // What is missing comes before anything else.
                @for note in cover.notes() { p.note { (page.say(&note)) } }
                dl.facts { @for (label, fact) in cover.entries() {
                    div { dt { (page.say(&label)) } dd { (entry(page, cover, &fact)) } }
                } }
                (answers(page, cover))
                (people(page, cover))
                p.made {
                    (page.say(&ExportMsg::MadeAt { at: moment(page.zone.wall(facts.exported_at)) })) " " (page.say(&note(&page.zone)))
                }
            }
            (PreEscaped("<main>"))
        }
    };
    // The page goes on with the messages.
    let open = whole.0.strip_suffix("</html>").unwrap_or(&whole.0);
    open.to_owned()
}

fn state(page: &Html, facts: &Facts) -> Markup {
    let class = match facts.state {
        State::Opening | State::Open => "state open",
        State::Dormant => "state dormant",
        State::Closed => "state closed",
    };
    html! { span class=(class) { (page.say(&ExportMsg::StateValue { state: TicketState(facts.state) })) } }
}

fn entry(page: &Html, cover: &Cover<'_>, fact: &Fact) -> Markup {
    match fact {
        Fact::Person(user) => html! {
            bdi { (cover.names.of_user(*user)) }
            @if let Some(person) = cover.names.person(*user) {
                " " span.aside { bdi { "@" (person.username) } }
            }
        },
        Fact::Said(msg) => html! { (page.say(msg)) },
        Fact::Priority(priority) => html! { (priority.word(&page.locale)) },
        Fact::At(at) => times::full(&page.zone, *at),
        Fact::Count(count) => html! { (count) },
    }
}

/// The form's answers.
fn answers(page: &Html, cover: &Cover<'_>) -> Markup {
    let reader = page.reader(cover.names);
    let shown = html! {
        section.answers {
            h2 { (page.say(&ExportMsg::Answers)) }
            dl { @for answer in cover.answers {
                div {
                    dt { bdi { (markdown::line(reader, &answer.question)) } }
                    dd dir="auto" { (markdown::text(reader, &answer.answer)) }
                }
            } }
        }
    };
    // They stand in the first message, too.
    if cover.answers.is_empty() || shown.0.len() > MOST_ANSWERS {
        html! {}
    } else {
        shown
    }
}

fn people(page: &Html, cover: &Cover<'_>) -> Markup {
    let mut writers: Vec<(&Author, &u64)> = cover.writers.iter().collect();
    writers.sort_by_key(|(author, count)| (std::cmp::Reverse(**count), *author));
    let more = writers.len().saturating_sub(MOST_PEOPLE) as u64;
    html! {
        @if !writers.is_empty() {
            section.people {
                h2 { (page.say(&ExportMsg::People)) }
                ul {
                    @for (author, count) in writers.into_iter().take(MOST_PEOPLE) {
                        li { bdi { (cover.names.of_author(author)) } " " span.aside { (count) } }
                    }
                    @if more > 0 { li { (page.say(&ExportMsg::MorePeople { count: more })) } }
                }
            }
        }
    }
}
