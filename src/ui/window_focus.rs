//! Who is in a row of a windowed list, and that they stay in it.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{EventTarget, FocusEvent, HtmlElement};

use super::window_view::row_of;

/// The row somebody is in. Cheap to copy.
#[derive(Debug)]
pub(super) struct Held<K: Send + Sync + 'static> {
    /// Its number, from 0. It is in the page, wherever they scroll to.
    pub(super) row: RwSignal<Option<usize>>,
    /// What it was when they came: what it shows may be forgotten elsewhere while they are in it.
    key: StoredValue<Option<K>>,
    /// Whether a finger or a button is down: who leaves a field then means to.
    is_pressed: StoredValue<bool>,
}

impl<K: Send + Sync> Clone for Held<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync> Copy for Held<K> {}

impl<K: Clone + Send + Sync> Held<K> {
    pub(super) fn new() -> Self {
        let held = Self {
            row: RwSignal::new(None),
            key: StoredValue::new(None),
            is_pressed: StoredValue::new(false),
        };
        let press = window_event_listener(leptos::ev::pointerdown, move |_| held.is_pressed.set_value(true));
        let release = window_event_listener(leptos::ev::pointerup, move |_| held.is_pressed.set_value(false));
        // A finger that scrolls is not a finger that presses.
        let scroll = window_event_listener(leptos::ev::pointercancel, move |_| {
            held.is_pressed.set_value(false);
        });
        on_cleanup(move || {
            press.remove();
            release.remove();
            scroll.remove();
        });
        held
    }

    /// The key of a row, if it is the one somebody is in.
    pub(super) fn key_of(self, row: usize) -> Option<K> {
        (self.row.get_untracked() == Some(row))
            .then(|| self.key.get_value())
            .flatten()
    }

    /// Somebody comes into a row.
    pub(super) fn enter(self, event: &FocusEvent, key: impl Fn(usize) -> K) {
        let row = event.target().and_then(|target| row_of(&target));
        if self.row.try_get_untracked().is_some_and(|before| before != row) {
            self.key.set_value(row.map(|row| untrack(|| key(row))));
            self.row.set(row);
        }
    }

    /// Somebody leaves one. Without another element the focus has left the window, and comes back to where it was - or the
    /// row was moved in the page, by which browsers take the focus away.
    pub(super) fn leave(self, event: &FocusEvent) {
        match event.related_target() {
            Some(other) if row_of(&other).is_some() => {}
            Some(_) => {
                self.key.try_set_value(None);
                self.row.try_set(None);
            }
            // The list may be on its way out of the page.
            None if self.is_pressed.try_get_value() != Some(false) => {}
            None => {
                if let Some(field) = event.target() {
                    request_animation_frame(move || give_back(&field));
                }
            }
        }
    }
}

/// Gives the focus to a field where it was lost to nobody: what had it went off the page.
pub fn give_back(field: &EventTarget) {
    let (document, Some(field)) = (document(), field.dyn_ref::<HtmlElement>()) else {
        return;
    };
    let is_free = document
        .active_element()
        .is_none_or(|active| document.body().is_some_and(|body| *body == active));
    // In a window that was left, it comes back by itself.
    if is_free && field.is_connected() && document.has_focus().unwrap_or_default() {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for what can't have it.
        let _ = field.focus_with_options(&options);
    }
}
