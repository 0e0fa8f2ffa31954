//! How the demo's goods come to its customers.

use countersign_domain::delivery::DeliveryMethod;
use countersign_domain::id::DeliveryMethodId;
use countersign_domain::text::LocalText;

use super::ids::id;

/// The methods the company offers.
pub(super) fn methods() -> Vec<DeliveryMethod> {
    let method = |key: &str, zh: &str, en: &str| DeliveryMethod {
        id: DeliveryMethodId(id("delivery method", key)),
        name: LocalText::new(zh, en),
    };
    vec![
        method("truck", "供货方送货", "Supplier’s truck"),
        method("forwarder", "第三方物流", "Freight forwarder"),
        method("pick-up", "客户自提", "Self pick-up"),
    ]
}

/// The method of an order of so many lines: every one of them is in use.
pub(super) fn of_order(lines: usize) -> Option<DeliveryMethod> {
    let methods = methods();
    let turn = lines.checked_rem(methods.len())?;
    methods.into_iter().nth(turn)
}
