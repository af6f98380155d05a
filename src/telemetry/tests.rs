//! The real layers, written into memory.

use std::sync::{Arc, Mutex};

use tracing::subscriber::with_default;

use super::*;

#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl io::Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Memory {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// What console and file contain after `emit`.
fn logged(filter: &str, verbosity: u8, emit: impl FnOnce()) -> (String, String) {
    let (console, file) = (Memory::default(), Memory::default());
    let log = Log { directory: None, retention_days: 90, filter: filter.to_owned() };
    let (to_console, to_file) = (console.clone(), file.clone());
    let subscriber =
        subscriber(&log, verbosity, move || to_console.clone(), false, Some(move || to_file.clone())).unwrap();
    with_default(subscriber, emit);
    (console.text(), file.text())
}

/// One line per level and target, with private data in the message and in a field.
macro_rules! at_all_levels {
    ($($target:literal),*) => {{
        $(
            tracing::error!(target: $target, private = "PRIVATE", "{} error PRIVATE", $target);
            tracing::warn!(target: $target, private = "PRIVATE", "{} warn PRIVATE", $target);
            tracing::info!(target: $target, private = "PRIVATE", "{} info PRIVATE", $target);
            tracing::debug!(target: $target, private = "PRIVATE", "{} debug PRIVATE", $target);
            tracing::trace!(target: $target, private = "PRIVATE", "{} trace PRIVATE", $target);
        )*
    }};
}

/// Many filters that people might use, each with every `-v`.
fn for_all_filters(check: impl Fn(&str, u8)) {
    for filter in [
        "",
        "trace",
        "debug",
        "serenity=trace",
        "serenity::gateway::ws=trace,poise=trace,sqlx=trace,sqlx::query=trace",
        "[{private}]=trace",
        "[{private=PRIVATE}]=trace",
        "[dispatch]=trace",
        "serenity[dispatch{event}]=trace",
        "poise::builtins=error",
    ] {
        for verbosity in 0..=3 {
            check(filter, verbosity);
        }
    }
}

#[test]
fn targets_that_print_private_data_at_every_level_are_silent_whatever_the_filter() {
    for_all_filters(|filter, verbosity| {
        let (console, file) = logged(filter, verbosity, || {
            at_all_levels!(
                "poise::builtins",
                "poise::dispatch::slash",
                "poise::structs::framework_options",
                "sqlx::query",
                "rustls::common_state",
                "tungstenite::protocol"
            );
        });
        assert_eq!((console.as_str(), file.as_str()), ("", ""), "{filter} -{verbosity}");
    });
}

#[test]
fn targets_whose_warnings_are_private_say_errors_only() {
    for_all_filters(|filter, verbosity| {
        let (console, file) = logged(filter, verbosity, || {
            at_all_levels!(
                "serenity::gateway::ws",
                "serenity::gateway::shard",
                "serenity::http::client",
                "serenity::model::utils",
                "serenity::utils::quick_modal",
                "serenity::gateway::bridge::shard_runner",
                "serenity::client",
                "hyper_util::client::legacy::client"
            );
        });
        for level in ["warn", "info", "debug", "trace"] {
            let marker = format!(" {level} PRIVATE");
            assert!(!console.contains(&marker) && !file.contains(&marker), "{filter} -{verbosity}: {console}");
        }
    });
}

#[test]
fn every_other_library_says_warnings_and_errors_only() {
    for_all_filters(|filter, verbosity| {
        let (console, file) = logged(filter, verbosity, || {
            at_all_levels!("reqwest::connect", "hyper::proto", "h2", "anything");
        });
        for level in ["info", "debug", "trace"] {
            let marker = format!(" {level} PRIVATE");
            assert!(!console.contains(&marker) && !file.contains(&marker), "{filter} -{verbosity}: {console}");
        }
    });
    let (console, file) = logged("", 0, || at_all_levels!("anything"));
    for text in [console, file] {
        assert!(text.contains("anything error") && text.contains("anything warn"), "{text}");
    }
}

#[test]
fn spans_of_libraries_put_nothing_beside_our_lines() {
    for_all_filters(|filter, verbosity| {
        let (console, file) = logged(filter, verbosity, || {
            let outer = tracing::info_span!(target: "serenity::client::dispatch", "dispatch", event = "PRIVATE", token = "PRIVATE");
            let _outer = outer.enter();
            let inner = tracing::error_span!(target: "poise::dispatch", "run", private = "PRIVATE");
            let _inner = inner.enter();
            tracing::info!(target: "ticketbot::tickets", { ticket.id = 7 }, "opened");
        });
        for text in [console, file] {
            assert!(
                text.contains("opened") && !text.contains("PRIVATE") && !text.contains("dispatch"),
                "{filter} -{verbosity}: {text}"
            );
        }
    });
}

#[test]
fn verbosity_opens_our_own_lines_only() {
    for (verbosity, shown) in [(0, 3), (1, 4), (2, 5), (9, 5)] {
        let (console, file) = logged("", verbosity, || at_all_levels!("ticketbot::tickets"));
        assert_eq!((console.lines().count(), file.lines().count()), (shown, shown), "-v × {verbosity}");
    }
}

#[test]
fn a_filter_opens_one_part_and_can_also_close_it() {
    let emit = || at_all_levels!("ticketbot::tickets", "ticketbot::storage");
    for (filter, verbosity, shown) in [
        ("ticketbot::tickets=trace", 0, 5 + 3),
        ("ticketbot=error", 0, 2),
        ("ticketbot=error", 1, 8),
        ("ticketbot=off", 0, 0),
        ("ticketbot::storage=off", 2, 5),
    ] {
        let (console, _) = logged(filter, verbosity, emit);
        assert_eq!(console.lines().count(), shown, "{filter}: {console}");
    }
}

#[test]
fn a_filter_that_is_not_understood_is_named() {
    let log = Log { directory: None, retention_days: 90, filter: "ticketbot=loud".to_owned() };

    let failure = filter(&log, 0).unwrap_err();

    assert!(failure.to_string().contains("`log.filter`") && failure.code() == 2, "{failure}");
}

#[test]
fn the_file_holds_one_json_object_a_line_with_its_fields() {
    let (console, file) = logged("", 0, || {
        let span = tracing::info_span!(target: "ticketbot::tickets", "open", inbox.id = 5);
        let _span = span.enter();
        tracing::info!(target: "ticketbot::tickets", { ticket.id = 7 }, "opened\nnow");
    });

    let line: serde_json::Value = serde_json::from_str(file.trim_end()).unwrap();
    assert_eq!(
        (&line["level"], &line["target"], &line["message"]),
        (&"INFO".into(), &"ticketbot::tickets".into(), &"opened\nnow".into())
    );
    assert_eq!((&line["ticket.id"], &line["span"]["inbox.id"]), (&7.into(), &5.into()));
    assert!(line["timestamp"].as_str().unwrap().ends_with('Z'));
    assert!(console.contains("ticket.id=7") && !console.contains('\u{1b}'), "{console}");
}

#[test]
fn a_place_names_file_and_line() {
    let here = super::place(std::panic::Location::caller());

    assert!(here.contains("telemetry") && here.contains("tests.rs:"), "{here}");
}
