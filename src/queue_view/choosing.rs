//! Choosing rows of a queue from the keyboard.

use std::str::FromStr;

use leptos::prelude::*;

use crate::text;
use crate::ui::Shortcuts;

/// `x` chooses, `Shift+A` asks before several are approved, `Esc` takes back; the help lists the first two under these names.
pub fn listen_to_choosing(
    (name_of_choose, choose): (Signal<String>, impl Fn() + Send + Sync + 'static),
    (name_of_ask, ask): (Signal<String>, impl Fn() + Send + Sync + 'static),
    take_back: impl Fn() + Send + Sync + 'static,
) {
    let Some(shortcuts) = use_context::<Shortcuts>() else {
        return;
    };
    shortcuts.on_press("x", name_of_choose, Callback::new(move |()| choose()));
    shortcuts.on_press("A", name_of_ask, Callback::new(move |()| ask()));
    let name = Signal::derive(|| text!(batch.key_clear));
    shortcuts.on_press("Escape", name, Callback::new(move |()| take_back()));
}

/// What the row with the focus stands for: rows say it in the attribute `named`.
pub fn row_in_focus<T: FromStr>(named: &str) -> Option<T> {
    let focused = document().active_element()?;
    let row = focused.closest(&format!("[{named}]")).ok().flatten()?;
    row.get_attribute(named)?.parse().ok()
}
