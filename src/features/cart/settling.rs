//! Settling what differs from what the customer saw: each difference by itself, so that nothing is agreed to unseen.

use countersign_contract::submission::SubmissionChange;
use countersign_domain::id::LineId;

use crate::offline::draft::{Draft, line_of};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    /// The price of a line.
    Price,
    /// Whether a line is to be had.
    Goods,
    /// Whether a line's quantity is valid.
    Quantity,
    /// The order as a whole.
    Order,
}

/// Tells the differences of one order apart: a line may have another price and an invalid quantity at once.
pub fn key(change: &SubmissionChange) -> (Option<LineId>, About) {
    let about = match change {
        SubmissionChange::Price { .. } => About::Price,
        SubmissionChange::Unavailable { .. } => About::Goods,
        SubmissionChange::Quantity { .. } => About::Quantity,
        SubmissionChange::Order { .. } => About::Order,
    };
    (line_of(change), about)
}

/// The customer has settled this one difference; the others of the same line stay.
pub fn settle(draft: &mut Draft, settled: (Option<LineId>, About)) {
    if let Some(changes) = &mut draft.refused {
        changes.retain(|change| key(change) != settled);
    }
}

/// The customer does without this line.
pub fn leave_out(draft: &mut Draft, line: LineId) {
    draft.remove(line);
    // Another tab or device may have taken the line out before: nothing is left to decide then either.
    draft.settle(line);
}

/// The customer has agreed to everything that can be agreed to at once: prices, and that what is gone is left out. A
/// quantity is the customer's to choose.
pub fn settle_all(draft: &mut Draft) {
    for change in draft.refused.clone().unwrap_or_default() {
        match change {
            SubmissionChange::Price { .. } | SubmissionChange::Order { .. } => settle(draft, key(&change)),
            SubmissionChange::Unavailable { line_id } => leave_out(draft, line_id),
            SubmissionChange::Quantity { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use countersign_contract::submission::SubmissionChange;
    use countersign_domain::id::{DraftId, LineId};
    use countersign_domain::money::Money;
    use countersign_domain::quantity::{Quantity, QuantityRule};
    use uuid::Uuid;

    use super::{About, key, settle, settle_all};
    use crate::offline::draft::Draft;

    fn line(number: u128) -> LineId {
        LineId(Uuid::from_u128(number))
    }

    fn price(number: u128) -> SubmissionChange {
        SubmissionChange::Price {
            line_id: line(number),
            seen: Money::new(100, 2),
            now: Money::new(200, 2),
            reasons: Vec::new(),
        }
    }

    fn quantity(number: u128) -> SubmissionChange {
        let rule = QuantityRule {
            minimum: Some(Quantity::whole(2)),
            ..QuantityRule::default()
        };
        SubmissionChange::Quantity {
            line_id: line(number),
            breach: rule.check(Quantity::ONE).expect_err("one is too few"),
        }
    }

    fn refused(changes: Vec<SubmissionChange>) -> Draft {
        let mut draft = Draft::begin(DraftId(Uuid::from_u128(9)));
        draft.refused = Some(changes);
        draft
    }

    #[test]
    fn a_line_with_two_differences_has_two_keys() {
        assert_ne!(key(&price(1)), key(&quantity(1)));
        assert_ne!(key(&price(1)), key(&price(2)));
    }

    #[test]
    fn a_quantity_that_is_chosen_agrees_to_no_price() {
        let mut draft = refused(vec![quantity(1), price(1)]);
        settle(&mut draft, (Some(line(1)), About::Quantity));
        assert_eq!(draft.refused, Some(vec![price(1)]));
        settle(&mut draft, (Some(line(1)), About::Price));
        // The next submission is another revision all the same.
        assert_eq!(draft.refused, Some(Vec::new()));
    }

    #[test]
    fn agreeing_to_everything_chooses_no_quantity() {
        let gone = SubmissionChange::Unavailable { line_id: line(3) };
        let mut draft = refused(vec![quantity(1), price(1), price(2), gone]);
        settle_all(&mut draft);
        assert_eq!(draft.refused, Some(vec![quantity(1)]));
    }
}
