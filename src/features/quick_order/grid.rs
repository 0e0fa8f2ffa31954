//! The rows, of which only those in sight are in the page: there may be ten thousand.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, HtmlInputElement};

use crate::features::quick_order::model::{RowId, Sheet};
use crate::features::quick_order::row::SheetRow;
use crate::features::quick_order::state::QuickOrder;
use crate::text;

/// Rows kept ready above and below those in sight, so that whoever types is never faster than the page.
const READY: usize = 12;
/// Rows in the page before it is known how many are in sight.
const AT_FIRST: usize = 40;

/// A cell somebody types into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The code.
    Code,
    /// The quantity.
    Quantity,
}

/// The id of a cell's field in the page.
pub fn cell_id(id: RowId, cell: Cell) -> String {
    match cell {
        Cell::Code => format!("quick-code-{}", id.0),
        Cell::Quantity => format!("quick-quantity-{}", id.0),
    }
}

/// Which rows are in the page.
#[derive(Clone, Copy, Debug)]
pub struct Focus(RwSignal<Option<RowId>>);

impl Focus {
    /// On no row.
    pub fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Somebody is in this row: it stays in the page, however far they scroll.
    pub fn is_in(self, id: RowId) {
        // The focus may come back to a sheet that is on its way off the page.
        if self.0.try_get_untracked().is_some_and(|now| now != Some(id)) {
            self.0.set(Some(id));
        }
    }

    /// Puts the focus into a cell.
    pub fn go(self, id: RowId, cell: Cell) {
        self.is_in(id);
        if !focus(id, cell) {
            // Its row is not in the page yet.
            request_animation_frame(move || {
                focus(id, cell);
            });
        }
    }
}

fn focus(id: RowId, cell: Cell) -> bool {
    let field = document()
        .get_element_by_id(&cell_id(id, cell))
        .and_then(|element| element.dyn_into::<HtmlInputElement>().ok());
    // What is in a field is replaced by the next scan or number, as in any sheet.
    field.is_some_and(|field| {
        field.select();
        field.focus().is_ok()
    })
}

/// The rows in sight, from the first of them, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

impl Sight {
    /// What is in sight of a list that is scrolled. Rows are all equally high.
    fn of(frame: &HtmlElement, rows: usize) -> Option<Self> {
        let rows_of = |pixels: i32| {
            let (pixels, whole) = (
                u64::try_from(pixels).ok()?,
                u64::try_from(frame.scroll_height()).ok()?,
            );
            let rows = u64::try_from(rows).ok()?;
            usize::try_from(pixels.checked_mul(rows)?.checked_div(whole)?).ok()
        };
        Some(Self {
            first: rows_of(frame.scroll_top())?,
            count: rows_of(frame.client_height())?.saturating_add(1),
        })
    }

    /// The rows in the page: those in sight, those kept ready, and the one somebody is in.
    fn shown(self, sheet: &Sheet, focused: Option<RowId>) -> Vec<RowId> {
        let rows = sheet.rows();
        let first = self.first.saturating_sub(READY).min(rows.len());
        let end = self
            .first
            .saturating_add(self.count)
            .saturating_add(READY)
            .min(rows.len());
        let in_sight = rows.get(first..end).unwrap_or_default();
        let mut ids: Vec<RowId> = in_sight.iter().map(|row| row.id).collect();
        if let Some(focused) = focused.filter(|id| sheet.row(*id).is_some())
            && let Err(place) = ids.binary_search(&focused)
        {
            ids.insert(place, focused);
        }
        ids
    }
}

/// The sheet.
#[component]
pub fn Grid(
    /// Its rows.
    state: QuickOrder,
    /// Where somebody is.
    focus: Focus,
) -> impl IntoView {
    let frame: NodeRef<html::Div> = NodeRef::new();
    let sight = RwSignal::new(Sight {
        first: 0,
        count: AT_FIRST,
    });
    let count = Memo::new(move |_| state.sheet.with(|sheet| sheet.rows().len()));
    let look = move || {
        let found = frame
            .get_untracked()
            .and_then(|frame| Sight::of(&frame, count.get_untracked()));
        if let Some(found) = found
            && sight.get_untracked() != found
        {
            sight.set(found);
        }
    };
    let resize = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resize.remove());
    let shown = Memo::new(move |_| {
        let (sight, focused) = (sight.get(), focus.0.get());
        state.sheet.with(|sheet| sight.shown(sheet, focused))
    });
    let paste = move |event: ClipboardEvent| {
        let text = event
            .clipboard_data()
            .and_then(|data| data.get_data("text/plain").ok())
            .unwrap_or_default();
        // One cell is text for the field it is pasted into.
        if text.trim().contains(['\t', '\n', '\r']) {
            event.prevent_default();
            state.paste(&text);
        }
    };
    let row = move |id: RowId| view! { <SheetRow state=state id=id focus=focus /> }.into_any();
    view! {
        <section class="quick-sheet" aria-label=move || text!(quick_order.sheet) on:paste=paste>
            <div class="quick-head" aria-hidden="true">
                <span></span>
                <span>{move || text!(quick_order.code)}</span>
                <span>{move || text!(quick_order.field.quantity)}</span>
                <span>{move || text!(quick_order.result)}</span>
                <span class="quick-amount">{move || text!(quick_order.amount)}</span>
                <span></span>
            </div>
            <div class="quick-frame" node_ref=frame on:scroll=move |_| look()>
                <ul class="quick-rows" style:--rows=move || count.get().to_string()>
                    <For each=move || shown.get() key=|id| *id children=row />
                </ul>
            </div>
        </section>
    }
}
