//! Reads SQLite's write-ahead log: how many transactions a program has committed, and the file without the last ones,
//! as after an earlier kill. See <https://sqlite.org/fileformat2.html#the_write_ahead_log>.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

pub struct Wal(PathBuf);

impl Wal {
    pub fn beside(database: &Path) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push("-wal");
        Self(name.into())
    }

    /// Committed transactions, in a log that was never checkpointed.
    pub fn commits(&self) -> usize {
        self.ends().len()
    }

    /// Drops all but the first `kept` transactions, as if the program had been killed before the next.
    pub fn keep(&self, kept: usize) {
        let ends = self.ends();
        let end = if kept == 0 { HEADER } else { ends[kept.min(ends.len()) - 1] };
        OpenOptions::new().write(true).open(&self.0).unwrap().set_len(end.try_into().unwrap()).unwrap();
    }

    /// The offset of each transaction's end.
    fn ends(&self) -> Vec<usize> {
        let bytes = fs::read(&self.0).unwrap_or_default();
        if bytes.len() < HEADER {
            return Vec::new();
        }
        let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        let frame = FRAME_HEADER + usize::try_from(number(8)).unwrap();
        let salts = &bytes[16..24];
        let frames = (HEADER..).step_by(frame).take_while(|at| at + frame <= bytes.len());
        frames
            // Frames of an earlier round of the log have other salts.
            .take_while(|at| &bytes[at + 8..at + 16] == salts)
            // "For commit records, the size of the database file in pages after the commit. For all other records, zero."
            .filter(|at| number(at + 4) != 0)
            .map(|at| at + frame)
            .collect()
    }
}
