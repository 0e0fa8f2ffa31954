//! What an account may see, as a condition: [`Actor::sees`] for lists and counts.

use countersign_domain::actor::{Actor, Side};
use sqlx::{QueryBuilder, Sqlite};

/// Adds `AND ...` to a query, so that it finds only what `actor` sees. The columns hold the customer's id and region.
pub fn push(query: &mut QueryBuilder<Sqlite>, actor: &Actor, customer_column: &str, region_column: &str) {
    match &actor.side {
        Side::Distributor { customer_id } => {
            query.push(" AND ").push(customer_column).push(" = ");
            query.push_bind(customer_id.to_string());
        }
        Side::Supplier { permissions, .. } if !permissions.sees_orders() => {
            query.push(" AND 1 = 0");
        }
        Side::Supplier { regions, .. } if !regions.is_empty() => {
            query.push(" AND ").push(region_column).push(" IN (");
            let mut list = query.separated(", ");
            for region in regions {
                list.push_bind(region.to_string());
            }
            query.push(")");
        }
        Side::Supplier { .. } | Side::System => {}
    }
}
