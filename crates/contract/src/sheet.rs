//! Spreadsheet files: their cells, for whoever says what the columns mean.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Endpoint, Guard, Method, NoQuery};
use crate::file::FileBytes;

/// Reads the cells of the first sheet of a file: XLSX, XLS, ODS or CSV. Nothing is kept, not even its `Idempotency-Key`:
/// the same file gives the same cells.
#[derive(Clone, Copy, Debug)]
pub struct ReadSheet;

impl Endpoint for ReadSheet {
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/sheets/read";
    const OPERATION: &'static str = "read_sheet";
    const SUMMARY: &'static str =
        "Reads the cells of the first sheet of a spreadsheet file; nothing of it is kept";
    const GUARD: Guard = Guard::Key;
    const SIGNED_IN: bool = true;
    const SUCCESS: u16 = 200;
    const TAKES_FILE: bool = true;
    type Path = ();
    type Query = NoQuery;
    type Body = FileBytes;
    type Reply = SheetCells;
}

/// Describes every endpoint of this resource.
#[cfg(feature = "openapi")]
pub(crate) fn visit(collected: &mut crate::openapi::Collected) {
    crate::openapi::describe::<ReadSheet>(collected);
}

/// Most rows of a sheet: ten thousand lines, and room for titles, names of columns and gaps.
pub const MAX_SHEET_ROWS: u32 = 10_500;

/// Most columns of a sheet.
pub const MAX_SHEET_COLUMNS: u32 = 100;

/// Longest text of a cell, in characters.
pub const MAX_CELL: u32 = 1_000;

/// Cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SheetCells {
    /// The sheet's name; a CSV file has none.
    pub sheet: Option<String>,
    /// Names of further sheets of the file, which were not read.
    pub others: Vec<String>,
    /// The rows from the first on, each from its first cell on, as they are counted in the file. Empty cells at the end of
    /// a row and empty rows at the end of the sheet are left out. A number is written with a point and without
    /// thousands, a day as `2026-11-25`; a formula is its last result.
    pub rows: Vec<Vec<String>>,
}

/// Why a file can't be read as a spreadsheet. Rows and columns are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum UnreadableSheet {
    /// There is nothing in it.
    Empty,
    /// It is neither a spreadsheet nor a text.
    UnknownFormat,
    /// It is protected by a password.
    Protected,
    /// It is damaged.
    Broken {
        /// The sheet, where the file as a whole could be read.
        sheet: Option<String>,
    },
    /// A text that is neither UTF-8 nor GB18030.
    Encoding {
        /// The line in which that shows.
        row: u32,
    },
    /// It has too many rows.
    TooManyRows {
        /// The sheet; a CSV file has none.
        sheet: Option<String>,
        /// So many would be fine.
        most: u32,
    },
    /// It has too many columns.
    TooManyColumns {
        /// The sheet.
        sheet: Option<String>,
        /// The row in which that shows.
        row: u32,
        /// So many would be fine.
        most: u32,
    },
    /// A cell has too long a text.
    CellTooLong {
        /// The sheet.
        sheet: Option<String>,
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
        /// So many characters would be fine.
        most: u32,
    },
}
