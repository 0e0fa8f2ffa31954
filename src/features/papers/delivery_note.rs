//! What goes with a shipment: what is in it, for whom, and where it is signed for.

use std::sync::Arc;

use countersign_contract::order::OrderDetail;
use countersign_domain::id::{OrderId, ShipmentId};
use leptos::prelude::*;

use crate::features::papers::model::contents;
use crate::features::papers::paper::{Paper, delivery, head, line_row, signatures};
use crate::i18n::{format, local};
use crate::text;
use crate::ui::{Column, DataTable, EmptyState, IconName};

/// The delivery note of a shipment, for either side.
#[component]
pub fn DeliveryNotePage(
    /// The order.
    id: OrderId,
    /// The shipment.
    shipment: ShipmentId,
) -> impl IntoView {
    let content = Callback::new(move |detail: Arc<OrderDetail>| paper(&detail, shipment));
    view! { <Paper id=id title=|| text!(outbound.delivery_note) content=content /> }
}

fn paper(detail: &Arc<OrderDetail>, id: ShipmentId) -> AnyView {
    let order = &detail.order;
    let Some(shipment) = order.shipments.iter().find(|shipment| shipment.id == id) else {
        return view! { <EmptyState title=move || text!(outbound.no_shipment) icon=IconName::Truck /> }
            .into_any();
    };
    let of_head = Arc::clone(detail);
    let customer = move || local(&of_head.customer.name);
    let said = |text: String| Signal::derive(move || text.clone());
    let number = format!("{} / {}", order.number, shipment.position);
    let contact = [order.address.contact.clone(), order.address.phone.clone()].join(" ");
    let tracking: Vec<&str> = shipment
        .parcels
        .iter()
        .map(|parcel| parcel.tracking.as_str())
        .filter(|tracking| !tracking.is_empty())
        .collect();
    let at = shipment.shipped_at;
    let facts = head(vec![
        (Signal::derive(|| text!(outbound.order)), said(number)),
        (
            Signal::derive(|| text!(outbound.customer)),
            Signal::derive(customer),
        ),
        (Signal::derive(|| text!(outbound.contact)), said(contact)),
        (
            Signal::derive(|| text!(outbound.address)),
            said(order.address.text.clone()),
        ),
        delivery(order),
        (
            Signal::derive(|| text!(outbound.carrier)),
            said(shipment.carrier.clone()),
        ),
        (
            Signal::derive(|| text!(outbound.tracking)),
            said(tracking.join(", ")),
        ),
        (
            Signal::derive(|| text!(outbound.shipped_at)),
            Signal::derive(move || format::moment(at)),
        ),
        (Signal::derive(|| text!(outbound.note)), said(order.note.clone())),
    ]);
    let columns = || {
        vec![
            Column::words(text!(outbound.item)),
            Column::words(text!(outbound.code)),
            Column::figures(text!(outbound.quantity)),
            Column::words(text!(outbound.unit)),
        ]
    };
    let rows = contents(order, shipment)
        .into_iter()
        .map(|row| line_row(row, false))
        .collect_view();
    view! {
        {facts}
        <DataTable caption=move || text!(outbound.delivery_note) columns=Signal::derive(columns)>{rows}</DataTable>
        {signatures(vec![Signal::derive(|| text!(outbound.signed_by_receiver))])}
    }
    .into_any()
}
