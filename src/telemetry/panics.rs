//! A panic is logged by its place in the source. Its message is left out, because `unwrap` and friends quote values.

use std::panic::{self, Location};

/// From here on panics go to the log instead of to standard error, without message and without backtrace.
pub(super) fn log_them() {
    panic::set_hook(Box::new(|panic| {
        tracing::error!(
            place = panic.location().map(place),
            "internal error: this is a fault in ticketbot, please report it with the place named here"
        );
    }));
}

/// File and line. The folders of the machine it was built on are nobody's business.
fn place(location: &Location<'_>) -> String {
    let file = location.file();
    let file = file.split_once("/registry/src/").map_or(file, |(_, dependency)| dependency);
    format!("{file}:{}:{}", location.line(), location.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_names_file_and_line() {
        let here = place(Location::caller());

        assert!(here.contains("telemetry") && here.contains("panics.rs:"), "{here}");
    }
}
