//! How goods come to a customer: the delivery methods a company offers.

use serde::{Deserialize, Serialize};

use crate::id::DeliveryMethodId;
use crate::text::LocalText;

/// A way goods are brought to a customer, such as the supplier's truck. An order keeps it as it was when it was submitted:
/// what the company calls it later, or offers no more, changes no order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryMethod {
    /// Its id.
    pub id: DeliveryMethodId,
    /// What people call it.
    pub name: LocalText,
}

/// The method somebody has chosen of those that are `offered`: the first where none is chosen, or one that is offered no more.
/// `None` where the company offers no choice.
pub fn chosen(offered: &[DeliveryMethod], choice: Option<DeliveryMethodId>) -> Option<&DeliveryMethod> {
    let found = offered.iter().find(|method| Some(method.id) == choice);
    found.or_else(|| offered.first())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn method(number: u128) -> DeliveryMethod {
        DeliveryMethod {
            id: DeliveryMethodId(Uuid::from_u128(number)),
            name: LocalText::default(),
        }
    }

    #[test]
    fn the_first_is_taken_where_nothing_that_is_offered_was_chosen() {
        let offered = [method(1), method(2)];
        let of = |choice| chosen(&offered, choice).map(|method| method.id);
        assert_eq!(of(Some(method(2).id)), Some(method(2).id));
        assert_eq!(of(Some(method(3).id)), Some(method(1).id));
        assert_eq!(of(None), Some(method(1).id));
        assert_eq!(chosen(&[], Some(method(1).id)), None);
    }
}
