//! What the finance review goes by, computed on the page as the server will compute it (rule 8).

use countersign_contract::account::CustomerCard;
use countersign_contract::order::OrderDetail;
use countersign_domain::money::Money;
use countersign_domain::order::{Funding, exposure_without};
use countersign_domain::workflow::Stage;

/// How the open order stands with the way its customer pays. Nothing once the finance review is behind it, where the order goes
/// its way whatever became of the limit since.
pub fn funding(detail: &OrderDetail, card: &CustomerCard) -> Option<Funding> {
    let stage = detail.order.status.stage()?;
    if stage > Stage::FinanceReview {
        return None;
    }
    Funding::of(
        &detail.order,
        &card.standing.policy,
        detail.paid,
        others(detail, card),
    )
    .ok()
}

/// What the customer has not paid of its other orders.
pub fn others(detail: &OrderDetail, card: &CustomerCard) -> Money {
    exposure_without(&detail.order, detail.paid, card.standing.exposure)
}
