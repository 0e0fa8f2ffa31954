//! What a cart comes to, as plain data.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use countersign_contract::account::Standing;
use countersign_contract::submission::{SeenOrder, Submission, SubmissionLine};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::file::MAX_ATTACHMENTS;
use countersign_domain::id::{AccountId, AddressId, LineId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::{PreviewCase, preview};
use countersign_domain::price::Price;
use countersign_domain::product::StockShown;
use countersign_domain::promotion::{Gift, OrderReason};
use countersign_domain::quantity::{Quantity, QuantityBreach, QuantityError};
use countersign_domain::workflow::{Stage, Workflow};

use crate::features::cart::pricing::Evaluated;
use crate::offline::draft::{Draft, DraftLine};
use crate::queries::offers::Offer;

/// A line with what the catalog says of it now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line.
    pub id: LineId,
    /// How it stands with it.
    pub state: LineState,
}

/// How it stands with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineState {
    /// The catalog was not heard yet.
    Asking,
    /// It is not to be had any more.
    Gone,
    /// What was typed is no quantity.
    Unreadable(QuantityError, Arc<Offer>),
    /// The quantity breaks its rule.
    Breach(QuantityBreach, Arc<Offer>),
    /// It is more than can be charged.
    TooMuch(Arc<Offer>),
    /// It can be ordered.
    Priced(Box<Priced>),
}

/// A line that can be ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// How many.
    pub quantity: Quantity,
    /// What one would cost without breaks and promotions.
    pub base: Money,
    /// What one costs, and why.
    pub price: Price,
    /// What all of them cost, without their share of a discount on the order.
    pub amount: Money,
    /// What is ordered.
    pub offer: Arc<Offer>,
}

impl LineState {
    /// The offer, while there is one.
    pub fn offer(&self) -> Option<&Arc<Offer>> {
        match self {
            Self::Asking | Self::Gone => None,
            Self::Unreadable(_, offer) | Self::Breach(_, offer) | Self::TooMuch(offer) => Some(offer),
            Self::Priced(priced) => Some(&priced.offer),
        }
    }

    /// The price, where there is one.
    pub fn priced(&self) -> Option<&Priced> {
        match self {
            Self::Priced(priced) => Some(priced),
            _ => None,
        }
    }

    /// Whether the customer has to do something about it.
    pub fn needs_attention(&self) -> bool {
        matches!(
            self,
            Self::Gone | Self::Unreadable(..) | Self::Breach(..) | Self::TooMuch(_)
        )
    }
}

impl Priced {
    /// What is in stock, where that is known to be less than what is ordered; in base units.
    pub fn short_of(&self) -> Option<Quantity> {
        match self.offer.variant.stock {
            StockShown::Number { quantity } => {
                let needed = self.quantity.times(self.offer.variant.unit.factor);
                (quantity < needed && !self.offer.variant.made_to_order).then_some(quantity)
            }
            StockShown::None => Some(Quantity::ZERO),
            StockShown::Enough | StockShown::Low | StockShown::Hidden => None,
        }
    }
}

/// What a cart comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many lines.
    pub lines: usize,
    /// The amounts of those that have one.
    pub total: Money,
    /// What promotions on the order take off; it is in the total already.
    pub discount: Money,
    /// What comes with it for nothing.
    pub gifts: Vec<Gift>,
    /// Promotions on the order as a whole.
    pub reasons: Vec<OrderReason>,
    /// How many need the customer's attention.
    pub attention: usize,
    /// How many are not priced yet.
    pub asking: usize,
    /// The longest lead time, in days.
    pub lead_days: u32,
    /// Whether something is made only once ordered.
    pub made_to_order: bool,
}

/// What a cart comes to.
pub fn totals(evaluated: &Evaluated) -> Totals {
    let Evaluated { lines, cart } = evaluated;
    let cart = cart.as_ref();
    let priced = || lines.iter().filter_map(|line| line.state.priced());
    Totals {
        lines: lines.len(),
        total: cart.map(|cart| cart.total).unwrap_or_default(),
        discount: cart.map(|cart| cart.discount).unwrap_or_default(),
        gifts: cart.map(|cart| cart.gifts.clone()).unwrap_or_default(),
        reasons: cart.map(|cart| cart.reasons.clone()).unwrap_or_default(),
        attention: lines.iter().filter(|line| line.state.needs_attention()).count(),
        asking: lines
            .iter()
            .filter(|line| line.state == LineState::Asking)
            .count(),
        lead_days: priced()
            .map(|priced| priced.offer.variant.lead_days)
            .max()
            .unwrap_or_default(),
        made_to_order: priced().any(|priced| priced.offer.variant.made_to_order),
    }
}

