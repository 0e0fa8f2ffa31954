//! Quick order: from pasted text and cells to lines (screens.md, Quick order).

use countersign_domain::quantity::QuantityError;
use countersign_domain::sheet::{
    Candidate, Columns, FaultKind, Field, MAX_NOTE, MAX_ROWS, Match, Typed, code_key, csv, pick, read,
    read_line, split,
};
use proptest::prelude::*;

use crate::world::quantity;

/// Rows of cells.
pub fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
    rows.iter().map(row).collect()
}

fn typed(code: &str, quantity: &str) -> Typed {
    Typed {
        code: code.to_owned(),
        quantity: quantity.to_owned(),
        ..Typed::default()
    }
}

#[test]
fn copied_cells_are_split_at_their_tabs() {
    let copied = "商品编码\t数量\t备注\r\nDR-001\t12\t\"要冰的\r\n谢谢\"\r\n\r\nDR-002\t1,200\t3\"管\r\n";
    assert_eq!(
        split(copied),
        rows(&[
            &["商品编码", "数量", "备注"],
            &["DR-001", "12", "要冰的\r\n谢谢"],
            &[],
            &["DR-002", "1,200", "3\"管"],
        ])
    );
}

#[test]
fn csv_files_are_split_at_commas_or_semicolons() {
    assert_eq!(
        split("\u{feff}sku,qty,note\n\"DR-001\",\"1,200\",\"so called \"\"special\"\"\"\n"),
        rows(&[
            &["sku", "qty", "note"],
            &["DR-001", "1,200", "so called \"special\""]
        ])
    );
    assert_eq!(
        split("sku;qty\rDR-001;1,200\r"),
        rows(&[&["sku", "qty"], &["DR-001", "1,200"]])
    );
    assert_eq!(
        split("货号，数量\nDR-001，12"),
        rows(&[&["货号", "数量"], &["DR-001", "12"]])
    );
}

#[test]
fn what_is_copied_from_a_message_is_split_at_its_spaces() {
    assert_eq!(
        split("DR-001  12\nDR-002 3 箱\n"),
        rows(&[&["DR-001", "12"], &["DR-002", "3", "箱"]])
    );
    assert_eq!(split("DR-001\nDR-002"), rows(&[&["DR-001"], &["DR-002"]]));
    assert_eq!(split(""), rows(&[]));
}

#[test]
fn a_quotation_mark_that_is_never_closed_stands_for_itself() {
    assert_eq!(
        split("DR-001\t\"12\nDR-002\t3\n"),
        rows(&[&["DR-001", "\"12"], &["DR-002", "3"]])
    );
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    let cells = rows(&[&["=1+1", "+1", "-1", "@a", "'=x", "plain", "a-b"]]);
    let text = csv(cells.iter().map(Vec::as_slice));
    assert_eq!(text, "'=1+1,'+1,'-1,'@a,''=x,plain,a-b\r\n");
    assert_eq!(split(&text), cells);
}

#[test]
fn hostile_cells_are_text_in_every_spreadsheet() {
    let hostile = [
        "=cmd|' /C calc'!A0",
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+SUM(1,2)",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "\tplain",
        " =1+1",
        "\u{a0}=1+1",
        "\u{0}=1+1",
        "'=1+1",
        "' =1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
        "\"=1+1",
        ";=1+1",
        "a\",\"=1+1",
        "a\r\n=1+1",
    ];
    for cell in hostile {
        let row = ["a".to_owned(), cell.to_owned()];
        let text = csv([row.as_slice()]);
        let written = text.strip_prefix("a,").and_then(|text| text.strip_suffix("\r\n"));
        let written = written.expect("one row of two cells");
        // What a reader that knows quotation marks and nothing else makes of it.
        let seen = match written.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(inside) => {
                assert!(
                    !inside.replace("\"\"", "").contains('"'),
                    "{cell:?} ends its cell: {written}"
                );
                inside.replace("\"\"", "\"")
            }
            None => {
                assert!(
                    !written.contains(['"', ',', ';', '\t', '\r', '\n']),
                    "{cell:?}: {written}"
                );
                written.to_owned()
            }
        };
        let bare = seen.trim_start_matches(|sign: char| sign.is_whitespace() || sign.is_control());
        assert!(
            !bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) && bare == seen,
            "{cell:?} is a formula: {written}"
        );
        assert!(seen.ends_with(cell), "{cell:?} is all there: {written}");
        assert_eq!(
            split(&text),
            rows(&[&["a", cell.trim()]]),
            "{cell:?} is read back"
        );
    }
}

