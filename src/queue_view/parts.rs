//! What stands around the rows of a queue.

use countersign_contract::page::Page;
use leptos::html;
use leptos::prelude::*;

use crate::queries::Read;
use crate::text;
use crate::ui::{Button, Checkbox, Variant};

/// How many wait behind those that the list has room for. Tracked.
pub fn behind<T: Clone + Send + Sync + 'static>(list: Read<Page<T>>) -> usize {
    list.state.with(|state| {
        let page = state.ready();
        let all = page.and_then(|page| usize::try_from(page.total?).ok());
        let here = page.map_or(0, |page| page.items.len());
        all.unwrap_or(here).saturating_sub(here)
    })
}

/// Where nothing is open any more, the focus that was in it comes back to the list's `heading`.
pub fn focus_heading_after(is_open: Signal<bool>, heading: NodeRef<html::H1>) {
    Effect::new(move |before: Option<bool>| {
        let is_open = is_open.get();
        if let (Some(true), false, Some(heading)) = (before, is_open, heading.get_untracked()) {
            // Fails only for a heading that is no longer in the page.
            let _ = heading.focus();
        }
        is_open
    });
}

/// Choosing all that is shown, and sorting in what has arrived. Always as high, whatever is on it: what arrives moves nothing.
#[component]
pub fn QueueTools(
    /// Whether everything that is shown is chosen.
    #[prop(into)]
    has_all: Signal<bool>,
    /// Chooses all of it, or nothing.
    #[prop(into)]
    on_choose_all: Callback<()>,
    /// How many arrived and were not sorted in.
    #[prop(into)]
    new: Signal<usize>,
    /// How many are gone.
    #[prop(into)]
    gone: Signal<usize>,
    /// Sorts the list.
    sort_in: Callback<()>,
) -> impl IntoView {
    let sort = move || {
        if new.get() > 0 {
            text!(approvals.arrived, count = new.get())
        } else {
            text!(approvals.tidy, count = gone.get())
        }
    };
    view! {
        <div class="queue-tools">
            <Checkbox
                label=move || text!(batch.choose_all)
                checked=has_all
                on_change=move |_: bool| on_choose_all.run(())
            />
            <span role="status">
                <Show when=move || { new.get() > 0 || gone.get() > 0 }>
                    <Button label=sort variant=Variant::Quiet on_press=sort_in />
                </Show>
            </span>
        </div>
    }
}

/// The ways to the next page of a queue that is longer than one, and back to its front; nothing where there is neither.
#[component]
pub fn PageLinks(
    /// The address of the front, for whoever is not there.
    #[prop(into)]
    first: Signal<Option<String>>,
    /// The address of the next page, where there is one.
    #[prop(into)]
    next: Signal<Option<String>>,
) -> impl IntoView {
    let back = move || {
        let href = first.get();
        href.map(|href| view! { <a href=href>{move || text!(queue_filters.first_page)}</a> })
    };
    let on = move || {
        let href = next.get();
        href.map(|href| view! { <a href=href>{move || text!(queue_filters.next_page)}</a> })
    };
    view! {
        <Show when=move || first.with(Option::is_some) || next.with(Option::is_some)>
            <nav class="queue-pages" aria-label=move || text!(queue_filters.pages)>{back} {on}</nav>
        </Show>
    }
}
