//! What the board shows, as it stands in the address, as it is asked of the server, and as a file.

use countersign_contract::catalog::Category;
use countersign_contract::open::{OpenQuantity, OpenQuery};
use countersign_contract::page::MAX_LIMIT;
use countersign_domain::id::CategoryId;
use countersign_domain::quantity::Quantity;

use crate::route::OpenFilter;

/// SKUs fetched at once.
pub const PAGE: u32 = 50;

/// The query behind a filter. What the address says wrongly counts as not said.
pub fn query(filter: &OpenFilter, after: Option<String>) -> OpenQuery {
    let q = filter.q.trim();
    OpenQuery {
        q: (!q.is_empty()).then(|| q.to_owned()),
        category: filter.category.parse().ok(),
        warehouse: filter.warehouse.parse().ok(),
        total: after.is_none().then_some(true),
        after,
        limit: Some(PAGE),
    }
}

/// The same for a file: as much at once as a page may hold.
pub fn query_of_file(filter: &OpenFilter, after: Option<String>) -> OpenQuery {
    OpenQuery {
        limit: Some(MAX_LIMIT),
        total: None,
        ..query(filter, after)
    }
}

/// Whether a filter leaves anything out. Another warehouse counts other stock but shows the same SKUs.
pub fn is_narrowed(filter: &OpenFilter) -> bool {
    !filter.q.trim().is_empty() || !filter.category.is_empty()
}

/// What stock does not fill of a SKU today.
pub fn missing(row: &OpenQuantity) -> Quantity {
    row.open.minus(row.fillable)
}

/// How many orders stand behind a row: two lines of one order are one.
pub fn orders(row: &OpenQuantity) -> usize {
    let mut ids: Vec<_> = row.lines.iter().map(|line| line.order_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// The figures of a row, in the order of the columns.
pub fn figures(row: &OpenQuantity) -> [Quantity; 7] {
    [
        row.ordered,
        row.shipped,
        row.closed,
        row.open,
        row.reserved,
        row.in_stock,
        row.fillable,
    ]
}

/// The categories with their depth, each followed by those below it.
pub fn branches(categories: &[Category]) -> Vec<(usize, Category)> {
    let mut all = Vec::with_capacity(categories.len());
    collect(categories, None, 0, &mut all);
    all
}

fn collect(
    categories: &[Category],
    parent: Option<CategoryId>,
    depth: usize,
    into: &mut Vec<(usize, Category)>,
) {
    // A circle of categories hangs from nowhere, so that this ends whatever the server says.
    for category in categories.iter().filter(|category| category.parent_id == parent) {
        into.push((depth, category.clone()));
        collect(categories, Some(category.id), depth.saturating_add(1), into);
    }
}

#[cfg(test)]
mod tests {
    use countersign_contract::account::CustomerRef;
    use countersign_contract::open::OpenOrderLine;
    use countersign_domain::id::{CustomerId, LineId, OrderId, ProductId, VariantId};
    use countersign_domain::order::OrderStatus;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;

    fn line(order: u128, line: u128) -> OpenOrderLine {
        OpenOrderLine {
            order_id: OrderId(Uuid::from_u128(order)),
            line_id: LineId(Uuid::from_u128(line)),
            number: String::new(),
            customer: CustomerRef {
                id: CustomerId(Uuid::nil()),
                code: String::new(),
                name: LocalText::default(),
            },
            status: OrderStatus::PendingShipment,
            due: None,
            held: false,
            open: Quantity::ONE,
            reserved: Quantity::ZERO,
            fillable: Quantity::ZERO,
        }
    }

    fn row(lines: Vec<OpenOrderLine>) -> OpenQuantity {
        OpenQuantity {
            product_id: ProductId(Uuid::nil()),
            variant_id: VariantId(Uuid::nil()),
            sku: "A-1".to_owned(),
            name: LocalText::default(),
            unit: LocalText::default(),
            ordered: Quantity::whole(12),
            shipped: Quantity::whole(3),
            closed: Quantity::ONE,
            open: Quantity::whole(8),
            reserved: Quantity::whole(2),
            in_stock: Quantity::whole(5),
            fillable: Quantity::whole(5),
            lines,
        }
    }

    #[test]
    fn two_lines_of_one_order_are_one_order() {
        assert_eq!(orders(&row(vec![line(1, 1), line(2, 2), line(1, 3)])), 2);
    }

    #[test]
    fn what_stock_does_not_fill_is_missing() {
        let mut row = row(Vec::new());
        assert_eq!(missing(&row), Quantity::whole(3));
        row.fillable = row.open;
        assert_eq!(missing(&row), Quantity::ZERO);
    }

    #[test]
    fn what_the_address_says_wrongly_counts_as_not_said() {
        let filter = OpenFilter {
            q: "  tea ".to_owned(),
            category: "x".to_owned(),
            warehouse: "7".to_owned(),
        };
        let query = query(&filter, Some("A-1".to_owned()));
        assert_eq!(query.q.as_deref(), Some("tea"));
        assert_eq!((query.category, query.warehouse), (None, None));
        assert_eq!(query.total, None, "counted once, with the first page");
        assert!(is_narrowed(&filter));
        assert!(!is_narrowed(&OpenFilter {
            warehouse: "7".to_owned(),
            ..OpenFilter::default()
        }));
    }
}
