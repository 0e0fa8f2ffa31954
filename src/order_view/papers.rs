//! The papers of an order that can be printed: what to pick, and what goes with each shipment.

use countersign_domain::id::ShipmentId;
use leptos::prelude::*;

use crate::order_view::OrderDesk;
use crate::route::{Route, Supply};
use crate::text;
use crate::ui::Card;

/// Ways to the papers; nothing while there is none.
#[component]
pub fn OrderPapers(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    // What lies where is the supplier's own affair.
    let picks = Memo::new(move |_| {
        let has_reserved = desk.detail.with(|detail| {
            let order = detail.as_deref().map(|detail| &detail.order);
            order.is_some_and(|order| order.lines.iter().any(|line| !line.reserved.is_empty()))
        });
        has_reserved && !desk.is_customer()
    });
    let notes = Memo::new(move |_| {
        desk.detail.with(|detail| {
            let shipments = detail.as_deref().map(|detail| detail.order.shipments.iter());
            let note = |shipment: &countersign_domain::order::Shipment| (shipment.id, shipment.position);
            shipments
                .map(|shipments| shipments.map(note).collect::<Vec<_>>())
                .unwrap_or_default()
        })
    });
    let note = move |(id, position): (ShipmentId, u32)| {
        let href = Route::Supply(Supply::DeliveryNote(desk.id, id)).to_path();
        view! { <li><a href=href>{move || text!(outbound.delivery_note_of, position = position)}</a></li> }
            .into_any()
    };
    let pick_list = move || Route::Supply(Supply::PickList(desk.id)).to_path();
    view! {
        <Show when=move || picks.get() || notes.with(|notes| !notes.is_empty())>
            <Card title=move || text!(outbound.papers)>
                <ul class="order-papers">
                    {move || {
                        let href = picks.get().then(pick_list)?;
                        Some(view! { <li><a href=href>{move || text!(outbound.pick_list)}</a></li> })
                    }}
                    <For each=move || notes.get() key=|note| *note children=note />
                </ul>
            </Card>
        </Show>
    }
}
