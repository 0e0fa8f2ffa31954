//! The return and its parts.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::customer::PaymentPolicy;
use crate::id::{AccountId, CustomerId, FileId, LineId, OrderId, RegionId, ReturnId, ShipmentId};
use crate::money::{Currency, Money, Rate};
use crate::order::less_share;
use crate::price::DiscountShare;
use crate::quantity::{Quantity, Unit};
use crate::text::LocalText;

/// A return of goods, or a claim for goods that never arrived whole. Its `version` is the number of events that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Return {
    /// Its id.
    pub id: ReturnId,
    /// The number people read and print, such as `DH-R-20261122-0001`.
    pub number: String,
    /// The order it belongs to.
    pub order_id: OrderId,
    /// The number of that order.
    pub order_number: String,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// The region of that customer, which decides which staff see it.
    pub region_id: RegionId,
    /// Whether goods come back.
    #[serde(flatten)]
    pub kind: ReturnKind,
    /// Where it stands.
    pub status: ReturnStatus,
    /// Number of events so far; the ETag of the return.
    pub version: u64,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// The account that submitted it.
    pub submitted_by: AccountId,
    /// Whether staff submitted it for the customer.
    pub on_behalf: bool,
    /// When it entered the present status.
    pub entered_at: DateTime<Utc>,
    /// What comes back or is claimed.
    pub lines: Vec<ReturnLine>,
    /// The currency of every amount of it.
    pub currency: Currency,
    /// What is to be refunded: the sum of the line amounts. Kept equal to them by every event.
    pub total: Money,
    /// Where the refund went, once it was confirmed.
    pub refunded_to: Option<RefundTarget>,
    /// The customer's note.
    pub note: String,
    /// Who passed which stage.
    pub passed: Vec<ReturnPass>,
    /// Why it was refused or voided, in that person's words.
    pub reason: Option<String>,
}

/// Whether goods come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReturnKind {
    /// Received goods come back.
    Goods,
    /// What was short or damaged in a shipment is claimed; nothing comes back (rule 11).
    Claim {
        /// The shipment.
        shipment_id: ShipmentId,
    },
}

/// A line of a return. All quantities are in the order line's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnLine {
    /// The order's line.
    pub line_id: LineId,
    /// Its SKU code.
    pub sku: String,
    /// Its name.
    pub name: LocalText,
    /// Its unit.
    pub unit: Unit,
    /// What the customer asks to return.
    pub requested: Quantity,
    /// What the review agreed to; `requested` until then.
    pub approved: Quantity,
    /// What came back, once the goods receipt is done.
    pub arrived: Option<Quantity>,
    /// What earlier returns took of the same order line when this one was submitted. The refund continues where they
    /// ended, so that returning a line in parts refunds what returning it at once would.
    pub before: Quantity,
    /// What earlier returns left of the line's amount when this one was submitted: the most it refunds. Where an earlier
    /// one is voided in between, `before` counts a part twice and rounding could add up to more than the line cost.
    pub at_most: Money,
    /// Price per unit on the order.
    pub price: Money,
    /// Discount on the order.
    pub discount: Rate,
    /// Its share of what bundles save and of a discount on the whole order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<DiscountShare>,
    /// What this line refunds.
    pub amount: Money,
    /// Why it comes back.
    pub reason: ReturnReason,
    /// In the customer's words.
    pub note: String,
    /// Photos of it.
    pub photos: Vec<FileId>,
}

/// Why something comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnReason {
    /// 质量问题.
    Quality,
    /// 破损.
    Damaged,
    /// 短少.
    Short,
    /// 短少且破损: both, in one shipment.
    ShortAndDamaged,
    /// 发错货.
    WrongGoods,
    /// 临期或过期.
    Expired,
    /// 订错.
    OrderedByMistake,
    /// 滞销.
    Unsold,
    /// 其他: the note says it.
    Other,
}

