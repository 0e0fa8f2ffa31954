//! The sample catalog as products of the domain.

use std::collections::BTreeMap;

use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, LevelId, ProductId, VariantId};
use countersign_domain::money::{Currency, Money, Rate};
use countersign_domain::price::{BreakEffect, PriceTerms, QuantityBreak};
use countersign_domain::product::{Product, Variant};
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_testkit::sample::catalog::{self as sample, Deal, catalog};
use rust_decimal::Decimal;

use super::ids::id;
use super::{SeedError, local};
use crate::repo::products::Category;

/// The sample's goods.
pub(super) struct Goods {
    /// The category tree.
    pub(super) categories: Vec<Category>,
    /// The products in the order of the catalog.
    pub(super) products: Vec<Product>,
    /// Pictures by their name under `/media/`.
    pub(super) pictures: BTreeMap<String, String>,
    places: BTreeMap<String, (usize, usize)>,
}

impl Goods {
    /// Reads the sample.
    pub(super) fn read() -> Result<Self, SeedError> {
        let mut goods = Self {
            categories: categories(),
            products: Vec::new(),
            pictures: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        for one in &catalog().products {
            let name = picture_name(one);
            goods.pictures.entry(name).or_insert_with(|| one.picture.svg());
            for (place, variant) in one.variants.iter().enumerate() {
                goods
                    .places
                    .insert(variant.sku.clone(), (goods.products.len(), place));
            }
            goods.products.push(product(one)?);
        }
        Ok(goods)
    }

    /// The variant with this SKU code, and its product.
    pub(super) fn find(&self, sku: &str) -> Result<(&Product, &Variant), SeedError> {
        self.places
            .get(sku)
            .and_then(|(product, variant)| {
                let product = self.products.get(*product)?;
                Some((product, product.variants.get(*variant)?))
            })
            .ok_or_else(|| SeedError::Sample(format!("there is no {sku}")))
    }
}

/// The id of a variant.
pub(super) fn variant_id(sku: &str) -> VariantId {
    VariantId(id("variant", sku))
}

/// The id of a customer level.
pub(super) fn level_id(level: sample::Level) -> LevelId {
    LevelId(id("level", level.code()))
}

/// A decimal of the sample as a quantity.
pub(super) fn quantity(value: Decimal) -> Result<Quantity, SeedError> {
    Quantity::new(value).map_err(|error| SeedError::Sample(format!("{value}: {error}")))
}

/// So many percent as a share.
pub(super) fn share(percent: Decimal) -> Result<Rate, SeedError> {
    Rate::new(percent / Decimal::ONE_HUNDRED)
        .ok_or_else(|| SeedError::Sample(format!("{percent} percent is no share")))
}

/// Price of an ordering unit of `size` base units, in cents as price lists have it.
pub(super) fn pack_price(base: Decimal, size: Decimal) -> Money {
    Currency::default().round(base * size)
}

/// How many base units are in the unit a variant is ordered in.
pub(super) fn ordering_size(variant: &sample::Variant) -> Decimal {
    variant.ordering_pack().map_or(Decimal::ONE, |pack| pack.size)
}

/// What customers of `level` don't see: food for infants takes a licence that shops and restaurants don't have.
pub(super) fn assortment(level: sample::Level) -> Assortment {
    let hidden = match level {
        sample::Level::Dealer | sample::Level::Wholesale => Vec::new(),
        sample::Level::Retail => vec![category_id("BB")],
    };
    Assortment {
        hidden_categories: hidden.into_iter().collect(),
        ..Assortment::default()
    }
}

/// The id of a category.
pub(super) fn category_id(code: &str) -> CategoryId {
    CategoryId(id("category", code))
}

fn categories() -> Vec<Category> {
    (1..)
        .zip(&catalog().categories)
        .map(|(position, category)| Category {
            id: category_id(&category.code),
            parent_id: category.parent.as_deref().map(category_id),
            code: category.code.clone(),
            name: local(category.name),
            position,
        })
        .collect()
}

fn picture_name(product: &sample::Product) -> String {
    format!("{}.svg", product.picture.name())
}

fn product(product: &sample::Product) -> Result<Product, SeedError> {
    let variants: Result<Vec<_>, _> = product.variants.iter().map(|one| variant(product, one)).collect();
    Ok(Product {
        id: ProductId(id("product", &product.code)),
        name: local(product.name),
        brand: local(product.brand),
        description: local(product.description),
        category_id: category_id(&product.category),
        tags: product.tags.iter().map(|tag| local(tag.name)).collect(),
        picture: Some(format!("/media/{}", picture_name(product))),
        on_sale: true,
        variants: variants?,
    })
}

fn variant(product: &sample::Product, variant: &sample::Variant) -> Result<Variant, SeedError> {
    let packs: Result<Vec<_>, _> = variant
        .packs
        .iter()
        .map(|pack| unit(pack.unit, pack.size))
        .collect();
    let ordering = variant.ordering_pack().map_or(product.unit, |pack| pack.unit);
    Ok(Variant {
        id: variant_id(&variant.sku),
        sku: variant.sku.clone(),
        barcode: Some(variant.barcode.clone()),
        name: local(variant.label),
        base_unit: unit(product.unit, Decimal::ONE)?,
        packs: packs?,
        ordering_unit: ordering.code.to_owned(),
        prices: prices(variant)?,
        rule: rule(variant)?,
        lead_days: u32::from(product.lead_days),
        made_to_order: product.made_to_order,
        reorder_level: quantity(variant.reorder_level)?,
    })
}

fn unit(unit: sample::Unit, size: Decimal) -> Result<Unit, SeedError> {
    Ok(Unit {
        code: unit.code.to_owned(),
        name: local(unit.name),
        factor: quantity(size)?,
    })
}

fn prices(variant: &sample::Variant) -> Result<PriceTerms, SeedError> {
    let size = ordering_size(variant);
    let levels = variant
        .level_prices
        .iter()
        .map(|(level, deal)| (level_id(*level), pack_price(deal.apply(variant.list_price), size)))
        .collect();
    let breaks: Result<Vec<_>, SeedError> = variant
        .breaks
        .iter()
        .map(|step| {
            let effect = match step.price {
                Deal::PercentOff(percent) => BreakEffect::Off {
                    share: share(percent)?,
                },
                Deal::Price(price) => BreakEffect::Price {
                    price: pack_price(price, size),
                },
            };
            let from = quantity(whole_packs(step.from, size))?;
            Ok(QuantityBreak { from, effect })
        })
        .collect();
    Ok(PriceTerms {
        list: pack_price(variant.list_price, size),
        levels,
        breaks: breaks?,
    })
}

/// The rule in ordering units: the sample's is in base units, and packs are not opened.
fn rule(variant: &sample::Variant) -> Result<QuantityRule, SeedError> {
    let size = ordering_size(variant);
    let multiple = if size == Decimal::ONE {
        variant.multiple
    } else {
        whole_packs(variant.multiple, size)
    };
    let minimum = whole_packs(variant.minimum, size);
    let maximum = variant.maximum.map(|maximum| {
        if size == Decimal::ONE {
            maximum
        } else {
            (maximum / size).floor()
        }
    });
    Ok(QuantityRule {
        minimum: (minimum > multiple).then(|| quantity(minimum)).transpose()?,
        multiple: Some(quantity(multiple)?),
        maximum: maximum.map(quantity).transpose()?,
    })
}

/// The fewest packs of `size` that hold `amount`; `amount` itself where the base unit is ordered.
fn whole_packs(amount: Decimal, size: Decimal) -> Decimal {
    if size == Decimal::ONE {
        amount
    } else {
        (amount / size).ceil()
    }
}
