//! Packing a copy of the database with gzip, and unpacking one. Streaming: memory does not grow with the file.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::config;
use crate::progress::Progress;

/// How gzip files begin.
const MAGIC: [u8; 2] = [0x1F, 0x8B];

const CHUNK: usize = 128 * 1024;

/// Writes the packed file, makes sure that it is on disk, and reads it back to see that it unpacks to the same.
pub(super) fn pack(source: &Path, target: &Path, progress: &Progress) -> io::Result<()> {
    let total = source.metadata()?.len();
    let mut packed = GzEncoder::new(config::create_new(target)?, Compression::default());
    copy(&mut File::open(source)?, |bytes, done| {
        progress.at("Compressing", done, total);
        packed.write_all(bytes)
    })?;
    packed.finish()?.sync_all()?;

    let mut original = BufReader::with_capacity(CHUNK, File::open(source)?);
    let mut expected = vec![0; CHUNK];
    let read = copy(&mut GzDecoder::new(File::open(target)?), |bytes, done| {
        progress.at("Reading back", done, total);
        let expected = &mut expected[..bytes.len()];
        original.read_exact(expected)?;
        if expected == bytes { Ok(()) } else { Err(differs()) }
    })?;
    if read == total { Ok(()) } else { Err(differs()) }
}

/// Copies a backup into a new file, unpacked if it is packed. What is damaged or cut off is an error.
pub(crate) fn unpack(source: &Path, target: &Path, progress: &Progress) -> io::Result<()> {
    let mut file = File::open(source)?;
    let total = file.metadata()?.len();
    let mut begin = [0; MAGIC.len()];
    let is_packed = file.read_exact(&mut begin).is_ok() && begin == MAGIC;
    let mut written = config::create_new(target)?;
    let file = File::open(source)?;
    if is_packed {
        progress.begin("Unpacking");
        copy(&mut GzDecoder::new(BufReader::with_capacity(CHUNK, file)), |bytes, _| written.write_all(bytes))?;
    } else {
        copy(&mut BufReader::new(file), |bytes, done| {
            progress.at("Copying", done, total);
            written.write_all(bytes)
        })?;
    }
    written.sync_all()
}

fn differs() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "what was written does not read back the same")
}

/// Hands on what `source` gives, with how much there was so far. Returns how much there was.
fn copy(source: &mut impl Read, mut each: impl FnMut(&[u8], u64) -> io::Result<()>) -> io::Result<u64> {
    let mut buffer = vec![0; CHUNK];
    let mut done = 0;
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(done),
            Ok(count) => {
                done += count as u64;
                each(&buffer[..count], done)?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_packed_unpacks_to_the_same_and_is_smaller() {
        let root = tempfile::tempdir().unwrap();
        let [source, packed, unpacked] = ["a", "b", "c"].map(|name| root.path().join(name));
        let content = "three small tickets ".repeat(20_000);
        fs::write(&source, &content).unwrap();

        pack(&source, &packed, &Progress::silent()).unwrap();
        unpack(&packed, &unpacked, &Progress::silent()).unwrap();

        assert_eq!(fs::read_to_string(&unpacked).unwrap(), content);
        assert!(packed.metadata().unwrap().len() < 10_000);
    }

    #[test]
    fn an_unpacked_file_is_copied_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        for content in ["", "x", "SQLite format 3"] {
            let [source, target] = ["a", "b"].map(|name| root.path().join(format!("{name}{}", content.len())));
            fs::write(&source, content).unwrap();
            unpack(&source, &target, &Progress::silent()).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), content);
        }
    }

    #[test]
    fn a_packed_file_that_is_damaged_or_cut_off_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let [source, packed] = ["a", "b"].map(|name| root.path().join(name));
        fs::write(&source, "three small tickets ".repeat(999)).unwrap();
        pack(&source, &packed, &Progress::silent()).unwrap();
        let whole = fs::read(&packed).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        for (number, bytes) in [&whole[..whole.len() - 1], &whole[..30], &damaged].into_iter().enumerate() {
            fs::write(&packed, bytes).unwrap();
            unpack(&packed, &root.path().join(format!("c{number}")), &Progress::silent()).unwrap_err();
        }
    }
}
