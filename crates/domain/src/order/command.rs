//! What people (and the desk's timers) may ask of an order.
//!
//! Each command is a struct of its own, because each is the body of an endpoint of its own.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::customer::Address;
use crate::delivery::DeliveryMethod;
use crate::id::{ChangeRequestId, FileId, LineId, ProductId, ShipmentId, VariantId, WarehouseId};
use crate::money::{Money, Rate};
use crate::order::{Parcel, Priority, Proposal, ReceiptLine, Reservation, ShipmentLine, ShortageChoice};
use crate::price::{DiscountShare, PriceReason};
use crate::promotion::OrderReason;
use crate::quantity::{Quantity, Unit};
use crate::text::LocalText;

/// Any command to an existing order. Submission makes the order: see [`NewOrder`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The customer submits a sent-back order again.
    Resubmit(ResubmitOrder),
    /// The customer takes the order back before the review has passed.
    Withdraw(WithdrawOrder),
    /// The order review passes the order, perhaps changed.
    PassOrderReview(PassOrderReview),
    /// The customer agrees to the changes.
    ConfirmChanges,
    /// The customer does not agree.
    DeclineChanges(DeclineChanges),
    /// The confirmation window is over (the desk's timer).
    ExpireConfirmation,
    /// The executive approval passes the order.
    PassExecutiveApproval(PassStage),
    /// The finance review passes the order.
    PassFinanceReview(PassFinanceReview),
    /// Production reports what is finished.
    ReportProduction(ReportProduction),
    /// Production is done.
    PassProduction(PassStage),
    /// The outbound review reserves stock and passes the order, or is the first of two checks.
    PassOutboundReview(PassOutboundReview),
    /// Goods leave.
    Ship(ShipGoods),
    /// The customer received a shipment.
    Receive(ReceiveShipment),
    /// The customer said nothing for so long that the shipment counts as received (the desk's timer).
    DeemReceived(DeemReceived),
    /// What has not been shipped will not be.
    CloseRemaining(CloseRemaining),
    /// A held line is released.
    ReleaseLine(ReleaseLine),
    /// Back to the customer.
    SendBack(SendBackOrder),
    /// For nothing.
    Void(VoidOrder),
    /// Somebody proposes a new version.
    RequestChange(RequestChange),
    /// The other side agrees to it, or not.
    AnswerChange(AnswerChange),
}

/// A line as it is submitted: priced and frozen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewLine {
    /// Its id, made on the device.
    pub id: LineId,
    /// The product.
    pub product_id: ProductId,
    /// The variant.
    pub variant_id: VariantId,
    /// SKU code.
    pub sku: String,
    /// Product and variant name.
    pub name: LocalText,
    /// The unit ordered in.
    pub unit: Unit,
    /// How many of it.
    pub quantity: Quantity,
    /// Price per unit.
    pub price: Money,
    /// Why.
    pub reasons: Vec<PriceReason>,
    /// Its share of what bundles save and of a discount on the whole order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<DiscountShare>,
    /// The customer's note.
    pub note: String,
    /// Made only once ordered.
    pub made_to_order: bool,
}

/// What is submitted, resolved by the server against catalog, prices and customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderContent {
    /// What is ordered; at least one line.
    pub lines: Vec<NewLine>,
    /// Where it goes.
    pub address: Address,
    /// When the customer wishes it.
    pub wanted_date: Option<NaiveDate>,
    /// How it is brought there, where the customer has a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_method: Option<DeliveryMethod>,
    /// How soon it must pass the reviews.
    pub priority: Priority,
    /// The customer's note.
    pub note: String,
    /// Cost of delivery.
    pub freight: Money,
    /// Promotions on the order as a whole. Their discounts are in the lines already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promotions: Vec<OrderReason>,
}

/// Submits a sent-back order again, as edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResubmitOrder {
    /// The whole new content.
    pub content: OrderContent,
}

/// Takes an order back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct WithdrawOrder {
    /// Why, if the customer says.
    pub reason: String,
}

/// Passes the order review (rule 5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PassOrderReview {
    /// The promised delivery date. Absent: today + lead time + slack.
    pub promised_date: Option<NaiveDate>,
    /// Changes to lines, each with its reason.
    pub lines: Vec<LineReview>,
    /// Another freight.
    pub freight: Option<FreightReview>,
}

/// A change the review makes to a line. Absent fields stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineReview {
    /// The line.
    pub line_id: LineId,
    /// The approved quantity; zero takes the line out of delivery.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// A special price; needs the special price permission.
    #[serde(default)]
    pub price: Option<Money>,
    /// A discount on the price; needs the special price permission.
    #[serde(default)]
    pub discount: Option<Rate>,
    /// Hold the line, or release it.
    #[serde(default)]
    pub held: Option<bool>,
    /// Split part of the line off into a line of its own.
    #[serde(default)]
    pub split: Option<LineSplit>,
    /// Why.
    pub reason: String,
}

