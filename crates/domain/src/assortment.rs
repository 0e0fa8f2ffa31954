//! What customers of a level may see of the catalog: the level drives the visible assortment (domain.md section 1).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, ProductId};
use crate::search::below;

/// What customers of a level don't see; nothing is hidden from whoever has no rule. A product that is hidden looks to them
/// as if it did not exist: it is not found, not counted, not shown, and can't be ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assortment {
    /// These categories, with all that is below them.
    pub hidden_categories: BTreeSet<CategoryId>,
    /// These products, wherever they stand.
    pub hidden_products: BTreeSet<ProductId>,
}

impl Assortment {
    /// Whether everything is visible.
    pub fn is_whole(&self) -> bool {
        self.hidden_categories.is_empty() && self.hidden_products.is_empty()
    }

    /// The same with the categories below the hidden ones named as well, as [`Self::shows`] wants it. The tree is given
    /// as each category with the one it hangs from.
    #[must_use]
    pub fn spelt_out(
        mut self,
        parents: impl Iterator<Item = (CategoryId, Option<CategoryId>)> + Clone,
    ) -> Self {
        let hidden = self.hidden_categories.iter();
        let all: BTreeSet<CategoryId> = hidden
            .flat_map(|category| below(*category, parents.clone()))
            .collect();
        self.hidden_categories = all;
        self
    }

    /// Whether a product of this category is visible.
    pub fn shows(&self, product: ProductId, category: CategoryId) -> bool {
        !self.hidden_categories.contains(&category) && !self.hidden_products.contains(&product)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn category(number: u128) -> CategoryId {
        CategoryId(Uuid::from_u128(number))
    }

    fn product(number: u128) -> ProductId {
        ProductId(Uuid::from_u128(number))
    }

    #[test]
    fn what_hangs_from_a_hidden_category_is_hidden_too() {
        let tree = [
            (category(1), None),
            (category(2), Some(category(1))),
            (category(3), Some(category(2))),
            (category(4), None),
        ];
        let assortment = Assortment {
            hidden_categories: BTreeSet::from([category(1)]),
            hidden_products: BTreeSet::from([product(9)]),
        }
        .spelt_out(tree.into_iter());
        for hidden in 1..=3 {
            assert!(!assortment.shows(product(1), category(hidden)), "{hidden}");
        }
        assert!(assortment.shows(product(1), category(4)));
        assert!(!assortment.shows(product(9), category(4)));
        assert!(!assortment.is_whole());
    }

    #[test]
    fn without_a_rule_everything_is_visible() {
        let assortment = Assortment::default();
        assert!(assortment.is_whole());
        assert!(assortment.shows(product(1), category(1)));
    }
}
