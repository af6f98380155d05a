//! The record: requests, events, unsupported requests (gaps) and the bot's mistakes (violations).

use std::collections::{BTreeMap, VecDeque};
use std::time::Instant;

use serde_json::Value;

/// How many lines of a transcript are kept, and their maximum length.
const KEPT_LINES: usize = 4_000;
const LINE_LENGTH: usize = 1_200;

/// The prefix of every interaction token, in Discord too; transcripts omit them.
pub(crate) const INTERACTION_TOKEN_PREFIX: &str = "aW50ZXJhY3Rpb246";

/// One request of the bot, and its response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    pub method: String,
    /// Without `/api/v10` and the query; interaction tokens included.
    pub path: String,
    /// The route's template, such as `/channels/{channel}/threads`; the path itself where no route fits.
    pub route: String,
    pub query: Vec<(String, String)>,
    pub body: Value,
    /// Names of uploaded files.
    pub files: Vec<String>,
    /// The decoded `X-Audit-Log-Reason`.
    pub reason: Option<String>,
    /// Virtual time of arrival.
    pub at_ms: i64,
    /// Real time of arrival, for measurements.
    pub arrived: Instant,
    /// Real time of the answer.
    pub answered: Option<Instant>,
    /// `None` while unanswered, and forever if the connection was cut.
    pub status: Option<u16>,
    /// The `code` of Discord's error body.
    pub error_code: Option<u64>,
}

impl Request {
    /// Whether this is that route; `{…}` stands for one segment of any name, `*` for any method or any path.
    pub fn is(&self, method: &str, pattern: &str) -> bool {
        (method == "*" || self.method == method) && (pattern == "*" || path_fits(pattern, &self.path))
    }
}

/// Whether a path has the shape of a pattern, segment by segment.
pub(crate) fn path_fits(pattern: &str, path: &str) -> bool {
    let fits = |(wanted, given): (&str, &str)| wanted.starts_with('{') || wanted == given;
    pattern.split('/').count() == path.split('/').count() && pattern.split('/').zip(path.split('/')).all(fits)
}

#[derive(Default)]
pub(crate) struct Record {
    pub(crate) requests: Vec<Request>,
    pub(crate) gaps: Vec<String>,
    pub(crate) violations: Vec<String>,
    /// How often each kind of event was sent.
    pub(crate) event_counts: BTreeMap<String, usize>,
    /// Never to be printed.
    pub(crate) bot_token: String,
    lines: VecDeque<String>,
    dropped_lines: usize,
    started_ms: Option<i64>,
    last_ms: i64,
}

impl Record {
    pub(crate) fn line(&mut self, at_ms: i64, text: String) {
        self.last_ms = at_ms;
        let started = *self.started_ms.get_or_insert(at_ms);
        let mut line = self.redact(text);
        if let Some((cut, _)) = line.char_indices().nth(LINE_LENGTH) {
            line.truncate(cut);
            line.push('…');
        }
        let since = at_ms - started;
        self.lines.push_back(format!("[+{:>4}.{:03}] {line}", since / 1000, since % 1000));
        if self.lines.len() > KEPT_LINES {
            self.lines.pop_front();
            self.dropped_lines += 1;
        }
    }

    pub(crate) fn event(&mut self, at_ms: i64, name: &str, data: &Value) {
        *self.event_counts.entry(name.to_owned()).or_default() += 1;
        self.line(at_ms, format!("⇢ {name} {}", brief(name, data)));
    }

    pub(crate) fn missed_event(&mut self, at_ms: i64, name: &str, data: &Value) {
        self.line(at_ms, format!("⇢ {name} (kept for a resume) {}", brief(name, data)));
    }

    pub(crate) fn gap(&mut self, what: String) {
        let what = self.redact(what);
        self.line(self.last_ms, format!("GAP: {what}"));
        self.gaps.push(what);
    }

    pub(crate) fn violation(&mut self, what: String) {
        let what = self.redact(what);
        self.line(self.last_ms, format!("VIOLATION: {what}"));
        self.violations.push(what);
    }

    pub(crate) fn lines_since(&self, number: usize) -> (Vec<String>, usize) {
        let lines = self.lines.iter().skip(number.saturating_sub(self.dropped_lines)).cloned().collect();
        (lines, self.dropped_lines + self.lines.len())
    }

    pub(crate) fn transcript(&self) -> String {
        let mut text = String::new();
        if self.dropped_lines > 0 {
            text = format!("… {} earlier lines\n", self.dropped_lines);
        }
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    fn redact(&self, mut text: String) -> String {
        if !self.bot_token.is_empty() {
            text = text.replace(&self.bot_token, "…");
        }
        let mut clean = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(start) = rest.find(INTERACTION_TOKEN_PREFIX) {
            clean.push_str(&rest[..start]);
            clean.push('…');
            let of_token = |letter: char| letter.is_ascii_alphanumeric() || "_-=".contains(letter);
            rest = rest[start..].trim_start_matches(of_token);
        }
        clean + rest
    }
}

/// The guilds' own events are too long to read; others are shown as sent.
fn brief(name: &str, data: &Value) -> String {
    match name {
        "GUILD_CREATE" => format!(
            "{} {} (channels {}, threads {})",
            data["id"],
            data["name"],
            data["channels"].as_array().map_or(0, Vec::len),
            data["threads"].as_array().map_or(0, Vec::len)
        ),
        "READY" => format!("guilds {}", data["guilds"].as_array().map_or(0, Vec::len)),
        _ => data.to_string(),
    }
}
