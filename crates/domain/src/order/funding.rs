//! How an order stands with the way its customer pays (rule 8).
//!
//! One computation for the finance review that decides and for the page that shows the reviewer, before anything is pressed,
//! what it will decide.

use crate::customer::PaymentPolicy;
use crate::money::Money;
use crate::order::{Order, OrderStatus, Rejection};

/// How an order stands with the way its customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Funding {
    /// Money comes before goods: prepaid, or a deposit.
    Ahead {
        /// What must be confirmed before goods are made or leave.
        due: Money,
        /// What is confirmed.
        paid: Money,
    },
    /// On account, within a limit.
    OnAccount(CreditUse),
    /// On account without a limit: not allowed, rather than unlimited.
    NoCredit,
}

/// What an order makes of a credit limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditUse {
    /// The limit.
    pub limit: Money,
    /// What the customer has not paid of its other orders, open or completed.
    pub others: Money,
    /// What is to be paid of this one.
    pub order: Money,
}

impl CreditUse {
    /// The exposure with this order.
    pub fn after(&self) -> Money {
        self.others + self.order
    }

    /// What is left of the limit then; negative beyond it.
    pub fn left(&self) -> Money {
        self.limit - self.after()
    }
}

impl Funding {
    /// Of an order of which `paid` is confirmed, whose customer has not paid `others` of its other orders.
    ///
    /// # Errors
    /// [`Rejection::AmountInvalid`] where the share that is due is beyond what can be held.
    pub fn of(order: &Order, policy: &PaymentPolicy, paid: Money, others: Money) -> Result<Self, Rejection> {
        Ok(match policy {
            PaymentPolicy::Prepaid => Self::Ahead {
                due: order.total,
                paid,
            },
            PaymentPolicy::Deposit { share, .. } => {
                let due = order.total.0.checked_mul(share.get());
                Self::Ahead {
                    due: order.currency.round(due.ok_or(Rejection::AmountInvalid)?),
                    paid,
                }
            }
            PaymentPolicy::Credit { limit: None, .. } => Self::NoCredit,
            PaymentPolicy::Credit {
                limit: Some(limit), ..
            } => Self::OnAccount(CreditUse {
                limit: *limit,
                others,
                order: to_pay(order, paid),
            }),
        })
    }

    /// Whether the finance review lets it pass.
    ///
    /// # Errors
    /// Why it does not: money is missing, credit is not allowed, or the limit is passed.
    pub fn check(&self) -> Result<(), Rejection> {
        match *self {
            Self::Ahead { due, paid } if paid < due => Err(Rejection::PaymentMissing { due, paid }),
            Self::OnAccount(credit) if credit.left().is_negative() => Err(Rejection::CreditExceeded {
                limit: credit.limit,
                exposure: credit.after(),
                over_by: -credit.left(),
            }),
            Self::NoCredit => Err(Rejection::CreditNotAllowed),
            Self::Ahead { .. } | Self::OnAccount(_) => Ok(()),
        }
    }
}

/// What is still to be paid of an order. What is paid beyond its total pays for no other.
pub fn to_pay(order: &Order, paid: Money) -> Money {
    (order.total - paid).max(Money::ZERO)
}

/// What is not paid of the others, of an `exposure` that counts all of a customer's orders. One that is sent back binds nobody
/// until it is submitted again, and one that is void never does.
pub fn exposure_without(order: &Order, paid: Money, exposure: Money) -> Money {
    match order.status {
        OrderStatus::SentBack | OrderStatus::Voided => exposure,
        _ => exposure - to_pay(order, paid),
    }
}
