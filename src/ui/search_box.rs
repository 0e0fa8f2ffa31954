//! Searching while typing.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::shortcuts::Shortcuts;
use super::words::Kbd;

/// How long a pause in typing counts as the end of it.
const PAUSE: Duration = Duration::from_millis(100);

/// A search field. It searches after a pause in typing, and at once on Enter.
#[component]
pub fn SearchBox(
    /// What is searched.
    #[prop(into)]
    label: Signal<String>,
    /// The words being searched for, usually from the address.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the words to search for.
    #[prop(into)]
    on_search: Callback<String>,
    /// Whether `/` brings the focus here.
    #[prop(optional)]
    hotkey: bool,
) -> impl IntoView {
    let node: NodeRef<html::Input> = NodeRef::new();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop_waiting = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.clear();
        }
    };
    on_cleanup(stop_waiting);
    let search_now = move || {
        stop_waiting();
        if let Some(input) = node.get_untracked() {
            on_search.run(input.value());
        }
    };
    let typed = move |_| {
        stop_waiting();
        waiting.set_value(set_timeout_with_handle(search_now, PAUSE).ok());
    };
    // The address follows the typing. What it says by then may be older than what is typed, which is not to be taken back.
    Effect::new(move |_| {
        let words = value.get();
        let Some(input) = node.get() else { return };
        let is_typing = waiting.try_with_value(Option::is_some).unwrap_or_default();
        if !is_typing && input.value().trim() != words.trim() {
            input.set_value(&words);
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        search_now();
    };
    if let (true, Some(shortcuts)) = (hotkey, use_context::<Shortcuts>()) {
        let focus = move |()| {
            if let Some(input) = node.get_untracked() {
                let _ = input.focus();
                input.select();
            }
        };
        shortcuts.on("/", label, Callback::new(focus));
    }
    view! {
        <form class="search" role="search" aria-label=move || label.get() on:submit=submit>
            <Icon name=IconName::Search />
            <input
                class="input"
                type="search"
                node_ref=node
                autocomplete="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-label=move || label.get()
                placeholder=move || label.get()
                on:input=typed
            />
            {hotkey.then(|| view! { <Kbd key="/" /> })}
        </form>
    }
}
