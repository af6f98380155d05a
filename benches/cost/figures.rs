//! Medians, spreads, and the machine.

use std::fmt;
use std::fs;
use std::time::Duration;

/// The value below which `percent` of the values lie.
pub(crate) fn quantile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get((last * percent + 50) / 100).copied().unwrap_or(f64::NAN)
}

/// Median, least and most of a few runs.
pub(crate) struct Spread(pub(crate) Vec<f64>);

impl Spread {
    pub(crate) fn median(&self) -> f64 {
        quantile(&self.0, 50)
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, least, most] = [50, 0, 100].map(|percent| quantile(&self.0, percent));
        let digits = if median < 10.0 { 2 } else { usize::from(median < 100.0) };
        write!(f, "{median:.digits$} ({least:.digits$}–{most:.digits$})")
    }
}

/// Median and 99th percentile of many values.
pub(crate) fn tail(values: &[f64]) -> String {
    format!("{:.1} / {:.1}", quantile(values, 50), quantile(values, 99))
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "a process has less than 2^52 KiB")]
pub(crate) fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}

#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 of anything are measured")]
pub(crate) fn each(total: f64, count: usize) -> f64 {
    total / count as f64
}

/// Program, processor, memory and kernel, for a table's head.
pub(crate) fn machine() -> String {
    let field = |file: &str, name: &str| {
        let text = fs::read_to_string(file).unwrap_or_default();
        let value = text.lines().find_map(|line| Some(line.strip_prefix(name)?.split_once(':')?.1.trim().to_owned()));
        value.unwrap_or_else(|| "unknown".to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let memory: u64 = field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0);
    format!(
        "ticketbot {}, {}; {cores} cores ({}), {} GiB, {} {}, load {} at the start",
        env!("CARGO_PKG_VERSION"),
        if cfg!(debug_assertions) { "NOT optimised" } else { "optimised" },
        field("/proc/cpuinfo", "model name"),
        memory >> 20,
        std::env::consts::OS,
        kernel.trim(),
        load.split(' ').next().unwrap_or_default(),
    )
}
