//! The requests to Discord and the gateway events behind a step, in order.

use discord_sim::{Mark, Request, Sim};

use crate::tale::Tale;

/// A place in the record: later entries belong to the next step.
pub struct Behind {
    mark: Mark,
    lines: usize,
}

impl Behind {
    pub fn from_now(sim: &Sim) -> Self {
        Self { mark: sim.mark(), lines: sim.transcript().lines().count() }
    }

    /// How many requests the bot has sent since.
    pub fn requests(&self, sim: &Sim) -> usize {
        sim.requests_since(self.mark).len()
    }

    /// Shows all of it.
    pub fn tell(&self, sim: &Sim, tale: &Tale) {
        let mut requests = sim.requests_since(self.mark).into_iter();
        for line in sim.transcript().lines().skip(self.lines) {
            let Some((_, what)) = line.split_once("] ") else { continue };
            if let Some(event) = what.strip_prefix("⇢ ") {
                tale.whispers(&format!("  event    {}", event.split(' ').next().unwrap_or_default()));
            } else if what.starts_with("→ ") {
                let words = requests.next().map(|request| in_words(&request)).unwrap_or_default();
                tale.whispers(&format!("  request  {words}"));
            }
        }
    }
}

fn in_words(request: &Request) -> String {
    let status = request.status.map_or("no answer".to_owned(), |status| status.to_string());
    format!("{:<6} {:<52} {status}", request.method, request.route)
}
