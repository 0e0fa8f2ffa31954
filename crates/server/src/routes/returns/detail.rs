//! A return with everything a page about it shows.

use countersign_contract::ProblemKind;
use countersign_contract::returns::ReturnDetail;
use countersign_domain::returns::{RefundTarget, Return};
use sqlx::SqliteConnection;

use super::history;
use crate::error::ApiError;
use crate::repo::{customers, returns};

/// What is shown of `subject` to whoever sees it.
///
/// # Errors
/// An [`ApiError`] when the database refuses.
pub(super) async fn of(connection: &mut SqliteConnection, subject: Return) -> Result<ReturnDetail, ApiError> {
    let customer = customers::find(connection, subject.customer_id)
        .await?
        .ok_or(ProblemKind::NotFound)?;
    let events = returns::events(connection, subject.id).await?;
    Ok(ReturnDetail {
        usual_target: RefundTarget::usual(&customer.policy),
        customer: customer.named(),
        history: history::of(connection, &events).await?,
        subject,
    })
}
