//! Identifiers. Each kind of thing has its own type, so that an order's id can't be passed where a customer's is meant.
//!
//! Ids are UUIDs made by whoever creates the thing (protocol.md, Conventions); nothing in this crate makes one up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )+};
}

ids! {
    /// A person's account, of either side.
    AccountId;
    /// A distributor organisation.
    CustomerId;
    /// A region of the supplier's sales organisation.
    RegionId;
    /// A customer level (class), which drives price and assortment.
    LevelId;
    /// A category of the catalog tree.
    CategoryId;
    /// A product: what is shown as one entry of the catalog.
    ProductId;
    /// A variant (SKU): what is ordered, stocked and shipped.
    VariantId;
    /// A warehouse that holds stock.
    WarehouseId;
    /// A draft on a device. It becomes at most one order, for ever (protocol.md, Submitting an order exactly once).
    DraftId;
    /// An order.
    OrderId;
    /// A line of an order.
    LineId;
    /// A shipment: part or all of an order that leaves together.
    ShipmentId;
    /// A change request on a reviewed order.
    ChangeRequestId;
    /// A return, or a claim for goods that never arrived whole.
    ReturnId;
    /// A delivery address of a customer.
    AddressId;
    /// A way goods are brought to a customer.
    DeliveryMethodId;
    /// A promotion.
    PromotionId;
    /// A role: a named set of permissions.
    RoleId;
    /// A saved view of a list.
    ViewId;
    /// A saved list of a customer.
    ListId;
    /// Queues handed over to a colleague.
    DelegationId;
    /// A message in the conversation of an order.
    MessageId;
    /// A file that somebody sent.
    FileId;
    /// A notice of the supplier.
    NoticeId;
}
