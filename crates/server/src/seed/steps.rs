//! A planned step as a command to the order machine.

use countersign_domain::id::{LineId, ReturnId, ShipmentId};
use countersign_domain::order::{
    Command, LineReview, Order, Parcel, PassFinanceReview, PassOrderReview, PassOutboundReview, PassStage,
    ProducedLine, ReceiptLine, ReceiveShipment, ReportProduction, SendBackOrder, ShipGoods, ShipmentLine,
    VoidOrder,
};
use countersign_domain::plan;
use countersign_domain::quantity::Quantity;
use countersign_domain::workflow::Stage;
use countersign_testkit::sample::orders::{Change, Claim, LineChange, PlannedOrder, Step};
use rust_decimal::Decimal;

use super::SeedError;
use super::goods::{quantity, share};
use super::ids::id;

/// The stage a step passes only where the deployment has it and the order enters it; such a step is left out elsewhere.
pub(super) fn passes_if_waiting(step: &Step) -> Option<Stage> {
    match step {
        Step::ConfirmChanges => Some(Stage::CustomerConfirmation),
        Step::PassExecutiveApproval => Some(Stage::ExecutiveApproval),
        Step::PassProduction => Some(Stage::Production),
        _ => None,
    }
}

/// The commands a step stands for, one after the other. None for a payment, which is no command to the order.
pub(super) fn commands(
    planned: &PlannedOrder,
    order: &Order,
    step: &Step,
    today: chrono::NaiveDate,
) -> Result<Vec<Command>, SeedError> {
    let command = match step {
        Step::ReportPayment(_) | Step::ConfirmPayment => return Ok(Vec::new()),
        Step::PassOrderReview { changes } => Command::PassOrderReview(PassOrderReview {
            // What the customer wishes is promised; else the desk's own reckoning counts.
            promised_date: order.wanted_date.filter(|date| *date >= today),
            lines: line_reviews(planned, changes)?,
            freight: None,
        }),
        Step::ConfirmChanges => Command::ConfirmChanges,
        Step::PassExecutiveApproval => Command::PassExecutiveApproval(PassStage::default()),
        Step::PassFinanceReview => Command::PassFinanceReview(PassFinanceReview::default()),
        Step::PassProduction => return Ok(production(order)),
        Step::PassOutboundReview => Command::PassOutboundReview(PassOutboundReview::default()),
        Step::Ship {
            quantities,
            carrier,
            tracking,
        } => Command::Ship(ShipGoods {
            shipment_id: ShipmentId(id(
                "shipment",
                &format!("{} {}", key(planned), order.shipments.len()),
            )),
            lines: shipment_lines(planned, quantities)?,
            carrier: carrier.zh.to_owned(),
            parcels: vec![Parcel {
                tracking: tracking.clone(),
            }],
        }),
        Step::Receive { shipment, claims } => Command::Receive(receipt(planned, order, *shipment, claims)?),
        Step::SendBack { reason } => Command::SendBack(SendBackOrder {
            reason: reason.zh.to_owned(),
        }),
        Step::Void { reason } => Command::Void(VoidOrder {
            reason: reason.zh.to_owned(),
        }),
    };
    Ok(vec![command])
}

/// What tells a planned order from every other, whenever the plan is made.
pub(super) fn key(planned: &PlannedOrder) -> String {
    format!(
        "{} {} {}",
        planned.customer,
        planned.submitted_at.timestamp(),
        planned.number
    )
}

/// The id of a line, counted from 0.
pub(super) fn line_id(planned: &PlannedOrder, place: usize) -> LineId {
    LineId(id("line", &format!("{} {place}", key(planned))))
}

fn line_reviews(planned: &PlannedOrder, changes: &[LineChange]) -> Result<Vec<LineReview>, SeedError> {
    changes
        .iter()
        .map(|change| {
            let mut review = LineReview {
                line_id: line_id(planned, change.line),
                quantity: None,
                price: None,
                discount: None,
                held: None,
                split: None,
                reason: change.reason.zh.to_owned(),
            };
            match change.change {
                Change::Quantity(amount) => review.quantity = Some(quantity(amount)?),
                Change::PercentOff(percent) => review.discount = Some(share(percent)?),
            }
            Ok(review)
        })
        .collect()
}

/// Everything that is to be made is reported as finished, then production is done.
fn production(order: &Order) -> Vec<Command> {
    let lines: Vec<_> = plan::unfinished(order)
        .into_iter()
        .map(|line| ProducedLine {
            line_id: line.id,
            produced: line.deliverable(),
        })
        .collect();
    let report = (!lines.is_empty()).then_some(Command::ReportProduction(ReportProduction { lines }));
    report
        .into_iter()
        .chain([Command::PassProduction(PassStage::default())])
        .collect()
}

fn shipment_lines(planned: &PlannedOrder, quantities: &[Decimal]) -> Result<Vec<ShipmentLine>, SeedError> {
    quantities
        .iter()
        .enumerate()
        .filter(|(_, amount)| **amount > Decimal::ZERO)
        .map(|(place, amount)| {
            Ok(ShipmentLine {
                line_id: line_id(planned, place),
                quantity: quantity(*amount)?,
            })
        })
        .collect()
}

fn receipt(
    planned: &PlannedOrder,
    order: &Order,
    shipment: usize,
    claims: &[Claim],
) -> Result<ReceiveShipment, SeedError> {
    let claim_key = format!("{} {shipment}", key(planned));
    let shipment = order
        .shipments
        .get(shipment)
        .ok_or_else(|| SeedError::Sample(format!("{} has no shipment {shipment}", order.number)))?;
    let mut lines = Vec::new();
    for claim in claims {
        let line_id = line_id(planned, claim.line);
        let shipped = shipment
            .lines
            .iter()
            .find(|part| part.line_id == line_id)
            .map_or(Quantity::ZERO, |part| part.quantity);
        let (short, damaged) = (quantity(claim.short)?, quantity(claim.damaged)?);
        lines.push(ReceiptLine {
            line_id,
            received: shipped.minus(short + damaged),
            short,
            damaged,
        });
    }
    let claim_id = (!claims.is_empty()).then(|| ReturnId(id("claim", &claim_key)));
    Ok(ReceiveShipment {
        shipment_id: shipment.id,
        lines,
        note: claims
            .first()
            .map_or_else(String::new, |claim| claim.note.zh.to_owned()),
        claim_id,
        photos: Vec::new(),
    })
}
