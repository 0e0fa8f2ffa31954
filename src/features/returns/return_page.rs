//! One return on a page of its own, for either side.

use countersign_domain::id::ReturnId;
use leptos::prelude::*;

use crate::features::returns::desk::ReturnDesk;
use crate::features::returns::moving::Onward;
use crate::features::returns::sheet::sheet;
use crate::layout::{NotFoundPage, use_title};
use crate::route::{ReturnsFilter, Route, use_route};
use crate::text;
use crate::ui::{Icon, IconName};

/// The return of the address with everything about it.
#[component]
pub fn ReturnPage() -> impl IntoView {
    match use_route().get_untracked() {
        Route::Return(id) => view! { <OpenReturn id=id /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OpenReturn(id: ReturnId) -> impl IntoView {
    let desk = ReturnDesk::open(id, Callback::new(|_| ()));
    use_title(move || {
        desk.detail
            .with(|detail| detail.as_deref().map(|detail| detail.subject.number.clone()))
            .unwrap_or_default()
    });
    let back = Route::Returns(ReturnsFilter::default()).to_path();
    view! {
        <nav class="order-back" aria-label=move || text!(returns.way)>
            <a href=back><Icon name=IconName::Back /> {move || text!(returns.title)}</a>
        </nav>
        {sheet(desk, Onward::of_page(desk), false)}
    }
}
