//! Renders Discord's markup as a client does: mentions and links by name, times as words, bold without stars.

use std::collections::HashMap;

/// Names in mentions, by id.
pub struct Names {
    pub names: HashMap<u64, String>,
    /// Unix milliseconds, for "in 3 minutes".
    pub now_ms: i64,
}

impl Names {
    /// The text as a client shows it.
    pub fn read(&self, text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['<', 'h', '*', '`']) {
            shown.push_str(&rest[..at]);
            rest = &rest[at..];
            let (words, length) = self.mark(rest).unwrap_or_else(|| (rest[..1].to_owned(), 1));
            shown.push_str(&words);
            rest = &rest[length..];
        }
        shown + rest
    }

    /// Renders the mark at the beginning of `text`, and returns how many bytes it covers.
    fn mark(&self, text: &str) -> Option<(String, usize)> {
        if text.starts_with("**") {
            return Some((String::new(), 2));
        }
        if text.starts_with('<') {
            let end = text.find('>')?;
            return Some((self.bracketed(&text[1..end])?, end + 1));
        }
        let path = text.strip_prefix("https://discord.com/channels/")?;
        let length = path.find(|letter: char| !letter.is_ascii_digit() && letter != '/').unwrap_or(path.len());
        let ids: Vec<u64> = path[..length].split('/').filter_map(|id| id.parse().ok()).collect();
        let name = self.name('#', *ids.get(1)?);
        let words = if ids.len() > 2 { format!("{name} › message") } else { name };
        Some((words, text.len() - path.len() + length))
    }

    /// `#1`, `@1`, `@&1`, `t:1:R` and `/name:1`, without their brackets.
    fn bracketed(&self, inner: &str) -> Option<String> {
        if let Some(time) = inner.strip_prefix("t:") {
            let seconds: i64 = time.split(':').next()?.parse().ok()?;
            return Some(relative(seconds - self.now_ms / 1000));
        }
        if let Some(command) = inner.strip_prefix('/') {
            return Some(format!("/{}", command.split(':').next()?));
        }
        let sign = inner.chars().next().filter(|sign| matches!(sign, '#' | '@'))?;
        let id = inner[1..].trim_start_matches(['!', '&']).parse().ok()?;
        Some(self.name(sign, id))
    }

    fn name(&self, sign: char, id: u64) -> String {
        format!("{sign}{}", self.names.get(&id).map_or("unknown", String::as_str))
    }
}

fn relative(seconds: i64) -> String {
    let (number, unit) = match seconds.abs() {
        number @ 0..=89 => (number, "second"),
        number => ((number + 30) / 60, "minute"),
    };
    let plural = if number == 1 { "" } else { "s" };
    if seconds < 0 { format!("{number} {unit}{plural} ago") } else { format!("in {number} {unit}{plural}") }
}
