//! What the catalog says now of variants somebody has chosen: for a cart, and for using an order again.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use countersign_contract::Page;
use countersign_contract::catalog::{CatalogProduct, CatalogVariant, ListProducts, ProductQuery};
use countersign_contract::page::MAX_LIMIT;
use countersign_domain::id::{CategoryId, VariantId};
use countersign_domain::text::LocalText;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::offline::draft::{Item, MAX_LINES};
use crate::queries::{Read, Remote, read};

/// Variants asked about in one request: their ids fit into any server's address line.
const CHUNK: usize = 100;

/// A variant with its product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What goes into a cart.
    pub item: Item,
    /// Path of its picture below the base of the API.
    pub picture: Option<String>,
    /// Where its product stands in the catalog: promotions may ask.
    pub category_id: CategoryId,
    /// Price, rule and stock.
    pub variant: CatalogVariant,
}

/// What is known of the variants asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Each one that was answered; `None` is one that is not to be had (any more).
    answers: BTreeMap<VariantId, Option<Arc<Offer>>>,
    /// Why a part is missing.
    pub failed: Option<ApiError>,
}

/// How it stands with a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Not known yet.
    Asking,
    /// Not to be had.
    Gone,
    /// To be had, on these terms.
    Offered(Arc<Offer>),
}

/// What the catalog says of some variants, kept current.
#[derive(Clone, Copy, Debug)]
pub struct Offers {
    /// What is known; what was known stays while it is asked for again.
    pub known: Memo<Known>,
    reads: StoredValue<Vec<Read<Page<CatalogProduct>>>>,
}

impl Offers {
    /// Asks again.
    pub fn retry(&self) {
        self.reads.with_value(|reads| reads.iter().for_each(Read::retry));
    }
}

impl Known {
    /// How it stands with a variant.
    pub fn of(&self, variant: VariantId) -> Availability {
        match self.answers.get(&variant) {
            None => Availability::Asking,
            Some(None) => Availability::Gone,
            Some(Some(offer)) => Availability::Offered(Arc::clone(offer)),
        }
    }

    /// Takes in the answer to a question about `asked`.
    fn learn(&mut self, asked: &[VariantId], page: &Page<CatalogProduct>) {
        for id in asked {
            let offered = page.items.iter().find_map(|product| offer(product, *id));
            self.answers.insert(*id, offered.map(Arc::new));
        }
    }
}

/// What the catalog says of `variants`, which should hold each once.
pub fn offers(variants: impl Fn() -> Vec<VariantId> + Send + Sync + 'static) -> Offers {
    let wanted = Memo::new(move |_| variants());
    let reads: Vec<_> = (0..MAX_LINES.div_ceil(CHUNK))
        .map(|number| {
            let query = move || {
                let ids = wanted.with(|all| {
                    chunk(all, number)
                        .iter()
                        .map(VariantId::to_string)
                        .collect::<Vec<_>>()
                });
                let variants = (!ids.is_empty()).then(|| ids.join(","));
                variants.map(|variants| {
                    let limit = Some(MAX_LIMIT);
                    (
                        (),
                        ProductQuery {
                            variants: Some(variants),
                            limit,
                            ..ProductQuery::default()
                        },
                    )
                })
            };
            read::<ListProducts>(query)
        })
        .collect();
    let reads = StoredValue::new(reads);
    let known = Memo::new(move |before: Option<&Known>| {
        let mut known = Known {
            answers: before.map(|before| before.answers.clone()).unwrap_or_default(),
            failed: None,
        };
        wanted.with(|all| {
            let wanted: HashSet<&VariantId> = all.iter().collect();
            known.answers.retain(|id, _| wanted.contains(id));
            reads.with_value(|reads| {
                for (number, read) in reads.iter().enumerate().take(all.len().div_ceil(CHUNK)) {
                    match read.state.get() {
                        Remote::Loading => {}
                        Remote::Failed(error) => known.failed = Some(error),
                        Remote::Ready(page) => known.learn(chunk(all, number), &page),
                    }
                }
            });
        });
        known
    });
    Offers { known, reads }
}

fn chunk(all: &[VariantId], number: usize) -> &[VariantId] {
    all.chunks(CHUNK).nth(number).unwrap_or_default()
}

/// The offer of the variant `id`, if `product` has it.
pub fn offer(product: &CatalogProduct, id: VariantId) -> Option<Offer> {
    let variant = product.variants.iter().find(|variant| variant.id == id)?;
    Some(Offer {
        item: item(product, variant),
        picture: product.picture.clone(),
        category_id: product.category_id,
        variant: variant.clone(),
    })
}

/// What goes into a cart of `variant`.
pub fn item(product: &CatalogProduct, variant: &CatalogVariant) -> Item {
    Item {
        product_id: product.id,
        variant_id: variant.id,
        sku: variant.sku.clone(),
        name: full_name(&product.name, &variant.name),
        unit: variant.unit.clone(),
    }
}

/// Name of a product with that of its variant, which is empty for an only one.
pub fn full_name(product: &LocalText, variant: &LocalText) -> LocalText {
    let join = |product: &str, variant: &str| {
        if variant.is_empty() {
            product.to_owned()
        } else {
            format!("{product} {variant}")
        }
    };
    LocalText::new(join(&product.zh, &variant.zh), join(&product.en, &variant.en))
}
