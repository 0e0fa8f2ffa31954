//! Passing a stage for several orders at once: each as it is, with what the rules take where nobody says otherwise.

use crate::order::{Command, PassFinanceReview, PassOrderReview, PassOutboundReview, PassStage};
use crate::workflow::{Stage, Workflow};

/// Why orders pass a stage only one by one: its approval asks for something of which no default is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneByOne {
    /// The customer passes it, not staff.
    CustomersWord,
    /// Somebody says how much of each line is made.
    WhatIsMade,
    /// A shipment names its carrier and its parcels.
    WhoCarries,
    /// Two people look at the goods of each order (rule 9, where the second check is on).
    SecondCheck,
}

/// The command that passes `stage` for an order as it is.
///
/// The order review promises the usual date, the finance review goes by the customer's policy without an override, and
/// the outbound review reserves whole lines in the usual warehouse; what does not fit is refused, order by order.
///
/// # Errors
/// Why there is no such command.
pub fn pass_as_is(stage: Stage, workflow: &Workflow) -> Result<Command, OneByOne> {
    match stage {
        Stage::OrderReview => Ok(Command::PassOrderReview(PassOrderReview::default())),
        Stage::ExecutiveApproval => Ok(Command::PassExecutiveApproval(PassStage::default())),
        Stage::FinanceReview => Ok(Command::PassFinanceReview(PassFinanceReview::default())),
        Stage::OutboundReview if workflow.second_check => Err(OneByOne::SecondCheck),
        Stage::OutboundReview => Ok(Command::PassOutboundReview(PassOutboundReview::default())),
        Stage::Production => Err(OneByOne::WhatIsMade),
        Stage::Ship => Err(OneByOne::WhoCarries),
        Stage::Submit | Stage::CustomerConfirmation | Stage::Receive => Err(OneByOne::CustomersWord),
    }
}
