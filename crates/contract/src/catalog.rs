//! The catalog as one customer sees it.

use countersign_domain::id::{CategoryId, CustomerId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::price::{CustomerTerms, resolve};
use countersign_domain::product::StockShown;
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::search::{Facets, Keys, Searched};
use countersign_domain::text::LocalText;
use serde::{Deserialize, Serialize};

use crate::buying::ForCustomer;
use crate::endpoint::{NoContent, Pairs, QueryParams, endpoints};
use crate::page::Page;

endpoints! {
    /// The category tree
    ListCategories = Get "/categories" "list_categories" None true 200 ((), ForCustomer, NoContent) -> Vec<Category>;
    /// Products of the catalog, searched and filtered
    ListProducts = Get "/products" "list_products" None true 200 ((), ProductQuery, NoContent) -> Page<CatalogProduct>;
    /// One product
    GetProduct = Get "/products/{product_id}" "get_product" None true 200 (ProductId, ForCustomer, NoContent) -> CatalogProduct;
    /// Products that changed since a cursor, those no longer to be had among them
    ListCatalogChanges = Get "/catalog/changes" "list_catalog_changes" None true 200
        ((), ChangesQuery, NoContent) -> CatalogChanges;
    /// What can be chosen among the products of a list, with counts
    GetProductFacets = Get "/product-facets" "get_product_facets" None true 200 ((), ProductQuery, NoContent) -> Facets;
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
    /// Words of a name in either language, codes, barcodes, pinyin or its initials. All have to fit; the best come first.
    pub q: Option<String>,
    /// In this category or below it.
    pub category: Option<CategoryId>,
    /// With one of these variants, comma separated; what a cart asks for.
    pub variants: Option<String>,
    /// Only what is in stock.
    pub in_stock: Option<bool>,
    /// Only the customer's favourites.
    pub favourite: Option<bool>,
    /// Only what the customer has ordered before.
    pub bought: Option<bool>,
    /// Only what a promotion of the customer is about.
    pub promoted: Option<bool>,
    /// Of one of these brands: their keys as the facets say them, with `|` between.
    pub brand: Option<String>,
    /// With one of these tags: their keys as the facets say them, with `|` between.
    pub tag: Option<String>,
    /// At least this price, at the cheapest variant.
    pub price_from: Option<Money>,
    /// Less than this price.
    pub price_to: Option<Money>,
    /// Cursor of the page before.
    pub after: Option<String>,
    /// Products to pass over, for a window into the middle of a long list.
    pub skip: Option<u32>,
    /// Items on the page.
    pub limit: Option<u32>,
    /// Whether to count them all.
    pub total: Option<bool>,
    /// The customer as whom it is seen, for staff who order on its behalf; staff who say none see list prices.
    pub customer: Option<CustomerId>,
}

impl QueryParams for ProductQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("q", self.q.as_deref())
            .opt("category", self.category)
            .opt("variants", self.variants.as_deref())
            .opt("in_stock", self.in_stock)
            .opt("favourite", self.favourite)
            .opt("bought", self.bought)
            .opt("promoted", self.promoted)
            .opt("brand", self.brand.as_deref())
            .opt("tag", self.tag.as_deref())
            .opt("price_from", self.price_from)
            .opt("price_to", self.price_to)
            .opt("after", self.after.as_deref())
            .opt("skip", self.skip)
            .opt("limit", self.limit)
            .opt("total", self.total)
            .opt("customer", self.customer)
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
    /// Readings of its Chinese texts, by which it is found: that of the name, of the brand and of each variant's name, a
    /// line each. Characters and runs of letters are separated by blanks, several readings of one character by `/`:
    /// `chong/zhong qing xiao mian`. Empty from a server that knows none.
    #[serde(default)]
    pub pinyin: String,
    /// Its variants, at least one.
    pub variants: Vec<CatalogVariant>,
}

impl CatalogProduct {
    /// What it is found by.
    pub fn keys(&self) -> Keys {
        let variants: Vec<_> = (self.variants.iter())
            .map(|variant| (&variant.name, variant.sku.as_str(), variant.barcode.as_deref()))
            .collect();
        Keys::of(&Searched {
            name: &self.name,
            brand: &self.brand,
            variants: &variants,
            pinyin: &self.pinyin,
        })
    }

    /// What one ordering unit costs at the cheapest variant.
    pub fn price(&self) -> Money {
        let prices = self
            .variants
            .iter()
            .map(|variant| resolve(&variant.terms, Quantity::ONE).unit);
        prices.min().unwrap_or(Money::ZERO)
    }
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
    /// The customer as whom it is seen, for staff who order on its behalf.
    pub customer: Option<CustomerId>,
}

impl QueryParams for ChangesQuery {
    fn pairs(&self) -> Vec<(&'static str, String)> {
        Pairs::default()
            .opt("since", self.since.as_deref())
            .opt("limit", self.limit)
            .opt("customer", self.customer)
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
