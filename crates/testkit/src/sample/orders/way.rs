//! The steps that bring an order to its target.

use rust_decimal::Decimal;

use super::words::{CARRIERS, CLAIMS, CUTS, DISCOUNTS, SENT_BACK, VOIDED};
use super::{Change, Claim, Hand, LineChange, Payment, PlannedLine, Step, Target};
use crate::sample::catalog::catalog;
use crate::sample::customers::{Customer, PaymentPolicy, Region};
use crate::sample::rng::Rng;
use crate::sample::staff::{FINANCE, LEAD, REGION, REVIEW, REVIEW_EAST, SHIP, WAREHOUSE, WAREHOUSE_SECOND};

/// A step without its time: how many minutes after the one before, unless the clock is closed then.
pub(super) struct Pace {
    /// Minutes since the step before.
    pub(super) after: u32,
    /// Who.
    pub(super) hand: Hand,
    /// What.
    pub(super) step: Step,
}

/// Collects the steps of one order.
struct Way<'a> {
    customer: &'a Customer,
    rng: &'a mut Rng,
    steps: Vec<Pace>,
    lines: Vec<PlannedLine>,
}

/// The steps that bring an order of `lines` to `target`.
pub(super) fn way(
    target: Target,
    customer: &Customer,
    submitted_by: Hand,
    lines: &[PlannedLine],
    rng: &mut Rng,
) -> Vec<Pace> {
    let mut way = Way {
        customer,
        rng,
        steps: Vec::new(),
        lines: lines.to_vec(),
    };
    way.walk(target, submitted_by);
    way.steps
}

