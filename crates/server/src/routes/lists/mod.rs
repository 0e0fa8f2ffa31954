//! `/lists`: what a customer keeps to order from again, and what it usually buys.

mod bought;
mod get;
mod list;
mod put;
mod remove;
mod usual;

pub use bought::bought;
pub use get::get;
pub use list::list;
pub use put::put;
pub use remove::remove;
pub use usual::usual;

use countersign_contract::event::LiveEvent;
use countersign_contract::problem::FieldCode;
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::actor::Actor;
use countersign_domain::id::CustomerId;
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use sqlx::SqliteConnection;

use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::call::Call;
use crate::repo::customers;
use crate::routes::listing;

/// Whose lists a call changes. Only the customer does that.
pub(super) fn owner<E: Endpoint>(call: &Call<E>) -> Result<CustomerId, ApiError> {
    let actor = &call.caller()?.actor;
    Ok(actor.customer_id().ok_or(DenyReason::OnlyCustomer)?)
}

/// Whose lists `actor` reads: its own, or those of the customer staff order on behalf of. One they don't see looks unknown.
pub(super) async fn readable(
    connection: &mut SqliteConnection,
    actor: &Actor,
    asked: Option<CustomerId>,
) -> Result<CustomerId, ApiError> {
    if let Some(own) = actor.customer_id() {
        return match asked {
            Some(asked) if asked != own => Err(ProblemKind::NotFound.into()),
            Some(_) | None => Ok(own),
        };
    }
    let permission = Permission::OrderCreateOnBehalf;
    if !actor.holds(permission) {
        return Err(DenyReason::NeedsPermission { permission }.into());
    }
    let asked = asked.ok_or_else(|| listing::wrong("customer", FieldCode::Required))?;
    customers::find(connection, asked)
        .await?
        // To stand in for somebody's queues is not to order for their customers.
        .filter(|customer| actor.alone().holds_in(permission, customer.region_id))
        .map(|customer| customer.id)
        .ok_or(ProblemKind::NotFound.into())
}

/// Tells the customer's devices that its lists or favourites changed.
pub(super) async fn announce(tx: &mut Tx, customer_id: CustomerId) -> Result<(), ApiError> {
    let customer = customers::find(tx, customer_id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    tx.announce(Notice::Changed {
        audience: Audience::Customer {
            customer_id,
            region_id: customer.region_id,
        },
        event: LiveEvent::ListsChanged,
    });
    Ok(())
}
