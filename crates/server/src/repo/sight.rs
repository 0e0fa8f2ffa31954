//! What an account may see, as a condition: [`Actor::sees`] for lists and counts.

use countersign_domain::actor::{Actor, Side};
use countersign_domain::id::RegionId;
use countersign_domain::permission::PermissionSet;
use sqlx::{QueryBuilder, Sqlite};

/// Adds `AND ...` to a query, so that it finds only what `actor` sees. The columns hold the customer's id and region.
pub fn push(query: &mut QueryBuilder<Sqlite>, actor: &Actor, customer_column: &str, region_column: &str) {
    push_if(
        query,
        actor,
        PermissionSet::sees_orders,
        customer_column,
        region_column,
    );
}

/// The same for returns, which staff with any permission of returns see as well.
pub fn push_returns(
    query: &mut QueryBuilder<Sqlite>,
    actor: &Actor,
    customer_column: &str,
    region_column: &str,
) {
    push_if(
        query,
        actor,
        PermissionSet::sees_returns,
        customer_column,
        region_column,
    );
}

fn push_if(
    query: &mut QueryBuilder<Sqlite>,
    actor: &Actor,
    sees: fn(PermissionSet) -> bool,
    customer_column: &str,
    region_column: &str,
) {
    let (permissions, regions) = match &actor.side {
        Side::Distributor { customer_id } => {
            query.push(" AND ").push(customer_column).push(" = ");
            query.push_bind(customer_id.to_string());
            return;
        }
        Side::System => return,
        Side::Supplier { permissions, regions } => (permissions, regions),
    };
    let others = actor
        .stands_in_for
        .iter()
        .map(|other| (&other.permissions, &other.regions));
    let places: Vec<&Vec<RegionId>> = std::iter::once((permissions, regions))
        .chain(others)
        .filter(|(permissions, _)| sees(**permissions))
        .map(|(_, regions)| regions)
        .collect();
    if places.is_empty() {
        query.push(" AND 1 = 0");
    } else if places.iter().all(|regions| !regions.is_empty()) {
        // One list of all regions: where somebody sees in any place, they see.
        query.push(" AND ").push(region_column).push(" IN (");
        let mut list = query.separated(", ");
        for region in places.into_iter().flatten() {
            list.push_bind(region.to_string());
        }
        query.push(")");
    }
}
