//! Buttons.

use leptos::prelude::*;

use super::icon::{Icon, IconName};
use super::id::unique_id;
use super::shortcuts::Shortcuts;
use super::words::Kbd;

/// How much a button wants to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Variant {
    /// The main thing to do; at most one in a place.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Takes something away.
    Danger,
    /// Beside or inside other things.
    Quiet,
}

impl Variant {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Danger => "danger",
            Self::Quiet => "quiet",
        }
    }
}

/// A button. One that may not be pressed stays reachable and says why; one that is busy ignores further presses.
#[component]
pub fn Button(
    /// What it does, in a word or two.
    #[prop(into)]
    label: Signal<String>,
    /// What a press does. A submit button may leave it out.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// How much it wants to be pressed.
    #[prop(optional)]
    variant: Variant,
    /// Whether what it does is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it can't be pressed now.
    #[prop(optional, into)]
    refused: Signal<Option<String>>,
    /// A key that presses it, lower case; with Shift, upper case.
    #[prop(optional, into)]
    shortcut: Option<String>,
    /// Whether it submits the form around it.
    #[prop(optional)]
    submit: bool,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<IconName>,
) -> impl IntoView {
    let reason_id = unique_id();
    let described_by = reason_id.clone();
    let blocked = move || busy.get_untracked() || refused.with_untracked(Option::is_some);
    let press = move || {
        if let (false, Some(on_press)) = (blocked(), on_press) {
            on_press.run(());
        }
    };
    if let (Some(key), Some(shortcuts)) = (shortcut.as_deref(), use_context::<Shortcuts>()) {
        shortcuts.on_press(key, label, Callback::new(move |()| press()));
    }
    let click = move |event: leptos::ev::MouseEvent| {
        if submit && blocked() {
            event.prevent_default();
        }
        press();
    };
    let key = shortcut
        .clone()
        .map(|key| view! { <Kbd key=key.to_ascii_uppercase() /> });
    view! {
        <span class="button-frame">
            <button
                class="button"
                type=if submit { "submit" } else { "button" }
                data-variant=variant.name()
                aria-busy=move || busy.get().then_some("true")
                aria-disabled=move || (busy.get() || refused.with(Option::is_some)).then_some("true")
                aria-describedby=move || refused.with(Option::is_some).then(|| described_by.clone())
                aria-keyshortcuts=shortcut
                on:click=click
            >
                {icon.map(|name| view! { <Icon name=name /> })}
                <span class="button-label">{move || label.get()}</span>
                {key}
            </button>
            {move || refused.get().map(|reason| view! { <small class="button-reason" id=reason_id.clone()>{reason}</small> })}
        </span>
    }
}

/// A square button that shows an icon and speaks its name.
#[component]
pub fn IconButton(
    /// What is shown.
    icon: IconName,
    /// What is said, and shown on hover.
    #[prop(into)]
    label: Signal<String>,
    /// What a press does.
    #[prop(into)]
    on_press: Callback<()>,
    /// For a button that stays pressed: whether it is.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
) -> impl IntoView {
    view! {
        <button
            class="button icon-button"
            type="button"
            data-variant="quiet"
            aria-label=move || label.get()
            title=move || label.get()
            aria-pressed=move || pressed.map(|pressed| pressed.get().to_string())
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon />
        </button>
    }
}
