//! Words with a tone.

use leptos::prelude::*;

/// What a colour says. Never the only thing that says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// It is where the attention is, or it went well.
    Accent,
    /// Time is running out.
    Warn,
    /// Too late, or wrong.
    Bad,
}

impl Tone {
    fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A word or two about the state of something.
#[component]
pub fn Badge(
    /// The words.
    #[prop(into)]
    text: Signal<String>,
    /// Their tone.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    view! { <span class="badge" data-tone=move || tone.get().name()>{move || text.get()}</span> }
}

/// A message in the flow of the page.
#[component]
pub fn Notice(
    /// Its tone.
    #[prop(optional)]
    tone: Tone,
    /// The message.
    children: Children,
) -> impl IntoView {
    view! { <div class="notice" data-tone=tone.name() role="note">{children()}</div> }
}

/// How much of something is used or done.
#[component]
pub fn ProgressBar(
    /// Of what.
    #[prop(into)]
    label: Signal<String>,
    /// From 0 to 100.
    #[prop(into)]
    percent: Signal<u32>,
    /// Its tone.
    #[prop(optional, into)]
    tone: Signal<Tone>,
) -> impl IntoView {
    let percent = move || percent.get().min(100);
    view! {
        <div
            class="progress"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent().to_string()
            data-tone=move || tone.get().name()
        >
            <i style:width=move || format!("{}%", percent())></i>
        </div>
    }
}
