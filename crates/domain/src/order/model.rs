//! The order and its parts.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::customer::Address;
use crate::delivery::DeliveryMethod;
use crate::id::{
    AccountId, ChangeRequestId, CustomerId, DraftId, LineId, OrderId, ProductId, RegionId, VariantId,
    WarehouseId,
};
use crate::money::{Currency, Money, Rate};
use crate::order::{FirstCheck, OrderStatus, Priority, Shipment, StagePass};
use crate::price::{DiscountShare, PriceReason};
use crate::promotion::OrderReason;
use crate::quantity::{Quantity, Unit};
use crate::text::LocalText;

/// An order. Its `version` is the number of events that made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// The draft it came from. One order per draft, for ever.
    pub draft_id: DraftId,
    /// The number people read and print, such as `DH-O-20261122-0001`.
    pub number: String,
    /// Whose order it is.
    pub customer_id: CustomerId,
    /// The region of that customer, which decides which staff see the order.
    pub region_id: RegionId,
    /// Where it stands.
    pub status: OrderStatus,
    /// Number of events so far; the ETag of the order.
    pub version: u64,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// When it was (last) submitted.
    pub submitted_at: DateTime<Utc>,
    /// The account that submitted it.
    pub submitted_by: AccountId,
    /// Whether staff submitted it for the customer.
    pub on_behalf: bool,
    /// When it entered the present status.
    pub entered_at: DateTime<Utc>,
    /// When the reviews together must be done.
    pub review_due_at: DateTime<Utc>,
    /// The delivery date the customer wishes.
    pub wanted_date: Option<NaiveDate>,
    /// The delivery date the order review promised.
    pub promised_date: Option<NaiveDate>,
    /// Where the goods go.
    pub address: Address,
    /// How they are brought there, as the customer chose it; absent where there was no choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_method: Option<DeliveryMethod>,
    /// The customer's note.
    pub note: String,
    /// What is ordered.
    pub lines: Vec<OrderLine>,
    /// The currency of every amount of it.
    pub currency: Currency,
    /// Cost of delivery.
    pub freight: Money,
    /// Sum of the line amounts plus freight. Kept equal to them by every event.
    pub total: Money,
    /// Promotions on the order as a whole, frozen at submission (rule 6). Their discounts are in the line amounts already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<OrderReason>,
    /// Who passed which stage since the last submission.
    pub passed: Vec<StagePass>,
    /// What the customer is asked to confirm, while the order waits for that.
    pub confirmation: Option<Confirmation>,
    /// The outbound check that waits for a second person.
    pub first_check: Option<FirstCheck>,
    /// What has left so far.
    pub shipments: Vec<Shipment>,
    /// A proposed new version, until both sides have agreed or one has refused.
    pub change_request: Option<ChangeRequest>,
    /// Why it was sent back or voided, in that person's words.
    pub reason: Option<String>,
    /// Passed the finance review beyond the credit limit.
    pub over_limit: bool,
}

/// A line of an order. All quantities are in the line's unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderLine {
    /// Its id.
    pub id: LineId,
    /// The product, for the way back to the catalog.
    pub product_id: ProductId,
    /// The variant ordered.
    pub variant_id: VariantId,
    /// Its SKU code at submission.
    pub sku: String,
    /// Product and variant name at submission.
    pub name: LocalText,
    /// The unit ordered in.
    pub unit: Unit,
    /// What the customer ordered.
    pub ordered: Quantity,
    /// What the order review agreed to; `ordered` until then.
    pub approved: Quantity,
    /// Stock set aside and not yet shipped, by warehouse.
    pub reserved: Vec<Reservation>,
    /// What has left.
    pub shipped: Quantity,
    /// What arrived whole.
    pub received: Quantity,
    /// What was shipped and did not arrive.
    pub short: Quantity,
    /// What arrived damaged.
    pub damaged: Quantity,
    /// What came back.
    pub returned: Quantity,
    /// What will not be delivered any more.
    pub closed: Quantity,
    /// Price per unit, frozen at submission (rule 6) unless the review set another.
    pub price: Money,
    /// The share taken off by the review; zero otherwise.
    pub discount: Rate,
    /// Why the price is what it is.
    pub reasons: Vec<PriceReason>,
    /// Its share of what bundles save and of a discount on the whole order, frozen at submission (rule 6).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<DiscountShare>,
    /// `price` x `approved` less `discount`, rounded half up, less the share; closed quantity is not charged.
    pub amount: Money,
    /// The customer's note on the line.
    pub note: String,
    /// Held by the review: not delivered until released.
    pub held: bool,
    /// Made only once ordered, so it passes production.
    pub made_to_order: bool,
    /// What production has finished.
    pub produced: Quantity,
    /// What was decided about a shortage at the outbound review.
    pub shortage: Option<ShortageChoice>,
}

