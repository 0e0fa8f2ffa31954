//! Where an order stands.

use serde::{Deserialize, Serialize};

use crate::workflow::Stage;

/// The status of an order: the stage it waits at, or an end or side state (domain.md section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// 待订单审核.
    PendingOrderReview,
    /// 待客户确认.
    PendingCustomerConfirmation,
    /// 待大额审批.
    PendingExecutiveApproval,
    /// 待财务审核.
    PendingFinanceReview,
    /// 生产中.
    InProduction,
    /// 待出库审核.
    PendingOutboundReview,
    /// 待发货确认.
    PendingShipment,
    /// 待收货确认.
    PendingReceipt,
    /// 已完成.
    Completed,
    /// 已退回: the customer edits and resubmits, or voids.
    SentBack,
    /// 已作废.
    Voided,
}

impl OrderStatus {
    /// Every status, in the order of the workflow.
    pub const ALL: [Self; 11] = [
        Self::PendingOrderReview,
        Self::PendingCustomerConfirmation,
        Self::PendingExecutiveApproval,
        Self::PendingFinanceReview,
        Self::InProduction,
        Self::PendingOutboundReview,
        Self::PendingShipment,
        Self::PendingReceipt,
        Self::Completed,
        Self::SentBack,
        Self::Voided,
    ];

    /// The stage an order in this status waits at, if it waits at one.
    pub fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::PendingOrderReview => Stage::OrderReview,
            Self::PendingCustomerConfirmation => Stage::CustomerConfirmation,
            Self::PendingExecutiveApproval => Stage::ExecutiveApproval,
            Self::PendingFinanceReview => Stage::FinanceReview,
            Self::InProduction => Stage::Production,
            Self::PendingOutboundReview => Stage::OutboundReview,
            Self::PendingShipment => Stage::Ship,
            Self::PendingReceipt => Stage::Receive,
            Self::Completed | Self::SentBack | Self::Voided => return None,
        })
    }

    /// The status of an order that waits at `stage`. Submit is no place to wait.
    pub fn waiting_at(stage: Stage) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.stage() == Some(stage))
    }

    /// Whether nothing more happens to the order.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Completed | Self::Voided)
    }

    /// Whether the order waits at a review stage, where the review deadline runs.
    pub fn is_review(self) -> bool {
        matches!(
            self,
            Self::PendingOrderReview
                | Self::PendingExecutiveApproval
                | Self::PendingFinanceReview
                | Self::PendingOutboundReview
        )
    }
}

/// How soon an order must pass the reviews (domain.md section 3, Priority and deadlines).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// 普通.
    #[default]
    Normal,
    /// 特殊.
    Special,
    /// 紧急.
    Urgent,
}

/// How near a deadline is: amber from 75 % of the time, red when past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Less than three quarters of the time have passed.
    Calm,
    /// Three quarters have passed.
    Soon,
    /// The time is over; the order escalates to the Business lead.
    Late,
}
