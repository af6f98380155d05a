//! Handles every request: records it, applies faults, authorises, limits, checks, acts and replies.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, Request as HttpRequest, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::Value;

use super::call::{Answer, Call, Outcome, Route, Upload};
use super::connection::KillSwitch;
use super::error::ApiError;
use super::reply::{self, Reply};
use super::routes;
use super::upload::{self, Payload};
use crate::check;
use crate::faults::Effect;
use crate::record::Request;
use crate::shared::Shared;
use crate::world::World;

pub(crate) async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(kill): ConnectInfo<KillSwitch>,
    request: HttpRequest,
) -> Response {
    let arrived = now();
    let (parts, body) = request.into_parts();
    let payload = upload::read(&parts, body).await;
    let (payload, unreadable) = match payload {
        Ok(payload) => (payload, None),
        Err(error) => (Payload { body: Value::Null, files: Vec::new(), form: check::Body::Json }, Some(error)),
    };
    let request = describe(&shared, &parts, &payload, arrived);
    let (visit, effect, latency) = Visit::begin(&shared, &request);
    wait(latency + effect.delay).await;
    if let Some(gate) = &effect.hold {
        gate.pass().await;
    }
    if effect.cut_before {
        visit.cut(&kill, "before acting");
        return reply::nothing();
    }
    let mut answer = match (struck(&effect), unreadable) {
        (Some(answer), _) => answer,
        (None, Some(error)) => Reply::error(&error),
        (None, None) => shared.write(|world| act(world, &request, payload, &parts.headers)),
    };
    if let Some((status, body)) = effect.afterwards {
        answer = Reply::json(status, body);
    }
    let answer = answer.dated(shared.clock.now_ms());
    wait(effect.delay_answer).await;
    if let Some(gate) = &effect.hold_answer {
        gate.pass().await;
    }
    if effect.cut_after {
        visit.cut(&kill, "after acting");
        return reply::nothing();
    }
    visit.end(&answer);
    answer.into_response()
}

/// Real time, for measurements only.
#[expect(clippy::disallowed_methods, reason = "virtual time stands still while the bot works")]
fn now() -> Instant {
    Instant::now()
}

async fn wait(delay: Duration) {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
}

fn describe(shared: &Shared, parts: &Parts, payload: &Payload, arrived: Instant) -> Request {
    let full = parts.uri.path();
    let path = full.strip_prefix("/api/v10").unwrap_or(full);
    let route = routes::find(parts.method.as_str(), path);
    let reason = parts.headers.get("x-audit-log-reason").and_then(|value| value.to_str().ok());
    Request {
        method: parts.method.to_string(),
        path: path.to_owned(),
        route: route.map_or(path, |(route, _)| route.template).to_owned(),
        query: upload::parse_query(parts.uri.query()),
        body: payload.body.clone(),
        files: payload.files.iter().map(|file| file.filename.clone()).collect(),
        reason: reason.map(upload::percent_decode),
        at_ms: shared.clock.now_ms(),
        arrived,
        answered: None,
        status: None,
        error_code: None,
    }
}

/// A fault's reply in place of the world's.
fn struck(effect: &Effect) -> Option<Reply> {
    if let Some((retry_after, global)) = effect.rate_limit {
        return Some(Reply::rate_limited(crate::clock::millis(retry_after), global));
    }
    if let Some((status, retry_after)) = effect.page {
        return Some(Reply::page(status, retry_after));
    }
    effect.instead.clone().map(|(status, body)| Reply::json(status, body))
}

/// Lets the world act on a request.
fn act(world: &mut World, request: &Request, payload: Payload, headers: &HeaderMap) -> Reply {
    let name = format!("{} {}", request.method, request.route);
    let Some((route, params)) = routes::find(&request.method, &request.path) else {
        world.record.gap(format!("no route {name}"));
        return Reply::error(&ApiError::not_simulated(&name));
    };
    if needs_token(route) && !authorised(world, headers) {
        return Reply::error(&ApiError::unauthorized());
    }
    let (standing, exceeded) = world.rate_limits.take(route, &request.path, world.clock.now_ms());
    if let Some(exceeded) = exceeded {
        return Reply::rate_limited(exceeded.retry_after_ms, exceeded.global).standing(standing, world.now_ms());
    }
    let form = payload.form;
    let call = Call {
        params,
        query: request.query.clone(),
        body: payload.body,
        files: payload.files,
        reason: request.reason.clone(),
    };
    let is_too_large = |file: &Upload| file.bytes.len() as u64 > largest_file(world, &call, route);
    if call.files.iter().any(is_too_large) {
        return Reply::error(&ApiError::too_large());
    }
    let outcome = match examine(world, route, request, &call, form) {
        Ok(()) => (route.run)(world, &call),
        Err(error) => Err(error),
    };
    to_reply(world, &name, outcome).standing(standing, world.now_ms())
}

