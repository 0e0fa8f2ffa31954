//! What lies over the page.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::button::IconButton;
use super::icon::IconName;
use super::id::unique_id;

/// A dialog, or with `panel` a panel at the side. The browser's own `<dialog>` keeps the focus inside and gives it back.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when the person wants it closed: Esc, the cross, a press beside it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// What the cross says; without it there is none, for a dialog that asks for a decision.
    #[prop(optional, into)]
    close_label: Option<Signal<String>>,
    /// Whether it stands at the side, as high as the page.
    #[prop(optional)]
    panel: bool,
    /// What is in it; built anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let title_id = unique_id();
    let labelled_by = title_id.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only for a dialog that is not in the page, which has no way to be seen either.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    // A dialog that leaves the page while open would take the focus with it.
    on_cleanup(move || {
        if let Some(Some(dialog)) = node.try_get_untracked() {
            dialog.close();
        }
    });
    let cancel = move |event: web_sys::Event| {
        event.prevent_default();
        on_close.run(());
    };
    // A press on the backdrop hits the dialog itself, never something in it.
    let press = move |event: leptos::ev::MouseEvent| {
        let beside = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlDialogElement>().ok())
            .is_some();
        if beside {
            on_close.run(());
        }
    };
    view! {
        <dialog
            class="dialog"
            node_ref=node
            data-kind=if panel { "panel" } else { "dialog" }
            aria-labelledby=labelled_by
            on:cancel=cancel
            on:mousedown=press
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-body">
                                <header class="dialog-header">
                                    <h2 id=title_id.clone()>{move || title.get()}</h2>
                                    {close_label
                                        .map(|label| {
                                            view! { <IconButton icon=IconName::Close label=label on_press=on_close /> }
                                        })}
                                </header>
                                {children()}
                            </div>
                        }
                    })
            }}
        </dialog>
    }
}
