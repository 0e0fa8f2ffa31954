//! What somebody else changed while this person was editing (rule 14 holds for settings as well).

use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::features::settings::form::Form;
use crate::features::settings::model::Changed;
use crate::features::settings::words;
use crate::text;
use crate::ui::{Button, Notice, Tone, Variant};

/// The settings that were changed meanwhile; nothing while nobody changed any.
#[component]
pub fn ForeignChanges(
    /// The form.
    form: Form,
    /// The currency of the deployment.
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let entry = move |changed: &Changed| {
        let name = words::name(changed.setting);
        let value = |value| currency.with_value(|currency| words::value(changed.setting, value, currency));
        let words = text!(
            settings.changed,
            name = name,
            from = value(&changed.from),
            to = value(&changed.to)
        );
        view! { <li>{words}</li> }
    };
    let entries = move || form.foreign.with(|all| all.iter().map(entry).collect_view());
    view! {
        <div role="status">
            <Show when=move || form.foreign.with(|all| !all.is_empty())>
                <Notice tone=Tone::Warn>
                    <p>{move || text!(settings.foreign)}</p>
                    <ul class="diff">{entries}</ul>
                    <Button
                        label=move || text!(settings.foreign_read)
                        variant=Variant::Quiet
                        on_press=move || form.foreign.set(Vec::new())
                    />
                </Notice>
            </Show>
        </div>
    }
}
