//! Packs a copy of the database with gzip and unpacks it. Streams: memory does not grow with the file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::Path;

use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use flate2::{Compression, bufread};

use crate::config;
use crate::progress::Progress;
use crate::storage;

/// The first bytes of a gzip file.
const MAGIC: [u8; 2] = [0x1F, 0x8B];

const CHUNK: usize = 128 * 1024;

/// Far above any real database. No file is unpacked beyond it, whatever size it claims.
const LARGEST: u64 = 64 << 30;

/// Space left free on the disk for other programs.
const MIN_FREE_SPACE: u64 = 64 << 20;

/// Writes the packed file, syncs it to disk, and reads it back to verify that it unpacks to the same bytes.
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

/// Copies a backup into a new file, unpacked if it is packed. The disk must have room for `copies` of it.
///
/// # Errors
///
/// When the backup is damaged, truncated, too large or not a file, or has trailing data.
pub(crate) fn unpack(source: &Path, target: &Path, copies: u64, progress: &Progress) -> io::Result<()> {
    let mut file = BufReader::with_capacity(CHUNK, open_file(source)?);
    let length = file.get_ref().metadata()?.len();
    if file.fill_buf()?.starts_with(&MAGIC) {
        progress.begin("Unpacking");
        let mut unpacked = BufReader::with_capacity(CHUNK, bufread::GzDecoder::new(file));
        let size =
            storage::declared_size(unpacked.fill_buf()?).ok_or_else(|| invalid("no database is packed in it"))?;
        copy_exactly(&mut unpacked, target, size, copies, |_| ())?;
        let mut behind = unpacked.into_inner().into_inner();
        if behind.fill_buf()?.is_empty() { Ok(()) } else { Err(too_long()) }
    } else {
        // The length of an encrypted backup is unknown.
        let size = storage::declared_size(file.fill_buf()?).unwrap_or(length);
        copy_exactly(&mut file, target, size, copies, |done| progress.at("Copying", done, size))
    }
}

/// Opening a pipe waits for its writer, and a device may never end.
fn open_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        let flags = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    let file = options.open(path)?;
    match file.metadata()? {
        found if found.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        found if !found.is_file() => Err(invalid("it is a pipe or a device and not a file")),
        _ => Ok(file),
    }
}

/// Writes exactly `size` bytes into a new file at `target`. `source` must have exactly that many, and the disk enough
/// room.
fn copy_exactly(
    source: &mut impl Read,
    target: &Path,
    size: u64,
    copies: u64,
    progress: impl Fn(u64),
) -> io::Result<()> {
    if size > LARGEST {
        return Err(invalid(&format!("it is larger than {} GiB, the most that is restored", LARGEST >> 30)));
    }
    let needed = size.saturating_mul(copies).saturating_add(MIN_FREE_SPACE);
    let free = free_space(target)?;
    if needed > free {
        let [needed, free] = [needed, free].map(|bytes| bytes.div_ceil(1 << 20));
        return Err(io::Error::new(
            io::ErrorKind::StorageFull,
            format!("{needed} MiB must be free where the database is, and {free} are"),
        ));
    }
    let mut written = config::create_new(target)?;
    // Reading one more byte shows whether there is more.
    let done = copy(&mut source.take(size + 1), |bytes, done| {
        progress(done);
        if done > size { Err(too_long()) } else { written.write_all(bytes) }
    })?;
    if done < size {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is cut off"));
    }
    written.sync_all()
}

/// In bytes, available to this user on the disk that holds the folder of `path`.
fn free_space(path: &Path) -> io::Result<u64> {
    #[cfg(unix)]
    {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let disk = rustix::fs::statvfs(folder)?;
        Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _unknown = path;
        Ok(u64::MAX)
    }
}

fn too_long() -> io::Error {
    invalid("there is something behind the database in it")
}

