//! Hears scanners that type, wherever the focus is on the page.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use crate::features::quick_order::scan::wedge::{Heard, Wedge};
use crate::features::quick_order::state::QuickOrder;

/// Puts what scanners type into the sheet until the page goes away. In a field for codes it stays where it is typed: there
/// the sheet does what is meant. In any other field the code is taken out again and goes to the sheet.
pub fn listen_to_scanners(state: QuickOrder) {
    let wedge = StoredValue::new(Wedge::default());
    // The field the burst began in, and what was in it before.
    let field = StoredValue::new_local(None::<(HtmlInputElement, String)>);
    let hear = move |event: KeyboardEvent| {
        // A shortcut is a person's: what was typed before it and what comes after are not one code.
        if event.is_composing() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            wedge.set_value(Wedge::default());
            return;
        }
        let target = event.target();
        let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if input
            .as_ref()
            .is_some_and(|input| input.class_list().contains("quick-code"))
        {
            wedge.set_value(Wedge::default());
            return;
        }
        // Whole milliseconds are fine enough.
        let (key, at) = (event.key(), event.time_stamp() as i64);
        let heard = wedge.try_update_value(|wedge| wedge.hear(&key, at));
        match heard {
            Some(Heard::First) => {
                field.set_value(input.map(|input| {
                    let before = input.value();
                    (input, before)
                }));
            }
            Some(Heard::Code(code)) => {
                event.prevent_default();
                event.stop_immediate_propagation();
                if let Some(Some((input, before))) = field.try_update_value(Option::take) {
                    put_back(&input, &before);
                }
                state.scan(&code);
            }
            Some(Heard::Nothing) | None => {}
        }
    };
    let hear = Closure::<dyn Fn(KeyboardEvent)>::new(hear);
    // Before the page's own handlers: Enter must not press the button that has the focus.
    let listener = hear.as_ref().unchecked_ref::<Function>().clone();
    let is_added = window()
        .add_event_listener_with_callback_and_bool("keydown", &listener, true)
        .is_ok();
    let hear = StoredValue::new_local(Some(hear));
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        if is_added {
            listener.with_value(|listener| {
                // Fails only where it was never added.
                let _ = window().remove_event_listener_with_callback_and_bool("keydown", listener, true);
            });
        }
        hear.try_update_value(Option::take);
    });
}

/// Puts back what was in a field, and tells whoever listens to it.
fn put_back(input: &HtmlInputElement, before: &str) {
    input.set_value(before);
    if let Some(event) = input_event() {
        // Nobody can prevent it.
        let _ = input.dispatch_event(&event);
    }
}

/// The event of typing, which whoever stands around a field hears as well.
fn input_event() -> Option<Event> {
    let class: Function = Reflect::get(&window(), &"Event".into()).ok()?.dyn_into().ok()?;
    let how = Object::new();
    Reflect::set(&how, &"bubbles".into(), &JsValue::TRUE).ok()?;
    let event = Reflect::construct(&class, &Array::of2(&"input".into(), &how)).ok()?;
    event.dyn_into().ok()
}
