//! What to take from which warehouse for several orders together: a list for each warehouse, with the sum of each item and
//! how much of it is for which order.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{GetOrder, OrderDetail};
use countersign_contract::stock::{ListWarehouses, Warehouse};
use countersign_domain::id::OrderId;
use countersign_domain::order::Order;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::papers::model::{ShareOfOrder, SharedGroup, SharedPick, shared_picks};
use crate::features::papers::paper::{Frame, signatures, warehouse_title};
use crate::i18n::{format, labels, local, problems};
use crate::layout::use_title;
use crate::queries::{self, Read, Remote};
use crate::route::{QueueFilter, Route};
use crate::text;
use crate::ui::{Align, Cell, Column, DataTable, EmptyState, ErrorState, IconName, Row, Skeleton};

#[derive(Clone, PartialEq)]
enum Face {
    Loading,
    Failed(ApiError),
    Paper(Vec<Arc<OrderDetail>>),
}

/// The pick list of these orders, a sheet for each warehouse.
#[component]
pub fn SharedPickListPage(
    /// The orders.
    ids: Vec<OrderId>,
) -> impl IntoView {
    let read = |id: OrderId| queries::read::<GetOrder>(move || Some((id, NoQuery {})));
    let reads = StoredValue::new(ids.into_iter().map(read).collect::<Vec<Read<OrderDetail>>>());
    let read = queries::read::<ListWarehouses>(|| Some(((), NoQuery {})));
    let warehouses = Memo::new(move |_| {
        let all = read.state.with(|state| state.ready().map(|all| all.to_vec()));
        all.unwrap_or_default()
    });
    let face = Memo::new(move |_| {
        let mut details = Vec::new();
        for state in reads.with_value(|reads| reads.iter().map(|read| read.state.get()).collect::<Vec<_>>()) {
            match state {
                Remote::Loading => return Face::Loading,
                Remote::Failed(error) => return Face::Failed(error),
                Remote::Ready(detail) => details.push(detail),
            }
        }
        Face::Paper(details)
    });
    let retry = move || {
        reads.with_value(|reads| {
            let failed = |read: &&Read<OrderDetail>| {
                read.state
                    .with_untracked(|state| matches!(state, Remote::Failed(_)))
            };
            for read in reads.iter().filter(failed) {
                read.retry();
            }
        });
    };
    use_title(|| text!(outbound.pick_list));
    let body = move || match face.get() {
        Face::Loading => view! { <Skeleton label=move || text!(outbound.loading) lines=9 /> }.into_any(),
        Face::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(outbound.retry)
                on_retry=retry
            />
        }
        .into_any(),
        Face::Paper(details) => paper(&details, warehouses),
    };
    let queue = Route::Queue {
        stage: Stage::Ship,
        open: None,
        filter: QueueFilter::default(),
    };
    view! {
        <Frame
            back=queue.to_path()
            back_label=|| labels::stage(Stage::Ship)
            title=|| text!(outbound.pick_list)
            body=body.into_any()
        />
    }
}

fn paper(details: &[Arc<OrderDetail>], warehouses: Memo<Vec<Warehouse>>) -> AnyView {
    let orders: Vec<&Order> = details.iter().map(|detail| &detail.order).collect();
    let ids: Vec<_> = warehouses.with(|all| all.iter().map(|one| one.id).collect());
    let groups = shared_picks(&orders, &ids);
    if groups.is_empty() {
        return view! {
            <EmptyState
                title=move || text!(outbound.nothing_chosen)
                hint=move || text!(outbound.nothing_reserved_hint)
                icon=IconName::Sheet
            />
        }
        .into_any();
    }
    let of_order = |detail: &Arc<OrderDetail>| {
        let order = &detail.order;
        let promised = order.promised_date.map(format::date).unwrap_or_default();
        let nothing = order.lines.iter().all(|line| line.reserved.is_empty());
        let nothing = nothing.then(|| text!(outbound.nothing_reserved));
        let words = [order.number.clone(), local(&detail.customer.name), promised];
        let words = words.into_iter().chain(nothing).filter(|words| !words.is_empty());
        view! { <li>{words.collect::<Vec<_>>().join(" · ")}</li> }
    };
    let orders = details.iter().map(of_order).collect_view();
    let groups = groups
        .into_iter()
        .map(|one| group(one, warehouses))
        .collect_view();
    view! {
        <ul class="plain-list" aria-label=move || text!(outbound.orders)>{orders}</ul>
        {groups}
    }
    .into_any()
}

/// The sheet of a warehouse.
fn group(group: SharedGroup, warehouses: Memo<Vec<Warehouse>>) -> AnyView {
    let title = warehouse_title(group.warehouse_id, warehouses);
    let columns = || {
        vec![
            Column::words(text!(outbound.item)),
            Column::words(text!(outbound.code)),
            Column::figures(text!(outbound.quantity)),
            Column::words(text!(outbound.unit)),
            Column::words(text!(outbound.orders)),
            Column::words(text!(outbound.picked)),
        ]
    };
    let rows = group.rows.into_iter().map(row).collect_view();
    view! {
        <section class="paper-part paper-sheet">
            <h2>{title}</h2>
            <DataTable caption=title columns=Signal::derive(columns)>{rows}</DataTable>
            {signatures(vec![
                Signal::derive(|| text!(outbound.signed_by_picker)),
                Signal::derive(|| text!(outbound.signed_by_checker)),
            ])}
        </section>
    }
    .into_any()
}

fn row(pick: SharedPick) -> AnyView {
    let share = |share: &ShareOfOrder| {
        let quantity = format::quantity(share.quantity);
        let note = (!share.note.is_empty()).then(|| share.note.clone());
        let words = [share.number.clone(), quantity].into_iter().chain(note);
        view! { <li>{words.collect::<Vec<_>>().join(" · ")}</li> }
    };
    let shares = pick.shares.iter().map(share).collect_view();
    let (name, unit) = (local(&pick.name), local(&pick.unit.name));
    let (sku, quantity) = (pick.sku, format::quantity(pick.quantity));
    view! {
        <Row>
            <Cell>{name}</Cell>
            <Cell label=move || text!(outbound.code)>{sku}</Cell>
            <Cell label=move || text!(outbound.quantity) align=Align::End>
                <b>{quantity}</b>
            </Cell>
            <Cell label=move || text!(outbound.unit)>{unit}</Cell>
            <Cell label=move || text!(outbound.orders)><ul class="plain-list">{shares}</ul></Cell>
            <Cell label=move || text!(outbound.picked)><span class="paper-box"></span></Cell>
        </Row>
    }
    .into_any()
}
