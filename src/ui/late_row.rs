//! A row of a long list of which only what it is called is in the page until it comes near the screen; then its insides are made, and
//! stay. The list keeps its true length, so that scrolling, the browser's own search and a reader of the screen know all of it.
//!
//! It is the browser that says when a row comes near, or is found by its search: the row's class has to have
//! `content-visibility: auto` (CSS Containment Module Level 2, section 4.4), and a height that keeps its place while it is
//! `[data-late]`. Rows beside those on the screen are made as well, so that the keyboard goes from one to the next.

use js_sys::Reflect;
use leptos::prelude::*;

/// How many rows of a list are made at once: more than are on any screen, and every row of most lists.
const AT_ONCE: usize = 100;

/// One row.
#[component]
pub fn LateRow(
    /// Its id in the page.
    id: String,
    /// The class of the row.
    class: &'static str,
    /// Where it is in its list when it comes into the page, from 0.
    place: usize,
    /// What is there of it until its insides are made.
    #[prop(into)]
    name: Signal<String>,
    /// Whether somebody has to look at it (`data-attention`).
    #[prop(into)]
    attention: Signal<bool>,
    /// Makes its insides.
    insides: impl Fn() -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let is_made = RwSignal::new(place < AT_ONCE || !tells_of_rows());
    let comes_near = move |event: web_sys::Event| {
        let is_skipped = Reflect::get(&event, &"skipped".into());
        if is_skipped.is_ok_and(|is_skipped| is_skipped.is_falsy()) && !is_made.get_untracked() {
            is_made.set(true);
        }
    };
    let body = move || {
        if is_made.get() {
            insides()
        } else {
            view! { <span>{move || name.get()}</span> }.into_any()
        }
    };
    view! {
        <li
            id=id
            class=class
            data-late=move || (!is_made.get()).then_some("true")
            data-attention=move || (is_made.get() && attention.get()).then_some("true")
            on:contentvisibilityautostatechange=comes_near
        >
            {body}
        </li>
    }
}

/// Whether the browser says when a row comes near: Chromium does from 108 on, Firefox from 125, Safari from 18.
fn tells_of_rows() -> bool {
    Reflect::has(&window(), &"ContentVisibilityAutoStateChangeEvent".into()).unwrap_or(false)
}
