//! No page of this app.

use leptos::prelude::*;

use crate::layout::use_title;
use crate::route::Route;
use crate::text;
use crate::ui::EmptyState;

/// Says that there is no such page, and offers the way home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    use_title(|| text!(shell.not_found_title));
    view! {
        <h1 class="visually-hidden">{move || text!(shell.not_found_title)}</h1>
        <EmptyState title=move || text!(shell.not_found_title) hint=move || text!(shell.not_found_lead)>
            <a class="button" href=Route::Home.to_path()>{move || text!(shell.go_home)}</a>
        </EmptyState>
    }
}
