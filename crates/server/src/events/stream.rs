//! One listener's stream of server-sent events.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use countersign_contract::event::LiveEvent;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Interval, MissedTickBehavior};

use super::hub::{Notice, Numbered};
use crate::auth::Caller;
use crate::state::AppState;

/// A comment this often keeps proxies from closing a quiet stream, and finds out that a session ended.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The stream of `caller`, from `last_event_id` on. It ends with the session and with the server.
pub fn stream(state: AppState, caller: Caller, last_event_id: Option<&str>) -> Response {
    let subscription = state.hub.subscribe(last_event_id);
    let mut heartbeat = tokio::time::interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener {
        state,
        caller,
        missed: subscription.missed,
        resync: subscription.resync,
        receiver: subscription.receiver,
        heartbeat,
    };
    let events = futures_util::stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    Sse::new(events).into_response()
}

struct Listener {
    state: AppState,
    caller: Caller,
    missed: VecDeque<Arc<Numbered>>,
    resync: bool,
    receiver: broadcast::Receiver<Arc<Numbered>>,
    heartbeat: Interval,
}

/// What to do after a notice.
enum Step {
    Send(Event),
    Skip,
    End,
}

impl Listener {
    /// The next event, or `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        if std::mem::take(&mut self.resync) {
            return Some(encode(&LiveEvent::Resync));
        }
        loop {
            let numbered = match self.missed.pop_front() {
                Some(missed) => missed,
                None => {
                    let mut closing = self.state.closing();
                    let closed = async move { drop(closing.wait_for(|closing| *closing).await) };
                    tokio::select! {
                        received = self.receiver.recv() => match received {
                            Ok(numbered) => numbered,
                            Err(RecvError::Lagged(_)) => return Some(encode(&LiveEvent::Resync)),
                            Err(RecvError::Closed) => return None,
                        },
                        _ = self.heartbeat.tick() => return self.beat().await,
                        () = closed => return None,
                    }
                }
            };
            match self.step(&numbered) {
                Step::Send(event) => return Some(event),
                Step::Skip => {}
                Step::End => return None,
            }
        }
    }

    fn step(&self, numbered: &Numbered) -> Step {
        match &numbered.notice {
            Notice::Changed { audience, event } if audience.includes(&self.caller.actor) => {
                Step::Send(encode(event).id(self.state.hub.event_id(numbered.number)))
            }
            Notice::SessionsEnded { account_id, session }
                if *account_id == self.caller.actor.account_id
                    && session
                        .as_ref()
                        .is_none_or(|session| *session == self.caller.session) =>
            {
                Step::End
            }
            Notice::Changed { .. } | Notice::SessionsEnded { .. } => Step::Skip,
        }
    }

    /// A sign of life, under the permissions of now; `None` when the session is over.
    async fn beat(&mut self) -> Option<Event> {
        match crate::auth::session::find(&self.state, &self.caller.session).await {
            Ok(Some(caller)) => {
                self.caller = caller;
                Some(Event::default().comment(""))
            }
            Ok(None) => None,
            Err(error) => {
                tracing::warn!(?error, "a session could not be checked; its stream ends");
                None
            }
        }
    }
}

/// `event` under its kind as the event's name. What can't be written becomes a resync, which is always right.
fn encode(event: &LiveEvent) -> Event {
    let kind = match event {
        LiveEvent::OrderChanged { .. } => "order_changed",
        LiveEvent::ReturnChanged { .. } => "return_changed",
        LiveEvent::ConversationChanged { .. } => "conversation_changed",
        LiveEvent::DraftChanged { .. } => "draft_changed",
        LiveEvent::WorkflowChanged => "workflow_changed",
        LiveEvent::CatalogChanged => "catalog_changed",
        LiveEvent::ListsChanged => "lists_changed",
        LiveEvent::NoticesChanged => "notices_changed",
        LiveEvent::Resync => "resync",
    };
    match serde_json::to_string(event) {
        Ok(data) => Event::default().event(kind).data(data),
        Err(_) => Event::default().event("resync").data(r#"{"kind":"resync"}"#),
    }
}
