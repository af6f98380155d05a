//! A clock that a simulated Discord on this machine moves forward, for `cargo playground` and rehearsals.
//!
//! A file holds how many milliseconds the clock is ahead of the system's. The environment variable `TICKETBOT_CLOCK_FILE`
//! names it. It is accepted only together with an address of Discord's API on this machine, so that no real bot can run
//! on a wrong time.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use crate::config::{Discord, is_on_this_machine};
use crate::domain::clock::{Clock, SystemClock, Timestamp};
use crate::failure::Failure;

/// The system's clock, or with a file one that follows it.
pub fn choose(file: Option<PathBuf>, discord: &Discord) -> Result<Arc<dyn Clock>, Failure> {
    let system = SystemClock::start();
    let Some(file) = file else {
        return Ok(Arc::new(system));
    };
    if !discord.custom || !is_on_this_machine(&discord.api_base) {
        return Err(Failure::config("The environment variable TICKETBOT_CLOCK_FILE")
            .cause("is only for a simulated Discord on this machine, and `discord.api_base` is another address")
            .help("Remove the variable."));
    }
    tracing::warn!("the clock follows {}: this is a rehearsal", file.display());
    Ok(Arc::new(ClockFile { system, file, ahead: AtomicI64::new(0) }))
}

/// Reads the file whenever the time is asked for, so that a change counts at once.
struct ClockFile {
    system: SystemClock,
    file: PathBuf,
    /// The last value that could be read.
    ahead: AtomicI64,
}

impl ClockFile {
    fn ahead(&self) -> i64 {
        if let Some(ahead) = fs::read_to_string(&self.file).ok().and_then(|text| text.trim().parse().ok()) {
            self.ahead.store(ahead, Ordering::Relaxed);
        }
        self.ahead.load(Ordering::Relaxed)
    }
}

impl Clock for ClockFile {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.system.now().millis().saturating_add(self.ahead()))
    }

    fn monotonic(&self) -> Duration {
        self.system.monotonic() + Duration::from_millis(u64::try_from(self.ahead()).unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn discord(api_base: &str) -> Discord {
        let custom = api_base != "https://discord.com";
        Discord { api_base: api_base.to_owned(), custom, from_environment: false, allow_insecure_http: false }
    }

    #[test]
    fn the_clock_follows_the_file_and_keeps_the_last_value() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        let clock = choose(Some(file.clone()), &discord("http://127.0.0.1:8080")).unwrap();
        let (now, monotonic) = (clock.now(), clock.monotonic());
        fs::write(&file, "3600000\n").unwrap();
        assert!(clock.now().since(now) >= Duration::from_hours(1));
        assert!(clock.monotonic() >= monotonic + Duration::from_hours(1));
        for broken in ["", "soon"] {
            fs::write(&file, broken).unwrap();
            assert!(clock.now().since(now) >= Duration::from_hours(1), "{broken:?}");
        }
    }

    #[test]
    fn a_file_is_refused_for_any_other_discord() {
        for address in ["https://discord.com", "https://proxy.example", "http://10.0.0.1"] {
            let failure = choose(Some("clock".into()), &discord(address)).err().unwrap();
            assert_eq!(failure.code(), 2, "{address}");
        }
        assert!(choose(None, &discord("https://discord.com")).is_ok());
    }
}
