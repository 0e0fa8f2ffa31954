//! The board of open quantities: its address says what it shows.

use leptos::prelude::*;

use crate::features::open_board::export::ExportButton;
use crate::features::open_board::filters::OpenFilters;
use crate::features::open_board::table::OpenTable;
use crate::layout::use_title;
use crate::route::{OpenFilter, Route, Supply, use_navigator, use_route};
use crate::text;
use crate::ui::PageHeader;

/// What is ordered and has not left, over the orders these staff see.
#[component]
pub fn OpenBoardPage() -> impl IntoView {
    let here = use_route();
    // On the way to another page the address is no board's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&OpenFilter>| match here.get() {
        Route::Supply(Supply::OpenQuantities(filter)) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    use_title(|| text!(open_board.title));
    // Another filter is another board, from its first page on.
    let table = move || {
        filter.track();
        view! { <OpenTable filter=filter /> }.into_any()
    };
    view! {
        <PageHeader title=move || text!(open_board.title) lead=move || text!(open_board.lead)>
            <ExportButton filter=filter />
        </PageHeader>
        <OpenFilters filter=filter navigator=use_navigator() />
        <section aria-label=move || text!(open_board.title)>{table}</section>
    }
}
