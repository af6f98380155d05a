//! Writes the first configuration file: atomically, private to its owner, and never over another file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use crate::backups::sync_folder_of;
use crate::config::{self, Token, Warning};
use crate::failure::Failure;

/// A configuration file that this run created.
#[derive(Debug)]
pub struct Written {
    path: PathBuf,
    content: SecretString,
    warning: Option<Warning>,
}

/// The state of the file after an undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undone {
    /// Removed.
    Removed,
    /// Someone has changed or removed it since; it stays.
    LeftAlone,
}

/// Writes a configuration with `token` to `path`: file mode 0600 from creation, folder mode 0700.
///
/// # Errors
///
/// Exit code 1 when the folder or file cannot be created, or the file exists. Then nothing is left behind.
pub fn write_config(path: &Path, token: &Token) -> Result<Written, Failure> {
    let content = SecretString::from(config::new_config_file(token));
    let folder = path.parent().unwrap_or(Path::new("."));
    let failed = |error: io::Error| {
        Failure::runtime(format!("The configuration could not be written to {}", path.display()))
            .cause(error)
            .help("Check that you may write there and that the disk has room, or set TICKETBOT_TOKEN instead.")
    };
    let existed = folder.is_dir();
    config::create_folder(folder).map_err(failed)?;
    let warning = (existed && config::is_open_to_others(folder)).then(|| Warning::folder_open_to_others(folder));
    write_new(path, content.expose_secret().as_bytes()).map_err(failed)?;
    Ok(Written { path: path.to_owned(), content, warning })
}

impl Written {
    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Set when the folder existed before and others can read it.
    pub fn warning(&self) -> Option<&Warning> {
        self.warning.as_ref()
    }

    /// Removes the file if its content is unchanged. The folder stays.
    pub fn undo(self) -> Result<Undone, Failure> {
        let failed = |error: io::Error| {
            Failure::runtime(format!("The configuration at {} could not be removed again", self.path.display()))
                .cause(error)
                .help("Remove it, so that ticketbot asks for the token at its next start.")
        };
        match fs::read_to_string(&self.path).map(SecretString::from) {
            Ok(found) if found.expose_secret() == self.content.expose_secret() => {
                fs::remove_file(&self.path).map_err(failed)?;
                Ok(Undone::Removed)
            }
            Ok(_) => Ok(Undone::LeftAlone),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
                Ok(Undone::LeftAlone)
            }
            Err(error) => Err(failed(error)),
        }
    }
}

/// Writes a temporary file beside `path` and moves it into place, which fails if `path` exists.
fn write_new(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // Its mode is 0600, and it is removed again if anything fails.
    let mut file = tempfile::Builder::new().prefix(".config.toml.").suffix(".new").tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(path)?;
    sync_folder_of(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcDE.SECRETabcdefghijklmnopqrstuvwxyz";

    fn token() -> Token {
        Token::parse(TOKEN).unwrap()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn the_file_holds_the_token_and_nothing_is_left_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/config.toml");

        let written = write_config(&path, &token()).unwrap();

        assert!(fs::read_to_string(&path).unwrap().contains(&format!("\ntoken = \"{TOKEN}\"\n")));
        assert_eq!(names_in(path.parent().unwrap()), ["config.toml"]);
        assert!(written.path() == path && written.warning().is_none());
        assert!(!format!("{written:?}").contains("SECRET"));
    }

    #[cfg(unix)]
    #[test]
    fn file_and_new_folders_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/config.toml");

        write_config(&path, &token()).unwrap();

        for (path, mode) in [("a", 0o700), ("a/b", 0o700), ("a/b/config.toml", 0o600)] {
            let found = fs::metadata(root.path().join(path)).unwrap().permissions().mode() & 0o777;
            assert_eq!(found, mode, "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_look_into_stays_as_it_is_with_a_warning() {
        use std::os::unix::fs::PermissionsExt as _;
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("shared");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();

        let written = write_config(&folder.join("config.toml"), &token()).unwrap();

        assert!(written.warning().unwrap().to_string().contains("chmod 700 "));
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn an_existing_file_is_never_overwritten() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        fs::write(&path, "mine").unwrap();

        let failure = write_config(&path, &token()).unwrap_err();

        assert_eq!((failure.code(), fs::read_to_string(&path).unwrap().as_str()), (1, "mine"));
        assert_eq!(names_in(root.path()), ["config.toml"]);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_explained() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), "").unwrap();

        let failure = write_config(&root.path().join("file/config.toml"), &token()).unwrap_err();

        assert!(failure.to_string().contains("file/config.toml"), "{failure}");
        assert!(!failure.to_string().contains("SECRET"), "{failure}");
    }

    #[test]
    fn a_refused_login_takes_the_file_away_again() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let written = write_config(&path, &token()).unwrap();

        assert_eq!(written.undo().unwrap(), Undone::Removed);
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_was_changed_or_removed_since_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("config.toml");
        let written = write_config(&path, &token()).unwrap();
        fs::write(&path, "mine").unwrap();
        assert_eq!(written.undo().unwrap(), Undone::LeftAlone);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");

        fs::remove_file(&path).unwrap();
        let written = write_config(&path, &token()).unwrap();
        fs::remove_file(&path).unwrap();
        assert_eq!(written.undo().unwrap(), Undone::LeftAlone);
    }
}
