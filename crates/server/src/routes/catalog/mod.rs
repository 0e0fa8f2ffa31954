//! `/categories`, `/products` and `/catalog`: the catalog as the caller sees it.

mod finding;
mod get_facets;
mod get_product;
mod list_categories;
mod list_changes;
mod list_products;
mod look_up_codes;

pub use get_facets::get_facets;
pub use get_product::get_product;
pub use list_categories::list_categories;
pub use list_changes::list_changes;
pub use list_products::list_products;
pub use look_up_codes::look_up_codes;

use std::collections::BTreeMap;

use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_domain::actor::Actor;
use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CustomerId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::price::{CustomerTerms, PriceTerms};
use countersign_domain::product::{Product, StockDisplay, Variant};
use countersign_domain::quantity::Quantity;
use sqlx::SqliteConnection;

use crate::assortment;
use crate::buying::buyer;
use crate::db::DbError;
use crate::db::row::{name_of, to_json};
use crate::digest::sha256_hex;
use crate::error::ApiError;
use crate::repo::catalog::OnSale;
use crate::repo::customers::Customer;
use crate::repo::{products, settings, stock};

/// Whose prices are shown, what of the catalog, and how much of the stock.
pub(super) struct Viewer {
    /// The customer; staff who order on behalf of nobody have none and see list prices.
    customer: Option<Customer>,
    display: StockDisplay,
    /// What this viewer may see, spelt out; staff see everything.
    assortment: Assortment,
}

impl Viewer {
    /// `actor`, who asked to see it as the customer `asked`. Staff who order on behalf of one see what that one sees.
    pub(super) async fn of(
        connection: &mut SqliteConnection,
        actor: &Actor,
        asked: Option<CustomerId>,
    ) -> Result<Self, ApiError> {
        if actor.customer_id().is_none() && asked.is_none() {
            return Ok(Self {
                customer: None,
                display: StockDisplay::Number,
                assortment: Assortment::default(),
            });
        }
        let customer = buyer(connection, actor, asked).await?;
        Ok(Self {
            assortment: assortment::of_level(connection, customer.level_id).await?,
            customer: Some(customer),
            display: settings::get(connection, settings::STOCK_DISPLAY).await?.value,
        })
    }

    /// Tells a catalog as this viewer sees it from the same one as others do, or the same viewer did at other times.
    fn tag(&self) -> Result<String, DbError> {
        let whose = match &self.customer {
            Some(customer) => format!("{} {}", customer.id, customer.level_id),
            None => "list prices".to_owned(),
        };
        // With the readings: a copy from before they were sent is to begin anew.
        let mut seen = format!("{whose} {} with readings", name_of(&self.display)?);
        // Whatever comes or goes with another assortment is no change of a product.
        if !self.assortment.is_whole() {
            seen.push_str(&to_json(&self.assortment)?);
        }
        Ok(sha256_hex(seen.as_bytes())[..16].to_owned())
    }

    /// Whether this viewer may see `product`.
    pub(super) fn sees(&self, product: &Product) -> bool {
        self.assortment.shows(product.id, product.category_id)
    }

    /// Those of `products` that this viewer may see, with its prices and stock.
    pub(super) async fn show(
        &self,
        connection: &mut SqliteConnection,
        mut products: Vec<OnSale>,
    ) -> Result<Vec<CatalogProduct>, DbError> {
        products.retain(|one| self.sees(&one.product));
        let ids: Vec<VariantId> = products
            .iter()
            .flat_map(|one| &one.product.variants)
            .map(|variant| variant.id)
            .collect();
        let agreed = match &self.customer {
            Some(customer) => products::agreed_prices_of(connection, customer.id, &ids).await?,
            None => BTreeMap::new(),
        };
        let free = stock::free_in_all(connection, &ids).await?;
        let shown = products.into_iter().map(
            |OnSale {
                 position,
                 product,
                 pinyin,
             }| CatalogProduct {
                variants: product
                    .variants
                    .into_iter()
                    .map(|variant| {
                        let agreed = agreed.get(&variant.id).copied();
                        let free = free.get(&variant.id).copied().unwrap_or_default();
                        self.show_variant(variant, agreed, free)
                    })
                    .collect(),
                id: product.id,
                name: product.name,
                brand: product.brand,
                description: product.description,
                category_id: product.category_id,
                position,
                tags: product.tags,
                picture: product.picture,
                pinyin,
            },
        );
        Ok(shown.collect())
    }

    fn show_variant(&self, variant: Variant, agreed: Option<Money>, free: Quantity) -> CatalogVariant {
        CatalogVariant {
            unit: variant.ordering_unit().clone(),
            terms: self.terms(&variant.prices, agreed),
            stock: self.display.show(free, variant.reorder_level),
            id: variant.id,
            sku: variant.sku,
            barcode: variant.barcode,
            name: variant.name,
            base_unit: variant.base_unit,
            rule: variant.rule,
            lead_days: variant.lead_days,
            made_to_order: variant.made_to_order,
        }
    }

    fn terms(&self, prices: &PriceTerms, agreed: Option<Money>) -> CustomerTerms {
        match &self.customer {
            Some(customer) => prices.for_customer(customer.level_id, agreed),
            None => CustomerTerms {
                list: prices.list,
                level: None,
                agreed: None,
                breaks: prices.breaks.clone(),
            },
        }
    }
}
