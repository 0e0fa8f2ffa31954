use countersign_contract::NoContent;
use countersign_contract::list::RemoveFavourite;

use crate::error::ApiError;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::favourites;
use crate::routes::lists::{announce, owner};
use crate::state::AppState;

/// `DELETE /favourites/{variant_id}`: makes a variant a favourite no longer. What is none stays none.
pub async fn remove(state: AppState, call: Call<RemoveFavourite>) -> Reply<RemoveFavourite> {
    let owner = owner(&call)?;
    let id = call.path;
    state
        .db
        .write(move |tx| {
            Box::pin(async move {
                if favourites::remove(tx, owner, id).await? {
                    announce(tx, owner).await?;
                }
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(Answer::new(NoContent {}))
}
