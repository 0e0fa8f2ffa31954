//! A sent-back order as it was mended: what is submitted again.

use chrono::NaiveDate;
use countersign_contract::order::{HistoryKind, OrderDetail};
use countersign_contract::submission::{SeenOrder, Submission, SubmissionChange, SubmissionLine};
use countersign_domain::id::{AccountId, LineId};
use countersign_domain::money::Money;
use countersign_domain::order::{Order, OrderLine};

use crate::order_view::input::{self, InputError};

/// What was typed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MendedLine {
    /// How many.
    pub quantity: String,
    /// The price this person has seen: the order's, until the server says another and it is agreed to.
    pub seen_price: Money,
    /// Taken out.
    pub removed: bool,
}

impl MendedLine {
    /// A line as it was ordered.
    pub fn of(line: &OrderLine) -> Self {
        Self {
            quantity: line.ordered.to_string(),
            seen_price: line.price,
            removed: false,
        }
    }

    /// The line to submit; nothing where it was taken out.
    ///
    /// # Errors
    /// What is wrong with the quantity.
    pub fn read(&self, line: &OrderLine) -> Result<Option<SubmissionLine>, InputError> {
        if self.removed {
            return Ok(None);
        }
        let quantity = input::quantity(&self.quantity, None)?;
        if quantity.is_zero() {
            return Err(InputError::Missing);
        }
        Ok(Some(SubmissionLine {
            id: line.id,
            variant_id: line.variant_id,
            quantity,
            seen_price: self.seen_price,
            note: line.note.clone(),
        }))
    }
}

/// The revision of the draft that comes next: the first was the order's submission, each resubmission took one, and so did
/// each attempt that the server has definitely refused.
pub fn next_revision(detail: &OrderDetail, refused: u32) -> u32 {
    let again = detail
        .history
        .iter()
        .filter(|entry| entry.kind == HistoryKind::Resubmitted)
        .count();
    u32::try_from(again)
        .unwrap_or(u32::MAX)
        .saturating_add(refused)
        .saturating_add(2)
}

/// The mended order as it is submitted.
pub fn submission(
    order: &Order,
    owner: AccountId,
    rev: u32,
    lines: Vec<SubmissionLine>,
    wanted_date: Option<NaiveDate>,
    note: &str,
    seen: Option<SeenOrder>,
) -> Submission {
    Submission {
        draft_id: order.draft_id,
        rev,
        owner,
        lines,
        address_id: order.address.id,
        wanted_date,
        delivery_method: order.delivery_method.as_ref().map(|method| method.id),
        priority: order.priority,
        note: note.trim().to_owned(),
        seen,
        copy_version: None,
        attachments: Vec::new(),
        customer_id: None,
    }
}

/// What this person has seen of the order as a whole, where promotions are in it: they may be over. Of any other order the
/// lines say everything, and a promotion that came since takes nothing from anybody.
pub fn seen_whole(order: &Order) -> Option<SeenOrder> {
    (!order.promotions.is_empty()).then(|| SeenOrder {
        total: order.total,
        gifts: order.gifts(),
    })
}

/// What the server now says of the order as a whole, where it does.
pub fn new_whole(changes: &[SubmissionChange]) -> Option<(&SeenOrder, &SeenOrder)> {
    changes.iter().find_map(|change| match change {
        SubmissionChange::Order { seen, now, .. } => Some((seen, now)),
        _ => None,
    })
}

/// The price of a line that the server now names, where it does.
pub fn new_price(changes: &[SubmissionChange], line: LineId) -> Option<Money> {
    changes.iter().find_map(|change| match change {
        SubmissionChange::Price { line_id, now, .. } if *line_id == line => Some(*now),
        _ => None,
    })
}

/// Whether a line is not to be had any more.
pub fn is_unavailable(changes: &[SubmissionChange], line: LineId) -> bool {
    changes
        .iter()
        .any(|change| matches!(change, SubmissionChange::Unavailable { line_id } if *line_id == line))
}

#[cfg(test)]
mod tests {
    use countersign_contract::order::HistoryEntry;
    use countersign_domain::order::OrderStatus;
    use countersign_domain::quantity::Quantity;

    use super::*;
    use crate::order_view::sample;

    fn line() -> OrderLine {
        sample::line(1, 60, Money::new(3120, 2))
    }

    #[test]
    fn a_line_is_submitted_as_it_stands_unless_it_is_mended_or_taken_out() {
        let mut mended = MendedLine::of(&line());
        let submitted = mended.read(&line()).expect("nothing is wrong").expect("it stays");
        assert_eq!(submitted.quantity, Quantity::whole(60));
        assert_eq!(submitted.seen_price, Money::new(3120, 2));
        mended.quantity = "0".to_owned();
        assert_eq!(mended.read(&line()), Err(InputError::Missing));
        mended.removed = true;
        assert_eq!(mended.read(&line()), Ok(None));
    }

    #[test]
    fn every_submission_of_a_draft_has_a_revision_of_its_own() {
        let order = sample::order(OrderStatus::SentBack);
        let customer = sample::summary(order.status).customer;
        let mut detail = OrderDetail {
            order,
            customer,
            card: None,
            stock: Vec::new(),
            usual_promise: None,
            paid: Money::ZERO,
            history: Vec::new(),
            rating: None,
            attachments: Vec::new(),
        };
        assert_eq!(next_revision(&detail, 0), 2);
        assert_eq!(next_revision(&detail, 1), 3);
        detail.history.push(HistoryEntry {
            at: sample::morning(),
            by: None,
            kind: HistoryKind::Resubmitted,
            stage: None,
            from: None,
            to: None,
            reason: String::new(),
            changes: Vec::new(),
            waiting_before: 0,
            stars: None,
        });
        assert_eq!(next_revision(&detail, 0), 3);
    }

    #[test]
    fn what_the_server_says_of_a_line_is_found() {
        let line = line();
        let changes = [SubmissionChange::Price {
            line_id: line.id,
            seen: line.price,
            now: Money::new(3200, 2),
            reasons: Vec::new(),
        }];
        assert_eq!(new_price(&changes, line.id), Some(Money::new(3200, 2)));
        assert!(!is_unavailable(&changes, line.id));
    }
}
