//! Whether what is on the screen is what the server has.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::i18n::format;
use crate::text;

/// What is known about the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SyncState {
    /// Whether the device has a network and the server answered last time.
    pub online: bool,
    /// When the server last answered.
    pub last: Option<DateTime<Utc>>,
    /// How many orders wait to be sent or looked at.
    pub waiting: usize,
    /// Now, as often as it is told.
    pub now: DateTime<Utc>,
}

/// The state in words; the whole time on hover.
#[component]
pub(super) fn SyncLine(state: Signal<SyncState>) -> impl IntoView {
    let words = move || {
        let SyncState {
            online,
            last,
            waiting,
            now,
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
            [text!(shell.waiting, count = waiting), connection].join(" · ")
        }
    };
    let exact = move || state.get().last.map(format::moment);
    let name = move || if state.get().online { "online" } else { "offline" };
    view! { <p class="shell-sync" data-state=name title=exact>{words}</p> }
}

/// Says aloud when the connection goes and comes.
#[component]
pub(super) fn OfflineNotice(state: Signal<SyncState>) -> impl IntoView {
    let offline = Memo::new(move |_| !state.get().online);
    view! {
        <div class="shell-offline" role="status">{move || offline.get().then(|| text!(shell.offline_never))}</div>
    }
}