impl Way<'_> {
    fn walk(&mut self, target: Target, submitted_by: Hand) {
        let reviewer = self.reviewer(submitted_by);
        // A regional manager reviews, but neither changes an order nor sends it back.
        let senior = if reviewer == Hand::Staff(REGION) {
            Hand::Staff(REVIEW)
        } else {
            reviewer
        };
        match target {
            Target::PendingOrderReview => return,
            Target::SentBack => {
                let reason = *self.rng.pick(&SENT_BACK);
                return self.take((30, 260), senior, Step::SendBack { reason });
            }
            Target::Voided => {
                let reason = *self.rng.pick(&VOIDED);
                return self.take((40, 900), senior, Step::Void { reason });
            }
            _ => {}
        }
        let cut = target == Target::PendingCustomerConfirmation || self.rng.chance(5);
        let reviewer = if cut { senior } else { reviewer };
        let changes = self.changes(cut, reviewer == Hand::Staff(LEAD));
        self.take((10, 190), reviewer, Step::PassOrderReview { changes });
        if target == Target::PendingCustomerConfirmation {
            return;
        }
        if cut {
            self.take((25, 600), Hand::Customer, Step::ConfirmChanges);
        }
        if target == Target::PendingExecutiveApproval {
            return;
        }
        self.take((10, 120), Hand::Staff(LEAD), Step::PassExecutiveApproval);
        if target == Target::PendingFinanceReview {
            // Some have paid and wait for finance to see it, some have not yet.
            if self.rng.chance(50) {
                self.pay_first(false);
            }
            return;
        }
        self.pay_first(true);
        self.take((10, 170), Hand::Staff(FINANCE), Step::PassFinanceReview);
        if target == Target::InProduction {
            return;
        }
        let made = |line: &PlannedLine| {
            catalog()
                .find(line.sku)
                .is_some_and(|(product, _)| product.made_to_order)
        };
        if self.lines.iter().any(made) {
            self.take((2_000, 5_200), Hand::Staff(WAREHOUSE), Step::PassProduction);
        }
        if target == Target::PendingOutboundReview {
            return;
        }
        let warehouse = if self.rng.chance(65) {
            WAREHOUSE
        } else {
            WAREHOUSE_SECOND
        };
        self.take((15, 200), Hand::Staff(warehouse), Step::PassOutboundReview);
        if target != Target::PendingShipment {
            self.deliver(target);
        }
    }

    fn take(&mut self, (least, most): (u32, u32), hand: Hand, step: Step) {
        let after = self.rng.between(least, most);
        self.steps.push(Pace { after, hand, step });
    }

    /// Nobody reviews what they submitted on a customer's behalf.
    fn reviewer(&mut self, submitted_by: Hand) -> Hand {
        if submitted_by != Hand::Customer {
            return Hand::Staff(LEAD);
        }
        let regional = match self.customer.region {
            Region::East | Region::Central => REVIEW_EAST,
            Region::South | Region::Southwest => REGION,
            _ => REVIEW,
        };
        Hand::Staff(if self.rng.chance(45) { regional } else { REVIEW })
    }

    /// What the review changes: a quantity where `cut`, and now and then a price where the lead reviews, who may.
    fn changes(&mut self, cut: bool, lead: bool) -> Vec<LineChange> {
        let mut changes = Vec::new();
        if cut {
            let divisible = |line: &PlannedLine| line.size > Decimal::ONE && line.quantity >= Decimal::TWO;
            if let Some(index) = self.lines.iter().position(divisible) {
                let half = (self.lines[index].quantity / Decimal::TWO).ceil();
                let quantity = half.max(least_packs(&self.lines[index]));
                if quantity < self.lines[index].quantity {
                    self.lines[index].quantity = quantity;
                    let reason = *self.rng.pick(&CUTS);
                    changes.push(LineChange {
                        line: index,
                        change: Change::Quantity(quantity),
                        reason,
                    });
                }
            }
        }
        let line = self.lines.len().saturating_sub(1);
        if lead && self.rng.chance(60) && changes.iter().all(|change| change.line != line) {
            let percent = Decimal::from(*self.rng.pick(&[3_u32, 5, 8]));
            let reason = *self.rng.pick(&DISCOUNTS);
            changes.push(LineChange {
                line,
                change: Change::PercentOff(percent),
                reason,
            });
        }
        changes
    }

    /// What must be paid before the finance review can pass, and its confirmation.
    fn pay_first(&mut self, confirmed: bool) {
        let percent = match self.customer.policy {
            PaymentPolicy::Prepaid => Decimal::ONE_HUNDRED,
            PaymentPolicy::Deposit { percent, .. } => percent,
            PaymentPolicy::Credit { .. } => return,
        };
        self.take(
            (20, 300),
            Hand::Customer,
            Step::ReportPayment(Payment::Percent(percent)),
        );
        if confirmed {
            self.take((15, 150), Hand::Staff(FINANCE), Step::ConfirmPayment);
        }
    }

    /// Shipments, their receipt, and the payment of the rest.
    fn deliver(&mut self, target: Target) {
        let whole: Vec<_> = self.lines.iter().map(|line| line.quantity).collect();
        let partial = target == Target::PartiallyShipped || (self.rng.chance(14) && whole.len() > 1);
        let shares = if partial { split(&whole) } else { vec![whole] };
        for (shipment, quantities) in shares.iter().enumerate() {
            let pace = if shipment == 0 { (60, 900) } else { (900, 2_400) };
            self.ship(pace, quantities.clone());
            if target == Target::PartiallyShipped {
                return;
            }
            let last = shipment + 1 == shares.len();
            if target == Target::PendingReceipt && last {
                return;
            }
            let claims = if target == Target::ReceivedWithShortage && last {
                self.claims(quantities)
            } else {
                Vec::new()
            };
            self.take((1_100, 3_600), Hand::Customer, Step::Receive { shipment, claims });
        }
        let due = match self.customer.policy {
            PaymentPolicy::Prepaid => return,
            PaymentPolicy::Deposit { days, .. } | PaymentPolicy::Credit { days, .. } => {
                u32::from(days) * 1_440
            }
        };
        // Most pay before it is due, some a little late.
        self.take(
            (due / 2, due + 2_880),
            Hand::Customer,
            Step::ReportPayment(Payment::Rest),
        );
        self.take((15, 300), Hand::Staff(FINANCE), Step::ConfirmPayment);
    }

    fn ship(&mut self, pace: (u32, u32), quantities: Vec<Decimal>) {
        let frozen = |line: &PlannedLine| {
            catalog().find(line.sku).is_some_and(|(product, _)| {
                product
                    .tags
                    .iter()
                    .any(|tag| matches!(tag.key, "frozen" | "chilled"))
            })
        };
        // What must stay cold goes with the cold chain.
        let (carrier, letters) = if self.lines.iter().any(frozen) {
            CARRIERS[2]
        } else {
            *self.rng.pick(&CARRIERS)
        };
        let tracking = format!("{letters}{:010}", self.rng.between(100_000_000, 4_000_000_000));
        self.take(
            pace,
            Hand::Staff(SHIP),
            Step::Ship {
                quantities,
                carrier,
                tracking,
            },
        );
    }

    /// One line of the shipment short or damaged by one.
    fn claims(&mut self, quantities: &[Decimal]) -> Vec<Claim> {
        let shipped: Vec<_> = (0..quantities.len())
            .filter(|line| quantities[*line] >= Decimal::ONE)
            .collect();
        let line = *self.rng.pick(&shipped);
        let note = *self.rng.pick(&CLAIMS);
        let missing = note.en.starts_with("One less");
        let (short, damaged) = if missing {
            (Decimal::ONE, Decimal::ZERO)
        } else {
            (Decimal::ZERO, Decimal::ONE)
        };
        vec![Claim {
            line,
            short,
            damaged,
            note,
        }]
    }
}

/// The fewest packs the variant's minimum allows.
fn least_packs(line: &PlannedLine) -> Decimal {
    let minimum = catalog()
        .find(line.sku)
        .map_or(Decimal::ONE, |(_, variant)| variant.minimum);
    (minimum / line.size).ceil()
}

/// Two shipments: the first half of the lines, then the others.
fn split(whole: &[Decimal]) -> Vec<Vec<Decimal>> {
    let first = whole.len().div_ceil(2);
    let part = |wanted: &dyn Fn(usize) -> bool| -> Vec<Decimal> {
        let each = whole.iter().enumerate();
        each.map(|(line, quantity)| if wanted(line) { *quantity } else { Decimal::ZERO })
            .collect()
    };
    vec![part(&|line| line < first), part(&|line| line >= first)]
}
