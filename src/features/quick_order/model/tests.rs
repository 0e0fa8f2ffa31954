use std::sync::Arc;

use countersign_contract::catalog::CatalogVariant;
use countersign_contract::lookup::{CodeAnswer, CodeMeaning, CodeOffer};
use countersign_domain::id::{CategoryId, ProductId, VariantId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::price::CustomerTerms;
use countersign_domain::product::StockShown;
use countersign_domain::quantity::{BreachKind, Quantity, QuantityRule, Unit};
use countersign_domain::sheet::{Columns, FaultKind, Field, read, split};
use countersign_domain::text::LocalText;
use uuid::Uuid;

use super::{Counts, Fault, RowId, Sheet, Verdict};

fn unit(code: &str, zh: &str, factor: u32) -> Unit {
    Unit {
        code: code.to_owned(),
        name: LocalText::new(zh, code),
        factor: Quantity::whole(factor),
    }
}

/// Water: 10.00 a case of 12 bottles, in twos, at most 20.
fn offer(number: u32) -> CodeOffer {
    CodeOffer {
        product_id: ProductId(Uuid::from_u128(u128::from(number))),
        category_id: CategoryId(Uuid::from_u128(9)),
        product_name: LocalText::new("水", "Water"),
        picture: None,
        variant: CatalogVariant {
            id: VariantId(Uuid::from_u128(u128::from(number))),
            sku: format!("W-{number}"),
            barcode: Some(format!("690{number}")),
            name: LocalText::default(),
            unit: unit("case", "箱", 12),
            base_unit: unit("bottle", "瓶", 1),
            terms: CustomerTerms {
                list: Money::new(1_000, 2),
                level: None,
                agreed: None,
                breaks: Vec::new(),
            },
            rule: QuantityRule {
                minimum: None,
                multiple: Some(Quantity::whole(2)),
                maximum: Some(Quantity::whole(20)),
            },
            stock: StockShown::Enough,
            lead_days: 1,
            made_to_order: false,
        },
    }
}

pub(super) fn answers(asked: &[String]) -> Vec<CodeAnswer> {
    let meaning = |code: &str| match code {
        "w-1" | "6901" => CodeMeaning::Offered {
            offer: Box::new(offer(1)),
        },
        "w-2" => CodeMeaning::Offered {
            offer: Box::new(offer(2)),
        },
        "both" => CodeMeaning::Ambiguous {
            offers: vec![offer(1), offer(2)],
        },
        "old" => CodeMeaning::OffSale,
        _ => CodeMeaning::Unknown,
    };
    asked
        .iter()
        .map(|code| CodeAnswer {
            code: code.clone(),
            meaning: meaning(code),
        })
        .collect()
}

fn look_up(sheet: &mut Sheet) {
    let asked: Vec<String> = sheet.unknown().into_iter().collect();
    sheet.learn(&asked, answers(&asked));
}

/// A sheet into which this was pasted, looked up.
fn pasted(text: &str) -> Sheet {
    let mut sheet = Sheet::new(Currency::default());
    let rows = split(text);
    let columns = Columns::find(&rows);
    sheet.fill(read(&rows, &columns).lines, &Arc::new(columns));
    look_up(&mut sheet);
    sheet
}

fn faults(sheet: &Sheet) -> Vec<Fault> {
    sheet.bad().map(|(_, bad)| bad.fault.clone()).collect()
}

fn last(sheet: &Sheet) -> RowId {
    sheet.rows().last().expect("a row").id
}

#[test]
fn a_row_is_looked_up_once_its_code_is_left() {
    let mut sheet = Sheet::new(Currency::default());
    let id = last(&sheet);
    sheet.write(id, Field::Code, "ｗ-1".to_owned());
    assert_eq!(sheet.rows().len(), 2, "there is always an empty row at the end");
    assert!(sheet.unknown().is_empty(), "nobody asks about half a code");
    sheet.leave(id);
    assert_eq!(sheet.unknown().into_iter().collect::<Vec<_>>(), ["w-1"]);
    look_up(&mut sheet);
    assert!(sheet.unknown().is_empty());
    assert_eq!(faults(&sheet), [Fault::Cell(FaultKind::QuantityMissing)]);
    sheet.write(id, Field::Quantity, "4".to_owned());
    let (_, priced) = sheet.good().next().expect("it can be ordered");
    assert_eq!(priced.amount, Money::new(4_000, 2));
    // A code that was looked up before needs no other question.
    let next = sheet.beside(id, 1).expect("the empty row");
    sheet.write(next, Field::Code, "W-1".to_owned());
    assert!(!matches!(
        sheet.row(next).map(|row| &row.verdict),
        Some(Verdict::Waiting)
    ));
}

#[test]
fn every_row_says_what_became_of_it() {
    let sheet = pasted(
        "sku\tqty\tunit\nW-1\t2\t\nnope\t2\t\nold\t2\t\nboth\t2\t\nw-2\t3\t\nW-2\tmany\t\n\t2\t\n6901\t48\t瓶\nW-1\t30\tbottles\nW-1\t2\tsack\nW-1\t4\tCases\n",
    );
    let counts = sheet.counts();
    assert_eq!((counts.filled, counts.good, counts.bad), (11, 2, 9));
    let found = faults(&sheet);
    assert_eq!(found[..2], [Fault::Unknown, Fault::OffSale]);
    assert!(matches!(&found[2], Fault::Ambiguous(offers) if offers.len() == 2));
    assert!(matches!(&found[3], Fault::Breach(breach) if breach.kind == BreachKind::Multiple));
    assert!(matches!(found[4], Fault::Cell(FaultKind::Quantity(_))));
    assert_eq!(found[5], Fault::Cell(FaultKind::CodeMissing));
    let nearest = |fault: &Fault| match fault {
        Fault::Unit { nearest, .. } => nearest.clone(),
        other => panic!("{other:?} is not about the unit"),
    };
    assert_eq!(nearest(&found[6]), [Quantity::whole(4)], "48 bottles are 4 cases");
    assert_eq!(
        nearest(&found[7]),
        [Quantity::whole(2)],
        "3 cases can't be ordered"
    );
    assert_eq!(nearest(&found[8]), [Quantity::whole(2)]);
    let rows: Vec<usize> = sheet
        .bad()
        .filter_map(|(row, _)| row.source.as_ref().map(|source| source.row))
        .collect();
    assert_eq!(rows, [3, 4, 5, 6, 7, 8, 9, 10, 11]);
}

#[test]
fn rows_that_order_the_same_become_one() {
    let mut sheet = pasted("sku\tqty\tnote\nW-1\t2\tcold\n6901\t4\tcold\nW-2\t1\t\nW-2\t1\tred\nW-2\tx\t\n");
    assert_eq!(sheet.counts().surplus, 2);
    sheet.merge();
    let merged: Vec<(String, String)> = sheet
        .good()
        .map(|(row, priced)| (priced.quantity.to_string(), row.typed.note.clone()))
        .collect();
    assert_eq!(
        merged,
        [
            ("6".to_owned(), "cold".to_owned()),
            ("2".to_owned(), "red".to_owned())
        ]
    );
    assert_eq!(sheet.counts().surplus, 0);
    assert_eq!(sheet.counts().bad, 1, "what can't be read is not merged");
}

#[test]
fn rows_without_a_quantity_are_filled_or_taken_out_at_once() {
    let sheet = pasted("sku\tqty\nW-1\t\nW-2\t\nW-1\t2\nnope\t\n");
    assert_eq!(sheet.counts().without_quantity, 2);
    let mut filled = sheet.clone();
    filled.fill_smallest();
    assert_eq!(filled.counts().good, 3);
    let mut dropped = sheet;
    dropped.drop_without_quantity();
    assert_eq!((dropped.counts().good, dropped.counts().bad), (1, 1));
}

#[test]
fn ten_thousand_rows_are_judged() {
    let mut text = "sku\tqty\n".to_owned();
    for number in 0..10_000 {
        text.push_str(if number % 20 == 0 { "nope" } else { "W-1" });
        text.push_str("\t2\n");
    }
    let mut sheet = pasted(&text);
    let counts = sheet.counts();
    let expected = Counts {
        filled: 10_000,
        good: 9_500,
        bad: 500,
        without_quantity: 0,
        surplus: 9_499,
        total: Money::new(19_000_000, 2),
    };
    assert_eq!(counts, expected);
    let good = sheet.good().map(|(row, _)| row.id).collect();
    sheet.drop_rows(&good);
    assert_eq!((sheet.rows().len(), sheet.counts().bad), (501, 500));
}
