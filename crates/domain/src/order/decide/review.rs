//! The order review (rule 5): promised date, quantities, prices, freight, holding and splitting lines.

use chrono::NaiveDate;

use crate::id::LineId;
use crate::money::{Currency, Money, Rate};
use crate::order::decide::{Draft, need_reason};
use crate::order::{
    Change, Fact, FreightReview, LineReview, Order, OrderLine, PassOrderReview, Rejection, UsualPromise,
    hours_after,
};
use crate::policy::Action;
use crate::quantity::{BreachKind, Quantity, QuantityBreach};
use crate::workflow::Stage;

pub(super) fn pass(draft: &mut Draft<'_>, body: &PassOrderReview) -> Result<(), Rejection> {
    draft.allow(Action::PassOrderReview)?;
    let promised_date = promised_date(draft, body.promised_date)?;
    let before = draft.order.clone();
    let changes = changes(draft, body)?;
    draft.emit(Fact::Reviewed {
        promised_date,
        changes: changes.clone(),
    });
    let late = before.wanted_date.is_some_and(|wanted| promised_date > wanted);
    let costs = late
        || changes.iter().any(|change| costs_customer(&before, change))
        || draft.order.total > before.total;
    let asks = costs && draft.context.workflow.stages.is_on(Stage::CustomerConfirmation);
    if asks {
        let mut shown = changes;
        if late {
            shown.push(Change::PromisedDate {
                from: before.wanted_date,
                to: Some(promised_date),
            });
        }
        let until = hours_after(draft.context.now, draft.context.workflow.confirmation_hours);
        draft.emit(Fact::ConfirmationRequested {
            until,
            changes: shown,
        });
    }
    draft.pass(Stage::OrderReview, String::new(), asks)
}

/// Rule 5: today, the lead time and the days of slack, unless the reviewer says otherwise.
fn promised_date(draft: &Draft<'_>, given: Option<NaiveDate>) -> Result<NaiveDate, Rejection> {
    let context = &draft.context;
    match given {
        Some(date) if date < context.today => Err(Rejection::DateInPast),
        Some(date) => Ok(date),
        None => UsualPromise::of(context.today, context.facts.lead_days, context.workflow)
            .map(|usual| usual.date)
            .ok_or(Rejection::DateInPast),
    }
}

fn changes(draft: &Draft<'_>, body: &PassOrderReview) -> Result<Vec<Change>, Rejection> {
    let order = &draft.order;
    let mut changes = Vec::new();
    let mut ids: Vec<_> = order.lines.iter().map(|line| line.id).collect();
    let mut seen = std::collections::BTreeSet::new();
    for review in &body.lines {
        let line = order.line(review.line_id).ok_or(Rejection::UnknownLine {
            line_id: review.line_id,
        })?;
        if !seen.insert(line.id) {
            return Err(Rejection::DuplicateLine { line_id: line.id });
        }
        review_line(draft, line, review, &mut ids, &mut changes)?;
    }
    if let Some(FreightReview { freight, reason }) = &body.freight
        && *freight != order.freight_cost()
    {
        draft.allow(Action::Modify)?;
        let reason = need_reason(reason)?;
        if freight.is_negative() {
            return Err(Rejection::AmountInvalid);
        }
        let (from, to) = (order.freight_cost(), *freight);
        // What was promised at submission holds (rule 6), whatever the delivery turns out to cost.
        changes.push(match order.free_freight() {
            Some((name, _)) => Change::FreightWaived {
                name: name.clone(),
                from,
                to,
                reason,
            },
            None => Change::Freight { from, to, reason },
        });
    }
    let delivers = |line: &OrderLine| {
        let cut = changes.iter().rev().find_map(|change| match change {
            Change::Quantity { line_id, to, .. } if *line_id == line.id => Some(*to),
            _ => None,
        });
        !cut.unwrap_or(line.approved).is_zero()
    };
    // An order of nothing is void, and voiding is a decision of its own.
    if order.lines.iter().any(delivers) {
        Ok(changes)
    } else {
        Err(Rejection::NoLines)
    }
}

