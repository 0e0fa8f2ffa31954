//! Fields a person types into.

use leptos::prelude::*;

use super::id::unique_id;

/// What a text field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// A password.
    Password,
    /// A day, as `2026-11-25`.
    Date,
    /// A day and a time of it, as `2026-11-25T08:00`.
    Moment,
    /// An amount or a quantity: text, with the keyboard for decimals on a phone.
    Decimal,
}

impl InputKind {
    fn type_name(self) -> &'static str {
        match self {
            Self::Text | Self::Decimal => "text",
            Self::Password => "password",
            Self::Date => "date",
            Self::Moment => "datetime-local",
        }
    }
}

/// The ids and attributes that tie a control to its hint and error.
#[derive(Clone)]
pub(super) struct Ties {
    pub control: String,
    hint: String,
    error: String,
}

impl Ties {
    pub fn new() -> Self {
        let control = unique_id();
        Self {
            hint: format!("{control}h"),
            error: format!("{control}e"),
            control,
        }
    }

    /// What describes the control: its error before its hint.
    pub fn described_by(&self, hint: Signal<String>, error: Signal<Option<String>>) -> Option<String> {
        match (error.with(Option::is_some), hint.with(String::is_empty)) {
            (true, true) => Some(self.error.clone()),
            (true, false) => Some(format!("{} {}", self.error, self.hint)),
            (false, false) => Some(self.hint.clone()),
            (false, true) => None,
        }
    }
}

/// Label above, control, error and hint below.
pub(super) fn frame(
    ties: &Ties,
    label: Signal<String>,
    hint: Signal<String>,
    error: Signal<Option<String>>,
    control: AnyView,
) -> AnyView {
    let (hint_id, error_id) = (ties.hint.clone(), ties.error.clone());
    view! {
        <div class="field">
            <label class="field-label" for=ties.control.clone()>{move || label.get()}</label>
            {control}
            <p class="field-error" id=error_id>{move || error.get()}</p>
            <p class="field-hint" id=hint_id>{move || hint.get()}</p>
        </div>
    }
    .into_any()
}

/// One line of text.
#[component]
pub fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed, as it is typed.
    value: RwSignal<String>,
    /// Help that is always shown.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What it takes.
    #[prop(optional)]
    kind: InputKind,
    /// Its name for the browser's own help.
    #[prop(optional, into)]
    name: Option<String>,
    /// The browser's autofill token.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Unit or currency after the text.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// Called when the typing is over: on leaving the field and on Enter.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
) -> impl IntoView {
    let ties = Ties::new();
    let described = ties.clone();
    let commit = move |_| {
        // A field that goes off the page with the focus in it says so once more.
        if let (Some(on_commit), Some(typed)) = (on_commit, value.try_get_untracked()) {
            on_commit.try_run(typed);
        }
    };
    let control = view! {
        <div class="field-control">
            <input
                class="input"
                id=ties.control.clone()
                type=kind.type_name()
                inputmode=(kind == InputKind::Decimal).then_some("decimal")
                data-kind=(kind == InputKind::Decimal).then_some("decimal")
                name=name
                autocomplete=autocomplete
                aria-required=required.then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described.described_by(hint, error)
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
                on:change=commit
            />
            <span class="field-unit">{move || unit.get()}</span>
        </div>
    };
    frame(&ties, label, hint, error, control.into_any())
}

/// An amount or a quantity, as text: what was typed is never changed, and no float comes near it.
#[component]
pub fn NumberField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed, as it is typed.
    value: RwSignal<String>,
    /// Help that is always shown.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Unit or currency after the text.
    #[prop(optional, into)]
    unit: Signal<String>,
    /// Called when the typing is over.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
) -> impl IntoView {
    let on_commit = on_commit.unwrap_or_else(|| Callback::new(|_: String| ()));
    view! {
        <TextField label=label value=value hint=hint error=error unit=unit kind=InputKind::Decimal autocomplete="off" on_commit=on_commit />
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed, as it is typed.
    value: RwSignal<String>,
    /// Help that is always shown.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Lines shown at first.
    #[prop(default = 3)]
    rows: u32,
) -> impl IntoView {
    let ties = Ties::new();
    let described = ties.clone();
    let control = view! {
        <textarea
            class="input"
            id=ties.control.clone()
            rows=rows.to_string()
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            aria-describedby=move || described.described_by(hint, error)
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        ></textarea>
    };
    frame(&ties, label, hint, error, control.into_any())
}
