//! The search box while somebody types.

use countersign::ui::SearchBox;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{element, place};

fn typed(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    let event = document().create_event("Event").expect("an event can be made");
    event.init_event_with_bubbles("input", true);
    input.dispatch_event(&event).expect("the input takes events");
}

#[wasm_bindgen_test]
async fn an_address_that_lags_behind_takes_back_nothing_that_was_typed_since() {
    let place = place();
    let address = RwSignal::new(String::new());
    let _page = mount_to(place.clone(), move || {
        view! { <SearchBox label="Search" value=address on_search=|_: String| () /> }
    });
    leptos::task::tick().await;
    let input: HtmlInputElement = element(&place, "input").unchecked_into();
    typed(&input, "kqs");
    // What was typed before the pause arrives in the address.
    address.set("k".to_owned());
    leptos::task::tick().await;
    assert_eq!(input.value(), "kqs");
}

#[wasm_bindgen_test]
async fn an_address_that_changes_by_itself_is_what_is_searched_for() {
    let place = place();
    let address = RwSignal::new("tea".to_owned());
    let _page = mount_to(place.clone(), move || {
        view! { <SearchBox label="Search" value=address on_search=|_: String| () /> }
    });
    leptos::task::tick().await;
    let input: HtmlInputElement = element(&place, "input").unchecked_into();
    assert_eq!(input.value(), "tea");
    address.set("water".to_owned());
    leptos::task::tick().await;
    assert_eq!(input.value(), "water");
}
