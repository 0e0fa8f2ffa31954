//! The conversation of an order (domain.md section 7): who writes in it, and who reads what.
//!
//! Messages are never edited and never taken back: what one side has read, the other can't unsay.

use crate::actor::{Actor, Side};
use crate::id::{CustomerId, RegionId};
use crate::policy::DenyReason;

/// Longest message, in characters.
pub const MAX_MESSAGE: usize = 2_000;

/// Most files of a message.
pub const MAX_MESSAGE_FILES: usize = 5;

/// Most messages of an order: beyond that it is no conversation any more.
pub const MAX_MESSAGES: u32 = 1_000;

/// Whether `actor` may write in the conversation of an order of `customer` in `region`. Whoever sees the order may, whatever
/// its status; a note for the supplier's staff alone is for staff.
///
/// # Errors
/// The [`DenyReason`] to be shown where not.
pub fn can_write(
    actor: &Actor,
    customer: CustomerId,
    region: RegionId,
    is_internal: bool,
) -> Result<(), DenyReason> {
    if !actor.sees(customer, region) {
        return Err(DenyReason::Unknown);
    }
    match actor.side {
        Side::Supplier { .. } => Ok(()),
        Side::Distributor { .. } if is_internal => Err(DenyReason::OnlySupplier),
        Side::Distributor { .. } => Ok(()),
        Side::System => Err(DenyReason::OnlyCustomer),
    }
}

/// Whether somebody who sees an order reads the notes of the supplier's staff in its conversation.
pub fn reads_internal(actor: &Actor) -> bool {
    matches!(actor.side, Side::Supplier { .. })
}
