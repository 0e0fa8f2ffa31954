//! Whether what is on the screen is what the server has.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::i18n::format;
use crate::route::Route;
use crate::text;

/// What is known about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncState {
    /// Whether the device has a network and the server answered last time.
    pub online: bool,
    /// When the server last answered.
    pub last: Option<DateTime<Utc>>,
    /// How many orders wait to be sent.
    pub waiting: usize,
    /// How many stay on this device until their person has looked at them.
    pub attention: usize,
    /// Now, as often as it is told.
    pub now: DateTime<Utc>,
}

/// What the server does not have yet, in words; empty where it has everything.
pub fn unsent(waiting: usize, attention: usize) -> String {
    let parts = [
        (attention > 0).then(|| text!(shell.attention, count = attention)),
        (waiting > 0).then(|| text!(shell.to_send, count = waiting)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The state in words; the whole time on hover. What needs its person leads to the outbox: on a phone the way there may be
/// scrolled out of sight.
#[component]
pub(super) fn SyncLine(state: Signal<SyncState>) -> impl IntoView {
    let words = move || {
        let SyncState {
            online,
            last,
            waiting,
            now,
            ..
        } = state.get();
        let when = last.map(|last| format::relative(last, now));
        let connection = match (online, when) {
            (true, Some(when)) => text!(shell.synced, when = when),
            (true, None) => text!(shell.not_synced),
            (false, Some(when)) => text!(shell.offline, when = when),
            (false, None) => text!(shell.offline_never),
        };
        if waiting == 0 {
            connection
        } else {
            [unsent(waiting, 0), connection].join(" · ")
        }
    };
    let attention = Memo::new(move |_| state.get().attention);
    let to_outbox = move || {
        let count = attention.get();
        (count > 0).then(|| {
            view! {
                <a href=Route::Outbox.to_path()>{move || unsent(0, count)}</a>
                " · "
            }
        })
    };
    let exact = move || state.get().last.map(format::moment);
    let name = move || if state.get().online { "online" } else { "offline" };
    let urgent = move || (attention.get() > 0).then_some("true");
    view! { <p class="shell-sync" data-state=name data-urgent=urgent title=exact>{to_outbox}{words}</p> }
}

/// Says aloud when the connection goes and comes.
#[component]
pub(super) fn OfflineNotice(state: Signal<SyncState>) -> impl IntoView {
    let offline = Memo::new(move |_| !state.get().online);
    view! {
        <div class="shell-offline" role="status">{move || offline.get().then(|| text!(shell.offline_never))}</div>
    }
}
