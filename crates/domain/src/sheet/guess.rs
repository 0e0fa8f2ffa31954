//! What columns without names hold, by what is in them.

use std::collections::BTreeSet;

use super::code::plain;
use super::columns::Field;
use super::read::quantity;

/// Lines looked at.
const LOOKED_AT: usize = 200;
/// How many of a thousand cells must look alike.
const MOST: usize = 600;
/// Longest whole number that looks like a quantity rather than a code.
const QUANTITY_DIGITS: usize = 6;
/// Shortest number that looks like a code.
const CODE_DIGITS: usize = 3;
/// Lengths of barcodes.
const BARCODES: [usize; 4] = [8, 12, 13, 14];

/// Units that are recognised where a column has no name.
const UNITS: [&str; 32] = [
    "箱", "瓶", "盒", "包", "袋", "件", "个", "罐", "桶", "支", "提", "条", "组", "套", "打", "听", "斤",
    "千克", "case", "cases", "bottle", "bottles", "box", "boxes", "pack", "packs", "bag", "bags", "pcs",
    "ea", "carton", "cartons",
];

/// What is known of the cells of a column.
#[derive(Debug, Default)]
struct Known {
    filled: usize,
    /// Numbers that could be quantities.
    numbers: usize,
    /// Those of them without a decimal point.
    whole: usize,
    barcodes: usize,
    /// Letters, digits and signs.
    codes: usize,
    /// Digits alone, some of them.
    digits: usize,
    longest: usize,
    units: usize,
    distinct: BTreeSet<String>,
}

impl Known {
    fn of(lines: &[Vec<String>], column: usize) -> Self {
        let mut known = Self::default();
        let cells = lines.iter().filter_map(|row| row.get(column));
        for cell in cells.filter(|cell| !cell.is_empty()).take(LOOKED_AT) {
            let cell = plain(cell);
            let is_digits = cell.chars().all(|sign| sign.is_ascii_digit());
            let is_barcode = is_digits && BARCODES.contains(&cell.len());
            let is_number = !is_barcode && is_number(&cell);
            known.filled += 1;
            known.numbers += usize::from(is_number && cell.len() <= QUANTITY_DIGITS + 3);
            known.whole += usize::from(is_number && cell.len() <= QUANTITY_DIGITS && !cell.contains('.'));
            known.barcodes += usize::from(is_barcode);
            known.codes += usize::from(is_code(&cell));
            known.digits += usize::from(is_digits && cell.len() >= CODE_DIGITS);
            known.longest = known.longest.max(cell.len());
            known.units += usize::from(UNITS.contains(&cell.to_lowercase().as_str()));
            known.distinct.insert(cell);
        }
        known
    }

    fn is_mostly(&self, alike: usize) -> bool {
        self.filled > 0 && alike.saturating_mul(1_000) >= self.filled.saturating_mul(MOST)
    }

    fn is_numbers(&self) -> bool {
        self.is_mostly(self.numbers)
    }
}

/// Whether a cell is a number by itself.
pub(super) fn is_number(cell: &str) -> bool {
    quantity(cell).is_ok_and(|(_, unit)| unit.is_none())
}

fn is_code(cell: &str) -> bool {
    let has = |wanted: fn(&char) -> bool| cell.chars().any(|sign| wanted(&sign));
    let is_short = (2..=40).contains(&cell.chars().count());
    // A name in Chinese with a size behind it (矿泉水550ml) is no code.
    is_short
        && cell.chars().all(|sign| sign.is_ascii_graphic())
        && has(char::is_ascii_digit)
        && has(|sign| sign.is_ascii_alphabetic() || matches!(sign, '-' | '_' | '/'))
        && !is_number(cell)
}

/// Fills in what is not known of `fields`. Where columns have names, only what can't be done without.
pub(super) fn fill(fields: &mut [Option<Field>], lines: &[Vec<String>], has_names: bool) {
    let known: Vec<Known> = (0..fields.len()).map(|column| Known::of(lines, column)).collect();
    if !fields.contains(&Some(Field::Code)) && !fields.contains(&Some(Field::Barcode)) {
        fill_code(fields, &known);
    }
    if !has_names && !fields.contains(&Some(Field::Barcode)) {
        let place = free(fields, &known).find(|(_, known)| known.is_mostly(known.barcodes));
        put(fields, Field::Barcode, place);
    }
    if !fields.contains(&Some(Field::Quantity)) {
        fill_quantity(fields, &known);
    }
    if !has_names {
        let place = free(fields, &known).find(|(_, known)| known.is_mostly(known.units));
        put(fields, Field::Unit, place);
    }
}

fn fill_code(fields: &mut [Option<Field>], known: &[Known]) {
    let codes = free(fields, known)
        .filter(|(_, known)| known.is_mostly(known.codes))
        // The first of the best: a code is there in every line, and is another one in most of them.
        .max_by_key(|(column, known)| (known.codes, known.distinct.len(), usize::MAX - column));
    let barcodes = free(fields, known).find(|(_, known)| known.is_mostly(known.barcodes));
    let digits = free(fields, known)
        .filter(|(_, known)| known.is_mostly(known.digits))
        .max_by_key(|(column, known)| (known.longest, known.distinct.len(), usize::MAX - column));
    match (codes, barcodes) {
        (None, Some(_)) => put(fields, Field::Barcode, barcodes),
        (Some(_), _) => put(fields, Field::Code, codes),
        (None, None) => put(fields, Field::Code, digits),
    }
}

fn fill_quantity(fields: &mut [Option<Field>], known: &[Known]) {
    let code = [Field::Code, Field::Barcode]
        .iter()
        .filter_map(|field| fields.iter().position(|held| held == &Some(*field)))
        .max();
    // Whole numbers before others, which are prices; behind the code before those that count the lines; the first.
    let place = free(fields, known)
        .filter(|(_, known)| known.is_numbers())
        .max_by_key(|(column, known)| {
            (
                known.is_mostly(known.whole),
                code.is_some_and(|code| *column > code),
                usize::MAX - column,
            )
        });
    put(fields, Field::Quantity, place);
}

/// The columns of which nothing is known.
fn free<'a>(
    fields: &[Option<Field>],
    known: &'a [Known],
) -> impl Iterator<Item = (usize, &'a Known)> + use<'a> {
    let free: Vec<bool> = fields.iter().map(Option::is_none).collect();
    known
        .iter()
        .enumerate()
        .filter(move |(column, _)| free.get(*column).copied().unwrap_or_default())
}

fn put(fields: &mut [Option<Field>], field: Field, place: Option<(usize, &Known)>) {
    if let Some(held) = place.and_then(|(column, _)| fields.get_mut(column)) {
        *held = Some(field);
    }
}
