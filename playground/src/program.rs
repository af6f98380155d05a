//! The bot's program: where it is, and building it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, bail, ensure};

/// What the bot is built from, in the workspace.
const SOURCES: [&str; 7] =
    ["src", "migrations", "locales", "config_default.toml", "build.rs", "Cargo.toml", "Cargo.lock"];

/// The bot's program: the one that was named, else the one beside this program, which cargo builds if it is missing or older
/// than what it is built from.
pub fn find(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(named) = named {
        return Ok(named.to_owned());
    }
    let own = std::env::current_exe().context("the path of this program")?;
    let name = format!("ticketbot{}", std::env::consts::EXE_SUFFIX);
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().filter(|folder| folder.join("Cargo.toml").exists());
    // Tests and examples are in folders of that of the programs.
    let built = own.ancestors().find(|folder| folder.join("build").is_dir()).map(|folder| folder.join(&name));
    match (std::env::var_os("CARGO"), workspace, built) {
        (_, Some(workspace), Some(built)) if is_newer(&built, workspace) => Ok(built),
        (Some(cargo), Some(workspace), Some(built)) => build(Path::new(&cargo), workspace, built),
        _ if own.with_file_name(&name).exists() => Ok(own.with_file_name(&name)),
        _ => bail!("There is no {}. Name the bot's program with --bot PATH.", own.with_file_name(&name).display()),
    }
}

/// Whether this program was built after the last change of what it is built from.
///
/// Cargo is not asked: it would build every dependency again if the program is one of `cargo test`, because the dependencies
/// of tests switch on features of those of the bot.
fn is_newer(program: &Path, workspace: &Path) -> bool {
    let sources = || SOURCES.iter().filter_map(|name| last_change(&workspace.join(name)));
    last_change(program).is_some_and(|built| sources().all(|changed| changed <= built))
}

fn last_change(path: &Path) -> Option<SystemTime> {
    if !path.is_dir() {
        return fs::metadata(path).and_then(|about| about.modified()).ok();
    }
    fs::read_dir(path).ok()?.filter_map(|entry| last_change(&entry.ok()?.path())).max()
}

/// Has cargo build this program of the bot in the profile of the folder in which it belongs.
fn build(cargo: &Path, workspace: &Path, built: PathBuf) -> anyhow::Result<PathBuf> {
    let folder = built.parent().context("cargo's target folder")?;
    let what = if built.exists() { "The bot's sources have changed: building it" } else { "Building the bot" };
    eprintln!("{what}, which takes a few minutes the first time …");
    let mut command = std::process::Command::new(cargo);
    command.current_dir(workspace).args(["build", "--package", "ticketbot", "--bin", "ticketbot"]);
    if folder.file_name().is_some_and(|name| name == "release") {
        command.arg("--release");
    }
    if let Some(target) = folder.parent() {
        command.arg("--target-dir").arg(target);
    }
    // `cargo run` names the package that it runs; build scripts that look at such variables would run again.
    for (name, _) in std::env::vars_os().filter(|(name, _)| is_of_package(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    let status = command.status().context("cargo cannot be started")?;
    ensure!(status.success(), "cargo could not build the bot.");
    Ok(built)
}

fn is_of_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|of| variable.starts_with(of))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_program_is_built_again_only_after_a_change_of_what_it_is_built_from() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, seconds: u64| {
            let file = fs::File::create(path(name)).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        };
        fs::create_dir_all(path("src/inner")).unwrap();
        let is_newer = || super::is_newer(&path("ticketbot"), folder.path());
        assert!(!is_newer(), "there is none");
        write("Cargo.lock", 10);
        write("src/inner/mod.rs", 20);
        write("ticketbot", 20);
        write("README.md", 30);
        assert!(is_newer());
        write("src/inner/mod.rs", 21);
        assert!(!is_newer());
    }
}
