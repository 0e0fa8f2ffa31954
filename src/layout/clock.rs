//! That this device's clock is wrong.

use leptos::prelude::*;

use crate::text;
use crate::ui::{Notice, Tone};

/// Says that ages and dates on the screen are wrong because the device's clock is; nothing else hangs on it.
#[component]
pub fn ClockNotice(
    /// Whether it is.
    is_wrong: RwSignal<bool>,
) -> impl IntoView {
    let notice = move || {
        (is_wrong.get())
            .then(|| view! { <Notice tone=Tone::Warn>{move || text!(shell.clock_wrong)}</Notice> }.into_any())
    };
    view! { <div role="status">{notice}</div> }
}