fn review_line(
    draft: &Draft<'_>,
    line: &OrderLine,
    review: &LineReview,
    ids: &mut Vec<LineId>,
    changes: &mut Vec<Change>,
) -> Result<(), Rejection> {
    let line_id = line.id;
    let reason = || need_reason(&review.reason);
    let quantity = review.quantity.unwrap_or(line.approved);
    if quantity != line.approved {
        draft.allow(Action::Modify)?;
        if line.is_gift() && quantity > line.approved {
            // To give more away is a price, not a quantity.
            draft.allow(Action::SetSpecialPrice)?;
        }
        at_least(line_id, quantity, line.shipped + line.closed)?;
        changes.push(Change::Quantity {
            line_id,
            from: line.approved,
            to: quantity,
            reason: reason()?,
        });
    }
    let (price, discount) = (
        review.price.unwrap_or(line.price),
        review.discount.unwrap_or(line.discount),
    );
    if (price, discount) != (line.price, line.discount) {
        draft.allow(Action::SetSpecialPrice)?;
        if price.is_negative() {
            return Err(Rejection::AmountInvalid);
        }
        changes.push(Change::Price {
            line_id,
            from: line.price,
            to: price,
            discount_from: line.discount,
            discount_to: discount,
            reason: reason()?,
        });
    }
    let amount = draft.order.currency.line_amount(price, quantity, discount);
    amount.ok_or(Rejection::AmountInvalid)?;
    if let Some(held) = review.held.filter(|held| *held != line.held) {
        draft.allow(Action::Modify)?;
        changes.push(Change::Held {
            line_id,
            held,
            reason: reason()?,
        });
    }
    if let Some(split) = review.split {
        draft.allow(Action::Modify)?;
        // What has left or was closed stays with the line it left from.
        let maximum = quantity.minus(line.shipped + line.closed);
        if split.quantity.is_zero() || split.quantity >= quantity || split.quantity > maximum {
            return Err(Rejection::QuantityTooLarge { line_id, maximum });
        }
        if ids.contains(&split.new_line_id) {
            return Err(Rejection::DuplicateLine {
                line_id: split.new_line_id,
            });
        }
        ids.push(split.new_line_id);
        let new_line_id = split.new_line_id;
        changes.push(Change::Split {
            line_id,
            new_line_id,
            quantity: split.quantity,
            reason: reason()?,
        });
        if split.held {
            changes.push(Change::Held {
                line_id: new_line_id,
                held: true,
                reason: reason()?,
            });
        }
    }
    Ok(())
}

/// A quantity that may not be less than what has left or was closed already: shipped is never more than approved.
pub(super) fn at_least(line_id: LineId, quantity: Quantity, bound: Quantity) -> Result<(), Rejection> {
    if quantity >= bound {
        return Ok(());
    }
    let breach = QuantityBreach {
        kind: BreachKind::Minimum,
        bound,
        below: None,
        above: Some(bound),
        others: None,
    };
    Err(Rejection::QuantityInvalid { line_id, breach })
}

/// Whether a change costs the customer money or time, so that they must confirm it (rule 5).
pub(super) fn costs_customer(before: &Order, change: &Change) -> bool {
    match change {
        // Less is not what was ordered; more costs more.
        Change::Quantity { .. } => true,
        Change::Price {
            from,
            to,
            discount_from,
            discount_to,
            ..
        } => net(&before.currency, *to, *discount_to) > net(&before.currency, *from, *discount_from),
        Change::Held { held, .. } => *held,
        Change::Freight { from, to, .. } => to > from,
        _ => false,
    }
}

/// What a thousand units cost: fine enough to tell two net prices apart.
fn net(currency: &Currency, price: Money, discount: Rate) -> Option<Money> {
    currency.line_amount(price, Quantity::whole(1000), discount)
}