/// "The file upload size limit applies to each file in a request."
fn largest_file(world: &World, call: &Call, route: &Route) -> u64 {
    let guild_id = if route.template.starts_with("/channels/") {
        call.id(0).ok().and_then(|id| world.channel(id).ok()).map(|channel| channel.guild_id)
    } else {
        let id = call.id(0).ok().filter(|_| route.template.starts_with("/interactions/"));
        let interaction = match id {
            Some(id) => world.interactions.get(&id),
            None => call.params.get(1).and_then(|token| world.interaction_by_token(token).ok()),
        };
        interaction.and_then(|interaction| interaction.guild_id)
    };
    world.file_limit_in(guild_id)
}

/// Unsupported parts, violations of Discord's limits, and violations of its description.
fn examine(
    world: &mut World,
    route: &Route,
    request: &Request,
    call: &Call,
    form: check::Body,
) -> Result<(), ApiError> {
    let what = route.unsupported(call).join(", ");
    if !what.is_empty() {
        return Err(ApiError::not_simulated(&what));
    }
    // Files are not part of the API.
    if let (Some(description), false) = (description(), route.template.starts_with("/attachments/")) {
        for problem in description.check(&request.method, &request.path, &call.body, form) {
            world.record.violation(problem);
        }
    }
    let mut errors = check::limits(&request.method, &request.path, &call.body);
    errors.extend(call.reason().map(check::audit_reason).unwrap_or_default());
    if errors.is_empty() {
        return Ok(());
    }
    let body = check::form_body(&errors);
    let message = body["message"].as_str().unwrap_or("Invalid Form Body").to_owned();
    Err(ApiError { status: 400, code: 50035, message, errors: Some(body["errors"].clone()) })
}

/// Discord's OpenAPI description, read once for all simulators of the process.
fn description() -> Option<&'static check::OpenApi> {
    static DESCRIPTION: OnceLock<Option<check::OpenApi>> = OnceLock::new();
    DESCRIPTION.get_or_init(check::OpenApi::from_env).as_ref()
}

fn to_reply(world: &mut World, name: &str, outcome: Outcome) -> Reply {
    match outcome {
        Ok(Answer::Json(status, body)) => Reply::json(status, body),
        Ok(Answer::Empty) => Reply::empty(),
        Ok(Answer::Bytes(kind, bytes)) => Reply::bytes(kind, &bytes),
        Err(error) => {
            if error.is_gap() {
                world.record.gap(format!("{name}: {}", error.message));
            }
            Reply::error(&error)
        }
    }
}

/// Interaction callbacks and webhooks are authorised by the token in their path, the CDN by nothing.
fn needs_token(route: &Route) -> bool {
    let open = ["/interactions/", "/webhooks/", "/attachments/"];
    route.template != "/gateway" && !open.iter().any(|prefix| route.template.starts_with(prefix))
}

fn authorised(world: &World, headers: &HeaderMap) -> bool {
    let given = headers.get("authorization").and_then(|value| value.to_str().ok());
    given.and_then(|given| given.strip_prefix("Bot ")) == Some(world.app.token.as_str())
}

/// A request being handled; counted as in flight until dropped.
struct Visit {
    shared: Arc<Shared>,
    number: usize,
    title: String,
}

impl Visit {
    fn begin(shared: &Arc<Shared>, request: &Request) -> (Self, Effect, Duration) {
        let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let title = format!("{} {}{mark}{}", request.method, request.path, query.join("&"));
        shared.write(|world| {
            world.in_flight += 1;
            let body = if request.body.is_null() { String::new() } else { request.body.to_string() };
            let reason = request.reason.as_ref().map(|reason| format!(" reason {reason:?}"));
            let line = format!("→ {title} {body}{}", reason.unwrap_or_default());
            world.record.line(request.at_ms, line);
            world.record.requests.push(request.clone());
            let visit = Self { shared: shared.clone(), number: world.record.requests.len() - 1, title };
            (visit, world.faults.strike(request), world.faults.latency)
        })
    }

    fn end(&self, answer: &Reply) {
        self.shared.write(|world| {
            let at = world.now_ms();
            let request = &mut world.record.requests[self.number];
            request.status = Some(answer.status());
            request.error_code = answer.error_code();
            request.answered = Some(now());
            world.record.line(at, format!("← {} {} {}", answer.status(), self.title, answer.text()));
        });
    }

    fn cut(&self, kill: &KillSwitch, when: &str) {
        self.shared.write(|world| {
            let at = world.now_ms();
            world.record.line(at, format!("✂ {} connection cut {when}", self.title));
        });
        kill.cut();
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.shared.write(|world| {
            world.in_flight -= 1;
            if std::thread::panicking() {
                world.record.gap(format!("the simulator itself failed at {}", self.title));
            }
        });
    }
}
