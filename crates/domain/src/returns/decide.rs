//! From a command to a return to the events that follow.

use std::cell::Cell;

use crate::id::AccountId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::returns::{
    ConfirmRefund, CutLine, PassReturnReview, ReceiveReturnedGoods, RefundTarget, RefuseReturn, Return,
    ReturnAction, ReturnCommand, ReturnContext, ReturnEvent, ReturnFact, ReturnKind, ReturnRejection,
    ReturnStage, ReturnStatus, ReturnedGoods, VoidReturn, apply, return_capacity,
};

/// What follows from `command` on `subject`: at least one event, or the reason why not. Changes nothing by itself.
///
/// # Errors
/// A [`ReturnRejection`] when a rule of domain.md section 4 does not hold.
pub fn decide(
    subject: &Return,
    command: ReturnCommand,
    context: &ReturnContext<'_>,
) -> Result<Vec<ReturnEvent>, ReturnRejection> {
    let mut draft = Draft {
        subject: subject.clone(),
        events: Vec::new(),
        context: *context,
        stands_in_for: Cell::new(None),
    };
    match command {
        ReturnCommand::PassReview(body) => pass_review(&mut draft, body),
        ReturnCommand::Refuse(body) => refuse(&mut draft, &body),
        ReturnCommand::ReceiveGoods(body) => receive_goods(&mut draft, body),
        ReturnCommand::ConfirmRefund(body) => confirm_refund(&mut draft, body),
        ReturnCommand::Void(body) => void(&mut draft, &body),
    }?;
    Ok(draft.events)
}

/// A return while a command is decided on it.
struct Draft<'a> {
    subject: Return,
    events: Vec<ReturnEvent>,
    context: ReturnContext<'a>,
    /// In whose place the actor acts.
    stands_in_for: Cell<Option<AccountId>>,
}

impl Draft<'_> {
    fn allow(&self, action: ReturnAction) -> Result<(), ReturnRejection> {
        let ReturnContext { actor, workflow, .. } = self.context;
        self.stands_in_for
            .set(return_capacity(actor, action, &self.subject, workflow)?);
        Ok(())
    }

    /// Records a fact and makes it true.
    fn emit(&mut self, fact: ReturnFact) {
        let event = ReturnEvent {
            at: self.context.now,
            by: self.context.actor.account_id,
            stands_in_for: self.stands_in_for.get(),
            fact,
        };
        apply(&mut self.subject, &event);
        self.events.push(event);
    }

    fn move_to(&mut self, to: ReturnStatus) {
        let from = self.subject.status;
        self.emit(ReturnFact::StatusChanged { from, to });
    }

    /// Moves the return on after a stage, to the next that is on (domain.md section 4).
    ///
    /// Where goods come back and nobody confirms their receipt, they count as come back. Where nobody confirms the refund, it
    /// is booked at once to where it usually goes.
    fn advance(&mut self, after: ReturnStage) {
        if after < ReturnStage::GoodsReceipt && self.subject.kind == ReturnKind::Goods {
            if self.context.workflow.return_goods_receipt {
                return self.move_to(ReturnStatus::PendingGoodsReceipt);
            }
            let lines = self.subject.lines.iter().map(unseen).collect();
            self.emit(ReturnFact::GoodsArrived {
                warehouse_id: None,
                lines,
            });
        }
        if after < ReturnStage::Refund {
            if self.context.workflow.return_refund {
                return self.move_to(ReturnStatus::PendingRefund);
            }
            self.refund(RefundTarget::usual(self.context.policy));
        }
        self.move_to(ReturnStatus::Completed);
    }

    fn refund(&mut self, target: RefundTarget) {
        let amount = self.subject.total;
        if amount > Money::ZERO {
            self.emit(ReturnFact::Refunded { target, amount });
        }
    }
}

