//! XLSX workbooks.
//!
//! Cells are read one by one: a workbook whose only two cells are a million rows apart costs no more than one in which
//! they are neighbours.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use countersign_contract::ProblemKind;
use countersign_contract::sheet::{MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, SheetCells, UnreadableSheet};

use super::{number, unreadable, zip};

/// Most bytes that a workbook may unpack to, by its own account.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;

/// Cells of the first sheet that is shown.
pub(super) fn read(bytes: &[u8]) -> Result<SheetCells, ProblemKind> {
    let broken = || unreadable(UnreadableSheet::Broken { sheet: None });
    if zip::unpacked_size(bytes).ok_or_else(broken)? > MAX_UNPACKED {
        return Err(ProblemKind::TooLarge);
    }
    let mut book: Xlsx<_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(XlsxError::Password) => return Err(unreadable(UnreadableSheet::Protected)),
        // Another kind of file in a zip, such as a document or an OpenDocument sheet.
        Err(XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound) => {
            return Err(unreadable(UnreadableSheet::UnknownFormat));
        }
        Err(_) => return Err(broken()),
    };
    let mut names = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect::<Vec<_>>()
        .into_iter();
    let Some(sheet) = names.next() else {
        return Err(unreadable(UnreadableSheet::Empty));
    };
    let rows = rows(&mut book, &sheet)?;
    Ok(SheetCells {
        sheet: Some(sheet),
        others: names.collect(),
        rows,
    })
}

fn rows(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<Vec<String>>, ProblemKind> {
    let name = || Some(sheet.to_owned());
    let broken = |_: XlsxError| unreadable(UnreadableSheet::Broken { sheet: name() });
    let mut cells = book.worksheet_cells_reader(sheet).map_err(broken)?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        if row >= MAX_SHEET_ROWS {
            return Err(unreadable(UnreadableSheet::TooManyRows {
                sheet: name(),
                most: MAX_SHEET_ROWS,
            }));
        }
        if column >= MAX_SHEET_COLUMNS {
            return Err(unreadable(UnreadableSheet::TooManyColumns {
                sheet: name(),
                row: row.saturating_add(1),
                most: MAX_SHEET_COLUMNS,
            }));
        }
        put(&mut rows, row, column, text);
    }
    Ok(rows)
}

fn put(rows: &mut Vec<Vec<String>>, row: u32, column: u32, text: String) {
    let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
    if rows.len() <= at(row) {
        rows.resize(at(row).saturating_add(1), Vec::new());
    }
    if let Some(cells) = rows.get_mut(at(row)) {
        if cells.len() <= at(column) {
            cells.resize(at(column).saturating_add(1), String::new());
        }
        if let Some(cell) = cells.get_mut(at(column)) {
            *cell = text;
        }
    }
}

/// A value as the spreadsheet shows it, but for the ways to write a number: those are for the eye.
fn shown(value: &DataRef) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(whole) => whole.to_string(),
        DataRef::Float(float) => number::shown(*float),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => moment(time),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn moment(time: &ExcelDateTime) -> String {
    if !time.is_datetime() {
        return number::shown(time.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}
