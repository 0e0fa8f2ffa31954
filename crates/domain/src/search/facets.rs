//! What can be chosen among the products that were found, with counts.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::labels::Labels;
use super::list::{About, Filter, Goods};
use super::own::{Own, Ties};
use crate::id::CategoryId;
use crate::money::Money;
use crate::text::LocalText;

/// Most brands or tags that are told of.
const MOST: usize = 60;
/// Price ranges that are told of.
const STEPS: usize = 4;

/// What can be chosen among the products found, with the number of products each choice would leave. What is chosen of the
/// same kind already does not count for it: with one brand chosen, the others still say how many they have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    /// Categories with what is below them; those without products are left out.
    pub categories: Vec<CategoryCount>,
    /// Brands, the most frequent first; at most 60.
    pub brands: Vec<LabelCount>,
    /// Tags, the most frequent first; at most 60.
    pub tags: Vec<LabelCount>,
    /// Products in stock; absent for who is not to see the stock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_stock: Option<u32>,
    /// Favourites; absent for staff, who have none, and where they are not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub favourites: Option<u32>,
    /// Products that were bought before; absent as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bought: Option<u32>,
    /// Products that a promotion is about; absent as above.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promoted: Option<u32>,
    /// Ranges of prices, rising.
    pub prices: Vec<PriceStep>,
}

impl Facets {
    /// The same without the counts of what is not known of the customer.
    #[must_use]
    pub fn as_known(self, own: &Own) -> Self {
        Self {
            favourites: self.favourites.filter(|_| own.favourites.is_some()),
            bought: self.bought.filter(|_| own.bought.is_some()),
            promoted: self.promoted.filter(|_| own.promoted.is_some()),
            ..self
        }
    }
}

/// A category and how many products it would leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CategoryCount {
    /// The category.
    pub id: CategoryId,
    /// Products in it and below it.
    pub products: u32,
}

/// A brand or tag and how many products it would leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LabelCount {
    /// What a query calls it.
    pub key: String,
    /// What people call it.
    pub name: LocalText,
    /// Products.
    pub products: u32,
}

/// A range of prices and how many products it would leave. A product counts with its cheapest variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceStep {
    /// At least this; absent at the bottom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Money>,
    /// Less than this; absent at the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Money>,
    /// Products.
    pub products: u32,
}

/// Which part of a filter a product does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Category,
    Brand,
    Tag,
    Stock,
    Favourite,
    Bought,
    Promoted,
    Price,
}

/// A filter at work, and what it has counted.
pub(super) struct Tally<'f> {
    filter: &'f Filter,
    brands: BTreeSet<u32>,
    tags: BTreeSet<u32>,
    category_counts: BTreeMap<CategoryId, u32>,
    brand_counts: Vec<u32>,
    tag_counts: Vec<u32>,
    in_stock: u32,
    favourites: u32,
    bought: u32,
    promoted: u32,
    prices: Vec<Money>,
}

impl<'f> Tally<'f> {
    pub fn new(filter: &'f Filter, labels: &Labels) -> Self {
        let numbers = |keys: &[String]| keys.iter().filter_map(|key| labels.find(key)).collect();
        Self {
            filter,
            brands: numbers(&filter.brands),
            tags: numbers(&filter.tags),
            category_counts: BTreeMap::new(),
            brand_counts: vec![0; labels.all().len()],
            tag_counts: vec![0; labels.all().len()],
            in_stock: 0,
            favourites: 0,
            bought: 0,
            promoted: 0,
            prices: Vec::new(),
        }
    }

    pub fn takes<G: Goods>(&self, goods: &G, about: &About<'_, G>) -> bool {
        // Whoever asks for none of it need not be asked what they have to do with each product.
        let ties = if self.asks_for_ties() {
            (about.ties)(goods)
        } else {
            Ties::default()
        };
        self.failed(goods, ties, about).next().is_none()
    }

    fn asks_for_ties(&self) -> bool {
        self.filter.favourite || self.filter.bought || self.filter.promoted
    }

