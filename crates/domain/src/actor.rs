//! Who acts: the one description of an account that every rule asks.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, CustomerId, RegionId};
use crate::permission::{Permission, PermissionSet};

/// An account as the rules see it. The server builds it from the session; the app gets it when signing in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// The account.
    pub account_id: AccountId,
    /// On whose side it stands and what it may do there.
    #[serde(flatten)]
    pub side: Side,
}

/// The two sides of the desk, and the desk itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "side", rename_all = "snake_case")]
pub enum Side {
    /// An ordering account of a customer.
    Distributor {
        /// The customer it orders for.
        customer_id: CustomerId,
    },
    /// A staff account of the supplier.
    Supplier {
        /// The union of its roles' permissions.
        permissions: PermissionSet,
        /// Where it may see and act; empty means everywhere.
        regions: Vec<RegionId>,
    },
    /// The desk's own timers: confirmation windows and deemed receipt.
    System,
}

impl Actor {
    /// Whether the actor is staff holding `permission`.
    pub fn holds(&self, permission: Permission) -> bool {
        matches!(&self.side, Side::Supplier { permissions, .. } if permissions.has(permission))
    }

    /// Whether the actor may see what belongs to `customer` in `region` at all.
    ///
    /// Where it may not, the thing looks unknown to it (protocol.md, Conventions).
    pub fn sees(&self, customer: CustomerId, region: RegionId) -> bool {
        match &self.side {
            Side::Distributor { customer_id } => *customer_id == customer,
            Side::Supplier { permissions, regions } => {
                permissions.sees_orders() && (regions.is_empty() || regions.contains(&region))
            }
            Side::System => true,
        }
    }

    /// The customer this actor orders for, if it stands on the distributor's side.
    pub fn customer_id(&self) -> Option<CustomerId> {
        match &self.side {
            Side::Distributor { customer_id } => Some(*customer_id),
            Side::Supplier { .. } | Side::System => None,
        }
    }
}
