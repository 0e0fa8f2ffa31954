use countersign_contract::list::RemoveList;
use countersign_contract::{NoContent, ProblemKind};

use super::{announce, owner};
use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::lists;
use crate::state::AppState;

/// `DELETE /lists/{list_id}`: removes a list. A repeat finds none, which is what was wanted.
pub async fn remove(state: AppState, call: Call<RemoveList>) -> Reply<RemoveList> {
    let owner = owner(&call)?;
    let expected = call.expected()?;
    let id = call.path;
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                let stored = lists::stored(tx, owner, id).await?.ok_or(ProblemKind::NotFound)?;
                expected.check(stored.version)?;
                lists::remove(tx, owner, id).await?;
                announce(tx, owner).await?;
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(Answer::new(NoContent {}))
}
