//! Files and folders that only the operator may read. Without Unix modes these functions change nothing.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Makes every file of this process private to its user: files 0600, folders 0700.
///
/// Call it first. It also covers files that libraries create, such as those beside the database.
pub fn keep_files_private() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Creates a folder and its missing parents with mode 0700. Existing ones keep their mode.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let new: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    #[cfg(unix)]
    for folder in new.into_iter().rev() {
        if let Some((user, group)) = owner_to_give(folder) {
            std::os::unix::fs::lchown(folder, Some(user), Some(group))?;
        }
    }
    #[cfg(not(unix))]
    drop(new);
    Ok(())
}

/// Creates a file with mode 0600 from creation. Fails if it exists.
pub(crate) fn create_new(path: &Path) -> io::Result<File> {
    create_new_to(path, OpenOptions::new().write(true))
}

/// Opens a file to append; a new one has mode 0600 from creation.
pub(crate) fn append(path: &Path) -> io::Result<File> {
    match create_new_to(path, OpenOptions::new().append(true)) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => open(path, OpenOptions::new().append(true)),
        created => created,
    }
}

fn create_new_to(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let file = open(path, options.create_new(true))?;
    give_to_owner_of_folder(path, &file)?;
    Ok(file)
}

fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// A file that root creates in a service's folder gets the service's owner.
#[cfg(unix)]
fn give_to_owner_of_folder(path: &Path, file: &File) -> io::Result<()> {
    match owner_to_give(path) {
        Some((user, group)) => std::os::unix::fs::fchown(file, Some(user), Some(group)),
        None => Ok(()),
    }
}

#[cfg(not(unix))]
fn give_to_owner_of_folder(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// The owner of the folder of `path`, if this is root and the owner is somebody else.
#[cfg(unix)]
fn owner_to_give(path: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.metadata().ok()?;
    (folder.uid() != 0).then(|| (folder.uid(), folder.gid()))
}

/// Whether other users can access it. Pipes, devices and unreadable paths do not count.
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::metadata(path).is_ok_and(|metadata| {
            (metadata.is_file() || metadata.is_dir()) && metadata.permissions().mode() & 0o077 != 0
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// `ticketbot.db` with `-wal` is `ticketbot.db-wal`.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// `path` quoted for a shell.
pub(crate) fn quoted_for_shell(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn new_files_and_folders_are_for_their_owner_alone() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");

        create_folder(&folder).unwrap();
        create_new(&folder.join("new")).unwrap();
        append(&folder.join("log")).unwrap();

        for (path, expected) in [
            (root.path().join("a"), 0o700),
            (folder.clone(), 0o700),
            (folder.join("new"), 0o600),
            (folder.join("log"), 0o600),
        ] {
            assert_eq!(mode(&path), expected, "{}", path.display());
            assert!(!is_open_to_others(&path));
        }
    }

    #[test]
    fn a_file_that_others_may_read_is_noticed() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("file");
        fs::write(&path, "").unwrap();

        for (mode, expected) in [(0o600, false), (0o640, true), (0o604, true), (0o400, false), (0o610, true)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(is_open_to_others(&path), expected, "{mode:o}");
        }
    }

    #[test]
    fn an_existing_file_is_not_created_again() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), "").unwrap();

        assert_eq!(create_new(&root.path().join("file")).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
    }

    #[test]
    fn a_path_with_a_quote_can_be_typed_in_a_shell() {
        assert_eq!(quoted_for_shell(Path::new("/it's here/x")), r"'/it'\''s here/x'");
    }
}
