//! A quantity, typed or stepped.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::id::unique_id;

/// A quantity with buttons for the next valid ones. What was typed stays as it was typed; where it is not valid, the
/// nearest valid quantities are offered as buttons.
#[component]
pub fn QuantityStepper(
    /// What is counted, such as the product's name.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed, as it is typed.
    value: RwSignal<String>,
    /// The next valid quantity above; none at the end.
    #[prop(into)]
    up: Signal<Option<String>>,
    /// The next valid quantity below; none at the end.
    #[prop(into)]
    down: Signal<Option<String>>,
    /// What the button for more says.
    #[prop(into)]
    up_label: Signal<String>,
    /// What the button for less says.
    #[prop(into)]
    down_label: Signal<String>,
    /// Valid quantities near to what was typed.
    #[prop(optional, into)]
    nearest: Signal<Vec<String>>,
    /// What is wrong with what was typed.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The unit.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// Called with the text when the typing is over, and with every step.
    #[prop(into)]
    on_commit: Callback<String>,
) -> impl IntoView {
    let id = unique_id();
    let error_id = format!("{id}e");
    let described_by = error_id.clone();
    let take = move |next: String| {
        value.set(next.clone());
        on_commit.run(next);
    };
    let step = move |to: Signal<Option<String>>| {
        if let Some(next) = to.get_untracked() {
            take(next);
        }
    };
    // The arrow keys step as they do in a number field.
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "ArrowUp" => {
            event.prevent_default();
            step(up);
        }
        "ArrowDown" => {
            event.prevent_default();
            step(down);
        }
        _ => {}
    };
    let offers = move || {
        let offer = |text: String| {
            let shown = text.clone();
            view! {
                <button class="stepper-offer" type="button" on:click=move |_| take(text.clone())>
                    {shown} " " {move || unit.get()}
                </button>
            }
        };
        nearest.get().into_iter().map(offer).collect_view()
    };
    let end = |to: Signal<Option<String>>| move || to.with(Option::is_none).then_some("true");
    view! {
        <div class="stepper" role="group" aria-label=move || label.get()>
            <div class="stepper-control">
                <button type="button" aria-label=move || down_label.get() aria-disabled=end(down) on:click=move |_| step(down)>
                    <Icon name=IconName::Minus />
                </button>
                <input
                    class="input"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    data-kind="decimal"
                    aria-label=move || label.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    on:change=move |event| {
                        // It may be on its way off the page.
                        on_commit.try_run(event_target_value(&event));
                    }
                    on:keydown=key
                />
                <button type="button" aria-label=move || up_label.get() aria-disabled=end(up) on:click=move |_| step(up)>
                    <Icon name=IconName::Plus />
                </button>
                <span class="field-unit">{move || unit.get()}</span>
            </div>
            <p class="field-error" id=error_id aria-live="polite">{move || error.get()}</p>
            <div class="stepper-offers">{offers}</div>
        </div>
    }
}
