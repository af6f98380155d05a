//! A page with the most telling rows of docs/performance.md as bars: each bot's figure, and how long the bar is compared
//! with the longer one of its pair.

use maud::{DOCTYPE, PreEscaped, html};

/// A row of the table "Both bots in one run", what it is called on the picture, and its unit.
const ROWS: [(&str, &str, &str); 6] = [
    ("2,400 guilds: resident MiB", "Memory in 2,400 servers", "MiB"),
    ("start until it listens, ms", "Start until it listens", "ms"),
    ("CPU ms a ticket, one at once", "Processor time for a ticket", "ms"),
    ("requests, and how many of them one after another", "Requests for a ticket", ""),
    ("50 ms a request: link, ms", "Click until the link, at 50 ms for a request", "ms"),
    ("tickets lost of 1,920, 64 at once", "Tickets lost of 1,920, when 64 click at once", ""),
];

const STYLE: &str = "
    body { margin: 0; padding: 26px 34px; font: 15px/1.4 'DejaVu Sans', sans-serif; color: #1f2933; background: #fdfdfb }
    h1 { font-size: 19px; margin: 0 0 4px } p { margin: 0 0 16px; color: #52606d; font-size: 13px }
    .pairs { display: grid; grid-template-columns: 1fr 1fr; gap: 18px 44px }
    h2 { font-size: 14px; font-weight: 600; margin: 0 0 5px }
    .bar { display: grid; grid-template-columns: 96px 1fr; align-items: center; font-size: 13px; margin: 3px 0 }
    .track { display: flex; align-items: center; gap: 8px } .track i { display: block; height: 15px; border-radius: 0 4px 4px 0; min-width: 2px }
    .ours i { background: #0f766e } .theirs i { background: #b8c0c8 } .ours { font-weight: 600 } .theirs { color: #52606d }";

/// The page, from the text of docs/performance.md.
pub fn page(document: &str) -> String {
    let table: Vec<Vec<&str>> = document
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let row = |name: &str| table.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("no row `{name}`"));
    html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "ticketbot in figures" } style { (PreEscaped(STYLE)) } }
            body {
                h1 { "ticketbot in figures" }
                p { "ticketbot 0.1.0 and theticketbot 1.0.1 on the same machine, from docs/performance.md. Shorter is better." }
                div.pairs {
                    @for (name, title, unit) in ROWS {
                        @let cells = row(name);
                        @let (ours, theirs) = (Figure::read(cells[1]), Figure::read(cells[2]));
                        @let longest = ours.value.max(theirs.value).max(f64::MIN_POSITIVE);
                        section {
                            h2 { (title) }
                            (bar("ours", "ticketbot", &ours, longest, unit))
                            (bar("theirs", "theticketbot", &theirs, longest, unit))
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

fn bar(class: &str, bot: &str, figure: &Figure, longest: f64, unit: &str) -> maud::Markup {
    // The figure stands beside the bar.
    let width = figure.value / longest * 70.0;
    html! {
        div class={ "bar " (class) } {
            span { (bot) }
            span.track { i style=(format!("width: {width:.1}%")) {} (figure.text) " " (unit) }
        }
    }
}

/// The median of a cell like `15.5 (14.3–20.9)`, `158.1 / 170.0` or `3, 3`.
struct Figure<'t> {
    text: &'t str,
    value: f64,
}

impl<'t> Figure<'t> {
    fn read(cell: &'t str) -> Self {
        let text = cell.split_once(", ").map_or(cell, |(first, _)| first);
        let text = text.split([' ', '/']).next().unwrap_or(text);
        let value = text.replace(',', "").parse().unwrap_or_else(|_| panic!("no figure in `{cell}`"));
        Self { text, value }
    }
}
