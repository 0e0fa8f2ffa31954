//! Who is let in where: the permissions of domain.md section 2 and the policy of the domain, never the server's own answer.

use countersign_domain::actor::{Actor, Side};
use countersign_domain::order::Order;
use countersign_domain::permission::Permission;
use countersign_domain::policy::{self, Action, DenyReason};
use countersign_domain::returns::{Return, ReturnAction, ReturnDenyReason, can_return, can_submit_return};
use countersign_domain::workflow::Workflow;
use uuid::Uuid;

use crate::fixture::TEA_HOUSE;
use crate::support::Seen;

/// What an operation answers to somebody, as far as access goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It comes to what they asked, be that right or wrong.
    Heard,
    /// Signing in comes first.
    Unknown401,
    /// They may not.
    Forbidden,
    /// As if it was not there.
    NotThere,
}

impl Answer {
    pub fn of(seen: &Seen) -> Self {
        match seen.status {
            401 => Self::Unknown401,
            403 => Self::Forbidden,
            404 => Self::NotThere,
            _ => Self::Heard,
        }
    }

    pub fn when(allowed: bool) -> Self {
        if allowed { Self::Heard } else { Self::Forbidden }
    }
}

/// What is there: the tea house's order and a draft of it, and what it wants to return of an order it has received.
pub struct World {
    pub order: Order,
    pub draft: Uuid,
    pub received: Uuid,
    pub subject: Return,
}

/// Who is let in.
pub enum Rule {
    /// Everybody, signed in or not.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Distributors, for what is their own.
    Distributors,
    /// Distributors, what belongs to another is not there; and staff who hold this and have not said for which customer.
    Owner(Permission),
    /// Whoever is signed in, for what is their own: nobody has what is asked for.
    Own,
    /// Distributors, for what none of them has, and staff who read for customers and have not said for which.
    NoneOfTheirs(Option<Permission>),
    /// Distributors, and staff who hold this.
    DistributorsAnd(Permission),
    /// Staff.
    Staff,
    /// Staff, for what is not there.
    StaffNothing,
    /// Staff with this permission.
    Holding(Permission),
    /// Staff with this permission, for what is not there.
    HoldingNothing(Permission),
    /// Whoever sees the order.
    Sees,
    /// The order's customer.
    Customer,
    /// Staff who see the customer.
    StaffWhoSees,
    /// Staff with this permission who see the order.
    SeesHolding(Permission),
    /// As the policy says of this command to the order.
    Command(Action),
    /// As the policy of returns says of the received order.
    Returning,
    /// As it says of this deed to the return.
    Return(ReturnAction),
}

impl Rule {
    pub fn answer(&self, actor: &Actor, world: &World) -> Answer {
        let order = &world.order;
        let is_distributor = matches!(actor.side, Side::Distributor { .. });
        let sees = actor.sees(order.customer_id, order.region_id);
        match self {
            Self::Everybody | Self::SignedIn => Answer::Heard,
            Self::Own => Answer::NotThere,
            Self::Distributors => Answer::when(is_distributor),
            Self::Owner(permission) if !is_distributor => Answer::when(actor.holds(*permission)),
            Self::Owner(_) if actor.customer_id() != Some(TEA_HOUSE) => Answer::NotThere,
            Self::Owner(_) => Answer::Heard,
            Self::NoneOfTheirs(_) if is_distributor => Answer::NotThere,
            Self::NoneOfTheirs(permission) => {
                Answer::when(permission.is_some_and(|permission| actor.holds(permission)))
            }
            Self::DistributorsAnd(permission) => Answer::when(is_distributor || actor.holds(*permission)),
            Self::HoldingNothing(permission) if actor.holds(*permission) => Answer::NotThere,
            Self::HoldingNothing(_) => Answer::Forbidden,
            Self::Staff => Answer::when(!is_distributor),
            Self::StaffNothing if is_distributor => Answer::Forbidden,
            Self::StaffNothing => Answer::NotThere,
            Self::Holding(permission) => Answer::when(actor.holds(*permission)),
            Self::Sees if sees => Answer::Heard,
            Self::Sees => Answer::NotThere,
            Self::Customer if !sees => Answer::NotThere,
            Self::Customer => Answer::when(is_distributor),
            Self::StaffWhoSees if !sees => Answer::NotThere,
            Self::StaffWhoSees => Answer::when(!is_distributor),
            Self::SeesHolding(_) if !sees => Answer::NotThere,
            Self::SeesHolding(permission) => Answer::when(actor.holds(*permission)),
            Self::Command(action) => match policy::can(actor, *action, order, &Workflow::default()) {
                Ok(()) => Answer::Heard,
                Err(DenyReason::Unknown) => Answer::NotThere,
                Err(_) => Answer::Forbidden,
            },
            Self::Returning => of_return(can_submit_return(actor, order.customer_id, order.region_id)),
            Self::Return(action) => {
                of_return(can_return(actor, *action, &world.subject, &Workflow::default()))
            }
        }
    }
}

fn of_return(outcome: Result<(), ReturnDenyReason>) -> Answer {
    match outcome {
        Ok(()) => Answer::Heard,
        Err(ReturnDenyReason::Unknown) => Answer::NotThere,
        Err(_) => Answer::Forbidden,
    }
}
