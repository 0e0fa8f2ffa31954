//! Shipping: what leaves of each line, with whom, in which parcels (rule 10).

use std::sync::Arc;

use countersign_contract::order::{OrderDetail, ShipGoodsEndpoint};
use countersign_domain::id::ShipmentId;
use countersign_domain::order::{Order, OrderLine, Parcel, ShipGoods, ShipmentLine};
use countersign_domain::quantity::Quantity;
use countersign_domain::workflow::Stage;
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::format;
use crate::order_view::input::{self, InputError};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong, line_name, line_unit, read_all};
use crate::text;
use crate::ui::{NumberField, TextArea, TextField};

/// What can leave of a line now: what is reserved; all that remains where no outbound review was passed.
pub fn shippable(order: &Order, line: &OrderLine) -> Quantity {
    let reserves = order
        .passed
        .iter()
        .any(|pass| pass.stage == Stage::OutboundReview);
    match (line.held, reserves) {
        (true, _) => Quantity::ZERO,
        (false, true) => line.reserved_total().min(line.remaining()),
        (false, false) => line.remaining(),
    }
}

/// Tracking numbers, one a line or separated by commas and spaces, each once.
pub fn parcels(typed: &str) -> Vec<Parcel> {
    let mut parcels: Vec<Parcel> = Vec::new();
    let split = |letter: char| letter.is_whitespace() || matches!(letter, ',' | '，' | ';' | '；' | '、');
    for tracking in typed.split(split).filter(|tracking| !tracking.is_empty()) {
        let parcel = Parcel {
            tracking: tracking.to_owned(),
        };
        if !parcels.contains(&parcel) {
            parcels.push(parcel);
        }
    }
    parcels
}

/// What was typed, read.
///
/// # Errors
/// Whether the carrier is missing; what is wrong with the lines is told at each.
pub fn shipment(
    shipment_id: ShipmentId,
    lines: Vec<ShipmentLine>,
    carrier: &str,
    tracking: &str,
) -> Result<ShipGoods, InputError> {
    Ok(ShipGoods {
        shipment_id,
        lines: lines
            .into_iter()
            .filter(|line| !line.quantity.is_zero())
            .collect(),
        carrier: input::words(carrier)?,
        parcels: parcels(tracking),
    })
}

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    most: Quantity,
    quantity: Typed,
}

impl Fields {
    fn read(&self) -> Result<ShipmentLine, Wrong> {
        let quantity = self
            .quantity
            .read(|typed| input::quantity(typed, Some(self.most)))?;
        let line_id = self.line.with_value(|line| line.id);
        Ok(ShipmentLine { line_id, quantity })
    }
}

#[component]
pub(super) fn ShipForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<ShipGoodsEndpoint>();
    let fields = desk.detail.with_untracked(|detail: &Option<Arc<OrderDetail>>| {
        let order = &detail.as_deref()?.order;
        let field = |line: &OrderLine| {
            let most = shippable(order, line);
            (!most.is_zero()).then(|| Fields {
                line: StoredValue::new(line.clone()),
                most,
                quantity: Typed::new(most.to_string()),
            })
        };
        Some(order.lines.iter().filter_map(field).collect::<Vec<_>>())
    });
    let rows = StoredValue::new(fields.unwrap_or_default());
    let carrier = Typed::new("");
    let tracking = RwSignal::new(String::new());
    let nothing = RwSignal::new(false);
    // One id for this shipment, however often it is sent.
    let id = ShipmentId(Uuid::new_v4());
    let submit = move || {
        let lines = read_all(rows, Fields::read);
        let read = carrier.read(|carrier| {
            let lines = lines.clone().unwrap_or_default();
            shipment(id, lines, carrier, &tracking.get_untracked())
        });
        let (Ok(_), Ok(body)) = (lines, read) else {
            return;
        };
        // No lines would mean everything; nothing typed means nothing.
        nothing.set(body.lines.is_empty());
        if !body.lines.is_empty() {
            desk.send(pending, body);
        }
    };
    let row = |fields: Fields| {
        let most = fields.most;
        view! {
            <li>
                <NumberField
                    label=line_name(fields.line)
                    hint=Signal::derive(move || text!(shipping.at_most, most = format::quantity(most)))
                    value=fields.quantity.value
                    unit=line_unit(fields.line)
                    error=fields.quantity.wrong()
                />
            </li>
        }
        .into_any()
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.ship)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <TextField
                label=move || text!(shipping.carrier)
                value=carrier.value
                name="carrier"
                required=true
                error=carrier.wrong()
            />
            <TextArea
                label=move || text!(shipping.tracking)
                hint=move || text!(shipping.tracking_hint)
                value=tracking
                rows=2
            />
            <h3>{move || text!(shipping.lines)}</h3>
            <ul class="deed-lines">
                <For
                    each=move || rows.get_value()
                    key=|fields| fields.line.with_value(|line| line.id)
                    children=row
                />
            </ul>
            <p class="form-error" role="alert">{move || nothing.get().then(|| text!(shipping.nothing))}</p>
        </DeedForm>
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::order::{OrderStatus, Reservation, StagePass};

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn what_is_reserved_can_leave_and_all_that_remains_where_nothing_is_reviewed() {
        let mut order = sample::order(OrderStatus::PendingShipment);
        assert_eq!(shippable(&order, &order.lines[0]), Quantity::whole(60));
        order.passed.push(StagePass {
            stage: Stage::OutboundReview,
            by: order.submitted_by,
            at: sample::morning(),
        });
        assert_eq!(shippable(&order, &order.lines[0]), Quantity::ZERO);
        order.lines[0].reserved.push(Reservation {
            warehouse_id: countersign_domain::id::WarehouseId(Uuid::from_u128(1)),
            quantity: Quantity::whole(45),
        });
        assert_eq!(shippable(&order, &order.lines[0]), Quantity::whole(45));
        order.lines[0].held = true;
        assert_eq!(shippable(&order, &order.lines[0]), Quantity::ZERO);
    }

    #[test]
    fn tracking_numbers_are_read_however_they_are_separated() {
        let tracking: Vec<_> = parcels("SF1, SF2\nSF2；SF3")
            .into_iter()
            .map(|parcel| parcel.tracking)
            .collect();
        assert_eq!(tracking, ["SF1", "SF2", "SF3"]);
        assert_eq!(parcels("  "), []);
    }

    #[test]
    fn a_shipment_names_its_carrier_and_leaves_out_what_stays() {
        let order = sample::order(OrderStatus::PendingShipment);
        let part = |position: usize, quantity| ShipmentLine {
            line_id: order.lines[position].id,
            quantity: Quantity::whole(quantity),
        };
        let id = ShipmentId(Uuid::from_u128(1));
        let lines = vec![part(0, 10), part(1, 0)];
        assert_eq!(shipment(id, lines.clone(), " ", ""), Err(InputError::Missing));
        let goods = shipment(id, lines, " 顺丰 ", "SF1").expect("all is there");
        assert_eq!(goods.lines, [part(0, 10)]);
        assert_eq!(goods.carrier, "顺丰");
    }
}
