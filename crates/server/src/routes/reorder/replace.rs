//! Finding what may be ordered in the place of what is no longer to be had.

use std::collections::BTreeMap;

use countersign_contract::ProblemKind;
use countersign_contract::catalog::{CatalogProduct, CatalogVariant};
use countersign_contract::reorder::{MAX_REPLACEMENTS, ReorderOffer};
use countersign_domain::id::CategoryId;
use countersign_domain::money::Money;
use countersign_domain::price::resolve;
use countersign_domain::product::Product;
use countersign_domain::reorder::distance;
use sqlx::SqliteConnection;

use super::{Wanted, offer};
use crate::error::ApiError;
use crate::repo::{products, replacements};
use crate::routes::catalog::Viewer;

/// Finds replacements; what was read of a category once is not read again.
pub(super) struct Replacing<'a> {
    viewer: &'a Viewer,
    categories: BTreeMap<CategoryId, Vec<CatalogProduct>>,
}

impl<'a> Replacing<'a> {
    /// For this viewer's prices.
    pub(super) fn new(viewer: &'a Viewer) -> Self {
        Self {
            viewer,
            categories: BTreeMap::new(),
        }
    }

    /// What comes nearest to `wanted`, which is no longer on sale: other variants of its product first, then the same
    /// category by the nearest price.
    pub(super) async fn find(
        &mut self,
        connection: &mut SqliteConnection,
        wanted: &Wanted,
    ) -> Result<Vec<ReorderOffer>, ApiError> {
        let id = wanted.goods.variant_id;
        let product = products::by_variant(connection, &[id])
            .await?
            .remove(&id)
            .ok_or(ProblemKind::NotFound)?;
        let price = wanted
            .price
            .or_else(|| list_price(&product, wanted))
            .unwrap_or_default();
        let category = product.category_id;
        let near = match self.categories.remove(&category) {
            Some(near) => near,
            None => {
                let position = replacements::position(connection, id).await?;
                let near = replacements::in_category(connection, category, position).await?;
                self.viewer.show(connection, near).await?
            }
        };
        let mut all: Vec<_> = near
            .iter()
            .flat_map(|product| product.variants.iter().map(move |variant| (product, variant)))
            .filter(|(_, variant)| variant.id != id && variant.rule.smallest().is_some())
            .map(|(near, variant)| {
                (
                    distance(near.id == product.id, now(variant), price),
                    near,
                    variant,
                )
            })
            .collect();
        all.sort_by_key(|(distance, ..)| *distance);
        let nearest = all.into_iter().take(MAX_REPLACEMENTS);
        let offers = nearest
            .map(|(_, product, variant)| offer(product, variant, &wanted.goods.unit, wanted.quantity))
            .collect();
        self.categories.insert(category, near);
        Ok(offers)
    }
}

/// What one unit costs where few are ordered.
fn now(variant: &CatalogVariant) -> Money {
    let quantity = variant.rule.smallest().unwrap_or_default();
    resolve(&variant.terms, quantity).unit
}

/// What it cost before it was taken off sale.
fn list_price(product: &Product, wanted: &Wanted) -> Option<Money> {
    let variant = product
        .variants
        .iter()
        .find(|variant| variant.id == wanted.goods.variant_id)?;
    Some(variant.prices.list)
}
