//! The spine of an order: what is done, where it is now, what is to come.

use leptos::prelude::*;

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    /// Passed.
    Done,
    /// Here.
    Now,
    /// To come.
    Later,
    /// Switched off or not needed.
    Off,
}

impl StageState {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Later => "later",
            Self::Off => "off",
        }
    }
}

/// One stage of the track.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageItem {
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub state: StageState,
    /// Where it stands, in a word; spoken, not shown, because the line shows it.
    pub spoken: String,
    /// Who acts and by when, or who did; may be empty.
    pub detail: String,
}

/// The stages in their order.
#[component]
pub fn StageTrack(
    /// Of what.
    #[prop(into)]
    label: Signal<String>,
    /// The stages.
    #[prop(into)]
    items: Signal<Vec<StageItem>>,
) -> impl IntoView {
    let entry = |item: StageItem| {
        view! {
            <li data-state=item.state.name() aria-current=(item.state == StageState::Now).then_some("step")>
                <b>{item.label}</b>
                <span class="visually-hidden">" " {item.spoken}</span>
                <small>{item.detail}</small>
            </li>
        }
    };
    view! {
        <ol class="stage-track" aria-label=move || label.get()>
            {move || items.get().into_iter().map(entry).collect_view()}
        </ol>
    }
}
