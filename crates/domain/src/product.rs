//! Products, variants and how much of their stock a customer may see.

use serde::{Deserialize, Serialize};

use crate::id::{CategoryId, ProductId, VariantId};
use crate::price::PriceTerms;
use crate::quantity::{Quantity, QuantityRule, Unit};
use crate::text::LocalText;

/// A product: one entry of the catalog with one or more variants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// What people call it.
    pub name: LocalText,
    /// The brand on the label.
    pub brand: LocalText,
    /// A few sentences.
    pub description: LocalText,
    /// Where it stands in the catalog tree.
    pub category_id: CategoryId,
    /// Words to filter by.
    pub tags: Vec<LocalText>,
    /// Path of its picture below the base of the API, where it has one.
    pub picture: Option<String>,
    /// Whether it can be ordered now.
    pub on_sale: bool,
    /// Its variants, at least one.
    pub variants: Vec<Variant>,
}

/// A variant (SKU): what is ordered, priced, stocked and shipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// Its id.
    pub id: VariantId,
    /// The SKU code people type and print.
    pub sku: String,
    /// The barcode, where it has one.
    pub barcode: Option<String>,
    /// What tells it from its siblings (flavour, size); empty for the only one.
    pub name: LocalText,
    /// The unit stock is counted in; its factor is 1.
    pub base_unit: Unit,
    /// Packs it can also be ordered in.
    pub packs: Vec<Unit>,
    /// Code of the unit a price and a quantity rule speak of, and that is offered first: a pack's or the base unit's.
    pub ordering_unit: String,
    /// Prices in the ordering unit, before the customer is known.
    pub prices: PriceTerms,
    /// What a quantity in the ordering unit must obey.
    pub rule: QuantityRule,
    /// Days from order to delivery.
    pub lead_days: u32,
    /// Made only once ordered: it passes the production stage.
    pub made_to_order: bool,
    /// Stock below which it is to be bought again, in base units.
    pub reorder_level: Quantity,
}

impl Variant {
    /// The unit prices and quantity rules speak of. Falls back on the base unit where the code names none.
    pub fn ordering_unit(&self) -> &Unit {
        self.packs
            .iter()
            .find(|pack| pack.code == self.ordering_unit)
            .unwrap_or(&self.base_unit)
    }

    /// The unit with `code`, the base unit among them.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        std::iter::once(&self.base_unit)
            .chain(&self.packs)
            .find(|unit| unit.code == code)
    }
}

/// How much of the stock a customer sees (a setting).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StockDisplay {
    /// The number itself.
    Number,
    /// Enough, low or none.
    #[default]
    Level,
    /// Nothing.
    Hidden,
}

/// Stock as a customer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StockShown {
    /// So many base units.
    Number {
        /// In base units.
        quantity: Quantity,
    },
    /// More than the reorder level.
    Enough,
    /// Some, at or below the reorder level.
    Low,
    /// None.
    None,
    /// Not shown.
    Hidden,
}

impl StockDisplay {
    /// What a customer sees of `available` base units.
    pub fn show(self, available: Quantity, reorder_level: Quantity) -> StockShown {
        match self {
            Self::Hidden => StockShown::Hidden,
            Self::Number => StockShown::Number { quantity: available },
            Self::Level if available.is_zero() => StockShown::None,
            Self::Level if available <= reorder_level => StockShown::Low,
            Self::Level => StockShown::Enough,
        }
    }
}
