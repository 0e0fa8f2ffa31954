//! Files that a person takes away: an example, and the rows that could not be ordered.

use countersign_domain::sheet::{Field, csv};

use crate::features::quick_order::model::Sheet;
use crate::features::quick_order::words;
use crate::offline::export;
use crate::text;

/// Saves an example of a sheet. `false` when the browser refuses.
pub fn sample() -> bool {
    let names = [Field::Code, Field::Quantity, Field::Unit, Field::Note].map(words::field);
    let line = ["ABC-001", "12", "", ""].map(str::to_owned);
    let rows: [&[String]; 2] = [&names, &line];
    export::save_csv(&text!(quick_order.sample_file), &csv(rows))
}

/// Saves the rows that can't be ordered, with the reasons: it can be mended and read again. `false` when the browser refuses.
pub fn faults(sheet: &Sheet) -> bool {
    let mut rows = vec![vec![
        words::field(Field::Code),
        words::field(Field::Quantity),
        words::field(Field::Unit),
        words::field(Field::Note),
        text!(quick_order.column_row),
        text!(quick_order.column_column),
        text!(quick_order.column_reason),
    ]];
    for (row, bad) in sheet.bad() {
        let place = sheet.place(row.id).map(|place| place.saturating_add(1));
        let number = row.source.as_ref().map(|source| source.row).or(place);
        rows.push(vec![
            row.typed.code.clone(),
            row.typed.quantity.clone(),
            row.typed.unit.clone(),
            row.typed.note.clone(),
            number.map(|number| number.to_string()).unwrap_or_default(),
            words::column(row, bad).unwrap_or_default(),
            words::fault(bad),
        ]);
    }
    export::save_csv(
        &text!(quick_order.faults_file),
        &csv(rows.iter().map(Vec::as_slice)),
    )
}
