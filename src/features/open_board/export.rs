//! The board as a file for a spreadsheet: every SKU of the filter, however many pages that is.

use countersign_contract::Page;
use countersign_contract::open::{ListOpenQuantities, OpenQuantity};
use countersign_domain::sheet::csv;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::features::open_board::model::{figures, query_of_file};
use crate::i18n::{local, problems};
use crate::offline::export;
use crate::route::OpenFilter;
use crate::text;
use crate::ui::{Button, Toasts};

/// Saves the board.
#[component]
pub fn ExportButton(
    /// What is shown now.
    filter: Memo<OpenFilter>,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let toasts = expect_context::<Toasts>();
    let busy = RwSignal::new(false);
    let save = move || {
        busy.set(true);
        let filter = filter.get_untracked();
        spawn_local(async move {
            let rows = all(api, &filter).await;
            // The page may be gone by now.
            busy.try_set(false);
            let said = untrack(|| match rows {
                Ok(rows) if export::save_csv(&text!(open_board.file), &file(&rows)) => None,
                Ok(_) => Some(text!(open_board.not_saved)),
                Err(error) => Some(problems::words(&error)),
            });
            if let Some(words) = said {
                toasts.warn(words);
            }
        });
    };
    view! { <Button label=move || text!(open_board.export) busy=busy on_press=save /> }
}

/// Every row of a filter, page by page.
async fn all(api: Api, filter: &OpenFilter) -> Result<Vec<OpenQuantity>, ApiError> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let path = Api::read_path::<ListOpenQuantities>(&(), &query_of_file(filter, after));
        let page: Page<OpenQuantity> = Api::decode(&api.get(&path).await?)?;
        rows.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(rows),
        }
    }
}

/// The rows with their heads; nothing in them is taken for a formula.
fn file(rows: &[OpenQuantity]) -> String {
    let heads = vec![
        text!(open_board.sku),
        text!(open_board.item),
        text!(open_board.unit),
        text!(open_board.ordered),
        text!(open_board.shipped),
        text!(open_board.closed),
        text!(open_board.open),
        text!(open_board.reserved),
        text!(open_board.in_stock),
        text!(open_board.fillable),
    ];
    let cells = |row: &OpenQuantity| {
        let mut cells = vec![row.sku.clone(), local(&row.name), local(&row.unit)];
        cells.extend(figures(row).map(|figure| figure.to_string()));
        cells
    };
    let all: Vec<Vec<String>> = std::iter::once(heads).chain(rows.iter().map(cells)).collect();
    csv(all.iter().map(Vec::as_slice))
}
