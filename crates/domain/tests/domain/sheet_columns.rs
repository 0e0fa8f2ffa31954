//! Quick order: which column holds what (screens.md, Quick order).

use countersign_domain::sheet::{Columns, Field, split};

use crate::sheet::rows;

use Field::{Barcode, Code, Note, Quantity, Unit};

fn found(text: &str) -> (usize, Vec<Option<Field>>) {
    let columns = Columns::find(&split(text));
    (columns.above(), columns.fields().to_vec())
}

#[test]
fn columns_are_found_by_their_names_in_any_order() {
    assert_eq!(
        found("Remarks\tUOM\tQty.\tItem No.\tDescription\n\tcase\t5\tDR-001\tWater"),
        (1, vec![Some(Note), Some(Unit), Some(Quantity), Some(Code), None])
    );
    assert_eq!(
        found("序号,商品名称,商品条码,规格,订货数量(箱),单位,备注\n1,矿泉水,6901234567892,550ml,12,箱,\n"),
        (
            1,
            vec![
                None,
                None,
                Some(Barcode),
                None,
                Some(Quantity),
                Some(Unit),
                Some(Note)
            ]
        )
    );
    assert_eq!(
        found("SKU / 货号;EAN;Order quantity\nDR-001;;3"),
        (1, vec![Some(Code), Some(Barcode), Some(Quantity)])
    );
}

#[test]
fn a_name_that_is_just_that_counts_before_one_that_has_it_as_a_part() {
    assert_eq!(
        found("库存数量\t本次要货数量\t内部货号\t起订数量\t数量\nx\t1\tA-1\t2\t3"),
        (1, vec![None, None, Some(Code), None, Some(Quantity)])
    );
    assert_eq!(
        found("库存数量\t本次要货数量\t内部货号\n9\t1\tA-1"),
        (1, vec![None, Some(Quantity), Some(Code)])
    );
}

#[test]
fn a_title_above_the_names_is_passed_over() {
    let text = "华东茶馆订货单\t\t\n日期\t2026-11-25\t\n\n货号\t品名\t数量\nDR-001\t绿茶\t2\n";
    assert_eq!(found(text), (4, vec![Some(Code), None, Some(Quantity)]));
}

#[test]
fn without_names_columns_are_found_by_what_is_in_them() {
    assert_eq!(
        found("DR-001\t12\nDR-002\t3\n"),
        (0, vec![Some(Code), Some(Quantity)])
    );
    assert_eq!(
        found("12\t矿泉水550ml\tDR-001\t31.20\n3\t绿茶\tDR-002\t8.00\n"),
        (0, vec![Some(Quantity), None, Some(Code), None])
    );
    assert_eq!(
        found("1\t6901234567892\t箱\t5\n2\t6901234567908\t箱\t12\n3\t6901234567915\t瓶\t5\n"),
        (0, vec![None, Some(Barcode), Some(Unit), Some(Quantity)])
    );
    assert_eq!(
        found("10023\t5\n10024\t12\n10031\t5\n"),
        (0, vec![Some(Code), Some(Quantity)])
    );
    assert_eq!(found("SKU-001\nSKU-002\n"), (0, vec![Some(Code)]));
}

#[test]
fn what_names_leave_open_is_found_by_what_is_in_the_column() {
    assert_eq!(
        found("Artikel\tQty\nDR-001\t12\n"),
        (1, vec![Some(Code), Some(Quantity)])
    );
}

#[test]
fn nothing_is_claimed_of_what_is_not_clear() {
    let columns = Columns::find(&rows(&[&["tea", "green"], &["coffee", "black"]]));
    assert_eq!(columns.fields(), [None, None]);
    assert!(!columns.is_complete());
    let empty = Columns::find(&[]);
    assert!(!empty.is_complete() && empty.fields().is_empty());
}

#[test]
fn a_person_may_say_what_a_column_holds() {
    let mut columns = Columns::find(&rows(&[&["DR-001", "12", "7"], &["DR-002", "3", "9"]]));
    assert_eq!(columns.fields(), [Some(Code), Some(Quantity), None]);
    columns.assign(2, Some(Quantity));
    assert_eq!(columns.fields(), [Some(Code), None, Some(Quantity)]);
    columns.assign(0, None);
    assert!(!columns.is_complete());
    columns.assign(9, Some(Code));
    assert_eq!(columns.fields(), [None, None, Some(Quantity)]);
}

#[test]
fn what_was_said_is_recalled_for_sheets_of_the_same_kind() {
    let first = Columns::find(&split("Art; Menge (Kt.)\nx;1"));
    let second = Columns::find(&split("\nTitle\nSKU;Qty\nA-1;1"));
    assert_eq!(second.signature(), "sku|qty");
    assert_eq!(first.signature(), "#2");
    let mut recalled = second;
    recalled.recall(&[Some(Quantity), Some(Code)]);
    assert_eq!(recalled.fields(), [Some(Quantity), Some(Code)]);
    for unfit in [vec![Some(Code)], vec![Some(Code), Some(Code)]] {
        recalled.recall(&unfit);
        assert_eq!(recalled.fields(), [Some(Quantity), Some(Code)]);
    }
}
