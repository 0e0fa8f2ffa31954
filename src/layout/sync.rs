//! Whether what is on the screen is what the server has.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::i18n::format;
use crate::route::{Route, Supply};
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
    /// When the server said the oldest of what is on the screen; `None` when all of it is current.
    pub age: Option<DateTime<Utc>>,
    /// How many things are on the device, of how many; `None` when nothing is being fetched ahead.
    pub progress: Option<(u64, u64)>,
    /// Whether they are orders of staff on behalf of customers, each of which has an outbox of its own.
    pub of_others: bool,
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

/// The connection in words: how current the screen is, or how far the first fetch of everything is.
fn connection(state: SyncState) -> String {
    let SyncState {
        online,
        last,
        age,
        progress,
        now,
        ..
    } = state;
    if let Some((done, all)) = progress {
        return text!(shell.fetching_ahead, done = done, all = all);
    }
    if let Some(at) = age {
        let when = format::moment(at);
        return if online {
            text!(shell.kept_age, when = when)
        } else {
            text!(shell.offline_age, when = when)
        };
    }
    let when = last.map(|last| format::relative(last, now));
    match (online, when) {
        (true, Some(when)) => text!(shell.synced, when = when),
        (true, None) => text!(shell.not_synced),
        (false, Some(when)) => text!(shell.offline, when = when),
        (false, None) => text!(shell.offline_never),
    }
}

/// The state in words, in a place that is always there: the connection comes and goes, and moves nothing. What needs its person
/// leads to the outbox: on a phone the way there may be scrolled out of sight.
#[component]
pub(super) fn SyncLine(state: Signal<SyncState>) -> impl IntoView {
    let words = move || {
        let state = state.get();
        let connection = connection(state);
        if state.waiting == 0 {
            connection
        } else {
            [unsent(state.waiting, 0), connection].join(" · ")
        }
    };
    let attention = Memo::new(move |_| state.get().attention);
    let to_outbox = move || {
        let count = attention.get();
        let way = if state.get().of_others {
            Route::Supply(Supply::OrderFor { q: String::new() })
        } else {
            Route::Outbox
        };
        (count > 0).then(|| {
            view! {
                <a href=way.to_path()>{move || unsent(0, count)}</a>
                " · "
            }
        })
    };
    let progress = Memo::new(move |_| state.get().progress);
    let is_fetching = Memo::new(move |_| progress.get().is_some());
    let bar = move || {
        is_fetching.get().then(|| {
            let done = move || progress.get().unwrap_or_default();
            view! {
                <progress
                    aria-label=move || text!(shell.fetching)
                    max=move || done().1.max(1)
                    value=move || done().0
                ></progress>
            }
        })
    };
    // One line of it is cut off where there is no room; the whole and the exact times stand in its title.
    let whole = move || {
        let last = state.get().last.map(format::moment);
        [Some(words()), last]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let name = move || {
        let SyncState { online, age, .. } = state.get();
        match (online, age) {
            (true, None) => "online",
            (true, Some(_)) => "old",
            (false, _) => "offline",
        }
    };
    let urgent = move || (attention.get() > 0).then_some("true");
    view! {
        <p class="shell-sync" data-state=name data-urgent=urgent title=whole>
            {to_outbox}
            <span>{words}</span>
            {bar}
        </p>
    }
}

/// Says aloud when the connection goes and comes, and when what is on the screen is not what the server has now.
#[component]
pub(super) fn SyncNews(state: Signal<SyncState>) -> impl IntoView {
    // How far a fetch is, and how long ago the last answer was, nobody wants to be told each time.
    let news = Memo::new(move |_| {
        let SyncState { online, age, .. } = state.get();
        (online, age)
    });
    let words = move || match news.get() {
        (true, None) => String::new(),
        (true, Some(at)) => text!(shell.kept_age, when = format::moment(at)),
        (false, None) => text!(shell.offline_never),
        (false, Some(at)) => text!(shell.offline_age, when = format::moment(at)),
    };
    view! { <div class="visually-hidden" role="status">{words}</div> }
}
