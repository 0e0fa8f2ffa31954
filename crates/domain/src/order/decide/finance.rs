//! Money before goods: executive approval (rule 7) and finance review (rule 8).

use crate::customer::PaymentPolicy;
use crate::order::decide::{Draft, need_reason};
use crate::order::{Fact, Funding, PassFinanceReview, PassStage, Rejection};
use crate::policy::Action;
use crate::workflow::Stage;

pub(super) fn approve(draft: &mut Draft<'_>, body: PassStage) -> Result<(), Rejection> {
    draft.allow(Action::PassExecutiveApproval)?;
    draft.pass(Stage::ExecutiveApproval, body.note, false)
}

pub(super) fn pass(draft: &mut Draft<'_>, body: PassFinanceReview) -> Result<(), Rejection> {
    draft.allow(Action::PassFinanceReview)?;
    match (funding(draft)?.check(), body.override_reason) {
        (Ok(()), _) => {}
        (Err(Rejection::CreditExceeded { over_by, .. }), Some(reason)) => {
            draft.allow(Action::OverrideCredit)?;
            let reason = need_reason(&reason)?;
            draft.emit(Fact::CreditOverridden { over_by, reason });
        }
        (Err(refusal), _) => return Err(refusal),
    }
    draft.pass(Stage::FinanceReview, body.note, false)
}

/// What a customer on credit owes with this order stays within the limit (rule 8), whoever raised the order since.
pub(super) fn check_credit(draft: &Draft<'_>) -> Result<(), Rejection> {
    match funding(draft)? {
        credit @ Funding::OnAccount(_) => credit.check(),
        Funding::Ahead { .. } | Funding::NoCredit => Ok(()),
    }
}

/// Before goods are made or leave: a prepaid order is paid, of a deposit order the deposit (rule 8).
///
/// Asked by the finance review and again by shipping, so that switching the finance review off does not let goods leave
/// unpaid.
pub(super) fn check_paid(draft: &Draft<'_>) -> Result<(), Rejection> {
    match funding(draft)? {
        ahead @ Funding::Ahead { .. } => ahead.check(),
        Funding::OnAccount(_) | Funding::NoCredit => Ok(()),
    }
}

/// A deposit is due before production and outbound (rule 8), also where no finance review has asked for it.
pub(super) fn check_deposit(draft: &Draft<'_>) -> Result<(), Rejection> {
    match draft.context.facts.policy {
        PaymentPolicy::Deposit { .. } => check_paid(draft),
        PaymentPolicy::Prepaid | PaymentPolicy::Credit { .. } => Ok(()),
    }
}

fn funding(draft: &Draft<'_>) -> Result<Funding, Rejection> {
    let facts = draft.context.facts;
    Funding::of(&draft.order, &facts.policy, facts.paid, facts.exposure)
}
