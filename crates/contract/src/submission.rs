//! Submitting an order exactly once (protocol.md).

use chrono::NaiveDate;
use countersign_domain::id::{
    AccountId, AddressId, CustomerId, DeliveryMethodId, DraftId, FileId, LineId, OrderId, VariantId,
};
use countersign_domain::money::Money;
use countersign_domain::order::Priority;
use countersign_domain::price::PriceReason;
use countersign_domain::promotion::{Gift, OrderReason};
use countersign_domain::quantity::{Quantity, QuantityBreach};
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, NoQuery, endpoints};

endpoints! {
    /// Submits a draft as an order, exactly once
    SubmitOrder = Post "/orders" "submit_order" Key true 201 ((), NoQuery, Submission) -> Accepted;
    /// Takes a draft back for ever, or says that it is an order already
    WithdrawDraft = Post "/drafts/{draft_id}/withdrawal" "withdraw_draft" Key true 200
        (DraftId, ForCustomer, NoContent) -> DraftWithdrawal;
}

/// A draft as it is submitted. The `Idempotency-Key` is `<draft_id>.<rev>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submission {
    /// The draft.
    pub draft_id: DraftId,
    /// Its revision: 1, and one more each time the user confirms a changed payload after a definite rejection.
    pub rev: u32,
    /// The account that wrote it; must be the session's.
    pub owner: AccountId,
    /// The customer it is for, where staff order on its behalf. In the bytes, so that a repeat of them can't end with another
    /// customer; absent where the customer's own account orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<CustomerId>,
    /// What is ordered; at least one line.
    pub lines: Vec<SubmissionLine>,
    /// Where it goes.
    pub address_id: AddressId,
    /// When the customer wishes it.
    pub wanted_date: Option<NaiveDate>,
    /// How it is brought there: one of the methods the company offers. Absent where it offers none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_method: Option<DeliveryMethodId>,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// The customer's note.
    pub note: String,
    /// What the user saw of the order as a whole. Absent: only the prices of the lines are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenOrder>,
    /// The version of the draft's copy (`put_draft`) that this was written from; 0 where its device knows of none. A copy
    /// that another device has changed since is not removed with the order: what was typed there is in no order yet.
    /// Absent: the copy is removed whatever it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_version: Option<u64>,
    /// Files that go along with it, at most five: uploaded by its owner under these ids (`upload_file`). None in a
    /// resubmission: the order keeps those it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<FileId>,
}

/// An order as a whole, as somebody saw it: what it comes to with promotions and freight, and what comes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeenOrder {
    /// The total.
    pub total: Money,
    /// The gifts, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gifts: Vec<Gift>,
}

/// A line of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubmissionLine {
    /// Its id, made on the device.
    pub id: LineId,
    /// What.
    pub variant_id: VariantId,
    /// How many, in the ordering unit.
    pub quantity: Quantity,
    /// The price the user saw, per ordering unit.
    pub seen_price: Money,
    /// A note on the line.
    pub note: String,
}

/// The server's acknowledgement. A client believes it only when draft, revision and fingerprint are its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Accepted {
    /// The draft.
    pub draft_id: DraftId,
    /// Its revision.
    pub rev: u32,
    /// SHA-256 of the bytes received, in lower-case hex.
    pub fingerprint: String,
    /// The order it became.
    pub order_id: OrderId,
    /// That order's number.
    pub number: String,
}

/// What became of a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum DraftWithdrawal {
    /// The draft can never become an order.
    Withdrawn,
    /// It is an order already.
    AlreadyOrdered {
        /// That order.
        order_id: OrderId,
    },
}

/// Something that differs from what the customer saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum SubmissionChange {
    /// Another price.
    Price {
        /// The line.
        line_id: LineId,
        /// What the customer saw.
        seen: Money,
        /// What it costs now.
        now: Money,
        /// Why.
        reasons: Vec<PriceReason>,
    },
    /// Not to be had any more, or never for this customer.
    Unavailable {
        /// The line.
        line_id: LineId,
    },
    /// The quantity breaks its rule.
    Quantity {
        /// The line.
        line_id: LineId,
        /// How.
        breach: QuantityBreach,
    },
    /// The lines are as they were seen, and yet the order is not: a promotion on it began, changed or ended.
    Order {
        /// What the customer saw.
        seen: SeenOrder,
        /// What it is now.
        now: SeenOrder,
        /// Why.
        reasons: Vec<OrderReason>,
    },
}
