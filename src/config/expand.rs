//! Paths in the configuration: replaces `${NAME}` by a folder; a relative path starts at the file's own folder.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::environment::Folders;
use super::source::At;
use crate::failure::Failure;

/// Why a path cannot be used, as a continuation of "`db.path`: ".
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum PathProblem {
    #[error("has a ${{ without the }} that ends it")]
    Unfinished,
    #[error("names an unknown folder between ${{ and }}; known are {known}")]
    UnknownName { known: String },
    #[error("uses ${{{name}}}, which is not known here; {advice}")]
    NoValue { name: &'static str, advice: &'static str },
    #[error("begins with ~, which only a shell understands; write ${{HOME}} instead")]
    Tilde,
    #[error("must not hold a NUL character")]
    Nul,
}

/// The absolute path of a configured one. Does not access the disk.
pub(super) fn expand_path(written: &At<String>, folder: &Path, folders: &Folders) -> Result<PathBuf, Failure> {
    expand(&written.value, folder, folders).map_err(|problem| written.problem(problem))
}

fn expand(written: &str, folder: &Path, folders: &Folders) -> Result<PathBuf, PathProblem> {
    if written.starts_with('~') {
        return Err(PathProblem::Tilde);
    }
    if written.contains('\0') {
        return Err(PathProblem::Nul);
    }
    let mut path = OsString::new();
    let mut rest = written;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').ok_or(PathProblem::Unfinished)?;
        path.push(before);
        path.push(folder_named(name, folders)?);
        rest = after;
    }
    path.push(rest);
    // Rebuilt from components, so that messages show no `./x` or `a//b`.
    Ok(folder.join(path).components().filter(|part| *part != Component::CurDir).collect())
}

fn folder_named<'f>(name: &str, folders: &'f Folders) -> Result<&'f Path, PathProblem> {
    let named = folders.named();
    match named.iter().find(|(known, _)| *known == name) {
        Some((_, Some(folder))) => Ok(folder),
        Some((name, None)) => Err(PathProblem::NoValue {
            name,
            advice: match *name {
                "CREDENTIALS_DIRECTORY" => {
                    "systemd sets it for a service with LoadCredential=, and for a command that is started with \
                     systemd-run -p LoadCredential=… (see contrib/ticketbot.service)"
                }
                "DB_DIR" => "it is the folder of `db.path`, for `backup.directory` alone",
                _ => "this user has no home folder, so set HOME or write an absolute path",
            },
        }),
        None => Err(PathProblem::UnknownName {
            known: named.iter().map(|(name, _)| format!("${{{name}}}")).collect::<Vec<_>>().join(", "),
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Environment;

    fn folders() -> Folders {
        Environment::within(Path::new("/r")).folders
    }

    #[test]
    fn names_become_folders_and_relative_paths_count_from_the_file() {
        for (written, expected) in [
            ("${USER_DATA_DIR}/ticketbot.db", "/r/data/ticketbot/ticketbot.db"),
            ("${HOME}", "/r/home"),
            ("tickets.db", "/etc/bot/tickets.db"),
            ("./a/./b//c", "/etc/bot/a/b/c"),
            ("../x", "/etc/bot/../x"),
            ("/abs/$HOME/{x}", "/abs/$HOME/{x}"),
            ("a${HOME}b", "/etc/bot/a/r/homeb"),
        ] {
            assert_eq!(expand(written, Path::new("/etc/bot"), &folders()).unwrap(), Path::new(expected), "{written}");
        }
    }

    #[test]
    fn what_cannot_be_expanded_is_refused_with_the_reason() {
        for (written, expected) in [
            ("${HOME", "without the }"),
            (
                "${HOMES}/x",
                "known are ${USER_CONFIG_DIR}, ${USER_DATA_DIR}, ${USER_STATE_DIR}, ${USER_CACHE_DIR}, ${HOME}, ${CREDENTIALS_DIRECTORY}, ${DB_DIR}",
            ),
            ("${}", "unknown folder"),
            ("${CREDENTIALS_DIRECTORY}/t", "uses ${CREDENTIALS_DIRECTORY}, which is not known here; systemd sets it"),
            ("~/x", "write ${HOME} instead"),
            ("a\0b", "NUL"),
        ] {
            let problem = expand(written, Path::new("/etc"), &folders()).unwrap_err().to_string();
            assert!(problem.contains(expected), "{written}: {problem}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_whole_path_or_refused_without_being_quoted(
            before in "(?s)[^~]{0,9}", name in "(?s)[^}]{0,12}", after in "(?s).{0,9}",
        ) {
            match expand(&format!("{before}${{{name}}}{after}"), Path::new("/etc"), &folders()) {
                Ok(path) => prop_assert!(path.is_absolute() && !path.to_string_lossy().contains('\0')),
                Err(problem) => prop_assert!(name.trim().len() < 5 || ["CREDENTIALS_DIRECTORY", "DB_DIR"].contains(&&*name)
                    || !problem.to_string().contains(&name), "{}", problem),
            }
        }

        #[test]
        fn what_is_expanded_is_absolute(written in r"[a-z./${}A-Z_]{0,40}") {
            if let Ok(path) = expand(&written, Path::new("/etc"), &folders()) {
                prop_assert!(path.is_absolute());
            }
        }
    }
}
