//! The live stream: what changed on the server, as it changes.
//!
//! The browser reconnects by itself. While the stream is down, the app asks again every so often instead, so that a
//! proxy that swallows streams costs seconds, not truth.

use std::time::Duration;

use countersign_contract::event::{EVENTS_PATH, LiveEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, EventSourceInit, MessageEvent};

use crate::api::Api;

/// How often everything on screen is asked for again while the stream is down.
const POLL: Duration = Duration::from_secs(20);

/// Whether changes arrive by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// The stream is open.
    Streaming,
    /// It is not; the app polls.
    Polling,
}

/// Listens until the current owner goes away, and calls `on_event` for everything that changed, and `on_break` whenever the
/// stream ends: the server ends it when the session ends.
pub fn listen(
    api: Api,
    on_event: impl Fn(LiveEvent) + Clone + 'static,
    on_break: impl Fn() + 'static,
) -> ReadSignal<Live> {
    let (live, set_live) = signal(Live::Polling);
    let init = EventSourceInit::new();
    init.set_with_credentials(true);
    let source = EventSource::new_with_event_source_init_dict(&api.url(EVENTS_PATH), &init).ok();
    if let Some(source) = source {
        let deliver = on_event.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            let event = message
                .data()
                .as_string()
                .and_then(|text| serde_json::from_str(&text).ok());
            if let Some(event) = event {
                deliver(event);
            }
        });
        let resync = on_event.clone();
        let open = Closure::<dyn Fn()>::new(move || {
            if set_live.try_set(Live::Streaming).is_none() {
                // What changed before the stream (re)opened was missed.
                resync(LiveEvent::Resync);
            }
        });
        let error = Closure::<dyn Fn()>::new(move || {
            set_live.try_set(Live::Polling);
            on_break();
        });
        for name in LiveEvent::NAMES {
            // Fails only for a listener that is no function.
            let _ = source.add_event_listener_with_callback(name, message.as_ref().unchecked_ref());
        }
        source.set_onopen(Some(open.as_ref().unchecked_ref()));
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        let kept = StoredValue::new_local((source, message, open, error));
        on_cleanup(move || {
            kept.try_with_value(|(source, ..)| source.close());
        });
    }
    // A device that has its network back asks at once for what it missed.
    let catch_up = on_event.clone();
    let online = window_event_listener(leptos::ev::online, move |_| catch_up(LiveEvent::Resync));
    on_cleanup(move || online.remove());
    let poll = set_interval_with_handle(
        move || {
            if live.try_get_untracked() == Some(Live::Polling) {
                on_event(LiveEvent::Resync);
            }
        },
        POLL,
    );
    if let Ok(poll) = poll {
        on_cleanup(move || poll.clear());
    }
    live
}
