//! What may be done with a return, in the order it is offered, with the reason where it may not.

use countersign_domain::actor::{Actor, Side};
use countersign_domain::returns::{Return, ReturnAction, ReturnDenyReason, ReturnStage, can_return};
use countersign_domain::workflow::Workflow;

use crate::text;

/// Something a person may want to do with a return: a button of the action bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// Agree to it as it is.
    Pass,
    /// Agree to less.
    PassLess,
    /// Refuse it.
    Refuse,
    /// Confirm that the goods arrived.
    ReceiveGoods,
    /// Confirm the refund.
    Refund,
    /// Void it.
    Void,
}

/// A deed and whether it may be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What.
    pub deed: Deed,
    /// Why not, where it may not.
    pub allowed: Result<(), ReturnDenyReason>,
}

impl Deed {
    /// The action of the policy behind it.
    fn action(self) -> ReturnAction {
        match self {
            Self::Pass | Self::PassLess => ReturnAction::PassReview,
            Self::Refuse => ReturnAction::Refuse,
            Self::ReceiveGoods => ReturnAction::ReceiveGoods,
            Self::Refund => ReturnAction::Refund,
            Self::Void => ReturnAction::Void,
        }
    }

    /// Whether it moves the return on, so that it may stand as the main action.
    fn moves_on(self) -> bool {
        matches!(self, Self::Pass | Self::ReceiveGoods | Self::Refund)
    }

    /// What its button says, and the panel it opens.
    pub fn words(self) -> String {
        match self {
            Self::Pass => text!(returns.deed.pass),
            Self::PassLess => text!(returns.deed.pass_less),
            Self::Refuse => text!(returns.deed.refuse),
            Self::ReceiveGoods => text!(returns.deed.receive_goods),
            Self::Refund => text!(returns.deed.refund),
            Self::Void => text!(returns.deed.void),
        }
    }
}

/// What a return offers to `actor`: what may be done first, the main deed at the head; then what may not.
pub fn offers(actor: &Actor, subject: &Return, workflow: &Workflow) -> Vec<Offer> {
    let deeds: &[Deed] = match (&actor.side, subject.status.stage()) {
        (_, None) | (Side::System, _) => &[],
        (Side::Distributor { .. }, Some(_)) => &[Deed::Void],
        (Side::Supplier { .. }, Some(ReturnStage::Review)) => {
            &[Deed::Pass, Deed::PassLess, Deed::Refuse, Deed::Void]
        }
        (Side::Supplier { .. }, Some(ReturnStage::GoodsReceipt)) => &[Deed::ReceiveGoods, Deed::Void],
        (Side::Supplier { .. }, Some(ReturnStage::Refund)) => &[Deed::Refund],
    };
    let mut offers: Vec<Offer> = deeds
        .iter()
        .map(|deed| Offer {
            deed: *deed,
            allowed: can_return(actor, deed.action(), subject, workflow),
        })
        .collect();
    // Stable: within each group the order stays as it is.
    offers.sort_by_key(|offer| offer.allowed.is_err());
    offers
}

/// The deed that key `a` and the first button do, if the actor may.
pub fn main_deed(offers: &[Offer]) -> Option<Deed> {
    let first = offers.first().filter(|offer| offer.allowed.is_ok())?;
    first.deed.moves_on().then_some(first.deed)
}
