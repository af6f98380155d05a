//! Caps that no filter overrides: library log lines that print tokens, names or message text.
//!
//! Based on every warning and error in serenity 0.12.5, poise 0.7.1, sqlx 0.9, reqwest 0.12, hyper 1, hyper-util 0.1,
//! hyper-rustls 0.27 and tower 0.5. Read them again when one of these is updated.

use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter};

/// For every target not in [`CAPS`]. Below it, libraries print addresses, headers and bodies.
const EVERYTHING_ELSE: LevelFilter = LevelFilter::WARN;

/// The most verbose level of a target and its submodules, with the reason. The longest match applies.
const CAPS: &[(&str, LevelFilter, &str)] = &[
    ("ticketbot", LevelFilter::TRACE, "our own lines carry ids and codes, never private data"),
    (
        "serenity",
        LevelFilter::ERROR,
        "spans at info hold whole events; warnings hold frames (gateway::ws), values that did not parse (gateway::shard, \
         model::utils), paths with interaction tokens (http::client) and form input (utils::quick_modal)",
    ),
    (
        "poise",
        LevelFilter::OFF,
        "builtins prints author names and message text, dispatch and the default error handler print errors whose \
         addresses hold interaction tokens, all up to error",
    ),
    ("poise::framework", LevelFilter::WARN, "says that the application's owners could not be fetched"),
    (
        "sqlx::query",
        LevelFilter::OFF,
        "slow statements are printed whole at warn, and one that opens an encrypted database holds its key",
    ),
    ("sqlx_sqlite::regexp", LevelFilter::OFF, "prints the values it is given, at error"),
    ("hyper_util::client", LevelFilter::ERROR, "prints paths, which may hold interaction tokens, at warn"),
    ("rustls", LevelFilter::OFF, "prints handshake messages at warn"),
    ("tungstenite", LevelFilter::OFF, "prints frames"),
    ("tokio_tungstenite", LevelFilter::OFF, "prints frames"),
];

/// A filter for one layer, combined with the operator's by `and`. Covers events and spans.
pub(super) struct Cap;

impl Cap {
    fn allows(metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= most_of(metadata.target())
    }
}

impl<S: Subscriber> Filter<S> for Cap {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        Self::allows(metadata)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if Self::allows(metadata) { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::TRACE)
    }
}

fn most_of(target: &str) -> LevelFilter {
    CAPS.iter()
        .filter(|(prefix, ..)| {
            target.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        })
        .max_by_key(|(prefix, ..)| prefix.len())
        .map_or(EVERYTHING_ELSE, |(_, most, _)| *most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_match_holds_and_only_whole_names_match() {
        for (target, expected) in [
            ("ticketbot", LevelFilter::TRACE),
            ("ticketbot::tickets::open", LevelFilter::TRACE),
            ("ticketbot_evil", LevelFilter::WARN),
            ("serenity", LevelFilter::ERROR),
            ("serenity::gateway::ws", LevelFilter::ERROR),
            ("serenity::client::dispatch", LevelFilter::ERROR),
            ("poise::builtins", LevelFilter::OFF),
            ("poise::framework", LevelFilter::WARN),
            ("sqlx::query", LevelFilter::OFF),
            ("sqlx_core::pool::inner", LevelFilter::WARN),
            ("reqwest::connect", LevelFilter::WARN),
            ("", LevelFilter::WARN),
        ] {
            assert_eq!(most_of(target), expected, "{target}");
        }
    }
}
