//! A table of any length: it is on the screen as soon as a short one, and shows the rest when asked.

use std::hash::Hash;

use leptos::prelude::*;

use super::button::Button;
use super::table::{Column, DataTable};

/// Rows that are shown at once.
const AT_ONCE: usize = 100;

/// The table.
#[component]
pub fn LongTable<K>(
    /// What it lists; spoken, not shown.
    #[prop(into)]
    caption: Signal<String>,
    /// The columns.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// Which rows there are.
    keys: Memo<Vec<K>>,
    /// Makes a row.
    row: impl Fn(K) -> AnyView + Clone + Send + Sync + 'static,
    /// What the button for the rest says.
    #[prop(into)]
    show_all: Signal<String>,
) -> impl IntoView
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
{
    let is_whole = RwSignal::new(false);
    let shown = move || {
        let most = if is_whole.get() { usize::MAX } else { AT_ONCE };
        keys.with(|keys| keys.iter().take(most).copied().collect::<Vec<_>>())
    };
    let is_cut = Memo::new(move |_| !is_whole.get() && keys.with(Vec::len) > AT_ONCE);
    view! {
        <DataTable caption=caption columns=columns>
            <For each=shown key=|key| *key children=row />
        </DataTable>
        <Show when=move || is_cut.get()>
            <Button label=show_all on_press=move |()| is_whole.set(true) />
        </Show>
    }
}
