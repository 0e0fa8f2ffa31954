//! What a cart comes to, as plain data.

use std::sync::Arc;

use chrono::NaiveDate;
use countersign_contract::account::Standing;
use countersign_contract::submission::{Submission, SubmissionLine};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{AccountId, AddressId, LineId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::order::{PreviewCase, preview};
use countersign_domain::price::{Price, resolve};
use countersign_domain::product::StockShown;
use countersign_domain::quantity::{Quantity, QuantityBreach, QuantityError};
use countersign_domain::workflow::{Stage, Workflow};

use crate::offline::draft::{Draft, DraftLine, read_quantity};
use crate::queries::offers::{Availability, Known, Offer};

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
    /// What one costs, and why.
    pub price: Price,
    /// What all of them cost.
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

/// Each line with what the catalog says of it.
pub fn evaluate(lines: &[DraftLine], known: &Known, currency: &Currency) -> Vec<Line> {
    let state = |line: &DraftLine| match known.of(line.item.variant_id) {
        Availability::Asking => LineState::Asking,
        Availability::Gone => LineState::Gone,
        Availability::Offered(offer) => price(&line.typed, offer, currency),
    };
    lines
        .iter()
        .map(|line| Line {
            id: line.id,
            state: state(line),
        })
        .collect()
}

fn price(typed: &str, offer: Arc<Offer>, currency: &Currency) -> LineState {
    let quantity = match read_quantity(typed) {
        Ok(quantity) => quantity,
        Err(error) => return LineState::Unreadable(error, offer),
    };
    if let Err(breach) = offer.variant.rule.check(quantity) {
        return LineState::Breach(breach, offer);
    }
    let price = resolve(&offer.variant.terms, quantity);
    match currency.line_amount(price.unit, quantity, Rate::ZERO) {
        Some(amount) => LineState::Priced(Box::new(Priced {
            quantity,
            price,
            amount,
            offer,
        })),
        None => LineState::TooMuch(offer),
    }
}

/// What a cart comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many lines.
    pub lines: usize,
    /// The amounts of those that have one.
    pub total: Money,
    /// How many need the customer's attention.
    pub attention: usize,
    /// How many are not priced yet.
    pub asking: usize,
    /// The longest lead time, in days.
    pub lead_days: u32,
    /// Whether something is made only once ordered.
    pub made_to_order: bool,
}

