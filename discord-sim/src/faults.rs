//! Faults of requests that a test injects: errors, delays, cut connections, by route.

mod handle;

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

pub use handle::FaultHandle;

use self::handle::Gate;
use crate::record::Request;

type Condition = Box<dyn Fn(&Request) -> bool + Send>;

/// A fault, and when it happens. Pass it to [`Sim::fault`](crate::Sim::fault). It happens once unless
/// [`times`](Fault::times) or [`always`](Fault::always) is set.
pub struct Fault {
    method: String,
    pattern: String,
    condition: Option<Condition>,
    effect: Effect,
    skip: usize,
    left: usize,
    id: u64,
    hits: usize,
    gate: Arc<Gate>,
}

/// What happens to a request, before and after the world acts on it.
#[derive(Clone, Default)]
pub(crate) struct Effect {
    pub(crate) delay: Duration,
    pub(crate) delay_answer: Duration,
    pub(crate) hold: Option<Arc<Gate>>,
    pub(crate) hold_answer: Option<Arc<Gate>>,
    pub(crate) cut_before: bool,
    pub(crate) cut_after: bool,
    /// Response without acting.
    pub(crate) instead: Option<(u16, Value)>,
    /// The response after acting.
    pub(crate) afterwards: Option<(u16, Value)>,
    pub(crate) rate_limit: Option<(Duration, bool)>,
    /// A response of the network edge: a status, and the seconds to wait.
    pub(crate) page: Option<(u16, Option<u64>)>,
}

impl Fault {
    /// Applies to this route. `{…}` stands for one path segment of any name; `*` for any method or any path. Paths omit
    /// `/api/v10`; files are under `/attachments/{channel}/{attachment}/{filename}`.
    pub fn on(method: &str, pattern: &str) -> Self {
        Self {
            method: method.to_owned(),
            pattern: pattern.to_owned(),
            condition: None,
            effect: Effect::default(),
            skip: 0,
            left: 1,
            id: 0,
            hits: 0,
            gate: Arc::default(),
        }
    }

    /// Answers this status without acting, as Discord's edge does.
    #[must_use]
    pub fn status(self, status: u16) -> Self {
        self.answer(status, json!({ "message": format!("{status}: simulated"), "code": 0 }))
    }

    /// Answers one of Discord's errors without acting.
    #[must_use]
    pub fn error(self, status: u16, code: u64, message: &str) -> Self {
        self.answer(status, json!({ "message": message, "code": code }))
    }

    /// Answers this without acting.
    #[must_use]
    pub fn answer(mut self, status: u16, body: Value) -> Self {
        self.effect.instead = Some((status, body));
        self
    }

    /// Acts, but answers this status.
    #[must_use]
    pub fn act_then_status(mut self, status: u16) -> Self {
        self.effect.afterwards = Some((status, json!({ "message": format!("{status}: simulated"), "code": 0 })));
        self
    }

    /// Answers 429 without acting.
    #[must_use]
    pub fn rate_limited(mut self, retry_after: Duration, global: bool) -> Self {
        self.effect.rate_limit = Some((retry_after, global));
        self
    }

    /// Answers a page of the network's edge without acting: HTML, not Discord's JSON, and perhaps Retry-After.
    #[must_use]
    pub fn page(mut self, status: u16, retry_after_seconds: Option<u64>) -> Self {
        self.effect.page = Some((status, retry_after_seconds));
        self
    }

    /// Cuts the connection without acting.
    #[must_use]
    pub fn drop_before(mut self) -> Self {
        self.effect.cut_before = true;
        self
    }

    /// Acts, then cuts the connection instead of answering.
    #[must_use]
    pub fn drop_after(mut self) -> Self {
        self.effect.cut_after = true;
        self
    }

    /// Waits (real time) before acting.
    #[must_use]
    pub fn delay(mut self, delay: Duration) -> Self {
        self.effect.delay = delay;
        self
    }

    /// Acts, then waits (real time) before answering.
    #[must_use]
    pub fn delay_answer(mut self, delay: Duration) -> Self {
        self.effect.delay_answer = delay;
        self
    }

    /// Waits before acting until [`FaultHandle::release`].
    #[must_use]
    pub fn hold(mut self) -> Self {
        self.effect.hold = Some(self.gate.clone());
        self
    }

    /// Acts, then waits before answering until [`FaultHandle::release`].
    #[must_use]
    pub fn hold_answer(mut self) -> Self {
        self.effect.hold_answer = Some(self.gate.clone());
        self
    }

    /// How often it happens.
    #[must_use]
    pub fn times(mut self, times: usize) -> Self {
        self.left = times;
        self
    }

    /// Until [`FaultHandle::clear`].
    #[must_use]
    pub fn always(self) -> Self {
        self.times(usize::MAX)
    }

    /// Lets the first `n` matches through.
    #[must_use]
    pub fn skip(mut self, n: usize) -> Self {
        self.skip = n;
        self
    }

    /// Only for requests that match this.
    #[must_use]
    pub fn only_if(mut self, condition: impl Fn(&Request) -> bool + Send + 'static) -> Self {
        self.condition = Some(Box::new(condition));
        self
    }

    fn fits(&self, request: &Request) -> bool {
        request.is(&self.method, &self.pattern) && self.condition.as_ref().is_none_or(|condition| condition(request))
    }
}

#[derive(Default)]
pub(crate) struct Faults {
    active: Vec<Fault>,
    last_id: u64,
    pub(crate) latency: Duration,
}

impl Faults {
    fn add(&mut self, mut fault: Fault) -> u64 {
        self.last_id += 1;
        fault.id = self.last_id;
        self.active.push(fault);
        self.last_id
    }

    /// Applies to this request; uses up one of the first matching fault's times.
    pub(crate) fn strike(&mut self, request: &Request) -> Effect {
        let fitting = self.active.iter_mut().filter(|fault| fault.left > 0 && fault.fits(request));
        for fault in fitting {
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.left -= 1;
            fault.hits += 1;
            return fault.effect.clone();
        }
        Effect::default()
    }
}
