//! The list of orders: its address says what it shows.

use leptos::prelude::*;

use crate::features::orders::filters::OrderFilters;
use crate::features::orders::list::{OrderPages, Rows};
use crate::layout::use_title;
use crate::order_view::passing_now;
use crate::route::{OrdersFilter, Route, use_navigator, use_route};
use crate::saved_views::SavedViews;
use crate::session::SessionContext;
use crate::text;
use crate::ui::PageHeader;

/// Every order this account may see, searched and filtered.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let here = use_route();
    // On the way to another page the address is no list's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&OrdersFilter>| match here.get() {
        Route::Orders(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    // Another account gets another desk: neither changes while this page is there.
    let (distributor, currency) = untrack(|| (session.is_distributor(), session.currency()));
    let rows = Rows {
        names_customer: !distributor,
        currency: StoredValue::new(currency),
        now: passing_now(),
    };
    let shown = Memo::new(move |_| Route::Orders(filter.get()));
    use_title(|| text!(orders.title));
    // Another filter is another list, from its first page on.
    let list = move || {
        filter.track();
        view! { <OrderPages filter=filter cursor=Signal::stored(None) first=true rows=rows /> }.into_any()
    };
    view! {
        <PageHeader title=move || text!(orders.title) />
        <SavedViews shown=shown />
        <OrderFilters filter=filter navigator=use_navigator() searches=distributor />
        <section aria-label=move || text!(orders.title)>{list}</section>
    }
}
