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
use crate::domain::form::quoted::Quoted;
use crate::domain::history::Message;
use crate::domain::zone::Zone;
use crate::export::cover::{Author, Cover, Extent, Facts, PartEnd};
use crate::export::names::Names;
use crate::export::render::{Listed, Piece, Render as _};
use crate::export::samples::{ANNA, BOT, facts, names};
use crate::i18n::Locale;

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
    let author = |id| Author { id, name: None };
    let writers = BTreeMap::from([(author(ANNA), 3), (author(BOT), 1)]);
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
