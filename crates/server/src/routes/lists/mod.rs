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
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::id::CustomerId;
use countersign_domain::policy::DenyReason;

use crate::db::Tx;
use crate::error::ApiError;
use crate::events::{Audience, Notice};
use crate::http::call::Call;
use crate::repo::customers;

/// Whose lists a call changes. Only the customer does that.
pub(super) fn owner<E: Endpoint>(call: &Call<E>) -> Result<CustomerId, ApiError> {
    let actor = &call.caller()?.actor;
    Ok(actor.customer_id().ok_or(DenyReason::OnlyCustomer)?)
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
