//! What other users of the machine could access: old files with wide modes, memory, dumps.
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its files has failed")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use discord_sim::Sim;

use crate::db_fixture::{BACKUPS, DATABASE, put_database};
use crate::on_discord::home_on;
use crate::support::Home;

fn open_up(home: &Home, path: &str, mode: u32) {
    fs::set_permissions(home.path(path), Permissions::from_mode(mode)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_folders_that_others_can_open_bring_a_warning_with_the_command_that_mends_it() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    put_database(&home).await;
    home.write(&format!("{BACKUPS}/ticketbot-20260101T000000Z-daily.db.gz"), "");
    home.write(".local/state/ticketbot/logs/ticketbot.2026-01-01.jsonl", "");
    assert!(!home.run(&["--sync"]).stderr.contains("chmod"));
    for (path, exposed, command, mended) in [
        (DATABASE, 0o644, "chmod 600 ", DATABASE),
        (".local/share/ticketbot", 0o755, "chmod 700 ", ".local/share/ticketbot"),
        (&format!("{BACKUPS}/ticketbot-20260101T000000Z-daily.db.gz"), 0o640, "chmod -R go= ", BACKUPS),
        (".local/state/ticketbot/logs", 0o750, "chmod -R go= ", ".local/state/ticketbot/logs"),
    ] {
        open_up(&home, path, exposed);

        let outcome = home.run(&["--sync"]);

        let command = format!("{command}'{}'", home.path(mended).display());
        assert!(outcome.stderr.contains(&command), "{path}: {}", outcome.stderr);
        let mend = std::process::Command::new("/bin/sh").arg("-c").arg(&command).status().unwrap();
        assert!(mend.success());
        let outcome = home.run(&["--sync"]);
        assert!(!outcome.stderr.contains("chmod"), "{path}: {}", outcome.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_interrupted_conversion_left_is_told_with_the_command_that_removes_it() {
    let sim = Sim::start().await;
    let home = home_on(&sim);
    put_database(&home).await;
    home.write(&format!("{DATABASE}.old"), "");

    let outcome = home.run(&["--sync"]);

    let command = format!("rm '{}.old'", home.path(DATABASE).display());
    assert!(outcome.stderr.contains(&command), "{}", outcome.stderr);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_program_leaves_no_core_dump_and_lets_nobody_look_into_its_memory() {
    use std::os::unix::process::ExitStatusExt as _;
    let sim = Sim::start().await;
    let home = home_on(&sim);
    let mut command = home.command(&[]);
    let running = command.spawn().unwrap();
    sim.wait_ready().await;

    let limits = fs::read_to_string(format!("/proc/{}/limits", running.id())).unwrap();

    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    let id = rustix::process::Pid::from_raw(i32::try_from(running.id()).unwrap()).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::ABORT).unwrap();
    let status = running.wait_with_output().unwrap().status;
    assert!(status.signal().is_some() && !status.core_dumped(), "{status}");
}
