//! Lists of a copy. That they are the server's is shown on the server itself (crates/server/tests/api/catalog_copy.rs).

use countersign_contract::catalog::{Category, ProductQuery};
use countersign_contract::problem::FieldCode;
use countersign_domain::search::Own;
use proptest::prelude::*;

use super::super::list::Catalog;
use super::*;

fn catalog(products: Vec<CatalogProduct>) -> Catalog {
    let products = products
        .into_iter()
        .map(|product| (product.id, product))
        .collect();
    Catalog::new(products, &Manifest::begun(0))
}

fn numbers(catalog: &Catalog, query: &ProductQuery, categories: &[Category]) -> Vec<u128> {
    let page = catalog.list(query, categories).expect("a query that can be read");
    page.items.iter().map(|product| product.id.0.as_u128()).collect()
}

fn found(catalog: &Catalog, q: &str) -> Vec<u128> {
    let q = Some(q.to_owned());
    numbers(
        catalog,
        &ProductQuery {
            q,
            ..ProductQuery::default()
        },
        &[],
    )
}

fn code(catalog: &Catalog, query: ProductQuery) -> Vec<(String, FieldCode)> {
    match catalog.list(&query, &[]) {
        Err(ProblemKind::InvalidInput { errors }) => errors
            .into_iter()
            .map(|error| (error.pointer, error.code))
            .collect(),
        other => panic!("{query:?} can't be read: {other:?}"),
    }
}

#[test]
fn products_are_found_by_words_codes_and_barcodes() {
    let mut tea = product(1, 1, "Green Tea");
    tea.brand = LocalText::new("南部", "ÉTOILE");
    tea.pinyin = "lv/lu cha\nnan bu\n".to_owned();
    let mut pot = product(12, 2, "100%");
    pot.variants[0].sku = "ÜB_1".to_owned();
    pot.variants[0].barcode = Some("AbC".to_owned());
    let catalog = catalog(vec![tea, pot]);
    for (q, numbers) in [
        ("", &[1, 12][..]),
        ("  ", &[1, 12]),
        ("GREEN", &[1]),
        ("tea\u{3000}green", &[1]),
        ("étoile 南部", &[1]),
        ("sku-1", &[1]),
        ("ku-1", &[1]),
        ("u-1", &[1]),
        ("-1", &[]),
        ("6900000000001", &[1]),
        ("690000000000", &[1]),
        ("69000", &[]),
        ("lvcha", &[1]),
        ("lc nb", &[1]),
        ("gren", &[1]),
        ("aBc", &[12]),
        ("%", &[12]),
        ("_", &[]),
        ("Üb_1", &[12]),
        ("ub_1", &[12]),
    ] {
        assert_eq!(found(&catalog, q), numbers, "{q}");
    }
}

#[test]
fn who_is_not_to_see_the_stock_does_not_find_out_by_the_filter() {
    let in_stock = ProductQuery {
        in_stock: Some(true),
        ..ProductQuery::default()
    };
    let of = |shown: [StockShown; 2]| {
        let products = shown.into_iter().zip(1..).map(|(stock, number)| {
            let mut one = product(number, number, "tea");
            one.variants[0].stock = stock;
            one
        });
        numbers(&catalog(products.collect()), &in_stock, &[])
    };
    let number = |quantity| StockShown::Number { quantity };
    assert_eq!(of([number(Quantity::ZERO), number(Quantity::ONE)]), [2]);
    assert_eq!(of([StockShown::Low, StockShown::None]), [1]);
    assert_eq!(of([StockShown::Hidden, StockShown::Hidden]), [1, 2]);
}

