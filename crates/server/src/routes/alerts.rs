//! `/alerts`: what somebody should look at.

use countersign_contract::alert::{AlertedOrder, Alerts, ListAlerts, MAX_ALERTS};
use countersign_domain::alert::{AlertFacts, concerns_stock, of_order};

use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::route::Api;
use crate::repo::alerts::{self, Candidate};
use crate::repo::settings;
use crate::state::AppState;

/// Adds the alerts.
pub fn add(api: Api) -> Api {
    api.route::<ListAlerts, _, _>(list)
}

/// `GET /alerts`: what is the matter now, of what concerns the caller.
async fn list(state: AppState, call: Call<ListAlerts>) -> Reply<ListAlerts> {
    let actor = &call.caller()?.actor;
    let now = state.clock.now();
    let today = state.local_date(now);
    let mut connection = state.db.read().await?;
    let workflow = settings::workflow(&mut connection).await?.value;
    let candidates = alerts::orders(&mut connection, actor, now, today, &workflow.currency).await?;
    let mut orders = Vec::new();
    for candidate in candidates {
        let Candidate {
            order,
            customer,
            policy,
            paid,
        } = candidate;
        let facts = AlertFacts {
            now,
            today,
            workflow: &workflow,
            policy: &policy,
            paid,
        };
        let told = of_order(&order, &facts)
            .into_iter()
            .filter(|alert| alert.concerns(actor, &order));
        orders.extend(told.map(|alert| AlertedOrder {
            order_id: order.id,
            number: order.number.clone(),
            customer: customer.clone(),
            alert,
        }));
    }
    orders.sort_by_key(|one| one.alert.since());
    let mut stock = if concerns_stock(actor) {
        alerts::low_stock(&mut connection, MAX_ALERTS.saturating_add(1)).await?
    } else {
        Vec::new()
    };
    let has_more = orders.len() > MAX_ALERTS || stock.len() > MAX_ALERTS;
    orders.truncate(MAX_ALERTS);
    stock.truncate(MAX_ALERTS);
    Ok(Answer::new(Alerts {
        orders,
        stock,
        has_more,
    }))
}
