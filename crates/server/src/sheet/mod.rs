//! Spreadsheet files as cells. What the cells mean is the business of whoever sent them (`countersign_domain::sheet`).

mod number;
mod text;
mod workbook;
mod zip;

use countersign_contract::ProblemKind;
use countersign_contract::sheet::{MAX_CELL, MAX_SHEET_COLUMNS, MAX_SHEET_ROWS, SheetCells, UnreadableSheet};

/// Most bytes of text in all cells together: a small file may hold a lot of it.
const MAX_TEXT: usize = 8 * 1024 * 1024;

/// How old formats of office programs and files protected by a password begin.
const COMPOUND: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Cells of the first sheet of a file: an XLSX workbook, or a text.
///
/// # Errors
/// [`ProblemKind::SheetUnreadable`] with the place, [`ProblemKind::TooLarge`] when it holds more than anybody orders by.
pub fn read(bytes: &[u8]) -> Result<SheetCells, ProblemKind> {
    if bytes.starts_with(&COMPOUND) {
        let fault = if is_protected(bytes) {
            UnreadableSheet::Protected
        } else {
            UnreadableSheet::UnknownFormat
        };
        return Err(unreadable(fault));
    }
    let cells = if bytes.starts_with(b"PK\x03\x04") {
        workbook::read(bytes)?
    } else {
        SheetCells {
            rows: countersign_domain::sheet::split(&text::decode(bytes).map_err(unreadable)?),
            ..SheetCells::default()
        }
    };
    check(cells)
}

fn unreadable(fault: UnreadableSheet) -> ProblemKind {
    ProblemKind::SheetUnreadable { fault }
}

/// An encrypted workbook is a stream of this name in a compound file.
fn is_protected(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The cells without empty rows at the end, if they are neither none nor too many.
fn check(mut cells: SheetCells) -> Result<SheetCells, ProblemKind> {
    let filled = cells.rows.iter().rposition(|row| !row.is_empty());
    let rows = filled.map_or(0, |last| last.saturating_add(1));
    cells.rows.truncate(rows);
    if cells.rows.is_empty() {
        return Err(unreadable(UnreadableSheet::Empty));
    }
    let sheet = cells.sheet.clone();
    if rows > limit(MAX_SHEET_ROWS) {
        return Err(unreadable(UnreadableSheet::TooManyRows {
            sheet,
            most: MAX_SHEET_ROWS,
        }));
    }
    let mut text = 0_usize;
    for (row, number) in cells.rows.iter().zip(1..) {
        if row.len() > limit(MAX_SHEET_COLUMNS) {
            return Err(unreadable(UnreadableSheet::TooManyColumns {
                sheet,
                row: number,
                most: MAX_SHEET_COLUMNS,
            }));
        }
        for (cell, column) in row.iter().zip(1..) {
            text = text.saturating_add(cell.len());
            if cell.chars().count() > limit(MAX_CELL) {
                return Err(unreadable(UnreadableSheet::CellTooLong {
                    sheet,
                    row: number,
                    column,
                    most: MAX_CELL,
                }));
            }
        }
    }
    if text > MAX_TEXT {
        return Err(ProblemKind::TooLarge);
    }
    Ok(cells)
}

fn limit(most: u32) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}
