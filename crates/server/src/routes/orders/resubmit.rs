use countersign_contract::order::{OrderDetail, ResubmitOrder};
use countersign_contract::problem::FieldCode;
use countersign_contract::submission::Submission;
use countersign_contract::{FieldError, ProblemKind};
use countersign_domain::order::{self, Command, Order};
use countersign_domain::policy::{self, Action};

use super::act::{settle, stored};
use crate::db::Tx;
use crate::error::ApiError;
use crate::http::answer::Reply;
use crate::http::call::Call;
use crate::http::once::{Settled, once};
use crate::ordering::{Deed, customer_of};
use crate::repo::settings;
use crate::state::AppState;
use crate::submission::{self, Resolved};

/// `POST /orders/{order_id}/resubmission`: a sent-back order again, as edited and at the prices of now.
pub(super) async fn resubmit(state: AppState, call: Call<ResubmitOrder>) -> Reply<ResubmitOrder> {
    let deed = Deed::now(&state, call.caller()?.actor.clone());
    let key = call.key()?;
    let (id, expected) = (call.path, call.expected()?);
    let body = call.body;
    submission::check(&body)?;
    if !body.attachments.is_empty() {
        return Err(ApiError::invalid(vec![FieldError {
            pointer: "/attachments".to_owned(),
            code: FieldCode::TooLong,
        }]));
    }
    once(&state, key, move |tx| {
        Box::pin(async move {
            let order = stored(tx, id, &deed.actor, expected).await?;
            again(tx, &order, &body, &deed).await
        })
    })
    .await
}

async fn again(
    tx: &mut Tx,
    order: &Order,
    body: &Submission,
    deed: &Deed,
) -> Result<Settled<OrderDetail>, ApiError> {
    // Asked before prices are told to somebody who may not order.
    let workflow = settings::workflow(tx).await?.value;
    policy::can(&deed.actor, Action::Resubmit, order, &workflow)?;
    if body.owner != deed.actor.account_id {
        return Err(ProblemKind::WrongOwner.into());
    }
    if body.draft_id != order.draft_id {
        return Err(ApiError::invalid(vec![FieldError {
            pointer: "/draft_id".to_owned(),
            code: FieldCode::Unknown,
        }]));
    }
    let customer = customer_of(tx, order).await?;
    match submission::resolve(tx, &customer, body, deed.now).await? {
        Resolved::Content(content) => {
            let command = Command::Resubmit(order::ResubmitOrder { content: *content });
            settle(tx, order, command, deed).await
        }
        Resolved::Changed(changes) => Ok(Settled::Refused(ProblemKind::SubmissionChanged { changes })),
        Resolved::Rejected(rejection) => Ok(Settled::Refused(ProblemKind::Rejected { rejection })),
    }
}
