//! The catalog as one customer sees it.

use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::price::CustomerTerms;
use countersign_domain::product::StockShown;
use countersign_domain::quantity::{QuantityRule, Unit};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::endpoint::{NoContent, NoQuery, Pairs, QueryParams, endpoints};
use crate::page::Page;

endpoints! {
    /// The category tree
    ListCategories = Get "/categories" "list_categories" None true 200 ((), NoQuery, NoContent) -> Vec<Category>;
    /// Products of the catalog, searched and filtered
    ListProducts = Get "/products" "list_products" None true 200 ((), ProductQuery, NoContent) -> Page<CatalogProduct>;
    /// One product
    GetProduct = Get "/products/{product_id}" "get_product" None true 200 (ProductId, NoQuery, NoContent) -> CatalogProduct;
    /// Products that changed since a cursor, those no longer to be had among them
    ListCatalogChanges = Get "/catalog/changes" "list_catalog_changes" None true 200
        ((), ChangesQuery, NoContent) -> CatalogChanges;
}

/// A category and where it hangs in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The category it belongs to; absent at the top.
    pub parent_id: Option<CategoryId>,
    /// Its name.
    pub name: LocalText,
    /// Products in it and below it.
    pub products: u32,
}

/// Which products.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct ProductQuery {
    /// Words of a name in either language, the beginning of a code, or a barcode.
    pub q: Option<String>,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// With one of these variants, comma separated; what a cart asks for.
    pub variants: Option<String>,
    /// Only what is in stock.
    pub in_stock: Option<bool>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Whether to count them all.
    pub total: Option<bool>,
}

impl QueryParams for ProductQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("q", self.q.as_deref())
            .opt("category", self.category)
            .opt("variants", self.variants.as_deref())
            .opt("in_stock", self.in_stock)
            .opt("after", self.after.as_deref())
            .opt("limit", self.limit)
            .opt("total", self.total)
            .done()
    }
}

/// A product with what this customer pays for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogProduct {
    /// Its id.
    pub id: ProductId,
    /// Its name.
    pub name: LocalText,
    /// Its brand.
    pub brand: LocalText,
    /// A few sentences.
    pub description: LocalText,
    /// Where it stands in the tree.
    pub category_id: CategoryId,
    /// Its place in the order of the catalog; where two are alike, their ids decide.
    pub position: u32,
    /// Words to filter by.
    pub tags: Vec<LocalText>,
    /// Path of its picture below the base of the API.
    pub picture: Option<String>,
    /// Its variants, at least one.
    pub variants: Vec<CatalogVariant>,
}

/// A variant with what this customer pays for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogVariant {
    /// Its id.
    pub id: VariantId,
    /// SKU code.
    pub sku: String,
    /// Barcode.
    pub barcode: Option<String>,
    /// What tells it from its siblings; empty for the only one.
    pub name: LocalText,
    /// The unit it is ordered and priced in.
    pub unit: Unit,
    /// The unit it is made of.
    pub base_unit: Unit,
    /// Prices of this customer, per ordering unit.
    pub terms: CustomerTerms,
    /// What a quantity must obey.
    pub rule: QuantityRule,
    /// Stock by the company's display policy.
    pub stock: StockShown,
    /// Days from order to delivery.
    pub lead_days: u32,
    /// Made only once ordered.
    pub made_to_order: bool,
}

/// Since when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(default)]
pub struct ChangesQuery {
    /// Cursor of the last answer; absent for everything.
    pub since: Option<String>,
    /// Products in one step: 500 where nobody says otherwise, at most 2,000.
    pub limit: Option<u32>,
}

impl QueryParams for ChangesQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("since", self.since.as_deref())
            .opt("limit", self.limit)
            .done()
    }
}

/// A step of bringing a copy of the catalog up to date.
///
/// A product is in it when anything of it changed that this customer sees: its words and units, its prices, the price of
/// the customer's level or the one agreed with the customer, its stock. Categories are a list of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogChanges {
    /// New and changed products, whole.
    pub products: Vec<CatalogProduct>,
    /// Products that are not to be had any more; the copy may never have had them.
    pub removed: Vec<ProductId>,
    /// Give this as `since` next time.
    pub cursor: String,
    /// Whether there is more right now. A step may be empty and have more behind it.
    pub more: bool,
    /// Whether this step begins from the beginning, because there was no cursor or because it is good for nothing any
    /// more: the customer has another level now, stock is shown in another way, the server was restored from a backup.
    /// Whatever the copy has from before and has not been sent again once `more` is false is gone.
    pub restart: bool,
}