/// What finance will say to an order, as far as the customer can know (domain.md section 3 rule 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    /// So much has to be paid before delivery.
    Prepaid(Money),
    /// A deposit of so much has to be paid before delivery.
    Deposit(Money),
    /// So much credit is left afterwards.
    Within(Money),
    /// So much over the limit.
    Over(Money),
    /// No credit is allowed at all.
    NoCredit,
}

/// What finance will say to an order of `total`.
pub fn payment(standing: &Standing, total: Money, currency: &Currency) -> Payment {
    match (&standing.policy, standing.credit_left) {
        (PaymentPolicy::Prepaid, _) => Payment::Prepaid(total),
        (PaymentPolicy::Deposit { share, .. }, _) => {
            Payment::Deposit(currency.round(total.0.saturating_mul(share.get())))
        }
        (PaymentPolicy::Credit { limit: None, .. }, _) | (PaymentPolicy::Credit { .. }, None) => {
            Payment::NoCredit
        }
        (PaymentPolicy::Credit { .. }, Some(left)) if total > left => Payment::Over(total - left),
        (PaymentPolicy::Credit { .. }, Some(left)) => Payment::Within(left - total),
    }
}

/// The stages such an order will pass after it is submitted.
pub fn way(workflow: &Workflow, totals: &Totals) -> Vec<Stage> {
    let case = PreviewCase {
        total: totals.total,
        changed_by_review: false,
        needs_production: totals.made_to_order,
    };
    preview(workflow, case)
        .into_iter()
        .filter(|stage| *stage != Stage::Submit)
        .collect()
}

/// What keeps a cart from being submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// Nothing is in it.
    Empty,
    /// Prices are not there yet.
    Asking,
    /// Lines need attention.
    Attention,
    /// The wanted date is over.
    DateInPast,
    /// There is no address to deliver to.
    NoAddress,
    /// Something changed and the customer has not agreed yet.
    Unsettled,
    /// More files than may go along, as can be when two drafts were made one.
    TooManyFiles,
}

/// What is submitted, with the prices the customer sees. Draft and revision are filled in when it is frozen.
///
/// # Errors
/// See [`NotReady`].
pub fn submission(
    draft: &Draft,
    evaluated: &Evaluated,
    owner: AccountId,
    address: Option<AddressId>,
    today: NaiveDate,
) -> Result<Submission, NotReady> {
    if draft.lines.is_empty() {
        return Err(NotReady::Empty);
    }
    let lines = &evaluated.lines;
    if draft.refused.as_ref().is_some_and(|changes| !changes.is_empty()) {
        return Err(NotReady::Unsettled);
    }
    if lines.iter().any(|line| line.state.needs_attention()) {
        return Err(NotReady::Attention);
    }
    if draft.wanted_date.is_some_and(|date| date < today) {
        return Err(NotReady::DateInPast);
    }
    if draft.attachments.len() > MAX_ATTACHMENTS {
        return Err(NotReady::TooManyFiles);
    }
    let found: HashMap<LineId, &Line> = lines.iter().map(|line| (line.id, line)).collect();
    let line = |line: &DraftLine| {
        let priced = found.get(&line.id)?.state.priced()?;
        Some(SubmissionLine {
            id: line.id,
            variant_id: line.item.variant_id,
            quantity: priced.quantity,
            seen_price: priced.price.unit,
            note: line.note.trim().to_owned(),
        })
    };
    Ok(Submission {
        draft_id: draft.id,
        rev: draft.rev,
        owner,
        lines: draft
            .lines
            .iter()
            .map(line)
            .collect::<Option<_>>()
            .ok_or(NotReady::Asking)?,
        address_id: address.ok_or(NotReady::NoAddress)?,
        wanted_date: draft.wanted_date,
        // The company offers it, not the catalog.
        delivery_method: None,
        priority: draft.priority,
        note: draft.note.trim().to_owned(),
        seen: evaluated.cart.as_ref().map(|cart| SeenOrder {
            total: cart.total,
            gifts: cart.gifts.clone(),
        }),
        // The outbox knows.
        copy_version: None,
        // Named as the draft goes into the outbox.
        attachments: Vec::new(),
        customer_id: None,
    })
}

#[cfg(test)]
mod tests;
