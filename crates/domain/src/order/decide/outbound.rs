//! The outbound review (rule 9): reserve stock line by line, decide about shortages, check twice where that is on.

use std::collections::BTreeMap;

use crate::id::LineId;
use crate::order::decide::stock::{FreeStock, reserve};
use crate::order::decide::{Draft, finance, goods, need_reason};
use crate::order::{
    ClosedLine, Fact, OrderLine, OrderStatus, OutboundLine, PassOutboundReview, Rejection, Reservation,
    ShortageChoice,
};
use crate::policy::Action;
use crate::quantity::Quantity;
use crate::workflow::Stage;

pub(super) fn pass(draft: &mut Draft<'_>, body: &PassOutboundReview) -> Result<(), Rejection> {
    draft.allow(Action::PassOutboundReview)?;
    finance::check_deposit(draft)?;
    let at_review = draft.order.status == OrderStatus::PendingOutboundReview;
    let mut free = FreeStock::new(draft);
    let mut named: BTreeMap<LineId, &OutboundLine> = BTreeMap::new();
    for line in &body.lines {
        let line_id = line.line_id;
        draft
            .order
            .line(line_id)
            .ok_or(Rejection::UnknownLine { line_id })?;
        if named.insert(line_id, line).is_some() {
            return Err(Rejection::DuplicateLine { line_id });
        }
    }
    let lines: Vec<OrderLine> = draft.order.lines.clone();
    let agreed = draft.order.total;
    for line in &lines {
        match named.get(&line.id) {
            Some(outbound) => reserve_named(draft, &mut free, line, outbound)?,
            None => reserve_default(draft, &mut free, line, at_review)?,
        }
    }
    if draft.order.total > agreed && !draft.order.over_limit {
        // A dearer item came in the place of another after the finance review had looked at the limit.
        finance::check_credit(draft)?;
    }
    if !draft.order.has_remaining() && draft.order.shipments.is_empty() {
        // Every line was closed: an order of nothing is void.
        return Err(Rejection::NoLines);
    }
    if !at_review {
        if draft.events.is_empty() {
            return Err(Rejection::NothingToDo);
        }
        // Stock came for a line that waited. Where the rest was closed instead, nothing may be left to ship.
        if !draft.order.has_remaining() {
            goods::settle(draft);
        }
        return Ok(());
    }
    if draft.order.lines.iter().all(|line| line.reserved.is_empty()) && draft.order.has_remaining() {
        return Err(Rejection::NothingToDo);
    }
    // Stock that comes later for lines that waited is not checked twice: the order was.
    // What the second person decides anew is looked at by another one again.
    let decides = draft.events.iter().any(|event| {
        matches!(
            event.fact,
            Fact::ShortageDecided { .. } | Fact::SubstituteAdded { .. } | Fact::LinesClosed { .. }
        )
    });
    if draft.context.workflow.second_check && (draft.order.first_check.is_none() || decides) {
        draft.emit(Fact::FirstCheckDone);
        return Ok(());
    }
    draft.pass(Stage::OutboundReview, body.note.clone(), false)
}

fn reserve_default(
    draft: &mut Draft<'_>,
    free: &mut FreeStock,
    line: &OrderLine,
    at_review: bool,
) -> Result<(), Rejection> {
    let wanted = line.unreserved();
    if wanted.is_zero() {
        return Ok(());
    }
    let decided = line.shortage.is_some();
    let warehouse = draft.context.facts.default_warehouse;
    let available = warehouse.map_or(Quantity::ZERO, |warehouse| free.of(line, warehouse));
    if available < wanted && at_review && !decided {
        return Err(Rejection::ShortageUndecided { line_id: line.id });
    }
    if let Some(warehouse) = warehouse {
        reserve(draft, free, line, warehouse, wanted.min(available));
    }
    Ok(())
}

fn reserve_named(
    draft: &mut Draft<'_>,
    free: &mut FreeStock,
    line: &OrderLine,
    outbound: &OutboundLine,
) -> Result<(), Rejection> {
    let line_id = line.id;
    let wanted = line.unreserved();
    let mut rest = wanted;
    let first = Reservation {
        warehouse_id: outbound.warehouse_id,
        quantity: outbound.quantity,
    };
    for part in std::iter::once(&first).chain(&outbound.elsewhere) {
        if part.quantity > rest {
            return Err(Rejection::QuantityTooLarge {
                line_id,
                maximum: wanted,
            });
        }
        let available = free.of(line, part.warehouse_id);
        if part.quantity > available {
            return Err(Rejection::StockShort {
                line_id,
                warehouse_id: Some(part.warehouse_id),
                available,
            });
        }
        reserve(draft, free, line, part.warehouse_id, part.quantity);
        rest = rest.minus(part.quantity);
    }
    if rest.is_zero() {
        return Ok(());
    }
    let choice = outbound.shortage.clone().or_else(|| line.shortage.clone());
    let Some(choice) = choice else {
        return Err(Rejection::ShortageUndecided { line_id });
    };
    let reason = match &choice {
        ShortageChoice::Wait => None,
        ShortageChoice::ShipShort { consent } => Some(need_reason(consent)?),
        ShortageChoice::Close { reason } => Some(need_reason(reason)?),
        ShortageChoice::Substitute {
            line_id: substitute,
            reason,
        } => {
            let reason = need_reason(reason)?;
            add_substitute(draft, free, (line, rest), outbound, *substitute)?;
            Some(reason)
        }
    };
    if line.shortage.as_ref() != Some(&choice) {
        draft.emit(Fact::ShortageDecided { line_id, choice });
    }
    if let Some(reason) = reason {
        draft.emit(Fact::LinesClosed {
            lines: vec![ClosedLine {
                line_id,
                quantity: rest,
            }],
            reason,
        });
    }
    Ok(())
}

fn add_substitute(
    draft: &mut Draft<'_>,
    free: &mut FreeStock,
    (line, rest): (&OrderLine, Quantity),
    outbound: &OutboundLine,
    id: LineId,
) -> Result<(), Rejection> {
    let missing = Rejection::UnknownLine { line_id: id };
    let substitute = outbound
        .substitute
        .clone()
        .filter(|new| new.id == id)
        .ok_or(missing)?;
    if draft.order.line(id).is_some() {
        return Err(Rejection::DuplicateLine { line_id: id });
    }
    let amount =
        draft
            .order
            .currency
            .line_amount(substitute.price, substitute.quantity, crate::money::Rate::ZERO);
    if substitute.quantity.is_zero() || substitute.price.is_negative() || amount.is_none() {
        return Err(Rejection::AmountInvalid);
    }
    // In the place of what is short, not beyond it: at most up to the end of the pack that begins within it.
    let short = rest.times(line.unit.factor);
    if substitute.quantity.times(substitute.unit.factor) >= short + substitute.unit.factor {
        return Err(Rejection::QuantityTooLarge {
            line_id: line.id,
            maximum: line.unit.convert(rest, &substitute.unit),
        });
    }
    draft.emit(Fact::SubstituteAdded {
        for_line_id: line.id,
        line: Box::new(substitute),
    });
    let Some(added) = draft.order.line(id).cloned() else {
        return Ok(());
    };
    let available = free.of(&added, outbound.warehouse_id);
    if available < added.approved {
        return Err(Rejection::StockShort {
            line_id: id,
            warehouse_id: Some(outbound.warehouse_id),
            available,
        });
    }
    reserve(draft, free, &added, outbound.warehouse_id, added.approved);
    Ok(())
}
