//! Order lines out of a spreadsheet: pasted cells, or the cells of a file (screens.md, Quick order).
//!
//! [`split`] makes cells of a text, [`Columns::find`] says what each column holds, [`read`] makes lines of the rows, each a
//! [`Wish`] or a [`SheetFault`] that names its row and column. Rows and columns are counted as they stand in the source,
//! so that a person finds them there. Nothing is dropped: what was not read is counted.

mod code;
mod columns;
mod guess;
mod names;
mod read;
mod split;

pub use code::{Candidate, Match, barcode_spellings, code_key, pick, plain};
pub use columns::{Columns, Field};
pub use read::{FaultKind, MAX_CODE, MAX_NOTE, Sheet, SheetFault, SheetLine, Typed, Wish, read, read_line};
pub use split::{csv, split};

/// Most rows of a sheet that are read.
pub const MAX_ROWS: usize = 10_000;

/// Most columns of a sheet that are read.
pub const MAX_COLUMNS: usize = 100;

/// The name a spreadsheet gives a column: `A` for 0, `AA` for 26.
pub fn column_name(column: usize) -> String {
    const LETTERS: usize = 26;
    let mut name = Vec::new();
    let mut left = Some(column);
    while let Some(rest) = left {
        let letter = u8::try_from(rest % LETTERS).unwrap_or_default();
        name.push(char::from(b'A' + letter));
        left = (rest / LETTERS).checked_sub(1);
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_name;

    #[test]
    fn columns_are_named_as_in_a_spreadsheet() {
        let names: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702]
            .into_iter()
            .map(column_name)
            .collect();
        assert_eq!(names, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
