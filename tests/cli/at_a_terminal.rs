//! First starts at a terminal that end before anything is sent.

use crate::support::Home;
use crate::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ticketbot");
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";

#[test]
fn three_answers_that_are_no_token_end_it_unseen_and_unwritten() {
    let home = Home::new();
    let terminal = Terminal::start(&home, PROGRAM, &[]);

    terminal.wait_for("which only you can read.");
    for answer in ["SECRET\r", "\r", "SECRET.SECRET\r"] {
        terminal.wait_for("Token: ");
        terminal.write(answer);
        terminal.wait_for("That is not a bot token");
    }
    terminal.wait_for("No bot token was given in 3 attempts.");

    assert_eq!(terminal.end().0, Some(2));
    assert!(home.files().is_empty(), "{:?}", home.files());
}

#[test]
fn ctrl_c_and_ctrl_d_at_the_prompt_end_it_and_leave_a_terminal_that_echoes() {
    for keys in [CTRL_C, CTRL_D] {
        let home = Home::new();
        let terminal = Terminal::start(&home, "/bin/sh", &["-c", "\"$0\"; /bin/stty -a; echo done", PROGRAM]);

        terminal.wait_for("Token: ");
        terminal.write(keys);
        terminal.wait_for("No token was given");
        terminal.wait_for("done");

        let (_, shown) = terminal.end();
        assert!(shown.contains(" echo ") && !shown.contains("-echo "), "{shown}");
        assert!(home.files().is_empty(), "{:?}", home.files());
    }
}
