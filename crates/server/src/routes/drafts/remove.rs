use countersign_contract::draft::RemoveDraft;
use countersign_contract::{NoContent, ProblemKind};

use super::owner;
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::drafts;
use crate::state::AppState;

/// `DELETE /drafts/{draft_id}`: keeps a draft no longer. A repeat finds none, which is what was wanted.
pub async fn remove(state: AppState, call: Call<RemoveDraft>) -> Reply<RemoveDraft> {
    let actor = call.caller()?.actor.clone();
    let expected = call.expected()?;
    let (id, asked) = (call.path, call.query.customer);
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let owner = owner(tx, &actor, asked).await?;
                let stored = drafts::stored(tx, owner, id)
                    .await?
                    .ok_or(ProblemKind::NotFound)?;
                expected.check(stored.version.version)?;
                drafts::remove(tx, owner, id).await?;
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(Answer::new(NoContent {}))
}
