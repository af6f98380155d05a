//! Logs the source location of a panic. Omits its message, because `unwrap` and similar functions quote values.

use std::panic::{self, Location};

/// Sends panics to the log instead of standard error, without message and backtrace.
pub(super) fn log_them() {
    panic::set_hook(Box::new(|panic| {
        tracing::error!(
            place = panic.location().map(place),
            "internal error: this is a fault in ticketbot, please report it with the place named here"
        );
    }));
}

/// File and line, without the folders of the build machine.
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
