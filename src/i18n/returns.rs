//! Returns in words: where they stand, why goods come back, and why something may not be done.

use countersign_domain::id::LineId;
use countersign_domain::returns::{
    RefundTarget, ReturnDenyReason, ReturnReason, ReturnRejection, ReturnStage, ReturnStatus,
};

use crate::i18n::{format, labels};
use crate::text;

/// Where a return stands: 待退货入库.
pub fn status(status: ReturnStatus) -> String {
    match status {
        ReturnStatus::PendingReturnReview => text!(returns.status.pending_return_review),
        ReturnStatus::PendingGoodsReceipt => text!(returns.status.pending_goods_receipt),
        ReturnStatus::PendingRefund => text!(returns.status.pending_refund),
        ReturnStatus::Completed => text!(returns.status.completed),
        ReturnStatus::Refused => text!(returns.status.refused),
        ReturnStatus::Voided => text!(returns.status.voided),
    }
}

/// A stage of a return: 退货入库.
pub fn stage(stage: ReturnStage) -> String {
    match stage {
        ReturnStage::Review => text!(returns.stage.review),
        ReturnStage::GoodsReceipt => text!(returns.stage.goods_receipt),
        ReturnStage::Refund => text!(returns.stage.refund),
    }
}

/// Why something comes back.
pub fn reason(reason: ReturnReason) -> String {
    match reason {
        ReturnReason::Quality => text!(returns.reason.quality),
        ReturnReason::Damaged => text!(returns.reason.damaged),
        ReturnReason::Short => text!(returns.reason.short),
        ReturnReason::ShortAndDamaged => text!(returns.reason.short_and_damaged),
        ReturnReason::WrongGoods => text!(returns.reason.wrong_goods),
        ReturnReason::Expired => text!(returns.reason.expired),
        ReturnReason::OrderedByMistake => text!(returns.reason.ordered_by_mistake),
        ReturnReason::Unsold => text!(returns.reason.unsold),
        ReturnReason::Other => text!(returns.reason.other),
    }
}

/// Where a refund goes.
pub fn target(target: RefundTarget) -> String {
    match target {
        RefundTarget::PrepayAccount => text!(returns.target.prepay_account),
        RefundTarget::Receivable => text!(returns.target.receivable),
    }
}

/// Why an action on a return is refused.
pub fn deny(reason: &ReturnDenyReason) -> String {
    match reason {
        ReturnDenyReason::Unknown => text!(returns.deny.unknown),
        ReturnDenyReason::OutsideYourRegions => text!(delegations.deny_region),
        ReturnDenyReason::NeedsPermission { permission } => {
            text!(
                returns.deny.needs_permission,
                permission = labels::permission(*permission)
            )
        }
        ReturnDenyReason::OnlyCustomer => text!(returns.deny.only_customer),
        ReturnDenyReason::OnlySupplier => text!(returns.deny.only_supplier),
        ReturnDenyReason::WaitsAt { stage: at } => text!(returns.deny.waits_at, stage = stage(*at)),
        ReturnDenyReason::WrongStatus { status: now } => {
            text!(returns.deny.wrong_status, status = status(*now))
        }
        ReturnDenyReason::CreatedByYourself => text!(returns.deny.created_by_yourself),
        ReturnDenyReason::PassedAnotherStage { stage: passed } => {
            text!(returns.deny.passed_another_stage, stage = stage(*passed))
        }
    }
}

/// Why a return or a command to one was not accepted; `name` gives lines their names.
pub fn rejection(rejection: &ReturnRejection, name: impl Fn(LineId) -> Option<String>) -> String {
    let line = |id: &LineId| name(*id).unwrap_or_else(|| text!(returns.rejection.a_line));
    match rejection {
        ReturnRejection::Denied { reason } => deny(reason),
        ReturnRejection::NoLines => text!(returns.rejection.no_lines),
        ReturnRejection::ReasonMissing => text!(returns.rejection.reason_missing),
        ReturnRejection::NoteMissing { line_id } => {
            text!(returns.rejection.note_missing, line = line(line_id))
        }
        ReturnRejection::UnknownLine { .. } => text!(returns.rejection.unknown_line),
        ReturnRejection::DuplicateLine { line_id } => {
            text!(returns.rejection.duplicate_line, line = line(line_id))
        }
        ReturnRejection::QuantityZero { line_id } => {
            text!(returns.rejection.nothing_of_line, line = line(line_id))
        }
        ReturnRejection::QuantityTooLarge { line_id, maximum } => text!(
            returns.rejection.quantity_too_large,
            line = line(line_id),
            maximum = format::quantity(*maximum)
        ),
        ReturnRejection::UnknownShipment { .. } => text!(returns.rejection.unknown_shipment),
        ReturnRejection::NothingArrived => text!(returns.rejection.nothing_arrived),
    }
}
