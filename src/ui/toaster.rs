//! Short messages about what just happened.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::IconName;

/// How long a message stays that asks for nothing.
const SHOWN: Duration = Duration::from_secs(6);
/// How long an offer to undo stays.
const SHOWN_WITH_UNDO: Duration = Duration::from_secs(12);

/// How many offers to undo stand above each other.
const MOST_OFFERS: usize = 3;

/// What an offer to undo does. No `Callback`: those go away with the row or the page that made the offer.
type OnUndo = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    undo: Option<(String, OnUndo)>,
    is_warning: bool,
}

/// The messages, provided at the root of the app.
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

impl Toasts {
    /// No messages.
    pub fn new() -> Self {
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
        }
    }

    /// Says that something was done. Goes away by itself.
    pub fn say(self, text: impl Into<String>) {
        self.show(text.into(), None, false, Some(SHOWN));
    }

    /// Says that something was done and offers to undo it.
    pub fn say_with_undo(
        self,
        text: impl Into<String>,
        undo: impl Into<String>,
        on_undo: impl Fn() + Send + Sync + 'static,
    ) {
        self.show(
            text.into(),
            Some((undo.into(), Arc::new(on_undo))),
            false,
            Some(SHOWN_WITH_UNDO),
        );
    }

    /// Says that something went wrong. Stays until it is closed.
    pub fn warn(self, text: impl Into<String>) {
        self.show(text.into(), None, true, None);
    }

    fn show(self, text: String, undo: Option<(String, OnUndo)>, is_warning: bool, shown: Option<Duration>) {
        let number = self.next.try_get_value().unwrap_or_default();
        self.next.try_set_value(number.wrapping_add(1));
        self.list.try_update(|list| {
            make_room(list, undo.is_none() && !is_warning);
            list.push(Toast {
                number,
                text,
                undo,
                is_warning,
            })
        });
        if let Some(shown) = shown {
            set_timeout(move || self.close(number), shown);
        }
    }

    fn close(self, number: u32) {
        self.list
            .try_update(|list| list.retain(|toast| toast.number != number));
    }
}

/// Takes away what the next message stands instead of. One that asks for nothing follows the one before it in its place: who
/// approves hundreds of orders is not to see through a heap of them, nor anything move. Of the offers to undo the last stay.
fn make_room(list: &mut Vec<Toast>, asks_nothing: bool) {
    if asks_nothing {
        list.retain(|toast| toast.is_warning || toast.undo.is_some());
    }
    let offers = list.iter().filter(|toast| toast.undo.is_some()).count();
    if let (true, Some(oldest)) = (
        offers >= MOST_OFFERS,
        list.iter().position(|toast| toast.undo.is_some()),
    ) {
        list.remove(oldest);
    }
}

/// Where the messages appear: at the bottom, over everything.
#[component]
pub fn Toaster(
    /// The messages.
    toasts: Toasts,
    /// What the cross of a message says.
    #[prop(into)]
    close_label: Signal<String>,
) -> impl IntoView {
    let row = move |toast: Toast| {
        let number = toast.number;
        // Several messages may offer to undo something: the group says which one a button belongs to.
        let text_id = format!("toast-{number}");
        let labelled_by = text_id.clone();
        let undo = toast.undo.map(|(label, on_undo)| {
            let click = move |_| {
                toasts.close(number);
                on_undo();
            };
            view! { <button class="button" type="button" data-variant="quiet" on:click=click>{label}</button> }
        });
        view! {
            <div
                class="toast"
                role="group"
                aria-labelledby=labelled_by
                data-tone=if toast.is_warning { "bad" } else { "plain" }
            >
                <p id=text_id>{toast.text}</p>
                {undo}
                <IconButton icon=IconName::Close label=close_label on_press=move || toasts.close(number) />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="toaster" role="status" aria-live="polite">
            <For each=move || toasts.list.get() key=|toast| toast.number children=row />
        </div>
    }
}
