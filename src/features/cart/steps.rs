//! Taking back what was done to the cart, and doing it again.

use leptos::html;
use leptos::prelude::*;

use crate::i18n::local;
use crate::queries::draft::{Cart, StepKind};
use crate::text;
use crate::ui::{Icon, IconName, Shortcuts, give_back};

/// The buttons, and their keys outside of fields: inside of one the browser takes back what was typed into it.
#[component]
pub fn Steps(
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    let last = Memo::new(move |_| cart.with(|kept| kept.last_step().cloned()).flatten());
    let next = Memo::new(move |_| cart.with(|kept| kept.next_step().cloned()).flatten());
    let undo_label = Signal::derive(move || match last.get() {
        Some(kind) => text!(cart.undo_step, what = what(&kind)),
        None => text!(cart.undo),
    });
    let redo_label = Signal::derive(move || match next.get() {
        Some(kind) => text!(cart.redo_step, what = what(&kind)),
        None => text!(cart.redo),
    });
    // What was done may be out of sight.
    let said = RwSignal::new(String::new());
    let button: NodeRef<html::Button> = NodeRef::new();
    let keep_focus = move || {
        let Some(button) = button.get_untracked() else {
            return;
        };
        // By then the fields are made anew, and who was in one of them is nowhere.
        request_animation_frame(move || give_back(&button));
    };
    let undo = move || {
        if let Some(kind) = cart.take_back_step() {
            said.set(text!(cart.undone, what = what(&kind)));
            keep_focus();
        }
    };
    let redo = move || {
        if let Some(kind) = cart.do_step_again() {
            said.set(text!(cart.redone, what = what(&kind)));
            keep_focus();
        }
    };
    if let Some(shortcuts) = use_context::<Shortcuts>() {
        shortcuts.on_command("z", undo_label, Callback::new(move |()| undo()));
        shortcuts.on_command("Z", redo_label, Callback::new(move |()| redo()));
    }
    let nothing = move || last.with(Option::is_none).then_some("true");
    view! {
        <span class="cart-steps">
            <button
                class="button"
                type="button"
                data-variant="quiet"
                node_ref=button
                title=move || undo_label.get()
                aria-disabled=nothing
                aria-keyshortcuts="Control+Z Meta+Z"
                on:click=move |_| undo()
            >
                <Icon name=IconName::Return />
                <span class="button-label">{move || undo_label.get()}</span>
            </button>
            <Show when=move || next.with(Option::is_some)>
                <button
                    class="button"
                    type="button"
                    data-variant="quiet"
                    title=move || redo_label.get()
                    aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
                    on:click=move |_| redo()
                >
                    <span class="button-label">{move || redo_label.get()}</span>
                </button>
            </Show>
            <span class="visually-hidden" role="status">{move || said.get()}</span>
        </span>
    }
}

/// What a step was about, in words.
fn what(kind: &StepKind) -> String {
    match kind {
        StepKind::Quantity { name, .. } => text!(cart.step.quantity, name = local(name)),
        StepKind::LineNote { name, .. } => text!(cart.step.line_note, name = local(name)),
        StepKind::Added(name) => text!(cart.step.added, name = local(name)),
        StepKind::Removed(name) => text!(cart.step.removed, name = local(name)),
        StepKind::Name => text!(cart.step.name),
        StepKind::Address => text!(cart.step.address),
        StepKind::WantedDate => text!(cart.step.wanted),
        StepKind::DeliveryMethod => text!(cart.step.delivery_method),
        StepKind::Priority => text!(cart.step.priority),
        StepKind::Note => text!(cart.step.note),
        StepKind::Files => text!(cart.step.files),
        StepKind::Agreement => text!(cart.step.agreement),
        StepKind::Several => text!(cart.step.several),
    }
}
