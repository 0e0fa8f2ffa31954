//! How long a search takes among many products: on the device, and with everything around it on the server.
//!
//! `cargo run --release -p countersign-server --example bench_search -- [products]`
//!
//! The names are made of the words of the sample catalog, so that they repeat as those of a wholesaler do. Each query is
//! asked several times; the middle counts.

use std::collections::BTreeMap;
use std::io::Write;
use std::time::{Duration, Instant};

use countersign_domain::assortment::Assortment;
use countersign_domain::id::{CategoryId, LevelId, ProductId, VariantId};
use countersign_domain::money::Money;
use countersign_domain::price::PriceTerms;
use countersign_domain::product::{Product, Variant};
use countersign_domain::quantity::{Quantity, QuantityRule, Unit};
use countersign_domain::search::{About, Facets, Filter, Goods, Labels, Listing, Span, Ties, Words};
use countersign_domain::text::LocalText;
use countersign_server::repo::catalog::OnSale;
use countersign_server::search::{Ware, readings};
use uuid::Uuid;

/// Times each query is asked.
const TIMES: usize = 7;
/// What is typed.
const QUERIES: [&str; 10] = [
    "",
    "w",
    "water",
    "kqs",
    "kuangquanshui",
    "水",
    "minerla watre",
    "SKU-0099",
    "qpkqs 550ml",
    "sparkling unobtainium",
];

const FIRST: [(&str, &str); 8] = [
    ("静态", "Still"),
    ("气泡", "Sparkling"),
    ("青柠", "Lime"),
    ("重庆", "Chongqing"),
    ("经典", "Classic"),
    ("有机", "Organic"),
    ("手工", "Handmade"),
    ("家庭装", "Family"),
];
const SECOND: [(&str, &str); 10] = [
    ("矿泉水", "Mineral Water"),
    ("绿茶", "Green Tea"),
    ("小面", "Noodles"),
    ("洗衣液", "Detergent"),
    ("酱油", "Soy Sauce"),
    ("饼干", "Biscuits"),
    ("音乐盒", "Music Box"),
    ("铁壶", "Iron Pot"),
    ("毛巾", "Towel"),
    ("白酒", "Baijiu"),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: u32 = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let started = Instant::now();
    let mut labels = Labels::default();
    let wares: Vec<Ware> = (0..count)
        .map(|number| {
            let product = product(number);
            let pinyin = readings::of(&product);
            let on_sale = OnSale {
                position: number,
                product,
                pinyin,
            };
            Ware::new(on_sale, number.is_multiple_of(3), &mut labels)
        })
        .collect();
    let mut lines = vec![format!(
        "{count} products: keys and index in {} ms",
        started.elapsed().as_millis()
    )];
    let agreed = BTreeMap::new();
    let level = Some(LevelId(Uuid::from_u128(1)));
    let listing = Listing {
        goods: &wares,
        labels: &labels,
        only: None,
        assortment: &Assortment::default(),
        about: About {
            price: &|ware: &Ware| ware.price(level, &agreed),
            ties: &|_| Ties::default(),
        },
    };
    let filter = Filter::default();
    let span = Span {
        limit: 40,
        total: true,
        ..Span::default()
    };
    for q in QUERIES {
        let words = Words::of(q);
        let mut found = 0;
        let list = middle(|| {
            let page = listing.page(&words, &filter, span);
            found = page.total.unwrap_or_default();
        });
        let facets = middle(|| {
            let Facets { .. } = listing.facets(&words, &filter);
        });
        lines.push(format!(
            "{q:?}: {found} found; a page {} µs, facets {} µs",
            list.as_micros(),
            facets.as_micros()
        ));
    }
    let sizes: usize = wares.iter().map(|ware| ware.keys().size()).sum();
    lines.push(format!("keys: {} bytes each", sizes / wares.len().max(1)));
    writeln!(std::io::stdout(), "{}", lines.join("\n"))?;
    Ok(())
}

fn middle(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .collect();
    times.sort();
    times.get(TIMES / 2).copied().unwrap_or_default()
}

fn product(number: u32) -> Product {
    let pick = |all: &[(&str, &str)], part: u32| {
        let place = (number / part) as usize % all.len();
        all.get(place)
            .map(|(zh, en)| ((*zh).to_owned(), (*en).to_owned()))
            .unwrap_or_default()
    };
    let (first, second) = (pick(&FIRST, 1), pick(&SECOND, 8));
    let size = 100 + number % 900;
    let unit = Unit {
        code: "box".to_owned(),
        name: LocalText::new("箱", "box"),
        factor: Quantity::ONE,
    };
    let variant = Variant {
        id: VariantId(Uuid::from_u128(0x2_0000_0000 + u128::from(number))),
        sku: format!("SKU-{number:06}"),
        barcode: Some(format!("69{number:011}")),
        name: LocalText::default(),
        base_unit: unit,
        packs: Vec::new(),
        ordering_unit: "box".to_owned(),
        prices: PriceTerms {
            list: Money::new(i64::from(number % 5_000) + 100, 2),
            levels: BTreeMap::new(),
            breaks: Vec::new(),
        },
        rule: QuantityRule::default(),
        lead_days: 2,
        made_to_order: false,
        reorder_level: Quantity::ZERO,
    };
    Product {
        id: ProductId(Uuid::from_u128(0x1_0000_0000 + u128::from(number))),
        name: LocalText::new(
            format!("{}{}{size}ml", first.0, second.0),
            format!("{} {} {size} ml", first.1, second.1),
        ),
        brand: LocalText::new(format!("品牌{}", number % 700), format!("Brand {}", number % 700)),
        description: LocalText::default(),
        category_id: CategoryId(Uuid::from_u128(u128::from(number % 60))),
        tags: vec![LocalText::new("新品", "new"); usize::from(number.is_multiple_of(4))],
        picture: None,
        on_sale: true,
        variants: vec![variant],
    }
}
