//! What the rules need to know of a customer.

use serde::{Deserialize, Serialize};

use crate::id::AddressId;
use crate::money::{Money, Rate};

/// How a customer pays (domain.md section 3, rule 8).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PaymentPolicy {
    /// 款到发货: confirmed payments cover the total before the finance review can pass.
    Prepaid,
    /// 订金: a share before production or outbound, the rest within `days` after receipt.
    Deposit {
        /// The share due before production or outbound.
        share: Rate,
        /// Days after receipt until the rest is due.
        days: u32,
    },
    /// 账期: exposure must stay within the limit.
    Credit {
        /// The credit limit. `None` means credit is not allowed, not that it is unlimited.
        limit: Option<Money>,
        /// Days until an invoice is due.
        days: u32,
    },
}

/// A place goods are delivered to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Address {
    /// The address in the customer's book.
    pub id: AddressId,
    /// Who receives.
    pub contact: String,
    /// Their telephone number.
    pub phone: String,
    /// Province, city, street, in one line as it is printed.
    pub text: String,
}
