//! A picture that can be looked at closely: larger in steps, moved by scrolling; on a phone two fingers do both.

use leptos::prelude::*;

use crate::api::Api;
use crate::features::catalog::row::Picture;
use crate::text;
use crate::ui::{Dialog, IconButton, IconName};

/// The largest step; the first is as large as the window.
const MOST: u8 = 4;

/// The picture of a product with the button that opens it.
#[component]
pub fn ZoomPicture(
    /// Its path below the server's address.
    path: Signal<Option<String>>,
    /// What the product is called.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let has_picture = Memo::new(move |_| path.with(Option::is_some));
    let open = move |_| is_open.set(true);
    view! {
        <Show when=move || has_picture.get() fallback=move || view! { <Picture path=path /> }>
            <button
                class="picture-open"
                type="button"
                aria-haspopup="dialog"
                aria-label=move || text!(product_page.enlarge, name = name.get())
                on:click=open
            >
                <Picture path=path />
            </button>
        </Show>
        <Dialog
            open=is_open
            on_close=move |()| is_open.set(false)
            title=name
            close_label=Signal::derive(move || text!(product_page.close))
        >
            <Stage path=path name=name />
        </Dialog>
    }
}

/// The picture in its window, at first as large as that.
#[component]
fn Stage(path: Signal<Option<String>>, name: Signal<String>) -> impl IntoView {
    let api = expect_context::<Api>();
    let step = RwSignal::new(1_u8);
    let larger = move || step.update(|step| *step = (*step + 1).min(MOST));
    let smaller = move || step.update(|step| *step = (*step - 1).max(1));
    let key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "+" | "=" => larger(),
        "-" => smaller(),
        "0" => step.set(1),
        _ => {}
    };
    let press = move |_| step.update(|step| *step = if *step == 1 { 2 } else { 1 });
    let source = move || path.get().map(|path| api.url(&path));
    view! {
        <div class="zoom" on:keydown=key>
            <div
                class="zoom-frame"
                tabindex="0"
                role="region"
                aria-label=move || text!(product_page.picture, name = name.get())
                data-step=move || step.get().to_string()
            >
                <img src=source alt=move || name.get() on:click=press />
            </div>
            <div class="zoom-tools">
                <IconButton icon=IconName::Minus label=move || text!(product_page.smaller) on_press=move |()| smaller() />
                <span role="status">{move || format!("{} %", u16::from(step.get()) * 100)}</span>
                <IconButton icon=IconName::Plus label=move || text!(product_page.larger) on_press=move |()| larger() />
            </div>
        </div>
    }
}
