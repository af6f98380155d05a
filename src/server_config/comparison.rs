//! What a file would change, as text: sections with a heading and lines, for Discord and for a terminal.

use super::msg::ConfigMsg;
use crate::domain::text;
use crate::i18n::{self, Locale};

/// What would change; nothing, if it is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    sections: Vec<Section>,
}

/// One part of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Section {
    heading: Heading,
    lines: Vec<Line>,
}

/// What stands above the lines of a section. With Discord's markdown, names in it are escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    markdown: ConfigMsg,
    plain: ConfigMsg,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub sign: char,
    pub text: String,
}

/// Where it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// With Discord's markdown.
    Markdown,
    Plain,
}

impl Heading {
    /// `msg` gets how a name is written.
    pub(super) fn naming(msg: impl Fn(&dyn Fn(&str) -> String) -> ConfigMsg) -> Self {
        Self { markdown: msg(&text::escape), plain: msg(&str::to_owned) }
    }

    fn render(&self, reader: &Locale, style: Style) -> String {
        match style {
            Style::Markdown => i18n::render(reader, &self.markdown),
            Style::Plain => i18n::render(reader, &self.plain).replace("**", ""),
        }
    }
}

impl From<ConfigMsg> for Heading {
    fn from(msg: ConfigMsg) -> Self {
        Self { markdown: msg.clone(), plain: msg }
    }
}

impl Comparison {
    pub(super) fn add(&mut self, heading: impl Into<Heading>, lines: Vec<Line>) {
        self.sections.push(Section { heading: heading.into(), lines });
    }

    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    pub fn render(&self, reader: &Locale, style: Style) -> String {
        self.sections.iter().map(|section| section.render(reader, style) + "\n").collect()
    }

    /// As much as fits into so many characters, with Discord's markdown: of what does not fit, the headings.
    pub fn summary(&self, reader: &Locale, most: usize) -> String {
        let mut out = String::new();
        for section in &self.sections {
            let left = most.saturating_sub(text::length(&out));
            let heading = section.heading.render(reader, Style::Markdown);
            let fitting = [section.render(reader, Style::Markdown), heading];
            let Some(part) = fitting.into_iter().find(|part| text::length(part) < left) else {
                out.push('…');
                break;
            };
            out.push_str(&part);
            out.push('\n');
        }
        out
    }
}

impl Section {
    fn render(&self, reader: &Locale, style: Style) -> String {
        let heading = self.heading.render(reader, style);
        let lines: Vec<String> = self.lines.iter().map(Line::render).collect();
        match (style, lines.is_empty()) {
            (Style::Plain, _) => std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n"),
            (Style::Markdown, true) => heading,
            (Style::Markdown, false) => {
                format!("{heading}\n```diff\n{}\n```", lines.join("\n").replace("```", "'''"))
            }
        }
    }
}

impl Line {
    fn render(&self) -> String {
        let lines: Vec<String> = self.text.lines().map(|line| format!("{} {line}", self.sign)).collect();
        lines.join("\n")
    }
}
