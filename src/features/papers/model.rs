//! What stands on the papers.

use countersign_domain::id::WarehouseId;
use countersign_domain::order::{Order, OrderLine, Shipment};
use countersign_domain::quantity::Quantity;

/// What to pick in a warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickGroup {
    /// Where.
    pub warehouse_id: WarehouseId,
    /// The lines with how much of each, by code.
    pub rows: Vec<(OrderLine, Quantity)>,
}

/// What is set aside for an order, by warehouse in the order of `warehouses`; one that is not among them comes last.
pub fn picks(order: &Order, warehouses: &[WarehouseId]) -> Vec<PickGroup> {
    let mut groups: Vec<PickGroup> = Vec::new();
    for line in &order.lines {
        for reserved in &line.reserved {
            let row = (line.clone(), reserved.quantity);
            match groups
                .iter_mut()
                .find(|group| group.warehouse_id == reserved.warehouse_id)
            {
                Some(group) => group.rows.push(row),
                None => groups.push(PickGroup {
                    warehouse_id: reserved.warehouse_id,
                    rows: vec![row],
                }),
            }
        }
    }
    for group in &mut groups {
        group.rows.sort_by(|(one, _), (other, _)| one.sku.cmp(&other.sku));
    }
    let place = |group: &PickGroup| warehouses.iter().position(|id| *id == group.warehouse_id);
    groups.sort_by_key(|group| place(group).unwrap_or(usize::MAX));
    groups
}

/// The lines of a shipment with how much of each left.
pub fn contents(order: &Order, shipment: &Shipment) -> Vec<(OrderLine, Quantity)> {
    let row = |part: &countersign_domain::order::ShipmentLine| {
        order.line(part.line_id).map(|line| (line.clone(), part.quantity))
    };
    shipment.lines.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use countersign_domain::order::{OrderStatus, Reservation};
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn goods_are_picked_warehouse_by_warehouse_and_by_code() {
        let [main, other] = [1, 2].map(|number| WarehouseId(Uuid::from_u128(number)));
        let reserved = |warehouse_id, count| Reservation {
            warehouse_id,
            quantity: Quantity::whole(count),
        };
        let mut order = sample::order(OrderStatus::PendingShipment);
        order.lines[0].sku = "B".to_owned();
        order.lines[1].sku = "A".to_owned();
        order.lines[0].reserved = vec![reserved(other, 10), reserved(main, 50)];
        order.lines[1].reserved = vec![reserved(main, 5)];
        let told: Vec<_> = picks(&order, &[main, other])
            .into_iter()
            .map(|group| {
                let rows = group.rows.into_iter();
                (
                    group.warehouse_id,
                    rows.map(|(line, quantity)| (line.sku, quantity.to_string()))
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        let row = |sku: &str, count: &str| (sku.to_owned(), count.to_owned());
        assert_eq!(
            told,
            [
                (main, vec![row("A", "5"), row("B", "50")]),
                (other, vec![row("B", "10")])
            ]
        );
    }

    #[test]
    fn nothing_set_aside_is_nothing_to_pick() {
        assert_eq!(picks(&sample::order(OrderStatus::PendingOutboundReview), &[]), []);
    }
}
