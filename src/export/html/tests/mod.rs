//! The page read by a real parser: what it holds, and that nothing in it acts.

mod hostile;
mod markdown;
mod page;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};
use scraper::{ElementRef, Html as Parsed, Selector};

use super::Html;
use crate::domain::clock::Timestamp;
use crate::domain::form::quoted::Quoted;
use crate::domain::history::{Body, Kind, Message, Person};
use crate::domain::ids::{ChannelId, GuildId, InboxId, MessageId, RoleId, ThreadId, UserId};
use crate::domain::lifecycle::State;
use crate::domain::priority::Priority;
use crate::domain::zone::Zone;
use crate::export::cover::{Cover, Extent, Facts, PartEnd};
use crate::export::names::Names;
use crate::export::render::{Listed, Piece, Render as _};
use crate::i18n::Locale;

const GUILD: GuildId = GuildId::new(1);
const ANNA: UserId = UserId::new(2 << 22);
const BOT: UserId = UserId::new(3 << 22);

/// A Friday afternoon.
const AT: Timestamp = Timestamp::from_seconds(1_781_272_980);

fn anna() -> Person {
    Person { id: ANNA, display_name: "Anna".to_owned(), username: "anna".to_owned(), is_app: false }
}

fn bot() -> Person {
    Person { id: BOT, display_name: "tickets".to_owned(), username: "tickets".to_owned(), is_app: true }
}

/// A message of so many minutes later.
fn message(minute: u64, author: Person, body: Body) -> Message {
    let at = AT + std::time::Duration::from_mins(minute);
    Message {
        id: MessageId::new(MessageId::first_at(at).get() + minute),
        kind: Kind::Written,
        author,
        edited_at: None,
        is_pinned: false,
        body,
        mentions: Vec::new(),
        reply_to: None,
        forwards: Vec::new(),
        command: None,
        reactions: Vec::new(),
    }
}

fn said(text: &str) -> Body {
    Body { text: text.to_owned(), ..Body::default() }
}

fn facts() -> Facts {
    Facts {
        guild: GUILD,
        guild_name: "Harbour".to_owned(),
        number: 12,
        thread: ThreadId::new(4),
        thread_name: "2026-06-12 Anna".to_owned(),
        inbox: Some(InboxId::new(3)),
        owner: ANNA,
        state: State::Closed,
        priority: Priority::High,
        opened_at: AT,
        opened_by: None,
        claimed_by: Some(UserId::new(5 << 22)),
        closed_at: Some(AT),
        closed_by: Some(BOT),
        starter: None,
        reads_content: Some(true),
        exported_at: AT,
    }
}

fn names() -> Names {
    let mut names = Names::new(GUILD, BTreeMap::from([(RoleId::new(7), "Support".to_owned())]));
    names.set_channels(BTreeMap::from([(ChannelId::new(8), "help".to_owned())]));
    names.add(&anna());
    names.add(&bot());
    names
}

/// A whole file.
fn file(facts: &Facts, names: &Names, messages: &[Message], answers: &[Quoted]) -> String {
    let mut renderer = Html::new(Locale::default(), ANNA, Zone::utc());
    let mut body = String::new();
    for message in messages {
        let Piece { before, files, after } = renderer.message(message, names);
        body += &before;
        for (number, file) in files.iter().enumerate() {
            let (open, close) = renderer.embedded(file).expect("pages hold files");
            match number % 2 {
                0 => body.extend([open.as_str(), "AAAA", close.as_str()]),
                _ => body += &renderer.listed(file, Listed::TooLarge),
            }
        }
        body += &after;
    }
    let writers = BTreeMap::from([(ANNA, 3), (BOT, 1)]);
    let extent = Extent { part: 1, messages: messages.len() as u64, end: PartEnd::Last };
    let cover = Cover { facts, names, answers, writers: &writers, extent };
    renderer.head(&cover) + &body + &renderer.tail()
}

fn usual(messages: &[Message]) -> Parsed {
    let page = file(&facts(), &names(), messages, &[]);
    let parsed = Parsed::parse_document(&page);
    assert_harmless(&parsed);
    parsed
}

fn find<'p>(page: &'p Parsed, selector: &str) -> Vec<ElementRef<'p>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn texts(page: &Parsed, selector: &str) -> Vec<String> {
    find(page, selector).iter().map(|element| element.text().collect()).collect()
}

/// The elements of a page.
const KNOWN: &str = "html head meta title style body main div section article header h1 h2 p dl dt dd ul ol li b i em \
                     strong s u a br bdi span time code pre blockquote details summary figure figcaption img audio video \
                     svg rect";

/// A page is what its templates say: valid, without anything that acts or loads, under a policy that allows nothing else.
fn assert_harmless(page: &Parsed) {
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    for element in find(page, "*") {
        let name = element.value().name();
        assert!(KNOWN.split(' ').any(|known| known == name), "<{name}>");
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on") && attribute != "style", "<{name} {attribute}>");
            let is_harmless = match (name, attribute) {
                ("a", "href") if element.value().attr("download").is_some() => {
                    value.starts_with("data:application/octet-stream;base64,")
                }
                ("a", "href") => ["https://", "http://", "#m"].iter().any(|start| value.starts_with(start)),
                ("img", "src") => value.starts_with("data:image/"),
                ("audio", "src") => value.starts_with("data:audio/"),
                ("video", "src") => value.starts_with("data:video/"),
                ("rect", "fill") => value.len() == 7 && value.starts_with('#'),
                (_, "src" | "href" | "srcset" | "action" | "formaction" | "data" | "poster") => false,
                _ => true,
            };
            assert!(is_harmless, "<{name} {attribute}={value:?}>");
        }
    }
    let [style] = &find(page, "style")[..] else { panic!("one style sheet") };
    let style: String = style.text().collect();
    for remote in ["url(", "@import", "http:", "https:"] {
        assert!(!style.contains(remote), "{remote} in the style sheet");
    }
    let [policy] = &find(page, "meta[http-equiv]")[..] else { panic!("one policy") };
    let hash = STANDARD.encode(digest(&SHA256, style.as_bytes()));
    let expected = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; media-src data:; base-uri 'none'; \
         form-action 'none'"
    );
    assert_eq!(policy.value().attr("content"), Some(expected.as_str()));
}
