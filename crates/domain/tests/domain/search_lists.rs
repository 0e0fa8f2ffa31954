//! Lists of products: pages, filters and counts.

use std::collections::{BTreeMap, BTreeSet};

use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::search::{
    About, Filter, Goods, Keys, Labels, Listing, Own, Place, PriceStep, Searched, Span, Ties, Words, below,
    label_key, upwards,
};
use countersign_domain::text::LocalText;
use proptest::prelude::*;
use uuid::Uuid;

struct Thing {
    number: u32,
    keys: Keys,
    brand: Option<u32>,
    tags: Vec<u32>,
    in_stock: bool,
    price: Money,
}

impl Goods for Thing {
    fn place(&self) -> (u32, ProductId) {
        (self.number, ProductId(Uuid::from_u128(u128::from(self.number))))
    }

    fn keys(&self) -> &Keys {
        &self.keys
    }

    fn category(&self) -> CategoryId {
        category(self.number % 3)
    }

    fn brand(&self) -> Option<u32> {
        self.brand
    }

    fn tags(&self) -> &[u32] {
        &self.tags
    }

    fn is_in_stock(&self) -> bool {
        self.in_stock
    }
}

fn category(number: u32) -> CategoryId {
    CategoryId(Uuid::from_u128(u128::from(number)))
}

fn shop(names: &[&str]) -> (Vec<Thing>, Labels) {
    let mut labels = Labels::default();
    let things = (0..).zip(names).map(|(number, name)| {
        let brand = LocalText::new(["", "南", "北"][number as usize % 3], "");
        let tags = [LocalText::new("新", "new"), LocalText::new("冷藏", "chilled")];
        Thing {
            number,
            keys: Keys::of(&Searched {
                name: &LocalText::new("", *name),
                brand: &brand,
                variants: &[],
                pinyin: "",
            }),
            brand: labels.number(&brand),
            tags: tags
                .iter()
                .take(number as usize % 3)
                .filter_map(|tag| labels.number(tag))
                .collect(),
            in_stock: number % 2 == 0,
            price: Money::new(i64::from(number) * 100, 2),
        }
    });
    (things.collect(), labels)
}

/// Everything is visible, every fourth thing a favourite, every other one was bought, and every third is promoted.
fn listing<'a>(goods: &'a [Thing], labels: &'a Labels) -> Listing<'a, Thing> {
    const WHOLE: &Assortment = &Assortment {
        hidden_categories: BTreeSet::new(),
        hidden_products: BTreeSet::new(),
    };
    Listing {
        goods,
        labels,
        only: None,
        assortment: WHOLE,
        about: About {
            price: &|thing| thing.price,
            ties: &|thing| Ties {
                favourite: thing.number.is_multiple_of(4),
                bought: thing.number.is_multiple_of(2),
                promoted: thing.number.is_multiple_of(3),
            },
        },
    }
}

fn first(limit: usize) -> Span {
    Span {
        limit,
        ..Span::default()
    }
}

fn numbers(shop: &(Vec<Thing>, Labels), q: &str, filter: &Filter) -> Vec<usize> {
    listing(&shop.0, &shop.1)
        .page(&Words::of(q), filter, first(100))
        .items
}

#[test]
fn the_best_come_first_and_typos_only_where_nothing_else_is_found() {
    let shop = shop(&["black tea", "tea", "steamer", "green tea", "apple"]);
    assert_eq!(numbers(&shop, "tea", &Filter::default()), [1, 0, 3, 2]);
    assert_eq!(numbers(&shop, "gren", &Filter::default()), [3]);
    assert_eq!(numbers(&shop, "appel", &Filter::default()), [4]);
    assert_eq!(numbers(&shop, "", &Filter::default()), [0, 1, 2, 3, 4]);
}

#[test]
fn what_is_chosen_does_not_count_among_its_own_kind() {
    let shop = shop(&["tea"; 12]);
    let filter = Filter {
        brands: vec!["南".to_owned()],
        in_stock: true,
        ..Filter::default()
    };
    assert_eq!(numbers(&shop, "tea", &filter), [4, 10]);
    let facets = listing(&shop.0, &shop.1).facets(&Words::of("tea"), &filter);
    let brands: Vec<_> = facets
        .brands
        .iter()
        .map(|one| (one.key.as_str(), one.products))
        .collect();
    assert_eq!(brands, [("北", 2), ("南", 2)]);
    assert_eq!(facets.in_stock, Some(2));
    let tags: Vec<_> = facets
        .tags
        .iter()
        .map(|one| (one.key.as_str(), one.products))
        .collect();
    assert_eq!(tags, [("新", 2)]);
    let categories: Vec<_> = facets
        .categories
        .iter()
        .map(|one| (one.id, one.products))
        .collect();
    assert_eq!(categories, [(category(1), 2)]);
}

#[test]
fn what_the_customer_has_to_do_with_goods_narrows_the_list_and_is_counted() {
    let shop = shop(&["tea"; 12]);
    let filter = Filter {
        promoted: true,
        ..Filter::default()
    };
    assert_eq!(numbers(&shop, "tea", &filter), [0, 3, 6, 9]);
    let facets = listing(&shop.0, &shop.1).facets(&Words::of("tea"), &filter);
    assert_eq!(
        (facets.favourites, facets.bought, facets.promoted),
        (Some(1), Some(2), Some(4))
    );
    let known = Own {
        bought: Some(BTreeSet::new()),
        ..Own::default()
    };
    assert!(!known.answers(&filter));
    let facets = facets.as_known(&known);
    assert_eq!(
        (facets.favourites, facets.bought, facets.promoted),
        (None, Some(2), None)
    );
}

