//! `/orders`.

mod submit;

pub use submit::submit;

use countersign_contract::BASE_PATH;
use countersign_domain::id::OrderId;

/// Path of an order.
pub fn location(id: OrderId) -> String {
    format!("{BASE_PATH}/orders/{id}")
}
