use std::task::Poll;

use futures_util::poll;
use proptest::prelude::*;

use super::*;
use crate::domain::ids::{ChannelId, MessageId, ThreadId};

/// A distinguishable event.
fn event(number: u64) -> Event {
    Event::ThreadDeleted(ThreadId::new(number))
}

fn number(event: &Event) -> u64 {
    match event {
        Event::ThreadDeleted(thread) => thread.get(),
        other => panic!("no event of these tests: {other:?}"),
    }
}

/// An id is never 0.
fn in_guild(number: u64) -> Lane {
    GuildId::new(number + 1).into()
}

fn deletion(channel: u64, message: u64) -> Event {
    Event::MessagesDeleted(vec![(ChannelId::new(channel), MessageId::new(message))])
}

/// The next event that can be handled, if any.
async fn next(intake: &Intake) -> Option<Turn> {
    let mut next = pin!(intake.next());
    match poll!(next.as_mut()) {
        Poll::Ready(turn) => turn,
        Poll::Pending => None,
    }
}

#[tokio::test]
async fn one_event_of_a_guild_is_handled_at_a_time_while_other_guilds_go_on() {
    let intake = Intake::default();
    for (at, what) in [(1, 11), (1, 12), (2, 21)] {
        intake.submit(in_guild(at), event(what));
    }

    let mut first = next(&intake).await.unwrap();
    let mut second = next(&intake).await.unwrap();
    assert_eq!([first.take(), second.take()].map(|event| number(&event.unwrap())), [11, 21]);
    assert!(next(&intake).await.is_none(), "guild 1 is being worked on");

    drop(first);
    assert_eq!(number(&next(&intake).await.unwrap().take().unwrap()), 12);
}

#[tokio::test]
async fn what_follows_from_an_event_comes_before_what_came_after_it() {
    let intake = Intake::default();
    intake.submit(in_guild(1), event(1));
    intake.submit(in_guild(1), event(4));

    next(&intake).await.unwrap().end(vec![event(2), event(3)]);

    for expected in 2..=4 {
        assert_eq!(number(&next(&intake).await.unwrap().take().unwrap()), expected);
    }
    assert_eq!(intake.0.lock().weight, 0);
    assert!(intake.0.lock().lanes.is_empty(), "an empty queue is gone");
}

#[tokio::test]
async fn deletions_in_a_row_are_handled_together_and_weigh_as_much() {
    let intake = Intake::default();
    for message in 1..=1_000 {
        intake.submit(in_guild(1), deletion(message % 2, message));
    }
    intake.submit(in_guild(1), event(1));
    intake.submit(in_guild(1), deletion(1, 1_001));
    assert!(intake.0.lock().weight > 100);

    let mut turn = next(&intake).await.unwrap();
    let Some(Event::MessagesDeleted(deleted)) = turn.take() else { panic!("no deletions") };
    assert_eq!(deleted.len(), 1_000);
    drop(turn);
    assert_eq!(number(&next(&intake).await.unwrap().take().unwrap()), 1);
    let Some(Event::MessagesDeleted(deleted)) = next(&intake).await.unwrap().take() else { panic!("no deletion") };
    assert_eq!(deleted.len(), 1);
    assert_eq!(intake.0.lock().weight, 0);
}

#[tokio::test]
async fn a_full_intake_has_room_again_once_a_good_part_is_handled() {
    let intake = Intake::default();
    for number in 0..CAPACITY as u64 {
        assert!(!intake.is_full());
        intake.submit(in_guild(number % 7), event(number));
    }
    assert!(intake.is_full());
    let mut room = pin!(intake.wait_for_room());
    assert!(poll!(room.as_mut()).is_pending());

    // The bot's own events are always accepted.
    intake.submit(in_guild(1), event(1));
    let mut handled = 0;
    while intake.is_full() {
        drop(next(&intake).await.unwrap());
        handled += 1;
    }

    assert_eq!(handled, 1 + CAPACITY - RESUME_BELOW + 1);
    assert!(poll!(room.as_mut()).is_ready());
}

