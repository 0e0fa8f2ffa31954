//! Who is bought for: the customer whose account asks, or the one on behalf of which staff order.

use countersign_contract::ProblemKind;
use countersign_contract::problem::FieldCode;
use countersign_domain::actor::Actor;
use countersign_domain::id::CustomerId;
use countersign_domain::permission::Permission;
use countersign_domain::policy::{self, DenyReason};
use sqlx::SqliteConnection;

use crate::error::ApiError;
use crate::repo::customers::{self, Customer};
use crate::routes::listing;

/// The customer whom `actor` buys for, who asked to buy for `asked`: its own, where it is a customer's account; else the one it
/// named, which staff may order for where they hold the permission and the region is theirs.
///
/// # Errors
/// 403 for staff who order for nobody, 422 where they do and have not said for whom; a customer that is not theirs looks
/// unknown. An [`ApiError`] when the database refuses.
pub async fn buyer(
    connection: &mut SqliteConnection,
    actor: &Actor,
    asked: Option<CustomerId>,
) -> Result<Customer, ApiError> {
    let id = match actor.customer_id() {
        Some(own) => asked.unwrap_or(own),
        None => {
            may_order_for_others(actor)?;
            asked.ok_or_else(|| listing::wrong("customer", FieldCode::Required))?
        }
    };
    let customer = customers::find(connection, id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    policy::can_submit(actor, customer.id, customer.region_id)?;
    Ok(customer)
}

/// Whether `actor` orders on behalf of customers at all. Asked before one is looked for: who orders for nobody learns nothing
/// of who there is.
///
/// # Errors
/// The permission that is missing.
pub fn may_order_for_others(actor: &Actor) -> Result<(), DenyReason> {
    let permission = Permission::OrderCreateOnBehalf;
    if actor.holds(permission) {
        Ok(())
    } else {
        Err(DenyReason::NeedsPermission { permission })
    }
}
