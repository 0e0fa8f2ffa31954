//! What left, in which parcels, and how it arrived.

use countersign_contract::order::OrderDetail;
use countersign_domain::id::ShipmentId;
use countersign_domain::order::{Order, Receipt, Shipment};
use leptos::prelude::*;

use crate::i18n::{format, local};
use crate::order_view::{OrderDesk, deadline};
use crate::text;
use crate::ui::{Badge, Card, Tone};

/// The shipments of the open order; nothing before the first.
#[component]
pub fn ShipmentList(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let ids = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let shipments = detail.as_deref().map(|detail| detail.order.shipments.iter());
            shipments
                .map(|shipments| shipments.map(|shipment| shipment.id).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let row = move |id: ShipmentId| view! { <ShipmentEntry desk=desk id=id /> }.into_any();
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <Card title=move || text!(order.shipment.title)>
                <ol class="shipments">
                    <For each=move || ids.get() key=|id| *id children=row />
                </ol>
            </Card>
        </Show>
    }
}

#[component]
fn ShipmentEntry(desk: OrderDesk, id: ShipmentId) -> impl IntoView {
    let found = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let detail: &OrderDetail = detail.as_deref()?;
            let shipment = detail.order.shipments.iter().find(|shipment| shipment.id == id)?;
            Some((shipment.clone(), contents(shipment, &detail.order)))
        })
    });
    move || {
        found.get().map(|(shipment, contents)| {
            let name = text!(
                order.shipment.name,
                position = shipment.position,
                carrier = shipment.carrier.clone()
            );
            let tracking = shipment
                .parcels
                .iter()
                .filter(|parcel| !parcel.tracking.is_empty())
                .map(|parcel| view! { <li>{text!(order.shipment.tracking)} " " <code>{parcel.tracking.clone()}</code></li> })
                .collect_view();
            let lines = contents
                .into_iter()
                .map(|(_, words)| view! { <li>{words}</li> })
                .collect_view();
            let at = shipment.shipped_at;
            view! {
                <li>
                    <p class="shipment-name">
                        <b>{name}</b>
                        " "
                        <time datetime=at.to_rfc3339()>{format::moment(at)}</time>
                        " "
                        {arrival(desk, &shipment)}
                    </p>
                    <ul class="parcels">{tracking}</ul>
                    <ul class="diff">{lines}</ul>
                </li>
            }
            .into_any()
        })
    }
}

/// What is in it, line by line, and how that arrived where not whole.
fn contents(shipment: &Shipment, order: &Order) -> Vec<(countersign_domain::id::LineId, String)> {
    let receipt = shipment.receipt.as_ref();
    let words = |part: &countersign_domain::order::ShipmentLine| {
        let line = order.line(part.line_id)?;
        let mut words = text!(
            order.shipment.line,
            line = local(&line.name),
            quantity = format::quantity_of(part.quantity, &line.unit)
        );
        let arrived = receipt.and_then(|receipt| receipt.lines.iter().find(|said| said.line_id == line.id));
        if let Some(said) = arrived.filter(|said| said.received != part.quantity) {
            words = text!(
                order.shipment.line_arrived,
                what = words,
                received = format::quantity(said.received),
                short = format::quantity(said.short),
                damaged = format::quantity(said.damaged)
            );
        }
        Some((line.id, words))
    };
    shipment.lines.iter().filter_map(words).collect()
}

/// Whether it arrived, or when silence will count as arrival (rule 11).
fn arrival(desk: OrderDesk, shipment: &Shipment) -> AnyView {
    match &shipment.receipt {
        Some(Receipt { at, deemed, note, .. }) => {
            let words = if *deemed {
                text!(order.shipment.deemed, at = format::moment(*at))
            } else {
                text!(order.shipment.received, at = format::moment(*at))
            };
            view! {
                <Badge text=words tone=Tone::Accent />
                {(!note.is_empty()).then(|| view! { <blockquote>{note.clone()}</blockquote> })}
            }
            .into_any()
        }
        None => {
            let until = shipment.deemed_received_at;
            view! {
                <span class="countdown" title=format::moment(until)>
                    {move || text!(order.shipment.deemed_in, left = deadline::words(until, desk.now.get()))}
                </span>
            }
            .into_any()
        }
    }
}