#[test]
fn a_category_has_what_is_below_it_even_in_a_tree_that_bites_its_tail() {
    let category = |number: u128, parent: Option<u128>| Category {
        id: CategoryId(Uuid::from_u128(number)),
        parent_id: parent.map(|parent| CategoryId(Uuid::from_u128(parent))),
        name: LocalText::default(),
        products: 0,
    };
    let tree = [
        category(3, Some(2)),
        category(2, Some(1)),
        category(1, Some(3)),
        category(4, None),
    ];
    let products = (1..=5).map(|number| {
        let mut one = product(number, number, "tea");
        one.category_id = CategoryId(Uuid::from_u128(u128::from(number)));
        one
    });
    let catalog = catalog(products.collect());
    for (number, found) in [
        (1, &[1, 2, 3][..]),
        (2, &[1, 2, 3]),
        (4, &[4]),
        (5, &[5]),
        (6, &[]),
    ] {
        let query = ProductQuery {
            category: Some(CategoryId(Uuid::from_u128(number))),
            ..ProductQuery::default()
        };
        assert_eq!(numbers(&catalog, &query, &tree), found, "{number}");
    }
}

#[test]
fn what_can_not_be_read_is_refused_as_the_server_refuses_it() {
    let catalog = catalog(Vec::new());
    let q = |q: &str| ProductQuery {
        q: Some(q.to_owned()),
        ..ProductQuery::default()
    };
    let variants = |list: String| ProductQuery {
        variants: Some(list),
        ..ProductQuery::default()
    };
    let after = |after: &str| ProductQuery {
        after: Some(after.to_owned()),
        ..ProductQuery::default()
    };
    for (query, pointer, expected) in [
        (q("a\u{0}b"), "?q", FieldCode::Invalid),
        (q(&"x".repeat(201)), "?q", FieldCode::TooLong),
        (q(&"x ".repeat(17)), "?q", FieldCode::TooLong),
        (variants("tea".to_owned()), "?variants", FieldCode::Invalid),
        (
            variants(format!("{},", Uuid::nil()).repeat(501)),
            "?variants",
            FieldCode::TooLong,
        ),
        (after("1"), "?after", FieldCode::Invalid),
        (after("-1.x"), "?after", FieldCode::Invalid),
    ] {
        assert_eq!(code(&catalog, query), [(pointer.to_owned(), expected)]);
    }
}

#[test]
fn a_product_is_found_by_its_id() {
    let catalog = catalog(
        (1..=9)
            .map(|number| product(number, 10 - number, "tea"))
            .collect(),
    );
    assert_eq!(catalog.product(id(4)), Some(&product(4, 6, "tea")));
    assert_eq!(catalog.product(id(10)), None);
}

proptest! {
    #[test]
    fn the_pages_have_everything_once(
        positions in prop::collection::vec(0..5u32, 0..40),
        limit in 0..9u32,
    ) {
        let products = (1..).zip(&positions).map(|(number, position)| product(number, *position, "tea"));
        let catalog = catalog(products.collect());
        let mut query = ProductQuery {
            limit: Some(limit),
            total: Some(true),
            ..ProductQuery::default()
        };
        let mut paged = Vec::new();
        loop {
            let page = catalog.list(&query, &[]).expect("a query that can be read");
            prop_assert_eq!(page.total, Some(positions.len() as u64));
            paged.extend(page.items);
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        prop_assert!(catalog.products().eq(&paged));
        prop_assert!(paged.is_sorted_by_key(|product| (product.position, product.id)));
    }
}

#[test]
fn what_the_customer_has_to_do_with_products_is_known_once_it_was_told() {
    let catalog = catalog((1..=4).map(|number| product(number, number, "Tea")).collect());
    let favourites = ProductQuery {
        favourite: Some(true),
        ..ProductQuery::default()
    };
    assert!(catalog.answers(&ProductQuery::default()));
    assert!(!catalog.answers(&favourites), "nobody said which they are");
    let counts = |catalog: &Catalog| {
        let facets = catalog
            .facets(&ProductQuery::default(), &[])
            .expect("a query that can be read");
        (facets.favourites, facets.bought)
    };
    assert_eq!(counts(&catalog), (None, None));
    let second = catalog.nth(1).expect("a product").variants[0].id;
    catalog.tie(Own {
        favourites: Some([second].into_iter().collect()),
        ..Own::default()
    });
    assert!(catalog.answers(&favourites));
    assert_eq!(numbers(&catalog, &favourites, &[]), [2]);
    assert_eq!(catalog.hits(&favourites, &[]), Ok(vec![1]));
    assert_eq!(counts(&catalog), (Some(1), None));
}
