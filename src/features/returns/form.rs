//! The form around the fields of a deed: a refusal stands where it is sent from.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::returns::desk::ReturnDesk;
use crate::text;
use crate::ui::{Button, Variant};

/// Why a change did not succeed, announced where it stands; nothing while there is no error.
#[component]
pub fn ChangeError(
    /// The return it was meant for.
    desk: ReturnDesk,
    /// The error.
    error: RwSignal<Option<ApiError>>,
) -> impl IntoView {
    let words = move || error.get().map(|error| desk.error_words(&error));
    view! { <p class="form-error" role="alert">{words}</p> }
}

/// The form of a deed. It closes when the deed is done, which is the panel's business.
#[component]
pub fn ReturnForm(
    /// The return.
    desk: ReturnDesk,
    /// What the button says that sends it.
    #[prop(into)]
    button: Signal<String>,
    /// Whether it is on its way.
    busy: RwSignal<bool>,
    /// Why it was refused the last time.
    error: RwSignal<Option<ApiError>>,
    /// Reads what was typed, and sends it where nothing is wrong.
    #[prop(into)]
    on_submit: Callback<()>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_submit.run(());
        }
    };
    view! {
        <form class="deed-form" novalidate on:submit=submit>
            {children()}
            <ChangeError desk=desk error=error />
            <div class="form-buttons">
                <Button label=button variant=Variant::Primary submit=true busy=busy />
                <Button label=move || text!(returns.ask.cancel) on_press=move || desk.panel.close() />
            </div>
        </form>
    }
}
