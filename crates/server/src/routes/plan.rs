//! `/production-plan`: for staff, of the orders they see.

use countersign_contract::plan::{GetProductionPlan, PlannedLine, PlannedOrder, ProductionPlan};
use countersign_domain::order::{OrderLine, OrderStatus};
use countersign_domain::plan::{planned, standing};

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::open_orders::{self, OpenOrder};
use crate::state::AppState;

/// `GET /production-plan`: what is to be made, the nearest promised day first, first-come within it.
pub async fn get(state: AppState, call: Call<GetProductionPlan>) -> Reply<GetProductionPlan> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let today = state.local_date(state.clock.now());
    let mut connection = state.db.read().await?;
    let mut found = open_orders::all(&mut connection, std::iter::once(OrderStatus::InProduction)).await?;
    found.retain(|one| caller.actor.sees(one.order.customer_id, one.order.region_id));
    found.sort_by_key(|OpenOrder { order, .. }| {
        (
            order.promised_date.is_none(),
            order.promised_date,
            order.submitted_at,
            order.id,
        )
    });
    let orders = found.into_iter().map(|OpenOrder { order, customer }| {
        let line = |line: &OrderLine| PlannedLine {
            id: line.id,
            sku: line.sku.clone(),
            name: line.name.clone(),
            unit: line.unit.name.clone(),
            quantity: line.deliverable(),
            produced: line.produced,
            standing: standing(line, order.promised_date, today),
        };
        PlannedOrder {
            id: order.id,
            number: order.number.clone(),
            version: order.version,
            customer,
            promised: order.promised_date,
            lines: planned(&order).into_iter().map(line).collect(),
        }
    });
    Ok(Answer::new(ProductionPlan {
        today,
        orders: orders.collect(),
    }))
}
