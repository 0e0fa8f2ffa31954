//! Reading categories and products.

use countersign_domain::quantity::Quantity;

use super::Checked;
use super::cells::{Cells, values};
use super::keys::{Found, Keys};
use super::mistake::MistakeKind;
use super::plan::{NewCategory, NewProduct};
use super::table::Table;
use super::{CODE, NAME, TEXT};
use crate::repo::imported::Known;

/// Longest name of a unit, in characters.
const UNIT: usize = 20;

/// Reads the rows of `table`, and gives their codes.
pub(super) fn categories(table: &Table, known: &Known, checked: &mut Checked) -> Keys {
    let mut keys = Keys::new(table.source.clone());
    for row in &table.rows {
        let mut cells = Cells::new(table, row);
        let code = own_code(&mut cells, &keys);
        let name = cells.needed("name", NAME);
        let whole = cells.finish(&mut checked.mistakes);
        keys.note(row.line, code.clone(), whole);
        let there = code
            .as_ref()
            .is_some_and(|code| known.categories.contains_key(code));
        checked.counts.categories.row(whole, there);
        if let (true, false, Some(code), Some(name)) = (whole, there, code, name) {
            checked.plan.categories.push(NewCategory { code, name });
        }
    }
    keys
}

/// Reads the rows of `table`, and gives their codes.
pub(super) fn products(table: &Table, known: &Known, categories: &Keys, checked: &mut Checked) -> Keys {
    let mut keys = Keys::new(table.source.clone());
    for row in &table.rows {
        let mut cells = Cells::new(table, row);
        let code = own_code(&mut cells, &keys);
        let name = cells.needed("name", NAME);
        let category = cells.text("category", CODE);
        if let Some(category) = &category
            && !known.categories.contains_key(category)
        {
            refer(&mut cells, "category", categories.find(category));
        }
        let packing = cells.text("packing", TEXT).unwrap_or_default();
        let unit = cells.text("unit", UNIT);
        let price = cells.needed_value("price", values::money);
        let stock = cells.value("stock", values::stock).unwrap_or(Quantity::ZERO);
        let reorder_level = cells
            .value("reorder_level", values::stock)
            .unwrap_or(Quantity::ZERO);
        let discontinued = cells.value("discontinued", values::flag).unwrap_or(false);
        let brand = cells.text("brand", NAME).unwrap_or_default();
        let tags = tags(&cells.text("tags", TEXT).unwrap_or_default());
        let whole = cells.finish(&mut checked.mistakes);
        keys.note(row.line, code.clone(), whole);
        let there = code
            .as_ref()
            .is_some_and(|code| known.variants.contains_key(code));
        checked.counts.products.row(whole, there);
        let (true, Some(code), Some(name), Some(price)) = (whole, code, name, price) else {
            continue;
        };
        if discontinued {
            checked.plan.discontinued.push(code.clone());
        }
        if !there {
            checked.plan.products.push(NewProduct {
                code,
                name,
                category,
                packing,
                unit,
                price,
                stock,
                reorder_level,
                discontinued,
                brand,
                tags,
            });
        }
    }
    keys
}

/// The tags of a cell: whatever people put between them.
fn tags(cell: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for tag in cell.split([';', ',', '|', '；', '，', '、']).map(str::trim) {
        if !tag.is_empty() && !all.iter().any(|known| known == tag) {
            all.push(tag.to_owned());
        }
    }
    all
}

/// The code of the row itself, unless it is missing or an earlier row has it.
pub(super) fn own_code(cells: &mut Cells<'_>, keys: &Keys) -> Option<String> {
    let code = cells.needed("code", CODE)?;
    match keys.line_of(&code) {
        Some(line) => {
            cells.wrong("code", MistakeKind::Duplicate { line });
            None
        }
        None => Some(code),
    }
}

/// Notes what is wrong with a reference.
pub(super) fn refer(cells: &mut Cells<'_>, field: &'static str, found: Found) {
    match found {
        Found::Whole => {}
        Found::LeftOut(source, line) => cells.wrong(field, MistakeKind::LeftOut { source, line }),
        Found::Nothing => cells.wrong(field, MistakeKind::Unknown),
    }
}
