//! An order on its way from submission to receipt.

use countersign_contract::account::{ConfirmPayment, NewPayment};
use countersign_contract::order::{
    ConfirmChanges, GetOrder, OrderDetail, PassExecutiveApproval, PassFinanceReviewEndpoint,
    PassOrderReviewEndpoint, PassOutboundReviewEndpoint, PassProduction, ReceiveShipmentEndpoint,
    ReportProductionEndpoint, ShipGoodsEndpoint,
};
use countersign_contract::{Endpoint, ProblemKind};
use countersign_domain::customer::PaymentPolicy;
use countersign_domain::id::{OrderId, ShipmentId};
use countersign_domain::money::Money;
use countersign_domain::order::{
    FreightReview, LineReview, Order, OrderStatus, PassOrderReview, ProducedLine, ReceiveShipment,
    ReportProduction, ShipGoods,
};
use countersign_domain::plan;
use uuid::Uuid;

use super::client::{Guarded, Person, to_bytes};
use super::error::ReplayError;
use super::plan::PlannedOrder;
use super::staff::Staff;
use super::submit::submit;

/// More steps than any order takes: review, confirmation, approval, money, production, outbound, shipping, receipt.
const MOST_STEPS: usize = 40;
/// Who carries the goods, which the files don't say.
const CARRIER: &str = "-";

/// One order and everybody who has to do with it.
pub(super) struct Walk<'a> {
    pub(super) order: &'a PlannedOrder,
    pub(super) customer: &'a Person,
    pub(super) staff: &'a Staff,
}

