//! Submitting an order, and submitting a sent-back one again.

use std::collections::BTreeSet;

use crate::actor::Side;
use crate::delivery::DeliveryMethod;
use crate::id::{CustomerId, DraftId, OrderId, RegionId};
use crate::money::{Money, Rate};
use crate::order::decide::Draft;
use crate::order::{
    Change, Context, Event, Fact, NewLine, Order, OrderContent, OrderLine, OrderStatus, OrderSubmitted,
    Rejection, ResubmitOrder, review_due,
};
use crate::policy::{self, Action};
use crate::quantity::{BreachKind, Quantity, QuantityBreach};

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
    policy::can_submit(context.actor, new.customer_id, new.region_id)?;
    check(&new.content, context)?;
    let fact = Fact::Submitted(Box::new(OrderSubmitted {
        id: new.id,
        draft_id: new.draft_id,
        number: new.number,
        customer_id: new.customer_id,
        region_id: new.region_id,
        on_behalf: matches!(context.actor.side, Side::Supplier { .. }),
        review_due_at: review_due(context.now, new.content.priority, context.workflow),
        currency: context.workflow.currency.clone(),
        content: new.content,
    }));
    Ok(vec![Event {
        at: context.now,
        by: Some(context.actor.account_id),
        stands_in_for: None,
        fact,
    }])
}

pub(super) fn resubmit(draft: &mut Draft<'_>, body: ResubmitOrder) -> Result<(), Rejection> {
    draft.allow(Action::Resubmit)?;
    check(&body.content, &draft.context)?;
    let changes = differences(&draft.order, &body.content);
    let review_due_at = review_due(draft.context.now, body.content.priority, draft.context.workflow);
    draft.emit(Fact::Resubmitted {
        content: Box::new(body.content),
        changes,
        review_due_at,
    });
    draft.move_to(OrderStatus::PendingOrderReview);
    Ok(())
}

/// What is submitted must be an order: lines, each once, with a quantity and a price that can be charged.
fn check(content: &OrderContent, context: &Context<'_>) -> Result<(), Rejection> {
    if content.lines.is_empty() {
        return Err(Rejection::NoLines);
    }
    if content.freight.is_negative() {
        return Err(Rejection::AmountInvalid);
    }
    if content.wanted_date.is_some_and(|date| date < context.today) {
        return Err(Rejection::DateInPast);
    }
    let mut seen = BTreeSet::new();
    for line in &content.lines {
        if !seen.insert(line.id) {
            return Err(Rejection::DuplicateLine { line_id: line.id });
        }
        if line.quantity.is_zero() {
            let breach = QuantityBreach {
                kind: BreachKind::Zero,
                bound: Quantity::ZERO,
                below: None,
                above: Some(Quantity::ONE),
                others: None,
            };
            return Err(Rejection::QuantityInvalid {
                line_id: line.id,
                breach,
            });
        }
        let amount = context
            .workflow
            .currency
            .line_amount(line.price, line.quantity, Rate::ZERO);
        let share = line.share.map_or(Money::ZERO, |share| share.amount);
        let is_fine = amount.is_some_and(|amount| share <= amount);
        if line.price.is_negative() || share.is_negative() || !is_fine {
            return Err(Rejection::AmountInvalid);
        }
    }
    Ok(())
}

/// Whether a resubmitted line is still the same thing, perhaps in another quantity.
fn same_line(old: &OrderLine, new: &NewLine) -> bool {
    old.id == new.id && old.variant_id == new.variant_id && old.unit.code == new.unit.code
}

/// What a resubmission changes, as a diff.
fn differences(order: &Order, content: &OrderContent) -> Vec<Change> {
    let mut changes = Vec::new();
    for old in &order.lines {
        match content.lines.iter().find(|new| same_line(old, new)) {
            None => changes.push(Change::Removed {
                line_id: old.id,
                sku: old.sku.clone(),
                quantity: old.approved,
            }),
            Some(new) => {
                if new.quantity != old.approved {
                    changes.push(Change::Quantity {
                        line_id: old.id,
                        from: old.approved,
                        to: new.quantity,
                        reason: String::new(),
                    });
                }
                if new.price != old.price || !old.discount.is_zero() {
                    changes.push(Change::Price {
                        line_id: old.id,
                        from: old.price,
                        to: new.price,
                        discount_from: old.discount,
                        discount_to: Rate::ZERO,
                        reason: String::new(),
                    });
                }
            }
        }
    }
    let added = content
        .lines
        .iter()
        .filter(|new| !order.lines.iter().any(|old| same_line(old, new)));
    changes.extend(added.map(|new| Change::Added {
        line_id: new.id,
        quantity: new.quantity,
    }));
    if order.freight != content.freight {
        changes.push(Change::Freight {
            from: order.freight,
            to: content.freight,
            reason: String::new(),
        });
    }
    if order.wanted_date != content.wanted_date {
        changes.push(Change::WantedDate {
            from: order.wanted_date,
            to: content.wanted_date,
        });
    }
    if order.address.text != content.address.text {
        changes.push(Change::Address {
            from: order.address.text.clone(),
            to: content.address.text.clone(),
        });
    }
    if order.delivery_method != content.delivery_method {
        let name = |method: &Option<DeliveryMethod>| method.as_ref().map(|method| method.name.clone());
        changes.push(Change::DeliveryMethod {
            from: name(&order.delivery_method),
            to: name(&content.delivery_method),
        });
    }
    if order.note != content.note {
        changes.push(Change::Note {
            from: order.note.clone(),
            to: content.note.clone(),
        });
    }
    if order.priority != content.priority {
        changes.push(Change::Priority {
            from: order.priority,
            to: content.priority,
        });
    }
    changes
}
