//! What is on this device: how old it is, and how far the first fetch of it is.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::i18n::format;
use crate::text;

/// Says when what is on the screen is not what the server has now, and how far the first fetch is.
#[component]
pub fn KeptNotice(
    /// When the server said the oldest of what is on the screen; `None` when all of it is current.
    age: Signal<Option<DateTime<Utc>>>,
    /// How many things are on the device, of how many; `None` when nothing is being fetched ahead.
    progress: Signal<Option<(u64, u64)>>,
) -> impl IntoView {
    let age = Memo::new(move |_| age.get());
    let old = move || {
        age.get().map(|at| {
            view! {
                <p class="kept-age" title=move || format::moment(at)>
                    {move || text!(shell.kept_age, when = format::moment(at))}
                </p>
            }
        })
    };
    let is_fetching = Memo::new(move |_| progress.get().is_some());
    let bar = move || {
        is_fetching.get().then(|| {
            let done = move || progress.get().unwrap_or_default();
            view! {
                <div class="kept-progress">
                    <label for="kept-progress">{move || text!(shell.fetching_ahead)}</label>
                    <progress id="kept-progress" max=move || done().1.max(1) value=move || done().0></progress>
                    <span class="num">{move || text!(shell.fetched, done = done().0, all = done().1)}</span>
                </div>
            }
        })
    };
    view! {
        <div role="status">{old}</div>
        {bar}
    }
}