#[test]
fn a_line_is_read_or_says_what_is_wrong() {
    let wrong = |code: &str, quantity: &str| read_line(&typed(code, quantity)).expect_err("it is wrong");
    assert_eq!(wrong(" ", "12"), FaultKind::CodeMissing);
    assert_eq!(wrong(&"x".repeat(65), "12"), FaultKind::CodeTooLong);
    assert_eq!(wrong("6.90123E+12", "12"), FaultKind::CodeRounded);
    assert_eq!(wrong("DR-001", ""), FaultKind::QuantityMissing);
    assert_eq!(wrong("DR-001", "0.0"), FaultKind::QuantityZero);
    for text in ["many", "1e3", "3 x 4", "1,20", "12,0000", "1.2.3", "#N/A", "12/3"] {
        let expected = FaultKind::Quantity(QuantityError::NotANumber);
        assert_eq!(wrong("DR-001", text), expected, "{text}");
    }
    assert_eq!(
        wrong("DR-001", "-3"),
        FaultKind::Quantity(QuantityError::Negative)
    );
    assert_eq!(
        wrong("DR-001", "0.00001"),
        FaultKind::Quantity(QuantityError::TooFine)
    );
    let long = Typed {
        note: "好".repeat(MAX_NOTE + 1),
        ..typed("DR-001", "1")
    };
    assert_eq!(read_line(&long), Err(FaultKind::NoteTooLong));
}

#[test]
fn quantities_are_read_as_people_write_them() {
    for (text, expected, unit) in [
        (" １２ ", "12", None),
        ("12.00", "12", None),
        ("1,200", "1200", None),
        ("1，200．5", "1200.5", None),
        ("1,234,567", "1234567", None),
        ("12箱", "12", Some("箱")),
        ("2 cases", "2", Some("cases")),
    ] {
        let wish = read_line(&typed(" ｄｒ－００１ ", text)).expect(text);
        assert_eq!(wish.code, "dr-001");
        assert_eq!(wish.quantity, quantity(expected), "{text}");
        assert_eq!(wish.unit.as_deref(), unit, "{text}");
    }
    let both = Typed {
        unit: " 瓶 ".to_owned(),
        note: " 要冰的 ".to_owned(),
        ..typed("DR-001", "12箱")
    };
    let wish = read_line(&both).expect("a line");
    assert_eq!(wish.unit.as_deref(), Some("瓶"), "the unit's own cell counts");
    assert_eq!(wish.note.as_deref(), Some("要冰的"));
}

#[test]
fn a_fault_names_its_row_and_column() {
    let cells = rows(&[
        &["订货单", "2026-11-25"],
        &[],
        &["备注", "条码", "数量", "货号"],
        &["", "", "12", "DR-001"],
        &["", "", "", ""],
        &["", "6901234567892", "3", ""],
        &["", "", "viele", "DR-002"],
        &["", "", "5", ""],
        &["", "6.9E+12", "5", ""],
    ]);
    let columns = Columns::find(&cells);
    assert_eq!(columns.above(), 3);
    let sheet = read(&cells, &columns);
    assert_eq!((sheet.lines.len(), sheet.empty, sheet.over), (5, 1, 0));
    let found: Vec<_> = sheet
        .lines
        .iter()
        .map(|line| match &line.wish {
            Ok(wish) => (line.row, Ok(wish.code.as_str())),
            Err(fault) => {
                assert_eq!(fault.row, line.row);
                (line.row, Err((fault.column, fault.kind)))
            }
        })
        .collect();
    let number = FaultKind::Quantity(QuantityError::NotANumber);
    assert_eq!(
        found,
        [
            (4, Ok("DR-001")),
            (6, Ok("6901234567892")),
            (7, Err((Some(2), number))),
            (8, Err((Some(3), FaultKind::CodeMissing))),
            (9, Err((Some(1), FaultKind::CodeRounded))),
        ]
    );
}

