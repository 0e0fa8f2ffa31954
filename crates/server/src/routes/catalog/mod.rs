//! `/categories`, `/products` and `/catalog`: the catalog as the caller sees it.

mod get_product;
mod list_categories;
mod list_changes;
mod list_products;

pub use get_product::get_product;
pub use list_categories::list_categories;
pub use list_changes::list_changes;
pub use list_products::list_products;

use std::collections::BTreeMap;

use countersign_contract::ProblemKind;
use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_domain::actor::Actor;
use countersign_domain::id::VariantId;
use countersign_domain::money::Money;
use countersign_domain::price::{CustomerTerms, PriceTerms};
use countersign_domain::product::{StockDisplay, Variant};
use countersign_domain::quantity::Quantity;
use sqlx::SqliteConnection;

use crate::db::DbError;
use crate::db::row::name_of;
use crate::digest::sha256_hex;
use crate::error::ApiError;
use crate::repo::catalog::OnSale;
use crate::repo::customers::{self, Customer};
use crate::repo::{products, settings, stock};

/// Whose prices are shown, and how much of the stock.
struct Viewer {
    /// The customer; staff have none and see list prices.
    customer: Option<Customer>,
    display: StockDisplay,
}

impl Viewer {
    async fn of(connection: &mut SqliteConnection, actor: &Actor) -> Result<Self, ApiError> {
        let Some(id) = actor.customer_id() else {
            return Ok(Self {
                customer: None,
                display: StockDisplay::Number,
            });
        };
        let customer = customers::find(connection, id)
            .await?
            .ok_or(ProblemKind::NotFound)?;
        Ok(Self {
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
        let seen = format!("{whose} {}", name_of(&self.display)?);
        Ok(sha256_hex(seen.as_bytes())[..16].to_owned())
    }

    /// Products with this viewer's prices and stock.
    async fn show(
        &self,
        connection: &mut SqliteConnection,
        products: Vec<OnSale>,
    ) -> Result<Vec<CatalogProduct>, DbError> {
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
        let shown = products
            .into_iter()
            .map(|OnSale { position, product }| CatalogProduct {
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
            });
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
