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
    /// Colleagues in whose place it acts today, beside its own ([`crate::delegation`]); nobody for distributors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stands_in_for: Vec<StandIn>,
}

/// A colleague in whose place somebody acts: what that colleague may do in the queues, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StandIn {
    /// The colleague.
    pub account_id: AccountId,
    /// Their name.
    pub name: String,
    /// What was handed over: of the colleague's permissions those that pass queues.
    pub permissions: PermissionSet,
    /// Where the colleague may see and act; empty means everywhere.
    pub regions: Vec<RegionId>,
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
    /// The same person without anybody in whose place they act.
    pub fn alone(&self) -> Self {
        Self {
            account_id: self.account_id,
            side: self.side.clone(),
            stands_in_for: Vec::new(),
        }
    }

    /// Whether the actor is staff holding `permission`, by itself or in somebody's place. Where it holds is not asked.
    pub fn holds(&self, permission: Permission) -> bool {
        self.places().any(|(permissions, _)| permissions.has(permission))
    }

    /// Whether the actor is staff holding `permission` where it sees orders of `region`: a permission handed over counts in
    /// the colleague's regions, an own one in the own.
    pub fn holds_in(&self, permission: Permission, region: RegionId) -> bool {
        self.places().any(|(permissions, regions)| {
            permissions.has(permission) && permissions.sees_orders() && covers(regions, region)
        })
    }

    /// Whether the actor sees orders of `region` at all, whosever they are; a distributor sees none by region.
    pub fn sees_region(&self, region: RegionId) -> bool {
        self.sees_somewhere(PermissionSet::sees_orders, region)
    }

    /// Whether in one of its places it sees, by `sees`, what belongs to `region`.
    pub(crate) fn sees_somewhere(&self, sees: fn(PermissionSet) -> bool, region: RegionId) -> bool {
        self.places()
            .any(|(permissions, regions)| sees(permissions) && covers(regions, region))
    }

    /// What staff may do and where: in their own place, then in those of others. None of a distributor.
    fn places(&self) -> impl Iterator<Item = (PermissionSet, &[RegionId])> {
        let own = match &self.side {
            Side::Supplier { permissions, regions } => Some((*permissions, regions.as_slice())),
            Side::Distributor { .. } | Side::System => None,
        };
        let others = self
            .stands_in_for
            .iter()
            .map(|other| (other.permissions, other.regions.as_slice()));
        let is_staff = own.is_some();
        own.into_iter().chain(others.filter(move |_| is_staff))
    }

    /// Whether the actor may see what belongs to `customer` in `region` at all.
    ///
    /// Where it may not, the thing looks unknown to it (protocol.md, Conventions).
    pub fn sees(&self, customer: CustomerId, region: RegionId) -> bool {
        match &self.side {
            Side::Distributor { customer_id } => *customer_id == customer,
            Side::Supplier { .. } => self.sees_somewhere(PermissionSet::sees_orders, region),
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

/// Whether somebody limited to `regions` acts in `region`; limited to none means everywhere.
fn covers(regions: &[RegionId], region: RegionId) -> bool {
    regions.is_empty() || regions.contains(&region)
}
