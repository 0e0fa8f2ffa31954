//! `/orders/{order_id}/messages`, and what of all conversations an account has not read.

mod list;
mod mark_read;
mod post;
mod shown;
mod unread;

use countersign_contract::ProblemKind;
use countersign_contract::conversation::{ListMessages, ListUnread, MarkMessagesRead, PostMessage};
use countersign_contract::event::LiveEvent;
use countersign_domain::actor::Actor;
use countersign_domain::id::OrderId;
use countersign_domain::order::Order;
use sqlx::SqliteConnection;

use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::route::Api;
use crate::repo::orders;

/// Adds what can be read of conversations and written in them.
pub fn add(api: Api) -> Api {
    api.route::<ListMessages, _, _>(list::list)
        .route::<PostMessage, _, _>(post::post)
        .route::<MarkMessagesRead, _, _>(mark_read::mark_read)
        .route::<ListUnread, _, _>(unread::unread)
}

/// The order, if `actor` sees it.
///
/// # Errors
/// 404 when not.
async fn order(connection: &mut SqliteConnection, id: OrderId, actor: &Actor) -> Result<Order, ApiError> {
    let found = orders::find(connection, id).await?;
    let seen = found.filter(|order| actor.sees(order.customer_id, order.region_id));
    seen.ok_or(ProblemKind::NotFound.into())
}

/// Tells `audience` that the conversation of an order has changed for it.
fn announce(tx: &mut Tx, order_id: OrderId, audience: Audience) {
    tx.announce(Notice::Changed {
        audience,
        event: LiveEvent::ConversationChanged { order_id },
    });
}
