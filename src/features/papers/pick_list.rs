//! What to take from which warehouse for an order.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::OrderDetail;
use countersign_contract::stock::{ListWarehouses, Warehouse};
use countersign_domain::id::{OrderId, WarehouseId};
use leptos::prelude::*;

use crate::features::papers::model::{PickGroup, picks};
use crate::features::papers::paper::{Paper, delivery, head, line_row, signatures, warehouse_title};
use crate::i18n::{format, local};
use crate::queries;
use crate::text;
use crate::ui::{Column, DataTable, EmptyState, IconName};

/// The pick list of an order, a table for each warehouse.
#[component]
pub fn PickListPage(
    /// The order.
    id: OrderId,
) -> impl IntoView {
    let read = queries::read::<ListWarehouses>(|| Some(((), NoQuery {})));
    let warehouses = Memo::new(move |_| {
        let all = read.state.with(|state| state.ready().map(|all| all.to_vec()));
        all.unwrap_or_default()
    });
    let content = Callback::new(move |detail: Arc<OrderDetail>| paper(detail, warehouses));
    view! { <Paper id=id title=|| text!(outbound.pick_list) content=content /> }
}

fn paper(detail: Arc<OrderDetail>, warehouses: Memo<Vec<Warehouse>>) -> AnyView {
    let order = &detail.order;
    let of_head = Arc::clone(&detail);
    let customer = move || local(&of_head.customer.name);
    let number = order.number.clone();
    let promised = order.promised_date;
    let note = order.note.clone();
    let facts = head(vec![
        (
            Signal::derive(|| text!(outbound.order)),
            Signal::derive(move || number.clone()),
        ),
        (
            Signal::derive(|| text!(outbound.customer)),
            Signal::derive(customer),
        ),
        (
            Signal::derive(|| text!(outbound.promised)),
            Signal::derive(move || promised.map(format::date).unwrap_or_default()),
        ),
        delivery(order),
        (
            Signal::derive(|| text!(outbound.note)),
            Signal::derive(move || note.clone()),
        ),
    ]);
    let groups = Memo::new(move |_| {
        let ids: Vec<WarehouseId> = warehouses.with(|all| all.iter().map(|one| one.id).collect());
        picks(&detail.order, &ids)
    });
    let group = move |group: PickGroup| view! { <Group group=group warehouses=warehouses /> }.into_any();
    view! {
        {facts}
        <Show
            when=move || groups.with(|groups| !groups.is_empty())
            fallback=|| {
                view! {
                    <EmptyState
                        title=move || text!(outbound.nothing_reserved)
                        hint=move || text!(outbound.nothing_reserved_hint)
                        icon=IconName::Sheet
                    />
                }
            }
        >
            <For each=move || groups.get() key=|group| group.warehouse_id children=group />
            {signatures(vec![
                Signal::derive(|| text!(outbound.signed_by_picker)),
                Signal::derive(|| text!(outbound.signed_by_checker)),
            ])}
        </Show>
    }
    .into_any()
}

#[component]
fn Group(group: PickGroup, warehouses: Memo<Vec<Warehouse>>) -> impl IntoView {
    let title = warehouse_title(group.warehouse_id, warehouses);
    let columns = || {
        vec![
            Column::words(text!(outbound.item)),
            Column::words(text!(outbound.code)),
            Column::figures(text!(outbound.quantity)),
            Column::words(text!(outbound.unit)),
            Column::words(text!(outbound.picked)),
        ]
    };
    let rows = group
        .rows
        .into_iter()
        .map(|row| line_row(row, true))
        .collect_view();
    view! {
        <section class="paper-part">
            <h2>{title}</h2>
            <DataTable caption=title columns=Signal::derive(columns)>{rows}</DataTable>
        </section>
    }
}
