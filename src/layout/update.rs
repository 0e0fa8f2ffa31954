//! The offer of a new version of the app, and the news that the device has no room to keep the one there is.
//!
//! `public/update.js` knows when there is one: it says so in `data-update` at the root of the document and with an event.
//! Pressing the button tells it so; it decides how the page is loaded anew. Nothing happens without that press.

use leptos::prelude::*;
use web_sys::Event;

use crate::text;
use crate::ui::{Button, IconButton, IconName};

/// Tells that `data-update` has changed.
const OFFERED: &str = "countersign-update";
/// Says yes.
const ACCEPTED: &str = "countersign-update-accept";

/// Where the new version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    /// On the device, waiting.
    Waiting,
    /// At work already, for another tab.
    Taken,
    /// Nowhere: the device has no room for the app's files, which come from the network each time.
    NoRoom,
}

impl Offer {
    /// What `update.js` says now.
    fn now() -> Option<Self> {
        match document()
            .document_element()?
            .get_attribute("data-update")?
            .as_str()
        {
            "waiting" => Some(Self::Waiting),
            "taken" => Some(Self::Taken),
            "no-room" => Some(Self::NoRoom),
            _ => None,
        }
    }
}

/// Offers a new version, once there is one; can be put off until the next one or the next start.
#[component]
pub fn UpdateOffer() -> impl IntoView {
    let offer = RwSignal::new(Offer::now());
    let accepted = RwSignal::new(false);
    let listener = window_event_listener_untyped(OFFERED, move |_| offer.set(Offer::now()));
    on_cleanup(move || listener.remove());
    let accept = move || {
        accepted.set(true);
        if let Ok(event) = Event::new(ACCEPTED) {
            // Nobody can refuse an event that can't be cancelled.
            let _ = window().dispatch_event(&event);
        }
    };
    let words = move || match offer.get() {
        Some(Offer::Taken) => text!(shell.update_taken),
        Some(Offer::NoRoom) => text!(shell.update_no_room),
        Some(Offer::Waiting) | None => text!(shell.update_ready),
    };
    let card = move || {
        offer.get().is_some().then(|| {
            view! {
                <div class="update-offer">
                    <p>{words}</p>
                    <Show when=move || offer.get() != Some(Offer::NoRoom)>
                        <Button label=move || text!(shell.update_reload) busy=accepted on_press=accept />
                    </Show>
                    <IconButton icon=IconName::Close label=move || text!(shell.close) on_press=move || offer.set(None) />
                </div>
            }
        })
    };
    view! { <div class="update-place" role="status">{card}</div> }
}