#[test]
fn ten_thousand_rows_are_read_and_the_rest_is_counted() {
    let mut cells = rows(&[&["sku", "qty"]]);
    for number in 0..MAX_ROWS + 7 {
        cells.push(vec![format!("DR-{number}"), "1".to_owned()]);
        cells.push(Vec::new());
    }
    let sheet = read(&cells, &Columns::find(&cells));
    assert_eq!(sheet.lines.len(), MAX_ROWS);
    assert_eq!((sheet.empty, sheet.over), (MAX_ROWS + 7, 7));
    assert!(sheet.lines.iter().all(|line| line.wish.is_ok()));
}

#[test]
fn a_code_means_an_article_by_its_sku_before_its_barcode() {
    let article = |sku, barcode, on_sale| Candidate {
        sku,
        barcode,
        on_sale,
    };
    let articles = [
        article("DR-001", Some("690"), true),
        article("690", None, true),
        article("DR-002", Some("691"), true),
        article("DR-003", Some("691"), true),
        article("DR-004", Some("692"), false),
        article("DR-005", Some("692"), true),
        article("DR-006", Some("693"), false),
    ];
    let find = |code: &str| pick(&code_key(code), articles);
    assert_eq!(find(" dr-001"), Match::One(0));
    assert_eq!(find("690"), Match::One(1));
    assert_eq!(find("691"), Match::Several(vec![2, 3]));
    assert_eq!(find("692"), Match::One(5));
    assert_eq!(find("693"), Match::OffSale);
    assert_eq!(find("DR-006"), Match::OffSale);
    assert_eq!(find("DR"), Match::Unknown);
}

#[test]
fn a_barcode_of_twelve_digits_is_the_one_of_thirteen_with_a_zero_before_it() {
    let article = |barcode| Candidate {
        sku: "DR-001",
        barcode: Some(barcode),
        on_sale: true,
    };
    let find = |code: &str, barcode| pick(&code_key(code), [article(barcode)]);
    assert_eq!(find("036000291452", "0036000291452"), Match::One(0));
    assert_eq!(find("0036000291452", "036000291452"), Match::One(0));
    assert_eq!(find("036000291452", "036000291452"), Match::One(0));
    assert_eq!(find("6901307000103", "901307000103"), Match::Unknown);
    assert_eq!(find("12", "012"), Match::Unknown, "too short for either");
}

/// What may stand in a cell, with everything that separates, quotes and looks like a formula.
fn cell() -> impl Strategy<Value = String> {
    "[a-z0-9,;\t\"'=+@ 货，。\n-]{0,8}".prop_map(|text| text.trim().to_owned())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        cells in proptest::collection::vec(proptest::collection::vec(cell(), 1..5), 1..8)
    ) {
        // A mark for each row, so that no row is empty and commas are what most lines have.
        let marked: Vec<Vec<String>> = cells
            .into_iter()
            .map(|mut row| {
                row.insert(0, "a".to_owned());
                row.push("z".to_owned());
                row
            })
            .collect();
        let text = csv(marked.iter().map(Vec::as_slice));
        prop_assert_eq!(split(&text), marked);
    }

    #[test]
    fn any_text_comes_to_a_result_for_every_row(text in "[A-C0-9\t,;\"\n 数量箱]{0,200}") {
        let cells = split(&text);
        let columns = Columns::find(&cells);
        for field in Field::ALL {
            prop_assert!(columns.fields().iter().filter(|held| **held == Some(field)).count() <= 1);
        }
        let sheet = read(&cells, &columns);
        prop_assert_eq!(sheet.lines.len() + sheet.empty + sheet.over + columns.above(), cells.len());
        for line in &sheet.lines {
            prop_assert!(line.row > columns.above() && line.row <= cells.len());
            match &line.wish {
                Ok(wish) => prop_assert!(!wish.quantity.is_zero() && !wish.code.is_empty()),
                Err(fault) => prop_assert_eq!(fault.row, line.row),
            }
        }
    }

    #[test]
    fn a_quantity_is_read_exactly_or_not_at_all(whole in 1u32..999_999, fine in 0u32..9_999) {
        let text = format!("{whole}.{fine:04}");
        let wish = read_line(&typed("A", &text)).expect("a quantity");
        prop_assert_eq!(wish.quantity, quantity(&text));
    }
}
