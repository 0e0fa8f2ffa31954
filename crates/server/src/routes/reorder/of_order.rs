use std::collections::{BTreeMap, BTreeSet};

use countersign_contract::ProblemKind;
use countersign_contract::list::Goods;
use countersign_contract::reorder::GetOrderReorder;
use countersign_domain::id::{LineId, VariantId};
use countersign_domain::order::{Order, OrderLine, ShortageChoice};
use countersign_domain::reorder::paid_price;

use super::{Wanted, preview};
use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::orders;
use crate::state::AppState;

/// `GET /orders/{order_id}/reorder`: how the lines of an order stand now. An order of another customer looks unknown.
pub async fn of_order(state: AppState, call: Call<GetOrderReorder>) -> Reply<GetOrderReorder> {
    let actor = &call.caller()?.actor;
    let mut connection = state.db.read().await?;
    let customer = buyer(&mut connection, actor, call.query.customer).await?.id;
    let order = orders::find(&mut connection, call.path)
        .await?
        .filter(|order| order.customer_id == customer)
        .ok_or(ProblemKind::NotFound)?;
    let wanted = wanted(&order);
    Ok(Answer::new(
        preview(&mut connection, actor, customer, order.number, wanted).await?,
    ))
}

/// What was ordered: each variant once, in the order of the lines. Gifts come by themselves, and of two that stand for each other
/// what was ordered first counts.
fn wanted(order: &Order) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::with_capacity(order.lines.len());
    let mut places: BTreeMap<VariantId, usize> = BTreeMap::new();
    let substitutes: BTreeSet<LineId> = order.lines.iter().filter_map(substituted_by).collect();
    let was_ordered =
        |line: &&OrderLine| !line.ordered.is_zero() && !line.is_gift() && !substitutes.contains(&line.id);
    for line in order.lines.iter().filter(was_ordered) {
        let known = places.get(&line.variant_id).and_then(|place| all.get_mut(*place));
        if let Some(known) = known {
            known.quantity += line.unit.convert(line.ordered, &known.goods.unit);
            continue;
        }
        places.insert(line.variant_id, all.len());
        all.push(Wanted {
            goods: Goods {
                product_id: line.product_id,
                variant_id: line.variant_id,
                sku: line.sku.clone(),
                name: line.name.clone(),
                unit: line.unit.clone(),
            },
            quantity: line.ordered,
            price: Some(paid_price(line.price, line.discount)),
        });
    }
    all
}

/// The line that came in the place of what was short of `line`.
fn substituted_by(line: &OrderLine) -> Option<LineId> {
    match line.shortage {
        Some(ShortageChoice::Substitute { line_id, .. }) => Some(line_id),
        _ => None,
    }
}
