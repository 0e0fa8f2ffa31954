//! The wholesaler's goods: categories, products, variants, prices and stock.

mod read;
mod unit;

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::picture::Picture;
use super::{DataError, Text};

pub use unit::Unit;

/// A customer level: it drives the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 经销商: buys by the truck and sells on.
    Dealer,
    /// 批发客户: buys by the case, several times a month.
    Wholesale,
    /// 零售店: shops and restaurants at the list price.
    Retail,
}

impl Level {
    /// Every level, the best prices first.
    pub const ALL: [Self; 3] = [Self::Dealer, Self::Wholesale, Self::Retail];

    /// The short code: `A`, `B` or `C`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Dealer => "A",
            Self::Wholesale => "B",
            Self::Retail => "C",
        }
    }

    /// The level's name.
    pub const fn name(self) -> Text {
        match self {
            Self::Dealer => Text::new("经销商", "Dealer"),
            Self::Wholesale => Text::new("批发客户", "Wholesaler"),
            Self::Retail => Text::new("零售店", "Retail shop"),
        }
    }
}

/// A category of the catalog tree, which is two deep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code: two letters for a top category, with a digit for one below.
    pub code: String,
    /// The code of the top category it is in; `None` for a top category.
    pub parent: Option<String>,
    /// What it is called.
    pub name: Text,
}

/// A label on a product to search and filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    /// The name used in the data files.
    pub key: &'static str,
    /// What people read.
    pub name: Text,
}

/// Every tag.
pub const TAGS: [Tag; 17] = [
    Tag {
        key: "everyday",
        name: Text::new("常备", "Everyday"),
    },
    Tag {
        key: "hot",
        name: Text::new("热销", "Best seller"),
    },
    Tag {
        key: "new",
        name: Text::new("新品", "New"),
    },
    Tag {
        key: "restaurant",
        name: Text::new("餐饮", "For restaurants"),
    },
    Tag {
        key: "gift",
        name: Text::new("礼赠", "Gift"),
    },
    Tag {
        key: "seasonal",
        name: Text::new("时令", "Seasonal"),
    },
    Tag {
        key: "imported",
        name: Text::new("进口", "Imported"),
    },
    Tag {
        key: "organic",
        name: Text::new("有机", "Organic"),
    },
    Tag {
        key: "sugar-free",
        name: Text::new("无糖", "Sugar-free"),
    },
    Tag {
        key: "vegan",
        name: Text::new("纯素", "Vegan"),
    },
    Tag {
        key: "kids",
        name: Text::new("儿童", "For kids"),
    },
    Tag {
        key: "chilled",
        name: Text::new("冷藏", "Keep chilled"),
    },
    Tag {
        key: "frozen",
        name: Text::new("冷冻", "Keep frozen"),
    },
    Tag {
        key: "fresh",
        name: Text::new("生鲜", "Fresh"),
    },
    Tag {
        key: "fragile",
        name: Text::new("易碎", "Fragile"),
    },
    Tag {
        key: "heat-sensitive",
        name: Text::new("避热", "Keep cool"),
    },
    Tag {
        key: "made-to-order",
        name: Text::new("定制", "Made to order"),
    },
];

/// A product with its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its code, the beginning of its variants' SKU codes.
    pub code: String,
    /// The code of the category below a top category it is in.
    pub category: String,
    /// The brand, which the name does not repeat.
    pub brand: Text,
    /// What it is called, without brand and size.
    pub name: Text,
    /// One short sentence.
    pub description: Text,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// What it looks like.
    pub picture: Picture,
    /// The unit stock is counted and prices are given in.
    pub unit: Unit,
    /// Working days from order to delivery.
    pub lead_days: u16,
    /// Whether it is produced once ordered instead of held in stock.
    pub made_to_order: bool,
    /// At least one.
    pub variants: Vec<Variant>,
}

/// A pack of several base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// What the pack is.
    pub unit: Unit,
    /// How many base units are in it.
    pub size: Decimal,
}

