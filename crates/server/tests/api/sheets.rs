//! `/sheets/read`

use countersign_contract::sheet::{MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, SheetCells};
use reqwest::Method;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use serde_json::json;
use uuid::Uuid;

use crate::support::{Client, Seen, TestServer, send};

async fn read(client: &Client, bytes: Vec<u8>) -> Seen {
    let request = client
        .change(Method::POST, "/sheets/read")
        .header("idempotency-key", Uuid::new_v4().to_string())
        .header("content-type", "application/octet-stream")
        .body(bytes);
    send(request).await
}

async fn cells(client: &Client, bytes: Vec<u8>) -> SheetCells {
    let seen = read(client, bytes).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    serde_json::from_str(&seen.body).expect("cells")
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("a workbook can be written")
}

#[tokio::test]
async fn a_workbook_is_read_as_it_is_shown() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet();
    sheet.set_name("订货").expect("a name");
    let date = ExcelDateTime::from_ymd(2026, 11, 25).expect("a day");
    // The first row and column are empty: rows and columns are counted as in the file all the same.
    sheet
        .write(1, 1, "货号")
        .and_then(|sheet| sheet.write(1, 2, "数量"))
        .expect("cells");
    sheet
        .write(3, 1, " DR-001 ")
        .and_then(|sheet| sheet.write(3, 2, 12))
        .expect("cells");
    sheet
        .write(4, 1, 6_901_234_567_892_i64)
        .and_then(|sheet| sheet.write(4, 2, 0.300_000_000_000_000_04))
        .expect("cells");
    sheet.write_with_format(5, 1, &date, &day).expect("a day");
    let formula = Formula::new("=1+1").set_result("2");
    sheet.write_formula(5, 2, formula).expect("a formula");
    sheet.write(6, 1, true).expect("a truth");
    book.add_worksheet().set_name("Prices").expect("a name");
    let found = cells(&anna, saved(book)).await;
    assert_eq!(found.sheet.as_deref(), Some("订货"));
    assert_eq!(found.others, ["Prices"]);
    let rows: Vec<String> = found.rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(
        rows,
        [
            "",
            "|货号|数量",
            "",
            "|DR-001|12",
            "|6901234567892|0.3",
            "|2026-11-25|2",
            "|TRUE"
        ]
    );
}

#[tokio::test]
async fn texts_are_read_in_the_encodings_spreadsheets_write() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let text = "货号,数量\r\nDR-001,\"1,200\"\r\n\r\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        gb.into_owned(),
    ] {
        let found = cells(&anna, bytes).await;
        assert_eq!(found.sheet, None);
        assert_eq!(found.rows, [["货号", "数量"], ["DR-001", "1,200"]]);
    }
}

#[tokio::test]
async fn ten_thousand_rows_are_read() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..10_001 {
        sheet
            .write(row, 0, format!("SKU-{row}"))
            .and_then(|sheet| sheet.write(row, 1, row))
            .expect("cells");
    }
    let found = cells(&anna, saved(book)).await;
    assert_eq!(found.rows.len(), 10_001);
    assert_eq!(
        found.rows.last().map(|row| row.join(" ")).as_deref(),
        Some("SKU-10000 10000")
    );
}

#[tokio::test]
async fn what_can_t_be_read_says_why_and_where() {
    let server = TestServer::start().await;
    let anna = server.sign_in("anna").await;
    let mut long = Workbook::new();
    long.add_worksheet()
        .write(MAX_SHEET_ROWS, 0, "x")
        .expect("a cell");
    let mut wide = Workbook::new();
    let column = u16::try_from(MAX_SHEET_COLUMNS).expect("a column");
    wide.add_worksheet().write(6, column, "x").expect("a cell");
    let mut far = Workbook::new();
    far.add_worksheet().write(1_048_575, 16_383, "x").expect("a cell");
    let mut wordy = Workbook::new();
    wordy
        .add_worksheet()
        .write(2, 3, "好".repeat(1_001))
        .expect("a cell");
    let mut empty = Workbook::new();
    empty.add_worksheet();
    let mut torn = saved({
        let mut book = Workbook::new();
        book.add_worksheet().write(0, 0, "x").expect("a cell");
        book
    });
    torn.truncate(torn.len() / 2);
    let sheet = "Sheet1";
    let cases = [
        (
            saved(long),
            json!({ "code": "too_many_rows", "sheet": sheet, "most": MAX_SHEET_ROWS }),
        ),
        (
            saved(wide),
            json!({ "code": "too_many_columns", "sheet": sheet, "row": 7, "most": MAX_SHEET_COLUMNS }),
        ),
        (
            saved(far),
            json!({ "code": "too_many_rows", "sheet": sheet, "most": MAX_SHEET_ROWS }),
        ),
        (
            saved(wordy),
            json!({ "code": "cell_too_long", "sheet": sheet, "row": 3, "column": 4, "most": 1_000 }),
        ),
        (saved(empty), json!({ "code": "empty" })),
        (torn, json!({ "code": "broken", "sheet": null })),
        (b"\r\n , ,\r\n".to_vec(), json!({ "code": "empty" })),
        (Vec::new(), json!({ "code": "empty" })),
        (
            b"sku,qty\nA,1\nB,\xff\xff\n".to_vec(),
            json!({ "code": "encoding", "row": 3 }),
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0".to_vec(),
            json!({ "code": "unknown_format" }),
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            json!({ "code": "unknown_format" }),
        ),
    ];
    for (bytes, fault) in cases {
        let seen = read(&anna, bytes).await;
        assert_eq!(seen.status, 422, "{fault}: {}", seen.body);
        assert_eq!(seen.problem(), "sheet-unreadable");
        assert_eq!(seen.json()["fault"], fault);
    }
}

#[tokio::test]
async fn only_who_is_signed_in_sends_files_and_no_large_ones() {
    let server = TestServer::start().await;
    assert_eq!(read(&server.client(), b"a".to_vec()).await.status, 401);
    let anna = server.sign_in("anna").await;
    let seen = read(&anna, vec![b'a'; 4 * 1024 * 1024 + 1]).await;
    assert_eq!((seen.status, seen.problem().as_str()), (413, "too-large"));
}
