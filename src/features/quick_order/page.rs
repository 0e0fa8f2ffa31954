//! The quick order page.

use leptos::prelude::*;

use crate::api::now;
use crate::features::quick_order::grid::{Cell, Focus, Grid};
use crate::features::quick_order::import::ImportPanel;
use crate::features::quick_order::keeping::KeepingNote;
use crate::features::quick_order::scan::{ScanPanel, listen_to_scanners};
use crate::features::quick_order::state::QuickOrder;
use crate::features::quick_order::tools::{AddBar, Files, Mending, News};
use crate::layout::use_title;
use crate::queries::promotions::{Promotions, moment};
use crate::text;
use crate::ui::PageHeader;

/// A sheet worked from the keyboard alone.
#[component]
pub fn QuickOrderPage() -> impl IntoView {
    use_title(|| text!(quick_order.title));
    let state = expect_context::<QuickOrder>();
    let focus = Focus::new();
    let counts = Memo::new(move |_| state.counts());
    listen_to_scanners(state);
    price_with_promotions(state);
    // What could not be looked up when the page was last open is looked up now.
    state.look_up();
    let to_sheet = move |()| {
        let last = state
            .sheet
            .with_untracked(|sheet| sheet.rows().last().map(|row| row.id));
        if let Some(last) = last {
            focus.go(last, Cell::Code);
        }
    };
    view! {
        <PageHeader title=move || text!(quick_order.title) lead=move || text!(quick_order.lead)>
            <Files state=state />
        </PageHeader>
        <ImportPanel state=state on_done=to_sheet />
        <ScanPanel state=state />
        <News state=state />
        <Mending state=state counts=counts focus=focus />
        <Grid state=state focus=focus />
        <p class="quick-keys"><small>{move || text!(quick_order.keys)}</small></p>
        <KeepingNote state=state />
        <AddBar state=state counts=counts focus=focus />
    }
}

/// Prices the rows as the cart will: with the customer's promotions, as soon as they are known and whenever they change.
fn price_with_promotions(state: QuickOrder) {
    let promotions = Promotions::read();
    // Not derived but an answer that arrives: rows are judged when something is written, not when they are shown.
    Effect::watch(
        move || promotions.known(),
        move |known, _, _| {
            if let Some(known) = known {
                let at = moment(known.at, now());
                state.sheet.maybe_update(|sheet| sheet.promise(known, at));
            }
        },
        true,
    );
}
