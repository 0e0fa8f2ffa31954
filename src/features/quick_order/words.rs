//! What became of a row, in words.

use countersign_contract::ProblemKind;
use countersign_contract::sheet::UnreadableSheet;
use countersign_domain::quantity::QuantityError;
use countersign_domain::sheet::{FaultKind, Field, column_name};

use crate::api::ApiError;
use crate::features::quick_order::model::{Bad, Fault, Row};
use crate::i18n::{goods, local, problems};
use crate::queries::offers::Offer;
use crate::text;

/// Why a row can't be ordered.
pub fn fault(bad: &Bad) -> String {
    let unit = || bad.offer.as_ref().map(|offer| &offer.variant.unit);
    match &bad.fault {
        Fault::Cell(kind) => cell(*kind),
        Fault::Unknown => text!(quick_order.fault.unknown),
        Fault::OffSale => text!(quick_order.fault.off_sale),
        Fault::Ambiguous(_) => text!(quick_order.fault.ambiguous),
        Fault::Breach(breach) => unit().map(|unit| goods::breach(breach, unit)).unwrap_or_default(),
        Fault::Unit { given, .. } => {
            let ordered = bad
                .offer
                .as_ref()
                .map(|offer| goods::pack(&offer.variant.unit, &offer.variant.base_unit));
            let ordered = ordered.unwrap_or_default();
            text!(quick_order.fault.unit, given = given.clone(), ordered = ordered)
        }
        Fault::TooMuch => goods::unreadable(QuantityError::TooLarge),
    }
}

fn cell(kind: FaultKind) -> String {
    match kind {
        FaultKind::CodeMissing => text!(quick_order.fault.code_missing),
        FaultKind::CodeTooLong => text!(quick_order.fault.code_too_long),
        FaultKind::CodeRounded => text!(quick_order.fault.code_rounded),
        FaultKind::QuantityMissing | FaultKind::QuantityZero => text!(goods.breach.zero),
        FaultKind::Quantity(error) => goods::unreadable(error),
        FaultKind::NoteTooLong => text!(quick_order.fault.note_too_long),
    }
}

/// Where the fault of a row is in what was pasted or read from a file.
pub fn place(row: &Row, bad: &Bad) -> Option<String> {
    let source = row.source.as_ref()?;
    Some(match column(row, bad) {
        Some(column) => text!(quick_order.at, row = source.row, column = column),
        None => text!(quick_order.at_row, row = source.row),
    })
}

/// The name of the column a fault is in, where its row was read.
pub fn column(row: &Row, bad: &Bad) -> Option<String> {
    let columns = &row.source.as_ref()?.columns;
    let field = match &bad.fault {
        Fault::Cell(kind) => kind.field(),
        Fault::Unknown | Fault::OffSale | Fault::Ambiguous(_) => Field::Code,
        Fault::Breach(_) | Fault::TooMuch => Field::Quantity,
        Fault::Unit { .. } => Field::Unit,
    };
    // A unit may stand in the quantity's column, a barcode in place of a code.
    let instead = match field {
        Field::Code => Field::Barcode,
        Field::Unit => Field::Quantity,
        other => other,
    };
    columns.of(field).or(columns.of(instead)).map(column_name)
}

/// Why something could not be done: of a file that can't be read, also where.
pub fn failure(error: &ApiError) -> String {
    let Some(ProblemKind::SheetUnreadable { fault }) = error.kind() else {
        return problems::words(error);
    };
    match fault {
        UnreadableSheet::Empty => text!(quick_order.unreadable.empty),
        UnreadableSheet::UnknownFormat => text!(quick_order.unreadable.unknown_format),
        UnreadableSheet::Protected => text!(quick_order.unreadable.protected),
        UnreadableSheet::Broken { .. } => text!(quick_order.unreadable.broken),
        UnreadableSheet::Encoding { row } => text!(quick_order.unreadable.encoding, row = *row),
        UnreadableSheet::TooManyRows { most, .. } => text!(quick_order.unreadable.rows, most = *most),
        UnreadableSheet::TooManyColumns { row, most, .. } => {
            text!(quick_order.unreadable.columns, row = *row, most = *most)
        }
        UnreadableSheet::CellTooLong {
            row, column, most, ..
        } => {
            let column = usize::try_from(column.saturating_sub(1)).unwrap_or_default();
            text!(
                quick_order.unreadable.cell,
                row = *row,
                column = column_name(column),
                most = *most
            )
        }
    }
}

/// What a column may hold.
pub fn field(field: Field) -> String {
    match field {
        Field::Code => text!(quick_order.field.code),
        Field::Barcode => text!(quick_order.field.barcode),
        Field::Quantity => text!(quick_order.field.quantity),
        Field::Unit => text!(quick_order.field.unit),
        Field::Note => text!(quick_order.field.note),
    }
}

/// What an offer is called, with its code.
pub fn offered(offer: &Offer) -> String {
    format!("{} {}", offer.item.sku, local(&offer.item.name))
}