impl ReturnReason {
    /// Whether it says that something is wrong with the goods themselves, rather than with who has them.
    pub fn is_about_condition(self) -> bool {
        match self {
            Self::Quality | Self::Damaged | Self::ShortAndDamaged | Self::Expired => true,
            Self::Short | Self::WrongGoods | Self::OrderedByMistake | Self::Unsold | Self::Other => false,
        }
    }
}

/// Where a return stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnStatus {
    /// 待退单审核.
    PendingReturnReview,
    /// 待退货入库.
    PendingGoodsReceipt,
    /// 待退款确认.
    PendingRefund,
    /// 已完成.
    Completed,
    /// 已拒绝.
    Refused,
    /// 已作废.
    Voided,
}

impl ReturnStatus {
    /// Every status, in the order of the life cycle.
    pub const ALL: [Self; 6] = [
        Self::PendingReturnReview,
        Self::PendingGoodsReceipt,
        Self::PendingRefund,
        Self::Completed,
        Self::Refused,
        Self::Voided,
    ];

    /// The stage a return in this status waits at, if it waits at one.
    pub fn stage(self) -> Option<ReturnStage> {
        match self {
            Self::PendingReturnReview => Some(ReturnStage::Review),
            Self::PendingGoodsReceipt => Some(ReturnStage::GoodsReceipt),
            Self::PendingRefund => Some(ReturnStage::Refund),
            Self::Completed | Self::Refused | Self::Voided => None,
        }
    }

    /// Whether nothing more happens to the return.
    pub fn is_final(self) -> bool {
        self.stage().is_none()
    }

    /// Whether the return came to nothing, so that its quantities may be returned after all.
    pub fn is_off(self) -> bool {
        matches!(self, Self::Refused | Self::Voided)
    }
}

/// One step of a return's way, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReturnStage {
    /// 退单审核: always on.
    Review,
    /// 退货入库: may be off; a claim never enters it.
    GoodsReceipt,
    /// 退款确认: may be off; then the refund is booked at once.
    Refund,
}

/// Who passed a stage of a return, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReturnPass {
    /// The stage.
    pub stage: ReturnStage,
    /// Who passed it.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Where a refund goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RefundTarget {
    /// To the customer's prepay account.
    PrepayAccount,
    /// Off what the customer owes.
    Receivable,
}

impl RefundTarget {
    /// Where a refund goes when nobody says otherwise: off the receivable of whoever buys on credit.
    pub fn usual(policy: &PaymentPolicy) -> Self {
        match policy {
            PaymentPolicy::Credit { .. } => Self::Receivable,
            PaymentPolicy::Prepaid | PaymentPolicy::Deposit { .. } => Self::PrepayAccount,
        }
    }
}

impl Return {
    /// The line for an order's line.
    pub fn line(&self, id: LineId) -> Option<&ReturnLine> {
        self.lines.iter().find(|line| line.line_id == id)
    }

    pub(super) fn line_mut(&mut self, id: LineId) -> Option<&mut ReturnLine> {
        self.lines.iter_mut().find(|line| line.line_id == id)
    }

    /// Brings line amounts and total in line with quantities.
    pub(super) fn retotal(&mut self) {
        for line in &mut self.lines {
            line.amount = line.refund(&self.currency);
        }
        self.total = self.lines.iter().map(|line| line.amount).sum();
    }
}

impl ReturnLine {
    /// What counts now: what arrived, else what was approved.
    pub fn counted(&self) -> Quantity {
        self.arrived.unwrap_or(self.approved)
    }

    /// What the counted quantity cost on the order: the line's amount with it less the amount without it, never less than
    /// nothing, and no more than is left of what the line cost.
    fn refund(&self, currency: &Currency) -> Money {
        let cost = |quantity| {
            let gross = currency.line_amount(self.price, quantity, self.discount);
            less_share(gross.unwrap_or_default(), self.share, quantity, currency)
        };
        // Price and share are rounded each for itself, so that of a line that costs nothing a part may cost a cent more
        // than more of it.
        (cost(self.before + self.counted()) - cost(self.before))
            .max(Money::ZERO)
            .min(self.at_most)
    }
}
