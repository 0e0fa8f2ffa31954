//! The list of returns: its address says what it shows.

use leptos::prelude::*;

use crate::features::returns::filters::ReturnFilters;
use crate::features::returns::list::{ReturnPages, Rows};
use crate::features::returns::model::{is_narrowed, query};
use crate::layout::use_title;
use crate::route::{ReturnsFilter, Route, use_navigator, use_route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::PageHeader;

/// Every return and claim this account may see, searched and filtered.
#[component]
pub fn ReturnsPage() -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let here = use_route();
    // On the way to another page the address is no list's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&ReturnsFilter>| match here.get() {
        Route::Returns(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let (distributor, currency) = untrack(|| (session.is_distributor(), session.currency()));
    let nothing = Signal::derive(move || match (filter.with(is_narrowed), distributor) {
        (true, _) => (text!(returns.none_found), text!(returns.none_found_hint)),
        (false, true) => (text!(returns.none_yet), text!(returns.none_yet_hint)),
        (false, false) => (text!(returns.none_yet), text!(returns.none_yet_staff)),
    });
    let rows = Rows {
        query: Callback::new(move |cursor| filter.with(|filter| query(filter, cursor))),
        nothing,
        names_customer: !distributor,
        currency: StoredValue::new(currency),
    };
    use_title(|| text!(returns.title));
    // Another filter is another list, from its first page on.
    let list = move || {
        filter.track();
        view! { <ReturnPages cursor=Signal::stored(None) first=true rows=rows /> }.into_any()
    };
    view! {
        <PageHeader title=move || text!(returns.title) />
        <ReturnFilters filter=filter navigator=use_navigator() />
        <section aria-label=move || text!(returns.title)>{list}</section>
    }
}
