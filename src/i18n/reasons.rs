//! Why something may not be done, in words: the policy's reasons and the rules' rejections.

use countersign_domain::id::LineId;
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::{Order, Rejection};
use countersign_domain::policy::DenyReason;
use countersign_domain::quantity::{BreachKind, Quantity, QuantityBreach};

use crate::i18n::{format, labels, local};
use crate::text;

/// Why an action is refused (domain.md section 2). Tracks the language.
pub fn deny(reason: &DenyReason) -> String {
    match reason {
        DenyReason::Unknown => text!(reasons.deny.unknown),
        DenyReason::OutsideYourRegions => text!(delegations.deny_region),
        DenyReason::NeedsPermission { permission } => {
            text!(
                reasons.deny.needs_permission,
                permission = labels::permission(*permission)
            )
        }
        DenyReason::OnlyCustomer => text!(reasons.deny.only_customer),
        DenyReason::OnlySupplier => text!(reasons.deny.only_supplier),
        DenyReason::OnlySystem => text!(reasons.deny.only_system),
        DenyReason::WaitsAt { stage } => text!(reasons.deny.waits_at, stage = labels::stage(*stage)),
        DenyReason::WrongStatus { status } => {
            text!(reasons.deny.wrong_status, status = labels::status(*status))
        }
        DenyReason::CreatedByYourself => text!(reasons.deny.created_by_yourself),
        DenyReason::PassedAnotherStage { stage } => {
            text!(reasons.deny.passed_another_stage, stage = labels::stage(*stage))
        }
        DenyReason::SecondCheckNeedsAnother => text!(reasons.deny.second_check_needs_another),
        DenyReason::AlreadyShipped => text!(reasons.deny.already_shipped),
        DenyReason::AlreadyReviewed => text!(reasons.deny.already_reviewed),
        DenyReason::NotReviewedYet => text!(reasons.deny.not_reviewed_yet),
        DenyReason::NothingShipped => text!(reasons.deny.nothing_shipped),
        DenyReason::ChangeRequestWaiting => text!(reasons.deny.change_request_waiting),
        DenyReason::NoChangeRequest => text!(reasons.deny.no_change_request),
        DenyReason::OwnChangeRequest => text!(reasons.deny.own_change_request),
    }
}

/// Why a command was not accepted. With the order it was meant for, lines have names and amounts a currency.
pub fn rejection(rejection: &Rejection, order: Option<&Order>) -> String {
    let line = |id: &LineId| line_name(order, *id);
    let money = |amount: Money| match order {
        Some(order) => format::money(amount, &order.currency),
        None => format::money(amount, &Currency::default()),
    };
    match rejection {
        Rejection::Denied { reason } => deny(reason),
        Rejection::NoLines => text!(reasons.rejection.no_lines),
        Rejection::ReasonMissing => text!(reasons.rejection.reason_missing),
        Rejection::UnknownLine { .. } => text!(reasons.rejection.unknown_line),
        Rejection::DuplicateLine { line_id } => {
            text!(reasons.rejection.duplicate_line, line = line(line_id))
        }
        Rejection::QuantityInvalid { line_id, breach: how } => breach(how, line(line_id)),
        Rejection::QuantityTooLarge { line_id, maximum } => text!(
            reasons.rejection.too_large,
            line = line(line_id),
            maximum = format::quantity(*maximum)
        ),
        Rejection::AmountInvalid => text!(reasons.rejection.amount_invalid),
        Rejection::DateInPast => text!(reasons.rejection.date_in_past),
        Rejection::PaymentMissing { due, paid } => {
            text!(
                reasons.rejection.payment_missing,
                due = money(*due),
                paid = money(*paid)
            )
        }
        Rejection::CreditNotAllowed => text!(reasons.rejection.credit_not_allowed),
        Rejection::CreditExceeded {
            limit,
            exposure,
            over_by,
        } => text!(
            reasons.rejection.credit_exceeded,
            limit = money(*limit),
            exposure = money(*exposure),
            over_by = money(*over_by)
        ),
        Rejection::StockShort {
            line_id, available, ..
        } => text!(
            reasons.rejection.stock_short,
            line = line(line_id),
            available = format::quantity(*available)
        ),
        Rejection::ShortageUndecided { line_id } => {
            text!(reasons.rejection.shortage_undecided, line = line(line_id))
        }
        Rejection::ProductionUnfinished { line_id } => {
            text!(reasons.rejection.production_unfinished, line = line(line_id))
        }
        Rejection::NothingToDo => text!(reasons.rejection.nothing_to_do),
        Rejection::UnknownShipment { .. } => text!(reasons.rejection.unknown_shipment),
        Rejection::DuplicateShipment { .. } => text!(reasons.rejection.duplicate_shipment),
        Rejection::AlreadyReceived { .. } => text!(reasons.rejection.already_received),
        Rejection::ReceiptMismatch { line_id, shipped } => text!(
            reasons.rejection.receipt_mismatch,
            line = line(line_id),
            shipped = format::quantity(*shipped)
        ),
        Rejection::ClaimIdMissing => text!(reasons.rejection.claim_id_missing),
        Rejection::NothingToClaim { line_id } => {
            text!(reasons.rejection.nothing_to_claim, line = line(line_id))
        }
        Rejection::CarrierMissing => text!(reasons.rejection.carrier_missing),
        Rejection::NotDue => text!(reasons.rejection.not_due),
        Rejection::NoChangeRequest => deny(&DenyReason::NoChangeRequest),
        Rejection::ChangeRequestWaiting => deny(&DenyReason::ChangeRequestWaiting),
        Rejection::NothingChanged => text!(reasons.rejection.nothing_changed),
        Rejection::PromisedDateMissing => text!(reasons.rejection.promised_date_missing),
        Rejection::WrongStatus { status } => deny(&DenyReason::WrongStatus { status: *status }),
    }
}

/// How a quantity breaks its rule, with the nearest valid ones; `line` names what it is a quantity of.
pub fn breach(breach: &QuantityBreach, line: String) -> String {
    let bound = format::quantity(breach.bound);
    let nearest = nearest(breach.below, breach.above);
    match breach.kind {
        BreachKind::Zero => text!(reasons.rejection.breach_nothing, line = line),
        BreachKind::Minimum => text!(
            reasons.rejection.breach_minimum,
            line = line,
            bound = bound,
            nearest = nearest
        ),
        BreachKind::Multiple => text!(
            reasons.rejection.breach_multiple,
            line = line,
            bound = bound,
            nearest = nearest
        ),
        BreachKind::Maximum => match breach.others {
            Some(others) => text!(
                reasons.rejection.breach_together,
                line = line,
                bound = bound,
                others = format::quantity(others),
                nearest = nearest
            ),
            None => text!(
                reasons.rejection.breach_maximum,
                line = line,
                bound = bound,
                nearest = nearest
            ),
        },
    }
}

fn nearest(below: Option<Quantity>, above: Option<Quantity>) -> String {
    let choices = match (below, above) {
        (Some(below), Some(above)) => text!(
            reasons.rejection.nearest_both,
            below = format::quantity(below),
            above = format::quantity(above)
        ),
        (Some(only), None) | (None, Some(only)) => format::quantity(only),
        (None, None) => return String::new(),
    };
    text!(reasons.rejection.nearest, choices = choices)
}

fn line_name(order: Option<&Order>, id: LineId) -> String {
    order
        .and_then(|order| order.line(id))
        .map_or_else(|| text!(reasons.a_line), |line| local(&line.name))
}
