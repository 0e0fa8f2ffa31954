use std::sync::Arc;

use chrono::DateTime;
use countersign_contract::promotion::CustomerPromotions;
use countersign_domain::id::{PromotionId, VariantId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::promotion::{CustomerPromotion, Goods, LineEffect, PromotionRule};
use countersign_domain::quantity::Quantity;
use countersign_domain::sheet::Field;
use countersign_domain::text::LocalText;
use uuid::Uuid;

use super::tests::answers;
use super::{Sheet, Verdict};

fn learnt(mut sheet: Sheet) -> Sheet {
    let asked: Vec<String> = sheet.unknown().into_iter().collect();
    let found = answers(&asked);
    sheet.learn(&asked, found);
    sheet
}

fn quantities(sheet: &Sheet) -> Vec<(String, String)> {
    let rows = sheet.written();
    rows.into_iter().map(|row| (row.code, row.quantity)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = |(code, quantity): &(&str, &str)| ((*code).to_owned(), (*quantity).to_owned());
    expected.iter().map(owned).collect()
}

#[test]
fn what_was_written_is_there_again_and_is_looked_up_again() {
    let mut sheet = Sheet::new(Currency::default());
    let first = sheet.rows()[0].id;
    sheet.write(first, Field::Code, "W-1".to_owned());
    sheet.write(first, Field::Quantity, "4".to_owned());
    let mut again = Sheet::new(Currency::default());
    again.restore(sheet.written());
    assert_eq!(again.written(), sheet.written());
    assert_eq!(again.unknown().len(), 1, "its code has to be asked about");
    let again = learnt(again);
    assert_eq!(again.counts().good, 1);
    assert!(again.rows().last().is_some_and(|row| row.typed.is_empty()));
}

#[test]
fn each_scan_adds_one_to_the_row_that_orders_the_same() {
    let mut sheet = Sheet::new(Currency::default());
    assert_eq!(sheet.scan("W-1").quantity, Quantity::ONE);
    let mut sheet = learnt(sheet);
    sheet.scan("6901");
    let mut sheet = learnt(sheet);
    // The barcode was unknown when it was first read; from now on it is known to be the same.
    assert_eq!(quantities(&sheet), pairs(&[("W-1", "1"), ("6901", "1")]));
    assert_eq!(sheet.scan("6901").quantity, Quantity::whole(2));
    assert_eq!(quantities(&sheet), pairs(&[("W-1", "2"), ("6901", "1")]));
}

#[test]
fn a_scan_changes_nothing_that_is_no_plain_quantity() {
    let mut sheet = Sheet::new(Currency::default());
    let first = sheet.rows()[0].id;
    sheet.write(first, Field::Code, "W-1".to_owned());
    sheet.write(first, Field::Quantity, "a few".to_owned());
    sheet.scan("w-1");
    assert_eq!(quantities(&sheet), pairs(&[("W-1", "a few"), ("w-1", "1")]));
}

#[test]
fn rows_are_priced_with_the_promotions_of_the_customer() {
    let mut sheet = Sheet::new(Currency::default());
    sheet.scan("W-1");
    sheet.scan("W-1");
    let mut sheet = learnt(sheet);
    let price = |sheet: &Sheet| match &sheet.rows()[0].verdict {
        Verdict::Good(priced) => priced.amount,
        other => panic!("two can be ordered: {other:?}"),
    };
    assert_eq!(price(&sheet), Money::new(2_000, 2));
    let promotion = CustomerPromotion {
        id: PromotionId(Uuid::from_u128(1)),
        name: LocalText::new("水立减", "Less for water"),
        from: DateTime::UNIX_EPOCH,
        until: None,
        rule: PromotionRule::Line {
            goods: Goods {
                variants: vec![VariantId(Uuid::from_u128(1))],
                ..Goods::default()
            },
            effect: LineEffect::Cut {
                amount: Money::new(150, 2),
            },
            stacks_with_breaks: false,
        },
    };
    let known = Arc::new(CustomerPromotions {
        at: DateTime::UNIX_EPOCH,
        promotions: vec![promotion],
        gifts: Vec::new(),
    });
    assert!(sheet.promise(&known, DateTime::UNIX_EPOCH));
    assert_eq!(price(&sheet), Money::new(1_700, 2));
    assert!(!sheet.promise(&known, DateTime::UNIX_EPOCH), "nothing is new");
}
