//! The board, a page at a time in one table.

use std::sync::Arc;

use countersign_contract::open::{ListOpenQuantities, OpenQuantity};
use countersign_contract::page::Page;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::open_board::model::{is_narrowed, query};
use crate::features::open_board::row::OpenRow;
use crate::i18n::problems;
use crate::queries::{self, Read, Remote};
use crate::route::{OpenFilter, Route, Supply};
use crate::text;
use crate::ui::{Button, Column, DataTable, EmptyState, ErrorState, IconName, Skeleton};

/// What the board is.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Failed(ApiError),
    Empty,
    Rows,
}

/// The board.
#[component]
pub fn OpenTable(
    /// What is shown.
    filter: Memo<OpenFilter>,
) -> impl IntoView {
    let first =
        queries::read::<ListOpenQuantities>(move || Some(((), filter.with(|filter| query(filter, None)))));
    let shown = Memo::new(move |_| {
        first.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(page) if page.items.is_empty() => Shown::Empty,
            Remote::Ready(_) => Shown::Rows,
        })
    });
    move || match shown.get() {
        Shown::Loading => view! { <Skeleton label=move || text!(open_board.loading) lines=8 /> }.into_any(),
        Shown::Failed(error) => failed(first, error),
        Shown::Empty => view! { <Nothing filter=filter /> }.into_any(),
        Shown::Rows => view! { <Pages first=first filter=filter /> }.into_any(),
    }
}

fn failed(page: Read<Page<OpenQuantity>>, error: ApiError) -> AnyView {
    view! {
        <ErrorState
            message=move || problems::words(&error)
            retry_label=move || text!(open_board.retry)
            on_retry=move || page.retry()
        />
    }
    .into_any()
}

#[component]
fn Pages(first: Read<Page<OpenQuantity>>, filter: Memo<OpenFilter>) -> impl IntoView {
    let total = move || {
        first
            .state
            .with(|state| state.ready().and_then(|page| page.total))
            .unwrap_or_default()
    };
    let columns = || {
        vec![
            Column::words(text!(open_board.item)),
            Column::figures(text!(open_board.ordered)),
            Column::figures(text!(open_board.shipped)),
            Column::figures(text!(open_board.closed)),
            Column::figures(text!(open_board.open)),
            Column::figures(text!(open_board.reserved)),
            Column::figures(text!(open_board.in_stock)),
            Column::figures(text!(open_board.fillable)),
        ]
    };
    view! {
        <p class="open-count" role="status">{move || text!(open_board.skus, count = total())}</p>
        <DataTable caption=move || text!(open_board.title) columns=Signal::derive(columns)>
            <PageRows page=first filter=filter />
        </DataTable>
    }
}

/// The rows of a page, and behind its button those of the next ones.
#[component]
fn PageRows(page: Read<Page<OpenQuantity>>, filter: Memo<OpenFilter>) -> impl IntoView {
    let items = Memo::new(move |_| page.state.with(|state| state.ready().map(Arc::clone)));
    let each = move || items.with(|page| page.as_deref().map(|page| page.items.clone()).unwrap_or_default());
    let next = Memo::new(move |_| items.with(|page| page.as_deref().and_then(|page| page.next.clone())));
    let goes_on = RwSignal::new(false);
    // A row stays itself when its figures change: what is open in it stays open.
    let row = move |first: OpenQuantity| {
        let row = Memo::new(move |before: Option<&OpenQuantity>| {
            let now = items.with(|page| {
                let all = page
                    .as_deref()
                    .map(|page| page.items.as_slice())
                    .unwrap_or_default();
                all.iter().find(|row| row.variant_id == first.variant_id).cloned()
            });
            now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
        });
        view! { <OpenRow row=row /> }.into_any()
    };
    let rest = move || {
        if goes_on.get() {
            view! { <NextRows filter=filter cursor=next /> }.into_any()
        } else {
            next.with(Option::is_some).then(|| more(goes_on)).into_any()
        }
    };
    view! {
        <For each=each key=|row| row.variant_id children=row />
        {rest}
    }
}

fn more(goes_on: RwSignal<bool>) -> AnyView {
    view! {
        <tr role="row">
            <td role="cell" colspan="8">
                <Button label=move || text!(open_board.more) on_press=move || goes_on.set(true) />
            </td>
        </tr>
    }
    .into_any()
}

#[component]
fn NextRows(filter: Memo<OpenFilter>, cursor: Memo<Option<String>>) -> AnyView {
    let page = queries::read::<ListOpenQuantities>(move || {
        let cursor = cursor.get()?;
        Some(((), filter.with(|filter| query(filter, Some(cursor)))))
    });
    let shown = Memo::new(move |_| {
        page.state.with(|state| match state {
            Remote::Loading => Shown::Loading,
            Remote::Failed(error) => Shown::Failed(error.clone()),
            Remote::Ready(_) => Shown::Rows,
        })
    });
    let whole = |content: AnyView| {
        view! { <tr role="row"><td role="cell" colspan="8">{content}</td></tr> }.into_any()
    };
    (move || match shown.get() {
        Shown::Loading => {
            whole(view! { <Skeleton label=move || text!(open_board.loading) lines=3 /> }.into_any())
        }
        Shown::Failed(error) => whole(failed(page, error)),
        Shown::Empty | Shown::Rows => view! { <PageRows page=page filter=filter /> }.into_any(),
    })
    .into_any()
}

/// Nothing there: because of the filter, or because everything has left.
#[component]
fn Nothing(filter: Memo<OpenFilter>) -> impl IntoView {
    let narrowed = Memo::new(move |_| filter.with(is_narrowed));
    let title = move || {
        if narrowed.get() {
            text!(open_board.none_found)
        } else {
            text!(open_board.none_open)
        }
    };
    let hint = move || {
        if narrowed.get() {
            text!(open_board.none_found_hint)
        } else {
            text!(open_board.none_open_hint)
        }
    };
    let all = move || {
        let href = Route::Supply(Supply::OpenQuantities(OpenFilter::default())).to_path();
        narrowed
            .get()
            .then(|| view! { <a class="button" href=href>{move || text!(open_board.show_all)}</a> })
    };
    view! { <EmptyState title=title hint=hint icon=IconName::Sheet>{all}</EmptyState> }
}
