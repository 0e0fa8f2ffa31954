//! An order with everything a page about it shows.

use chrono::{DateTime, NaiveDate, Utc};
use countersign_contract::ProblemKind;
use countersign_contract::order::{HistoryKind, LineStock, OrderDetail};
use countersign_domain::actor::{Actor, Side};
use countersign_domain::order::{Order, OrderStatus, UsualPromise};
use sqlx::SqliteConnection;

use super::history;
use crate::error::ApiError;
use crate::repo::{customers, order_files, order_goods, orders, payments, ratings, settings, stock};

/// What `actor` is shown of `order` now; `today` is the day of that where the company is.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub(super) async fn of(
    connection: &mut SqliteConnection,
    order: Order,
    actor: &Actor,
    (now, today): (DateTime<Utc>, NaiveDate),
) -> Result<OrderDetail, ApiError> {
    let customer = customers::find(connection, order.customer_id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    // What the supplier knows of a customer and of its own stock is not for the customer's eyes.
    let (card, stock, usual_promise) = match actor.side {
        Side::Supplier { .. } => (
            customers::card(connection, customer.id, now).await?,
            line_stock(connection, &order).await?,
            usual_promise(connection, &order, today).await?,
        ),
        Side::Distributor { .. } | Side::System => (None, Vec::new(), None),
    };
    let events = orders::events(connection, order.id).await?;
    let payments = payments::of_order(connection, order.id).await?;
    let rating = ratings::find(connection, order.id).await?;
    let reader = actor.account_id;
    let mut history = history::of(connection, &events, &payments, rating.as_ref(), reader).await?;
    if actor.customer_id().is_some() {
        // How the supplier goes through its queues is its own affair, and who else waits in them.
        history.retain(|entry| entry.kind != HistoryKind::PassedOutOfTurn);
    }
    Ok(OrderDetail {
        customer: customer.named(),
        card,
        stock,
        usual_promise,
        paid: payments::paid(connection, order.id, &order.currency).await?,
        history,
        rating,
        attachments: order_files::of_order(connection, order.id).await?,
        order,
    })
}

/// The date that the order review promises when it says nothing else (rule 5), while it has the order.
async fn usual_promise(
    connection: &mut SqliteConnection,
    order: &Order,
    today: NaiveDate,
) -> Result<Option<UsualPromise>, ApiError> {
    if order.status != OrderStatus::PendingOrderReview {
        return Ok(None);
    }
    let workflow = settings::workflow(connection).await?.value;
    let lead_days = order_goods::lead_days(connection, order).await?;
    Ok(UsualPromise::of(today, lead_days, &workflow))
}

async fn line_stock(connection: &mut SqliteConnection, order: &Order) -> Result<Vec<LineStock>, ApiError> {
    let warehouses = stock::warehouses(connection).await?;
    let free = order_goods::free_for_lines(connection, order).await?;
    let shown = free.into_iter().filter_map(|(line_id, there)| {
        let warehouse = warehouses.iter().find(|one| one.id == there.warehouse_id)?;
        Some(LineStock {
            line_id,
            warehouse_id: warehouse.id,
            warehouse: warehouse.name.clone(),
            free: there.free,
        })
    });
    Ok(shown.collect())
}
