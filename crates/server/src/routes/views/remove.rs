use countersign_contract::view::RemoveView;
use countersign_contract::{NoContent, ProblemKind};

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::views;
use crate::state::AppState;

/// `DELETE /views/{view_id}`: removes a view of the caller. A repeat finds none, which is what was wanted.
pub(super) async fn remove(state: AppState, call: Call<RemoveView>) -> Reply<RemoveView> {
    let account = call.caller()?.actor.account_id;
    let expected = call.expected()?;
    let id = call.path;
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = views::find(tx, account, id).await?.ok_or(ProblemKind::NotFound)?;
                expected.check(stored.version)?;
                views::remove(tx, account, id).await?;
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(Answer::new(NoContent {}))
}