#[tokio::test]
async fn a_closed_intake_ends_once_everything_in_it_was_handled() {
    let intake = Intake::default();
    intake.submit(in_guild(1), event(1));
    intake.submit(in_guild(1), event(2));
    let first = next(&intake).await.unwrap();

    intake.close();
    let mut waiting = pin!(intake.next());
    assert!(poll!(waiting.as_mut()).is_pending(), "one is being handled, one waits for it");
    drop(first);
    let Poll::Ready(Some(second)) = poll!(waiting.as_mut()) else { panic!("no second event") };
    let mut over = pin!(intake.next());
    assert!(poll!(over.as_mut()).is_pending());
    drop(second);

    assert!(matches!(poll!(over.as_mut()), Poll::Ready(None)));
}

#[tokio::test]
async fn a_flood_leaves_no_room_behind_that_nobody_needs() {
    let intake = Intake::default();
    for number in 0..5_000 {
        intake.submit(in_guild(number), event(number));
    }
    while let Some(turn) = next(&intake).await {
        drop(turn);
    }

    let queues = intake.0.lock();
    assert!(queues.lanes.capacity() <= 2 * KEPT_CAPACITY && queues.ready.capacity() <= 2 * KEPT_CAPACITY);
}

/// A step of a test: an event arrives, a worker takes the next one, or a worker ends with this many follow-ups.
#[derive(Clone, Copy, Debug)]
enum Step {
    Comes(u64),
    Begins,
    Ends(usize, u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..4_u64).prop_map(Step::Comes),
        3 => Just(Step::Begins),
        2 => (0..4_usize, 0..3_u64).prop_map(|(which, follows)| Step::Ends(which, follows)),
    ]
}

proptest! {
    /// For every order of workers and guilds: no event is lost or repeated, and each guild's events begin in order,
    /// follow-ups first.
    #[test]
    fn every_guild_keeps_its_order(steps in proptest::collection::vec(step(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let intake = Intake::default();
            // The expected queue of each guild.
            let mut expected: HashMap<u64, VecDeque<u64>> = HashMap::new();
            let mut held: Vec<(u64, Turn)> = Vec::new();
            let mut last = 0;
            let check = |turn: &mut Turn, expected: &mut HashMap<u64, VecDeque<u64>>| {
                let at = turn.lane.unwrap().get() - 1;
                let event = number(&turn.take().unwrap());
                assert_eq!(expected.get_mut(&at).unwrap().pop_front(), Some(event));
                at
            };
            for step in steps {
                match step {
                    Step::Comes(at) => {
                        last += 1;
                        intake.submit(in_guild(at), event(last));
                        expected.entry(at).or_default().push_back(last);
                    }
                    Step::Begins => {
                        if let Some(mut turn) = next(&intake).await {
                            let at = check(&mut turn, &mut expected);
                            assert!(held.iter().all(|(other, _)| *other != at), "two at once of one guild");
                            held.push((at, turn));
                        } else {
                            let is_held = |at: &u64| held.iter().any(|(other, _)| other == at);
                            assert!(expected.iter().all(|(at, waiting)| waiting.is_empty() || is_held(at)));
                        }
                    }
                    Step::Ends(which, more) if which < held.len() => {
                        let (at, turn) = held.swap_remove(which);
                        let follows: Vec<u64> = (1..=more).map(|more| last + more).collect();
                        last += more;
                        turn.end(follows.iter().copied().map(event).collect());
                        for number in follows.into_iter().rev() {
                            expected.entry(at).or_default().push_front(number);
                        }
                    }
                    Step::Ends(..) => {}
                }
            }
            held.clear();
            while let Some(mut turn) = next(&intake).await {
                check(&mut turn, &mut expected);
            }
            assert!(expected.values().all(VecDeque::is_empty));
            assert!(intake.0.lock().lanes.is_empty());
        });
    }
}
