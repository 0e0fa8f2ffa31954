//! Several drafts side by side: choose one, begin one, name it, remove it.

use countersign_domain::id::DraftId;
use leptos::prelude::*;

use crate::queries::draft::{Cart, DraftName};
use crate::text;
use crate::ui::{IconName, Menu, TextField, Toasts};

/// The drafts of this account, the open one named.
#[component]
pub fn Drafts(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    let open = Memo::new(move |_| cart.with(|kept| (kept.draft.id, kept.draft.name.clone())));
    let others = Memo::new(move |_| {
        let id = open.get().map(|(id, _)| id);
        let mut all = cart.with(|kept| kept.all.clone()).unwrap_or_default();
        all.retain(|draft| Some(draft.id) != id);
        all
    });
    let label = move || {
        let name = open
            .get()
            .map(|(_, name)| name)
            .filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| match others.with(Vec::len) {
            0 => text!(cart.drafts_only),
            count => text!(cart.drafts, count = count),
        })
    };
    let remove = move |_| {
        if let Some(draft) = cart.remove_draft() {
            toasts.say_with_undo(text!(cart.draft_removed), text!(cart.undo), move || {
                cart.restore_draft(draft.clone());
            });
        }
    };
    let other = move |draft: DraftName| {
        let id: DraftId = draft.id;
        let DraftName { name, lines, .. } = draft;
        let words = move || {
            let count = text!(cart.line_count, count = lines);
            if name.trim().is_empty() {
                count
            } else {
                [name.clone(), count].join(" · ")
            }
        };
        view! { <button type="button" on:click=move |_| cart.open_draft(id)>{words}</button> }.into_any()
    };
    view! {
        <Menu label=label icon=IconName::Orders>
            <For each=move || others.get() key=|draft| (draft.id, draft.name.clone(), draft.lines) children=other />
            <button type="button" on:click=move |_| cart.begin_draft()>{move || text!(cart.draft_new)}</button>
            <button type="button" on:click=remove>{move || text!(cart.draft_remove)}</button>
        </Menu>
    }
}

/// What the open draft is called.
#[component]
pub fn DraftNameField(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let name = RwSignal::new(cart.peek(|kept| kept.draft.name.clone()).unwrap_or_default());
    view! {
        // What is typed is kept with every key, not only when the typing is over.
        <div on:input=move |event| cart.edit(|draft| draft.name = event_target_value(&event))>
            <TextField label=move || text!(cart.draft_name) value=name />
        </div>
    }
}
