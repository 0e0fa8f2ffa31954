//! Submitting an imported order as its customer would (protocol.md, Submitting an order exactly once).

use countersign_contract::account::GetAccount;
use countersign_contract::submission::{Submission, SubmissionChange, SubmissionLine, SubmitOrder};
use countersign_contract::{Problem, ProblemKind};
use countersign_domain::id::OrderId;
use countersign_domain::order::Priority;

use super::client::{Guarded, Person, to_bytes};
use super::error::ReplayError;
use super::plan::PlannedOrder;
use crate::digest::sha256_hex;

/// Most revisions of a submission: prices don't change that often while one order is submitted.
const REVISIONS: u32 = 5;

/// Submits `order`, or finds the order it became before.
pub(super) async fn submit(order: &PlannedOrder, customer: &Person) -> Result<OrderId, ReplayError> {
    let account = customer.get::<GetAccount>("reading the account", &()).await?;
    let address = account.addresses.first().ok_or(ReplayError::NoAddress)?;
    let mut submission = Submission {
        draft_id: order.draft_id,
        rev: 1,
        owner: customer.session.actor.account_id,
        lines: lines(order),
        address_id: address.id,
        wanted_date: None,
        delivery_method: None,
        priority: Priority::Normal,
        note: note(order),
        seen: None,
        copy_version: None,
        attachments: Vec::new(),
        customer_id: None,
    };
    loop {
        let bytes = to_bytes(&submission)?;
        let fingerprint = sha256_hex(&bytes);
        let key = Guarded {
            key: format!("{}.{}", submission.draft_id, submission.rev),
            version: None,
        };
        match customer.send::<SubmitOrder>(&(), bytes, key).await? {
            Ok(accepted) => {
                let ours = (accepted.draft_id, accepted.rev) == (submission.draft_id, submission.rev)
                    && accepted.fingerprint == fingerprint;
                return if ours {
                    Ok(accepted.order_id)
                } else {
                    Err(ReplayError::NotAcknowledged)
                };
            }
            Err(problem) => {
                if let Some(found) = next(&mut submission, problem)? {
                    return Ok(found);
                }
            }
        }
    }
}

/// What follows from a refusal: the order that is there already, or a new revision to send.
fn next(submission: &mut Submission, problem: Box<Problem>) -> Result<Option<OrderId>, ReplayError> {
    match &problem.kind {
        ProblemKind::AlreadyOrdered { order_id } => return Ok(Some(*order_id)),
        // Sent before with other prices.
        ProblemKind::KeyReused if submission.rev < REVISIONS => {}
        ProblemKind::SubmissionChanged { changes } if submission.rev < REVISIONS => {
            for change in changes {
                let SubmissionChange::Price { line_id, now, .. } = change else {
                    return Err(ReplayError::Refused("the submission", problem));
                };
                for line in submission.lines.iter_mut().filter(|line| line.id == *line_id) {
                    line.seen_price = *now;
                }
            }
        }
        _ => return Err(ReplayError::Refused("the submission", problem)),
    }
    submission.rev += 1;
    Ok(None)
}

fn lines(order: &PlannedOrder) -> Vec<SubmissionLine> {
    let line = |line: &super::plan::PlannedLine| SubmissionLine {
        id: line.id,
        variant_id: line.variant_id,
        quantity: line.quantity,
        seen_price: line.seen_price,
        note: String::new(),
    };
    order.lines.iter().map(line).collect()
}

/// What the order says of where it comes from.
fn note(order: &PlannedOrder) -> String {
    match order.ordered_on {
        Some(day) => format!("{} / {day}", order.code),
        None => order.code.clone(),
    }
}
