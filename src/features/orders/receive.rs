//! How a shipment arrived, as it was typed (rule 11).

use countersign_domain::id::{FileId, ReturnId};
use countersign_domain::order::{LinePhotos, ReceiptLine, ReceiveShipment, Shipment, ShipmentLine};
use countersign_domain::quantity::Quantity;

use crate::order_view::input::{self, InputError};

/// What was typed for a line: what is missing and what is damaged; the rest arrived whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArrivalInput {
    /// Did not arrive; empty means nothing.
    pub short: String,
    /// Arrived damaged; empty means nothing.
    pub damaged: String,
}

/// What is wrong with a line's fields: short, damaged.
pub type ArrivalErrors = (Option<InputError>, Option<InputError>);

impl ArrivalInput {
    /// How the line arrived.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self, part: &ShipmentLine) -> Result<ReceiptLine, ArrivalErrors> {
        let read = |typed: &str, most| match typed.trim() {
            "" => Ok(Quantity::ZERO),
            typed => input::quantity(typed, Some(most)),
        };
        let short = read(&self.short, part.quantity).map_err(|error| (Some(error), None))?;
        let rest = part.quantity.minus(short);
        let damaged = read(&self.damaged, rest).map_err(|error| (None, Some(error)))?;
        Ok(ReceiptLine {
            line_id: part.line_id,
            received: rest.minus(damaged),
            short,
            damaged,
        })
    }
}

/// Whether nothing of the line is missing or damaged.
pub fn is_whole(line: &ReceiptLine) -> bool {
    line.short.is_zero() && line.damaged.is_zero()
}

/// The receipt of a shipment, with the photos of each line. `claim` is the id of the claim that a shortage or damage opens.
pub fn receipt(
    shipment: &Shipment,
    lines: Vec<(ReceiptLine, Vec<FileId>)>,
    note: &str,
    claim: ReturnId,
) -> ReceiveShipment {
    let is_whole = lines.iter().all(|(line, _)| is_whole(line));
    let mut receipt = ReceiveShipment {
        shipment_id: shipment.id,
        lines: Vec::new(),
        note: note.trim().to_owned(),
        claim_id: (!is_whole).then_some(claim),
        photos: Vec::new(),
    };
    for (line, photos) in lines {
        let line_id = line.line_id;
        if !photos.is_empty() {
            receipt.photos.push(LinePhotos { line_id, photos });
        }
        if !is_whole {
            receipt.lines.push(line);
        }
    }
    receipt
}

#[cfg(test)]
mod tests {
    use countersign_domain::order::OrderStatus;
    use uuid::Uuid;

    use super::*;
    use crate::order_view::sample;

    fn typed(short: &str, damaged: &str) -> ArrivalInput {
        ArrivalInput {
            short: short.to_owned(),
            damaged: damaged.to_owned(),
        }
    }

    fn read_all(shipment: &Shipment, typed: &ArrivalInput) -> Vec<(ReceiptLine, Vec<FileId>)> {
        let read = |part| (typed.read(part).expect("nothing is wrong"), Vec::new());
        shipment.lines.iter().map(read).collect()
    }

    #[test]
    fn what_arrived_whole_needs_no_lines_and_no_claim() {
        let shipment = sample::shipment(&sample::order(OrderStatus::PendingReceipt));
        let lines = read_all(&shipment, &typed("", "0"));
        let body = receipt(&shipment, lines, " ", ReturnId(Uuid::from_u128(1)));
        assert_eq!(
            (body.lines, body.claim_id, body.note),
            (Vec::new(), None, String::new())
        );
    }

    #[test]
    fn a_shortage_opens_a_claim_and_the_parts_add_up() {
        let shipment = sample::shipment(&sample::order(OrderStatus::PendingReceipt));
        let mut lines = read_all(&shipment, &typed("2", "1"));
        assert_eq!(lines[0].0.received, Quantity::whole(57));
        let photo = FileId(Uuid::from_u128(2));
        lines[0].1.push(photo);
        let shown = LinePhotos {
            line_id: lines[0].0.line_id,
            photos: vec![photo],
        };
        let claim = ReturnId(Uuid::from_u128(1));
        let body = receipt(&shipment, lines, "", claim);
        assert_eq!((body.claim_id, body.photos), (Some(claim), vec![shown]));
    }

    #[test]
    fn no_more_is_missing_or_damaged_than_was_sent() {
        let shipment = sample::shipment(&sample::order(OrderStatus::PendingReceipt));
        let first = &shipment.lines[0];
        assert_eq!(
            typed("61", "").read(first),
            Err((Some(InputError::TooMuch(Quantity::whole(60))), None))
        );
        assert_eq!(
            typed("40", "21").read(first),
            Err((None, Some(InputError::TooMuch(Quantity::whole(20)))))
        );
    }
}
