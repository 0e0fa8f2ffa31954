use std::collections::HashSet;

use super::*;
use crate::sample::barcode;
use crate::sample::picture::{MAX_BYTES, PictureKind};

#[test]
fn the_data_files_can_be_read_and_are_of_the_promised_size() {
    let catalog = read_catalog().unwrap_or_else(|error| panic!("{error}"));
    let tops = catalog
        .categories
        .iter()
        .filter(|category| category.parent.is_none())
        .count();
    assert_eq!((tops, catalog.categories.len() - tops), (13, 41));
    assert!(
        (300..=340).contains(&catalog.products.len()),
        "{} products",
        catalog.products.len()
    );
    assert!(
        catalog.variants().count() >= 380,
        "{} variants",
        catalog.variants().count()
    );
}

#[test]
fn skus_and_barcodes_are_unique_and_check_digits_right() {
    let mut skus = HashSet::new();
    let mut barcodes = HashSet::new();
    for (_, variant) in catalog().variants() {
        assert!(skus.insert(&variant.sku), "{}", variant.sku);
        assert!(
            barcodes.insert(&variant.barcode),
            "{} of {}",
            variant.barcode,
            variant.sku
        );
        assert!(
            barcode::is_valid(&variant.barcode),
            "{} of {}",
            variant.barcode,
            variant.sku
        );
        let prefix: u16 = variant.barcode[..3].parse().expect("digits");
        assert!((690..=699).contains(&prefix));
        assert_eq!(
            catalog().find(&variant.sku).map(|(_, found)| found),
            Some(variant)
        );
    }
}

#[test]
fn names_are_unique_and_in_both_languages() {
    let mut names = HashSet::new();
    for product in &catalog().products {
        assert!(
            names.insert((product.brand.zh, product.name.zh)),
            "{}{}",
            product.brand.zh,
            product.name.zh
        );
        assert!(
            names.insert((product.brand.en, product.name.en)),
            "{} {}",
            product.brand.en,
            product.name.en
        );
        let labels = product.variants.iter().map(|variant| variant.label);
        for text in labels.chain([product.brand, product.name, product.description]) {
            assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", product.code);
            assert!(!text.en.contains(is_han), "{} of {}", text.en, product.code);
        }
        assert!(product.description.zh.contains(is_han), "{}", product.code);
        let distinct: HashSet<_> = product.variants.iter().map(|variant| variant.label).collect();
        assert_eq!(
            distinct.len(),
            product.variants.len(),
            "labels of {}",
            product.code
        );
    }
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

#[test]
fn prices_are_positive_and_fall_with_level_and_quantity() {
    for (_, variant) in catalog().variants() {
        let sku = &variant.sku;
        assert!(
            variant.list_price > Decimal::ZERO && variant.list_price.scale() <= 2,
            "{sku}"
        );
        let by_level = Level::ALL.map(|level| variant.price_for(level, Decimal::ZERO));
        assert!(by_level.is_sorted(), "{sku}: {by_level:?}");
        assert!(
            variant.breaks.windows(2).all(|pair| pair[0].from < pair[1].from),
            "{sku}"
        );
        let mut last = variant.list_price;
        for step in &variant.breaks {
            let price = step.price.apply(variant.list_price);
            assert!(
                price > Decimal::ZERO && price < last,
                "{sku}: {price} from {}",
                step.from
            );
            assert!(step.from > variant.minimum, "{sku}");
            assert!(
                variant.maximum.is_none_or(|maximum| step.from <= maximum),
                "{sku}"
            );
            last = price;
        }
    }
}

#[test]
fn minimum_maximum_and_packs_are_whole_multiples() {
    for (product, variant) in catalog().variants() {
        let sku = &variant.sku;
        let multiple = variant.multiple;
        assert!(multiple > Decimal::ZERO, "{sku}");
        assert!(
            (variant.minimum % multiple).is_zero(),
            "{sku}: {} by {multiple}",
            variant.minimum
        );
        assert!(
            variant
                .maximum
                .is_none_or(|maximum| (maximum % multiple).is_zero() && maximum >= variant.minimum),
            "{sku}"
        );
        assert!(
            multiple.normalize().scale() <= u32::from(product.unit.decimals),
            "{sku}"
        );
        assert!(
            variant.packs.windows(2).all(|pair| pair[0].size < pair[1].size),
            "{sku}"
        );
        if let Some(largest) = variant.packs.last() {
            assert!(
                (largest.size % multiple).is_zero(),
                "{sku}: case of {} by {multiple}",
                largest.size
            );
        }
        for pack in &variant.packs {
            assert!(pack.size > Decimal::ONE && pack.unit != product.unit, "{sku}");
        }
    }
}

#[test]
fn there_is_some_of_everything() {
    let variants = || catalog().variants().map(|(_, variant)| variant);
    assert!(variants().filter(|variant| variant.breaks.is_empty()).count() > 50);
    assert!(variants().filter(|variant| !variant.breaks.is_empty()).count() > 50);
    assert!(variants().filter(|variant| variant.maximum.is_some()).count() >= 5);
    assert!(
        variants()
            .filter(|variant| variant.minimum > variant.multiple)
            .count()
            >= 5
    );
    let held = || {
        catalog()
            .variants()
            .filter(|(product, _)| !product.made_to_order)
            .map(|(_, variant)| variant)
    };
    let (zero, low) = held().fold((0, 0), |(zero, low), variant| match variant.stock {
        stock if stock.is_zero() => (zero + 1, low),
        stock if stock < variant.reorder_level => (zero, low + 1),
        _ => (zero, low),
    });
    assert!(zero >= 10 && low >= 15, "{zero} out of stock, {low} low");
    assert!(
        catalog()
            .products
            .iter()
            .filter(|product| product.made_to_order)
            .count()
            >= 4
    );
    for category in catalog()
        .categories
        .iter()
        .filter(|category| category.parent.is_some())
    {
        assert!(
            catalog()
                .products
                .iter()
                .any(|product| product.category == category.code),
            "{}",
            category.code
        );
    }
    for tag in TAGS {
        assert!(
            catalog()
                .products
                .iter()
                .any(|product| product.tags.contains(&tag)),
            "{}",
            tag.key
        );
    }
    for kind in PictureKind::ALL {
        assert!(
            catalog()
                .products
                .iter()
                .any(|product| product.picture.kind == kind),
            "{kind:?}"
        );
    }
}

#[test]
fn pictures_are_small() {
    for product in &catalog().products {
        assert!(product.picture.svg().len() <= MAX_BYTES, "{}", product.code);
    }
}
