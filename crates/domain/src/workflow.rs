//! The stages an order passes and the settings that shape its way (domain.md section 3).

use serde::{Deserialize, Serialize};

use crate::delivery::DeliveryMethod;
use crate::money::{Currency, Money};

/// One step of the workflow, in the order an order passes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 提交订单: always on.
    Submit,
    /// 订单审核: always on.
    OrderReview,
    /// 客户确认: entered only if the review changed the order to the customer's cost.
    CustomerConfirmation,
    /// 大额审批: entered only from a threshold amount.
    ExecutiveApproval,
    /// 财务审核.
    FinanceReview,
    /// 生产: entered only where a line is made to order or short of stock.
    Production,
    /// 出库审核.
    OutboundReview,
    /// 发货确认.
    Ship,
    /// 收货确认.
    Receive,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 9] = [
        Self::Submit,
        Self::OrderReview,
        Self::CustomerConfirmation,
        Self::ExecutiveApproval,
        Self::FinanceReview,
        Self::Production,
        Self::OutboundReview,
        Self::Ship,
        Self::Receive,
    ];

    /// Whether a deployment may switch the stage off.
    pub fn may_be_off(self) -> bool {
        !matches!(self, Self::Submit | Self::OrderReview)
    }
}

/// Which stages are on. Submit and order review always are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StageSwitches {
    /// Customer confirmation; on by default.
    pub customer_confirmation: bool,
    /// Executive approval; off by default.
    pub executive_approval: bool,
    /// Finance review; on by default.
    pub finance_review: bool,
    /// Production; off by default.
    pub production: bool,
    /// Outbound review; on by default.
    pub outbound_review: bool,
    /// Ship; on by default. Off: the outbound review ships everything.
    pub ship: bool,
    /// Receive; on by default. Off: shipping completes the order.
    pub receive: bool,
}

impl StageSwitches {
    /// Whether `stage` is on.
    pub fn is_on(&self, stage: Stage) -> bool {
        match stage {
            Stage::Submit | Stage::OrderReview => true,
            Stage::CustomerConfirmation => self.customer_confirmation,
            Stage::ExecutiveApproval => self.executive_approval,
            Stage::FinanceReview => self.finance_review,
            Stage::Production => self.production,
            Stage::OutboundReview => self.outbound_review,
            Stage::Ship => self.ship,
            Stage::Receive => self.receive,
        }
    }

    /// Switches `stage`. Submit and order review stay on whatever is asked.
    pub fn set(&mut self, stage: Stage, on: bool) {
        match stage {
            Stage::Submit | Stage::OrderReview => {}
            Stage::CustomerConfirmation => self.customer_confirmation = on,
            Stage::ExecutiveApproval => self.executive_approval = on,
            Stage::FinanceReview => self.finance_review = on,
            Stage::Production => self.production = on,
            Stage::OutboundReview => self.outbound_review = on,
            Stage::Ship => self.ship = on,
            Stage::Receive => self.receive = on,
        }
    }
}

impl Default for StageSwitches {
    fn default() -> Self {
        Self {
            customer_confirmation: true,
            executive_approval: false,
            finance_review: true,
            production: false,
            outbound_review: true,
            ship: true,
            receive: true,
        }
    }
}

/// Hours the review stages together may take, by priority (domain.md section 3, Priority and deadlines).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReviewHours {
    /// For normal orders; 24 by default.
    pub normal: u32,
    /// For special orders; 12 by default.
    pub special: u32,
    /// For urgent orders; 2 by default.
    pub urgent: u32,
}

impl Default for ReviewHours {
    fn default() -> Self {
        Self {
            normal: 24,
            special: 12,
            urgent: 2,
        }
    }
}

/// Everything that shapes an order's way: the settings of the workflow screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Workflow {
    /// Which stages are on.
    pub stages: StageSwitches,
    /// Executive approval is needed from this total on (rule 7). `None`: no order is that large.
    pub executive_threshold: Option<Money>,
    /// Hours a customer has to answer a changed order (rule 5); 48 by default.
    pub confirmation_hours: u32,
    /// Days after shipping until silence counts as receipt (rule 11); 15 by default.
    pub deemed_receipt_days: u32,
    /// Days without news of a shipment until it is an alert; 7 by default.
    #[serde(default = "shipment_news_days")]
    pub shipment_news_days: u32,
    /// Hours for the reviews, by priority.
    pub review_hours: ReviewHours,
    /// Days of slack added to the lead time for the promised date (rule 5); 1 by default.
    pub slack_days: u32,
    /// Nobody approves an order they created on behalf of a customer; on by default.
    pub creator_may_not_approve: bool,
    /// No one person passes two review stages of one order; off by default.
    pub one_stage_per_person: bool,
    /// Outbound review needs a second check by another person (rule 9); off by default.
    pub second_check: bool,
    /// Return life cycle: whether goods receipt is on (domain.md section 4).
    pub return_goods_receipt: bool,
    /// Return life cycle: whether refund confirmation is on (domain.md section 4).
    pub return_refund: bool,
    /// How goods may be brought to a customer, in the order they are offered; empty: customers have no choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivery_methods: Vec<DeliveryMethod>,
    /// The currency of the deployment.
    pub currency: Currency,
}

impl Default for Workflow {
    fn default() -> Self {
        Self {
            stages: StageSwitches::default(),
            executive_threshold: None,
            confirmation_hours: 48,
            deemed_receipt_days: 15,
            shipment_news_days: shipment_news_days(),
            review_hours: ReviewHours::default(),
            slack_days: 1,
            creator_may_not_approve: true,
            one_stage_per_person: false,
            second_check: false,
            return_goods_receipt: true,
            return_refund: true,
            delivery_methods: Vec::new(),
            currency: Currency::default(),
        }
    }
}

/// What holds in settings from before there was a choice.
fn shipment_news_days() -> u32 {
    7
}