/// What `lines` come to.
pub fn totals(lines: &[Line]) -> Totals {
    let priced = || lines.iter().filter_map(|line| line.state.priced());
    Totals {
        lines: lines.len(),
        total: priced().map(|priced| priced.amount).sum(),
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
}

/// What is submitted, with the prices the customer sees. Draft and revision are filled in when it is frozen.
///
/// # Errors
/// See [`NotReady`].
pub fn submission(
    draft: &Draft,
    lines: &[Line],
    owner: AccountId,
    address: Option<AddressId>,
    today: NaiveDate,
) -> Result<Submission, NotReady> {
    if draft.lines.is_empty() {
        return Err(NotReady::Empty);
    }
    if draft.refused.as_ref().is_some_and(|changes| !changes.is_empty()) {
        return Err(NotReady::Unsettled);
    }
    if lines.iter().any(|line| line.state.needs_attention()) {
        return Err(NotReady::Attention);
    }
    if draft.wanted_date.is_some_and(|date| date < today) {
        return Err(NotReady::DateInPast);
    }
    let line = |line: &DraftLine| {
        let found = lines.iter().find(|found| found.id == line.id)?;
        let priced = found.state.priced()?;
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
        priority: draft.priority,
        note: draft.note.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;
    use countersign_contract::account::Standing;
    use countersign_contract::catalog::CatalogVariant;
    use countersign_contract::submission::SubmissionChange;
    use countersign_domain::customer::PaymentPolicy;
    use countersign_domain::id::{AccountId, AddressId, DraftId, LineId, ProductId, VariantId};
    use countersign_domain::money::{Currency, Money, Rate};
    use countersign_domain::price::{BreakEffect, CustomerTerms, QuantityBreak};
    use countersign_domain::product::StockShown;
    use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
    use countersign_domain::text::LocalText;
    use countersign_domain::workflow::{Stage, Workflow};
    use uuid::Uuid;

    use super::{Line, LineState, NotReady, Payment, payment, price, submission, totals, way};
    use crate::offline::draft::{Draft, Item};
    use crate::queries::offers::Offer;

    fn unit(code: &str, factor: u32) -> Unit {
        Unit {
            code: code.to_owned(),
            name: LocalText::new("箱", code),
            factor: Quantity::whole(factor),
        }
    }

    fn offer() -> Arc<Offer> {
        let variant_id = VariantId(Uuid::from_u128(2));
        let item = Item {
            product_id: ProductId(Uuid::from_u128(1)),
            variant_id,
            sku: "DR-001".to_owned(),
            name: LocalText::new("矿泉水", "Spring water"),
            unit: unit("case", 12),
        };
        let variant = CatalogVariant {
            id: variant_id,
            sku: item.sku.clone(),
            barcode: None,
            name: LocalText::default(),
            unit: item.unit.clone(),
            base_unit: unit("bottle", 1),
            terms: CustomerTerms {
                list: Money::new(3_333, 3),
                level: None,
                agreed: None,
                breaks: vec![QuantityBreak {
                    from: Quantity::whole(10),
                    effect: BreakEffect::Price {
                        price: Money::new(300, 2),
                    },
                }],
            },
            rule: QuantityRule {
                minimum: Some(Quantity::whole(2)),
                multiple: None,
                maximum: None,
            },
            stock: StockShown::Number {
                quantity: Quantity::whole(60),
            },
            lead_days: 3,
            made_to_order: false,
        };
        Arc::new(Offer {
            item,
            picture: None,
            variant,
        })
    }

    fn state(typed: &str) -> LineState {
        price(typed, offer(), &Currency::default())
    }

    fn cart(typed: &str) -> (Draft, Vec<Line>) {
        let mut draft = Draft::begin(DraftId(Uuid::from_u128(99)));
        draft
            .add(offer().item.clone(), Quantity::ONE, LineId(Uuid::from_u128(98)))
            .expect("there is room");
        let lines = vec![Line {
            id: draft.lines[0].id,
            state: state(typed),
        }];
        (draft, lines)
    }

    fn submit(draft: &Draft, lines: &[Line], address: Option<AddressId>) -> Result<(), NotReady> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        submission(draft, lines, AccountId(Uuid::from_u128(7)), address, today).map(|_| ())
    }

    #[test]
    fn a_line_is_priced_rounded_and_watched_for_stock() {
        let five = state("5");
        let five = five.priced().expect("five can be ordered");
        assert_eq!(five.amount, Money::new(1_667, 2));
        assert_eq!(five.short_of(), None);
        let ten = state("10");
        let ten = ten.priced().expect("ten can be ordered");
        assert_eq!(ten.price.unit, Money::new(300, 2));
        assert_eq!(ten.short_of(), Some(Quantity::whole(60)));
    }

    #[test]
    fn what_was_typed_is_never_changed_but_complained_about() {
        assert!(matches!(state("1"), LineState::Breach(..)));
        assert!(matches!(state(""), LineState::Unreadable(..)));
        let lines = [Line {
            id: cart("5").0.lines[0].id,
            state: state("1"),
        }];
        let totals = totals(&lines);
        assert_eq!((totals.attention, totals.total), (1, Money::ZERO));
    }

    #[test]
    fn finance_is_foreseen_by_policy() {
        let standing = |policy, left: Option<i64>| Standing {
            policy,
            exposure: Money::ZERO,
            credit_left: left.map(|left| Money::new(left, 2)),
        };
        let credit = |limit| PaymentPolicy::Credit { limit, days: 30 };
        let say = |standing| payment(&standing, Money::new(10_001, 2), &Currency::default());
        assert_eq!(
            say(standing(credit(Some(Money::new(1, 0))), Some(9_000))),
            Payment::Over(Money::new(1_001, 2))
        );
        assert_eq!(
            say(standing(credit(Some(Money::new(1, 0))), Some(10_001))),
            Payment::Within(Money::new(0, 2))
        );
        assert_eq!(say(standing(credit(None), None)), Payment::NoCredit);
        let half = Rate::new("0.5".parse().expect("a decimal")).expect("a share");
        let deposit = PaymentPolicy::Deposit {
            share: half,
            days: 30,
        };
        assert_eq!(
            say(standing(deposit, None)),
            Payment::Deposit(Money::new(5_001, 2))
        );
    }

    #[test]
    fn the_way_has_only_the_stages_to_come() {
        let way = way(&Workflow::default(), &totals(&cart("5").1));
        assert_eq!(
            way,
            [
                Stage::OrderReview,
                Stage::FinanceReview,
                Stage::OutboundReview,
                Stage::Ship,
                Stage::Receive
            ]
        );
    }

    #[test]
    fn only_a_cart_in_order_is_submitted() {
        let address = Some(AddressId(Uuid::from_u128(8)));
        let (mut draft, lines) = cart("5");
        assert_eq!(submit(&draft, &lines, address), Ok(()));
        assert_eq!(submit(&draft, &lines, None), Err(NotReady::NoAddress));
        assert_eq!(submit(&draft, &cart("1").1, address), Err(NotReady::Attention));
        assert_eq!(submit(&draft, &[], address), Err(NotReady::Asking));
        assert_eq!(
            submit(&Draft::begin(DraftId(Uuid::from_u128(99))), &[], address),
            Err(NotReady::Empty)
        );
        draft.wanted_date = NaiveDate::from_ymd_opt(2026, 11, 21);
        assert_eq!(submit(&draft, &lines, address), Err(NotReady::DateInPast));
        draft.wanted_date = None;
        draft.refused = Some(vec![SubmissionChange::Unavailable {
            line_id: draft.lines[0].id,
        }]);
        assert_eq!(submit(&draft, &lines, address), Err(NotReady::Unsettled));
    }
}
