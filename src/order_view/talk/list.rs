//! The messages, oldest first, with the newest in view.

use countersign_contract::conversation::Message;
use leptos::html;
use leptos::prelude::*;

use crate::files_view::{FileStrip, ShownFile};
use crate::i18n::{format, local};
use crate::order_view::OrderDesk;
use crate::order_view::talk::Messages;
use crate::order_view::talk::reading::mark_what_is_seen;
use crate::text;
use crate::ui::{Badge, Tone};

/// How far from the end somebody still is at the end, in pixels.
const NEAR: i32 = 48;

/// The messages of the open order.
#[component]
pub(super) fn MessageLog(desk: OrderDesk, messages: Messages) -> impl IntoView {
    let log: NodeRef<html::Div> = NodeRef::new();
    let end: NodeRef<html::Span> = NodeRef::new();
    let is_at_end = StoredValue::new(true);
    let scrolled = move |_| {
        if let Some(log) = log.get_untracked() {
            let below = log.scroll_height() - log.client_height() - log.scroll_top();
            is_at_end.set_value(below < NEAR);
        }
    };
    let last = Memo::new(move |_| {
        let last = |all: &[Message]| all.last().map(|message| (message.id, message.is_own));
        messages.with(|all| all.as_deref().and_then(|all| last(all)))
    });
    // What is new comes into view, unless somebody is reading further up.
    Effect::new(move |_| {
        let is_own = last.get().is_some_and(|(_, is_own)| is_own);
        let Some(log) = log.get() else { return };
        if is_own || is_at_end.get_value() {
            request_animation_frame(move || log.set_scroll_top(log.scroll_height()));
        }
    });
    mark_what_is_seen(desk.id, end, messages);
    let each = move || {
        messages.with(|all| {
            let all = all.as_deref();
            all.map(|all| all.to_vec()).unwrap_or_default()
        })
    };
    let row = move |message: Message| view! { <MessageRow desk=desk message=message /> }.into_any();
    view! {
        <div
            class="talk-log"
            role="log"
            tabindex="0"
            aria-label=move || text!(talk.log)
            node_ref=log
            on:scroll=scrolled
        >
            <ol class="talk-list">
                // A message never changes.
                <For each=each key=|message| message.id children=row />
            </ol>
            <span class="talk-end" node_ref=end></span>
        </div>
    }
}

#[component]
fn MessageRow(desk: OrderDesk, message: Message) -> impl IntoView {
    let Message {
        at,
        by,
        is_own,
        is_internal,
        text,
        files,
        ..
    } = message;
    let who = move || match (is_own, local(&by.role)) {
        (true, _) => text!(talk.you),
        (false, role) if role.is_empty() => by.name.clone(),
        (false, role) => text!(talk.actor, name = by.name.clone(), role = role),
    };
    let files: Vec<ShownFile> = files.into_iter().map(ShownFile::from).collect();
    view! {
        <li class="talk-message" data-own=is_own.then_some("true") data-internal=is_internal.then_some("true")>
            <p class="talk-who">
                <b>{who}</b>
                " "
                <time datetime=at.to_rfc3339() title=move || format::moment(at)>
                    {move || format::relative(at, desk.now.get())}
                </time>
                " "
                {is_internal.then(|| view! { <Badge text=move || text!(talk.internal) tone=Tone::Warn /> })}
            </p>
            {(!text.is_empty()).then(|| view! { <p class="talk-text">{text}</p> })}
            {(!files.is_empty()).then(|| view! { <FileStrip files=files /> })}
        </li>
    }
}