fn pass_review(draft: &mut Draft<'_>, body: PassReturnReview) -> Result<(), ReturnRejection> {
    draft.allow(ReturnAction::PassReview)?;
    let mut cuts: Vec<CutLine> = Vec::new();
    for review in body.lines {
        let line_id = review.line_id;
        let line = draft
            .subject
            .line(line_id)
            .ok_or(ReturnRejection::UnknownLine { line_id })?;
        if cuts.iter().any(|cut| cut.line_id == line_id) {
            return Err(ReturnRejection::DuplicateLine { line_id });
        }
        if review.quantity > line.requested {
            let maximum = line.requested;
            return Err(ReturnRejection::QuantityTooLarge { line_id, maximum });
        }
        if review.quantity < line.requested {
            cuts.push(CutLine {
                line_id,
                from: line.requested,
                to: review.quantity,
                reason: need_reason(&review.reason)?,
            });
        }
    }
    if !cuts.is_empty() {
        draft.emit(ReturnFact::QuantitiesCut { lines: cuts });
    }
    // To take nothing back is to refuse, which is a decision of its own.
    if draft.subject.lines.iter().all(|line| line.approved.is_zero()) {
        return Err(ReturnRejection::NoLines);
    }
    draft.emit(ReturnFact::StagePassed {
        stage: ReturnStage::Review,
        note: body.note,
    });
    draft.advance(ReturnStage::Review);
    Ok(())
}

fn refuse(draft: &mut Draft<'_>, body: &RefuseReturn) -> Result<(), ReturnRejection> {
    draft.allow(ReturnAction::Refuse)?;
    let reason = need_reason(&body.reason)?;
    draft.emit(ReturnFact::Refused { reason });
    draft.move_to(ReturnStatus::Refused);
    Ok(())
}

fn receive_goods(draft: &mut Draft<'_>, body: ReceiveReturnedGoods) -> Result<(), ReturnRejection> {
    draft.allow(ReturnAction::ReceiveGoods)?;
    let mut lines: Vec<ReturnedGoods> = draft.subject.lines.iter().map(unseen).collect();
    let mut named = std::collections::BTreeSet::new();
    for goods in body.lines {
        let line_id = goods.line_id;
        let line = lines
            .iter_mut()
            .find(|line| line.line_id == line_id)
            .ok_or(ReturnRejection::UnknownLine { line_id })?;
        if !named.insert(line_id) {
            return Err(ReturnRejection::DuplicateLine { line_id });
        }
        for (quantity, maximum) in [(goods.arrived, line.arrived), (goods.sellable, goods.arrived)] {
            if quantity > maximum {
                return Err(ReturnRejection::QuantityTooLarge { line_id, maximum });
            }
        }
        *line = goods;
    }
    if lines.iter().all(|line| line.arrived.is_zero()) {
        return Err(ReturnRejection::NothingArrived);
    }
    draft.emit(ReturnFact::GoodsArrived {
        warehouse_id: body.warehouse_id,
        lines,
    });
    draft.emit(ReturnFact::StagePassed {
        stage: ReturnStage::GoodsReceipt,
        note: body.note,
    });
    draft.advance(ReturnStage::GoodsReceipt);
    Ok(())
}

fn confirm_refund(draft: &mut Draft<'_>, body: ConfirmRefund) -> Result<(), ReturnRejection> {
    draft.allow(ReturnAction::Refund)?;
    let usual = RefundTarget::usual(draft.context.policy);
    draft.refund(body.target.unwrap_or(usual));
    draft.emit(ReturnFact::StagePassed {
        stage: ReturnStage::Refund,
        note: body.note,
    });
    draft.advance(ReturnStage::Refund);
    Ok(())
}

fn void(draft: &mut Draft<'_>, body: &VoidReturn) -> Result<(), ReturnRejection> {
    draft.allow(ReturnAction::Void)?;
    let reason = need_reason(&body.reason)?;
    draft.emit(ReturnFact::Voided { reason });
    draft.move_to(ReturnStatus::Voided);
    Ok(())
}

/// A line of which everything approved came back, as far as nobody says otherwise. What came back because something is wrong
/// with it is sold again only if somebody who has seen it says so.
fn unseen(line: &crate::returns::ReturnLine) -> ReturnedGoods {
    let quantity: Quantity = line.approved;
    ReturnedGoods {
        line_id: line.line_id,
        arrived: quantity,
        sellable: if line.reason.is_about_condition() {
            Quantity::ZERO
        } else {
            quantity
        },
    }
}

/// The reason in it, if there is one.
fn need_reason(reason: &str) -> Result<String, ReturnRejection> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(ReturnRejection::ReasonMissing)
    } else {
        Ok(reason.to_owned())
    }
}
