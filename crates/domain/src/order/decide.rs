//! From a command to the events that follow.

use crate::id::{CustomerId, DraftId, OrderId, RegionId};
use crate::order::{Command, Context, Event, Order, OrderContent, Rejection};

/// A submission, resolved against catalog and customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    /// Id of the new order.
    pub id: OrderId,
    /// The draft it comes from.
    pub draft_id: DraftId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The region of that customer.
    pub region_id: RegionId,
    /// What is ordered.
    pub content: OrderContent,
}

/// Submits a new order.
///
/// # Errors
/// A [`Rejection`] when the actor may not order for this customer or the content is invalid.
pub fn submit(new: NewOrder, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let _ = (new, context);
    Err(Rejection::NoLines)
}

/// What follows from `command` on `order`: at least one event, or the reason why not. Changes nothing by itself.
///
/// # Errors
/// A [`Rejection`] when a rule of domain.md section 3 does not hold.
pub fn decide(order: &Order, command: Command, context: &Context<'_>) -> Result<Vec<Event>, Rejection> {
    let _ = (order, command, context);
    Err(Rejection::NothingToDo)
}
