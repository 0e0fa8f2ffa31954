//! How content a customer is with a completed order.

use countersign_domain::id::OrderId;
use countersign_domain::rating::NewRating;

use crate::endpoint::{NoQuery, endpoints};
use crate::order::OrderDetail;

endpoints! {
    /// The customer rates a completed order, once
    RateOrder = Post "/orders/{order_id}/rating" "rate_order" Key true 201 (OrderId, NoQuery, NewRating) -> OrderDetail;
}
