//! Writes log lines to a terminal, pipe or disk from a separate thread, so that a stuck target blocks nobody. Lines
//! that exceed the buffer are dropped, and their count is written in their place.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tracing_subscriber::fmt::MakeWriter;

/// Maximum bytes of buffered lines.
const MOST_WAITING: usize = 1024 * 1024;

/// How long the program's end waits for buffered lines.
const FLUSH_WITHIN: Duration = Duration::from_secs(1);

/// Enqueues lines. Never blocks, and never fails.
#[derive(Clone)]
pub(super) struct LineWriter(Arc<Shared>);

/// Dropping it waits, for a limited time, until buffered lines are written.
pub struct FlushGuard(Arc<Shared>);

struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
    /// The line that replaces dropped lines.
    describe_lost: fn(u64) -> String,
}

#[derive(Default)]
struct Queue {
    lines: VecDeque<Vec<u8>>,
    bytes: usize,
    lost: u64,
    /// A line is dequeued but not written yet.
    is_writing: bool,
}

impl LineWriter {
    /// Starts to write to `target`, which may block indefinitely.
    pub(super) fn start(
        target: impl Write + Send + 'static,
        describe_lost: fn(u64) -> String,
    ) -> io::Result<(Self, FlushGuard)> {
        let shared = Arc::new(Shared { queue: Mutex::default(), changed: Condvar::new(), describe_lost });
        let worker = Arc::clone(&shared);
        thread::Builder::new().name("log".to_owned()).spawn(move || worker.write_all_to(target))?;
        Ok((Self(Arc::clone(&shared)), FlushGuard(shared)))
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Each change is complete before anything can panic.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'q>(&self, queue: MutexGuard<'q, Queue>) -> MutexGuard<'q, Queue> {
        self.changed.wait(queue).unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, line: &[u8]) {
        let mut queue = self.lock();
        if queue.bytes + line.len() > MOST_WAITING {
            queue.lost += 1;
            return;
        }
        queue.report_lost(self.describe_lost);
        queue.push(line.to_vec());
        drop(queue);
        self.changed.notify_all();
    }

    fn write_all_to(&self, mut target: impl Write) {
        loop {
            let mut queue = self.lock();
            queue.is_writing = false;
            self.changed.notify_all();
            while queue.lines.is_empty() {
                queue.report_lost(self.describe_lost);
                if queue.lines.is_empty() {
                    queue = self.wait(queue);
                }
            }
            let Some(line) = queue.lines.pop_front() else { continue };
            queue.bytes -= line.len();
            queue.is_writing = true;
            drop(queue);
            // A closed terminal or a full disk cannot be reported; the next line may succeed.
            let _written = target.write_all(&line).and_then(|()| target.flush());
        }
    }
}

impl Queue {
    fn push(&mut self, line: Vec<u8>) {
        self.bytes += line.len();
        self.lines.push_back(line);
    }

    fn report_lost(&mut self, describe: fn(u64) -> String) {
        match std::mem::take(&mut self.lost) {
            0 => {}
            lost => self.push(describe(lost).into_bytes()),
        }
    }
}

impl Drop for FlushGuard {
    fn drop(&mut self) {
        let is_busy = |queue: &mut Queue| !queue.lines.is_empty() || queue.is_writing || queue.lost > 0;
        // Lines that were not written by then are lost.
        let _waited = self.0.changed.wait_timeout_while(self.0.lock(), FLUSH_WITHIN, is_busy);
    }
}

impl Write for LineWriter {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.add(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for LineWriter {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    /// Accepts a line whenever the test allows it.
    struct Gated {
        allowed: Receiver<()>,
        written: Sender<String>,
    }

    impl Write for Gated {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            if self.allowed.recv().is_err() {
                // The test is over.
                thread::park();
            }
            self.written.send(String::from_utf8(line.to_vec()).unwrap()).unwrap();
            Ok(line.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn describe(lost: u64) -> String {
        format!("{lost} lost\n")
    }

    fn gated() -> (LineWriter, FlushGuard, Sender<()>, Receiver<String>) {
        let (allow, allowed) = channel();
        let (tell, told) = channel();
        let (writer, guard) = LineWriter::start(Gated { allowed, written: tell }, describe).unwrap();
        (writer, guard, allow, told)
    }

    #[test]
    fn lines_are_written_in_their_order_and_the_end_waits_for_them() {
        let (mut writer, guard, allow, written) = gated();
        for line in 0..100 {
            writer.write_all(format!("{line}\n").as_bytes()).unwrap();
            allow.send(()).unwrap();
        }

        drop(guard);

        let lines: Vec<String> = written.try_iter().collect();
        assert_eq!(lines, (0..100).map(|line| format!("{line}\n")).collect::<Vec<_>>());
    }

    #[test]
    fn nobody_waits_for_a_target_that_takes_nothing_and_what_is_left_out_is_counted() {
        let (mut writer, guard, allow, written) = gated();
        let line = vec![b'x'; 1000];
        for _ in 0..5_000 {
            writer.write_all(&line).unwrap();
        }
        drop(guard);

        // It accepts lines again: those that had room, then the count of the dropped ones.
        for _ in 0..5_000 {
            allow.send(()).unwrap();
        }
        let (mut kept, mut lost) = (0, 0);
        while kept + lost < 5_000 {
            let line = written.recv_timeout(Duration::from_mins(1)).unwrap();
            match line.strip_suffix(" lost\n") {
                Some(count) => lost += count.parse::<u32>().unwrap(),
                None => kept += 1,
            }
        }
        assert!((1_000..1_100).contains(&kept), "{kept}");
    }
}
