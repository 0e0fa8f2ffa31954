//! Reading the copy.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use countersign_contract::asked::Asked;
use countersign_contract::catalog::{CatalogProduct, Category, ProductQuery};
use countersign_contract::{Page, ProblemKind};
use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, ProductId};
use countersign_domain::money::Money;
use countersign_domain::product::StockShown;
use countersign_domain::search::{
    About, CategoryCount, Facets, Goods, Keys, Labels, Listing, Own, Ties, below, upwards,
};
use countersign_domain::sheet::{barcode_spellings, code_key};

use super::manifest::Manifest;

/// The catalog as a device has it.
#[derive(Clone, Debug)]
pub struct Catalog {
    /// In the order of the catalog.
    entries: Vec<Entry>,
    /// Their brands and tags.
    labels: Labels,
    /// Where each of them stands.
    places: BTreeMap<ProductId, usize>,
    /// Which of them a code means, in the case codes are compared in. Worked out when somebody asks first.
    codes: OnceCell<HashMap<String, Vec<usize>>>,
    /// Whether this account is not to see the stock.
    hides_stock: bool,
    /// What it may see: all there is, as the server has sent nothing else.
    assortment: Assortment,
    /// What its customer has to do with the products.
    own: RefCell<Own>,
    at: Cell<Option<DateTime<Utc>>>,
    /// How far the copy was when it was read.
    cursor: Option<String>,
    walking: bool,
    generation: u64,
}

/// A product with what lists ask of it, worked out once.
#[derive(Clone, Debug)]
struct Entry {
    product: CatalogProduct,
    keys: Keys,
    brand: Option<u32>,
    tags: Box<[u32]>,
    price: Money,
    ties: Cell<Ties>,
}

impl Entry {
    fn new(product: CatalogProduct, labels: &mut Labels) -> Self {
        Self {
            keys: product.keys(),
            brand: labels.number(&product.brand),
            tags: product.tags.iter().filter_map(|tag| labels.number(tag)).collect(),
            price: product.price(),
            ties: Cell::default(),
            product,
        }
    }
}

impl Goods for Entry {
    fn place(&self) -> (u32, ProductId) {
        (self.product.position, self.product.id)
    }

    fn keys(&self) -> &Keys {
        &self.keys
    }

    fn category(&self) -> CategoryId {
        self.product.category_id
    }

    fn brand(&self) -> Option<u32> {
        self.brand
    }

    fn tags(&self) -> &[u32] {
        &self.tags
    }

    fn is_in_stock(&self) -> bool {
        self.product
            .variants
            .iter()
            .any(|variant| is_there(variant.stock))
    }
}

fn is_there(stock: StockShown) -> bool {
    match stock {
        StockShown::Number { quantity } => !quantity.is_zero(),
        StockShown::Enough | StockShown::Low => true,
        StockShown::None | StockShown::Hidden => false,
    }
}

/// Where the products stand that a code or a barcode means.
fn codes(entries: &[Entry]) -> HashMap<String, Vec<usize>> {
    let mut codes: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, entry) in entries.iter().enumerate() {
        for variant in &entry.product.variants {
            codes.entry(code_key(&variant.sku)).or_default().push(place);
            let barcode = variant.barcode.as_deref().map(code_key);
            for spelling in barcode.iter().flat_map(|barcode| barcode_spellings(barcode)) {
                codes.entry(spelling).or_default().push(place);
            }
        }
    }
    codes
}

impl Catalog {
    pub(super) fn new(products: BTreeMap<ProductId, CatalogProduct>, manifest: &Manifest) -> Self {
        let mut products: Vec<CatalogProduct> = products.into_values().collect();
        products.sort_by_key(|product| (product.position, product.id));
        let mut labels = Labels::default();
        let entries: Vec<Entry> = products
            .into_iter()
            .map(|product| Entry::new(product, &mut labels))
            .collect();
        let places = entries.iter().zip(0..);
        let places = places.map(|(entry, place)| (entry.product.id, place)).collect();
        let mut variants = entries.iter().flat_map(|entry| &entry.product.variants);
        Self {
            hides_stock: variants.any(|variant| variant.stock == StockShown::Hidden),
            assortment: Assortment::default(),
            own: RefCell::default(),
            entries,
            labels,
            codes: OnceCell::new(),
            places,
            at: Cell::new(manifest.at()),
            cursor: manifest.cursor.clone(),
            walking: manifest.walking,
            generation: manifest.generation,
        }
    }

    /// Takes in what the customer has to do with the products, as far as the device knows it.
    pub fn tie(&self, own: Own) {
        for entry in &self.entries {
            let product = &entry.product;
            let variants = product.variants.iter().map(|variant| variant.id);
            entry
                .ties
                .set(own.ties(product.id, product.category_id, variants));
        }
        self.own.replace(own);
    }

    /// Whether all that `query` asks for is known here.
    pub fn answers(&self, query: &ProductQuery) -> bool {
        Asked::read(query).is_ok_and(|asked| self.own.borrow().answers(&asked.filter))
    }

