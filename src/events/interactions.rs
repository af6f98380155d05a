//! Dispatches buttons, menus and forms to the route that their id names.

use std::sync::Arc;

use anyhow::anyhow;

use crate::discord::interaction::Asked;
use crate::discord::respond::InteractionResponder;
use crate::discord::{BotContext, report};
use crate::domain::custom_id;
use crate::error::Error;
use crate::i18n::CommonMsg;
use crate::router::{Kind, Route};
use crate::{inboxes, privacy, tickets};

/// All routes.
const ROOMS: [&[Route]; 4] = [tickets::ROUTES, tickets::cards::ROUTES, inboxes::ROUTES, privacy::ROUTES];

fn find(kind: Kind, id: &str) -> Option<&'static Route> {
    let (name, _) = custom_id::split(id);
    ROOMS.into_iter().flatten().find(|route| route.name == name && route.kind == kind)
}

/// Answers an interaction that is no command and no typing of one.
pub async fn on_interaction(state: &Arc<BotContext>, responder: InteractionResponder, asked: Asked) {
    let (kind, caller, pressed) = match asked {
        Asked::Component(caller, pressed) => (Kind::Component, caller, pressed),
        Asked::Form(caller, form) => (Kind::Form, caller, form),
        Asked::Unreadable(what) => {
            let error = Error::Internal(anyhow!("an interaction could not be read: {what}"));
            let told = async { report::explain(&state.app, responder.id, error).into() };
            return responder.answer(&state.app, &state.rest, told).await;
        }
        Asked::Command(..) | Asked::Menu(..) | Asked::Completion(_) => return,
    };
    let Some(route) = find(kind, &pressed.custom_id) else {
        return responder.answer(&state.app, &state.rest, async { CommonMsg::OutdatedComponent.into() }).await;
    };
    let responder = responder.waiting(route.waiting);
    let message = pressed.message;
    // In its own task, so that the user gets an answer even if it panics.
    let worker = tokio::spawn(route.follow(Arc::clone(state), responder.id, caller, pressed));
    let outcome = report::outcome(&state.app, responder.id, worker);
    let before_waiting = route.prepare_waiting(state, responder.id, message);
    responder.answer_after(&state.app, &state.rest, outcome, before_waiting).await;
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::domain::custom_id::{CREATE_TICKET, ROUTE};

    fn routes() -> impl Iterator<Item = &'static Route> {
        ROOMS.into_iter().flatten()
    }

    #[test]
    fn each_route_has_a_name_of_its_own_that_leads_to_it() {
        let mut names = HashSet::new();
        for route in routes() {
            assert!(names.insert(route.name), "{} is taken twice", route.name);
            let is_short = route.name.len() == ROUTE && route.name.bytes().all(|byte| byte.is_ascii_lowercase());
            assert!(is_short || route.name == CREATE_TICKET, "{:?} is not a name of three letters", route.name);
            let found = find(route.kind, route.name).map(|found| found.name);
            assert_eq!(found, Some(route.name));
            let other = if route.kind == Kind::Form { Kind::Component } else { Kind::Form };
            assert!(find(other, route.name).is_none(), "{} is used in two ways", route.name);
        }
    }

    /// A route missing from its room's list would be answered as outdated.
    #[test]
    fn each_route_that_is_made_is_in_the_list_of_its_room() {
        let mut made = Vec::new();
        for file in files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            let text = fs::read_to_string(&file).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                if line.contains("Route::component(") || line.contains("Route::form(") {
                    made.push(format!("{}: {}", file.display(), line.trim()));
                }
            }
        }
        assert_eq!(made.len(), routes().count(), "of these routes not all are listed:\n{}", made.join("\n"));
    }

    #[test]
    fn what_names_no_route_leads_nowhere() {
        for id in ["", ":", "t1:staff:1:0", "t1:forget:5", "create-ticket ", "Create-Ticket", "stf2", "stf2:1"] {
            assert!(find(Kind::Component, id).is_none() && find(Kind::Form, id).is_none(), "{id:?}");
        }
        assert!(find(Kind::Component, "create-ticket:12").is_some(), "for later: a button that names its inbox");
    }

    fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
        let files = entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] });
        files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
    }
}
