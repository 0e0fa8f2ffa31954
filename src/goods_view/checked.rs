//! Whether a typed quantity can be added to the cart.

use countersign_domain::quantity::{Quantity, QuantityBreach, QuantityError, QuantityRule};

use crate::offline::draft::read_quantity;

/// Why a typed quantity can't be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddProblem {
    /// It is no quantity.
    Unreadable(QuantityError),
    /// With what is in the cart already, it breaks the rule.
    Breach {
        /// How.
        breach: QuantityBreach,
        /// What could be added instead.
        nearest: Vec<Quantity>,
    },
}

/// The quantity to add, if it can be added to what is in the cart already.
///
/// # Errors
/// See [`AddProblem`].
pub fn check(typed: &str, in_cart: Quantity, rule: &QuantityRule) -> Result<Quantity, AddProblem> {
    let quantity = read_quantity(typed).map_err(AddProblem::Unreadable)?;
    let whole = if quantity.is_zero() {
        quantity
    } else {
        in_cart + quantity
    };
    rule.check(whole).map(|()| quantity).map_err(|breach| {
        let nearest = [breach.below, breach.above]
            .into_iter()
            .flatten()
            .map(|whole| whole.minus(in_cart));
        AddProblem::Breach {
            breach,
            nearest: nearest.filter(|more| !more.is_zero()).collect(),
        }
    })
}

#[cfg(test)]
mod tests {
    use countersign_domain::quantity::{Quantity, QuantityRule};

    use super::{AddProblem, check};

    #[test]
    fn what_is_in_the_cart_counts_for_the_rule() {
        let rule = QuantityRule {
            minimum: Some(Quantity::whole(10)),
            multiple: None,
            maximum: Some(Quantity::whole(20)),
        };
        let ten = Quantity::whole(10);
        assert_eq!(check("5", ten, &rule), Ok(Quantity::whole(5)));
        let Err(AddProblem::Breach { nearest, .. }) = check("15", ten, &rule) else {
            panic!("25 are too many")
        };
        assert_eq!(nearest, [ten]);
        assert!(matches!(
            check("5", Quantity::ZERO, &rule),
            Err(AddProblem::Breach { .. })
        ));
        assert!(matches!(check("0", ten, &rule), Err(AddProblem::Breach { .. })));
        assert!(matches!(
            check("five", ten, &rule),
            Err(AddProblem::Unreadable(_))
        ));
    }
}
