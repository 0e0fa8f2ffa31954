//! What can be checked of a return or a command without looking it up: texts, reasons, pictures.

use countersign_contract::file::MAX_PHOTOS;
use countersign_contract::problem::FieldCode;
use countersign_contract::returns::NewReturnRequest;
use countersign_domain::returns::{ReturnCommand, ReturnReason};

use crate::error::ApiError;
use crate::http::input::Check;

/// Longest reason or note, in characters.
const MAX_TEXT: usize = 2_000;

/// Checks what is to be returned.
///
/// # Errors
/// 422 with every field that is wrong.
pub(super) fn check_new(body: &NewReturnRequest) -> Result<(), ApiError> {
    let mut check = Check::default();
    check.text(&body.note, MAX_TEXT, "/note");
    for (index, line) in body.lines.iter().enumerate() {
        check.text(&line.note, MAX_TEXT, format!("/lines/{index}/note"));
        // What never arrived can't come back: that is said on receipt, and becomes a claim.
        let comes_back = !matches!(line.reason, ReturnReason::Short | ReturnReason::ShortAndDamaged);
        check.that(comes_back, format!("/lines/{index}/reason"), FieldCode::Invalid);
        check.that(
            line.photos.len() <= MAX_PHOTOS,
            format!("/lines/{index}/photos"),
            FieldCode::TooLong,
        );
    }
    check.done()
}

/// Checks the texts of a command.
///
/// # Errors
/// 422 with every field that is wrong.
pub(super) fn check(command: &ReturnCommand) -> Result<(), ApiError> {
    let mut check = Check::default();
    match command {
        ReturnCommand::PassReview(body) => {
            check.text(&body.note, MAX_TEXT, "/note");
            for (index, line) in body.lines.iter().enumerate() {
                check.text(&line.reason, MAX_TEXT, format!("/lines/{index}/reason"));
            }
        }
        ReturnCommand::Refuse(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
        ReturnCommand::ReceiveGoods(body) => check.text(&body.note, MAX_TEXT, "/note"),
        ReturnCommand::ConfirmRefund(body) => check.text(&body.note, MAX_TEXT, "/note"),
        ReturnCommand::Void(body) => check.text(&body.reason, MAX_TEXT, "/reason"),
    }
    check.done()
}
