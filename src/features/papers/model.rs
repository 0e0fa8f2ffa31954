//! What stands on the papers.

use countersign_domain::id::WarehouseId;
use countersign_domain::order::{Order, OrderLine, Shipment};
use countersign_domain::quantity::{Quantity, Unit};
use countersign_domain::text::LocalText;

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

/// What to pick of an item for several orders, in one unit: cases and single bottles are two things to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPick {
    /// Its SKU code.
    pub sku: String,
    /// Its name.
    pub name: LocalText,
    /// The unit.
    pub unit: Unit,
    /// How much for all of them.
    pub quantity: Quantity,
    /// How much for which.
    pub shares: Vec<ShareOfOrder>,
}

/// What of a pick is for an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareOfOrder {
    /// The order's number.
    pub number: String,
    /// How much.
    pub quantity: Quantity,
    /// The customer's note on the line.
    pub note: String,
}

/// What to pick in a warehouse for several orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedGroup {
    /// Where.
    pub warehouse_id: WarehouseId,
    /// The items, by code.
    pub rows: Vec<SharedPick>,
}

/// What is set aside for these orders together, by warehouse in the order of `warehouses`.
pub fn shared_picks(orders: &[&Order], warehouses: &[WarehouseId]) -> Vec<SharedGroup> {
    let mut groups: Vec<SharedGroup> = Vec::new();
    for order in orders {
        for PickGroup { warehouse_id, rows } in picks(order, warehouses) {
            let found = groups.iter().position(|group| group.warehouse_id == warehouse_id);
            let place = found.unwrap_or_else(|| {
                groups.push(SharedGroup {
                    warehouse_id,
                    rows: Vec::new(),
                });
                groups.len().saturating_sub(1)
            });
            if let Some(group) = groups.get_mut(place) {
                for (line, quantity) in rows {
                    add(&mut group.rows, &order.number, line, quantity);
                }
            }
        }
    }
    for group in &mut groups {
        group.rows.sort_by(|one, other| one.sku.cmp(&other.sku));
    }
    let place = |group: &SharedGroup| warehouses.iter().position(|id| *id == group.warehouse_id);
    groups.sort_by_key(|group| place(group).unwrap_or(usize::MAX));
    groups
}

/// Adds what an order wants of a line to what the others want.
fn add(rows: &mut Vec<SharedPick>, number: &str, line: OrderLine, quantity: Quantity) {
    let share = ShareOfOrder {
        number: number.to_owned(),
        quantity,
        note: line.note,
    };
    match rows
        .iter_mut()
        .find(|row| row.sku == line.sku && row.unit == line.unit)
    {
        Some(row) => {
            row.quantity += quantity;
            row.shares.push(share);
        }
        None => rows.push(SharedPick {
            sku: line.sku,
            name: line.name,
            unit: line.unit,
            quantity,
            shares: vec![share],
        }),
    }
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
    fn several_orders_share_a_list_with_the_sum_of_each_item_and_what_is_for_whom() {
        let [main, other] = [1, 2].map(|number| WarehouseId(Uuid::from_u128(number)));
        let reserved = |warehouse_id, count| Reservation {
            warehouse_id,
            quantity: Quantity::whole(count),
        };
        let mut first = sample::order(OrderStatus::PendingShipment);
        first.number = "O-1".to_owned();
        first.lines[0].sku = "B".to_owned();
        first.lines[1].sku = "A".to_owned();
        first.lines[0].reserved = vec![reserved(other, 10), reserved(main, 50)];
        first.lines[1].reserved = vec![reserved(main, 5)];
        let mut second = first.clone();
        second.number = "O-2".to_owned();
        second.lines[0].reserved = vec![reserved(main, 7)];
        // Single bottles of what the other order has in cases are picked by themselves.
        second.lines[1].unit.code = "bottle".to_owned();
        let told = |group: &SharedGroup| {
            let row = |row: &SharedPick| {
                let shares = row.shares.iter();
                let shares = shares.map(|share| format!("{} {}", share.number, share.quantity));
                format!(
                    "{} {}: {}",
                    row.sku,
                    row.quantity,
                    shares.collect::<Vec<_>>().join(", ")
                )
            };
            (group.warehouse_id, group.rows.iter().map(row).collect::<Vec<_>>())
        };
        let groups = shared_picks(&[&first, &second], &[main, other]);
        let rows = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            groups.iter().map(told).collect::<Vec<_>>(),
            [
                (main, rows(&["A 5: O-1 5", "A 5: O-2 5", "B 57: O-1 50, O-2 7"])),
                (other, rows(&["B 10: O-1 10"])),
            ]
        );
    }

    #[test]
    fn nothing_set_aside_is_nothing_to_pick() {
        assert_eq!(picks(&sample::order(OrderStatus::PendingOutboundReview), &[]), []);
    }
}