#[test]
fn one_variant_is_enough_for_a_product_to_be_a_favourite() {
    let id = |number| VariantId(Uuid::from_u128(number));
    let own = Own {
        favourites: Some(BTreeSet::from([id(2)])),
        ..Own::default()
    };
    let ties = |variants: &[u128]| {
        let variants = variants.iter().map(|number| id(*number));
        own.ties(ProductId(Uuid::from_u128(1)), category(1), variants)
    };
    assert!(ties(&[1, 2]).favourite);
    assert_eq!(ties(&[1, 3]), Ties::default());
}

#[test]
fn what_is_hidden_is_neither_found_nor_counted() {
    let shop = shop(&["tea"; 12]);
    let assortment = Assortment {
        hidden_categories: BTreeSet::from([category(1)]),
        hidden_products: BTreeSet::from([ProductId(Uuid::from_u128(2))]),
    };
    let listing = Listing {
        assortment: &assortment,
        ..listing(&shop.0, &shop.1)
    };
    let words = Words::of("tea");
    let span = Span {
        total: true,
        ..first(3)
    };
    let page = listing.page(&words, &Filter::default(), span);
    assert_eq!((page.items.as_slice(), page.total), (&[0, 3, 5][..], Some(7)));
    let facets = listing.facets(&words, &Filter::default());
    let categories: Vec<_> = facets.categories.iter().map(|one| one.id).collect();
    assert_eq!(categories, [category(0), category(2)]);
    let brands: u32 = facets.brands.iter().map(|one| one.products).sum();
    assert_eq!(brands, 3, "of seven, those with a brand");
}

#[test]
fn prices_are_counted_between_round_ones() {
    let shop = shop(&["tea"; 12]);
    let steps = listing(&shop.0, &shop.1)
        .facets(&Words::default(), &Filter::default())
        .prices;
    let step = |from: Option<i64>, to: Option<i64>, products| PriceStep {
        from: from.map(|from| Money::new(from, 0)),
        to: to.map(|to| Money::new(to, 0)),
        products,
    };
    assert_eq!(
        steps,
        [
            step(None, Some(2), 2),
            step(Some(2), Some(5), 3),
            step(Some(5), None, 7)
        ]
    );
    for one in &steps {
        let filter = Filter {
            price_from: one.from,
            price_to: one.to,
            ..Filter::default()
        };
        assert_eq!(numbers(&shop, "", &filter).len(), one.products as usize);
    }
}

#[test]
fn a_category_has_what_is_below_it_even_in_a_tree_that_bites_its_tail() {
    let tree = [(3, Some(2)), (2, Some(1)), (1, Some(3)), (4, None), (5, Some(4))];
    let parents: BTreeMap<_, _> = tree
        .iter()
        .map(|(id, parent)| (category(*id), parent.map(category)))
        .collect();
    let of = |id| below(category(id), parents.iter().map(|(id, parent)| (*id, *parent)));
    let set = |ids: &[u32]| ids.iter().copied().map(category).collect::<BTreeSet<_>>();
    assert_eq!(of(1), set(&[1, 2, 3]));
    assert_eq!(of(4), set(&[4, 5]));
    assert_eq!(of(6), set(&[6]));
    let sums = upwards([(category(5), 2), (category(4), 1)].into_iter(), &parents);
    assert_eq!(
        sums.into_iter().collect::<Vec<_>>(),
        [(category(4), 3), (category(5), 2)]
    );
}

#[test]
fn a_label_has_one_key_in_both_languages() {
    assert_eq!(label_key(&LocalText::new(" 南|部 ", "South")), "南 部");
    assert_eq!(label_key(&LocalText::new("", "ÉTOILE")), "etoile");
    assert_eq!(label_key(&LocalText::new("", " ")), "");
}

proptest! {
    #[test]
    fn pages_have_everything_once_and_in_order(
        names in prop::collection::vec(prop::sample::select(vec!["tea", "green tea", "steam", "pot"]), 0..30),
        limit in 1..7_usize,
        q in prop::sample::select(vec!["", "tea", "t", "gren"]),
        in_stock in any::<bool>(),
    ) {
        let shop = shop(&names);
        let listing = listing(&shop.0, &shop.1);
        let words = Words::of(q);
        let filter = Filter { in_stock, ..Filter::default() };
        let all = listing.page(&words, &filter, Span { total: true, ..first(1_000) });
        prop_assert_eq!(all.total, Some(all.items.len() as u64));
        prop_assert_eq!(listing.facets(&words, &filter).in_stock.map(u64::from), {
            let only = Filter { in_stock: true, ..Filter::default() };
            listing.page(&words, &only, Span { total: true, ..first(0) }).total
        });
        let mut paged = Vec::new();
        let mut after: Option<Place> = None;
        loop {
            let page = listing.page(&words, &filter, Span { after, ..first(limit) });
            paged.extend(page.items);
            // A cursor travels as text.
            after = page.next.map(|next| next.to_string().parse().expect("a place"));
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(&paged, &all.items);
        prop_assert_eq!(&listing.all(&words, &filter), &all.items);
        // A window looks into the middle without having seen what is before it.
        for skip in 0..=all.items.len() {
            let page = listing.page(&words, &filter, Span { skip, ..first(limit) });
            let end = (skip + limit).min(all.items.len());
            prop_assert_eq!(&page.items, &all.items[skip..end]);
            prop_assert_eq!(page.next.is_some(), end < all.items.len());
        }
    }
}