fn invalid(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

fn differs() -> io::Error {
    invalid("what was written does not read back the same")
}

/// Passes data through and reports the bytes read so far. Returns their total.
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

    /// The beginning of a database of `pages` pages of 512 bytes, at full length.
    fn database(pages: u32) -> Vec<u8> {
        let mut bytes: Vec<u8> = b"three small tickets ".iter().copied().cycle().take(pages as usize * 512).collect();
        bytes[..18].copy_from_slice(b"SQLite format 3\0\x02\0");
        bytes[28..32].copy_from_slice(&pages.to_be_bytes());
        bytes.copy_within(24..28, 92);
        bytes
    }

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content).unwrap();
        packed.finish().unwrap()
    }

    /// The result, or the reason of the failure.
    fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
        let root = tempfile::tempdir().unwrap();
        let [source, target] = ["a", "b"].map(|name| root.path().join(name));
        fs::write(&source, bytes).unwrap();
        unpack(&source, &target, 1, &Progress::silent()).map_err(|error| error.to_string())?;
        Ok(fs::read(&target).unwrap())
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same_and_is_smaller() {
        let root = tempfile::tempdir().unwrap();
        let [source, packed, unpacked] = ["a", "b", "c"].map(|name| root.path().join(name));
        let content = database(800);
        fs::write(&source, &content).unwrap();

        pack(&source, &packed, &Progress::silent()).unwrap();
        unpack(&packed, &unpacked, 1, &Progress::silent()).unwrap();

        assert!(fs::read(&unpacked).unwrap() == content);
        assert!(packed.metadata().unwrap().len() < 10_000);
    }

    #[test]
    fn an_unpacked_file_is_copied_as_it_is() {
        let noise: Vec<u8> = (0..4096_u32).map(|at| u8::try_from(at * 167 % 251).unwrap()).collect();
        for content in [&b""[..], b"x", b"SQLite format 3", &noise, &database(3)] {
            assert_eq!(unpacked(content).unwrap(), content);
        }
    }

    #[test]
    fn what_is_cut_off_or_damaged_or_has_something_behind_its_end_is_refused_packed_or_not() {
        let whole = database(9);
        for (content, reason) in [
            (whole[..whole.len() - 1].to_vec(), "it is cut off"),
            ([&whole[..], b"x"].concat(), "something behind the database"),
            // A bomb unpacks without end; it is written only up to the size that its header allows.
            ([&whole[..], &vec![0; 64 << 20]].concat(), "something behind the database"),
        ] {
            for bytes in [packed(&content), content] {
                let found = unpacked(&bytes).map(|bytes| bytes.len()).unwrap_err();
                assert!(found.contains(reason), "{found} ≠ {reason}");
            }
        }
        let good = packed(&whole);
        let mut damaged = good.clone();
        damaged[good.len() / 2] ^= 1;
        for (bytes, reason) in [
            ([&good[..], b"x"].concat(), "something behind the database"),
            ([&good[..], &good].concat(), "something behind the database"),
            (packed(b"milk, bread, butter"), "no database is packed in it"),
            (good[..good.len() - 1].to_vec(), ""),
            (good[..30].to_vec(), ""),
            (damaged, ""),
        ] {
            let found = unpacked(&bytes).map(|bytes| bytes.len()).unwrap_err();
            assert!(found.contains(reason), "{found} ≠ {reason}");
        }
    }

    #[test]
    fn what_claims_to_be_larger_than_any_disk_is_refused_before_anything_is_written() {
        let root = tempfile::tempdir().unwrap();
        let [source, target] = ["a", "b"].map(|name| root.path().join(name));
        for (page, pages, reason) in [(1_u16, u32::MAX, "larger than 64 GiB"), (512, 1_000, "MiB must be free")] {
            let mut begin = database(2);
            begin[16..18].copy_from_slice(&page.to_be_bytes());
            begin[28..32].copy_from_slice(&pages.to_be_bytes());
            fs::write(&source, packed(&begin)).unwrap();
            // More copies than any disk can hold.
            let found = unpack(&source, &target, u64::MAX, &Progress::silent()).unwrap_err().to_string();
            assert!(found.contains(reason), "{found}");
            assert!(!target.exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn pipes_devices_and_folders_are_refused_without_waiting_for_them() {
        let root = tempfile::tempdir().unwrap();
        let fifo = root.path().join("fifo");
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &fifo, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        for (path, reason) in [
            (fifo.as_path(), "a pipe or a device"),
            (Path::new("/dev/zero"), "a pipe or a device"),
            (root.path(), "folder"),
        ] {
            let found = unpack(path, &root.path().join("new"), 1, &Progress::silent()).unwrap_err().to_string();
            assert!(found.contains(reason), "{}: {found}", path.display());
        }
    }
}