/// Part of a line that becomes a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineSplit {
    /// Id of the new line.
    pub new_line_id: LineId,
    /// What moves there.
    pub quantity: Quantity,
    /// Hold the new line.
    #[serde(default)]
    pub held: bool,
}

/// Another freight, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreightReview {
    /// The new freight.
    pub freight: Money,
    /// Why.
    pub reason: String,
}

/// The customer does not agree to the changes: the order is sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeclineChanges {
    /// Why.
    pub reason: String,
}

/// Passes a stage that asks for nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PassStage {
    /// A note for the history.
    pub note: String,
}

/// Passes the finance review (rule 8).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PassFinanceReview {
    /// A note for the history.
    pub note: String,
    /// Why it passes beyond the credit limit; needs the credit override permission.
    pub override_reason: Option<String>,
}

/// Production reports what is finished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportProduction {
    /// What is finished in all, by line.
    pub lines: Vec<ProducedLine>,
}

/// What is finished of a line, in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProducedLine {
    /// The line.
    pub line_id: LineId,
    /// In the line's unit.
    pub produced: Quantity,
}

/// Reserves stock and passes the outbound review (rule 9).
///
/// A line that is not named reserves what is there in the default warehouse and waits for the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct PassOutboundReview {
    /// What to reserve, line by line.
    pub lines: Vec<OutboundLine>,
    /// A note for the history.
    pub note: String,
}

/// What to reserve for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboundLine {
    /// The line.
    pub line_id: LineId,
    /// Where from.
    pub warehouse_id: WarehouseId,
    /// How much, in the line's unit.
    pub quantity: Quantity,
    /// What of it is reserved in other warehouses besides.
    #[serde(default)]
    pub elsewhere: Vec<Reservation>,
    /// What happens to the rest, where that is less than what remains.
    #[serde(default)]
    pub shortage: Option<ShortageChoice>,
    /// The line that goes in its place, where the choice is to substitute.
    #[serde(default)]
    pub substitute: Option<NewLine>,
    /// Whether what goes in its place costs what was agreed for this line, by base unit ([`OrderLine::price_in`]), rather
    /// than what the customer pays for it otherwise.
    ///
    /// [`OrderLine::price_in`]: crate::order::OrderLine::price_in
    #[serde(default)]
    pub keeps_price: bool,
}

/// Goods leave (rule 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShipGoods {
    /// Id of the new shipment.
    pub shipment_id: ShipmentId,
    /// What leaves. Empty: everything that is reserved.
    #[serde(default)]
    pub lines: Vec<ShipmentLine>,
    /// Who carries it.
    pub carrier: String,
    /// Its parcels; empty means one without a tracking number.
    #[serde(default)]
    pub parcels: Vec<Parcel>,
}

/// The customer received a shipment (rule 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiveShipment {
    /// The shipment.
    pub shipment_id: ShipmentId,
    /// Line by line. Empty: everything arrived whole.
    #[serde(default)]
    pub lines: Vec<ReceiptLine>,
    /// The customer's note.
    #[serde(default)]
    pub note: String,
    /// Id of the claim to open where something is short or damaged; needed then.
    #[serde(default)]
    pub claim_id: Option<crate::id::ReturnId>,
    /// Photos of what is short or damaged, line by line; they go into the claim.
    #[serde(default)]
    pub photos: Vec<LinePhotos>,
}

/// Photos of a line, uploaded before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinePhotos {
    /// The order's line.
    pub line_id: LineId,
    /// The photos, in the order they are shown in.
    pub photos: Vec<FileId>,
}

/// A shipment counts as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeemReceived {
    /// The shipment.
    pub shipment_id: ShipmentId,
}

/// What has not been shipped will not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseRemaining {
    /// The lines; empty means all.
    #[serde(default)]
    pub line_ids: Vec<LineId>,
    /// Why.
    pub reason: String,
}

/// A held line may be delivered after all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseLine {
    /// The line.
    pub line_id: LineId,
    /// Why.
    pub reason: String,
}

/// Sends an order back to its customer (rule 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SendBackOrder {
    /// Why; the customer reads it.
    pub reason: String,
}

/// Voids an order (rule 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VoidOrder {
    /// Why; the other side reads it.
    pub reason: String,
}

/// Proposes a new version of a reviewed order (rule 4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RequestChange {
    /// Id of the request.
    pub id: ChangeRequestId,
    /// What it asks for.
    pub proposal: Proposal,
    /// Why.
    pub reason: String,
}

/// Answers a change request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnswerChange {
    /// The request.
    pub id: ChangeRequestId,
    /// Agreed, or not.
    pub accept: bool,
    /// The promised date set again, where the impact is on the schedule.
    #[serde(default)]
    pub promised_date: Option<NaiveDate>,
    /// Why not, or a note.
    #[serde(default)]
    pub reason: String,
}