/// Stock set aside for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reservation {
    /// Where it lies.
    pub warehouse_id: WarehouseId,
    /// In the line's unit.
    pub quantity: Quantity,
}

/// What happens to the part of a line that can't be reserved (rule 9).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum ShortageChoice {
    /// The rest stays open and ships when there is stock.
    Wait,
    /// Ship what there is; the customer agreed.
    ShipShort {
        /// How and when the customer agreed.
        consent: String,
    },
    /// Another variant goes in its place, as a line of its own.
    Substitute {
        /// The line that replaces it.
        line_id: LineId,
        /// Why, and how the customer agreed; empty in what was decided before this was asked for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The rest is not delivered any more.
    Close {
        /// Why.
        reason: String,
    },
}

/// A changed order that waits for the customer's word (rule 5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// No answer until then sends the order back.
    pub until: DateTime<Utc>,
    /// What the review changed.
    pub changes: Vec<Change>,
}

/// Something that changed about an order: one entry of a diff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum Change {
    /// The approved (or, on resubmission, ordered) quantity of a line.
    Quantity {
        /// The line.
        line_id: LineId,
        /// Before.
        from: Quantity,
        /// After.
        to: Quantity,
        /// Why.
        reason: String,
    },
    /// The price or discount of a line.
    Price {
        /// The line.
        line_id: LineId,
        /// Before.
        from: Money,
        /// After.
        to: Money,
        /// Discount before.
        discount_from: Rate,
        /// Discount after.
        discount_to: Rate,
        /// Why.
        reason: String,
    },
    /// A line was held or released.
    Held {
        /// The line.
        line_id: LineId,
        /// Whether it is held now.
        held: bool,
        /// Why.
        reason: String,
    },
    /// A line was split in two.
    Split {
        /// The line it came from.
        line_id: LineId,
        /// The new line.
        new_line_id: LineId,
        /// What moved to the new line.
        quantity: Quantity,
        /// Why.
        reason: String,
    },
    /// A line was added.
    Added {
        /// The new line.
        line_id: LineId,
        /// Its quantity.
        quantity: Quantity,
    },
    /// A line was taken out.
    Removed {
        /// The line.
        line_id: LineId,
        /// Its SKU code, since the line is gone.
        sku: String,
        /// Its quantity.
        quantity: Quantity,
    },
    /// The freight.
    Freight {
        /// Before.
        from: Money,
        /// After.
        to: Money,
        /// Why.
        reason: String,
    },
    /// The freight of an order whose freight a promotion has made free: what it would have cost. The customer pays nothing.
    FreightWaived {
        /// The name of the promotion then.
        name: LocalText,
        /// Before.
        from: Money,
        /// After.
        to: Money,
        /// Why.
        reason: String,
    },
    /// The promised delivery date.
    PromisedDate {
        /// Before.
        from: Option<NaiveDate>,
        /// After.
        to: Option<NaiveDate>,
    },
    /// The delivery date the customer wishes.
    WantedDate {
        /// Before.
        from: Option<NaiveDate>,
        /// After.
        to: Option<NaiveDate>,
    },
    /// The delivery address, as printed.
    Address {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// The delivery method, by its name; absent where there was no choice.
    DeliveryMethod {
        /// Before.
        from: Option<LocalText>,
        /// After.
        to: Option<LocalText>,
    },
    /// The customer's note.
    Note {
        /// Before.
        from: String,
        /// After.
        to: String,
    },
    /// The priority.
    Priority {
        /// Before.
        from: Priority,
        /// After.
        to: Priority,
    },
}

/// A proposed new version of a reviewed order (rule 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeRequest {
    /// Its id.
    pub id: ChangeRequestId,
    /// Who proposes it.
    pub by: AccountId,
    /// Whether the customer proposes it; then the supplier answers, and the other way round.
    pub from_customer: bool,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// What it asks for.
    pub proposal: Proposal,
    /// The same as a diff against the order of that moment.
    pub changes: Vec<Change>,
    /// What it would do to money, dates and stock.
    pub impact: Impact,
}

/// What a change request asks for; absent means as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Proposal {
    /// New quantities of lines; zero takes a line out.
    pub quantities: Vec<ProposedQuantity>,
    /// Another wished delivery date.
    pub wanted_date: Option<NaiveDate>,
    /// Another delivery address.
    pub address: Option<Address>,
    /// Another note.
    pub note: Option<String>,
}

/// A new quantity for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProposedQuantity {
    /// The line.
    pub line_id: LineId,
    /// The new quantity in the line's unit.
    pub quantity: Quantity,
}

/// What a change does (rule 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// No money, date or stock effect: staff are told.
    Minor,
    /// The promised date must be set again and confirmed by the customer.
    Schedule,
    /// Goes back to order review, then through the stages again.
    Substantive,
}
