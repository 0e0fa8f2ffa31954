//! What can be checked of a command without the order: texts that are too long or hold signs nobody types.

use countersign_contract::file::MAX_PHOTOS;
use countersign_contract::problem::FieldCode;
use countersign_domain::order::{Command, OutboundLine, PassOrderReview, ShipGoods, ShortageChoice};

use crate::error::ApiError;
use crate::http::input::Check;

/// Longest reason or note, in characters.
const MAX_TEXT: usize = 2_000;
/// Longest name of a carrier or tracking number, in characters.
const MAX_NAME: usize = 200;

/// Checks the texts of a command.
///
/// # Errors
/// 422 with every field that is wrong.
pub(super) fn check(command: &Command) -> Result<(), ApiError> {
    let mut check = Check::default();
    match command {
        Command::Withdraw(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::DeclineChanges(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::CloseRemaining(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::ReleaseLine(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::SendBack(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::Void(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::AnswerChange(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        Command::RequestChange(body) => {
            check.text(&body.reason, MAX_TEXT, "/reason");
            let note = body.proposal.note.as_deref().unwrap_or_default();
            check.text(note, MAX_TEXT, "/proposal/note");
        }
        Command::PassExecutiveApproval(body) | Command::PassProduction(body) => {
            check.text(&body.note, MAX_TEXT, "/note");
        }
        Command::PassFinanceReview(body) => {
            check.text(&body.note, MAX_TEXT, "/note");
            let reason = body.override_reason.as_deref().unwrap_or_default();
            check.text(reason, MAX_TEXT, "/override_reason");
        }
        Command::Receive(body) => {
            check.text(&body.note, MAX_TEXT, "/note");
            for (index, line) in body.photos.iter().enumerate() {
                let pointer = format!("/photos/{index}/photos");
                check.that(line.photos.len() <= MAX_PHOTOS, pointer, FieldCode::TooLong);
            }
        }
        Command::PassOrderReview(body) => check_review(&mut check, body),
        Command::PassOutboundReview(body) => {
            check.text(&body.note, MAX_TEXT, "/note");
            for (index, line) in body.lines.iter().enumerate() {
                check_outbound(&mut check, index, line);
            }
        }
        Command::Ship(body) => check_shipment(&mut check, body),
        // Checked as a submission before it became a command.
        Command::Resubmit(_)
        | Command::ConfirmChanges
        | Command::ExpireConfirmation
        | Command::ReportProduction(_)
        | Command::DeemReceived(_) => {}
    }
    check.done()
}

fn check_review(check: &mut Check, body: &PassOrderReview) {
    for (index, line) in body.lines.iter().enumerate() {
        check.text(&line.reason, MAX_TEXT, format!("/lines/{index}/reason"));
    }
    if let Some(freight) = &body.freight {
        check.text(&freight.reason, MAX_TEXT, "/freight/reason");
    }
}

fn check_outbound(check: &mut Check, index: usize, line: &OutboundLine) {
    match &line.shortage {
        Some(ShortageChoice::ShipShort { consent }) => {
            check.text(consent, MAX_TEXT, format!("/lines/{index}/shortage/consent"));
        }
        Some(ShortageChoice::Close { reason } | ShortageChoice::Substitute { reason, .. }) => {
            check.text(reason, MAX_TEXT, format!("/lines/{index}/shortage/reason"));
        }
        Some(ShortageChoice::Wait) | None => {}
    }
    if let Some(new) = &line.substitute {
        check.text(&new.note, MAX_TEXT, format!("/lines/{index}/substitute/note"));
    }
}

fn check_shipment(check: &mut Check, body: &ShipGoods) {
    check.text(&body.carrier, MAX_NAME, "/carrier");
    for (index, parcel) in body.parcels.iter().enumerate() {
        check.text(&parcel.tracking, MAX_NAME, format!("/parcels/{index}/tracking"));
    }
}
