//! Money before goods: executive approval (rule 7) and finance review (rule 8).

use crate::customer::PaymentPolicy;
use crate::money::Money;
use crate::order::decide::{Draft, need_reason};
use crate::order::{Fact, PassFinanceReview, PassStage, Rejection};
use crate::policy::Action;
use crate::workflow::Stage;

pub(super) fn approve(draft: &mut Draft<'_>, body: PassStage) -> Result<(), Rejection> {
    draft.allow(Action::PassExecutiveApproval)?;
    draft.pass(Stage::ExecutiveApproval, body.note, false)
}

pub(super) fn pass(draft: &mut Draft<'_>, body: PassFinanceReview) -> Result<(), Rejection> {
    draft.allow(Action::PassFinanceReview)?;
    match &draft.context.facts.policy {
        PaymentPolicy::Prepaid | PaymentPolicy::Deposit { .. } => check_paid(draft)?,
        PaymentPolicy::Credit { limit: None, .. } => return Err(Rejection::CreditNotAllowed),
        PaymentPolicy::Credit { limit: Some(_), .. } => {
            if let Err(exceeded) = check_credit(draft) {
                let (Rejection::CreditExceeded { over_by, .. }, Some(reason)) =
                    (&exceeded, body.override_reason)
                else {
                    return Err(exceeded);
                };
                let over_by = *over_by;
                draft.allow(Action::OverrideCredit)?;
                let reason = need_reason(&reason)?;
                draft.emit(Fact::CreditOverridden { over_by, reason });
            }
        }
    }
    draft.pass(Stage::FinanceReview, body.note, false)
}

/// What a customer on credit owes with this order stays within the limit (rule 8), whoever raised the order since.
pub(super) fn check_credit(draft: &Draft<'_>) -> Result<(), Rejection> {
    let PaymentPolicy::Credit {
        limit: Some(limit), ..
    } = draft.context.facts.policy
    else {
        return Ok(());
    };
    let exposure = draft.context.facts.exposure + draft.order.total;
    if exposure <= limit {
        return Ok(());
    }
    Err(Rejection::CreditExceeded {
        limit,
        exposure,
        over_by: exposure - limit,
    })
}

/// Before goods are made or leave: a prepaid order is paid, of a deposit order the deposit (rule 8).
///
/// Asked by the finance review and again by shipping, so that switching the finance review off does not let goods leave
/// unpaid.
pub(super) fn check_paid(draft: &Draft<'_>) -> Result<(), Rejection> {
    let total = draft.order.total;
    let due = match &draft.context.facts.policy {
        PaymentPolicy::Prepaid => total,
        PaymentPolicy::Deposit { share, .. } => {
            let due = total.0.checked_mul(share.get()).ok_or(Rejection::AmountInvalid)?;
            draft.order.currency.round(due)
        }
        PaymentPolicy::Credit { .. } => Money::ZERO,
    };
    let paid = draft.context.facts.paid;
    if paid >= due {
        Ok(())
    } else {
        Err(Rejection::PaymentMissing { due, paid })
    }
}

/// A deposit is due before production and outbound (rule 8), also where no finance review has asked for it.
pub(super) fn check_deposit(draft: &Draft<'_>) -> Result<(), Rejection> {
    match draft.context.facts.policy {
        PaymentPolicy::Deposit { .. } => check_paid(draft),
        PaymentPolicy::Prepaid | PaymentPolicy::Credit { .. } => Ok(()),
    }
}
