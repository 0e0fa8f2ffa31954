//! What counts as read: the end of the conversation is on the screen of somebody who looks at it.

use countersign_domain::id::OrderId;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry};

use crate::order_view::talk::Messages;
use crate::queries::talk::Talk;

/// Tells the server that a conversation was read, whenever its `end` is in view and there is something unread.
pub(super) fn mark_what_is_seen(order: OrderId, end: NodeRef<html::Span>, messages: Messages) {
    let talk = expect_context::<Talk>();
    let is_in_view = in_view(end);
    let is_looked_at = RwSignal::new(!document().hidden());
    let turned = window_event_listener_untyped("visibilitychange", move |_| {
        is_looked_at.try_set(!document().hidden());
    });
    on_cleanup(move || turned.remove());
    let seen = Memo::new(move |_| {
        let is_seen = is_in_view.get() && is_looked_at.get() && talk.unread(order) > 0;
        let last = messages.with(|all| {
            let last = all.as_deref().and_then(|all| all.last());
            last.map(|message| message.id)
        });
        last.filter(|_| is_seen)
    });
    // Not derived but something that has happened: the server is told.
    Effect::new(move |_| {
        if let Some(last) = seen.get() {
            talk.read_up_to(order, last);
        }
    });
}

/// Whether an element is on the screen. Where the browser can't tell, it is.
fn in_view(node: NodeRef<html::Span>) -> ReadSignal<bool> {
    let (is_in_view, set_in_view) = signal(false);
    let callback = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        let mut newest_first = entries.iter().rev();
        let last = newest_first.find_map(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
        if let Some(last) = last {
            set_in_view.try_set(last.is_intersecting());
        }
    });
    let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok();
    if observer.is_none() {
        set_in_view.set(true);
    }
    let kept = StoredValue::new_local((observer, callback));
    Effect::new(move |_| {
        if let Some(node) = node.get() {
            kept.try_with_value(|(observer, _)| {
                if let Some(observer) = observer {
                    observer.observe(&node);
                }
            });
        }
    });
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| {
            if let Some(observer) = observer {
                observer.disconnect();
            }
        });
    });
    is_in_view
}
