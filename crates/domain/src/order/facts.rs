//! What [`decide`](crate::order::decide) has to know beside the order itself.

use chrono::{DateTime, NaiveDate, Utc};

use crate::actor::Actor;
use crate::customer::PaymentPolicy;
use crate::id::{VariantId, WarehouseId};
use crate::money::Money;
use crate::quantity::Quantity;
use crate::workflow::Workflow;

/// Who acts, when, under which settings, and how the world around the order looks.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// Now.
    pub now: DateTime<Utc>,
    /// Today in the deployment's time zone.
    pub today: NaiveDate,
    /// The settings.
    pub workflow: &'a Workflow,
    /// Money and stock.
    pub facts: &'a Facts,
}

/// Money and stock around an order, read in the same transaction that stores the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How the customer pays.
    pub policy: PaymentPolicy,
    /// Confirmed payments for this order.
    pub paid: Money,
    /// Unpaid completed and open orders of the customer without this one.
    pub exposure: Money,
    /// Free stock (not reserved for anybody) of the order's variants, in base units.
    pub stock: Vec<FreeStock>,
    /// Where stock is taken from when nobody says otherwise.
    pub default_warehouse: Option<WarehouseId>,
    /// The longest lead time of the order's variants, in days.
    pub lead_days: u32,
    /// Orders at the same stage that stand before this one in the queue of who acts (priority and deadlines).
    pub waiting_before: u32,
}

impl Default for Facts {
    /// A customer without credit, nothing paid, nothing in stock: the facts that allow least.
    fn default() -> Self {
        Self {
            policy: PaymentPolicy::Prepaid,
            paid: Money::ZERO,
            exposure: Money::ZERO,
            stock: Vec::new(),
            default_warehouse: None,
            lead_days: 0,
            waiting_before: 0,
        }
    }
}

/// Free stock of a variant in a warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeStock {
    /// The variant.
    pub variant_id: VariantId,
    /// The warehouse.
    pub warehouse_id: WarehouseId,
    /// In base units.
    pub free: Quantity,
}
