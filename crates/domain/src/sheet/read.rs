//! From rows to lines.

use super::MAX_ROWS;
use super::code::plain;
use super::columns::{Columns, Field};
use crate::quantity::{Quantity, QuantityError};

/// Longest code, in characters.
pub const MAX_CODE: usize = 64;

/// Longest note on a line, in characters.
pub const MAX_NOTE: usize = 200;

/// A line as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// SKU code or barcode.
    pub code: String,
    /// The quantity.
    pub quantity: String,
    /// The unit of the quantity; may be empty.
    pub unit: String,
    /// The note; may be empty.
    pub note: String,
}

impl Typed {
    /// Whether nothing is written.
    pub fn is_empty(&self) -> bool {
        [&self.code, &self.quantity, &self.unit, &self.note]
            .into_iter()
            .all(|text| text.trim().is_empty())
    }
}

/// What somebody wants to order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// SKU code or barcode.
    pub code: String,
    /// How many, in `unit`, or else in the ordering unit.
    pub quantity: Quantity,
    /// The unit as it is written.
    pub unit: Option<String>,
    /// The note.
    pub note: Option<String>,
}

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no code.
    CodeMissing,
    /// The code is longer than [`MAX_CODE`].
    CodeTooLong,
    /// The spreadsheet took the code for a number and rounded it, such as `6.90123E+12`.
    CodeRounded,
    /// There is no quantity.
    QuantityMissing,
    /// The quantity is zero.
    QuantityZero,
    /// The quantity is none.
    Quantity(QuantityError),
    /// The note is longer than [`MAX_NOTE`].
    NoteTooLong,
}

impl FaultKind {
    /// What kind of cell it is about.
    pub fn field(self) -> Field {
        match self {
            Self::CodeMissing | Self::CodeTooLong | Self::CodeRounded => Field::Code,
            Self::QuantityMissing | Self::QuantityZero | Self::Quantity(_) => Field::Quantity,
            Self::NoteTooLong => Field::Note,
        }
    }
}

/// What is wrong with a line, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetFault {
    /// The row, counted from 1 as a spreadsheet counts.
    pub row: usize,
    /// The column, counted from 0; `None` where the sheet has no such column.
    pub column: Option<usize>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// A row that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetLine {
    /// The row, counted from 1 as a spreadsheet counts.
    pub row: usize,
    /// What is written in it.
    pub typed: Typed,
    /// What that means, or what is wrong with it.
    pub wish: Result<Wish, SheetFault>,
}

/// What a sheet came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// A line for each row that is not empty, in their order.
    pub lines: Vec<SheetLine>,
    /// Rows that are empty, or have nothing in the columns that are read.
    pub empty: usize,
    /// Rows that were not read, because there are more than [`MAX_ROWS`].
    pub over: usize,
}

/// Reads the lines of a sheet.
pub fn read(rows: &[Vec<String>], columns: &Columns) -> Sheet {
    let mut sheet = Sheet::default();
    for (place, row) in rows.iter().enumerate().skip(columns.above()) {
        let cell = |field| {
            let cell = columns.of(field).and_then(|column| row.get(column));
            cell.cloned().unwrap_or_default()
        };
        let code = [Field::Code, Field::Barcode]
            .into_iter()
            .find(|field| !cell(*field).trim().is_empty());
        let typed = Typed {
            code: code.map(cell).unwrap_or_default(),
            quantity: cell(Field::Quantity),
            unit: cell(Field::Unit),
            note: cell(Field::Note),
        };
        if typed.is_empty() {
            sheet.empty += 1;
            continue;
        }
        if sheet.lines.len() >= MAX_ROWS {
            sheet.over += 1;
            continue;
        }
        let row = place.saturating_add(1);
        let column = |kind: FaultKind| match kind.field() {
            Field::Code => code
                .and_then(|field| columns.of(field))
                .or(columns.of(Field::Code))
                .or(columns.of(Field::Barcode)),
            field => columns.of(field),
        };
        let wish = read_line(&typed).map_err(|kind| SheetFault {
            row,
            column: column(kind),
            kind,
        });
        sheet.lines.push(SheetLine { row, typed, wish });
    }
    sheet
}

/// Reads one line.
///
/// A unit may stand behind the quantity in its cell (`12箱`), and thousands may be set apart (`1,200`).
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read_line(typed: &Typed) -> Result<Wish, FaultKind> {
    let code = plain(&typed.code);
    if code.is_empty() {
        return Err(FaultKind::CodeMissing);
    }
    if code.chars().count() > MAX_CODE {
        return Err(FaultKind::CodeTooLong);
    }
    if is_rounded(&code) {
        return Err(FaultKind::CodeRounded);
    }
    if typed.quantity.trim().is_empty() {
        return Err(FaultKind::QuantityMissing);
    }
    let (quantity, behind) = quantity(&typed.quantity).map_err(FaultKind::Quantity)?;
    if quantity.is_zero() {
        return Err(FaultKind::QuantityZero);
    }
    let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let note = text(&typed.note);
    if note.as_ref().is_some_and(|note| note.chars().count() > MAX_NOTE) {
        return Err(FaultKind::NoteTooLong);
    }
    Ok(Wish {
        code,
        quantity,
        unit: text(&typed.unit).or(behind),
        note,
    })
}

/// A quantity with the unit that stands behind it.
pub(super) fn quantity(text: &str) -> Result<(Quantity, Option<String>), QuantityError> {
    let text = plain(text);
    let end = text.find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '.' | ',' | '。' | '-' | '+'));
    let (number, unit) = match end.and_then(|end| text.split_at_checked(end)) {
        Some((number, unit)) => (number.trim(), unit.trim()),
        None => (text.as_str(), ""),
    };
    // `1e3` is a way to write a number, `3 x 4` is a sum: neither has a unit behind it.
    let is_unit = !number.is_empty()
        && unit.chars().all(char::is_alphabetic)
        && (unit.chars().count() > 1 || unit.chars().all(|sign| !sign.is_ascii()));
    match unit {
        "" => Ok((Quantity::read(&ungrouped(number))?, None)),
        unit if is_unit => Ok((Quantity::read(&ungrouped(number))?, Some(unit.to_owned()))),
        _ => Err(QuantityError::NotANumber),
    }
}

/// A number without the commas between its thousands, where they stand just there.
fn ungrouped(number: &str) -> String {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_digits = |group: &str| group.chars().all(|sign| sign.is_ascii_digit());
    let is_grouped = whole.contains(',')
        && (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
        && is_digits(fraction);
    if is_grouped {
        number.replace(',', "")
    } else {
        number.to_owned()
    }
}

/// Whether a code is a number as a spreadsheet writes one that it has rounded.
fn is_rounded(code: &str) -> bool {
    let Some((number, power)) = code.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|sign| sign.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    whole.len() == 1 && digits(whole) && digits(fraction) && power.strip_prefix('+').is_some_and(digits)
}