impl Walk<'_> {
    /// Takes every step that is left.
    pub(super) async fn to_the_end(&self) -> Result<OrderDetail, ReplayError> {
        let id = submit(self.order, self.customer).await?;
        let mut detail = self.look(id).await?;
        for _ in 0..MOST_STEPS {
            match detail.order.status {
                OrderStatus::Completed => return Ok(detail),
                OrderStatus::SentBack | OrderStatus::Voided => {
                    return Err(ReplayError::Ended(detail.order.status));
                }
                _ => detail = self.step(&detail).await?,
            }
        }
        Err(ReplayError::Stuck(detail.order.status))
    }

    /// The order with everything staff see of it.
    async fn look(&self, id: OrderId) -> Result<OrderDetail, ReplayError> {
        self.staff.review.get::<GetOrder>("reading the order", &id).await
    }

    async fn step(&self, detail: &OrderDetail) -> Result<OrderDetail, ReplayError> {
        let order = &detail.order;
        let Staff {
            review,
            finance,
            outbound,
            ship,
        } = self.staff;
        match order.status {
            OrderStatus::PendingOrderReview => {
                let body = self.review(order);
                self.pass::<PassOrderReviewEndpoint>("the order review", review, order, &body)
                    .await
            }
            OrderStatus::PendingCustomerConfirmation => {
                self.pass::<ConfirmChanges>("the confirmation", self.customer, order, &Default::default())
                    .await
            }
            OrderStatus::PendingExecutiveApproval => {
                self.pass::<PassExecutiveApproval>("the approval", review, order, &Default::default())
                    .await
            }
            OrderStatus::PendingFinanceReview => match payment(detail) {
                Some(amount) => {
                    let body = NewPayment {
                        amount,
                        reference: self.order.code.clone(),
                    };
                    self.pass::<ConfirmPayment>("the payment", finance, order, &body)
                        .await
                }
                None => {
                    self.pass::<PassFinanceReviewEndpoint>(
                        "the finance review",
                        finance,
                        order,
                        &Default::default(),
                    )
                    .await
                }
            },
            OrderStatus::InProduction if !plan::unfinished(order).is_empty() => {
                let lines = plan::unfinished(order).into_iter().map(|line| ProducedLine {
                    line_id: line.id,
                    produced: line.deliverable(),
                });
                let body = ReportProduction {
                    lines: lines.collect(),
                };
                self.pass::<ReportProductionEndpoint>("the report of production", outbound, order, &body)
                    .await
            }
            OrderStatus::InProduction => {
                self.pass::<PassProduction>("production", outbound, order, &Default::default())
                    .await
            }
            OrderStatus::PendingOutboundReview => {
                self.pass::<PassOutboundReviewEndpoint>(
                    "the outbound review",
                    outbound,
                    order,
                    &Default::default(),
                )
                .await
            }
            OrderStatus::PendingShipment => {
                let body = ShipGoods {
                    shipment_id: ShipmentId(self.id_of("shipment", order)),
                    lines: Vec::new(),
                    carrier: CARRIER.to_owned(),
                    parcels: Vec::new(),
                };
                self.pass::<ShipGoodsEndpoint>("shipping", ship, order, &body)
                    .await
            }
            OrderStatus::PendingReceipt => self.receive(order).await,
            status @ (OrderStatus::Completed | OrderStatus::SentBack | OrderStatus::Voided) => {
                Err(ReplayError::Ended(status))
            }
        }
    }

    /// The review makes of what the customer pays today what it paid then.
    fn review(&self, order: &Order) -> PassOrderReview {
        let reason = format!("as in order {}", self.order.code);
        let lines = self.order.lines.iter().filter_map(|planned| {
            let line = order.line(planned.id)?;
            let differs = (line.price, line.discount) != (planned.price, planned.discount);
            differs.then(|| LineReview {
                line_id: line.id,
                quantity: None,
                price: Some(planned.price),
                discount: Some(planned.discount),
                held: None,
                split: None,
                reason: reason.clone(),
            })
        });
        let freight = self.order.freight;
        PassOrderReview {
            promised_date: None,
            lines: lines.collect(),
            freight: (freight != order.freight).then(|| FreightReview {
                freight,
                reason: reason.clone(),
            }),
        }
    }

    async fn receive(&self, order: &Order) -> Result<OrderDetail, ReplayError> {
        let Some(shipment) = order.unreceived().next() else {
            return Err(ReplayError::Stuck(order.status));
        };
        let body = ReceiveShipment {
            shipment_id: shipment.id,
            lines: Vec::new(),
            note: String::new(),
            claim_id: None,
            photos: Vec::new(),
        };
        self.pass::<ReceiveShipmentEndpoint>("the receipt", self.customer, order, &body)
            .await
    }

    /// Takes a step, and looks at the order again where somebody else took it at the same time.
    async fn pass<E>(
        &self,
        what: &'static str,
        person: &Person,
        order: &Order,
        body: &E::Body,
    ) -> Result<OrderDetail, ReplayError>
    where
        E: Endpoint<Path = OrderId, Reply = OrderDetail>,
    {
        let guarded = Guarded {
            key: format!("{}.{}.{}", self.order.draft_id, E::OPERATION, order.version),
            version: Some(order.version),
        };
        match person.send::<E>(&order.id, to_bytes(body)?, guarded).await? {
            Ok(detail) if detail.card.is_some() => Ok(detail),
            // What the customer is shown is less than what staff need for the next step.
            Ok(_) => self.look(order.id).await,
            Err(problem) if matches!(problem.kind, ProblemKind::Stale { .. }) => self.look(order.id).await,
            Err(problem) => Err(ReplayError::Refused(what, problem)),
        }
    }

    /// An id that is the same whenever this step is taken.
    fn id_of(&self, what: &str, order: &Order) -> Uuid {
        let name = format!("{what} {}", order.version);
        Uuid::new_v5(&self.order.draft_id.0, name.as_bytes())
    }
}

/// What has to be paid before the finance review can pass: of a customer without credit, everything.
fn payment(detail: &OrderDetail) -> Option<Money> {
    let policy = detail.card.as_ref().map(|card| &card.standing.policy);
    let due = detail.order.total - detail.paid;
    let pays = !matches!(policy, Some(PaymentPolicy::Credit { .. }) | None);
    (pays && due > Money::ZERO).then_some(due)
}
