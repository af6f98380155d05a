//! A terminal or pipe that accepts no more lines, because its reader has stopped, delays nobody.
#![expect(clippy::unwrap_used, reason = "a test that cannot make a pipe has failed")]

use std::io::{ErrorKind, PipeReader, PipeWriter, Write as _};
use std::time::Duration;

use discord_sim::Sim;
use rustix::fs::{OFlags, fcntl_setfl};
use rustix::process::{Pid, Signal, kill_process};

use crate::on_discord::{Town, home_on};
use crate::support::{Home, TOKEN, end_or_kill};

/// A pipe that accepts nothing from the start.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (reader, mut writer) = std::io::pipe().unwrap();
    fcntl_setfl(&writer, OFlags::NONBLOCK).unwrap();
    let filled = loop {
        if let Err(error) = writer.write(&[b'x'; 4096]) {
            break error;
        }
    };
    assert_eq!(filled.kind(), ErrorKind::WouldBlock);
    fcntl_setfl(&writer, OFlags::empty()).unwrap();
    (reader, writer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pipe_that_takes_no_more_lines_holds_up_neither_clicks_nor_heartbeats_nor_the_end() {
    let sim = Sim::builder().heartbeat(Duration::from_millis(200)).start().await;
    let town = Town::build(&sim);
    let home = home_on(&sim);
    let (_reader, writer) = full_pipe();
    let mut command = home.command(&["-vv"]);
    command.stdout(writer.try_clone().unwrap()).stderr(writer);
    let mut child = command.spawn().unwrap();
    drop(command);
    sim.wait_ready().await;

    let inbox = town.create_inbox().await;
    let reply = town.member.click(&inbox, "Create Ticket").await;
    assert!(!reply.links().is_empty(), "{}", reply.text());
    let beats = sim.gateway().heartbeat_count();
    sim.wait_until("two more heartbeats", || sim.gateway().heartbeat_count() >= beats + 2).await;

    let id = i32::try_from(child.id()).ok().and_then(Pid::from_raw).unwrap();
    kill_process(id, Signal::TERM).unwrap();
    end_or_kill(&mut child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let log = home.read_all(".local/state/ticketbot");
    assert!(log.contains("\"message\":\"stopped\""), "the log file has everything: {log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_nobody_reads_still_ends_with_its_code() {
    let sim = Sim::start().await;
    let home = Home::with_config(&format!("bot.token = {TOKEN:?}\ndiscord.api_base = {:?}\n", sim.base_url()));
    let (_reader, writer) = full_pipe();
    let mut command = home.command(&[]);
    command.stderr(writer);
    let mut child = command.spawn().unwrap();
    drop(command);

    end_or_kill(&mut child);

    assert_eq!(child.wait().unwrap().code(), Some(2));
}
