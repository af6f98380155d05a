//! What a handler of events holds while it runs: one of the few workers, and the turn of its guild.
//!
//! A handler that is about to wait for something slow gives back what it can, so that nobody else waits with it: the worker
//! before a request to Discord, the turn as well once its decision is saved. It gives back what it has, wherever in the
//! code that is known; outside of a handler, as in a click, giving back does nothing.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

tokio::task_local! {
    static HELD: Arc<AtomicU8>;
}

const NOTHING: u8 = 0;
const TURN: u8 = 1;
const TURN_AND_WORKER: u8 = 2;

/// The next thing waits for Discord: the worker goes on with another guild, the guild's turn is kept.
pub fn release_worker() {
    keep_at_most(TURN);
}

/// What is decided is saved: the guild's next event can be handled while this one is carried out.
pub fn release_turn() {
    keep_at_most(NOTHING);
}

fn keep_at_most(what: u8) {
    let _outside = HELD.try_with(|held| held.fetch_min(what, Ordering::Relaxed));
}

/// A handler that runs and gives back what it holds.
pub struct Holding<F> {
    handler: Pin<Box<tokio::task::futures::TaskLocalFuture<Arc<AtomicU8>, F>>>,
    held: Arc<AtomicU8>,
}

/// How far a handler has come.
pub enum Progress<T> {
    Done(T),
    /// It is not done, and goes on without a worker.
    WithoutWorker,
    /// It is not done, and goes on without its guild's turn, too.
    WithoutTurn,
}

impl<F: Future> Holding<F> {
    pub fn new(handler: F) -> Self {
        let held = Arc::new(AtomicU8::new(TURN_AND_WORKER));
        // On the heap: it may change hands, and is large.
        Self { handler: Box::pin(HELD.scope(Arc::clone(&held), handler)), held }
    }

    /// Goes on until it is done or has given back something more than the last time.
    pub async fn advance(&mut self) -> Progress<F::Output> {
        let before = self.held.load(Ordering::Relaxed);
        std::future::poll_fn(|cx| self.poll(cx, before)).await
    }

    /// Goes on to the end.
    pub async fn finish(self) -> F::Output {
        self.handler.await
    }

    fn poll(&mut self, cx: &mut Context<'_>, before: u8) -> Poll<Progress<F::Output>> {
        if let Poll::Ready(output) = self.handler.as_mut().poll(cx) {
            return Poll::Ready(Progress::Done(output));
        }
        match self.held.load(Ordering::Relaxed) {
            held if held == before => Poll::Pending,
            NOTHING => Poll::Ready(Progress::WithoutTurn),
            _ => Poll::Ready(Progress::WithoutWorker),
        }
    }
}
