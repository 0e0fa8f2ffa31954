//! The foot of a list: what is about to be done with the chosen rows, and what became of it.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// A foot that lies over the end of a list, so that no row moves when it comes.
#[component]
pub fn ListFoot(
    /// What it is called.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it has nothing to say; then it is not there.
    #[prop(into)]
    is_empty: Signal<bool>,
    /// Where it is, for [`focus_next`].
    node_ref: NodeRef<html::Section>,
    /// What stands in it.
    children: Children,
) -> impl IntoView {
    view! {
        <section
            class="list-foot"
            node_ref=node_ref
            aria-label=move || label.get()
            data-empty=move || is_empty.get().then_some("true")
        >
            {children()}
        </section>
    }
}

/// Focuses what is to be pressed or read next in a foot, else what is there with the id `otherwise`.
pub fn focus_next(foot: NodeRef<html::Section>, otherwise: Option<&str>) {
    let Some(Some(foot)) = foot.try_get_untracked() else {
        return;
    };
    let inside = foot.query_selector("button[data-variant=primary], [tabindex]");
    let target = inside
        .ok()
        .flatten()
        .or_else(|| document().get_element_by_id(otherwise?));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // Fails only for something that is no longer in the page.
        let _ = target.focus();
    }
}