    /// Whether it is what this manifest is of; then it was complete when that says.
    pub(super) fn learn(&self, manifest: &Manifest) -> bool {
        let is_same = self.generation == manifest.generation
            && self.cursor == manifest.cursor
            && self.walking == manifest.walking;
        if is_same {
            self.at.set(manifest.at());
        }
        is_same
    }

    /// When it was last complete; nothing in it is older than what the server had then. `None` while the first walk has
    /// not reached its end.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.at.get()
    }

    /// Whether everything is there: the first walk has reached its end.
    pub fn is_complete(&self) -> bool {
        self.at.get().is_some()
    }

    /// Whether a walk was begun and has not reached its end: some of the products may be newer than the others.
    pub fn is_walking(&self) -> bool {
        self.walking
    }

    /// How often the copy has begun anew, this time included. Within a generation everything is shown in the same way:
    /// prices of the same level, stock by the same policy.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The products in the order of the catalog.
    pub fn products(&self) -> impl ExactSizeIterator<Item = &CatalogProduct> {
        self.entries.iter().map(|entry| &entry.product)
    }

    /// One product.
    pub fn product(&self, id: ProductId) -> Option<&CatalogProduct> {
        let place = *self.places.get(&id)?;
        self.entries.get(place).map(|entry| &entry.product)
    }

    /// Products of which one of these codes means a variant, in the case codes are compared in, in the order of the
    /// catalog.
    pub(super) fn with_codes(&self, keys: &BTreeSet<String>) -> impl Iterator<Item = &CatalogProduct> {
        let codes = self.codes.get_or_init(|| codes(&self.entries));
        let places: BTreeSet<usize> = (keys.iter())
            .filter_map(|key| codes.get(key))
            .flatten()
            .copied()
            .collect();
        let entries = places.into_iter().filter_map(|place| self.entries.get(place));
        entries.map(|entry| &entry.product)
    }

    /// A page of products, as the server answers `ListProducts`: the same products, order, cursors and total.
    ///
    /// # Errors
    /// The server's refusal of a query that can't be read: [`ProblemKind::InvalidInput`] with the same fields.
    pub fn list(
        &self,
        query: &ProductQuery,
        categories: &[Category],
    ) -> Result<Page<CatalogProduct>, ProblemKind> {
        let (asked, listing) = self.ask(query, categories)?;
        let listed = listing.page(&asked.words, &asked.filter, asked.span);
        let items = listed
            .items
            .into_iter()
            .filter_map(|place| self.entries.get(place));
        Ok(Page {
            items: items.map(|entry| entry.product.clone()).collect(),
            next: listed.next.map(|next| next.to_string()),
            total: listed.total,
        })
    }

    /// Where all the products stand that the query finds, for [`Self::nth`]; what it says of pages is left out.
    ///
    /// # Errors
    /// As for [`Self::list`].
    pub fn hits(&self, query: &ProductQuery, categories: &[Category]) -> Result<Vec<usize>, ProblemKind> {
        let (asked, listing) = self.ask(query, categories)?;
        Ok(listing.all(&asked.words, &asked.filter))
    }

    /// The product that stands there.
    pub fn nth(&self, place: usize) -> Option<&CatalogProduct> {
        self.entries.get(place).map(|entry| &entry.product)
    }

    /// What can be chosen among the products of a list, as the server answers `GetProductFacets`.
    ///
    /// # Errors
    /// As for [`Self::list`].
    pub fn facets(&self, query: &ProductQuery, categories: &[Category]) -> Result<Facets, ProblemKind> {
        let (asked, listing) = self.ask(query, categories)?;
        let facets = listing.facets(&asked.words, &asked.filter);
        let parents = categories
            .iter()
            .map(|category| (category.id, category.parent_id))
            .collect();
        let counts = facets.categories.iter().map(|one| (one.id, one.products));
        let sums = upwards(counts, &parents).into_iter();
        Ok(Facets {
            categories: sums
                .map(|(id, products)| CategoryCount { id, products })
                .collect(),
            in_stock: facets.in_stock.filter(|_| !self.hides_stock),
            ..facets.as_known(&self.own.borrow())
        })
    }

    fn ask(
        &self,
        query: &ProductQuery,
        categories: &[Category],
    ) -> Result<(Asked, Listing<'_, Entry>), ProblemKind> {
        let mut asked = Asked::read(query)?;
        // Who is not to see the stock can't ask for it by way of the filter either.
        asked.filter.in_stock &= !self.hides_stock;
        let parents = categories
            .iter()
            .map(|category| (category.id, category.parent_id));
        asked.filter.categories = asked.category.map(|category| below(category, parents));
        let only = asked.variants.as_ref().map(|wanted| {
            let has = |entry: &Entry| {
                entry
                    .product
                    .variants
                    .iter()
                    .any(|variant| wanted.contains(&variant.id))
            };
            let places = self.entries.iter().enumerate().filter(|(_, entry)| has(entry));
            places.map(|(place, _)| place).collect()
        });
        let listing = Listing {
            goods: &self.entries,
            labels: &self.labels,
            only,
            assortment: &self.assortment,
            about: About {
                price: &|entry: &Entry| entry.price,
                ties: &|entry: &Entry| entry.ties.get(),
            },
        };
        Ok((asked, listing))
    }
}
