//! A button that opens a short list of buttons and links.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::button::Variant;
use super::icon::{Icon, IconName};
use super::id::unique_id;

/// A button with a list beside it. Esc, a press elsewhere and a press inside close it; the focus goes back to the button,
/// so that whatever opens from there comes back to it.
#[component]
pub fn Menu(
    /// What the button says.
    #[prop(into)]
    label: Signal<String>,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// How much the button wants to be pressed.
    #[prop(default = Variant::Quiet)]
    variant: Variant,
    /// Buttons and links.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let frame: NodeRef<html::Div> = NodeRef::new();
    let button: NodeRef<html::Button> = NodeRef::new();
    let id = unique_id();
    let controls = id.clone();
    let is_inside = move |target: Option<web_sys::EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        frame
            .get_untracked()
            .is_some_and(|frame| frame.contains(node.as_ref()))
    };
    let outside = window_event_listener(leptos::ev::pointerdown, move |event| {
        if open.get_untracked() && !is_inside(event.target()) {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            focus(button);
        }
    };
    // One that may not be pressed stays, with its reason.
    let is_refused = |event: &leptos::ev::MouseEvent| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let pressed = target.and_then(|target| target.closest("a, button").ok().flatten());
        pressed.is_some_and(|pressed| pressed.get_attribute("aria-disabled").as_deref() == Some("true"))
    };
    // Before what is pressed acts: a dialog that opens from there gives the focus back to where it was then.
    let take_focus = move |event: leptos::ev::MouseEvent| {
        if !is_refused(&event) {
            focus(button);
        }
    };
    let close = move |event: leptos::ev::MouseEvent| {
        if !is_refused(&event) {
            open.set(false);
        }
    };
    let leave = move |event: leptos::ev::FocusEvent| {
        // No target: a press on something that takes no focus, which the pointer listener judges.
        if event.related_target().is_some() && !is_inside(event.related_target()) {
            open.set(false);
        }
    };
    view! {
        <div class="menu" node_ref=frame on:keydown=key on:focusout=leave>
            <button
                class="button"
                type="button"
                data-variant=variant.name()
                node_ref=button
                aria-expanded=move || open.get().to_string()
                aria-controls=controls
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {icon.map(|name| view! { <Icon name=name /> })}
                <span class="button-label">{move || label.get()}</span>
                <Icon name=IconName::Down />
            </button>
            <div
                class="menu-list"
                id=id
                hidden=move || !open.get()
                on:click:capture=take_focus
                on:click=close
            >
                {children()}
            </div>
        </div>
    }
}

fn focus(button: NodeRef<html::Button>) {
    if let Some(button) = button.get_untracked() {
        // A browser without it leaves the focus where it is.
        let _ = button.focus();
    }
}
