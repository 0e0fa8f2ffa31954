use countersign_contract::ProblemKind;
use countersign_contract::submission::{DraftWithdrawal, WithdrawDraft};

use crate::buying::buyer;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::http::once::once;
use crate::repo::orders;
use crate::state::AppState;

/// `POST /drafts/{draft_id}/withdrawal`: the draft never becomes an order, or is one already. A copy that is kept of it stays
/// until somebody who has seen it removes it: another device may have typed into it since.
pub async fn withdraw(state: AppState, call: Call<WithdrawDraft>) -> Reply<WithdrawDraft> {
    let actor = call.caller()?.actor.clone();
    let now = state.clock.now();
    let (draft_id, asked) = (call.path, call.query.customer);
    once(&state, call.key()?, move |tx| {
        Box::pin(async move {
            buyer(tx, &actor, asked).await?;
            let outcome = match orders::from_draft(tx, draft_id).await? {
                Some(found) if actor.sees(found.order.customer_id, found.order.region_id) => {
                    DraftWithdrawal::AlreadyOrdered {
                        order_id: found.order.id,
                    }
                }
                Some(_) => return Err(ProblemKind::NotFound.into()),
                None => {
                    orders::withdraw_draft(tx, draft_id, actor.account_id, now).await?;
                    DraftWithdrawal::Withdrawn
                }
            };
            Ok(Answer::new(outcome).into())
        })
    })
    .await
}
