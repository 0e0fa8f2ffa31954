//! `/drafts`: what an account keeps of its drafts for its other devices, and that some were taken back for ever.

mod get;
mod list;
mod put;
mod remove;
mod withdraw;

pub use get::get;
pub use list::list;
pub use put::put;
pub use remove::remove;
pub use withdraw::withdraw;

use countersign_contract::Endpoint;
use countersign_domain::id::AccountId;
use countersign_domain::policy::DenyReason;

use crate::error::ApiError;
use crate::http::call::Call;

/// Whose drafts a call is about. Only who orders has drafts.
fn owner<E: Endpoint>(call: &Call<E>) -> Result<AccountId, ApiError> {
    let actor = &call.caller()?.actor;
    actor.customer_id().ok_or(DenyReason::OnlyCustomer)?;
    Ok(actor.account_id)
}
