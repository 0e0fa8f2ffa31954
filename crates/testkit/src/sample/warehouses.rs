//! Where the wholesaler's goods lie.

use rust_decimal::Decimal;

use super::Text;
use super::catalog::Variant;

/// A warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warehouse {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: Text,
}

/// The one every order of the sample is picked in.
pub const MAIN: Warehouse = Warehouse {
    code: "main",
    name: Text::new("上海总仓", "Main warehouse, Shanghai"),
};

/// The one that keeps a reserve of what sells most.
pub const RESERVE: Warehouse = Warehouse {
    code: "reserve",
    name: Text::new("成都分仓", "Reserve warehouse, Chengdu"),
};

/// How much of [`Variant::stock`] lies in [`RESERVE`]: a fifth in whole packs, of what there is plenty of.
pub fn in_reserve(variant: &Variant) -> Decimal {
    let Some(pack) = variant.packs.last() else {
        return Decimal::ZERO;
    };
    if variant.stock < variant.reorder_level * Decimal::from(5) {
        return Decimal::ZERO;
    }
    (variant.stock / Decimal::from(5) / pack.size).floor() * pack.size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::catalog::catalog;

    #[test]
    fn the_reserve_is_part_of_the_stock_of_some_goods() {
        let reserved: Vec<_> = catalog()
            .variants()
            .map(|(_, variant)| (in_reserve(variant), variant.stock))
            .collect();
        assert!(reserved.iter().all(|(reserve, stock)| reserve <= stock));
        let count = reserved
            .iter()
            .filter(|(reserve, _)| *reserve > Decimal::ZERO)
            .count();
        assert!((50..reserved.len() * 2 / 3).contains(&count), "{count} goods");
    }
}