    /// The parts of the filter `goods` does not pass.
    fn failed<'g, G: Goods>(
        &'g self,
        goods: &'g G,
        ties: Ties,
        about: &'g About<'_, G>,
    ) -> impl Iterator<Item = Part> + 'g {
        let filter = self.filter;
        let category = move || {
            filter
                .categories
                .as_ref()
                .is_none_or(|all| all.contains(&goods.category()))
        };
        let brand = move || {
            filter.brands.is_empty() || goods.brand().is_some_and(|brand| self.brands.contains(&brand))
        };
        let tag = move || filter.tags.is_empty() || goods.tags().iter().any(|tag| self.tags.contains(tag));
        let stock = move || !filter.in_stock || goods.is_in_stock();
        let priced = move || {
            if filter.price_from.is_none() && filter.price_to.is_none() {
                return true;
            }
            let price = (about.price)(goods);
            filter.price_from.is_none_or(|from| price >= from) && filter.price_to.is_none_or(|to| price < to)
        };
        let parts: [(Part, bool); 7] = [
            (Part::Category, category()),
            (Part::Brand, brand()),
            (Part::Tag, tag()),
            (Part::Stock, stock()),
            (Part::Favourite, !filter.favourite || ties.favourite),
            (Part::Bought, !filter.bought || ties.bought),
            (Part::Promoted, !filter.promoted || ties.promoted),
        ];
        let last = std::iter::once_with(move || (Part::Price, priced()));
        parts
            .into_iter()
            .chain(last)
            .filter(|(_, passes)| !passes)
            .map(|(part, _)| part)
    }

    pub fn count<G: Goods>(&mut self, goods: &G, about: &About<'_, G>) {
        let ties = (about.ties)(goods);
        let (first, second) = {
            let mut failed = self.failed(goods, ties, about);
            (failed.next(), failed.next())
        };
        if second.is_some() {
            return;
        }
        let counts = |part: Part| first.is_none_or(|failed| failed == part);
        if counts(Part::Category) {
            *self.category_counts.entry(goods.category()).or_default() += 1;
        }
        if counts(Part::Brand)
            && let Some(count) = goods.brand().and_then(|brand| of(&mut self.brand_counts, brand))
        {
            *count += 1;
        }
        if counts(Part::Tag) {
            for tag in goods.tags() {
                if let Some(count) = of(&mut self.tag_counts, *tag) {
                    *count += 1;
                }
            }
        }
        if counts(Part::Stock) && goods.is_in_stock() {
            self.in_stock += 1;
        }
        self.favourites += u32::from(counts(Part::Favourite) && ties.favourite);
        self.bought += u32::from(counts(Part::Bought) && ties.bought);
        self.promoted += u32::from(counts(Part::Promoted) && ties.promoted);
        if counts(Part::Price) {
            self.prices.push((about.price)(goods));
        }
    }

    pub fn done(mut self, labels: &Labels) -> Facets {
        self.prices.sort_unstable();
        Facets {
            categories: (self.category_counts.into_iter())
                .map(|(id, products)| CategoryCount { id, products })
                .collect(),
            brands: most(&self.brand_counts, labels, &self.brands),
            tags: most(&self.tag_counts, labels, &self.tags),
            in_stock: Some(self.in_stock),
            favourites: Some(self.favourites),
            bought: Some(self.bought),
            promoted: Some(self.promoted),
            prices: steps(&self.prices),
        }
    }
}

fn of(counts: &mut [u32], number: u32) -> Option<&mut u32> {
    counts.get_mut(usize::try_from(number).ok()?)
}

/// The most frequent ones, and those that are chosen.
fn most(counts: &[u32], labels: &Labels, chosen: &BTreeSet<u32>) -> Vec<LabelCount> {
    let mut found: Vec<(bool, LabelCount)> = (0..)
        .zip(counts.iter().zip(labels.all()))
        .filter(|(number, (count, _))| **count > 0 || chosen.contains(number))
        .map(|(number, (count, (key, name)))| {
            let one = LabelCount {
                key: key.clone(),
                name: name.clone(),
                products: *count,
            };
            (chosen.contains(&number), one)
        })
        .collect();
    found.sort_by(|(_, a), (_, b)| (Reverse(a.products), &a.key).cmp(&(Reverse(b.products), &b.key)));
    let mut room = MOST;
    found.retain(|(is_chosen, _)| {
        let stays = *is_chosen || room > 0;
        room = room.saturating_sub(1);
        stays
    });
    found.into_iter().map(|(_, one)| one).collect()
}

/// Ranges with about as many products each, between round prices. `prices` rise.
fn steps(prices: &[Money]) -> Vec<PriceStep> {
    let mut borders: Vec<Money> = (1..STEPS)
        .filter_map(|part| prices.get(prices.len() * part / STEPS))
        .filter_map(|price| round(*price))
        .filter(|border| prices.first().is_some_and(|first| first < border))
        .collect();
    borders.dedup();
    if borders.is_empty() {
        return Vec::new();
    }
    let below = |border: &Money| prices.partition_point(|price| price < border);
    let froms = std::iter::once(None).chain(borders.iter().map(Some));
    let tos = borders.iter().map(Some).chain(std::iter::once(None));
    froms
        .zip(tos)
        .map(|(from, to)| {
            let products = to.map_or(prices.len(), below) - from.map_or(0, below);
            PriceStep {
                from: from.copied(),
                to: to.copied(),
                products: u32::try_from(products).unwrap_or(u32::MAX),
            }
        })
        .collect()
}

/// The round price next below: 1, 2 or 5 with noughts.
fn round(price: Money) -> Option<Money> {
    let mut noughts = Decimal::new(1, 2);
    let mut best = None;
    loop {
        for step in [1, 2, 5] {
            let border = noughts.checked_mul(Decimal::from(step))?;
            if border > price.0 {
                return best.map(|best: Decimal| Money(best.normalize()));
            }
            best = Some(border);
        }
        noughts = noughts.checked_mul(Decimal::TEN)?;
    }
}