/// A cheaper price from a quantity on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// From this many base units on.
    pub from: Decimal,
    /// What it does to the price.
    pub price: Deal,
}

/// How a price differs from the one it starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deal {
    /// So many percent less.
    PercentOff(Decimal),
    /// This price per base unit, in CNY.
    Price(Decimal),
}

impl Deal {
    /// The price that comes of `price`.
    pub fn apply(self, price: Decimal) -> Decimal {
        match self {
            Self::PercentOff(percent) => price * (Decimal::ONE_HUNDRED - percent) / Decimal::ONE_HUNDRED,
            Self::Price(fixed) => fixed,
        }
    }
}

/// A variant (SKU): what is ordered, priced and stocked. Quantities are in base units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its unique SKU code.
    pub sku: String,
    /// Its unique EAN-13.
    pub barcode: String,
    /// Size, flavour or both.
    pub label: Text,
    /// The packs it comes in, smallest first; none where it is sold by the base unit alone.
    pub packs: Vec<Pack>,
    /// The list price of a base unit in CNY.
    pub list_price: Decimal,
    /// The least a line may order.
    pub minimum: Decimal,
    /// A line orders a multiple of this.
    pub multiple: Decimal,
    /// The most a line may order.
    pub maximum: Option<Decimal>,
    /// Quantity breaks, by quantity.
    pub breaks: Vec<Break>,
    /// The levels' own prices; a level without one pays the list price.
    pub level_prices: Vec<(Level, Deal)>,
    /// What is in stock and not promised to anybody; see [`super::orders::opening_stock`].
    pub stock: Decimal,
    /// Below this it should be bought again; zero where it is not held in stock.
    pub reorder_level: Decimal,
}

impl Variant {
    /// The pack it is ordered in: the largest, unless even one of it is more than may be ordered. `None` means that it
    /// is ordered by the base unit.
    pub fn ordering_pack(&self) -> Option<&Pack> {
        self.packs
            .last()
            .filter(|pack| self.maximum.is_none_or(|maximum| pack.size <= maximum))
    }

    /// The price of a base unit for `level` when ordering `quantity`, before agreed prices and promotions: level price,
    /// then quantity break (domain.md section 5, steps 1 and 2). Not rounded.
    pub fn price_for(&self, level: Level, quantity: Decimal) -> Decimal {
        let level_price = self.level_prices.iter().find(|(of, _)| *of == level);
        self.broken(
            level_price.map_or(self.list_price, |(_, deal)| deal.apply(self.list_price)),
            quantity,
        )
    }

    /// What a base price becomes by the quantity break `quantity` reaches. A break never makes it dearer.
    pub fn broken(&self, price: Decimal, quantity: Decimal) -> Decimal {
        let reached = self.breaks.iter().rfind(|step| step.from <= quantity);
        reached.map_or(price, |step| step.price.apply(price).min(price))
    }
}

/// The whole catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// Top categories, each followed by those below it.
    pub categories: Vec<Category>,
    /// Products in the order of the categories.
    pub products: Vec<Product>,
}

impl Catalog {
    /// Every variant with its product.
    pub fn variants(&self) -> impl Iterator<Item = (&Product, &Variant)> {
        self.products
            .iter()
            .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)))
    }

    /// The variant with that SKU code, and its product.
    pub fn find(&self, sku: &str) -> Option<(&Product, &Variant)> {
        let code = sku.split('-').next()?;
        let product = self.products.iter().find(|product| product.code == code)?;
        Some((
            product,
            product.variants.iter().find(|variant| variant.sku == sku)?,
        ))
    }
}

/// The catalog, read once.
///
/// # Panics
/// If a data file of this crate cannot be read, which its tests rule out.
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
        read_catalog().unwrap_or_else(|error| panic!("the sample catalog is broken: {error}"))
    });
    &CATALOG
}

/// Reads the catalog's data files anew.
///
/// # Errors
/// Names the first line that cannot be read.
pub fn read_catalog() -> Result<Catalog, DataError> {
    read::read()
}

#[cfg(test)]
mod tests;
