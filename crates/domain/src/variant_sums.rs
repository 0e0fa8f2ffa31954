//! How many of each variant an order comes to: what holds for a variant holds for all of its lines together.

use std::collections::BTreeMap;

use crate::id::VariantId;
use crate::quantity::Quantity;

/// How many of each variant some lines order together, in its ordering unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantSums(BTreeMap<VariantId, Quantity>);

impl VariantSums {
    /// What is ordered on lines other than one that orders `quantity` of `variant`.
    pub fn beside(&self, variant: VariantId, quantity: Quantity) -> Quantity {
        let sum = self.0.get(&variant).copied().unwrap_or_default();
        sum.minus(quantity)
    }
}

impl FromIterator<(VariantId, Quantity)> for VariantSums {
    fn from_iter<I: IntoIterator<Item = (VariantId, Quantity)>>(lines: I) -> Self {
        let mut sums = BTreeMap::new();
        for (variant, quantity) in lines {
            *sums.entry(variant).or_insert(Quantity::ZERO) += quantity;
        }
        Self(sums)
    }
}
